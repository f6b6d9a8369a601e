extern alias Runtime;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Runtime::SyscallServer.Internal.Startup;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Embedded files that are served as they are on the disk, beside what a build would make of the same files.</summary>
public sealed class LiveAssetTests : IDisposable
{
    private static readonly (string, string) Property = ("SyscallServerLiveAssets", "true");

    private static readonly string[] Files = ["wwwroot/index.html", "wwwroot/404.html", "wwwroot/a.txt", "wwwroot/b.txt", "wwwroot/folder/c.css", "wwwroot/empty.json", "app/index.html", "app/d.js"];

    private readonly Assets _assets = new();
    private readonly List<string> _places = [];

    private delegate ReadOnlySpan<byte> FilesOf();

    private delegate void Open(ReadOnlySpan<byte> files, string[] args);

    public void Dispose()
    {
        _assets.Dispose();
        _places.ForEach(File.Delete);
    }

    /// <summary>After each edit, all that can be asked is answered as by a server that is built of the files as they are now.</summary>
    [Theory]
    [InlineData(1, "Fork")]
    [InlineData(2, "EventLoop, MaxConnections = 8")]
    [InlineData(3, "Prefork")]
    public void What_is_edited_is_served_as_a_build_would_have_it(int seed, string concurrency)
    {
        var random = new Random(seed);
        foreach (string file in Files)
        {
            _assets.Add(file, file.EndsWith("json", StringComparison.Ordinal) ? "" : "the same\n");
        }

        string source = $$"""
            using SyscallServer;
            [TcpServer(Concurrency = Concurrency.{{concurrency}}, SecurityHeaders = true, Headers = ["X-Tab: a\tb"])]
            [StaticFiles("/", "wwwroot", NotFound = "404.html", CleanUrls = true, CacheControl = "max-age=7", Compress = false)]
            [StaticFiles("/app/", "app", Fallback = "index.html", Compress = false)]
            [StaticFile("/other", "wwwroot/a.txt", ContentType = "text/x-other", Compress = false)]
            [StaticResponse("/constant", "0123456789")] [Redirect("/old/*", "/new/*")] [ErrorPage(405, "<p>not so", ContentType = "text/html")]
            partial class Site;
            """;
        CompiledServer live = Start(source);
        AssertSame(CompiledServer.Of(source, _assets), live);
        for (int step = 0; step < 5; step++)
        {
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                Edit(random, Files[random.Next(Files.Length)]);
            }

            AssertSame(CompiledServer.Of(source, _assets), live);
        }
    }

    private void Edit(Random random, string file)
    {
        // A folder's pages have to be there for the build. Lengths about those that are copied to the output, and those that are not.
        bool canBeGone = !file.EndsWith("html", StringComparison.Ordinal);
        switch (random.Next(4))
        {
            case 0 when canBeGone && File.Exists(Path.Combine(_assets.Folder, "files", file)):
                _assets.Remove(file);
                break;
            case 1:
                _assets.Add(file, "the same\n");
                break;
            default:
                _assets.Add(file, new string((char)random.Next('a', 'z'), random.Next(3) switch { 0 => random.Next(3), 1 => random.Next(2040, 2060), _ => random.Next(100_000) }));
                break;
        }
    }

    private static void AssertSame(CompiledServer built, CompiledServer live)
    {
        string[] paths = ["/", "/index.html", "/nowhere", "/a.txt", "/b.txt", "/other", "/folder/c.css", "/folder", "/folder/", "/empty.json", "/app/", "/app/d.js", "/app/users/7", "/constant", "/old/x?y", "/404"];
        foreach (string path in paths)
        {
            string tag = built.Get(path, "")["ETag"] ?? "\"none\"";
            string date = built.Get(path, "")["Last-Modified"] ?? Assets.LastModified;
            string[] fields =
            [
                "", "Accept: text/html\r\n", "Accept-Encoding: br, gzip\r\n", "Accept-Encoding: identity;q=0\r\n", $"If-None-Match: {tag}\r\n", "If-None-Match: \"other\"\r\n", $"If-Match: {tag}\r\n", "If-Match: \"other\"\r\n",
                $"If-Modified-Since: {date}\r\n", "Range: bytes=1-2\r\n", "Range: bytes=0-1,300-301,-1\r\n", $"Range: bytes=5-\r\nIf-Range: {tag}\r\n", "Range: bytes=999999-\r\n",
            ];
            foreach (string field in fields)
            {
                // (Of what is gone, the methods are known still.)
                foreach (string method in built.Get(path, "").Status == 404 ? ["GET", "HEAD"] : new[] { "GET", "HEAD", "POST" })
                {
                    (string, string) request = (method, $"{method} {path} HTTP/1.1\r\nHost: a\r\n{field}{(method == "POST" ? "Content-Length: 0\r\n" : "")}\r\n");
                    Assert.Equal(Text(built.Exchange(request)[0]), Text(live.Exchange(request)[0]));
                }
            }
        }

        static string Text(Response response) => $"{response.StatusLine}\n{string.Join('\n', response.Lines)}\n{Convert.ToHexString(response.Body)}";
    }

    /// <summary>A server beside which there is said where its files are.</summary>
    private CompiledServer Start(string source)
    {
        string name = $"Live{Guid.NewGuid():N}";
        CSharpCompilation compilation = GeneratorRun.Compile(source, name: name);
        Type emitted = GeneratorRun.Of(compilation, _assets.Manifest(), Property).Load().GetType("Site")!.Emitted();
        Type app = (emitted.GetNestedType("App", BindingFlags.NonPublic) ?? emitted.GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(NoKernel))).OpenAssets();
        _places.Add(Path.Combine(AppContext.BaseDirectory, name + ".SyscallServer.Assets.txt"));
        _assets.WritePlaces(_places[^1]);
        FilesOf files = app.GetProperty("LiveFiles", BindingFlags.Static | BindingFlags.NonPublic)!.GetMethod!.CreateDelegate<FilesOf>();
        typeof(ManagedHost).GetMethod(nameof(ManagedHost.OpenLiveAssets))!.MakeGenericMethod(app).CreateDelegate<Open>()(files(), []);
        return new CompiledServer(app);
    }

    [Theory]
    [InlineData("[StaticFiles(\"/\", \"wwwroot\")] [ErrorBackend(\"errors\")]", "")]
    [InlineData("[ErrorBackend(\"errors\")]", ", Concurrency = Concurrency.Prefork")]
    [InlineData("[StaticFiles(\"/\", \"wwwroot\", Host = \"a.example\", Fallback = \"index.html\")] [StaticResponse(\"/\", \"x\")]", ", Concurrency = Concurrency.EventLoop, Systemd = true")]
    [InlineData("[StaticFiles(\"/\", \"wwwroot\")] [Metrics(\"/metrics\", Listen = \"127.0.0.1:9090\")] [HealthCheck(\"/healthz\")]", ", AccessLog = AccessLogMode.Always")]
    [InlineData("[StaticFiles(\"/\", \"wwwroot\")] [BasicAuth(\"/*\", \"Realm\", Users = \"USERS\")] [Files(\"/disk/\", \"/srv\")]", ", CommandLineInterface = false")]
    public void It_compiles_with_all_that_there_is_and_an_edit_elsewhere_plans_nothing_anew(string attributes, string settings)
    {
        _assets.Add("wwwroot/index.html", "x").Add("errors/404.html", "y");
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer(Port = 80{settings})] {attributes} partial class Site;"), _assets.Manifest(), Property);
        run.AssertCompiles();
        Assert.Contains("OpenLiveAssets<", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_property_or_files_or_for_arm64_there_is_none_of_it()
    {
        _assets.Add("wwwroot/index.html", "x");
        const string site = "using SyscallServer; [TcpServer] [StaticFiles(\"/\", \"wwwroot\")] partial class Site;";
        string without = Emit(site);
        Assert.DoesNotContain("Live", without, StringComparison.Ordinal);
        Assert.Equal(without, Emit(site, ("SyscallServerLiveAssets", "false")));
        Assert.DoesNotContain("Live", Emit(site, Property, ("RuntimeIdentifier", "linux-arm64")), StringComparison.Ordinal);
        const string constant = "using SyscallServer; [TcpServer] [StaticResponse(\"/\", \"x\")] partial class Site;";
        Assert.Equal(Emit(constant), Emit(constant, Property));
        const string raw = "using SyscallServer; [TcpServer] [RawResponse(\"x\")] partial class Site;";
        Assert.Equal(Emit(raw), Emit(raw, Property));

        string Emit(string source, params (string, string)[] properties) => GeneratorRun.Of(GeneratorRun.Compile(source), _assets.Manifest(), properties).Files["Site.g.cs"];
    }
}
