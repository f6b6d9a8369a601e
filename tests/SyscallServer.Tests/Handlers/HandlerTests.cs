using System;
using System.Linq;
using System.Text;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Handlers;

/// <summary>What handlers see of requests, and what becomes of what they write: raw bytes in, raw bytes out.</summary>
public class HandlerTests
{
    private const string AtALoss = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\nServer: tests\r\n\r\nat a loss";

    /// <summary>A thread has the messages of the test before.</summary>
    public HandlerTests() => _ = MessageKernel.Take();

    private static string Get(string target, string fields = "", string method = "GET") => $"{method} {target} HTTP/1.1\r\nHost: example.com:80\r\n{fields}\r\n";

    private static string WithBody(string method, string target, string body, string fields = "")
        => $"{method} {target} HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Text(string body) => $"HTTP/1.1 200 OK\r\nServer: tests\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>The body of what comes back.</summary>
    private static string Body(string request) => HandlerSite.Answer(request).Split("\r\n\r\n", 2)[1];

    private static string StatusLine(string request) => HandlerSite.Answer(request).Split("\r\n", 2)[0];

    [Fact]
    public void A_response_has_the_head_that_belongs_to_it() => Assert.Equal(Text("hello"), HandlerSite.Answer(Get("/hello")));

    [Fact]
    public void HEAD_gets_the_head_of_GET_and_no_body()
    {
        Assert.Equal(Text("hello")[..^5], HandlerSite.Answer(Get("/hello", method: "HEAD")));
        Assert.Contains("\r\nX-Method: HEAD\r\n", HandlerSite.Answer(Get("/method", method: "HEAD")), StringComparison.Ordinal);
        Assert.Contains("\r\nX-Method: GET\r\n", HandlerSite.Answer(Get("/method")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_without_a_body_has_no_type()
        => Assert.Equal("HTTP/1.1 200 OK\r\nServer: tests\r\nContent-Length: 0\r\n\r\n", HandlerSite.Answer(Get("/echo")));

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public void A_body_comes_back(string method)
    {
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nServer: tests\r\nContent-Type: a/b\r\nContent-Length: 6\r\n\r\nabcdef",
            HandlerSite.Answer(WithBody(method, "/echo", "abcdef", "Content-Type:  a/b \r\n")));
    }

    [Fact]
    public void Requests_come_in_pieces_of_any_length_one_behind_the_other()
    {
        string requests = WithBody("POST", "/star/a%20b/c?q#".TrimEnd('#'), "body", "x-test: 1\r\nX-TEST:\t2\r\n")
            + Get("/planned")
            + "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n"
            + Get("/users/7")
            + WithBody("POST", "/echo", "");
        string expected = HandlerSite.Answer(requests);
        Assert.Equal(
            Text("path=/star/a b/c query=q host=h rest=a b/c first=a b second=c test=1 again=2 body=body")
            + HandlerSite.Answer(Get("/planned"))
            + Text("abcde")
            + Text("path=/users/7 host=example.com id=7")
            + "HTTP/1.1 200 OK\r\nServer: tests\r\nContent-Length: 0\r\n\r\n",
            expected);
        for (int cut = 1; cut < requests.Length; cut++)
        {
            Assert.Equal(expected, HandlerSite.Answer(requests, cut));
        }

        Assert.Equal(expected, HandlerSite.Answer(requests, Enumerable.Range(1, requests.Length - 1).ToArray()));
    }

    [Fact]
    public void A_head_is_kept_however_it_names_the_host()
    {
        Assert.Equal(
            Text("path=/star/x host=other.org rest=x first=x body=1"),
            HandlerSite.Answer("POST http://other.org:1/star/x HTTP/1.1\r\nHost: other.org\r\nContent-Length: 1\r\n\r\n1", 50));
        Assert.Equal(
            Text("path=/star/x rest=x first=x body=1").Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal),
            HandlerSite.Answer("POST /star/x HTTP/1.0\r\nContent-Length: 1\r\n\r\n1", 20, 45));
    }

    [Theory]
    [InlineData("/users/7", "path=/users/7 host=example.com id=7")]
    [InlineData("/users/%E4%B8%AD%2f", "path=/users/\u4E2D%2F host=example.com id=\u4E2D%2F")]
    [InlineData("/users/me", "me")]
    [InlineData("/users/me/", "anything else")]
    [InlineData("/users/", "anything else")]
    [InlineData("/users", "anything else")]
    [InlineData("/others/7", "path=/others/7 host=example.com id=7 kind=others")]
    [InlineData("/users/7/posts/8", "path=/users/7/posts/8 host=example.com id=7 post=8")]
    [InlineData("/users/7/posts/all", "path=/users/7/posts/all host=example.com id=7")]
    [InlineData("/users/7/posts/", "anything else")]
    [InlineData("/users//posts/8", "anything else")]
    [InlineData("/users/7/posts/8/9", "anything else")]
    [InlineData("/{id}/1/y", "path=/{id}/1/y host=example.com x=1")]
    [InlineData("/%7Bid%7D/1/y", "path=/{id}/1/y host=example.com x=1")]
    [InlineData("/id/1/y", "anything else")]
    [InlineData("/star/", "path=/star/ host=example.com")]
    [InlineData("/star//b/", "path=/star//b/ host=example.com rest=/b/ second=b")]
    [InlineData("/star/a/b/c/d?a=b", "path=/star/a/b/c/d query=a=b host=example.com rest=a/b/c/d first=a second=b third=c")]
    [InlineData("/a/../users/./7", "path=/users/7 host=example.com id=7")]
    public void Parameters_stand_for_segments_and_a_star_for_the_rest(string target, string expected) => Assert.Equal(expected, Body(Get(target)));

    [Theory]
    [InlineData("DELETE", "/hello", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/users/7", "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/routed", "PUT, OPTIONS")]
    [InlineData("TRACE", "/star/x", "GET, HEAD, POST, OPTIONS")]
    public void A_path_has_the_methods_of_its_handlers(string method, string target, string allow)
    {
        string answer = HandlerSite.Answer(Get(target, method: method));
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nAllow: {allow}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_is_as_long_as_its_attribute_allows()
    {
        string longest = new('x', HandlerSite.LongestEcho);
        Assert.Equal(longest, Body(WithBody("POST", "/echo", longest)));
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine(WithBody("POST", "/echo", longest + "x")));
        Assert.Equal("x", Body(WithBody("DELETE", "/echo", "x")));
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine(WithBody("DELETE", "/echo", "xx")));
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine(WithBody("GET", "/echo", "x")));
        Assert.Equal(Body(WithBody("PUT", "/echo", longest + longest)), longest + longest); // the default, not the server's
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nC9\r\n" + longest + "x\r\n0\r\n\r\n"));
    }

    [Fact]
    public void Where_no_body_is_expected_an_empty_chunked_one_is_none()
        => Assert.Equal(Text("hello") + Text("hello"), HandlerSite.Answer("GET /hello HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Get("/hello")));

    private static string Chunked(string method, string body, string fields = "") => $"{method} /./x/../%6Eone HTTP/1.1\r\nHost: h\r\n{fields}Transfer-Encoding: chunked\r\n\r\n{body}";

    /// <summary>Which is the same in whatever pieces the request comes.</summary>
    private static string AnswerInAnyPieces(string requests)
    {
        string answer = HandlerSite.Answer(requests);
        for (int cut = 1; cut < requests.Length; cut++)
        {
            Assert.Equal(answer, HandlerSite.Answer(requests, cut));
        }

        Assert.Equal(answer, HandlerSite.Answer(requests, Enumerable.Range(1, requests.Length - 1).ToArray()));
        return answer;
    }

    [Theory]
    [InlineData("GET", "0\r\n\r\n")]
    [InlineData("DELETE", "000;a=b\r\n\r\n")]
    [InlineData("POST", "0\r\nTrailer: x\r\n\r\n")]
    public void An_empty_chunked_body_is_none_and_the_next_request_begins_behind_it(string method, string body)
        => Assert.Equal(Text("none") + Text("hello"), AnswerInAnyPieces(Chunked(method, body) + Get("/hello")));

    [Theory]
    [InlineData("GET", "1\r\nx\r\n0\r\n\r\n", "413 Content Too Large")]
    [InlineData("HEAD", "1\r\nx\r\n0\r\n\r\n", "413 Content Too Large")]
    [InlineData("DELETE", "00001;a=b\r\nx\r\n0\r\n\r\n", "413 Content Too Large")]
    [InlineData("POST", "FFFFFFF\r\n", "413 Content Too Large")]
    [InlineData("GET", "x\r\n", "400 Bad Request")]
    [InlineData("GET", "0\r\nno field\r\n\r\n", "400 Bad Request")]
    public void A_handler_that_takes_no_body_is_not_called_for_a_chunked_one(string method, string body, string status)
    {
        string answer = AnswerInAnyPieces(Chunked(method, body) + Get("/hello"));
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\nConnection: close\r\n\r\n" + (method == "HEAD" ? "" : status + "\n"), answer, StringComparison.Ordinal);
        Assert.Equal(2, answer.Split("HTTP/1.1").Length);
        Assert.True(HandlerSite.Closes(Chunked(method, body)));
    }

    [Fact]
    public void Who_waits_to_be_asked_for_a_chunked_body_that_is_not_taken_gets_413_at_once()
    {
        string head = Chunked("GET", "", "Expect: 100-continue\r\n");
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine(head));
        Assert.Equal("HTTP/1.1 413 Content Too Large", StatusLine(head + "0\r\n\r\n")); // however much has come
    }

    [Fact]
    public void The_trailers_of_no_body_are_as_long_as_there_is_room_for_them()
    {
        string longest = "X: " + new string('x', 8187);
        Assert.Equal("HTTP/1.1 200 OK", StatusLine(Chunked("GET", $"0\r\n{longest}\r\n\r\n")));
        Assert.Equal("HTTP/1.1 431 Request Header Fields Too Large", StatusLine(Chunked("GET", $"0\r\n{longest}x\r\n\r\n")));

        // Together with a long head; what has no trailers has room behind the longest.
        string target = "/none?" + new string('q', 7994);
        string fields = "Host: h\r\nTransfer-Encoding: chunked\r\nX: " + new string('x', 8192 - 42);
        string head = $"DELETE {target} HTTP/1.1\r\n{fields}\r\n\r\n";
        Assert.Equal("HTTP/1.1 431 Request Header Fields Too Large", StatusLine(head.Replace("X: ", "X: x", StringComparison.Ordinal) + "0\r\n\r\n"));
        Assert.Equal(Text("none") + Text("hello"), HandlerSite.Answer(head + "0\r\n\r\n" + Get("/hello"), head.Length, head.Length + 2));
        Assert.Equal("HTTP/1.1 431 Request Header Fields Too Large", StatusLine(head + $"0\r\n{longest}\r\n\r\n"));
    }

    [Fact]
    public void Other_routes_take_chunked_bodies_as_before()
    {
        string planned = Chunked("GET", "1\r\nx\r\n0\r\n\r\n").Replace("/./x/../%6Eone", "/planned", StringComparison.Ordinal);
        Assert.Equal(HandlerSite.Answer(Get("/planned") + Get("/hello")), AnswerInAnyPieces(planned + Get("/hello")));
        string echoed = Chunked("POST", "3\r\nabc\r\n0\r\n\r\n").Replace("/./x/../%6Eone", "/%65cho", StringComparison.Ordinal);
        Assert.Equal(Text("abc") + Text("hello"), AnswerInAnyPieces(echoed + Get("/hello")));
    }

    [Fact]
    public void Fields_are_written_whenever()
        => Assert.Equal(
            "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: \r\nServer: tests\r\nContent-Type: text/x-test\r\nContent-Length: 13\r\n\r\nbefore, after",
            HandlerSite.Answer(Get("/fields")));

    [Theory]
    [InlineData("n=X&v=1", true)]
    [InlineData("n=X&v=%C3%BC%09%ff", true)]
    [InlineData("n=!#$%25%26'*%2B-.^_`|~a9&v=", true)]
    [InlineData("n=X&v=a%0D%0AX-Injected:+1", false)]
    [InlineData("n=X&v=a%0A", false)]
    [InlineData("n=X&v=%00", false)]
    [InlineData("n=X&v=%7F", false)]
    [InlineData("n=X:+1%0D%0AY&v=1", false)]
    [InlineData("n=X+Y&v=1", false)]
    [InlineData("n=X:&v=1", false)]
    [InlineData("n=&v=1", false)]
    [InlineData("n=%C3%BC&v=1", false)]
    [InlineData("n=Content-Length&v=1", false)]
    [InlineData("n=content-LENGTH&v=1", false)]
    [InlineData("n=Transfer-Encoding&v=chunked", false)]
    [InlineData("n=Connection&v=close", false)]
    [InlineData("n=Date&v=now", false)]
    [InlineData("n=Content-Type&v=a/b", false)]
    [InlineData("n=Content-Types&v=a/b", true)]
    [InlineData("n=Content-Typ&v=a/b", true)]
    public void No_field_is_more_than_a_field(string query, bool isGood)
    {
        Assert.Equal(isGood ? "HTTP/1.1 200 OK" : "HTTP/1.1 500 Internal Server Error", StatusLine(Get("/field?" + query.Replace("#", "%23", StringComparison.Ordinal))));
        Assert.Equal(isGood ? "" : "GET /field: the response has a header that cannot be sent\n", MessageKernel.Take());
    }

    [Fact]
    public void Nor_is_the_content_type()
    {
        Assert.Equal(AtALoss, HandlerSite.Answer(Get("/type")));
        Assert.Equal("GET /type: the response has a header that cannot be sent\n", MessageKernel.Take());
    }

    [Fact]
    public void As_many_fields_fit_as_a_head_may_have()
    {
        string most = HandlerSite.Answer(Get("/lines?" + new string('x', 160)));
        Assert.Equal(160, most.Split("\r\nName: 0123456789012345678901234567890123456789").Length - 1);
        Assert.InRange(most.Length, 7500, 8192);
        Assert.Equal(AtALoss, HandlerSite.Answer(Get("/lines?" + new string('x', 170))));
        Assert.Equal("GET /lines: the headers of the response do not fit\n", MessageKernel.Take());
    }

    [Fact]
    public void What_does_not_fit_is_a_500_and_the_connection_goes_on()
    {
        Assert.Equal(Text("0123456789" + "0123456789"), HandlerSite.Answer(Get("/fill?0123456789")));
        Assert.Equal(AtALoss + Text("hello"), HandlerSite.Answer(Get("/fill?01234567890") + Get("/hello")));
        Assert.Equal("GET /fill: the body of the response does not fit; see MaxResponseBytes\n", MessageKernel.Take());
        Assert.Equal(AtALoss, HandlerSite.Answer(Get("/advance")));
        Assert.Equal(Text("less"), HandlerSite.Answer(Get("/cleared")));
    }

    [Fact]
    public void A_field_that_was_refused_is_a_500_also_where_the_body_was_cleared()
    {
        Assert.Equal(AtALoss, HandlerSite.Answer(Get("/refused")));
        Assert.Equal("GET /refused: the response has a header that cannot be sent\n", MessageKernel.Take());
    }

    [Theory]
    [InlineData(200, "HTTP/1.1 200 OK")]
    [InlineData(404, "HTTP/1.1 404 Not Found")]
    [InlineData(422, "HTTP/1.1 422 Unprocessable Content")]
    [InlineData(503, "HTTP/1.1 503 Service Unavailable")]
    [InlineData(418, "HTTP/1.1 418 ")]
    [InlineData(599, "HTTP/1.1 599 ")]
    [InlineData(100, null)]
    [InlineData(199, null)]
    [InlineData(600, null)]
    [InlineData(-1, null)]
    [InlineData(2147483647, null)]
    public void A_status_is_one_of_a_response(int status, string? line)
    {
        string answer = HandlerSite.Answer(Get($"/status/{status}"));
        Assert.Equal(line is null ? AtALoss : Text("text").Replace("HTTP/1.1 200 OK", line, StringComparison.Ordinal), answer);
        Assert.Equal(line is null ? "GET /status/{code}: the response has no status from 200 to 599\n" : "", MessageKernel.Take());
    }

    [Theory]
    [InlineData(204, "No Content")]
    [InlineData(304, "Not Modified")]
    public void Some_statuses_have_no_body(int status, string reason)
        => Assert.Equal($"HTTP/1.1 {status} {reason}\r\nServer: tests\r\n\r\n" + Text("hello"), HandlerSite.Answer(Get($"/status/{status}") + Get("/hello")));

    [Fact]
    public void A_handler_that_throws_costs_the_client_its_answer()
    {
        Assert.Equal(AtALoss + Text("hello"), HandlerSite.Answer(Get("/throw") + Get("/hello")));
        Assert.Equal("GET /throw: System.InvalidOperationException: never?mind\n", MessageKernel.Take());
        Assert.Equal(AtALoss[..^9], HandlerSite.Answer(Get("/throw", method: "HEAD")));
        _ = MessageKernel.Take();
    }

    [Theory]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\n", "name=a%2Bb+c", "a+b c.")]
    [InlineData("Content-Type: Application/X-WWW-Form-URLencoded; charset=utf-8\r\n", "x=1&name=y&name=z", "y.")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\n", "x=1", "-")]
    [InlineData("Content-Type: application/x-www-form-urlencodedx\r\n", "name=x", "-")]
    [InlineData("Content-Type: text/plain\r\n", "name=x", "-")]
    [InlineData("", "name=x", "-")]
    public void A_form_is_a_form_by_its_type(string fields, string body, string expected) => Assert.Equal(expected, Body(WithBody("POST", "/form", body, fields)));

    [Theory]
    [InlineData("", "")]
    [InlineData("one \"line\"", "one \"line\"")]
    [InlineData("two\r\nlines\u0000\t\u001B[2J\u007F", "two\\x0D\\x0Alines\\x00\\x09\\x1B[2J\\x7F")]
    [InlineData("\u00E9\u20AC \\ ~", "\u00E9\u20AC \\ ~")]
    public void What_a_handler_logs_is_one_line(string text, string line)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", HandlerSite.Answer(WithBody("POST", "/log", text)), StringComparison.Ordinal);
        Assert.Equal(line + "\n", MessageKernel.Take());
    }

    [Theory]
    [InlineData(4095, 'x', 4096)]
    [InlineData(4096, 'x', 4096)]
    [InlineData(5000, 'x', 4096)]
    [InlineData(1023, '\n', 4093)]
    [InlineData(1024, '\n', 4093)] // 4,095 bytes have no room for the last of four
    public void A_line_that_is_too_long_is_cut(int length, char character, int expected)
    {
        _ = HandlerSite.Answer(WithBody("POST", "/log", new string(character, length)));
        string line = MessageKernel.Take();
        Assert.Equal(expected, line.Length);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_is_that_of_the_kernel() => Assert.Equal(Text($"{MessageKernel.Now}"), HandlerSite.Answer(Get("/time")));

    [Fact]
    public void The_connection_is_closed_where_the_client_wants_that()
    {
        Assert.True(HandlerSite.Closes(Get("/hello", "Connection: close\r\n") + Get("/hello")));
        Assert.False(HandlerSite.Closes(Get("/hello")));
        Assert.True(HandlerSite.Closes(WithBody("POST", "/echo", "x", "Connection: close\r\n")));
        Assert.Equal(
            Text("hello").Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal),
            HandlerSite.Answer(Get("/hello", "Connection: close\r\n") + Get("/hello")));
    }

    [Fact]
    public void A_client_that_waits_is_told_to_send_the_body()
    {
        string head = "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n" + Text("x"), HandlerSite.Answer(head + "x", head.Length));
        Assert.Equal(Text("x"), HandlerSite.Answer(head + "x"));
    }

    [Fact]
    public void The_generator_knows_the_memory_that_the_engine_needs()
    {
        (int planned, int needed) = HandlerSite.ExchangeSize;
        Assert.Equal(needed, planned);
        ServerSpec spec = Parse();
        Assert.Equal(HandlerSite.MemorySize, ServerPlanner.HttpMemorySize(spec.Http!, spec.Http!.Plan()));
    }

    private static ServerSpec Parse()
    {
        var compilation = GeneratorRun.Compile(System.IO.File.ReadAllText(Repository.Path("tests", "SyscallServer.Tests", "Handlers", "HandlerSite.cs")));
        return ServerParser.Parse(compilation.GetTypeByMetadataName("SyscallServer.Tests.Handlers.HandlerSite")!, compilation, default, out _)!;
    }
}
