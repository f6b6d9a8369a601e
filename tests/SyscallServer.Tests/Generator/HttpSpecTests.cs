using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the parser makes of attributes that are right.</summary>
public class HttpSpecTests
{
    [Fact]
    public void A_static_response_is_a_route()
    {
        RouteSpec route = Route("""[StaticResponse("/", "Hello, World!\n")]""");
        Assert.Equal("", route.Host);
        Assert.Equal("/", Utf8(route.Path));
        Assert.False(route.IsPrefix);
        Assert.Equal("GET", route.Method);
        Assert.Equal(200, route.Response!.Status);
        Assert.Equal("Hello, World!\n", Utf8(route.Response.Body));
        Assert.Equal("text/plain; charset=utf-8", route.Response.ContentType);
        Assert.Empty(route.Response.Fields);
        Assert.True(route.Response.Compress);
    }

    [Fact]
    public void Everything_that_can_be_said_of_a_response_is_in_its_route()
    {
        RouteSpec route = Route(
            """
            [StaticResponse(body: "{}", path: "/api/*", Status = 201, ContentType = " application/json ", Headers = new[] { "X-A: 1", "x-b:\t2 " }, CacheControl = "no-store",
                Compress = false, Method = "POST", Host = "Example.COM")]
            """);
        Assert.Equal("example.com", route.Host);
        Assert.Equal("/api/", Utf8(route.Path));
        Assert.True(route.IsPrefix);
        Assert.Equal("POST", route.Method);
        Assert.Equal(201, route.Response!.Status);
        Assert.Equal("application/json", route.Response.ContentType);
        Assert.Equal([new FieldLine("X-A", "1"), new FieldLine("x-b", "2"), new FieldLine("Cache-Control", "no-store")], route.Response.Fields);
        Assert.False(route.Response.Compress);
    }

    [Theory]
    [InlineData("/", "/", false)]
    [InlineData("/a b", "/a b", false)]
    [InlineData("/a%20b", "/a b", false)]
    [InlineData("/café", "/café", false)]
    [InlineData("/caf%C3%A9", "/café", false)]
    [InlineData("/caf%c3%a9", "/café", false)]
    [InlineData("/%7Euser", "/~user", false)]
    [InlineData("/a%2fb", "/a%2Fb", false)]
    [InlineData("/100%25", "/100%25", false)]
    [InlineData("/%2A", "/*", false)]
    [InlineData("/%7Bid%7D", "/{id}", false)]
    [InlineData("//a//", "//a//", false)]
    [InlineData("/...", "/...", false)]
    [InlineData("/A", "/A", false)]
    [InlineData("/*", "/", true)]
    [InlineData("/docs/*", "/docs/", true)]
    [InlineData("/docs//*", "/docs//", true)]
    [InlineData("/\U0001F600/<>\"^`|", "/\U0001F600/<>\"^`|", false)]
    public void A_path_is_what_requests_are_compared_with(string path, string canonical, bool isPrefix)
    {
        RouteSpec route = Route($"[StaticResponse({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(path, quote: true)}, \"\")]");
        Assert.Equal(canonical, Utf8(route.Path));
        Assert.Equal(isPrefix, route.IsPrefix);
    }

    [Theory]
    [InlineData("""[StaticResponse("/a.html", "")]""", "text/html; charset=utf-8")]
    [InlineData("""[StaticResponse("/A.CSS", "")]""", "text/css; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.min.js", "")]""", "text/javascript; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.json", "")]""", "application/json")]
    [InlineData("""[StaticResponse("/a.svg", "")]""", "image/svg+xml")]
    [InlineData("""[StaticResponse("/a.unknown", "")]""", "text/plain; charset=utf-8")]
    [InlineData("""[StaticResponse("/html", "")]""", "text/plain; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.html/b", "")]""", "text/plain; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.html/*", "")]""", "text/plain; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.ico", new byte[] { 0 })]""", "image/vnd.microsoft.icon")]
    [InlineData("""[StaticResponse("/a.css", new byte[] { 0 })]""", "text/css")]
    [InlineData("""[StaticResponse("/a", new byte[] { 0 })]""", "application/octet-stream")]
    [InlineData("""[StaticResponse("/a.txt", new byte[] { 0xE9 }, Charset = "Windows-1252")]""", "text/plain; charset=windows-1252")]
    [InlineData("""[StaticResponse("/a.css", "", ContentType = "text/x-own")]""", "text/x-own; charset=utf-8")]
    [InlineData("""[StaticResponse("/", "", ContentType = "text/html;charset=UTF-8")]""", "text/html;charset=UTF-8")]
    [InlineData("""[StaticResponse("/", "", ContentType = "text/html; charset=\"utf-8\"; a=b")]""", "text/html; charset=\"utf-8\"; a=b")]
    [InlineData("""[StaticResponse("/", "", ContentType = "text/html; level=1")]""", "text/html; level=1; charset=utf-8")]
    [InlineData("""[StaticResponse("/a.json", "", Charset = "us-ascii")]""", "application/json; charset=us-ascii")]
    [InlineData("""[StaticResponse("/", "", Charset = "ISO-8859-1")]""", "text/plain; charset=iso-8859-1")]
    [InlineData("""[StaticResponse("/", "", Status = 204)]""", null)]
    [InlineData("""[StaticResponse("/", "", Status = 205)]""", null)]
    public void The_content_type_follows_from_the_path_unless_it_is_given(string attribute, string? contentType)
        => Assert.Equal(contentType, Route(attribute).Response!.ContentType);

    [Theory]
    [InlineData("""[StaticResponse("/", "é")]""", new byte[] { 0xC3, 0xA9 })]
    [InlineData("""[StaticResponse("/", "é", Charset = "iso-8859-1")]""", new byte[] { 0xE9 })]
    [InlineData("""[StaticResponse("/", "é", ContentType = "text/plain; charset=iso-8859-1")]""", new byte[] { 0xE9 })]
    [InlineData("""[StaticResponse("/", "\uFEFF")]""", new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData("""[StaticResponse("/", new byte[] { 0, 255 })]""", new byte[] { 0, 255 })]
    [InlineData("""[StaticResponse("/", [1, 2])]""", new byte[] { 1, 2 })]
    [InlineData("""[StaticResponse("/", new byte[0])]""", new byte[0])]
    public void A_body_is_written_in_its_charset(string attribute, byte[] body) => Assert.Equal(body, Route(attribute).Response!.Body);

    [Theory]
    [InlineData("/new", "/new")]
    [InlineData("/new?x=1#y", "/new?x=1#y")]
    [InlineData("/a b/é", "/a%20b/%C3%A9")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/../x", "/../x")]
    [InlineData("https://example.com", "https://example.com")]
    [InlineData("http://example.com:8080/é?ü", "http://example.com:8080/%C3%A9?%C3%BC")]
    [InlineData("HTTPS://[::1]/", "HTTPS://[::1]/")]
    [InlineData("mailto:somebody@example.com", "mailto:somebody@example.com")]
    public void A_redirect_is_a_route_with_a_location(string to, string location)
    {
        RouteSpec route = Route($"[Redirect(\"/old\", \"{to}\", CacheControl = \"no-cache\")]");
        Assert.Equal("/old", Utf8(route.Path));
        Assert.Equal(302, route.Response!.Status);
        Assert.Empty(route.Response.Body);
        Assert.Null(route.Response.ContentType);
        Assert.Equal([new FieldLine("Cache-Control", "no-cache"), new FieldLine("Location", location)], route.Response.Fields);
    }

    [Theory]
    [InlineData(301, "GET")]
    [InlineData(302, "GET")]
    [InlineData(303, "GET PUT DELETE PATCH")]
    [InlineData(307, "GET PUT DELETE PATCH")]
    [InlineData(308, "GET PUT DELETE PATCH")]
    public void A_redirect_that_says_what_becomes_of_the_method_answers_all_that_are_free(int status, string methods)
    {
        HttpSpec spec = Spec($"[Redirect(\"/old\", \"/new\", Status = {status})] [StaticResponse(\"/old\", \"\", Method = \"POST\")]");
        Assert.Equal("POST", spec.Routes[^1].Method);
        Assert.Equal(methods, string.Join(' ', spec.Routes.SkipLast(1).Select(route => route.Method)));
        Assert.Single(spec.Routes.SkipLast(1).Select(route => route.Response).Distinct());
    }

    [Fact]
    public void Pages_for_errors_are_listed()
    {
        HttpSpec spec = Spec(
            """
            [NotFound("<h1>gone</h1>", ContentType = "text/html", Headers = ["X-A: b"])]
            [ErrorPage(503, "busy", CacheControl = "no-store")]
            [ErrorPage(405, new byte[] { 1 })]
            [StaticResponse("/", "")]
            """);
        Assert.Equal([404, 503, 405], spec.ErrorPages.Select(page => page.Status));
        Assert.Equal([404, 503, 405], spec.ErrorPages.Select(page => page.Response.Status));
        Assert.Equal(["text/html; charset=utf-8", "text/plain; charset=utf-8", "application/octet-stream"], spec.ErrorPages.Select(page => page.Response.ContentType));
        Assert.Equal(new FieldLine("X-A", "b"), Assert.Single(spec.ErrorPages[0].Response.Fields));
        Assert.Equal(new FieldLine("Cache-Control", "no-store"), Assert.Single(spec.ErrorPages[1].Response.Fields));
        Assert.Equal("busy", Utf8(spec.ErrorPages[1].Response.Body));
    }

    [Fact]
    public void Routes_are_in_the_order_of_the_attributes_and_then_of_the_members()
    {
        HttpSpec spec = Spec(
            """[StaticResponse("/1", "")] [Redirect("/2", "/1")] [StaticResponse("/3", "")]""",
            """[Route("/4"), Route("/5", Method = "PUT")] const string A = "a"; [Route("/6")] static System.ReadOnlySpan<byte> B => "b"u8;""");
        Assert.Equal(["/1", "/2", "/3", "/4", "/5", "/6"], spec.Routes.Select(route => Utf8(route.Path)));
        Assert.Equal(["", "", "", "a", "a", "b"], spec.Routes.Select(route => Utf8(route.Response!.Body)));
    }

    [Theory]
    [InlineData("const string Page = \"a\" + B; const string B = \"b\";", "ab", "text/plain; charset=utf-8")]
    [InlineData("public const string Page = Other.Text;", "other", "text/plain; charset=utf-8")]
    [InlineData("const string Page = \"\"\"\n    <p>\n    \"\"\";", "<p>", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page => \"a\\n\"u8;", "a\n", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page => \"a\"u8 + (\"b\"u8 + \"c\"u8) + \"d\"u8;", "abcd", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page => \"\"\"\n    a\n      b\n    \"\"\"u8;", "a\n  b", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page { get => \"a\"u8; }", "a", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page { get { return \"a\"u8; } }", "a", "text/plain; charset=utf-8")]
    [InlineData("static System.ReadOnlySpan<byte> Page => [97, (byte)'b', Other.Number];", "abc", "application/octet-stream")]
    [InlineData("static System.ReadOnlySpan<byte> Page => [];", "", "application/octet-stream")]
    [InlineData("static System.ReadOnlySpan<byte> Page => new byte[] { 97, 98 };", "ab", "application/octet-stream")]
    [InlineData("static System.ReadOnlySpan<byte> Page => new[] { (byte)97 };", "a", "application/octet-stream")]
    public void A_member_that_is_constant_is_the_body_of_a_route(string member, string body, string contentType)
    {
        HttpSpec spec = Spec("", "[Route(\"/page\")] " + member, "static class Other { public const string Text = \"other\"; public const byte Number = 99; }");
        RouteSpec route = Assert.Single(spec.Routes);
        Assert.Equal("/page", Utf8(route.Path));
        Assert.Equal(body, Utf8(route.Response!.Body));
        Assert.Equal(contentType, route.Response.ContentType);
    }

    [Fact]
    public void A_member_may_stand_in_another_part_of_the_class()
        => Assert.Equal("a", Utf8(Spec("", "", "partial class Site { [Route(\"/\")] const string Page = \"a\"; }").Routes.Single().Response!.Body));

    [Fact]
    public void Limits_are_those_of_the_attribute()
    {
        var attribute = new TcpServerAttribute();
        HttpSpec spec = Spec("""[StaticResponse("/", "")]""");
        Assert.Equal(
            (attribute.IdleTimeoutSeconds, attribute.MaxTargetBytes, attribute.MaxHeaderBytes, attribute.MaxBodyBytes, attribute.DateHeader, attribute.ServerHeader),
            (spec.IdleTimeout, spec.MaxTargetBytes, spec.MaxHeaderBytes, spec.MaxBodyBytes, spec.SendsDate, spec.Server));

        spec = Parse("[TcpServer(IdleTimeoutSeconds = 1, MaxTargetBytes = 64, MaxHeaderBytes = 256, MaxBodyBytes = 0, DateHeader = false, ServerHeader = \"Site/1\")] [StaticResponse(\"/\", \"\")] partial class Site;").Http!;
        Assert.Equal((1, 64, 256, 0, false, "Site/1"), (spec.IdleTimeout, spec.MaxTargetBytes, spec.MaxHeaderBytes, spec.MaxBodyBytes, spec.SendsDate, spec.Server));
    }

    [Fact]
    public void A_server_has_a_raw_response_or_http()
    {
        Assert.Null(Parse("[TcpServer] [RawResponse(\"x\")] partial class Site;").Http);
        Assert.Empty(Parse("[TcpServer] [StaticResponse(\"/\", \"x\")] partial class Site;").Response);
    }

    [Fact]
    public void The_same_text_gives_an_equal_spec()
    {
        const string attributes = """[StaticResponse("/", "a", Headers = ["A: b"])] [Redirect("/a", "/", Status = 308)] [NotFound("x")]""";
        Assert.Equal(Spec(attributes), Spec(attributes));
        Assert.NotEqual(Spec(attributes), Spec(attributes.Replace("A: b", "A: c", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_parser_and_the_attributes_agree()
    {
        Assert.Equal((200, "GET", "utf-8", true), (new RouteAttribute("").Status, new RouteAttribute("").Method, new RouteAttribute("").Charset, new RouteAttribute("").Compress));
        Assert.Equal(302, new RedirectAttribute("", "").Status);
    }

    private static RouteSpec Route(string attribute) => Spec(attribute).Routes.Single();

    private static HttpSpec Spec(string attributes, string members = "", string rest = "")
        => Parse($"[TcpServer] {attributes}\nstatic partial class Site {{ {members} }} {rest}").Http!;

    private static ServerSpec Parse(string source)
    {
        Compilation compilation = GeneratorRun.Compile("using SyscallServer; " + source, OutputKind.DynamicallyLinkedLibrary);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ServerSpec? spec = ServerParser.Parse(compilation.GetTypeByMetadataName("Site")!, compilation, default, out IReadOnlyList<Problem> problems);
        Assert.Empty(problems.Select(problem => problem.ToDiagnostic().GetMessage(null)));
        return spec!;
    }

    private static string Utf8(EquatableArray<byte> bytes) => Encoding.UTF8.GetString([.. bytes]);
}
