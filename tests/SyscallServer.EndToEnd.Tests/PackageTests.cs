using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The NuGet package, as somebody uses it who has nothing else: a project outside of this repository.</summary>
public sealed class PackageTests : OutsideTests
{
    [Fact]
    public async Task A_project_with_a_reference_and_a_class_is_run_and_published()
    {
        string project = await ProjectAsync(
            "Site",
            "",
            """
            using SyscallServer;

            [TcpServer(Port = 8080)]
            [RawResponse("from a package\n")]
            static partial class Site;
            """);

        string published = await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"]);
        // Without a word in the project file: no runtime, so the file is small.
        long size = new FileInfo(Path.Combine(Folder, "native", "Site")).Length;
        Assert.InRange(size, 1, 10_000);
        Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"\n *Site -> {Folder}/native/Site \({size / 1000.0:0.0} kB, linux-x64, freestanding, [0-9]+ system calls\)\n"), published);
        await using (ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Folder, "native", "Site")))
        {
            Assert.Equal("from a package\n", await Client.ExchangeAsync(server.Port, "x"));
            server.Signal("TERM");
            Assert.Equal(0, await server.ExitAsync());
        }

        await Command.OutputOfAsync("dotnet", ["build", project, "-o", Path.Combine(Folder, "jit"), "-m:1"]);
        await using (ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Folder, "jit", "Site")))
        {
            Assert.Equal("from a package\n", await Client.ExchangeAsync(server.Port, "x"));
        }

        Command.Result version = await Command.RunAsync(Path.Combine(Folder, "native", "Site"), ["--version"]);
        Assert.Equal("Site 4.5.6-beta\n", version.Output);
    }

    /// <summary>With the Directory.Build.targets of docs/dotnet-versions.md, for not every registry has the framework of each platform. The program's Main is its own, which on arm64 calls the start code as all else does.</summary>
    [Fact]
    public async Task A_project_is_published_for_arm64_with_no_package_of_that_platform_but_the_compilers()
    {
        string project = await ProjectAsync(
            "Site",
            "<SyscallServerHost>Freestanding</SyscallServerHost>",
            """
            return Site.Run(args);

            [SyscallServer.TcpServer(Port = 8080)]
            [SyscallServer.RawResponse("from a package\n")]
            static partial class Site;
            """);
        await TakeFrameworkOfHereAsync(project);
        string[] publish = ["publish", project, "-r", "linux-arm64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"];
        await Command.OutputOfAsync("dotnet", publish);
        string native = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(Folder, "native")));
        await using (ServerProcess server = await ServerProcess.StartAsync([], Arm64.Runner(native)))
        {
            Assert.Equal("from a package\n", await Client.ExchangeAsync(server.Port, "x"));
            server.Signal("TERM");
            Assert.Equal(0, await server.ExitAsync());
        }

        Command.Result other = await Command.RunAsync("dotnet", [.. publish, "--no-restore", "-p:SyscallServerHost=NativeAot"]);
        Assert.NotEqual(0, other.ExitCode);
        Assert.Contains("error SYSC101: With the .NET runtime linked in, SyscallServer calls the Linux kernel for x86-64 only, so this program cannot be published for 'linux-arm64'", other.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// The names for Alpine Linux mean the same platforms. Not every registry has the compiler's packages for them, of which nothing is used: the compiler is that of the machine. So in their places there are empty ones here.
    /// </summary>
    [Theory]
    [InlineData("x64")]
    [InlineData("arm64")]
    public async Task For_Alpine_Linux_the_same_file_is_published(string processor)
    {
        string project = await ProjectAsync("Site", "", "[SyscallServer.TcpServer]\n[SyscallServer.StaticResponse(\"/\", \"Alpine\\n\")]\nstatic partial class Site;\n");
        await TakeFrameworkOfHereAsync(project);
        string file = await PublishAsync($"linux-{processor}");
        string assets = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json"));
        string version = Regex.Match(assets, @"""Microsoft\.DotNet\.ILCompiler/([^""]+)""", RegexOptions.IgnoreCase).Groups[1].Value;
        string id = $"runtime.linux-musl-{processor}.Microsoft.DotNet.ILCompiler";
        string empty = Directory.CreateDirectory(Path.Combine(Folder, "empty")).FullName;
        using (ZipArchive package = ZipFile.Open(Path.Combine(empty, $"{id}.{version}.nupkg"), ZipArchiveMode.Create))
        {
            await using Stream specification = package.CreateEntry(id + ".nuspec").Open();
            await specification.WriteAsync(Encoding.UTF8.GetBytes($"<package><metadata><id>{id}</id><version>{version}</version><authors>a</authors><description>Empty</description></metadata></package>"));
        }

        // A cache of its own, which ends with this test.
        string config = Path.Combine(Path.GetDirectoryName(project)!, "nuget.config");
        string text = Regex.Replace(await File.ReadAllTextAsync(config), @"(globalPackagesFolder"" value="")[^""]+", "$1" + Path.Combine(Folder, "cache"));
        await File.WriteAllTextAsync(config, text.Replace("</packageSources>", $"<add key=\"empty\" value=\"{empty}\" /></packageSources>", StringComparison.Ordinal));
        Assert.Equal(file, await PublishAsync($"linux-musl-{processor}"));

        async Task<string> PublishAsync(string platform)
        {
            string output = Path.Combine(Folder, platform);
            await Command.OutputOfAsync("dotnet", ["publish", project, "-r", platform, "-p:PublishAot=true", "-o", output, "-m:1"]);
            return Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(output)))));
        }
    }

    [Fact]
    public async Task Files_of_the_project_are_embedded_and_read_again_only_when_they_change()
    {
        string project = await ProjectAsync(
            "Embedded",
            "",
            """
            using SyscallServer;

            [TcpServer]
            [StaticFiles("/", "wwwroot")]
            [StaticFile("/extra", "public/extra.txt")]
            static partial class Embedded;
            """);
        string folder = Path.GetDirectoryName(project)!;
        string manifest = Path.Combine(folder, "obj", "Debug", "net9.0", "SyscallServer.Assets.txt");
        Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        Directory.CreateDirectory(Path.Combine(folder, "public"));
        await File.WriteAllTextAsync(Path.Combine(folder, "wwwroot", "index.html"), "<p>from a file");
        await File.WriteAllTextAsync(Path.Combine(folder, "wwwroot", "gone.txt"), "soon gone");
        await File.WriteAllTextAsync(Path.Combine(folder, "wwwroot", ".hidden"), "hidden");
        await File.WriteAllTextAsync(Path.Combine(folder, "public", "extra.txt"), "extra");

        // What is to be written into the project file stands in the error.
        Command.Result wrong = await Command.RunAsync("dotnet", ["build", project, "-m:1"]);
        Assert.Contains("error SYSC080: 'public/extra.txt' is not among the assets", wrong.Output, StringComparison.Ordinal);
        const string line = "<ItemGroup><SyscallServerAsset Include=\"public/extra.txt\" /></ItemGroup>";
        Assert.Contains(line, wrong.Output, StringComparison.Ordinal);
        await InsertAsync(project, line);

        string[] build = ["build", project, "-o", Path.Combine(Folder, "jit"), "-m:1"];
        await Command.OutputOfAsync("dotnet", build);
        DateTime written = File.GetLastWriteTimeUtc(manifest);
        Assert.DoesNotContain("hidden", await File.ReadAllTextAsync(manifest), StringComparison.Ordinal);
        await Command.OutputOfAsync("dotnet", build);
        Assert.Equal(written, File.GetLastWriteTimeUtc(manifest));

        // One that is older than what it replaces is another one as well.
        File.SetLastWriteTimeUtc(Path.Combine(folder, "public", "extra.txt"), DateTime.UnixEpoch.AddSeconds(1234567));
        await Command.OutputOfAsync("dotnet", build);
        Assert.Contains("public/extra.txt\t1234567\t", await File.ReadAllTextAsync(manifest), StringComparison.Ordinal);
        written = File.GetLastWriteTimeUtc(manifest);

        File.Delete(Path.Combine(folder, "wwwroot", "gone.txt"));
        await Command.OutputOfAsync("dotnet", ["publish", project, "-c", "Debug", "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"]);
        await Command.OutputOfAsync("dotnet", build);
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(manifest));
        foreach (string host in new[] { "native", "jit" })
        {
            await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Folder, host, "Embedded"));
            foreach ((string path, string expected) in new[] { ("/", "<p>from a file"), ("/index.html", "<p>from a file"), ("/extra", "extra"), ("/gone.txt", "404 Not Found\n"), ("/.hidden", "404 Not Found\n") })
            {
                Assert.EndsWith("\r\n\r\n" + expected, await Client.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("publish", "-r", "linux-x64", "-p:PublishAot=true", "-p:SyscallServerHost=Freestanding")]
    [InlineData("build")]
    public async Task Servers_of_a_library_have_the_files_of_its_project(params string[] build)
    {
        string library = await ProjectAsync(
            "Pages",
            "<OutputType>Library</OutputType>",
            """
            using SyscallServer;

            namespace Pages;

            [TcpServer]
            [StaticFiles("/", "wwwroot", Exclude = ["*.map"])]
            public static partial class One;

            [TcpServer]
            [StaticFile("/two", "assets/two.txt")]
            public static partial class Two;
            """);
        string folder = Path.GetDirectoryName(library)!;
        foreach (string file in new[] { "assets/two.txt", "wwwroot/one.txt", "wwwroot/one.map", "wwwroot/removed.txt" })
        {
            Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(file)!));
            await File.WriteAllTextAsync(Path.Combine(folder, file), $"the file {file}");
        }

        await InsertAsync(library, "<ItemGroup><SyscallServerAsset Remove=\"wwwroot/removed.txt\" /></ItemGroup>");
        string project = await ProjectAsync("Program", "", "return args[^1].Length == 1 ? Pages.One.Run(args) : Pages.Two.Run(args);");
        await InsertAsync(project, "<ItemGroup><ProjectReference Include=\"../Pages/Pages.csproj\" /></ItemGroup>");
        await Command.OutputOfAsync("dotnet", [build[0], project, .. build[1..], "-o", Path.Combine(Folder, "out"), "-m:1"]);
        string program = Path.Combine(Folder, "out", "Program");
        Assert.Equal(["the file wwwroot/one.txt", "404 Not Found\n", "404 Not Found\n", "404 Not Found\n"], await AskAsync());
        Assert.Equal(["404 Not Found\n", "404 Not Found\n", "404 Not Found\n", "the file assets/two.txt"], await AskAsync("--port", "00"));

        async Task<string[]> AskAsync(params string[] arguments)
        {
            await using ServerProcess server = await ServerProcess.StartAsync([], program, arguments);
            var answers = new List<string>();
            foreach (string path in new[] { "/one.txt", "/one.map", "/removed.txt", "/two" })
            {
                string response = await Client.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                answers.Add(response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
            }

            return [.. answers];
        }
    }

    [Fact]
    public async Task A_project_file_that_asks_for_native_code_still_runs_under_the_jit()
    {
        string project = await ProjectAsync(
            "Native",
            "<PublishAot>true</PublishAot>",
            """
            [SyscallServer.TcpServer] [SyscallServer.RawResponse("jit\n")] static partial class Native;
            """);
        await Command.OutputOfAsync("dotnet", ["build", project, "-o", Path.Combine(Folder, "jit"), "-m:1"]);
        await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Folder, "jit", "Native"));
        Assert.Equal("jit\n", await Client.ExchangeAsync(server.Port, "x"));
    }

    [Fact]
    public async Task A_program_with_a_Main_that_uses_all_of_dotnet_is_native_code_with_the_runtime_unless_it_is_told_otherwise()
    {
        string project = await ProjectAsync(
            "Main",
            "",
            """
            System.Console.WriteLine("before" + SyscallServerStart.HandlerResponse[^1]);
            return Site.Run(args);

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;

            // No name of the program's own says what it is.
            static class SyscallServerStart { internal static readonly string HandlerResponse = "the text SyscallServerStart."; }
            """);
        string[] publish = ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"];
        await Command.OutputOfAsync("dotnet", publish);
        Command.Result help = await Command.RunAsync(Path.Combine(Folder, "native", "Main"), ["--version"]);
        Assert.Equal("before.\nMain 4.5.6-beta\n", help.Output);

        Command.Result forced = await Command.RunAsync("dotnet", [.. publish, "-p:SyscallServerHost=Freestanding"]);
        Assert.NotEqual(0, forced.ExitCode);
        Assert.Contains("Main.cs(1,1): error SYSC020: 'Console.WriteLine'", forced.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_fails_the_build_with_its_diagnostic_and_no_other_error()
    {
        string project = await ProjectAsync("Wrong", "", "[SyscallServer.TcpServer(Port = 99999)] [SyscallServer.RawResponse(\"x\")] static partial class Wrong;");
        Command.Result build = await Command.RunAsync("dotnet", ["build", project, "-m:1"]);
        Assert.NotEqual(0, build.ExitCode);
        string[] errors = [.. build.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()];
        Assert.Contains("error SYSC003: Port is 99999, but must be from 0 to 65535", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_platform_is_refused_with_the_way_out()
    {
        string project = await ProjectAsync("Arm", "", "[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"x\")] static partial class Arm;");
        await Command.OutputOfAsync("dotnet", ["restore", project, "-m:1"]);
        // The target itself: to restore for another platform takes packages that this machine may not have.
        Command.Result check = await Command.RunAsync("dotnet", ["msbuild", project, "-t:SyscallServerCheckPlatform", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-arm", "-m:1"]);
        Assert.NotEqual(0, check.ExitCode);
        Assert.Contains("error SYSC101: SyscallServer calls the Linux kernel for x86-64 or arm64, so it cannot be published for 'linux-arm': use 'dotnet publish -r linux-x64' or 'dotnet publish -r linux-arm64'.", check.Output, StringComparison.Ordinal);
    }
}
