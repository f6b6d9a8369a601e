using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The package, made once for all tests.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-package-");

    /// <summary>The folder that the package is in, and nothing else.</summary>
    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>Where the package is unpacked when a project is restored.</summary>
    public string Cache => Path.Combine(_folder.FullName, "cache");

    /// <summary>
    /// Has projects below a folder restored with the package cache of these tests, for another build's package of the same version is not this one; what else they need is taken from this machine's packages first.
    /// </summary>
    /// <param name="folder">The folder.</param>
    public Task ConfigureAsync(string folder)
        => File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Cache}" /></config>
              <fallbackPackageFolders><add key="shared" value="{SharedPackages}" /></fallbackPackageFolders>
              <packageSources><add key="feed" value="{Feed}" /></packageSources>
            </configuration>
            """);

    /// <summary>Where the packages of this machine are, the SDK's own (the AOT compiler) among them.</summary>
    private static string SharedPackages
        => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
            ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <inheritdoc/>
    public Task InitializeAsync() => Programs.RunBuildAsync(["pack", Repository.Path("runtime"), "-c", "Release", "-o", Feed, Programs.WithoutAnalyzers]);

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>The NuGet package, as somebody uses it who has nothing else: a project outside of this repository.</summary>
public sealed partial class PackageTests(PackageFixture package, VersionsFixture versions) : IClassFixture<PackageFixture>, IClassFixture<VersionsFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

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

        await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"]);
        // Without a word in the project file: no runtime, so the file is small.
        Assert.InRange(new FileInfo(Path.Combine(Folder, "native", "Site")).Length, 1, 10_000);
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

    [Fact]
    public async Task What_only_the_linker_misses_is_named_with_the_way_out()
    {
        // What the compiler of C# would refuse at the line, had it not been told to be silent: an array needs a heap, and the AOT compiler calls the runtime for it.
        string project = await ProjectAsync(
            "Array",
            "<SyscallServerHost>Freestanding</SyscallServerHost>",
            """
            #pragma warning disable SYSC021
            int[] array = new int[args is null ? 7 : 5];
            return array.Length + Site.Run(args!);

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;
            """);
        Command.Result publish = await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
        Assert.NotEqual(0, publish.ExitCode);
        AssertOnlyError(
            "SYSC102: Memory for a new array (RhpNewArray) is not there without the .NET runtime, and 'Program.<Main>$' uses it: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.",
            publish.Output);
    }

    [Theory]
    [InlineData(
        "public static int F(string text) => text.Contains('a') ? 1 : 0;",
        "SYSC102: 'Boolean System.String.Contains(Char)' is not there without the .NET runtime", ", and 'Other.F(String)' uses it: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.")]
    [InlineData(
        "public static int F(string text) { var thing = new Thing { Text = text }; thing.Next = thing; s_thing = thing; return s_thing.Text.Length; }\nstatic Thing s_thing = null!;\nclass Thing { public string Text = null!; public Thing Next = null!; }",
        "SYSC102: Memory for a new object (RhpNewFast) is not there without the .NET runtime, and 'Other.F' uses it", ": write it otherwise")]
    [InlineData(
        "public static int F(string text) => text.Length;\n[System.Runtime.CompilerServices.ModuleInitializer] internal static void Begin() { }",
        "SYSC102: The assembly 'Other' has a module initializer, which nothing runs without the .NET runtime. Do without the library, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.", "")]
    public async Task What_a_library_misses_is_named_with_the_method_that_uses_it(string members, string expected, string end)
    {
        string project = await ProjectAsync(
            "User",
            "<SyscallServerHost>Freestanding</SyscallServerHost>",
            """
            return Other.F(args.Length > 3 ? "a" : "b") + Site.Run(args);

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;
            """);
        string library = Path.Combine(Folder, "Other");
        Directory.CreateDirectory(library);
        await File.WriteAllTextAsync(Path.Combine(library, "Other.cs"), $"public static class Other {{ {members} }}");
        await File.WriteAllTextAsync(
            Path.Combine(library, "Other.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk" TreatAsLocalProperty="PublishAot;RuntimeIdentifier;SelfContained">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <PublishAot>false</PublishAot>
                <RuntimeIdentifier></RuntimeIdentifier>
                <SelfContained>false</SelfContained>
              </PropertyGroup>
            </Project>
            """);
        await package.ConfigureAsync(library);
        await InsertAsync(project, "<ItemGroup><ProjectReference Include=\"../Other/Other.csproj\" /></ItemGroup>");
        Command.Result publish = await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
        Assert.NotEqual(0, publish.ExitCode);
        AssertOnlyError(expected, publish.Output);
        AssertOnlyError(end, publish.Output);
    }

    /// <summary>The raw words of compilers stand above, and are no errors of their own.</summary>
    private static void AssertOnlyError(string expected, string output)
        => Assert.Contains(expected, Assert.Single(output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()), StringComparison.Ordinal);

    /// <summary>For both processors, with what could have a trace of where it was made: a handler that may fail at a line, files, a time, a hash.</summary>
    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    public async Task The_same_project_makes_the_same_executable_in_another_folder_and_language(string platform)
    {
        string project = await ProjectAsync(
            "Site",
            "",
            """
            using SyscallServer;

            [TcpServer(Port = 8080, Concurrency = Concurrency.EventLoop)]
            [StaticFile("/style.css", "wwwroot/style.css")]
            static partial class Site
            {
                static readonly int[] Table = [1, 2, 3];

                [Get("/n")]
                static void Number(in Request request, ref ResponseWriter response) => response.Write(Table[request.Query.Length]);
            }
            """);
        string folder = Path.GetDirectoryName(project)!;
        Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        await File.WriteAllTextAsync(Path.Combine(folder, "wwwroot", "style.css"), string.Concat(Enumerable.Repeat("body { margin: 0 }\n", 30)));
        await TakeFrameworkOfHereAsync(project);
        string other = Path.Combine(Folder, "Ein anderer Ordner für Grüße");
        await Command.OutputOfAsync("cp", ["-r", "--preserve=timestamps", folder, other]);
        var environment = new Dictionary<string, string> { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Asia/Tokyo" };
        Assert.Equal(await PublishAsync(folder, new Dictionary<string, string>()), await PublishAsync(other, environment));

        async Task<byte[]> PublishAsync(string from, Dictionary<string, string> environment)
        {
            await Command.OutputOfAsync("dotnet", ["publish", from, "-r", platform, "-p:PublishAot=true", "-o", Path.Combine(from, "published"), "-m:1"], environment);
            return await File.ReadAllBytesAsync(Path.Combine(from, "published", "Site"));
        }
    }

    /// <summary>
    /// By the property that build steps ask for the system: the AOT compiler's package refuses to compile for another one there, and our steps take no program of this one. What else is different on Windows, this
    /// does not show; .github/workflows/platforms.yml does.
    /// </summary>
    [Fact]
    public async Task Build_steps_that_take_this_for_Windows_make_the_same_executable()
    {
        string project = await ProjectAsync(
            "Site",
            "",
            """
            [SyscallServer.TcpServer]
            [SyscallServer.StaticResponse("/", "from a package\n")]
            static partial class Site;
            """);
        Assert.Equal(await PublishAsync(), await PublishAsync("-p:OS=Windows_NT"));

        async Task<byte[]> PublishAsync(params string[] arguments)
        {
            string folder = Path.Combine(Folder, "published" + arguments.Length);
            await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", folder, "-m:1", .. arguments]);
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "Site"));

            // So that it is made again.
            File.Delete(Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net9.0", "linux-x64", "native", "Site"));
            return bytes;
        }
    }

    [Fact]
    public async Task The_package_holds_what_it_should_and_is_the_same_when_made_again()
    {
        string[] first = Directory.GetFiles(package.Feed);
        using (ZipArchive package = ZipFile.OpenRead(first.Single(path => path.EndsWith(".nupkg", StringComparison.Ordinal))))
        {
            Assert.Subset(
                package.Entries.Select(entry => entry.FullName).ToHashSet(),
                new HashSet<string>
                {
                    "README.md",
                    "LICENSE",
                    "SyscallServer.nuspec",
                    "lib/net8.0/SyscallServer.dll",
                    "lib/net8.0/SyscallServer.xml",
                    "analyzers/dotnet/cs/SyscallServer.Generator.dll",
                    "analyzers/dotnet/cs/SyscallServer.CodeFixes.dll",
                    "buildTransitive/SyscallServer.props",
                    "buildTransitive/SyscallServer.Assets.targets",
                    "tasks/SyscallServer.Tasks.dll",
                    "freestanding/linux-x64/StartCode.o",
                    "freestanding/linux-x64/Faults.o",
                    "freestanding/linux-x64/SyscallServer.dll",
                    "freestanding/linux-x64/System.Runtime.dll",
                    "freestanding/linux-arm64/StartCode.o",
                    "freestanding/linux-arm64/Faults.o",
                    "freestanding/linux-arm64/SyscallServer.dll",
                    "freestanding/linux-arm64/System.Runtime.dll",
                    "buildTransitive/SyscallServer.targets",
                });
            using var nuspec = new StreamReader(package.GetEntry("SyscallServer.nuspec")!.Open());
            string text = await nuspec.ReadToEndAsync();
            Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
            Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<dependency ", text, StringComparison.Ordinal);
        }

        using (ZipArchive symbols = ZipFile.OpenRead(first.Single(path => path.EndsWith(".snupkg", StringComparison.Ordinal))))
        {
            Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net8.0/SyscallServer.pdb");
        }

        // From another folder, of the same commit.
        string copy = Path.Combine(Folder, "copy");
        await Command.OutputOfAsync("sh", ["-c", $"mkdir {copy} && cd {Repository.Path()} && tar -c --exclude=bin --exclude=obj --exclude=artifacts . | tar -x -C {copy}"]);
        await Command.OutputOfAsync("dotnet", ["pack", Path.Combine(copy, "runtime"), "-c", "Release", "-o", Path.Combine(copy, "package"), "-m:1", Programs.WithoutAnalyzers]);
        foreach (string entry in new[] { "lib/net8.0/SyscallServer.dll", "analyzers/dotnet/cs/SyscallServer.Generator.dll", "tasks/SyscallServer.Tasks.dll", "freestanding/linux-x64/SyscallServer.dll", "freestanding/linux-arm64/System.Runtime.dll" })
        {
            Assert.Equal(Entry(package.Feed, entry), Entry(Path.Combine(copy, "package"), entry));
        }
    }

    private static string Entry(string folder, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder, "*.nupkg").Single());
        using Stream stream = package.GetEntry(name)!.Open();
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream));
    }

    /// <summary>Has a project published for arm64 where the registry has no framework for that: by the lines of docs/dotnet-versions.md.</summary>
    private static async Task TakeFrameworkOfHereAsync(string project)
    {
        string docs = (await File.ReadAllTextAsync(Repository.Path("docs", "dotnet-versions.md"))).Split("## What is restored for another platform")[1];
        string targets = docs[docs.IndexOf("    <Project>", StringComparison.Ordinal)..docs.IndexOf("What stays is", StringComparison.Ordinal)];
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(project)!, "Directory.Build.targets"), targets);

        // The SDK's own version: of the others not every registry has the compiler for arm64.
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("net9.0", "net10.0", StringComparison.Ordinal));
    }

    /// <summary>Adds lines to a project file.</summary>
    private static async Task InsertAsync(string project, string lines)
        => await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", lines + "</Project>", StringComparison.Ordinal));

    private async Task<string> ProjectAsync(string name, string properties, string source)
    {
        string folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".cs"), source);
        await package.ConfigureAsync(folder);
        string project = Path.Combine(folder, name + ".csproj");
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net9.0</TargetFramework>
                <RollForward>Major</RollForward>
                <Version>4.5.6-beta</Version>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SyscallServer" Version="*" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }
}
