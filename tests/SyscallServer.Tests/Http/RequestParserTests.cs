using Xunit;

namespace SyscallServer.Tests.Http;

public class RequestParserTests
{
    private const string Host = "Host: a\r\n";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / host a (KeepAlive)")]
    [InlineData("HEAD /a/b HTTP/1.1\r\nhOST:a:80\r\n\r\n", "HEAD /a/b host a (KeepAlive)")]
    [InlineData("POST /?a=b&c=%zz HTTP/1.1\r\nHost: \t a \t \r\n\r\n", "POST / query a=b&c=%zz host a (KeepAlive)")]
    [InlineData("PUT /a? HTTP/1.1\r\nHost: a\r\n\r\n", "PUT /a query  host a (KeepAlive)")]
    [InlineData("DELETE /a??b=/../%2e HTTP/1.1\r\nHost: a\r\n\r\n", "DELETE /a query ?b=/../%2e host a (KeepAlive)")]
    [InlineData("PATCH //a/ HTTP/1.1\r\nHost: a\r\n\r\n", "PATCH //a/ host a (KeepAlive)")]
    [InlineData("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE / host a (KeepAlive)")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * host a (KeepAlive)")]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS / host a (KeepAlive)")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "CONNECT  host a (KeepAlive)")]
    [InlineData("get / HTTP/1.1\r\nHost: a\r\n\r\n", "UNKNOWN / host a (KeepAlive)")]
    [InlineData("GETTING / HTTP/1.1\r\nHost: a\r\n\r\n", "UNKNOWN / host a (KeepAlive)")]
    [InlineData("GET /|[]^{}\"<>` HTTP/1.1\r\nHost: a\r\n\r\n", "GET /|[]^{}\"<>` host a (KeepAlive)")]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET", "GET /a host a (KeepAlive) and 3 bytes")]
    public void A_request_line_says_method_target_and_version(string request, string expected) => Assert.Equal(expected, Reading.Head(request));

    [Theory]
    [InlineData("http://b/c?d", "GET /c query d host b (KeepAlive)")]
    [InlineData("HTTPS://B:8443/", "GET / host B (KeepAlive)")]
    [InlineData("http://b", "GET / host b (KeepAlive)")]
    [InlineData("http://b:", "GET / host b (KeepAlive)")]
    [InlineData("http://b?c", "GET / query c host b (KeepAlive)")]
    [InlineData("http://b/%61/../c", "GET /c host b (KeepAlive)")]
    [InlineData("http://b%41/c?d", "GET /c query d host b%41 (KeepAlive)")]
    [InlineData("http://./a.b?c", "GET /a.b query c host . (KeepAlive)")]
    [InlineData("http://[2001:db8::1]:80/a", "GET /a host [2001:db8::1] (KeepAlive)")]
    public void The_host_of_an_absolute_target_wins_over_the_field(string target, string expected)
        => Assert.Equal(expected, Reading.Head($"GET {target} HTTP/1.1\r\n{Host}\r\n"));

    [Fact]
    public void Options_for_an_absolute_target_without_a_path_is_about_the_server()
    {
        Assert.Equal("OPTIONS * host b (KeepAlive)", Reading.Head($"OPTIONS http://b:80 HTTP/1.1\r\n{Host}\r\n"));
        Assert.Equal("OPTIONS / host b (KeepAlive)", Reading.Head($"OPTIONS http://b:80/ HTTP/1.1\r\n{Host}\r\n"));
        Assert.Equal("OPTIONS / query c host b (KeepAlive)", Reading.Head($"OPTIONS http://b?c HTTP/1.1\r\n{Host}\r\n"));
    }

    [Theory]
    [InlineData("HTTP/1.1", "GET / host a (KeepAlive)")]
    [InlineData("HTTP/1.2", "GET / host a (KeepAlive)")]
    [InlineData("HTTP/1.9", "GET / host a (KeepAlive)")]
    [InlineData("HTTP/1.0", "GET / host a (Http10)")]
    public void Every_version_1_is_served(string version, string expected) => Assert.Equal(expected, Reading.Head($"GET / {version}\r\n{Host}\r\n"));

    [Fact]
    public void In_HTTP_1_0_there_may_be_no_host() => Assert.Equal("GET / host none (Http10)", Reading.Head("GET / HTTP/1.0\r\n\r\n"));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("A.Example", "A.Example")]
    [InlineData("a.example.", "a.example.")]
    [InlineData("xn--bcher-kva.example:8080", "xn--bcher-kva.example")]
    [InlineData("a_b", "a_b")]
    [InlineData("127.0.0.1:80", "127.0.0.1")]
    [InlineData("999.999.999.999", "999.999.999.999")]
    [InlineData("a:", "a")]
    [InlineData("a:0", "a")]
    [InlineData("a:65535", "a")]
    [InlineData("a:0000000000000080", "a")]
    [InlineData("%41%c3%a4", "%41%c3%a4")]
    [InlineData("!$&'()*+;=-._~", "!$&'()*+;=-._~")]
    [InlineData("a-name-that-is-longer-than-a-vector.example", "a-name-that-is-longer-than-a-vector.example")]
    [InlineData("[::]", "[::]")]
    [InlineData("[::1]:80", "[::1]")]
    [InlineData("[1::]", "[1::]")]
    [InlineData("[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]")]
    [InlineData("[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7::]")]
    [InlineData("[::2:3:4:5:6:7:8]", "[::2:3:4:5:6:7:8]")]
    [InlineData("[1:2:3::6:7:8]", "[1:2:3::6:7:8]")]
    [InlineData("[2001:DB8::abcd:0:1]", "[2001:DB8::abcd:0:1]")]
    [InlineData("[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]")]
    [InlineData("[1:2:3:4:5:6:192.0.2.1]", "[1:2:3:4:5:6:192.0.2.1]")]
    [InlineData("[::192.0.2.1]:443", "[::192.0.2.1]")]
    public void A_host_is_a_name_or_an_address_with_or_without_a_port(string host, string expected)
    {
        Assert.Equal($"GET / host {expected} (KeepAlive)", Reading.Head($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        Assert.Equal($"GET / host {expected} (KeepAlive)", Reading.Head($"GET http://{host}/ HTTP/1.1\r\nHost: b\r\n\r\n"));
    }

    [Theory]
    [InlineData("X:", "")]
    [InlineData("X: \t ", "")]
    [InlineData("X: \u0080\u00FF", "")]
    [InlineData("X: a\tb", "")]
    [InlineData("X:\ta very long value\twith tabs in it, some of them\tin the second vector\tor the third\t", "")]
    [InlineData("!#$%&'*+-.^_`|~09azAZ: x", "")]
    [InlineData("A-Name-Longer-Than-A-Vector-And-Not-Known: x", "")]
    [InlineData("If-Match: *", ", HasIfMatch")]
    [InlineData("if-none-match: \"a\"", ", HasIfNoneMatch")]
    [InlineData("IF-MODIFIED-SINCE: x", ", HasIfModifiedSince")]
    [InlineData("If-Unmodified-Since: x", ", HasIfUnmodifiedSince")]
    [InlineData("Accept-Encoding: gzip", ", HasAcceptEncoding")]
    [InlineData("Range: bytes=0-", ", HasRange")]
    [InlineData("If-Range: \"a\"", ", HasIfRange")]
    [InlineData("If-Modified_Since: x", "")]
    [InlineData("If-ModifieX-Since: x", "")]
    [InlineData("Transfer_Encoding: x", "")]
    [InlineData("Content_Length: x", "")]
    [InlineData("Ranger: x", "")]
    [InlineData("Expect: 100-Continue", ", ExpectsContinue")]
    [InlineData("Expect:", "")]
    [InlineData("Expect: , 100-continue ,", ", ExpectsContinue")]
    [InlineData("Upgrade: websocket", "")]
    public void Fields_that_are_there_are_noted(string line, string expected)
    {
        Assert.Equal($"GET / host a (KeepAlive{expected})", Reading.Head($"GET / HTTP/1.1\r\n{Host}{line}\r\n\r\n"));
        Assert.Equal($"GET / host a (KeepAlive{expected})", Reading.Head($"GET / HTTP/1.1\r\n{line}\r\n{Host}\r\n"));
    }

    [Theory]
    [InlineData("Content-Length: 5", " length 5")]
    [InlineData("content-length:0", "")]
    [InlineData("Content-Length: 9223372036854775807", " length 9223372036854775807")]
    [InlineData("Content-Length: 00000000000000000000000000005", " length 5")]
    [InlineData("Content-Length: 5, 5", " length 5")]
    [InlineData("Content-Length: 5 ,\t05,5", " length 5")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", " length 5")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5,5", " length 5")]
    public void A_length_may_be_said_more_than_once(string lines, string expected)
        => Assert.Equal($"POST / host a{expected} (KeepAlive, HasContentLength)", Reading.Head($"POST / HTTP/1.1\r\n{Host}{lines}\r\n\r\n"));

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("transfer-encoding:CHUNKED")]
    [InlineData("TRANSFER-ENCODING: \tChunked\t ")]
    public void A_body_may_be_chunked(string line)
        => Assert.Equal("POST / host a (KeepAlive, Chunked)", Reading.Head($"POST / HTTP/1.1\r\n{Host}{line}\r\n\r\n"));

    [Theory]
    [InlineData("", true, false)]
    [InlineData("Connection: keep-alive\r\n", true, true)]
    [InlineData("Connection: Keep-Alive\r\n", true, true)]
    [InlineData("Connection: close\r\n", false, false)]
    [InlineData("Connection: CLOSE\r\n", false, false)]
    [InlineData("Connection: keep-alive, close\r\n", false, false)]
    [InlineData("Connection: close, keep-alive\r\n", false, false)]
    [InlineData("Connection: close\r\nConnection: keep-alive\r\n", false, false)]
    [InlineData("Connection: keep-alive\r\nX: y\r\nConnection: Upgrade,  close \r\n", false, false)]
    [InlineData("Connection: ,, ,Upgrade\t,keep-alive,\r\n", true, true)]
    [InlineData("Connection: closed\r\n", true, false)]
    [InlineData("Connection: \"close\"\r\n", true, false)]
    [InlineData("Connection: close keep-alive\r\n", true, false)]
    [InlineData("Connection:\r\n", true, false)]
    [InlineData("Proxy-Connection: close\r\n", true, false)]
    public void A_connection_is_kept_by_default_in_1_1_and_on_request_in_1_0(string lines, bool in11, bool in10)
    {
        Assert.Equal(in11 ? "GET / host a (KeepAlive)" : "GET / host a", Reading.Head($"GET / HTTP/1.1\r\n{Host}{lines}\r\n"));
        Assert.Equal(in10 ? "GET / host a (Http10, KeepAlive)" : "GET / host a (Http10)", Reading.Head($"GET / HTTP/1.0\r\n{Host}{lines}\r\n"));
    }

    [Fact]
    public void In_HTTP_1_0_nothing_is_expected_to_continue()
        => Assert.Equal("POST / host a length 5 (Http10, HasContentLength)", Reading.Head($"POST / HTTP/1.0\r\n{Host}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));

    [Fact]
    public void A_target_may_be_as_long_as_the_limit_and_not_a_byte_longer()
    {
        string path = "/" + new string('a', Reading.MaxTargetBytes - 1);
        Assert.Equal($"GET {path} host a (KeepAlive)", Reading.Head($"GET {path} HTTP/1.1\r\n{Host}\r\n"));
        Assert.Equal("0", Reading.Head($"GET {path}"));
        Assert.Equal("-414", Reading.Head($"GET {path}a"));
        Assert.Equal("-400", Reading.Head($"GET {path}\r"));
    }

    [Fact]
    public void Field_lines_may_be_as_long_as_the_limit_and_not_a_byte_longer()
    {
        string value = new('a', Reading.MaxHeaderBytes - Host.Length - "X: \r\n".Length);
        Assert.Equal("GET / host a (KeepAlive)", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}\r\n\r\n"));
        Assert.Equal("0", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}\r\n\r"));
        Assert.Equal("0", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}a\r"));
        Assert.Equal("-431", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}a\r\n"));
        Assert.Equal("-431", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}\r\nY"));
        Assert.Equal("-431", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}aaa"));
        Assert.Equal("0", Reading.Head($"GET / HTTP/1.1\r\n{Host}X: {value}aa"));
    }

    [Fact]
    public void A_hundred_field_lines_are_served()
        => Assert.Equal("GET / host a (KeepAlive)", Reading.Head($"GET / HTTP/1.1\r\n{Host}{string.Concat(System.Linq.Enumerable.Repeat("X:\r\n", 99))}\r\n"));

    [Fact]
    public void The_shortest_requests_are_served_flush_against_the_end_of_memory()
    {
        Assert.Equal("UNKNOWN / host none (Http10)", Reading.Head("X / HTTP/1.0\r\n\r\n"));
        Assert.Equal("0", Reading.Head("X / HTTP/1.0\r\nX"));
        Assert.Equal("-400", Reading.Head("X / HTTP/1.0\r\n:"));
        Assert.Equal("0", Reading.Head("X / HTTP/1.0\r\nX:"));
        Assert.Equal("UNKNOWN / host none (Http10)", Reading.Head("X / HTTP/1.0\r\nX:\r\n\r\n"));
    }
}
