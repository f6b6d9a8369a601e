using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using SyscallServer.Internal.Contract;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>The lines of the access log in each form, byte for byte, and whom they name behind trusted proxies.</summary>
public partial class AccessLogFormatTests
{
    private const string Browser = "GET /a?b=c HTTP/1.1\r\nHost: example.com:8080\r\nReferer: https://example.org/\r\nuser-agent:  Mozilla/5.0 (X11) \t\r\nX-Request-ID: 4f2a\r\n\r\n";

    [Theory]
    [InlineData(Browser, "127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] \"GET /a?b=c HTTP/1.1\" 200 3 \"https://example.org/\" \"Mozilla/5.0 (X11)\"\n")]
    [InlineData("GET /a HTTP/1.0\r\n\r\n", "127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] \"GET /a HTTP/1.0\" 200 3 \"-\" \"-\"\n")]
    [InlineData("HEAD /a HTTP/1.0\r\nUser-Agent:\r\n\r\n", "127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] \"HEAD /a HTTP/1.0\" 200 - \"-\" \"-\"\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: h\r\nUser-Agent: a\"b\\c\u00e9\td\r\nUser-Agent: second\r\nReferers: no\r\n\r\n", "127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] \"GET /a HTTP/1.1\" 200 3 \"-\" \"a\\x22b\\x5Cc\\xE9\\x09d\"\n")]
    [InlineData("GET / a HTTP/1.1\nReferer: r\n\n", "127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] \"GET / a HTTP/1.1\" 400 16 \"r\" \"-\"\n")]
    public void Combined_has_the_referer_and_the_user_agent(string request, string line) => Assert.Equal(line, Log(typeof(CombinedSite), request));

    [Theory]
    [InlineData(Browser, "\"method\":\"GET\",\"target\":\"/a?b=c\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"host\":\"example.com:8080\",\"referer\":\"https://example.org/\",\"user_agent\":\"Mozilla/5.0 (X11)\",\"request_id\":\"4f2a\",\"bytes_received\":132,\"bytes\":3,\"duration_us\":7}\n")]
    [InlineData("GET /a HTTP/1.0\r\n\r\n", "\"method\":\"GET\",\"target\":\"/a\",\"protocol\":\"HTTP/1.0\",\"status\":200,\"bytes_received\":19,\"bytes\":3,\"duration_us\":7}\n")]
    [InlineData("GET /\"\\\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n", "\"method\":\"GET\",\"target\":\"/\\u0022\\u005C\\u00E9\",\"protocol\":\"HTTP/1.1\",\"status\":400,\"host\":\"h\",\"bytes_received\":30,\"bytes\":16,\"duration_us\":7}\n")]
    [InlineData("nonsense\r\n\r\n", "\"method\":\"nonsense\",\"status\":400,\"bytes_received\":12,\"bytes\":16,\"duration_us\":7}\n")]
    [InlineData("GET /a\r\n\r\n", "\"method\":\"GET\",\"target\":\"/a\",\"status\":400,\"bytes_received\":10,\"bytes\":16,\"duration_us\":7}\n")]
    public void Json_is_an_object_for_each_response(string request, string members)
    {
        string log = Log(typeof(JsonSite), request);
        Assert.Equal("{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"127.0.0.1\"," + members, log);
        _ = JsonDocument.Parse(log);
    }

    /// <summary>Of one response, of several that were pipelined, and where the client takes them in pieces.</summary>
    [Theory]
    [InlineData(typeof(CombinedSite), " \"https://example.org/\" \"Mozilla/5.0 (X11)\"", "")]
    [InlineData(typeof(ProxiedSite), "", "")]
    [InlineData(typeof(JsonSite), ",\"duration_us\":#}", ",\"duration_us\":#,\"aborted\":true}")]
    public void A_line_has_the_bytes_that_were_sent_of_the_body(Type site, string end, string aborted)
    {
        const int requests = 3;
        string all = string.Concat(Enumerable.Repeat(Browser, requests));
        (string text, string whole) = ObservedExchange.Of(site, all, client: "127.0.0.1");
        int length = text.Length / requests;
        Assert.Equal(3, length - text.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
        Assert.All(Lines(whole), line => Assert.EndsWith(Expected(3, isWhole: true), line, StringComparison.Ordinal));
        for (int sent = 0; sent <= text.Length; sent++)
        {
            Assert.Equal(ExpectedOf(sent), Ends(ObservedExchange.Of(site, all, client: "127.0.0.1", sent: [sent]).Log));
            Assert.Equal(ExpectedOf(sent), Ends(ObservedExchange.Of(site, all, client: "127.0.0.1", sent: [sent / 3, sent / 2, sent]).Log));
            Assert.Equal(ExpectedOf(sent), Ends(ObservedExchange.Of(site, all, client: "127.0.0.1", sent: [sent, sent]).Log));
        }

        string[] ExpectedOf(int sent) => [.. Enumerable.Range(0, requests).Select(i => Expected(Math.Clamp(sent - i * length - (length - 3), 0, 3), isWhole: sent >= (i + 1) * length))];
        string Expected(int bytes, bool isWhole)
            => site == typeof(JsonSite) ? $",\"bytes\":{bytes}{(isWhole ? end : aborted)}" : $"\" 200 {(bytes == 0 ? "-" : bytes)}{end}";
        string[] Ends(string log) => [.. Lines(log).Select(line => line[(line.LastIndexOf(site == typeof(JsonSite) ? ",\"bytes\"" : "\" 200", StringComparison.Ordinal))..])];
        static string[] Lines(string log) => [.. Duration().Replace(log, "\"duration_us\":#").TrimEnd('\n').Split('\n')];
    }

    [Fact]
    public void Lines_that_are_kept_are_written_as_soon_as_their_responses_are_sent_whatever_their_number()
    {
        // As many as one output takes; none of them is sent at once.
        string all = string.Concat(Enumerable.Repeat("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", 100));
        foreach (Type site in new[] { typeof(CombinedSite), typeof(JsonSite), typeof(ProxiedSite) })
        {
            (string text, string log) = ObservedExchange.Of(site, all, client: "127.0.0.1", sent: [0, 0, 1, int.MaxValue]);
            int count = Regex.Count(text, "HTTP/1.1 200");
            Assert.InRange(count, 10, 99);
            Assert.Equal(count, log.Count(character => character == '\n'));
            Assert.DoesNotContain("aborted", log, StringComparison.Ordinal);
            Assert.DoesNotContain(" -\n", log, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", true)]
    [InlineData("\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", true)]
    [InlineData("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789", true)]
    [InlineData("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\na;x=y\r\n0123456789\r\n0\r\nA: b\r\n\r\n", true)]
    [InlineData("GET / a HTTP/1.1\r\nHost: h\r\n\r\nand more", false)]
    [InlineData("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", false)]
    [InlineData("GET /a HTTP/1.1\r\nHo", true)]
    [InlineData("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234", true)]
    public void A_line_has_the_bytes_that_were_received_of_the_request(string request, bool isGood)
    {
        string length = $"\"bytes_received\":{request.TrimStart('\r', '\n').Length},";
        Assert.Contains(length, Log(typeof(JsonSite), request, failsWith: FixedResponse.RequestTimeout), StringComparison.Ordinal);
        for (int cut = 1; cut < request.Length && isGood; cut++)
        {
            Assert.Contains(length, ObservedExchange.Of(typeof(JsonSite), request[..cut], rest: request[cut..], failsWith: FixedResponse.RequestTimeout, client: "127.0.0.1", keepsGoing: true).Log, StringComparison.Ordinal);
        }

        Assert.Contains("\"bytes_received\":28,", Log(typeof(JsonSite), "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + request, failsWith: FixedResponse.RequestTimeout), StringComparison.Ordinal);
        Assert.Contains(length, Log(typeof(JsonSite), "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + request, failsWith: FixedResponse.RequestTimeout), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_several_requests_has_its_line_and_its_time()
    {
        string[] lines = Log(typeof(JsonSite), string.Concat(Enumerable.Repeat(Browser, 5)) + "GET /b HTTP/1.1\r\nHo", failsWith: FixedResponse.RequestTimeout).TrimEnd('\n').Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal([42, 35, 28, 21, 14, 7], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("duration_us").GetInt32())); // all are sent at the same time
        Assert.Equal(408, JsonDocument.Parse(lines[5]).RootElement.GetProperty("status").GetInt32());
        Assert.Contains("\"duration_us\":0", Log(typeof(JsonSite), "\r\n", failsWith: FixedResponse.RequestTimeout), StringComparison.Ordinal); // no request has begun
    }

    /// <summary>Behind a line lies what was there before.</summary>
    [Fact]
    public void What_lies_behind_a_request_line_is_no_part_of_it()
        => Assert.Contains("\"method\":\"GET\",\"target\":\"/b\",\"protocol\":\"x/1.1\",\"status\":", Log(typeof(JsonSite), "GET /abcdefg HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b x/1.1\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public void A_line_is_no_longer_than_a_pipe_takes_at_once_whatever_is_sent()
    {
        foreach (char filler in new[] { 'x', '"', '\u00ff' })
        {
            string longest = new(filler, 7900);
            string few = new(filler, 1900);
            string request = $"GET /{longest} HTTP/1.1\r\nHost: {few}\r\nReferer: {few}\r\nUser-Agent: {few}\r\nX-Request-Id: {few}\r\n\r\n";
            foreach (Type site in new[] { typeof(CombinedSite), typeof(JsonSite), typeof(ProxiedSite) })
            {
                string log = Log(site, request);
                Assert.InRange(log.Length, 1, Layout.LogBatch);
                Assert.Equal(log.Length - 1, log.IndexOf('\n', StringComparison.Ordinal));
            }

            _ = JsonDocument.Parse(Log(typeof(JsonSite), request));
        }
    }

    [Theory]

    // Who is trusted: 10.0.0.0/8, 2001:db8::/32, Unix sockets.
    [InlineData("10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.255.255.255", "203.0.113.9", "203.0.113.9")]
    [InlineData("11.0.0.0", "203.0.113.9", "11.0.0.0")]
    [InlineData("9.255.255.255", "203.0.113.9", "9.255.255.255")]
    [InlineData("2001:db8:ffff::1", "203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db9::1", "203.0.113.9", "2001:db9::1")]
    [InlineData("::ffff:10.1.2.3", "203.0.113.9", "203.0.113.9")]
    [InlineData(null, "203.0.113.9", "203.0.113.9")]

    // The rightmost that is not trusted; what is left of it, anybody may have written.
    [InlineData("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2,10.0.0.3", "203.0.113.9")]
    [InlineData("10.0.0.1", "garbage, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9, unknown, 10.0.0.2, 10.0.0.3", "10.0.0.2")]
    [InlineData("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.4, 10.0.0.2", "10.0.0.4")]
    [InlineData("10.0.0.1", "1.1.1.1\r\nX-Forwarded-For: 203.0.113.9\r\nx-forwarded-for: 10.0.0.2", "203.0.113.9")]
    [InlineData("10.0.0.1", " , ,203.0.113.9,, ", "203.0.113.9")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]

    // Forms of an address.
    [InlineData("10.0.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.1", "2001:DB9:0:0::7", "2001:db9::7")]
    [InlineData("10.0.0.1", "[2001:db9::7]", "2001:db9::7")]
    [InlineData("10.0.0.1", "[2001:db9::7]:65535", "2001:db9::7")]
    [InlineData("10.0.0.1", "[2001:db9::7]:65536", "10.0.0.1")]
    [InlineData("10.0.0.1", "[2001:db9::7", "10.0.0.1")]
    [InlineData("10.0.0.1", "[2001:db9::7]x", "10.0.0.1")]
    [InlineData("10.0.0.1", "[203.0.113.9]", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9:", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.09", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9 1.1.1.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "\"203.0.113.9\"", "10.0.0.1")]
    public void Behind_a_trusted_proxy_it_is_the_rightmost_address_that_is_not_trusted(string? proxy, string field, string client)
        => Assert.StartsWith($"{client} - - [", Log(typeof(ProxiedSite), $"GET /a HTTP/1.1\r\nHost: h\r\nForwarded: for=8.8.8.8\r\nX-Forwarded-For:{field}\r\n\r\n", proxy), StringComparison.Ordinal);

    [Theory]
    [InlineData("for=203.0.113.9", "203.0.113.9")]
    [InlineData("For=\"203.0.113.9:4711\";proto=http;by=10.0.0.1", "203.0.113.9")]
    [InlineData("proto=https ; for=\"[2001:db9::7]:443\"", "2001:db9::7")]
    [InlineData("for=1.1.1.1, for=203.0.113.9;host=\"a,b;for=2.2.2.2\", for=10.0.0.2", "203.0.113.9")]
    [InlineData("for=203.0.113.9, for=unknown", "10.0.0.1")]
    [InlineData("for=203.0.113.9, for=_hidden, for=10.0.0.7", "10.0.0.7")]
    [InlineData("for=203.0.113.9, proto=https", "10.0.0.1")]
    [InlineData("for=203.0.113.9;for=1.1.1.1", "10.0.0.1")]
    [InlineData("for=\"203.0.113.9", "10.0.0.1")]
    [InlineData("for=\"\\203.0.113.9\"", "10.0.0.1")]
    [InlineData("for=\"a\\\",for=8.8.8.8\", for=203.0.113.9", "203.0.113.9")]
    [InlineData("for=1.1.1.1\r\nForwarded: for=203.0.113.9", "203.0.113.9")]
    public void Forwarded_is_read_as_RFC_7239_has_it(string field, string client)
        => Assert.Contains($"\"client\":\"{client}\"", Log(typeof(ForwardedSite), $"GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 8.8.8.8\r\nForwarded: {field}\r\n\r\n", "10.0.0.1"), StringComparison.Ordinal);

    [Fact]
    public void Each_request_of_a_connection_has_a_client_of_its_own()
    {
        const string first = "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
        string log = Log(typeof(ProxiedSite), first + "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + first.Replace("113.9", "113.200", StringComparison.Ordinal) + "GET", "10.0.0.1", FixedResponse.RequestTimeout);
        Assert.Equal(["203.0.113.9", "10.0.0.1", "203.0.113.200", "10.0.0.1"], log.TrimEnd('\n').Split('\n').Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/08", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.0/", false)]
    [InlineData("10.0.0.0/8 ", false)]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.1/32", true)]
    [InlineData("10.0.0.1/31", false)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("::/0", true)]
    [InlineData("::1", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("2001:db8::1/32", false)]
    [InlineData("::/129", false)]
    [InlineData("[::1]", false)]
    [InlineData("unix:", true)]
    [InlineData("unix:/run/proxy.sock", false)]
    [InlineData("localhost", false)]
    [InlineData("", false)]
    public async System.Threading.Tasks.Task A_block_of_addresses_is_checked_when_it_is_compiled(string block, bool isGood)
    {
        string source = $"using SyscallServer; [TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = [\"{block}\"])] [StaticResponse(\"/\", \"\")] static partial class Site;";
        Assert.Equal(isGood ? [] : ["SYSC066"], (await GeneratorRun.Of(source).AnalyzeAsync()).Select(found => found.Diagnostic.Id));
    }

    [GeneratedRegex("\"duration_us\":[0-9]+")]
    private static partial Regex Duration();

    private static string Log(Type site, string requests, string? client = "127.0.0.1", int failsWith = 0) => ObservedExchange.Of(site, requests, failsWith: failsWith, client: client).Log;
}

/// <summary>A log in the combined form.</summary>
[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = AccessLogFormat.Combined)]
[StaticResponse("/a", "ok\n")]
internal static partial class CombinedSite;

/// <summary>A log of objects.</summary>
[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = AccessLogFormat.Json)]
[StaticResponse("/a", "ok\n")]
internal static partial class JsonSite;

/// <summary>One behind proxies that write X-Forwarded-For.</summary>
[TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = ["10.0.0.0/8", "2001:db8::/32", "unix:"])]
[StaticResponse("/a", "ok\n")]
internal static partial class ProxiedSite;

/// <summary>One behind proxies that write Forwarded.</summary>
[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = AccessLogFormat.Json, TrustedProxies = ["10.0.0.0/8"], ClientAddressField = "Forwarded")]
[StaticResponse("/a", "ok\n")]
internal static partial class ForwardedSite;
