using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>A server that can be measured: how it is built, and how it is started. It works in one process, or in one for each connection.</summary>
internal abstract class Server(string name, string description)
{
    internal string Name { get; } = name;

    internal string Description { get; } = description;

    /// <summary>A folder for whatever it needs.</summary>
    protected string Folder => Repository.Path("artifacts", "benchmarks", Name);

    /// <summary>The file that is started.</summary>
    internal abstract string Executable { get; }

    /// <summary>How its response ends; its body, as a rule.</summary>
    internal virtual string ResponseEnd => "\r\n\r\nHello, World!\n";

    /// <summary>How many requests it can be sent in one run.</summary>
    internal virtual int MaxRequests => int.MaxValue;

    /// <summary>Where nothing else is said: whoever says hello, and has no second worker that could be ended.</summary>
    internal virtual bool CanServe(Workload workload) => workload is { Needs: Content.Hello, Incident: Incident.None };

    /// <summary>Where it is started.</summary>
    internal string WorkingFolder => Directory.CreateDirectory(Folder).FullName;

    /// <summary>Writes the files that servers of files answer with.</summary>
    protected async Task WriteFilesAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "index.html"), "Hello, World!\n", cancellation);
        string large = Path.Combine(Folder, Workload.LargeFile.Path);
        if (!File.Exists(large))
        {
            byte[] bytes = new byte[Workload.LargeFile.BodyLength];
            new Random(1).NextBytes(bytes);
            await File.WriteAllBytesAsync(large, bytes, cancellation);
        }
    }

    /// <summary>Makes the executable, before anything is measured.</summary>
    internal virtual Task BuildAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Makes what depends on the port, before each start.</summary>
    internal virtual Task PrepareAsync(int port, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The arguments with which it serves a load on a port of 127.0.0.1, in the foreground.</summary>
    internal abstract IReadOnlyList<string> Arguments(int port, Workload workload);

    /// <summary>What starts it: the executable with its arguments, as a rule.</summary>
    internal virtual IReadOnlyList<string> Command(int port, Workload workload) => [Executable, .. Arguments(port, workload)];

    /// <summary>A configuration file of tests/Peers, with the values that it leaves open.</summary>
    protected async Task<string> ConfigureAsync(string file, IReadOnlyDictionary<string, string> values, CancellationToken cancellation)
    {
        string text = await File.ReadAllTextAsync(Repository.Path("tests", "Peers", file), cancellation);
        foreach ((string name, string value) in values)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(Folder);
        string configured = Path.Combine(Folder, file);
        await File.WriteAllTextAsync(configured, text, cancellation);
        return configured;
    }
}
