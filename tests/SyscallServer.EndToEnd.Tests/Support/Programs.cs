using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>The ways in which one source runs.</summary>
public enum Host
{
    /// <summary>As <c>dotnet run</c> does it.</summary>
    Jit,

    /// <summary>As <c>dotnet publish -p:PublishAot=true</c> makes it, with the .NET runtime linked in.</summary>
    NativeAot,

    /// <summary>The same without a runtime.</summary>
    Freestanding,

    /// <summary>The same for arm64, under qemu.</summary>
    FreestandingArm64,
}

/// <summary>What hosts have in common.</summary>
internal static class HostKinds
{
    /// <summary>Whether the .NET runtime is underneath.</summary>
    internal static bool HasRuntime(this Host host) => host is Host.Jit or Host.NativeAot;
}

/// <summary>Builds all programs for a host (tests/Servers/Servers.proj) when the first test asks for one of them.</summary>
internal static class Programs
{
    private static readonly ConcurrentDictionary<Host, Lazy<Task>> Built = new();
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Peers = new();
    private static readonly Turns OneAtATime = new();

    /// <summary>The last whose compiler brings its runtime: not every registry has the package of a later one.</summary>
    private const string NativeAotFramework = "net9.0";

    /// <summary>For what is built again in another way: the analyzers have looked through all of it when the solution was built, and through the servers on the host that can do least.</summary>
    internal const string WithoutAnalyzers = "-p:RunAnalyzers=false";

    private static readonly string[] Native = ["-c", "Release", "-r", "linux-x64", "-p:PublishAot=true"];
    private static readonly string[] Freestanding = [.. Native, "-p:SyscallServerHost=Freestanding", "-p:SyscallServerSeccompProfile=true"];
    private static readonly string[] FreestandingArm64 = ["-c", "Release", "-r", "linux-arm64", "-p:PublishAot=true", "-p:SyscallServerHost=Freestanding"];

    /// <summary>All embedded files get one time. Otherwise the sizes in the ledgers would depend on the checkout: a time that two files share is in the program once.</summary>
    private static readonly Dictionary<string, string> SameTimes = new() { ["SOURCE_DATE_EPOCH"] = "1577836800" };

    internal const string Hello = "sample/Hello";
    internal const string Site = "sample/Site";
    internal const string Pages = "tests/Servers/Pages";
    internal const string Api = "sample/Api";
    internal const string FileStore = "sample/FileStore";
    internal const string DefaultBackend = "sample/DefaultBackend";
    internal const string Docs = "sample/Docs";
    internal const string Handlers = "tests/Servers/Handlers";
    internal const string HandlersPrefork = "tests/Servers/HandlersPrefork";
    internal const string HandlersLoop = "tests/Servers/HandlersLoop";
    internal const string Limits = "tests/Servers/Limits";
    internal const string Silent = "tests/Servers/Silent";
    internal const string Large = "tests/Servers/Large";
    internal const string Http = "tests/Servers/Http";
    internal const string HttpPrefork = "tests/Servers/HttpPrefork";
    internal const string HttpEventLoop = "tests/Servers/HttpEventLoop";
    internal const string Feature = "tests/Servers/Feature";
    internal const string App = "tests/Servers/App";
    internal const string Many = "tests/Servers/Many";
    internal const string Arena = "tests/Servers/Arena";
    internal const string Bench = "tests/Servers/Bench";
    internal const string Beside = "tests/Servers/Beside";
    internal const string Bodies = "tests/Servers/Bodies";
    internal const string Listen = "tests/Servers/Listen";
    internal const string ListenPrefork = "tests/Servers/ListenPrefork";
    internal const string ListenEventLoop = "tests/Servers/ListenEventLoop";
    internal const string ListenRaw = "tests/Servers/ListenRaw";
    internal const string Roles = "tests/Servers/Roles";
    internal const string RolesPrefork = "tests/Servers/RolesPrefork";
    internal const string RolesEventLoop = "tests/Servers/RolesEventLoop";
    internal const string Guards = "tests/Servers/Guards";
    internal const string GuardsPrefork = "tests/Servers/GuardsPrefork";
    internal const string GuardsEventLoop = "tests/Servers/GuardsEventLoop";
    internal const string Moved = "tests/Servers/Moved";
    internal const string MovedPrefork = "tests/Servers/MovedPrefork";
    internal const string MovedEventLoop = "tests/Servers/MovedEventLoop";
    internal const string Origins = "tests/Servers/Origins";
    internal const string OriginsPrefork = "tests/Servers/OriginsPrefork";
    internal const string OriginsLoop = "tests/Servers/OriginsLoop";
    internal const string Variants = "tests/Servers/Variants";
    internal const string VariantsPrefork = "tests/Servers/VariantsPrefork";
    internal const string VariantsLoop = "tests/Servers/VariantsLoop";

    /// <summary>Those that the tests want on every host.</summary>
    internal static readonly string[] OnEveryHost =
    [
        Http, HttpEventLoop, HttpPrefork, Hello, Limits, Large, Api, Silent, Listen, ListenPrefork, ListenEventLoop, ListenRaw, Many, Site, Handlers, HandlersPrefork, HandlersLoop,
        Roles, RolesPrefork, RolesEventLoop, Guards, GuardsPrefork, GuardsEventLoop, Moved, MovedPrefork, MovedEventLoop, Origins, OriginsPrefork, OriginsLoop, Variants, VariantsPrefork, VariantsLoop,
    ];

    /// <summary>The path of the executable.</summary>
    internal static async Task<string> ExecutableAsync(Host host, string project)
    {
        await Built.GetOrAdd(host, _ => new Lazy<Task>(() => BuildAsync(host))).Value;
        string folder = host switch
        {
            Host.Jit => "Debug/net10.0",
            Host.NativeAot => $"Release/{NativeAotFramework}/linux-x64/publish",
            Host.FreestandingArm64 => "Release/net10.0/linux-arm64/publish",
            _ => "Release/net10.0/linux-x64/publish",
        };
        string executable = Repository.Path(project, "bin", folder, Path.GetFileName(project));
        return File.Exists(executable) ? host == Host.FreestandingArm64 ? Arm64.Runner(executable) : executable : throw new XunitException($"{executable} is not there: does tests/Servers/Servers.proj list it for {host}?");
    }

    /// <summary>The linked file of a freestanding program, which the build keeps with its symbols.</summary>
    internal static string Symbols(string project, Host host = Host.Freestanding)
        => Repository.Path(project, "bin", "Release", "net10.0", Platform(host), "native", Path.GetFileName(project) + ".dbg");

    /// <summary>The file itself, whatever runs it.</summary>
    internal static async Task<byte[]> ImageAsync(Host host, string project)
    {
        await ExecutableAsync(host, project);
        return await File.ReadAllBytesAsync(Repository.Path(project, "bin", "Release", "net10.0", Platform(host), "publish", Path.GetFileName(project)));
    }

    /// <summary>What a freestanding program is published for.</summary>
    internal static string Platform(Host host) => host == Host.FreestandingArm64 ? "linux-arm64" : "linux-x64";

    /// <summary>The freestanding tests/Servers/Feature.</summary>
    /// <param name="feature">What it has besides a constant, by the name that Feature.cs and Servers.proj know; null for nothing.</param>
    /// <returns>The executable, and the file beside it with symbols.</returns>
    internal static async Task<(string Executable, string Symbols)> WithFeatureAsync(string? feature)
    {
        string constant = await ExecutableAsync(Host.Freestanding, Feature);
        return (In(constant), In(Symbols(Feature)));

        string In(string path) => feature is null ? path : path.Replace("/bin/Release/", $"/bin/{feature}/", StringComparison.Ordinal);
    }

    /// <summary>Publishes a freestanding program alone, with properties of its own.</summary>
    /// <param name="project">The program.</param>
    /// <param name="variant">What tells its folder from those of the same program with other properties.</param>
    /// <param name="arguments">For dotnet publish.</param>
    /// <returns>The path of the executable.</returns>
    internal static Task<string> PublishAsync(string project, string variant, params string[] arguments) => PublishForAsync(Freestanding, project, variant, arguments);

    /// <summary>The same for arm64.</summary>
    /// <returns>The path of a program that runs it.</returns>
    internal static async Task<string> PublishForArm64Async(string project) => Arm64.Runner(await PublishForAsync(FreestandingArm64, project, "-arm64"));

    private static async Task<string> PublishForAsync(string[] host, string project, string variant, params string[] arguments)
    {
        string folder = PublishFolder(project, variant);
        await RunBuildAsync(["publish", Repository.Path(project), .. host, "-o", folder, WithoutAnalyzers, .. arguments]);
        return Path.Combine(folder, Path.GetFileName(project));
    }

    /// <summary>The same where it fails. What the program refers to is there already.</summary>
    internal static async Task<Command.Result> TryPublishAsync(string project, string variant, params string[] arguments)
    {
        await ExecutableAsync(Host.Freestanding, project);
        return await TryBuildAsync(["publish", Repository.Path(project), .. Freestanding, "-p:BuildProjectReferences=false", "-o", PublishFolder(project, variant), WithoutAnalyzers, .. arguments]);
    }

    private static string PublishFolder(string project, string variant) => Repository.Path("artifacts", "end-to-end", Path.GetFileName(project) + variant);

    private static async Task BuildAsync(Host host)
    {
        string servers = Repository.Path("tests", "Servers", "Servers.proj");
        string[] arguments = host switch
        {
            Host.Jit => ["build", servers, WithoutAnalyzers],
            Host.NativeAot => ["publish", servers, .. Native, WithoutAnalyzers, "-p:SyscallServerHost=NativeAot", $"-p:SampleFramework={NativeAotFramework}"],
            Host.FreestandingArm64 => ["publish", servers, .. FreestandingArm64, WithoutAnalyzers, $"-p:SyscallServerStartCode={await Arm64.StartCodeAsync()}", $"-p:ServersForArm64={Environment.GetEnvironmentVariable("ARM64_TESTS")}"],
            _ => ["publish", servers, .. Freestanding],
        };

        // The servers of most tests first, and those of the quickest build.
        await RunBuildAsync(arguments, turn: host switch { Host.Jit => 0, Host.Freestanding => 1, Host.NativeAot => 2, _ => 3 });
    }

    /// <summary>Runs dotnet to build something in this repository: one at a time, for all of that is built from the same sources into the same folders.</summary>
    /// <param name="arguments">For dotnet.</param>
    /// <param name="turn">Of those that wait, the one with the least is next.</param>
    internal static async Task RunBuildAsync(string[] arguments, int turn = 4)
    {
        Command.Result result = await TryBuildAsync(arguments, turn);
        if (result.ExitCode != 0)
        {
            throw new XunitException($"dotnet {string.Join(' ', arguments)} ended with {result.ExitCode}\n{result.Output}{result.Error}");
        }
    }

    /// <summary>The same of a build that may fail.</summary>
    private static async Task<Command.Result> TryBuildAsync(string[] arguments, int turn = 4)
    {
        await OneAtATime.WaitAsync(turn);
        try
        {
            return await Command.RunAsync("dotnet", [.. arguments, "-m:1"], SameTimes);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>A program in C of tests/Peers, compiled when the first test asks for it.</summary>
    internal static Task<string> PeerAsync(string name) => Peers.GetOrAdd(name, _ => new Lazy<Task<string>>(() => CompileAsync(name))).Value;

    private static async Task<string> CompileAsync(string name)
    {
        string folder = Repository.Path("artifacts", "end-to-end", "Peers");
        Directory.CreateDirectory(folder);
        string executable = Path.Combine(folder, name);
        await Command.OutputOfAsync("gcc", ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", executable, Repository.Path("tests", "Peers", name + ".c")]);
        return executable;
    }

    /// <summary>The reference server, assembled and linked for a port.</summary>
    internal static async Task<string> ReferenceAsync(int port)
    {
        string folder = Repository.Path("artifacts", "end-to-end", "Reference");
        Directory.CreateDirectory(folder);
        string executable = Path.Combine(folder, "server");
        await Command.OutputOfAsync("as", ["--defsym", $"PORT={port}", "-o", executable + ".o", Repository.Path("tests", "Reference", "server.s")]);
        await Command.OutputOfAsync("ld", ["-o", executable, executable + ".o"]);
        return executable;
    }
}
