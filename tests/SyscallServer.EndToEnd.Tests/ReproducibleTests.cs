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

/// <summary>The same sources make the same bytes, wherever: executables, and the package itself.</summary>
public sealed class ReproducibleTests : OutsideTests
{
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
        string feed = await Package.FeedAsync();
        string[] first = Directory.GetFiles(feed);
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
            Assert.Contains("<projectUrl>https://github.com/SyscallServer/SyscallServer</projectUrl>", text, StringComparison.Ordinal);
            Assert.Matches("<repository [^>]*url=\"https://github.com/SyscallServer/SyscallServer.git\"", text);
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
            Assert.Equal(Entry(feed, entry), Entry(Path.Combine(copy, "package"), entry));
        }
    }

    private static string Entry(string folder, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder, "*.nupkg").Single());
        using Stream stream = package.GetEntry(name)!.Open();
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
