using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>In development, embedded files are served as they are on the disk: a project outside of this repository is built once, and its files are edited while its servers run.</summary>
public sealed class LiveAssetTests(LiveAssetTests.Project project) : IClassFixture<LiveAssetTests.Project>
{
    private const string Text = "The first of them.\n";

    public static TheoryData<string> Engines => ["Fork", "Prefork", "EventLoop"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_edited_file_is_served_at_the_next_request_with_another_tag(string engine)
    {
        await using ServerProcess server = await StartAsync(engine);
        await ServerProcess.EventuallyAsync(() => server.Error.EndsWith($"\nEmbedded files are served as they are on the disk: 7 below {project.Directory}\n", StringComparison.Ordinal), "it says so");
        HttpResponse planned = await GetAsync(server, "/text.txt", "Accept-Encoding: br");
        Assert.Equal((200, "br", "max-age=60"), (planned.Status, planned["Content-Encoding"], planned["Cache-Control"]));
        HttpResponse tagged = await GetAsync(server, "/text.txt");
        Assert.Equal(project.Content("wwwroot/text.txt"), tagged.Text);
        Assert.Equal(304, (await GetAsync(server, "/text.txt", $"If-None-Match: {tagged["ETag"]}")).Status);

        string content = "changed\n";
        foreach (string other in new[] { content, "", new string('x', 2000), new string('y', 300_000), "x", content })
        {
            project.Write("wwwroot/text.txt", other);
            HttpResponse edited = await GetAsync(server, "/text.txt", "Accept-Encoding: br", $"If-None-Match: {tagged["ETag"]}");
            Assert.Equal((200, null, "max-age=60", "text/plain; charset=utf-8"), (edited.Status, edited["Content-Encoding"], edited["Cache-Control"], edited["Content-Type"]));
            Assert.Equal(other, edited.Text);
            Assert.Equal(Tag("text/plain; charset=utf-8", other), edited["ETag"]);
            HttpResponse notModified = await GetAsync(server, "/text.txt", $"If-None-Match: {edited["ETag"]}");
            Assert.Equal((304, edited["ETag"]), (notModified.Status, notModified["ETag"]));
            HttpResponse head = await AskAsync(server, "HEAD", "/text.txt");
            Assert.Equal((200, $"{other.Length}"), (head.Status, head["Content-Length"]));
        }

        HttpResponse part = await GetAsync(server, "/text.txt", "Range: bytes=2-4");
        Assert.Equal((206, "ang", "bytes 2-4/8"), (part.Status, part.Text, part["Content-Range"]));
        DateTime modified = DateTime.Parse((await GetAsync(server, "/text.txt"))["Last-Modified"]!, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
        Assert.InRange(modified, File.GetLastWriteTimeUtc(project.Path("wwwroot/text.txt")) - Patience.Time, DateTime.UtcNow);

        // As it was when the program was built, it is as it was planned.
        project.Reset("wwwroot/text.txt");
        Assert.Equal(planned.Normalized, (await GetAsync(server, "/text.txt", "Accept-Encoding: br")).Normalized);
        Assert.Equal(304, (await GetAsync(server, "/text.txt", $"If-None-Match: {tagged["ETag"]}")).Status);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_client_that_goes_on_asking_is_answered_with_each_content_in_turn(string engine)
    {
        await using ServerProcess server = await StartAsync(engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        for (int i = 0; i < 100; i++)
        {
            // Of one length, within a tick of the file system, in place and by another file.
            string content = $"{i:000}\n";
            if (i % 2 == 0)
            {
                project.Write("wwwroot/text.txt", content);
            }
            else
            {
                project.Replace("wwwroot/text.txt", content);
            }

            await client.SendAsync("GET /text.txt HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(content, (await reader.ReadAsync()).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Files_of_one_content_are_told_apart_and_a_file_of_several_routes_changes_for_all(string engine)
    {
        await using ServerProcess server = await StartAsync(engine);
        Assert.Equal((await GetAsync(server, "/one.txt"))["ETag"], (await GetAsync(server, "/two.txt"))["ETag"]);
        project.Write("wwwroot/one.txt", "no longer\n");
        Assert.Equal("no longer\n", (await GetAsync(server, "/one.txt")).Text);
        HttpResponse same = await GetAsync(server, "/same");
        Assert.Equal(("no longer\n", "yes", Tag("text/plain; charset=utf-8", same.Text)), (same.Text, same["X-Same"], same["ETag"]));
        Assert.Equal(Text, (await GetAsync(server, "/two.txt")).Text);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Pages_of_a_folder_and_of_a_virtual_host_change_and_what_is_gone_is_not_found(string engine)
    {
        await using ServerProcess server = await StartAsync(engine);
        project.Write("wwwroot/404.html", "<p>nothing, again\n");
        project.Write("wwwroot/about.html", "<p>more about it\n");
        project.Write("assets/app/index.html", "<p>another app\n");
        HttpResponse notFound = await GetAsync(server, "/nowhere");
        Assert.Equal((404, "<p>nothing, again\n"), (notFound.Status, notFound.Text));
        Assert.Equal("<p>more about it\n", (await GetAsync(server, "/about")).Text);
        Assert.Equal("/about", (await GetAsync(server, "/about.html"))["Location"]);
        HttpResponse page = await AskAsync(server, "GET", "/users/7", "app.example", "Accept: text/html");
        Assert.Equal((200, "<p>another app\n"), (page.Status, page.Text));

        File.Delete(project.Path("wwwroot/one.txt"));
        Assert.Equal((404, "<p>nothing, again\n"), ((await GetAsync(server, "/one.txt")).Status, (await GetAsync(server, "/one.txt")).Text));
        File.Delete(project.Path("wwwroot/404.html"));
        Assert.Equal((404, "404 Not Found\n"), ((await GetAsync(server, "/one.txt")).Status, (await GetAsync(server, "/one.txt")).Text));
        Directory.CreateDirectory(project.Path("wwwroot/404.html"));
        Assert.Equal(404, (await GetAsync(server, "/one.txt")).Status);
        Directory.Delete(project.Path("wwwroot/404.html"));
        project.Reset("wwwroot/one.txt");
        Assert.Equal(Text, (await GetAsync(server, "/one.txt")).Text);
    }

    [Fact]
    public async Task Pages_of_an_error_backend_change()
    {
        await using ServerProcess server = await StartAsync("Backend");
        Assert.Equal("<p>503 as built\n", (await GetAsync(server, "/503.html")).Text);
        project.Write("assets/errors/503.html", "<p>503 as edited, and longer\n");
        HttpResponse page = await GetAsync(server, "/503.html");
        Assert.Equal((503, "<p>503 as edited, and longer\n", "no-store"), (page.Status, page.Text, page["Cache-Control"]));
        Assert.Equal(page.Text, (await GetAsync(server, "/", "X-Code: 503", "X-Format: text/html")).Text);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_transfer_that_has_begun_ends_with_the_content_that_it_began_with(string engine)
    {
        byte[] large = RandomNumberGenerator.GetBytes(20_000_000);
        await using ServerProcess server = await StartAsync(engine);
        await File.WriteAllBytesAsync(project.Path("wwwroot/text.txt"), large);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("GET /text.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        byte[] beginning = new byte[4096];
        int count = await client.ReceiveAsync(beginning);
        project.Write("wwwroot/text.txt", "short\n");
        Assert.Equal("short\n", (await GetAsync(server, "/text.txt")).Text);
        byte[] all = [.. beginning[..count], .. await client.ReadBytesToEndAsync()];
        Assert.Equal(large, all[(all.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..]);
    }

    [Fact]
    public async Task Whatever_is_written_while_clients_ask_each_response_is_whole()
    {
        await using ServerProcess server = await StartAsync("EventLoop");
        var contents = new HashSet<string> { project.Content("wwwroot/text.txt") };
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            contents.Add(new string((char)('a' + random.Next(26)), random.Next(5000)));
        }

        string[] all = [.. contents];
        Task writer = Task.Run(() =>
        {
            foreach (string content in all)
            {
                project.Replace("wwwroot/text.txt", content);
            }
        });
        do
        {
            HttpResponse response = await GetAsync(server, "/text.txt");
            Assert.Equal(200, response.Status);
            Assert.Contains(response.Text, contents);
            Assert.Equal(Tag("text/plain; charset=utf-8", response.Text), response["ETag"]);
        }
        while (!writer.IsCompleted);
        await writer;
        Assert.Equal(all[^1], (await GetAsync(server, "/text.txt")).Text);
    }

    [Fact]
    public async Task A_file_that_was_edited_before_the_server_started_is_served_as_it_is()
    {
        await using (ServerProcess _ = await StartAsync("Fork"))
        {
        }

        project.Write("wwwroot/text.txt", "edited while nothing ran\n");
        await using ServerProcess server = await ServerProcess.StartAsync([], project.Executable, "Fork");
        Assert.Equal("edited while nothing ran\n", (await GetAsync(server, "/text.txt")).Text);
    }

    [Fact]
    public async Task A_copy_of_the_program_has_the_files_that_it_was_built_with()
    {
        string copy = Path.Combine(project.Directory, "copy");
        await Command.OutputOfAsync("cp", ["-r", Path.GetDirectoryName(project.Executable)!, copy]);
        project.Reset();
        project.Write("wwwroot/text.txt", "edited\n");
        await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(copy, Path.GetFileName(project.Executable)), "Fork");
        Assert.DoesNotContain("Embedded files", server.Error, StringComparison.Ordinal);
        Assert.Equal(project.Content("wwwroot/text.txt"), (await GetAsync(server, "/text.txt")).Text);
    }

    /// <summary>Whatever the configuration: the one for development, too. With the runtime, which could read the disk, as well as without.</summary>
    [Fact]
    public async Task What_is_published_or_built_for_release_never_looks_at_the_project()
    {
        (string site, string folder) = await project.SiteAsync();
        string text = Path.Combine(folder, "wwwroot", "text.txt");
        string managed = Path.Combine(folder, "managed");
        string release = Path.Combine(folder, "bin", "Release", "net10.0");
        string native = Path.Combine(folder, "native");
        string never = Path.Combine(folder, "never");
        await Command.OutputOfAsync("dotnet", ["publish", site, "-c", "Debug", "-o", managed, "-m:1"]);
        await Command.OutputOfAsync("dotnet", ["build", site, "-c", "Release", "-m:1"]);
        string[] publish = ["publish", site, "-c", "Debug", "-r", "linux-x64", "-p:PublishAot=true", "-m:1", "-o"];
        await Command.OutputOfAsync("dotnet", [.. publish, native]);
        await Command.OutputOfAsync("dotnet", [.. publish, never, "-p:SyscallServerLiveAssets=false"]);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(never, "Site")), await File.ReadAllBytesAsync(Path.Combine(native, "Site")));

        // Not by "dotnet publish", and whatever the project says: there is code of it then, but not in what is compiled ahead of time.
        string target = Path.Combine(folder, "target");
        await Command.OutputOfAsync("dotnet", ["build", site, "-t:Publish", "-c", "Debug", "-r", "linux-x64", "-p:PublishAot=true", "-p:SyscallServerLiveAssets=true", "-m:1", $"-p:PublishDir={target}/"]);
        await File.WriteAllTextAsync(text, "edited\n");
        foreach (string program in new[] { managed, release, native, target })
        {
            Assert.DoesNotContain(Directory.GetFiles(program), file => file.EndsWith(".SyscallServer.Assets.txt", StringComparison.Ordinal));
            await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(program, "Site"));
            Assert.Equal("as built\n", (await GetAsync(server, "/text.txt")).Text);
            Assert.DoesNotContain("Embedded files", server.Error, StringComparison.Ordinal);
            Assert.True((await File.ReadAllBytesAsync(Path.Combine(program, "Site"))).AsSpan().IndexOf("SyscallServer.Assets.txt"u8) < 0);
        }

        // The first of them was compiled in the place of what "dotnet run" starts, which compiles it again.
        await File.WriteAllTextAsync(text, "built again\n");
        await Command.OutputOfAsync("dotnet", ["build", site, "-m:1"]);
        await File.WriteAllTextAsync(text, "edited\n");
        await using ServerProcess again = await ServerProcess.StartAsync([], Path.Combine(folder, "bin", "Debug", "net10.0", "Site"));
        Assert.Equal("edited\n", (await GetAsync(again, "/text.txt")).Text);
    }

    [Fact]
    public async Task Files_are_watched_by_dotnet_watch()
    {
        project.Reset();
        string items = await Command.OutputOfAsync("dotnet", ["msbuild", project.File, "-getItem:Watch"]);
        using JsonDocument document = JsonDocument.Parse(items);
        IEnumerable<string?> watched = document.RootElement.GetProperty("Items").GetProperty("Watch").EnumerateArray().Select(item => item.GetProperty("FullPath").GetString());
        Assert.Superset(project.Files.Select(project.Path).ToHashSet(), watched.OfType<string>().ToHashSet());
    }

    [Fact]
    public async Task Nothing_is_said_of_it_where_nothing_is_to_be_said()
    {
        Command.Result help = await Command.RunAsync(project.Executable, ["--help", "Fork"]);
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Command.Result quiet = await Command.RunAsync("timeout", ["-s", "TERM", "3", project.Executable, "--port", "0", "--quiet", "Fork"]);
        Assert.Equal("", quiet.Error);
    }

    /// <summary>The entity tag that a build gives a content.</summary>
    private static string Tag(string type, string content)
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{type}\nIdentity\n{hash}"));
        return '"' + Convert.ToBase64String(digest, 0, 9).Replace('+', '-').Replace('/', '_') + '"';
    }

    private async Task<ServerProcess> StartAsync(string engine)
    {
        project.Reset();
        return await ServerProcess.StartAsync([], project.Executable, engine);
    }

    private static Task<HttpResponse> GetAsync(ServerProcess server, string path, params string[] fields) => AskAsync(server, "GET", path, "a", fields);

    private static Task<HttpResponse> AskAsync(ServerProcess server, string method, string path) => AskAsync(server, method, path, "a");

    private static async Task<HttpResponse> AskAsync(ServerProcess server, string method, string path, string host, params string[] fields)
    {
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{string.Concat(fields.Select(field => field + "\r\n"))}\r\n");
        return await new ResponseReader(client).ReadAsync(method);
    }

    /// <summary>The project, as "dotnet run" builds it.</summary>
    public sealed class Project : OutsideTests, IAsyncLifetime
    {
        private const string Server =
            """
            [TcpServer(Port = 8080, Concurrency = Concurrency.{0}{1})]
            [StaticFiles("/", "wwwroot", NotFound = "404.html", CleanUrls = true, CacheControl = "max-age=60")]
            [StaticFile("/same", "wwwroot/one.txt", Headers = ["X-Same: yes"])]
            [StaticFiles("/", "assets/app", Host = "app.example", Fallback = "index.html")]
            static partial class {0};

            """;

        private readonly Dictionary<string, string> _contents = new()
        {
            ["wwwroot/text.txt"] = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i} of a text that gets smaller\n")),
            ["wwwroot/one.txt"] = Text,
            ["wwwroot/two.txt"] = Text,
            ["wwwroot/about.html"] = "<p>about\n",
            ["wwwroot/404.html"] = "<p>nothing\n",
            ["wwwroot/empty.txt"] = "",
            ["assets/app/index.html"] = "<p>app\n",
            ["assets/errors/503.html"] = "<p>503 as built\n",
        };

        internal string File { get; private set; } = "";

        internal string Directory => System.IO.Path.GetDirectoryName(File)!;

        internal string Executable => Path("bin/Debug/net10.0/Live");

        internal IEnumerable<string> Files => _contents.Keys;

        internal string Content(string file) => _contents[file];

        internal string Path(string file) => System.IO.Path.Combine(Directory, file);

        public async Task InitializeAsync()
        {
            File = await ProjectAsync(
                "Live",
                "",
                "using SyscallServer;\nreturn args[^1] switch { \"Fork\" => Fork.Run(args[..^1]), \"Prefork\" => Prefork.Run(args[..^1]), \"Backend\" => Backend.Run(args[..^1]), _ => EventLoop.Run(args[..^1]) };\n"
                + Server.Replace("{0}", "Fork", StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal)
                + Server.Replace("{0}", "Prefork", StringComparison.Ordinal).Replace("{1}", ", Workers = 2", StringComparison.Ordinal)
                + Server.Replace("{0}", "EventLoop", StringComparison.Ordinal).Replace("{1}", ", Workers = 1", StringComparison.Ordinal)
                + "[TcpServer]\n[ErrorBackend(\"assets/errors\", CacheControl = \"no-store\")]\nstatic partial class Backend;\n");
            await System.IO.File.WriteAllTextAsync(File, (await System.IO.File.ReadAllTextAsync(File)).Replace("net9.0", "net10.0", StringComparison.Ordinal));
            Reset();
            await BuildAsync();
        }

        private async Task BuildAsync() => await Command.OutputOfAsync("dotnet", ["build", File, "-m:1"]);

        /// <summary>Another project, whose Main is generated.</summary>
        internal async Task<(string Project, string Folder)> SiteAsync()
        {
            string site = await ProjectAsync("Site", "", "[SyscallServer.TcpServer]\n[SyscallServer.StaticFiles(\"/\", \"wwwroot\")]\nstatic partial class Site;\n");
            await System.IO.File.WriteAllTextAsync(site, (await System.IO.File.ReadAllTextAsync(site)).Replace("net9.0", "net10.0", StringComparison.Ordinal));
            string folder = System.IO.Path.GetDirectoryName(site)!;
            System.IO.Directory.CreateDirectory(System.IO.Path.Combine(folder, "wwwroot"));
            await System.IO.File.WriteAllTextAsync(System.IO.Path.Combine(folder, "wwwroot", "text.txt"), "as built\n");
            return (site, folder);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        /// <summary>Writes a file in place.</summary>
        internal void Write(string file, string content) => System.IO.File.WriteAllText(Path(file), content);

        /// <summary>Writes another file in the place of one, as editors do.</summary>
        internal void Replace(string file, string content)
        {
            System.IO.File.WriteAllText(Path("new"), content);
            System.IO.File.Move(Path("new"), Path(file), overwrite: true);
        }

        internal void Reset(string file)
        {
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(file))!);
            Write(file, _contents[file]);
        }

        /// <summary>Writes the files as they were built.</summary>
        internal void Reset()
        {
            foreach (string file in Files)
            {
                Reset(file);
            }
        }
    }
}
