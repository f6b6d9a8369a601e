using System;
using SyscallServer.Internal.Contract;
using SyscallServer.Tests.Handlers;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>What a connection gets depends on the endpoint that it has come to: routes of its own, and the header of the PROXY protocol or none.</summary>
public class EndpointRoleTests
{
    private const string Header = "PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n";

    [Theory]
    [InlineData(EndpointRole.Ordinary, "GET", "/", 200)]
    [InlineData(EndpointRole.Ordinary, "GET", "/metrics", 404)]
    [InlineData(EndpointRole.Ordinary, "POST", "/metrics", 404)]
    [InlineData(EndpointRole.Ordinary, "OPTIONS", "/metrics", 404)]
    [InlineData(EndpointRole.Ordinary, "OPTIONS", "*", 204)]
    [InlineData(EndpointRole.Management, "GET", "/metrics", 200)]
    [InlineData(EndpointRole.Management, "HEAD", "/metrics", 200)]
    [InlineData(EndpointRole.Management, "GET", "/metrics?name", 200)]
    [InlineData(EndpointRole.Management, "GET", "/x/../metrics", 200)]
    [InlineData(EndpointRole.Management, "POST", "/metrics", 405)]
    [InlineData(EndpointRole.Management, "OPTIONS", "/metrics", 204)]
    [InlineData(EndpointRole.Management, "GET", "/metrics/", 404)]
    [InlineData(EndpointRole.Management, "GET", "/", 404)]
    [InlineData(EndpointRole.Management, "OPTIONS", "*", 404)]
    [InlineData(EndpointRole.Management, "GET", "/healthz", 404)]
    public void The_metrics_are_at_their_endpoint_alone_and_nothing_else_is(EndpointRole role, string method, string target, int status)
    {
        foreach (Type site in new[] { typeof(RolesSite), typeof(RolesOfHostsSite) })
        {
            foreach (string host in new[] { "h", "example.com" })
            {
                Assert.StartsWith($"HTTP/1.1 {status} ", HandlerExchange.Of(site, role, $"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(EndpointRole.Ordinary, "/", 200)]
    [InlineData(EndpointRole.Ordinary, "/metrics", 503)]
    [InlineData(EndpointRole.Management, "/metrics", 200)]
    [InlineData(EndpointRole.Management, "/other", 404)]
    [InlineData(EndpointRole.Management, "/", 404)]
    public void A_route_for_all_paths_has_that_of_the_metrics_too_where_they_are_not(EndpointRole role, string path, int status)
        => Assert.StartsWith($"HTTP/1.1 {status} ", HandlerExchange.Of(typeof(RolesOfAllPathsSite), role, $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData(EndpointRole.Ordinary, "", 200)]
    [InlineData(EndpointRole.Ordinary, Header, 400)]
    [InlineData(EndpointRole.Preamble, Header, 200)]
    [InlineData(EndpointRole.Preamble, "", 0)]
    [InlineData(EndpointRole.Management, "", 404)]
    [InlineData(EndpointRole.Management | EndpointRole.Preamble, Header, 404)]
    [InlineData(EndpointRole.Management | EndpointRole.Preamble, "", 0)]
    public void The_header_of_the_PROXY_protocol_is_for_its_endpoints(EndpointRole role, string header, int status)
    {
        string sent = HandlerExchange.Of(typeof(RolesSite), role, header + "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
        string start = status == 0 ? "" : $"HTTP/1.1 {status} ";
        Assert.StartsWith(start, sent, StringComparison.Ordinal);
        Assert.Equal(status switch { 0 => 0, 400 => 1, _ => 2 }, sent.Split("HTTP/1.1 ").Length - 1);
    }

    [Theory]
    [InlineData(EndpointRole.Ordinary, "HTTP/1.1 408 ")]
    [InlineData(EndpointRole.Preamble, "")]
    public void Who_says_nothing_for_too_long_gets_408_where_something_could_be_answered(EndpointRole role, string start)
    {
        string sent = HandlerExchange.Of(typeof(RolesSite), role, "", failsWith: FixedResponse.RequestTimeout);
        Assert.Equal(start.Length == 0, sent.Length == 0);
        Assert.StartsWith(start, sent, StringComparison.Ordinal);
    }
}

[TcpServer(Listen = ["127.0.0.1:8080", "127.0.0.1:8081 proxy"])]
[StaticResponse("/", "home")]
[HealthCheck("/healthz")]
[Metrics("/metrics", Listen = "127.0.0.1:9090")]
internal static partial class RolesSite;

[TcpServer(Listen = ["127.0.0.1:8080", "127.0.0.1:8081 proxy"])]
[StaticResponse("/", "home")]
[StaticResponse("/", "example", Host = "example.com")]
[StaticResponse("/other", "example", Host = "example.com", Method = "POST")]
[HealthCheck("/healthz")]
[Metrics("/metrics", Listen = "127.0.0.1:9090 proxy")]
internal static partial class RolesOfHostsSite;

[TcpServer(Concurrency = Concurrency.EventLoop)]
[StaticResponse("/", "home")]
[StaticResponse("/*", "all", Status = 503)]
[Metrics("/metrics", Listen = "unix:/run/metrics.sock")]
internal static partial class RolesOfAllPathsSite;
