using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>A real site: the documentation of a library, some eight hundred pages from an npm package, with files of redirects and of headers, embedded and from disk.</summary>
public sealed class DocumentationSiteTests : OutsideTests
{
    /// <summary>A version that will never change.</summary>
    private const string Library = "jointjs@3.0.0";

    private const int LeastPages = 700;

    private const string NotFound = "<!doctype html><title>Nothing here</title>\n";

    private const string Redirects =
        """
        # As Netlify and Cloudflare Pages have it.
        /reference/*        /src/:splat
        /v1/:area/api       /src/:area/intro   308
        /start              /                  302!

        """;

    private const string Headers =
        """
        /*
          X-Content-Type-Options: nosniff
        /css/*
          Cache-Control: public, max-age=600

        """;

    [Fact]
    public async Task Every_page_is_served_byte_for_byte_embedded_and_from_disk()
    {
        string files = await FilesAsync();
        string[] names = [.. Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(files, file)).Order(StringComparer.Ordinal)];
        Assert.InRange(names.Count(IsPage), LeastPages, 2 * LeastPages);
        string pages = "NotFound = \"404.html\", CleanUrls = true)]\n";
        foreach ((string name, string route, bool compresses) in new[] { ("Embedded", "[StaticFiles(\"/\", \"wwwroot\", ", true), ("Disk", $"[Files(\"/\", \"{files}\", ", false) })
        {
            string project = await ProjectAsync(
                name,
                "",
                $"using SyscallServer;\n\n[TcpServer(Concurrency = Concurrency.EventLoop)]\n{route}{pages}[Redirects(\"_redirects\")]\n[HeadersFile(\"_headers\")]\nstatic partial class {name};\n");
            string folder = Path.GetDirectoryName(project)!;
            await File.WriteAllTextAsync(Path.Combine(folder, "_redirects"), Redirects);
            await File.WriteAllTextAsync(Path.Combine(folder, "_headers"), Headers);
            await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(folder, "out"), "-m:1"]);
            await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(folder, "out", name));
            using Client client = await Client.ConnectAsync(server.Port);
            var reader = new ResponseReader(client);
            foreach (string file in names)
            {
                await CheckAsync(client, reader, files, file, compresses);
            }

            await CheckOthersAsync(client, reader);
        }
    }

    /// <summary>Takes the documentation out of the package, and adds what a site has besides. The embedded server has it below its project.</summary>
    private async Task<string> FilesAsync()
    {
        string archive = (await Command.OutputOfAsync("npm", ["pack", Library, "--silent"], folder: Folder)).Trim();
        await Command.OutputOfAsync("tar", ["-xzf", archive, "package/docs"], folder: Folder);
        string files = Path.Combine(Folder, "Embedded", "wwwroot");
        Directory.CreateDirectory(Path.GetDirectoryName(files)!);
        Directory.Move(Path.Combine(Folder, "package", "docs"), files);
        string[] pages = [.. Directory.EnumerateFiles(files, "*.html", SearchOption.AllDirectories).Select(page => Path.GetRelativePath(files, page))];
        await File.WriteAllTextAsync(Path.Combine(files, "index.html"), "<!doctype html><title>Documentation</title>\n" + string.Concat(pages.Select(page => $"<a href=\"/{page[..^5]}\">{page}</a>\n")));
        await File.WriteAllTextAsync(Path.Combine(files, "search.json"), $"[{string.Join(',', pages.Select(page => $"\"{page[..^5]}\""))}]\n");
        await File.WriteAllTextAsync(Path.Combine(files, "404.html"), NotFound);
        return files;
    }

    private static bool IsPage(string file) => file.EndsWith(".html", StringComparison.Ordinal);

    private static string PathOf(string file) => "/" + string.Join('/', file.Split('/').Select(Uri.EscapeDataString));

    private static async Task CheckAsync(Client client, ResponseReader reader, string files, string file, bool compresses)
    {
        byte[] content = await File.ReadAllBytesAsync(Path.Combine(files, file));
        string path = PathOf(file);
        if (IsPage(file))
        {
            string page = Path.GetFileName(file) == "index.html" ? path[..^"index.html".Length] : path[..^".html".Length];
            HttpResponse moved = await AskAsync(client, reader, path + "?a=b");
            Assert.Equal((301, page + "?a=b"), (moved.Status, moved["Location"]));
            path = page;
        }

        HttpResponse response = await AskAsync(client, reader, path);
        Assert.Equal((path, 200, "nosniff", file.StartsWith("css/", StringComparison.Ordinal) ? "public, max-age=600" : null), (path, response.Status, response["X-Content-Type-Options"], response["Cache-Control"]));
        Assert.True(content.AsSpan().SequenceEqual(response.Body), path);
        Assert.Equal(304, (await AskAsync(client, reader, path, $"If-None-Match: {response["ETag"]}\r\n")).Status);
        if (compresses)
        {
            HttpResponse small = await AskAsync(client, reader, path, "Accept-Encoding: br\r\n");
            Assert.Equal(200, small.Status);
            Assert.True(content.AsSpan().SequenceEqual(small["Content-Encoding"] == "br" ? Decompress(small.Body) : small.Body), path);
        }
    }

    private static async Task CheckOthersAsync(Client client, ResponseReader reader)
    {
        foreach ((string path, int status, string location) in new[]
        {
            ("/reference/joint/api?v=1", 301, "/src/joint/api?v=1"),
            ("/reference", 301, "/src/"),
            ("/v1/geometry/api", 308, "/src/geometry/intro"),
            ("/start", 302, "/"),
        })
        {
            HttpResponse moved = await AskAsync(client, reader, path);
            Assert.Equal((status, location, "nosniff"), (moved.Status, moved["Location"], moved["X-Content-Type-Options"]));
        }

        foreach (string path in new[] { "/nothing", "/src/nothing", "/src/nothing.html", "/css/nothing.css", "/_redirects", "/_headers" })
        {
            HttpResponse missing = await AskAsync(client, reader, path, "Accept: text/html\r\n");
            Assert.Equal((404, NotFound), (missing.Status, missing.Text));
        }
    }

    private static async Task<HttpResponse> AskAsync(Client client, ResponseReader reader, string path, string fields = "")
    {
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: docs.example\r\n{fields}\r\n");
        return await reader.ReadAsync();
    }

    private static byte[] Decompress(byte[] bytes)
    {
        using var stream = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
