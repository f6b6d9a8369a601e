using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.Internal.Contract;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[HealthCheck]: what it answers while the server serves and while it ends, byte for byte, and what the access log says of it.</summary>
public class HealthCheckTests
{
    private const string Get = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nCache-Control: no-store\r\n\r\n";
    private const string Draining = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData(Get, Ok + "ok\n")]
    [InlineData("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n", Ok)]
    [InlineData("GET /healthz?verbose HTTP/1.1\r\nHost: other\r\nIf-None-Match: *\r\nAccept-Encoding: gzip\r\n\r\n", Ok + "ok\n")]
    [InlineData("POST /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\nContent-Type: text/plain\r\nContent-Length: 23\r\nAllow: GET, HEAD, OPTIONS\r\n\r\n405 Method Not Allowed\n")]
    public void It_is_healthy_while_it_serves(string request, string response) => Assert.Equal(response, ObservedExchange.Of(typeof(HealthSite), request, isEnding: false).Sent);

    [Theory]
    [InlineData(Get, Draining + "draining\n")]
    [InlineData(Get + Get, Draining + "draining\n")]
    [InlineData("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n", Draining)]
    [InlineData("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nok\n")]
    public void It_drains_while_it_ends(string request, string response)
        => Assert.Equal(response, ObservedExchange.Of(typeof(HealthSite), request, isEnding: true).Sent.Replace("ETag: \"cXFWdRmVDDef\"\r\n", "", StringComparison.Ordinal));

    [Fact]
    public void It_is_told_in_the_middle_of_a_request_that_it_ends()
        => Assert.Equal(Draining + "draining\n", ObservedExchange.Of(typeof(HealthSite), "GET /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", isEnding: false, "x").Sent);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_access_log_has_no_line_for_it(bool isEnding)
    {
        Assert.Empty(ObservedExchange.Of(typeof(HealthSite), Get, isEnding).Log);
        Assert.Contains("\"GET /healthz HTTP/1.1\" ", ObservedExchange.Of(typeof(LoggedHealthSite), Get, isEnding).Log, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_other_requests_are_their_own()
        => Assert.Equal(
            ["\"GET /a HTTP/1.1\" 200 3", "\"-\" 408 20"],
            ObservedExchange.Of(typeof(HealthSite), "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + Get + "\r", isEnding: false, failsWith: FixedResponse.RequestTimeout)
                .Log.TrimEnd('\n').Split('\n').Select(line => line[line.IndexOf('"', StringComparison.Ordinal)..]));

    /// <summary>What <c>--healthcheck</c> asks for; null where there is no such option.</summary>
    [Theory]
    [InlineData("[TcpServer] [HealthCheck(\"/healthz\")]", "/healthz")]
    [InlineData("[TcpServer] [HealthCheck(\"/caf\u00e9/%7e\")]", "/caf%C3%A9/~")]
    [InlineData("[TcpServer(HealthCheckOption = true)] [StaticResponse(\"/\", \"\")]", "/")]
    [InlineData("[TcpServer(HealthCheckOption = true)] [RawResponse(\"\")]", "")]
    [InlineData("[TcpServer(HealthCheckOption = false)] [HealthCheck(\"/healthz\")]", null)]
    [InlineData("[TcpServer(CommandLineInterface = false)] [HealthCheck(\"/healthz\")]", null)]
    [InlineData("[TcpServer] [StaticResponse(\"/\", \"\")]", null)]
    [InlineData("[TcpServer] [RawResponse(\"\")]", null)]
    public void The_option_asks_for_the_path_of_the_check(string attributes, string? path)
    {
        string emitted = GeneratorRun.Of($"using SyscallServer; {attributes} partial class Site;").Files["Site.g.cs"];
        Assert.Equal(path is not null, emitted.Contains("HasHealthCheckOption => true", StringComparison.Ordinal));
        Assert.Equal(path is not null and not "/", emitted.Contains($"HealthCheckPath => \"{path}\"u8;", StringComparison.Ordinal));
        Assert.Equal(path is not null, emitted.Contains("--healthcheck=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SYSC030", "does not begin with a slash", "\"healthz\"", "[TcpServer] [HealthCheck(\"healthz\")]")]
    [InlineData("SYSC031", "a health check has one path, without '*'", "\"/health/*\"", "[TcpServer] [HealthCheck(\"/health/*\")]")]
    [InlineData("SYSC034", "There already is a route for GET /healthz", "\"/healthz\"", "[TcpServer] [StaticResponse(\"/healthz\", \"\")] [HealthCheck(\"/healthz\")]")]
    [InlineData("SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", "[TcpServer] [RawResponse(\"x\")] [HealthCheck(\"/healthz\")]")]
    [InlineData("SYSC052", "IsLogged means nothing to a server without an access log", "true", "[TcpServer] [HealthCheck(\"/healthz\", IsLogged = true)]")]
    [InlineData("SYSC016", "'Site' has a response but is no server", "HealthCheck(\"/healthz\")", "[HealthCheck(\"/healthz\")]")]
    public async Task Each_mistake_is_named(string id, string message, string squiggled, string attributes)
    {
        (Microsoft.CodeAnalysis.Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of($"using SyscallServer; {attributes} static partial class Site;").AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }
}

/// <summary>A server with a health check, and beside it a constant of the same bytes, and a page for 503 that could be its other response.</summary>
[TcpServer(DateHeader = false, AccessLog = AccessLogMode.Always)]
[HealthCheck("/healthz")]
[StaticResponse("/a", "ok\n", CacheControl = "no-store")]
[ErrorPage(503, "draining\n", ContentType = "text/plain", CacheControl = "no-store")]
internal static partial class HealthSite;

/// <summary>One whose checks are logged.</summary>
[TcpServer(DateHeader = false, AccessLog = AccessLogMode.Always)]
[HealthCheck("/healthz", IsLogged = true)]
internal static partial class LoggedHealthSite;
