using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Field lines that [TcpServer] gives all responses: Headers, SecurityHeaders.</summary>
public sealed class CommonFieldTests
{
    private static readonly string[] Security =
    [
        "Content-Security-Policy: default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Strict-Transport-Security: max-age=31536000",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
    ];

    private static readonly Lazy<CompiledServer> Preset = new(() => Compile("SecurityHeaders = true"));
    private static readonly Lazy<CompiledServer> Strict = new(() => Compile("SecurityHeaders = true, Headers = [\"x-frame-options: SAMEORIGIN\", \"Strict-Transport-Security:\", \"X-All: a\", \"Cache-Control: no-cache\"]"));

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/file.txt", 200)]
    [InlineData("/there", 302)]
    [InlineData("/carried/x", 302)]
    [InlineData("/nothing", 404)]
    [InlineData("/teapot", 418)]
    public void Each_response_has_them(string path, int status)
    {
        Response response = Preset.Value.Get(path, "");
        Assert.Equal(status, response.Status);
        Assert.All(Security, line => Assert.Contains(line, response.Lines));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/file.txt")]
    [InlineData("/there")]
    [InlineData("/carried/x")]
    [InlineData("/nothing")]
    public void One_of_the_servers_own_takes_the_place_of_one_with_its_name_and_an_empty_one_is_none(string path)
    {
        Response response = Strict.Value.Get(path, "");
        Assert.Equal(("SAMEORIGIN", null, "a", "no-cache"), (response["x-frame-options"], response["Strict-Transport-Security"], response["X-All"], response["Cache-Control"]));
        Assert.DoesNotContain("X-Frame-Options: DENY", response.Lines);
        Assert.Contains("X-Content-Type-Options: nosniff", response.Lines);
    }

    [Fact]
    public void One_of_a_route_takes_the_place_of_one_of_the_server()
    {
        Response response = Strict.Value.Get("/own", "");
        Assert.Equal(("max-age=60", "b"), (response["Cache-Control"], response["X-All"]));
        Assert.Equal(["Content-Security-Policy: default-src *"], response.Lines.Where(line => line.StartsWith("Content-Security-Policy", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(response.Lines, line => line.StartsWith("Referrer-Policy", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_304_has_those_that_caches_need_and_OPTIONS_none()
    {
        Response page = Strict.Value.Get("/", "");
        Response notModified = Strict.Value.Get("/", $"If-None-Match: {page["ETag"]}\r\n");
        Assert.Equal((304, "no-cache", null, null), (notModified.Status, notModified["Cache-Control"], notModified["X-All"], notModified["Content-Security-Policy"]));
        Response options = Strict.Value.Exchange(("OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n"))[0];
        Assert.Equal((204, null), (options.Status, options["X-All"]));
    }

    [Fact]
    public void Responses_of_handlers_and_of_files_on_the_disk_have_them()
    {
        string code = GeneratorRun.Of(
            """
            using SyscallServer; [TcpServer(Headers = ["X-All: a", "X-Other: b"])] [Files("/", "x", Headers = ["X-All: c"])] partial class Site
            {
                [Get("/handler")] static void Handler(in Request request, ref ResponseWriter response) => response.Write("x"u8);
            }
            """).Files["Site.g.cs"];
        Assert.Contains("HandlerFields => \"\\r\\nX-All: a\\r\\nX-Other: b\"u8;", code, StringComparison.Ordinal);
        Assert.Contains("fields: \"\\r\\nX-All: c\\r\\nX-Other: b\"u8", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Headers = [\"no colon\"]", "[StaticResponse(\"/\", \"x\")]", "SYSC045")]
    [InlineData("Headers = [\"Server: mine\"]", "[StaticResponse(\"/\", \"x\")]", "SYSC046")]
    [InlineData("SecurityHeaders = true", "[RawResponse(\"x\")]", "SYSC052")]
    public async Task A_mistake_is_named_and_is_the_only_one(string settings, string attributes, string id)
    {
        (Diagnostic diagnostic, _) = Assert.Single(await GeneratorRun.Of($"using SyscallServer; [TcpServer({settings})] {attributes} partial class Site;").AnalyzeAsync());
        Assert.Equal(id, diagnostic.Id);
    }

    [Fact]
    public async Task Lines_of_the_server_that_leave_no_room_for_anything_else_are_said_once()
    {
        string source = $"using SyscallServer; [TcpServer(Headers = [\"X-Long: {new string('a', 8000)}\"])] [StaticResponse(\"/\", \"x\"), StaticResponse(\"/y\", \"y\")] partial class Site;";
        (Diagnostic diagnostic, _) = Assert.Single(await GeneratorRun.Of(source).AnalyzeAsync());
        Assert.Equal("SYSC048", diagnostic.Id);
        Assert.Contains("7680", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static CompiledServer Compile(string settings)
    {
        using Assets assets = new Assets().Add("wwwroot/file.txt", "file");
        return CompiledServer.Of(
            $$"""
            using SyscallServer;
            [TcpServer({{settings}})]
            [StaticResponse("/", "constant"), StaticResponse("/teapot", "short and stout", Status = 418), Redirect("/there", "/"), Redirect("/carried/*", "/new/*"), StaticFiles("/", "wwwroot")]
            [StaticResponse("/own", "x", CacheControl = "max-age=60", Headers = ["X-All: b", "Content-Security-Policy: default-src *", "Referrer-Policy:"])]
            partial class Site;
            """,
            assets);
    }
}
