using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The site of the samples, whose files are part of the program, as curl and a browser see it.</summary>
public sealed class EmbeddedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-curl-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Host.Jit)]
    [InlineData(Host.NativeAot)]
    [InlineData(Host.Freestanding)]
    [InlineData(Host.FreestandingArm64)]
    public async Task Curl_gets_every_file_in_the_coding_that_it_likes_best(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Site);
        foreach (string name in new[] { "index.html", "style.css", "clock.js", "icon.svg", "about.json", "robots.txt" })
        {
            byte[] file = await File.ReadAllBytesAsync(Repository.Path(Programs.Site, "wwwroot", name));
            string path = name == "index.html" ? "/" : "/" + name;
            foreach (string[] arguments in new string[][] { [], ["--compressed"], ["--compressed", "-H", "Accept-Encoding: gzip"], ["--compressed", "-H", "Accept-Encoding: br;q=0.1, gzip;q=0.2"], ["--compressed", "-H", "Accept-Encoding: br"] })
            {
                (string _, byte[] body) = await CurlAsync(server, path, arguments);
                Assert.Equal(file, body);
            }
        }

        Assert.Equal("br", await CodingAsync("gzip, deflate, br, zstd"));
        Assert.Equal("gzip", await CodingAsync("gzip, deflate"));
        Assert.Equal("gzip", await CodingAsync("br;q=0.1, gzip;q=0.2"));
        Assert.Equal("br", await CodingAsync("br;q=0.2, gzip;q=0.1, identity;q=0.1"));
        Assert.Equal("", await CodingAsync("br;q=0, gzip;q=0.001, identity"));

        async Task<string> CodingAsync(string accepted) => Field((await CurlAsync(server, "/", "-H", $"Accept-Encoding: {accepted}")).Head, "Content-Encoding");
    }

    [Theory]
    [InlineData(Host.Jit)]
    [InlineData(Host.NativeAot)]
    [InlineData(Host.Freestanding)]
    public async Task Curl_gets_parts_and_asks_again_with_conditions(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Site);
        byte[] file = await File.ReadAllBytesAsync(Repository.Path(Programs.Site, "wwwroot", "index.html"));
        (string head, byte[] part) = await CurlAsync(server, "/", "-r", "100-199");
        Assert.StartsWith("HTTP/1.1 206 Partial Content\r\n", head, StringComparison.Ordinal);
        Assert.Equal($"bytes 100-199/{file.Length}", Field(head, "Content-Range"));
        Assert.Equal(file[100..200], part);

        (head, byte[] parts) = await CurlAsync(server, "/", "-r", "0-1,5-9,-10");
        string boundary = Field(head, "ETag").Trim('"');
        Assert.StartsWith("HTTP/1.1 206 Partial Content\r\n", head, StringComparison.Ordinal);
        Assert.Equal(($"multipart/byteranges; boundary={boundary}", $"{parts.Length}"), (Field(head, "Content-Type"), Field(head, "Content-Length")));
        string between = $"\r\n--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Range: bytes ";
        Assert.Equal(
            $"{between}0-9/{file.Length}\r\n\r\n{Encoding.UTF8.GetString(file[..10])}{between}{file.Length - 10}-{file.Length - 1}/{file.Length}\r\n\r\n{Encoding.UTF8.GetString(file[^10..])}\r\n--{boundary}--\r\n",
            Encoding.UTF8.GetString(parts));

        // A download that was interrupted goes on where it ended.
        string partial = Path.Combine(_folder.FullName, "partial");
        await File.WriteAllBytesAsync(partial, file[..500]);
        await Command.OutputOfAsync("curl", ["-sS", "-C", "-", "-o", partial, Url(server, "/")]);
        Assert.Equal(file, await File.ReadAllBytesAsync(partial));

        string tag = Field(head, "ETag");
        string modified = Field(head, "Last-Modified");
        Assert.Equal("206", await StatusAsync("-r", "0-4", "-H", $"If-Range: {tag}"));
        Assert.Equal("200", await StatusAsync("-r", "0-4", "-H", "If-Range: \"other\""));
        Assert.Equal("416", await StatusAsync("-r", $"{file.Length}-"));
        Assert.Equal("304", await StatusAsync("-H", $"If-None-Match: {tag}"));
        Assert.Equal("304", await StatusAsync("-H", $"If-Modified-Since: {modified}"));
        Assert.Equal("200", await StatusAsync("-z", "Sun, 06 Nov 1994 08:49:37 GMT"));
        Assert.Equal("304", await StatusAsync("-z", "Fri, 01 Jan 2100 00:00:00 GMT"));
        Assert.Equal("412", await StatusAsync("-H", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"));

        async Task<string> StatusAsync(params string[] arguments) => (await CurlAsync(server, "/", arguments)).Head.Split(' ')[1];
    }

    [Fact]
    public async Task Chromium_shows_the_site_of_embedded_files()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Site);
        await using Browser browser = await Browser.StartAsync();
        await browser.NavigateAsync($"http://127.0.0.1:{server.Port}/");
        Assert.Equal("A site without a web server", await browser.EvaluateAsync("document.title"));

        // The style and the script have been applied; the coding is one that only a loopback or a secure connection is offered (br).
        Assert.NotEqual("some time of the day", await browser.EvaluateAsync("document.getElementById('clock').textContent"));
        Assert.Equal("rgb(0, 102, 204)", await browser.EvaluateAsync("getComputedStyle(document.querySelector('a')).color"));
        Assert.Contains("200 /clock.js", browser.Responses);
        Assert.Contains("200 /style.css", browser.Responses);
        Assert.Equal("200 br", await browser.EvaluateAsync(Request("", "request.status + ' ' + request.getResponseHeader('Content-Encoding')")));
        Assert.Equal("206 :root", await browser.EvaluateAsync(Request("request.setRequestHeader('Range', 'bytes=0-4');", "request.status + ' ' + request.responseText")));

        static string Request(string setting, string result)
            => $"(() => {{ const request = new XMLHttpRequest(); request.open('GET', '/style.css?' + Math.random(), false); {setting} request.send(); return {result}; }})()";
    }

    private static string Url(ServerProcess server, string path) => $"http://127.0.0.1:{server.Port}{path}";

    private async Task<(string Head, byte[] Body)> CurlAsync(ServerProcess server, string path, params string[] arguments)
    {
        string head = Path.Combine(_folder.FullName, "head");
        string body = Path.Combine(_folder.FullName, "body");
        await Command.OutputOfAsync("curl", ["-sS", "--max-time", Patience.Argument, .. arguments, "-D", head, "-o", body, Url(server, path)]);
        byte[] bytes = File.Exists(body) ? await File.ReadAllBytesAsync(body) : [];
        File.Delete(body);
        return (await File.ReadAllTextAsync(head), bytes);
    }

    private static string Field(string head, string name)
        => head.Split("\r\n").SingleOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "";
}
