using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Pages of other origins, and field lines of groups of routes, with every engine on every host; and a real browser.</summary>
public sealed class OriginTests : IDisposable
{
    private const string App = "http://app.site.example";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("origins-");

    public OriginTests()
    {
        string files = _folder.CreateSubdirectory("files").FullName;
        File.WriteAllText(Path.Combine(files, "a.txt"), new string('a', 100_000));
        File.SetLastWriteTimeUtc(Path.Combine(files, "a.txt"), DateTime.UnixEpoch.AddDays(10_000));
        Directory.CreateDirectory(Path.Combine(files, "folder"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Origins,
        Concurrency.Prefork => Programs.OriginsPrefork,
        _ => Programs.OriginsLoop,
    };

    private async Task<ServerProcess> StartAsync(Host host, Concurrency engine)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        string[] tool = host == Host.Freestanding && Seccomp.IsForAll ? await Seccomp.ToolAsync(executable) : [];
        return await ServerProcess.StartAsync(["env", $"--chdir={_folder.FullName}", "ADMIN_USERS=admin:secret", .. tool], executable);
    }

    private static readonly (string Start, string Lines, int Status)[] s_requests =
    [
        ("GET /api/text", "", 200),
        ("HEAD /api/text", "", 200),
        ("GET /api/text", "If-None-Match: *", 304),
        ("OPTIONS /api/text", "", 204),
        ("DELETE /api/text", "", 405),
        ("GET /api/none", "", 404),
        ("GET /api/old", "", 302),
        ("GET /api/admin/x", "", 401),
        ("GET /api/admin/x", "Authorization: Basic YWRtaW46c2VjcmV0", 200),
        ("GET /api/cookie", "Cookie: a=b", 200),
        ("POST /api/json", "Content-Length: 20000", 413),
        ("GET /api/files/a.txt", "", 200),
        ("GET /api/files/a.txt", "Range: bytes=5-9", 206),
        ("GET /api/files/a.txt", "Range: bytes=0-1,5000-5001,-2", 206),
        ("GET /api/files/a.txt", "Range: bytes=100000-", 416),
        ("GET /api/files/a.txt", "If-None-Match: *", 304),
        ("GET /api/files/a.txt", "If-Match: \"x\"", 412),
        ("GET /api/files/none", "", 404),
        ("GET /api/files/folder", "", 301),
        ("PUT /api/files/b.txt", "Content-Length: 0", 201),
        ("PUT /api/files/folder", "Content-Length: 0", 409),
        ("PUT /api/files/c.txt", "Content-Length: 999999999", 413),
    ];

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Each_response_says_whose_pages_may_read_it(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        foreach ((string start, string lines, int status) in s_requests)
        {
            foreach (string? origin in new[] { App, "http://other.example", null })
            {
                using Client client = await Client.ConnectAsync(server.Port);
                await client.SendAsync($"{start} HTTP/1.1\r\nHost: h\r\n{(origin is null ? "" : $"Origin: {origin}\r\n")}{(lines.Length == 0 ? "" : lines + "\r\n")}Connection: close\r\n\r\n");
                HttpResponse response = await new ResponseReader(client).ReadAsync(start.Split(' ')[0]);
                string what = $"{host} {engine} {start} {lines} {origin}";
                Assert.True(response.Status == status || (status == 201 && response.Status == 204), $"{what}: {response.Status}");
                Assert.Equal((what, origin), (what, response["Access-Control-Allow-Origin"]));
                Assert.Equal((what, origin is null ? null : "true"), (what, response["Access-Control-Allow-Credentials"]));
                Assert.Contains("Origin", response["Vary"]!.Split(", "));
                Assert.Equal(("noindex", (string?)null), (response["X-Robots-Tag"], response["Strict-Transport-Security"]));
            }
        }

        // Elsewhere nothing is said of it.
        foreach (string path in new[] { "/", "/closed", "/none" })
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: h\r\nOrigin: {App}\r\nConnection: close\r\n\r\n");
            HttpResponse response = await new ResponseReader(client).ReadAsync("GET");
            Assert.Equal(((string?)null, (string?)null, (string?)null, "max-age=31536000"), (response["Access-Control-Allow-Origin"], response["Vary"], response["X-Robots-Tag"], response["Strict-Transport-Security"]));
            Assert.Equal(path == "/", response["Content-Security-Policy"] is null);
        }
    }

    [Theory]
    [Engines]
    public async Task A_preflight_is_answered_without_a_password(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        foreach ((string path, string origin, int status) in new[] { ("/api/admin/x", App, 204), ("/api/files/x", App, 204), ("/api/admin/x", "http://evil.example", 401), ("/api/text", "http://evil.example", 204) })
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync($"OPTIONS {path} HTTP/1.1\r\nHost: h\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Private-Network: true\r\nConnection: close\r\n\r\n");
            HttpResponse response = await new ResponseReader(client).ReadAsync("OPTIONS");
            Assert.Equal(status, response.Status);
            Assert.Equal(
                origin == App ? (App, "GET, HEAD, POST, PUT", "Content-Type, Authorization", "600", "true") : ((string?)null, (string?)null, (string?)null, (string?)null, (string?)null),
                (response["Access-Control-Allow-Origin"], response["Access-Control-Allow-Methods"], response["Access-Control-Allow-Headers"], response["Access-Control-Max-Age"], response["Access-Control-Allow-Private-Network"]));
        }
    }

    /// <summary>All hosts lead to one server: pages of an origin that is allowed, and of one that is not, ask a third one.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Chromium_lets_some_pages_read_and_others_not(Concurrency engine)
    {
        const string api = "http://api.site.example";
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine);
        await using Browser browser = await Browser.StartAsync($"--host-resolver-rules=MAP *.example 127.0.0.1:{server.Port}");
        await browser.NavigateAsync(api + "/");
        await browser.EvaluateAsync("document.cookie = 'who=me'");

        await browser.NavigateAsync(App + "/");
        Assert.Equal("A page", await browser.EvaluateAsync("document.title"));
        Assert.Equal("200 text\n", await FetchAsync("/api/text"));
        Assert.Equal("404 404 Not Found\n", await FetchAsync("/api/none"));
        Assert.Equal("401 401 Unauthorized\n", await FetchAsync("/api/admin/x"));
        Assert.Equal("206 aa", await FetchAsync("/api/files/a.txt", "headers: { Range: 'bytes=0-1' }"));
        Assert.Equal("200 text\n", await FetchAsync("/api/old"));
        Assert.Equal("200 put\n", await FetchAsync("/api/text", "method: 'PUT'"));
        Assert.Equal("200 {\"a\":1}", await FetchAsync("/api/json", "method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"a\":1}'"));
        Assert.Equal("200 secret\n", await FetchAsync("/api/admin/x", "headers: { Authorization: 'Basic ' + btoa('admin:secret') }"));
        Assert.Equal("201 201 Created\n", await FetchAsync("/api/files/of-a-page.txt", "method: 'PUT', body: 'from a page'"));
        Assert.Equal("from a page", File.ReadAllText(Path.Combine(_folder.FullName, "files", "of-a-page.txt")));
        Assert.Equal("200 ", await FetchAsync("/api/cookie"));
        Assert.Equal("200 who=me", await FetchAsync("/api/cookie", "credentials: 'include'"));
        Assert.Equal("200 open\n", await FetchAsync("/open/text"));
        Assert.Equal("x null", await browser.EvaluateAsync($"fetch('{api}/api/text').then(response => response.headers.get('ETag-Like') + ' ' + response.headers.get('X-Robots-Tag'))"));

        // What is not allowed, is not: a method, a header, another path, credentials where all may come.
        Assert.Equal("blocked", await FetchAsync("/api/text", "method: 'DELETE'"));
        Assert.Equal("blocked", await FetchAsync("/api/text", "headers: { 'X-Other': '1' }"));
        Assert.Equal("blocked", await FetchAsync("/closed"));
        Assert.Equal("blocked", await FetchAsync("/open/text", "credentials: 'include'"));

        await browser.NavigateAsync("http://evil.example/");
        Assert.Equal("blocked", await FetchAsync("/api/text"));
        Assert.Equal("blocked", await FetchAsync("/api/none"));
        Assert.Equal("blocked", await FetchAsync("/api/text", "method: 'PUT'"));
        Assert.Equal("blocked", await FetchAsync("/api/files/evil.txt", "method: 'POST', body: 'evil'"));
        Assert.Equal("200 open\n", await FetchAsync("/open/text"));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "files", "evil.txt")));
        Assert.Contains("204 /api/text", browser.Responses);

        Task<string> FetchAsync(string path, string options = "")
            => browser.EvaluateAsync($"fetch('{api}{path}', {{ {options} }}).then(async response => response.status + ' ' + await response.text()).catch(() => 'blocked')");
    }
}
