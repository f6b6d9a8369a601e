using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

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
}

/// <summary>Builds each program once for each host, when the first test asks for it.</summary>
internal static class Programs
{
    private static readonly ConcurrentDictionary<(Host, string), Lazy<Task<string>>> Built = new();
    private static readonly Lazy<Task<string>> Activate = new(BuildActivateAsync);
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>The hosts for which the libraries and tools of this repository have been built.</summary>
    private static readonly HashSet<Host> WithReferences = [];

    internal const string Hello = "sample/Hello";
    internal const string Site = "sample/Site";
    internal const string Pages = "tests/Servers/Pages";
    internal const string Api = "sample/Api";
    internal const string FileStore = "sample/FileStore";
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
    internal const string Many = "tests/Servers/Many";
    internal const string Listen = "tests/Servers/Listen";
    internal const string ListenPrefork = "tests/Servers/ListenPrefork";
    internal const string ListenEventLoop = "tests/Servers/ListenEventLoop";
    internal const string ListenRaw = "tests/Servers/ListenRaw";

    /// <summary>Those that the tests want on every host.</summary>
    internal static readonly string[] OnEveryHost =
    [
        Http, HttpEventLoop, HttpPrefork, Hello, Limits, Large, Api, Silent, Listen, ListenPrefork, ListenEventLoop, ListenRaw, Many,
    ];

    /// <summary>The path of the executable.</summary>
    internal static Task<string> ExecutableAsync(Host host, string project)
        => Built.GetOrAdd((host, project), _ => new Lazy<Task<string>>(() => BuildAsync(host, project))).Value;

    /// <summary>The linked file of a freestanding program, which the build keeps with its symbols.</summary>
    internal static string Symbols(string project)
        => Repository.Path(project, "bin", "Release", "net10.0", "linux-x64", "native", Path.GetFileName(project) + ".dbg");

    /// <summary>The freestanding tests/Servers/Feature with a feature, built anew each time.</summary>
    /// <param name="feature">The name that Feature.cs knows it by; null for the server without any, which comes first: then all that it is built from is there.</param>
    internal static Task<string> WithFeatureAsync(string? feature)
        => feature is null ? BuildAsync(Host.Freestanding, Feature)
            : BuildAsync(Host.Freestanding, Feature, $"-{feature}", $"-p:Feature={feature}", "--no-restore");

    private static async Task<string> BuildAsync(Host host, string project, string variant = "", params string[] properties)
    {
        string name = Path.GetFileName(project);
        string folder = Repository.Path("artifacts", "end-to-end", host.ToString(), name + variant);
        await OneAtATime.WaitAsync();
        try
        {
            string[] publish = ["publish", Repository.Path(project), "-r", "linux-x64", "-p:PublishAot=true", $"-p:SyscallServerHost={host}", "-o", folder];
            string[] arguments = host switch
            {
                Host.Jit => ["build", Repository.Path(project), "-o", folder],
                Host.NativeAot => [.. publish, "-p:SampleFramework=net9.0"], // the last whose compiler brings its runtime; not every registry has the package of a later one
                _ => publish,
            };

            // What servers are built from is there, and new, after the first of them. (Where -o is for a build, it is for all projects of it.)
            string[] references = host != Host.Jit && WithReferences.Contains(host) ? ["-p:BuildProjectReferences=false"] : [];
            await Command.OutputOfAsync("dotnet", [.. arguments, .. properties, .. references, "-nodeReuse:false"]);
            WithReferences.Add(host);
        }
        finally
        {
            OneAtATime.Release();
        }

        return Path.Combine(folder, name);
    }

    /// <summary>The program that passes a socket to servers.</summary>
    internal static Task<string> ActivateAsync() => Activate.Value;

    private static async Task<string> BuildActivateAsync()
    {
        string folder = Repository.Path("artifacts", "end-to-end", "Activate");
        Directory.CreateDirectory(folder);
        string executable = Path.Combine(folder, "activate");
        await Command.OutputOfAsync("gcc", ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", executable, Repository.Path("tests", "Peers", "activate.c")]);
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
