using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Files that attributes name: which routes they are, and what is wrong with them.</summary>
public class EmbeddedFileDiagnosticTests
{
    [Theory]
    [InlineData("SYSC080", "'wwwroot/b.txt' is not among the assets", "\"wwwroot/b.txt\"", """[StaticFile("/b", "wwwroot/b.txt")]""")]
    [InlineData("SYSC080", "<SyscallServerAsset Include=\"public/a.txt\" />", "\"public/a.txt\"", """[StaticFile("/b", "public/a.txt")]""")]
    [InlineData("SYSC081", "<SyscallServerAsset Include=\"public/**\" />", "\"public\"", """[StaticFiles("/", "public")]""")]
    [InlineData("SYSC081", "No file below 'wwwroot/a.txt'", "\"wwwroot/a.txt\"", """[StaticFiles("/", "wwwroot/a.txt")]""")]
    [InlineData("SYSC081", "<SyscallServerAsset Include=\"errors/**\" />", "\"errors\"", """[ErrorBackend("errors")]""")]
    [InlineData("SYSC082", "'wwwroot/a.txt' is no page of an error: call it by a status, 404.html", "\"wwwroot\"", """[ErrorBackend("wwwroot")]""")]
    [InlineData("SYSC084", "write slashes", "@\"a\\b\"", """[ErrorBackend(@"a\b")]""")]
    [InlineData("SYSC081", "No file below 'tools'", "\"tools\"", """[StaticFiles("/", "tools")]""")]
    [InlineData("SYSC084", "\"/srv/a.txt\" is not the path of a file or folder of the project: write it from the folder of the project file on", "\"/srv/a.txt\"", """[StaticFile("/b", "/srv/a.txt")]""")]
    [InlineData("SYSC084", "write slashes", "@\"wwwroot\\a.txt\"", """[StaticFile("/b", @"wwwroot\a.txt")]""")]
    [InlineData("SYSC084", "\"\" is not the path", "\"\"", """[StaticFile("/b", "")]""")]
    [InlineData("SYSC090", "\"/files\" is not what paths of files can begin with", "\"/files\"", """[StaticFiles("/files", "wwwroot")]""")]
    [InlineData("SYSC084", "\"a\\b\" is not the path of a file or folder of the project: write slashes", "@\"a\\b\"", """[StaticFiles("/", "wwwroot", Exclude = ["x/", @"a\b"])]""")]
    [InlineData("SYSC084", "\"/a\" is not the path", "\"/a\"", """[StaticFiles("/", "wwwroot", Exclude = ["/a"])]""")]
    [InlineData("SYSC084", "\"\" is not the path", "\"\"", """[StaticFiles("/", "wwwroot", Exclude = [""])]""")]
    [InlineData("SYSC089", "The pattern 'b.*' of Exclude leaves nothing out, for no file below 'wwwroot' has such a path", "\"wwwroot\"", """[StaticFiles("/", "wwwroot", Exclude = ["b.*", "c/"])]""")]
    [InlineData("SYSC093", "\"/a.txt\" is not the path of a file in the folder: write it from the folder on", "\"/a.txt\"", """[StaticFiles("/", "wwwroot", NotFound = "/a.txt")]""")]
    [InlineData("SYSC093", "\"a.txt\" is not the path of a file in the folder: another folder at '/' has one for the same requests", "\"wwwroot\"", """[StaticFiles("/", "wwwroot/x", Fallback = "x.txt")] [StaticFiles("/", "wwwroot", Fallback = "a.txt")]""")]
    [InlineData("SYSC030", "", "\"b\"", """[StaticFile("b", "wwwroot/a.txt")]""")]
    [InlineData("SYSC034", "", "\"/b\"", """[StaticFile("/b", "wwwroot/a.txt")] [StaticFile("/b", "wwwroot/a.txt")]""")]
    [InlineData("SYSC034", "", "\"wwwroot\"", """[StaticFiles("/", "wwwroot")] [StaticFiles("/", "wwwroot")]""")]
    [InlineData("SYSC043", "", "\"text\"", """[StaticFile("/b", "wwwroot/a.txt", ContentType = "text")]""")]
    public async Task A_mistake_is_named_where_it_is_and_is_the_only_error(string id, string message, string squiggled, string attributes)
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a").Add("wwwroot/x/x.txt", "x").Add("wwwroot/c/c.txt", "c").Add("tools/.git/config", "x");
        GeneratorRun run = Run(assets, attributes);
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain(run.After.GetDiagnostics(), other => other.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("SYSC080 \"wwwroot/b.txt\", SYSC090 \"/files\"", """[StaticFile("/b", "wwwroot/b.txt")] [StaticFiles("/files", "wwwroot")]""")]
    [InlineData("SYSC081 \"public\", SYSC090 \"/files\"", """[StaticFiles("/files", "public")]""")]
    [InlineData("SYSC030 \"b\", SYSC080 \"wwwroot/b.txt\"", """[StaticFile("b", "wwwroot/b.txt")]""")]
    [InlineData("SYSC003 99999, SYSC080 \"wwwroot/b.txt\", SYSC081 \"public\"", """[StaticFile("/b", "wwwroot/b.txt")] [StaticFile("/a", "wwwroot/a.txt")] [StaticFiles("/c/", "public")]""", "Port = 99999")]
    [InlineData("SYSC080 \"wwwroot/b.txt\", SYSC084 \"/srv/a.txt\"", """[StaticFile("/b", "wwwroot/b.txt")] [StaticFile("/a", "/srv/a.txt")]""")]
    [InlineData("SYSC034 \"/a\", SYSC080 \"wwwroot/b.txt\"", """[StaticResponse("/a", "x")] [StaticFile("/a", "wwwroot/b.txt")]""")]
    public async Task A_file_that_is_not_there_is_named_beside_other_mistakes(string expected, string attributes, string server = "")
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a");
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer({server})] {attributes} partial class Site;"), assets.Manifest());
        Assert.Equal(expected, string.Join(", ", (await run.AnalyzeAsync()).Select(found => $"{found.Diagnostic.Id} {found.Squiggled}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_name_that_no_request_can_have_is_left_out_with_a_warning()
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a").Add("wwwroot/bad\0name.txt".Replace('\0', '\u0001'), "b");
        GeneratorRun run = Run(assets, """[StaticFiles("/", "wwwroot")]""");
        IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)> found = await run.AnalyzeAsync();
        Assert.All(found, problem => Assert.Equal("SYSC085", problem.Diagnostic.Id));
        run.AssertCompiles();
    }

    [Fact]
    public async Task Right_attributes_are_right()
    {
        using var assets = new Assets();
        assets.Add("wwwroot/a.txt", "a").Add("assets/logo.png", "b").Add("../shared/c.txt", "c");
        GeneratorRun run = Run(
            assets,
            """
            [StaticFiles("/", "wwwroot", CacheControl = "no-cache", Headers = ["X: y"], Host = "example.com", Compress = false, HashedNames = false)]
            [StaticFiles("/files/", "./wwwroot/")] [StaticFile("/logo.png", "assets//logo.png", ContentType = "image/png")] [StaticFile("/c", "../shared/c.txt")] [StaticFile("/*", "wwwroot/a.txt")]
            [ErrorPage(416, "no")]
            """);
        Assert.Empty(await run.AnalyzeAsync());
        run.AssertCompiles();
    }

    [Fact]
    public void Every_file_of_a_folder_has_the_path_of_its_name()
    {
        using var assets = new Assets();
        assets.Add("wwwroot/index.html", "i").Add("wwwroot/docs/index.html", "d").Add("wwwroot/docs/a b%.txt", "a").Add("wwwroot/caf\u00E9.css", "c").Add("wwwroot/data", "x")
            .Add("wwwroot/.hidden", "h").Add("wwwroot/.git/x", "h").Add("wwwroot/.well-known/security.txt", "s").Add("wwwroot/.well-known/.x", "h").Add("other/x", "o").Add("wwwroot2/x", "o");
        string[] expected =
            [
                "/.well-known/security.txt text/plain; charset=utf-8",
                "/caf\u00E9.css text/css; charset=utf-8",
                "/data application/octet-stream",
                "/docs 301 to itself with a slash",
                "/docs/ text/html; charset=utf-8",
                "/docs/a b%25.txt text/plain; charset=utf-8",
                "/docs/index.html text/html; charset=utf-8",
                "/ text/html; charset=utf-8",
                "/index.html text/html; charset=utf-8",
            ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Routes(assets, """[StaticFiles("/", "wwwroot")]""").Order(StringComparer.Ordinal));
        Assert.Contains("/s te 301 to itself with a slash", Routes(assets, """[StaticFiles("/s te/", "wwwroot")]"""));
    }

    [Theory]
    [InlineData("*.map", "a.map b/a.map b/c/a.map")]
    [InlineData("a.map", "a.map b/a.map b/c/a.map")]
    [InlineData("b/*.map", "b/a.map")]
    [InlineData("b/**/*.map", "b/a.map b/c/a.map")]
    [InlineData("**/c/**", "b/c/a.map b/c/d.txt")]
    [InlineData("c", "b/c/a.map b/c/d.txt")]
    [InlineData("b/", "b/a.map b/c/a.map b/c/d.txt")]
    [InlineData("b", "b/a.map b/c/a.map b/c/d.txt")]
    [InlineData("b/**", "b/a.map b/c/a.map b/c/d.txt")]
    [InlineData("?.map", "a.map b/a.map b/c/a.map")]
    [InlineData("a.map/", "")]
    [InlineData("A.map", "")]
    [InlineData("a*m?p", "a.map b/a.map b/c/a.map")]
    [InlineData("c/d.txt", "")]
    [InlineData("**/d.txt", "b/c/d.txt")]
    [InlineData("[a].map", "")]
    public void What_a_pattern_means_is_left_out(string pattern, string expected)
    {
        string[] paths = ["a.map", "b/a.map", "b/c/a.map", "b/c/d.txt", "e.txt"];
        using var assets = new Assets();
        Array.ForEach(paths, path => assets.Add("wwwroot/" + path, path));
        HttpSpec http = Parse(assets, $"""[StaticFiles("/", "wwwroot", Exclude = ["{pattern}"])]""", out IReadOnlyList<Diagnostic> found)!;
        Assert.Equal(expected, string.Join(' ', paths.Where(path => http.Routes.All(route => System.Text.Encoding.ASCII.GetString(route.Path.ToArray()) != "/" + path))));
        Assert.Equal(expected.Length == 0 ? "SYSC089" : "", string.Join(' ', found.Select(diagnostic => diagnostic.Id)));
    }

    [Fact]
    public void A_route_goes_before_a_file()
    {
        using var assets = new Assets();
        assets.Add("wwwroot/index.html", "i").Add("wwwroot/docs/index.html", "d").Add("wwwroot/a.txt", "a");
        string[] routes = Routes(
            assets,
            """
            [StaticResponse("/a.txt", "other")] [Redirect("/index.html", "/")] [StaticResponse("/", "x", Host = "example.com")] [StaticResponse("/docs/", "x")] [StaticResponse("/a.txt", "p", Method = "POST")]
            [StaticFiles("/", "wwwroot")]
            """);
        Assert.Single(routes, route => route.StartsWith("/a.txt ", StringComparison.Ordinal) && !route.Contains("POST", StringComparison.Ordinal));
        Assert.Single(routes, route => route.StartsWith("/index.html ", StringComparison.Ordinal));
        Assert.Single(routes, route => route.StartsWith("/ text/html", StringComparison.Ordinal));
        Assert.DoesNotContain(routes, route => route.StartsWith("/docs ", StringComparison.Ordinal)); // a redirect to what is another's
    }

    [Theory]
    [InlineData("app.3f9a1c2b.js", true)]
    [InlineData("app.3F9A1C2B.js", true)]
    [InlineData("chunk-4XQ2TT7E.js", true)]
    [InlineData("index-BxY3abcd.css", true)]
    [InlineData("logo.0123456789abcdef0123.svg", true)]
    [InlineData("font-a_3bC4d_.woff2", true)]
    [InlineData("app.3f9a1c2b.js.map", true)]
    [InlineData("3f9a1c2b.js", false)]
    [InlineData("app.3f9a1c2.js", false)] // seven
    [InlineData("photo-20240115.jpg", false)] // a date
    [InlineData("book-chapter1.txt", false)]
    [InlineData("jquery-3.7.1.min.js", false)]
    [InlineData("bootstrap-icons.css", false)]
    [InlineData("index.3f9a1c2b.html", false)]
    [InlineData("app-decadeff.js", false)] // a word
    [InlineData("data.3f9a1c2b", false)] // what is behind the last point is the extension
    [InlineData("LICENSE", false)]
    public void A_name_with_a_hash_is_for_ever(string name, bool isHashed)
    {
        Assert.Equal(isHashed, HashedName.Is(name));
        using var assets = new Assets();
        assets.Add("wwwroot/" + name, "x");
        Assert.Equal(isHashed ? "public, max-age=31536000, immutable" : "no-cache", CacheControl("""CacheControl = "no-cache" """));
        Assert.Equal(isHashed ? "public, max-age=31536000, immutable" : null, CacheControl("Compress = true"));
        Assert.Equal("no-cache", CacheControl("""CacheControl = "no-cache", HashedNames = false"""));
        Assert.Equal("private", CacheControl("""Headers = ["cache-control: private"]"""));

        string? CacheControl(string argument)
            => Spec(assets, $"""[StaticFiles("/", "wwwroot", {argument})]""").Routes.Single().Response!.Fields.SingleOrDefault(field => field.Name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase))?.Value;
    }

    [Fact]
    public void Below_a_guard_it_is_for_ever_in_the_cache_of_a_browser_alone()
    {
        using var assets = new Assets();
        assets.Add("wwwroot/app.3f9a1c2b.js", "x").Add("wwwroot/admin/app.3f9a1c2b.js", "x").Add("wwwroot/admin/page.html", "x");
        HttpSpec http = Spec(assets, """[StaticFiles("/", "wwwroot")] [BasicAuth("/admin/*", "Admin", Users = "ADMIN_USERS")]""");
        Assert.Equal(
            ["/admin/app.3f9a1c2b.js private, max-age=31536000, immutable", "/admin/page.html ", "/app.3f9a1c2b.js public, max-age=31536000, immutable"],
            http.Routes.Where(route => route.Response is not null)
                .Select(route => $"{System.Text.Encoding.UTF8.GetString([.. route.Path])} {route.Response!.Fields.SingleOrDefault(field => field.IsCacheControl)?.Value}").Order(StringComparer.Ordinal));

        Parse(assets, """[StaticFiles("/", "wwwroot", CacheControl = "public")] [BasicAuth("/admin/*", "Admin", Users = "ADMIN_USERS")]""", out IReadOnlyList<Diagnostic> found);
        Assert.Equal("SYSC126", Assert.Single(found).Id);
        Parse(assets, """[StaticFiles("/", "wwwroot")] [BasicAuth("/other/*", "Admin", Users = "ADMIN_USERS")]""", out found);
        Assert.Empty(found); // which files there are, is not known where this is asked
    }

    private static string[] Routes(Assets assets, string attributes)
        => [.. Spec(assets, attributes).Routes.Select(route =>
            $"{System.Text.Encoding.UTF8.GetString([.. route.Path])} {(route.Method == "GET" ? "" : route.Method + " ")}{(route.Action is FolderRedirectSpec ? "301 to itself with a slash" : null) ?? route.Response!.ContentType ?? $"{route.Response.Status} {route.Response.Fields[^1].Value}"}")];

    private static HttpSpec Spec(Assets assets, string attributes)
    {
        HttpSpec? http = Parse(assets, attributes, out IReadOnlyList<Diagnostic> found);
        Assert.Empty(found);
        return http!;
    }

    private static HttpSpec? Parse(Assets assets, string attributes, out IReadOnlyList<Diagnostic> found)
    {
        Compilation compilation = GeneratorRun.Compile($"using SyscallServer; [TcpServer] {attributes} partial class Site;", OutputKind.DynamicallyLinkedLibrary);
        ServerSpec? spec = ServerParser.Parse(compilation.GetTypeByMetadataName("Site")!, compilation, new ProjectFiles(AssetManifest.Read(assets.Write()), _ => null), default, out IReadOnlyList<Problem> problems);
        found = [.. problems.Select(problem => problem.ToDiagnostic())];
        return spec?.Http;
    }

    private static GeneratorRun Run(Assets assets, string attributes)
        => GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer] {attributes} partial class Site;"), assets.Manifest());
}
