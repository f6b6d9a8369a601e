using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What [Files] sends for files that are not there: Fallback, NotFound, CleanUrls. FolderPagesTests say the same of embedded files.</summary>
public sealed class FilePageTests : IDisposable
{
    private const string Browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pages");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private Task<ServerProcess> StartAsync(Host host, Concurrency engine) => HttpServer.StartAsync(host, engine, ["env", $"--chdir={_folder.FullName}"]);

    private static Task<HttpResponse> AskAsync(ServerProcess server, string path, string fields = Browser, string method = "GET")
        => HttpServer.ExchangeAsync(server.Port, $"{method} {path} HTTP/1.1\r\nHost: h\r\n{fields}\r\n");

    private void WriteSite()
    {
        Write("index.html", "<app>");
        Write("errors/404.html", "<404>");
        Write("about.html", "<about>");
        Write("guide.html", "<guide>");
        Write("guide/install.html", "<install>");
        Write("team.html", "<team page>");
        Write("team/index.html", "<team folder>");
        Write("only/index.html", "<only>");
        Write("a b.html", "<blank>");
        Write("Index.html", "<another index>");
        Write("ABOUT.HTML", "<another about>");
        Write("v1.2.html", "<v1.2>");
        Write("v2.0", "no page");
        Write("v2.0.html", "<v2.0>");
        Write("plain", "no extension");
        Write("script.js", "1");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "folder.html"));
    }

    [Theory]
    [SomeEngines(OnArm64 = true)]
    public async Task A_path_without_a_file_is_a_page_or_404(Host host, Concurrency engine)
    {
        WriteSite();
        await using ServerProcess server = await StartAsync(host, engine);
        (string Method, string Path, string Fields, int Status, string Body)[] rows =
        [
            ("GET", "users/7", "", 200, "<app>"),
            ("GET", "users/7?tab=1", Browser, 200, "<app>"),
            ("HEAD", "users/7", Browser, 200, ""),
            ("GET", "users/", Browser, 200, "<app>"),
            ("GET", "/", Browser, 200, "<app>"),
            ("GET", "../pages/.hidden/x", Browser, 200, "<app>"),
            ("GET", "users/7", "Accept: application/json, text/plain, */*\r\n", 404, "<404>"),
            ("GET", "missing.js", Browser, 404, "<404>"),
            ("HEAD", "missing.js", Browser, 404, ""),
            ("GET", "missing.js", "Range: bytes=0-1\r\nIf-None-Match: *\r\n", 404, "<404>"),
            ("GET", "script.js/x.js", Browser, 404, "<404>"),
            ("GET", ".hidden.html", Browser, 404, "<404>"),
            ("POST", "users/7", "Content-Length: 0\r\n", 405, "405 Method Not Allowed\n"),
            ("GET", "", Browser, 200, "<app>"),
            ("GET", "script.js", Browser, 200, "1"),
            ("GET", "plain", Browser, 200, "no extension"),
            ("GET", "about", Browser, 200, "<about>"),
            ("GET", "about", "Accept: application/json\r\n", 200, "<about>"),
            ("GET", "guide", Browser, 200, "<guide>"),
            ("GET", "v1.2", Browser, 200, "<v1.2>"),
            ("GET", "v2.0", Browser, 200, "no page"),
            ("GET", "guide/install", Browser, 200, "<install>"),
            ("GET", "team", Browser, 200, "<team page>"),
            ("GET", "team/", Browser, 200, "<team folder>"),
            ("GET", "a%20b", Browser, 200, "<blank>"),
            ("GET", "about%2Fx", "Accept: text/plain\r\n", 404, "<404>"),
            ("GET", "folder", "Accept: text/plain\r\n", 404, "<404>"),
            ("GET", "nothing.html", Browser, 404, "<404>"),
            ("GET", "index", "Accept: text/plain\r\n", 404, "<404>"),
            ("GET", "Index", Browser, 200, "<another index>"),
            ("GET", "ABOUT.HTML", Browser, 200, "<another about>"),
            ("GET", "About", "Accept: text/plain\r\n", 404, "<404>"),
        ];
        foreach ((string method, string path, string fields, int status, string body) in rows)
        {
            HttpResponse response = await AskAsync(server, "/pages/" + path, fields, method);
            Assert.Equal((method, path, fields, status, body), (method, path, fields, response.Status, response.Text));
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Other_paths_of_a_page_lead_to_its_own(Host host, Concurrency engine)
    {
        WriteSite();
        await using ServerProcess server = await StartAsync(host, engine);
        (string Path, string Location)[] rows =
        [
            ("about.html", "about"), ("about.html?a=%2F", "about?a=%2F"), ("about/", "about"), ("about/?", "about?"), ("index.html", ""), ("index.html?a", "?a"), ("team/index.html", "team/"), ("team.html", "team"),
            ("guide/install.html", "guide/install"), ("guide/", "guide"), ("a%20b.html", "a%20b"), ("only", "only/"), ("folder.html", "folder.html/"),
        ];
        foreach ((string path, string location) in rows)
        {
            foreach (string method in new[] { "GET", "HEAD" })
            {
                HttpResponse response = await AskAsync(server, "/pages/" + path, Browser + "If-None-Match: *\r\nRange: bytes=0-0\r\n", method);
                Assert.Equal((path, 301, "/pages/" + location, "max-age=60"), (path, response.Status, response["Location"], response["Cache-Control"]));
            }
        }

        // What is no file leads nowhere, least of all to another host.
        foreach (string path in new[] { "/pages//evil.example/x.html", "/pages/%2F%2Fevil.example/x.html", "/pages//evil.example/x/", "/pages/nothing.html" })
        {
            Assert.Null((await AskAsync(server, path))["Location"]);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task A_page_in_the_place_of_a_file_is_that_file_and_a_404_is_none(Host host, Concurrency engine)
    {
        WriteSite();
        await using ServerProcess server = await StartAsync(host, engine);
        HttpResponse page = await AskAsync(server, "/pages/");
        foreach (string fields in new[] { "", $"If-None-Match: {page["ETag"]}\r\n", "Range: bytes=0-1\r\n", "If-Match: \"other\"\r\n" })
        {
            Assert.Equal((await AskAsync(server, "/pages/", Browser + fields)).Normalized, (await AskAsync(server, "/pages/users", Browser + fields)).Normalized);
        }

        HttpResponse error = await AskAsync(server, "/pages/missing.js");
        Assert.Equal((404, "text/html; charset=utf-8", "no-store", "5"), (error.Status, error["Content-Type"], error["Cache-Control"], error["Content-Length"]));
        Assert.Equal((null, null), (error["ETag"], error["Last-Modified"]));
    }

    [Theory]
    [SomeEngines]
    public async Task Pages_that_are_not_there_themselves_leave_the_servers_own_404(Host host, Concurrency engine)
    {
        Write("a.txt", "a");
        await using ServerProcess server = await StartAsync(host, engine);
        foreach (string path in new[] { "", "users/7", "missing.js", "x.html", "x/" })
        {
            HttpResponse response = await AskAsync(server, "/pages/" + path);
            Assert.Equal((path, 404, "nothing here\n"), (path, response.Status, response.Text));
        }

        // What a redirect looks for is closed again.
        Write("about.html", "<about>");
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(301, (await AskAsync(server, "/pages/about.html")).Status);
        }

        Assert.Equal("<about>", (await AskAsync(server, "/pages/about")).Text);
        Assert.DoesNotContain(ProcFile.Children(server.Pid), child => Directory.GetFiles($"/proc/{child}/fd").Length > 64);
    }
}
