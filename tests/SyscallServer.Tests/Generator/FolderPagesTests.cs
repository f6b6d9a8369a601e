using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What [StaticFiles] says of files that are not there: Fallback, NotFound, CleanUrls. For [Files] FilePageTests say the same.</summary>
public sealed class FolderPagesTests
{
    private static readonly Lazy<CompiledServer> Server = new(() => Compile(
        """
        [StaticFiles("/", "wwwroot", Fallback = "index.html", NotFound = "404.html", NotFoundCacheControl = "no-store", CleanUrls = true, CacheControl = "max-age=60", Headers = ["X-A: b"])]
        [StaticFiles("/docs/", "docs", NotFound = "errors/404.html")]
        [StaticFiles("/app/", "app", Fallback = "start.html")]
        [StaticFiles("/", "other", Host = "other.example", NotFound = "404.html", CleanUrls = true)]
        [StaticResponse("/constant", "constant"), StaticResponse("/taken", "taken"), StaticResponse("/posted", "posted", Method = "POST"), StaticResponse("/docs/all/*", "rest")]
        [Files("/disk/", "disk")]
        """));

    private const string Browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n";

    [Theory]

    // An app of one page.
    [InlineData("GET", "/users/7", "", 200, "<app>")]
    [InlineData("GET", "/users/7", Browser, 200, "<app>")]
    [InlineData("GET", "/users/7?tab=1", "Accept: */*\r\n", 200, "<app>")]
    [InlineData("HEAD", "/users/7", Browser, 200, "<app>")]
    [InlineData("GET", "/v1.2/users/", Browser, 200, "<app>")]
    [InlineData("GET", "//", Browser, 200, "<app>")]
    [InlineData("GET", "/users/7", "Accept: application/json\r\n", 404, "<404>")]
    [InlineData("GET", "/users/7", "Accept: application/json, text/plain, */*\r\n", 404, "<404>")]
    [InlineData("GET", "/users/7", "Accept: image/avif,image/webp\r\n", 404, "<404>")]
    [InlineData("GET", "/users/7", "Accept: text/html;q=0\r\n", 404, "<404>")]
    [InlineData("GET", "/missing.js", Browser, 404, "<404>")]
    [InlineData("GET", "/users/john.doe", Browser, 404, "<404>")]
    [InlineData("POST", "/users/7", Browser, 404, "<404>")]
    [InlineData("DELETE", "/users/7", "", 404, "<404>")]
    [InlineData("OPTIONS", "/users/7", "", 404, "<404>")]

    // What a route has, it has.
    [InlineData("GET", "/constant", Browser, 200, "constant")]
    [InlineData("GET", "/posted", Browser, 405, "405 Method Not Allowed\n")]
    [InlineData("GET", "/docs/all/x", Browser, 200, "rest")]
    [InlineData("GET", "/taken", Browser, 200, "taken")]
    [InlineData("GET", "/taken.html", Browser, 200, "<taken>")]

    // Of folders within folders the nearest answers.
    [InlineData("GET", "/docs/", Browser, 200, "<docs>")]
    [InlineData("GET", "/docs/nothing", Browser, 404, "<docs 404>")]
    [InlineData("GET", "/app/users", Browser, 200, "<start>")]
    [InlineData("GET", "/app/missing.js", Browser, 404, "404 Not Found\n")]
    [InlineData("GET", "/apple", Browser, 200, "<app>")]

    // The pages themselves are files as any other.
    [InlineData("GET", "/", Browser, 200, "<app>")]
    [InlineData("GET", "/404", Browser, 200, "<404>")]
    [InlineData("GET", "/docs/errors/404.html", Browser, 200, "<docs 404>")]

    // Pages without their extension.
    [InlineData("GET", "/about", Browser, 200, "<about>")]
    [InlineData("GET", "/guide", Browser, 200, "<guide>")]
    [InlineData("GET", "/guide/install", Browser, 200, "<install>")]
    [InlineData("GET", "/team", Browser, 200, "<team page>")]
    [InlineData("GET", "/team/", Browser, 200, "<team folder>")]
    [InlineData("GET", "/a%20b", Browser, 200, "<blank>")]
    [InlineData("GET", "/docs/page.html", Browser, 200, "<page>")]
    [InlineData("GET", "/docs/page", Browser, 404, "<docs 404>")]
    [InlineData("GET", "/index", "Accept: text/plain\r\n", 404, "<404>")]
    [InlineData("GET", "/About", "Accept: text/plain\r\n", 404, "<404>")]
    public void Gets(string method, string target, string lines, int status, string body)
    {
        Response response = Ask(method, target, "a", lines);
        Assert.Equal((status, method == "HEAD" ? "" : body), (response.Status, Encoding.UTF8.GetString(response.Body)));
    }

    [Theory]
    [InlineData("/about.html", "/about")]
    [InlineData("/about.html?a=%2F", "/about?a=%2F")]
    [InlineData("/about/", "/about")]
    [InlineData("/about/?", "/about?")]
    [InlineData("/index.html", "/")]
    [InlineData("/index.html?a", "/?a")]
    [InlineData("/team/index.html", "/team/")]
    [InlineData("/team.html", "/team")]
    [InlineData("/guide/install.html", "/guide/install")]
    [InlineData("/guide/", "/guide")]
    [InlineData("/a%20b.html", "/a%20b")]
    [InlineData("/docs", "/docs/")]
    [InlineData("/only", "/only/")]
    public void Other_paths_of_a_page_lead_to_its_own(string target, string location)
    {
        foreach (string method in new[] { "GET", "HEAD" })
        {
            Response response = Ask(method, target, "a", Browser);
            Assert.Equal((301, location), (response.Status, response["Location"]));
            Assert.Equal(200, Ask(method, location, "a", Browser).Status);
        }
    }

    [Fact]
    public void A_page_in_the_place_of_a_file_is_negotiated_and_kept_as_the_file_is()
    {
        Response page = Ask("GET", "/", "a", Browser);
        foreach (string lines in new[] { "", "Accept-Encoding: gzip\r\n", $"If-None-Match: {page["ETag"]}\r\n", "Range: bytes=0-1\r\n" })
        {
            Response file = Ask("GET", "/", "a", Browser + lines);
            Response fallback = Ask("GET", "/anything", "a", Browser + lines);
            Assert.Equal(file.StatusLine, fallback.StatusLine);
            Assert.Equal(file.Lines, fallback.Lines);
            Assert.Equal(file.Body, fallback.Body);
        }

        Assert.Equal("max-age=60", page["Cache-Control"]);
    }

    [Fact]
    public void A_404_has_its_own_caching_and_is_neither_negotiated_nor_in_parts()
    {
        Response page = Ask("GET", "/missing.js", "a", "Range: bytes=0-1\r\nIf-None-Match: *\r\nAccept-Encoding: gzip\r\n");
        Assert.Equal(
            ["Content-Length: 5", "Content-Type: text/html; charset=utf-8", "X-A: b", "Cache-Control: no-store"],
            page.Lines.Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
        Assert.Null(Ask("GET", "/docs/nothing", "a", "")["Cache-Control"]);
    }

    [Theory]
    [InlineData("/nothing", 404, "<other 404>")]
    [InlineData("/", 200, "<other>")]
    [InlineData("/page", 200, "<other page>")]

    // What the host does not have, every host has.
    [InlineData("/constant", 200, "constant")]
    [InlineData("/about", 200, "<about>")]
    public void A_virtual_host_answers_for_itself_where_nothing_has_the_path(string target, int status, string body)
    {
        foreach (string host in new[] { "other.example", "OTHER.example:80", "other.example." })
        {
            Response response = Ask("GET", target, host, Browser);
            Assert.Equal((status, body), (response.Status, Encoding.UTF8.GetString(response.Body)));
        }
    }

    [Fact]
    public void A_prefix_may_have_what_ends_a_line_of_C_sharp()
    {
        using Assets assets = Files();
        CompiledServer server = CompiledServer.Of("using SyscallServer; [TcpServer] [StaticFiles(\"/a\\u2028b/\", \"wwwroot\", Fallback = \"index.html\", NotFound = \"404.html\")] partial class Site;", assets);
        Assert.Equal((200, 404), (server.Get("/a%E2%80%A8b/x", Browser).Status, server.Get("/a%E2%80%A8b/x.js", Browser).Status));
    }

    [Fact]
    public async Task Caching_of_404_that_leaves_no_room_is_named()
    {
        using Assets assets = Files();
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer] [Files(\"/\", \"x\", NotFound = \"404.html\", NotFoundCacheControl = \"{new string('a', 8000)}\")] partial class Site;"), assets.Manifest());
        Assert.Equal("SYSC048", Assert.Single(await run.AnalyzeAsync()).Diagnostic.Id);
    }

    [Fact]
    public void An_error_backend_answers_where_the_folder_has_nothing_to_say()
    {
        using Assets assets = new Assets().Add("app/index.html", "<app>").Add("docs/404.html", "<docs 404>").Add("errors/404.html", "<h1>404</h1>");
        CompiledServer server = CompiledServer.Of(
            """
            using SyscallServer;
            [TcpServer] [StaticFiles("/app/", "app", Fallback = "index.html")] [StaticFiles("/docs/", "docs", NotFound = "404.html")] [ErrorBackend("errors")] partial class Site;
            """,
            assets);
        Assert.Equal((200, "<app>"), Text(server.Get("/app/users", Browser)));
        Assert.Equal((404, "<h1>404</h1>"), Text(server.Get("/app/x.js", Browser)));
        Assert.Equal((404, "<docs 404>"), Text(server.Get("/docs/x", Browser)));
        Assert.Equal((404, "<h1>404</h1>"), Text(server.Get("/x", Browser)));

        static (int Status, string Body) Text(Response response) => (response.Status, Encoding.UTF8.GetString(response.Body));
    }

    [Theory]
    [InlineData("StaticFiles(\"/\", \"wwwroot\", Fallback = \"nothing.html\")", "SYSC080", "'wwwroot/nothing.html' is not among the assets")]
    [InlineData("StaticFiles(\"/\", \"wwwroot\", NotFound = \"about.html\", Exclude = [\"about.*\"])", "SYSC080", "'wwwroot/about.html' is not among the assets")]
    [InlineData("StaticFiles(\"/\", \"wwwroot\", Fallback = \"/index.html\")", "SYSC093", "\"/index.html\" is not the path of a file in the folder: write it from the folder on, without a slash at its beginning")]
    [InlineData("Files(\"/\", \"wwwroot\", Fallback = \"../index.html\")", "SYSC093", "\"../index.html\" is not the path of a file in the folder: write its path from the folder on, such as \"404.html\"")]
    [InlineData("Files(\"/\", \"wwwroot\", NotFound = \"\")", "SYSC093", "\"\" is not the path of a file in the folder: write its path from the folder on, such as \"404.html\"")]
    [InlineData("Files(\"/\", \"wwwroot\", NotFound = \"errors\\\\404.html\")", "SYSC093", "\"errors\\404.html\" is not the path of a file in the folder: write slashes")]
    [InlineData("Files(\"/\", \"wwwroot\", NotFound = \".404.html\")", "SYSC093", "\".404.html\" is not the path of a file in the folder: no client sees what begins with a dot")]
    [InlineData("Files(\"/\", \"wwwroot\", NotFound = \"4%34.html\")", "SYSC093", "\"4%34.html\" is not the path of a file in the folder: choose a name without control characters and '%'")]
    [InlineData("StaticFiles(\"/\", \"wwwroot\", NotFound = \"404.html\"), StaticFiles(\"/\", \"docs\", NotFound = \"errors/404.html\", Exclude = [\"index.html\"])", "SYSC093", "\"errors/404.html\" is not the path of a file in the folder: another folder at '/' has one for the same requests")]
    [InlineData("StaticFiles(\"/\", \"wwwroot\", NotFoundCacheControl = \"no-store\")", "SYSC052", "NotFoundCacheControl means nothing to a folder without NotFound: remove it")]
    [InlineData("Files(\"/\", \"wwwroot\", NotFound = \"404.html\", NotFoundCacheControl = \"a\\nb\")", "SYSC045", "\"a\nb\" cannot be sent as a header")]
    public async Task A_mistake_is_named_and_is_the_only_one(string attributes, string id, string message)
    {
        using Assets assets = Files();
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer] [{attributes}] partial class Site;"), assets.Manifest());
        (Diagnostic diagnostic, _) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static Assets Files() => new Assets()
        .Add("wwwroot/index.html", "<app>").Add("wwwroot/404.html", "<404>").Add("wwwroot/about.html", "<about>").Add("wwwroot/guide.html", "<guide>").Add("wwwroot/guide/install.html", "<install>")
        .Add("wwwroot/team.html", "<team page>").Add("wwwroot/team/index.html", "<team folder>").Add("wwwroot/only/index.html", "<only>").Add("wwwroot/a b.html", "<blank>").Add("wwwroot/taken.html", "<taken>")
        .Add("docs/index.html", "<docs>").Add("docs/page.html", "<page>").Add("docs/errors/404.html", "<docs 404>").Add("app/start.html", "<start>")
        .Add("other/index.html", "<other>").Add("other/404.html", "<other 404>").Add("other/page.html", "<other page>");

    private static CompiledServer Compile(string attributes)
    {
        using Assets assets = Files();
        return CompiledServer.Of($"using SyscallServer; [TcpServer] {attributes} partial class Site;", assets);
    }

    private static Response Ask(string method, string target, string host, string lines)
        => Server.Value.Exchange((method, $"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n"))[0];
}
