using System;
using System.Linq;
using SyscallServer.Internal.Contract;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>The header of the PROXY protocol before the first request: who it says the client is, and what ends the connection.</summary>
public class ProxyProtocolTests
{
    private const string Request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";
    private const string LongestLine = "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n";

    public static TheoryData<string, string> Good => new()
    {
        { "PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n", "203.0.113.9" },
        { "PROXY TCP4 255.255.255.255 255.255.255.255 65535 0\r\n", "255.255.255.255" },
        { "PROXY TCP6 2001:DB8::0007 ::1 4711 80\r\n", "2001:db8::7" },
        { "PROXY TCP6 ::ffff:203.0.113.9 ::1 1 2\r\n", "203.0.113.9" },
        { "PROXY UNKNOWN\r\n", "192.0.2.1" },
        { "PROXY UNKNOWN what ever\r\n", "192.0.2.1" },
        { LongestLine, "192.0.2.1" },
        { Signature + "\x21\x11\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x50", "203.0.113.9" },
        { Signature + "\x21\x11\0\x0f\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x50\x04\0\0", "203.0.113.9" }, // with a TLV
        { Signature + "\x21\x21\0\x24\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07" + new string('\x01', 20), "2001:db8::7" },
        { Signature + "\x21\x31\0\xd8" + new string('/', 216), "unix:" },
        { Signature + "\x20\0\0\0", "192.0.2.1" }, // LOCAL
        { Signature + "\x20\x11\0\x0c" + new string('\x01', 12), "192.0.2.1" },
        { Signature + "\x21\0\0\u0003abc", "192.0.2.1" }, // not said
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void It_names_the_client_and_is_no_part_of_the_request(string header, string client)
    {
        // However it is cut, it is waited for.
        for (int cut = 0; cut <= header.Length; cut++)
        {
            string rest = header[cut..] + Request + Request;
            (string sent, string log) = ObservedExchange.Of(typeof(ProxyProtocolSite), cut == 0 ? rest : header[..cut], rest: cut == 0 ? "" : rest, client: "192.0.2.1", keepsGoing: true);
            Assert.Equal(2, sent.Split("HTTP/1.1 200 OK").Length - 1);
            Assert.Equal([client, client], log.TrimEnd('\n').Split('\n').Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]));
        }
    }

    [Theory]
    [InlineData(Request)]
    [InlineData("\r\n" + Request)]
    [InlineData("proxy TCP4 203.0.113.9 10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY TCP5 203.0.113.9 10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY  TCP4 203.0.113.9 10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80 \r\n")]
    [InlineData("PROXY TCP4 203.0.113.9  10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 04711 80\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 65536\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711\r\n")]
    [InlineData("PROXY TCP4 203.0.113.09 10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 ::1 4711 80\r\n")]
    [InlineData("PROXY TCP6 203.0.113.9 10.0.0.1 4711 80\r\n")]
    [InlineData("PROXY TCP4\r\n")]
    [InlineData("PROXY\r\n")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY UNKNOWN x" + LongestLine)]
    [InlineData(Signature + "\x31\x11\0\x0c")] // another version
    [InlineData(Signature + "\x22\x11\0\x0c")] // another command
    [InlineData(Signature + "\x21\x12\0\x0c")] // datagrams
    [InlineData(Signature + "\x21\x41\0\x0c")] // another family
    [InlineData(Signature + "\x21\x11\0\x0b")] // too short
    [InlineData(Signature + "\x21\x11\xff\xff")] // too long
    [InlineData("\r\n\r\n\0\r\nQUIX")]
    public void What_is_none_ends_the_connection_without_a_response(string bytes)
        => Assert.Equal(("", ""), ObservedExchange.Of(typeof(ProxyProtocolSite), bytes + (bytes.EndsWith('\n') ? Request : ""), failsWith: FixedResponse.RequestTimeout, client: "192.0.2.1"));

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TCP4 203.0")]
    [InlineData(Signature)]
    public void One_that_does_not_come_is_not_answered(string bytes)
        => Assert.Equal(("", ""), ObservedExchange.Of(typeof(ProxyProtocolSite), bytes, failsWith: FixedResponse.RequestTimeout, client: "192.0.2.1"));

    [Fact]
    public void A_request_that_does_not_come_to_its_end_behind_it_is()
        => Assert.StartsWith("203.0.113.9 - - ", ObservedExchange.Of(typeof(ProxyProtocolSite), "PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\nGET", failsWith: FixedResponse.RequestTimeout, client: "192.0.2.1").Log, StringComparison.Ordinal);

    [Fact]
    public void A_second_one_is_no_request()
        => Assert.StartsWith("HTTP/1.1 400 ", ObservedExchange.Of(typeof(ProxyProtocolSite), "PROXY UNKNOWN\r\nPROXY UNKNOWN\r\n\r\n").Sent, StringComparison.Ordinal);

    /// <summary>A load balancer says that a proxy is its client, and that proxy says who its client is.</summary>
    [Fact]
    public void Whom_it_names_may_be_a_trusted_proxy()
        => Assert.StartsWith("203.0.113.9 - - ", ObservedExchange.Of(typeof(ProxyProtocolSite), "PROXY TCP4 10.0.0.7 10.0.0.1 4711 80\r\nGET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n", client: "192.0.2.1").Log, StringComparison.Ordinal);
}

/// <summary>A server behind a proxy that says whose connections it makes.</summary>
[TcpServer(AccessLog = AccessLogMode.Always, ProxyProtocol = true, TrustedProxies = ["10.0.0.7"])]
[StaticResponse("/a", "ok\n")]
internal static partial class ProxyProtocolSite;
