using System;
using System.Net;
using System.Net.Sockets;
using SyscallServer.Tests.Handlers;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[AllowFrom]: who gets an answer, and who gets 403.</summary>
public class AllowFromTests
{
    private static string Send(Type site, string request, params int[] pieces) => HandlerExchange.Of(site, request, pieces);

    private static int Status(string response) => int.Parse(response.AsSpan(9, 3), null);

    private static byte[] SocketAddress(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        return bytes.Length == 4
            ? [(byte)AddressFamily.InterNetwork, 0, 0, 80, .. bytes, .. new byte[8]]
            : [10, 0, 0, 80, 0, 0, 0, 0, .. bytes, 0, 0, 0, 0]; // AF_INET6
    }

    [Theory]
    [InlineData("10.0.0.0", 200)]
    [InlineData("10.255.255.255", 200)]
    [InlineData("::ffff:10.1.2.3", 200)]
    [InlineData("2001:db8::1", 200)]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 200)]
    [InlineData("192.0.2.7", 200)]
    [InlineData("9.255.255.255", 403)]
    [InlineData("11.0.0.0", 403)]
    [InlineData("192.0.2.8", 403)]
    [InlineData("2001:db9::", 403)]
    [InlineData("::10.1.2.3", 403)]
    [InlineData("127.0.0.1", 403)]
    [InlineData("::1", 403)]
    public void Some_addresses_are_let_in(string client, int status)
    {
        MessageKernel.Client = SocketAddress(client);
        foreach (string start in (string[])["GET /internal/x", "HEAD /internal/x", "GET /internal", "GET /%69nternal/none", "OPTIONS /internal/x"])
        {
            string response = Send(typeof(AddressSite), $"{start} HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n");
            Assert.Equal(status == 403, Status(response) == 403);
        }

        Assert.Equal(200, Status(Send(typeof(AddressSite), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")));
        Assert.Equal(404, Status(Send(typeof(AddressSite), "GET /internals HTTP/1.1\r\nHost: h\r\n\r\n")));
    }

    [Fact]
    public void Others_get_403_before_their_body_is_read()
    {
        MessageKernel.Client = SocketAddress("127.0.0.1");
        const string forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n";
        Assert.Equal(forbidden + "\r\n403 Forbidden\n", Send(typeof(AddressSite), "GET /internal/x HTTP/1.1\r\nHost: h\r\n\r\n"));
        Assert.Equal(forbidden + "Connection: close\r\n\r\n403 Forbidden\n", Send(typeof(AddressSite), "PUT /internal/x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    }

    [Fact]
    public void Who_is_gone_or_has_come_by_a_Unix_socket_has_no_address()
    {
        MessageKernel.Client = [1, 0]; // AF_UNIX
        Assert.Equal(403, Status(Send(typeof(AddressSite), "GET /internal/x HTTP/1.1\r\nHost: h\r\n\r\n")));
        Assert.Equal(200, Status(Send(typeof(UnixSite), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")));
        MessageKernel.Client = null;
        Assert.Equal(403, Status(Send(typeof(AddressSite), "GET /internal/x HTTP/1.1\r\nHost: h\r\n\r\n")));
        Assert.Equal(403, Status(Send(typeof(UnixSite), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")));
        MessageKernel.Client = SocketAddress("127.0.0.1");
        Assert.Equal(403, Status(Send(typeof(UnixSite), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")));
    }

    [Theory]
    [InlineData("10.0.0.7", "X-Forwarded-For: 203.0.113.9\r\n", 200)]
    [InlineData("10.0.0.7", "X-Forwarded-For: 203.0.113.9, 198.51.100.1\r\n", 403)]
    [InlineData("10.0.0.7", "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n", 200)]
    [InlineData("10.0.0.7", "X-Forwarded-For: 198.51.100.1\r\nx-forwarded-for: 203.0.113.9, 10.0.0.7\r\n", 200)]
    [InlineData("10.0.0.7", "X-Forwarded-For: unknown\r\n", 403)]
    [InlineData("10.0.0.7", "X-Forwarded-For: 203.0.113.9, unknown\r\n", 403)]
    [InlineData("10.0.0.7", "X-Forwarded-For:\r\n", 403)]
    [InlineData("10.0.0.7", "", 200)] // it is the client itself
    [InlineData("203.0.113.9", "X-Forwarded-For: 198.51.100.1\r\n", 200)] // who is no proxy is whom it is
    [InlineData("198.51.100.1", "X-Forwarded-For: 203.0.113.9\r\n", 403)]
    public void Behind_a_trusted_proxy_it_is_whom_that_names(string client, string lines, int status)
    {
        MessageKernel.Client = SocketAddress(client);
        Assert.Equal(status, Status(Send(typeof(ProxiedAddressSite), $"GET / HTTP/1.1\r\nHost: h\r\n{lines}\r\n")));
    }

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n", 200)]
    [InlineData("PROXY TCP4 198.51.100.1 10.0.0.1 4711 80\r\n", 403)]
    [InlineData("PROXY UNKNOWN\r\n", 403)]
    public void It_may_be_whom_the_header_of_the_PROXY_protocol_names(string header, int status)
    {
        MessageKernel.Client = SocketAddress("192.0.2.1");
        string request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        Assert.Equal(2, Send(typeof(ProxyProtocolAddressSite), header + request + request, header.Length).Split($"HTTP/1.1 {status} ").Length - 1);
    }

    /// <summary>Both have to be: from there, and with the password.</summary>
    [Theory]
    [InlineData("10.0.0.1", "GET /", "", 401)]
    [InlineData("10.0.0.1", "GET /", "Authorization: Basic YToxCg==\r\n", 401)]
    [InlineData("10.0.0.1", "GET /", "Authorization: Basic YTox\r\n", 200)]
    [InlineData("192.0.2.1", "GET /", "Authorization: Basic YTox\r\n", 403)]
    [InlineData("192.0.2.1", "GET /none", "", 403)]
    [InlineData("192.0.2.1", "GET /open", "", 401)]
    [InlineData("192.0.2.1", "PUT /open", "Authorization: Basic YTox\r\n", 403)]
    [InlineData("192.0.2.1", "GET /open", "Authorization: Basic YTox\r\n", 200)]
    [InlineData("192.0.2.1", "GET /healthz", "", 200)]
    public void It_goes_together_with_authentication(string client, string start, string line, int status)
    {
        Assert.Equal("", SecretsKernel.Start(typeof(BothSite), "USERS=a:1"));
        MessageKernel.Client = SocketAddress(client);
        Assert.Equal(status, Status(Send(typeof(BothSite), $"{start} HTTP/1.1\r\nHost: h\r\n{line}\r\n")));
    }
}

[TcpServer(DateHeader = false)]
[StaticResponse("/", "x")]
[StaticResponse("/internal/x", "x")]
[AllowFrom("10.0.0.0/8", "2001:db8::/32", "192.0.2.7", Path = "/internal/*")]
internal static partial class AddressSite;

[TcpServer]
[StaticResponse("/", "x")]
[AllowFrom("unix:")]
internal static partial class UnixSite;

[TcpServer(TrustedProxies = ["10.0.0.7"])]
[StaticResponse("/", "x")]
[AllowFrom("203.0.113.0/24", "10.0.0.7")]
internal static partial class ProxiedAddressSite;

[TcpServer(ProxyProtocol = true)]
[StaticResponse("/", "x")]
[AllowFrom("203.0.113.0/24")]
internal static partial class ProxyProtocolAddressSite;

[TcpServer]
[StaticResponse("/", "x")]
[StaticResponse("/open", "x")]
[StaticResponse("/open", "x", Method = "PUT")]
[HealthCheck("/healthz")]
[AllowFrom("10.0.0.0/8")]
[AllowFrom("0.0.0.0/0", Path = "/open", Methods = ["GET"])]
[BasicAuth("/*", "x", Users = "USERS")]
internal static partial class BothSite;
