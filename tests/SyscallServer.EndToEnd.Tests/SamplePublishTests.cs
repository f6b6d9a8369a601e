using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// The samples by the package, for both processors, made twice: here as the tests are run, and in another folder by another user with another language, another mask of rights, and no program in PATH but dotnet and the shell that MSBuild starts
/// the AOT compiler by. The samples come with the pages and what makes a site of them, for one of them serves that.
/// </summary>
public sealed class SamplePublishTests : OutsideTests
{
    /// <summary>Nobody, on every Linux.</summary>
    private const int OtherUser = 65534;

    /// <summary>No embedded file is later, whenever it was copied or made.</summary>
    private const string Epoch = "1577836800";

    private static readonly string[] Platforms = ["linux-x64", "linux-arm64"];

    /// <summary>All take two minutes of CPU, so in a normal run it is one without files and one with.</summary>
    private static string[] Samples
        => Environment.GetEnvironmentVariable("SAMPLE_TESTS") == "all" ? [.. Directory.GetDirectories(Repository.Path("sample")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)] : ["Hello", "Site"];

    [Fact]
    public async Task A_sample_is_the_same_file_of_another_user_folder_and_language_with_dotnet_alone_and_answers()
    {
        string here = Path.Combine(Folder, "here");
        string there = Path.Combine(Folder, "Ein anderer Ordner für Grüße");
        await CopyAsync(here);
        await Package.ConfigureAsync(here);
        Dictionary<string, string> expected = await PublishAsync(here, [], new() { ["SOURCE_DATE_EPOCH"] = Epoch });

        await CopyAsync(there);
        await ConfigureForOtherAsync(there, CompilerOf(here));
        Dictionary<string, string> environment = OtherEnvironment(there);
        Assert.Equal(expected, await PublishAsync(there, await AsOtherAsync(there), environment));
        Assert.Equal(Samples.Length * Platforms.Length, expected.Count);

        Directory.CreateDirectory(Path.Combine(Folder, "files"));
        foreach (string sample in Samples)
        {
            await AnswersAsync(Published(there, "linux-x64", sample), sample);

            // Debian's qemu does not know openat2(2), which files from disk are opened by: for that FileStoreTests have a start code that calls another (Arm64.cs).
            if (sample != "FileStore")
            {
                await AnswersAsync(Arm64.Runner(Published(there, "linux-arm64", sample)), sample);
            }
        }
    }

    /// <summary>What a user has: the sources, and a reference to the package in place of those to projects beside them.</summary>
    private static async Task CopyAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await Command.OutputOfAsync(
            "sh", ["-c", "tar -c --exclude=bin --exclude=obj --exclude=artifacts --exclude=.git . | tar -x --no-same-owner -C \"$0\"", folder], folder: Repository.Path());
        string samples = Path.Combine(folder, "sample");
        await File.WriteAllTextAsync(
            Path.Combine(samples, "Directory.Build.props"),
            """
            <Project>
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="SyscallServer" Version="*" />
              </ItemGroup>
            </Project>
            """);
        await TakeFrameworkOfHereAsync(await Package.WriteProjectOfAllAsync(samples, string.Join(';', Samples.Select(sample => $"{sample}/{sample}.csproj")), continueOnError: false));
    }

    /// <summary>The version of the AOT compiler that was restored.</summary>
    private static string CompilerOf(string folder)
        => Regex.Match(File.ReadAllText(Path.Combine(folder, "sample", "Hello", "obj", "project.assets.json")), @"""runtime\.linux-x64\.Microsoft\.DotNet\.ILCompiler"",\s+""version"": ""\[([^,]+),", RegexOptions.IgnoreCase).Groups[1].Value;

    /// <summary>Another user can often read neither this one's packages nor the repository: it has copies of what is restored, and of the package.</summary>
    private static async Task ConfigureForOtherAsync(string folder, string compiler)
    {
        Assert.NotEqual("", compiler);
        foreach (string package in new[] { $"microsoft.dotnet.ilcompiler/{compiler}", $"runtime.linux-x64.microsoft.dotnet.ilcompiler/{compiler}", $"runtime.linux-arm64.microsoft.dotnet.ilcompiler/{compiler}", "markdig" })
        {
            string copy = Path.Combine(folder, "packages", package);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Directory.Exists(Path.Combine(Package.SharedPackages, package)))
            {
                await Command.OutputOfAsync("cp", ["-r", Path.Combine(Package.SharedPackages, package), copy]);
            }
        }

        await Command.OutputOfAsync("cp", ["-r", await Package.FeedAsync(), Path.Combine(folder, "feed")]);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);
    }

    /// <summary>In .NET, LC_ALL is enough to have the rules of Turkish, of which an i without a point is in every other program a fault.</summary>
    private static Dictionary<string, string> OtherEnvironment(string folder)
    {
        string programs = Directory.CreateDirectory(Path.Combine(folder, "programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "sh"), "/bin/sh");
        string dotnet = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(path => Path.Combine(path, "dotnet")).First(File.Exists);
        File.CreateSymbolicLink(Path.Combine(programs, "dotnet"), dotnet);
        return new()
        {
            ["SOURCE_DATE_EPOCH"] = Epoch,
            ["PATH"] = programs,
            ["HOME"] = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName,
            ["LANG"] = "de_DE.UTF-8",
            ["LC_ALL"] = "tr_TR.UTF-8",
            ["TZ"] = "Asia/Tokyo",
            ["UseSharedCompilation"] = "false", // that of another user
        };
    }

    /// <summary>What a command of the other user begins with. Only root can be another one: without, it is the same user, with another folder at home.</summary>
    private async Task<string[]> AsOtherAsync(string folder)
    {
        string[] masked = ["/bin/sh", "-c", "umask 077 && exec \"$@\"", "sh"];
        if (!Environment.IsPrivilegedProcess)
        {
            return masked;
        }

        string user = OtherUser.ToString(CultureInfo.InvariantCulture);
        await Command.OutputOfAsync("chmod", ["755", Folder]);
        await Command.OutputOfAsync("chown", ["-R", $"{user}:{user}", folder]);
        return ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", .. masked];
    }

    /// <summary>Publishes all samples for each platform.</summary>
    /// <returns>The hash of each.</returns>
    private static async Task<Dictionary<string, string>> PublishAsync(string folder, string[] prefix, Dictionary<string, string> environment)
    {
        var hashes = new Dictionary<string, string>();
        foreach (string platform in Platforms)
        {
            string[] publish = [.. prefix, "dotnet", "publish", Path.Combine(folder, "sample", "All.proj"), "-c", "Release", "-r", platform, "-p:PublishAot=true", "-m:1"];
            await Command.OutputOfAsync(publish[0], publish[1..], environment, folder);
            foreach (string sample in Samples)
            {
                hashes.Add($"{platform}/{sample}", Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Published(folder, platform, sample)))));
            }
        }

        return hashes;
    }

    private static string Published(string folder, string platform, string sample) => Path.Combine(folder, "sample", sample, "bin", "Release", "net10.0", platform, "publish", sample);

    private async Task AnswersAsync(string executable, string sample)
    {
        (string request, string start, string end) = AotCompilerTests.Exchange(sample);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", $"--chdir={Folder}"], executable);
        string response = await Client.ExchangeAsync(server.Port, request);
        Assert.StartsWith(start, response, StringComparison.Ordinal);
        Assert.EndsWith(end, response, StringComparison.Ordinal);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }
}
