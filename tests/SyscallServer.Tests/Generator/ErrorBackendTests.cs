using System;
using System.Text;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>[ErrorBackend], compiled and asked as ingress controllers and proxies ask.</summary>
public sealed class ErrorBackendTests
{
    private const string Html = "text/html; charset=utf-8";
    private const string Json = "application/problem+json";
    private const string OwnJson = "application/json";
    private const string Plain = "text/plain; charset=utf-8";

    private static readonly Lazy<CompiledServer> Server = new(() =>
    {
        using Assets assets = new Assets()
            .Add("errors/404.html", "<h1>404</h1>").Add("errors/4xx.html", "<h1>4xx</h1>").Add("errors/503.html", "<h1>503</h1>")
            .Add("errors/503.json", "{\"wait\":true}").Add("errors/429.txt", "slower").Add("errors/.note", "not a page");
        return CompiledServer.Of(
            "using SyscallServer; [TcpServer] [StaticResponse(\"/constant\", \"constant\")] [ErrorBackend(\"errors\", CacheControl = \"no-store\", Headers = [\"X-A: b\"])] partial class Site;", assets);
    });

    private readonly CompiledServer _server = Server.Value;

    [Theory]
    [InlineData("", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 404", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 503", 503, Html, "<h1>503</h1>")]
    [InlineData("x-code:503 ", 503, Html, "<h1>503</h1>")]
    [InlineData("X-Code: 403", 403, Html, "<h1>4xx</h1>")]
    [InlineData("X-Code: 500", 500, Plain, "500 Internal Server Error\n")]
    [InlineData("X-Code: 511", 511, Plain, "511 Network Authentication Required\n")]
    [InlineData("X-Code: 429\r\nX-Format: text/plain", 429, Plain, "slower")]

    // Codes without a name are the first of their class; what is no error is as good as nothing.
    [InlineData("X-Code: 499", 400, Html, "<h1>4xx</h1>")]
    [InlineData("X-Code: 520", 500, Plain, "500 Internal Server Error\n")]
    [InlineData("X-Code: 599", 500, Plain, "500 Internal Server Error\n")]
    [InlineData("X-Code: 200", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 399", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 600", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 5030", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 50", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 5:3", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code:", 404, Html, "<h1>404</h1>")]
    [InlineData("X-Code: 503\r\nX-Code: 404", 503, Html, "<h1>503</h1>")]
    public void The_error_is_the_one_of_X_Code(string lines, int status, string type, string body) => AssertPage(_server.Get("/any/path?x", Lines(lines)), status, type, body);

    [Theory]
    [InlineData("/503.html", "Accept: application/json", 503, Html, "<h1>503</h1>")]
    [InlineData("/503.json", "", 503, OwnJson, "{\"wait\":true}")]
    [InlineData("/503.txt", "", 503, Plain, "503 Service Unavailable\n")]
    [InlineData("/503", "Accept: text/plain", 503, Plain, "503 Service Unavailable\n")]
    [InlineData("/403", "", 403, Html, "<h1>4xx</h1>")]
    [InlineData("/403.html?from=proxy", "", 403, Html, "<h1>4xx</h1>")]
    [InlineData("/502.html", "", 502, Plain, "502 Bad Gateway\n")]
    [InlineData("/503.html", "X-Code: 404\r\nX-Format: application/json", 404, Json, "{\"status\":404,\"title\":\"Not Found\"}\n")]
    [InlineData("/", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/50", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/503.htm", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/503.html/", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/a/503.html", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/5030", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/200.html", "", 404, Html, "<h1>404</h1>")]
    [InlineData("/503.json.html", "Accept: application/json", 404, Json, "{\"status\":404,\"title\":\"Not Found\"}\n")]
    public void Without_it_the_error_is_the_one_of_the_path(string path, string lines, int status, string type, string body) => AssertPage(_server.Get(path, Lines(lines)), status, type, body);

    [Theory]
    [InlineData("", Html)]
    [InlineData("Accept: */*", Html)]
    [InlineData("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", Html)]
    [InlineData("Accept: application/json", Json)]
    [InlineData("Accept: APPLICATION/JSON", Json)]
    [InlineData("Accept: application/problem+json", Json)]
    [InlineData("Accept: application/json, text/plain, */*", Json)]
    [InlineData("Accept: application/*", Json)]
    [InlineData("Accept: text/plain", Plain)]
    [InlineData("Accept: text/*", Html)]
    [InlineData("Accept: text/*, text/html;q=0.1", Plain)]
    [InlineData("Accept: text/html;q=0.5, application/json;q=0.6", Json)]
    [InlineData("Accept: text/html;q=0.6, application/json;q=0.5", Html)]
    [InlineData("Accept: text/html;q=0, */*", Json)]
    [InlineData("Accept: text/html;q=0, application/json;q=0, */*;q=0.001", Plain)]
    [InlineData("Accept: text/html;level=1;q=0.1, text/plain;q=0.2", Plain)]
    [InlineData("Accept: text/html;a=\"x,application/json\\\"\";q=0.1, text/plain;q=0.2", Plain)]
    [InlineData("Accept: text/html ; q=0.1 , text/plain ; q=0.2", Plain)]
    [InlineData("Accept: text/html;q=0.1\r\nAccept: text/plain", Plain)]
    [InlineData("Accept: image/png", Html)]
    [InlineData("Accept: image/png;q=0.9, text/plain;q=0.1", Plain)]
    [InlineData("Accept: ,;,text/,/plain,*,text/plainer,;q=1", Html)]
    [InlineData("Accept: text/html;\"", Html)]
    [InlineData("Accept: text/plain;q=", Plain)]
    [InlineData("X-Format: application/json\r\nAccept: text/html", Json)]
    [InlineData("X-Format: image/png\r\nAccept: text/plain", Plain)]
    [InlineData("X-Format: */*\r\nAccept: text/plain", Html)]
    public void The_form_is_what_the_client_likes_best(string lines, string type)
        => Assert.Equal((404, type), (_server.Get("/", Lines(lines)).Status, _server.Get("/", Lines(lines))["Content-Type"]));

    [Fact]
    public void Every_method_gets_it_whatever_its_body_and_other_routes_go_before()
    {
        Response[] responses = _server.Exchange(
            ("POST", "POST /order HTTP/1.1\r\nHost: a\r\nX-Code: 503\r\nContent-Length: 3\r\n\r\nabc"),
            ("PUT", "PUT /order HTTP/1.1\r\nHost: a\r\nX-Code: 503\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            ("HEAD", "HEAD /order HTTP/1.1\r\nHost: a\r\nX-Code: 503\r\n\r\n"),
            ("DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"),
            ("GET", "GET /constant HTTP/1.1\r\nHost: a\r\nX-Code: 503\r\n\r\n"),
            ("OPTIONS", "OPTIONS /order HTTP/1.1\r\nHost: a\r\nX-Code: 503\r\n\r\n"),
            ("DELETE", "DELETE /constant HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal(["503 12", "503 12", "503 12", "404 12", "200 8", "503 12", "405 23"], Array.ConvertAll(responses, response => $"{response.Status} {response["Content-Length"]}"));
    }

    [Fact]
    public void No_condition_and_no_range_changes_a_page()
        => AssertPage(_server.Get("/", "If-None-Match: *\r\nRange: bytes=0-1\r\nAccept-Encoding: br, gzip, identity;q=0\r\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), 404, Html, "<h1>404</h1>");

    [Fact]
    public void A_server_can_have_nothing_else_and_equal_responses_do_not_move_its_pages()
    {
        using Assets assets = new Assets().Add("errors/5xx.html", "<h1>5xx</h1>");
        CompiledServer alone = CompiledServer.Of("using SyscallServer; [TcpServer] [ErrorBackend(\"errors\")] partial class Site;", assets);
        AssertIs(alone.Get("/", ""), 404, "404 Not Found\n");
        AssertIs(alone.Get("/503", ""), 503, "<h1>5xx</h1>");

        CompiledServer equal = CompiledServer.Of(
            "using SyscallServer; [TcpServer] [StaticResponse(\"/gone\", \"410 Gone\\n\", Status = 410, Headers = [\"Vary: Accept, X-Format, X-Code\"])] [ErrorBackend(\"errors\")] partial class Site;", assets);
        AssertIs(equal.Get("/gone", ""), 410, "410 Gone\n");
        AssertIs(equal.Get("/410", ""), 410, "410 Gone\n");
        AssertIs(equal.Get("/411.json", ""), 411, "{\"status\":411,\"title\":\"Length Required\"}\n");
    }

    [Fact]
    public void A_file_that_is_not_there_gets_a_page_too()
    {
        using Assets assets = new Assets().Add("errors/404.html", "<h1>404</h1>");
        CompiledServer server = CompiledServer.Of("using SyscallServer; [TcpServer] [Files(\"/files/\", \"/srv\")] [ErrorBackend(\"errors\")] partial class Site;", assets);
        AssertIs(server.Get("/files/.hidden", ""), 404, "<h1>404</h1>");
        AssertIs(server.Get("/files/.hidden", "X-Code: 503\r\n"), 503, "503 Service Unavailable\n");
    }

    private static string Lines(string lines) => lines.Length == 0 ? "" : lines + "\r\n";

    private static void AssertIs(Response response, int status, string body) => Assert.Equal((status, body), (response.Status, Encoding.UTF8.GetString(response.Body)));

    /// <summary>A page with all of its field lines.</summary>
    private static void AssertPage(Response response, int status, string type, string body)
    {
        Assert.Equal((status, type, body), (response.Status, response["Content-Type"], Encoding.UTF8.GetString(response.Body)));
        Assert.Equal(("no-store", "b", "Accept, X-Format, X-Code"), (response["Cache-Control"], response["X-A"], response["Vary"]));
        Assert.Equal((null, null, null), (response["Accept-Ranges"], response["Last-Modified"], response["ETag"]));
    }
}
