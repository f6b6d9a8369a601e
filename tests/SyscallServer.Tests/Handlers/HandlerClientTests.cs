using System.Net;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Handlers;

/// <summary>Whom a handler answers (<see cref="Request.ClientAddress"/>): the client that is connected, and behind trusted proxies whom they name.</summary>
public class HandlerClientTests
{
    private const string Request = "GET /client HTTP/1.1\r\nHost: h\r\n\r\n";

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("1111:2222:3333:4444:5555:6666:7777:8888", "1111:2222:3333:4444:5555:6666:7777:8888")]
    public void It_is_the_one_that_is_connected(string client, string expected)
    {
        MessageKernel.Client = SocketAddress(client);
        Assert.Equal($"[{expected}]", Answer(typeof(ClientSite), Request));
        Assert.Equal($"[{expected}]", Answer(typeof(ClientSite), Request.Replace("\r\n\r\n", "\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"))); // whatever it says of itself
    }

    [Fact]
    public void One_that_has_come_by_a_Unix_socket_has_no_other_name()
    {
        MessageKernel.Client = [1, 0];
        Assert.Equal("[unix:]", Answer(typeof(ClientSite), Request));
    }

    [Fact]
    public void Of_one_that_is_gone_nothing_is_known()
    {
        MessageKernel.Client = null;
        Assert.Equal("[]", Answer(typeof(ClientSite), Request));
        Assert.Equal("[]", Answer(typeof(ProxiedClientSite), Request));
    }

    [Theory]
    [InlineData("10.0.0.7", "X-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9")]
    [InlineData("10.0.0.7", "X-Forwarded-For: 198.51.100.1\r\nx-forwarded-for: 203.0.113.9, 10.0.0.8\r\n", "203.0.113.9")]
    [InlineData("10.0.0.7", "X-Forwarded-For: [2001:db8::7]:4711\r\n", "2001:db8::7")]
    [InlineData("10.0.0.7", "X-Forwarded-For: somebody\r\n", "10.0.0.7")]
    [InlineData("10.0.0.7", "", "10.0.0.7")]
    [InlineData("192.0.2.1", "X-Forwarded-For: 203.0.113.9\r\n", "192.0.2.1")]
    public void It_is_whom_a_trusted_proxy_names(string client, string fields, string expected)
    {
        MessageKernel.Client = SocketAddress(client);
        Assert.Equal($"[{expected}]", Answer(typeof(ProxiedClientSite), $"GET /client HTTP/1.1\r\nHost: h\r\n{fields}\r\n"));

        // The head is kept elsewhere until the body is there.
        string post = $"POST /client HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: 5\r\n\r\n";
        Assert.Equal($"[{expected}]", Answer(typeof(ProxiedClientSite), post + "12345", post.Length, post.Length + 3));
    }

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n", "", "203.0.113.9")]
    [InlineData("PROXY TCP6 2001:db8::7 ::1 4711 80\r\n", "", "2001:db8::7")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n", "X-Forwarded-For: 198.51.100.1\r\n", "203.0.113.9")]
    [InlineData("PROXY TCP4 10.0.0.7 10.0.0.1 4711 80\r\n", "X-Forwarded-For: 198.51.100.1\r\n", "198.51.100.1")]
    [InlineData("PROXY UNKNOWN\r\n", "", "192.0.2.1")]
    public void It_is_whom_the_header_of_the_PROXY_protocol_names_for_the_whole_connection(string header, string fields, string expected)
    {
        MessageKernel.Client = SocketAddress("192.0.2.1");
        string request = $"GET /client HTTP/1.1\r\nHost: h\r\n{fields}\r\n";
        string post = $"POST /client HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: 5\r\n\r\n12345";
        string sent = HandlerExchange.Of(typeof(ProxyProtocolClientSite), header + request + post + request, header.Length, header.Length + request.Length + post.Length - 2);
        Assert.Equal(3, sent.Split($"\r\n\r\n[{expected}]").Length - 1);
    }

    private static string Answer(System.Type site, string request, params int[] pieces)
    {
        string sent = HandlerExchange.Of(site, request, pieces);
        return sent[(sent.IndexOf("\r\n\r\n", System.StringComparison.Ordinal) + 4)..];
    }

    /// <summary>A struct sockaddr_in or sockaddr_in6.</summary>
    private static byte[] SocketAddress(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        return bytes.Length == 4 ? [2, 0, 0, 1, .. bytes, 0, 0, 0, 0, 0, 0, 0, 0] : [10, 0, 0, 1, 0, 0, 0, 0, .. bytes, 0, 0, 0, 0]; // family, port, of IPv6 the flow and the scope
    }
}

/// <summary>What the servers of these tests answer.</summary>
internal static class ClientAnswer
{
    internal static void Write(in SyscallServer.Request request, ref ResponseWriter response)
    {
        response.Write('[');
        response.Write(request.ClientAddress);
        response.Write(']');
    }
}

/// <summary>A server that tells its clients who they are.</summary>
[TcpServer(DateHeader = false)]
internal static partial class ClientSite
{
    [Get("/client")]
    private static void Tell(in SyscallServer.Request request, ref ResponseWriter response) => ClientAnswer.Write(in request, ref response);
}

/// <summary>The same behind proxies.</summary>
[TcpServer(DateHeader = false, TrustedProxies = ["10.0.0.0/8"])]
internal static partial class ProxiedClientSite
{
    [Get("/client"), Post("/client", MaxBodyBytes = 10)]
    private static void Tell(in SyscallServer.Request request, ref ResponseWriter response) => ClientAnswer.Write(in request, ref response);
}

/// <summary>The same behind a load balancer and proxies, with a log.</summary>
[TcpServer(DateHeader = false, AccessLog = AccessLogMode.Optional, ProxyProtocol = true, TrustedProxies = ["10.0.0.0/8"])]
internal static partial class ProxyProtocolClientSite
{
    [Get("/client"), Post("/client", MaxBodyBytes = 10)]
    private static void Tell(in SyscallServer.Request request, ref ResponseWriter response) => ClientAnswer.Write(in request, ref response);
}
