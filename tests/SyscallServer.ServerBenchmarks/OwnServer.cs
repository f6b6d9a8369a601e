using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>tests/Servers/Bench, in a mode (of the enumeration Concurrency) and on a host.</summary>
/// <param name="name">What it is called.</param>
/// <param name="mode">The mode.</param>
/// <param name="host">The host.</param>
/// <param name="content">What it answers with, as Bench.csproj knows it: a constant, files of its folder, or a constant beside metrics, handlers or deferred connections.</param>
/// <param name="workers">Of the event loop.</param>
internal sealed class OwnServer(string name, string mode, string host, string content = OwnServer.Constant, int workers = 1)
    : Server(name, $"SyscallServer, {mode}, {host}{(content == Constant ? "" : ", " + content.ToLowerInvariant())}{(workers == 1 ? "" : $", {workers} workers")}")
{
    internal const string Constant = nameof(Constant);
    internal const string Deferred = nameof(Deferred);
    internal const string Files = nameof(Files);
    internal const string Metrics = nameof(Metrics);
    internal const string Handlers = nameof(Handlers);

    internal override string Executable => Path.Combine(Folder, "Bench");

    /// <summary>The workers of Prefork in Bench.cs: one for each connection.</summary>
    private const int PreforkWorkers = 64;

    private bool ServesFiles => content == Files;

    private Content Needed => content switch
    {
        Files => Content.LargeFile,
        Handlers => Content.Api,
        _ => Content.Hello,
    };

    internal override bool CanServe(Workload workload)
        => workload.Needs == Needed
        && (content != Deferred || !workload.ConnectionsStay)
        && (mode != "Prefork" || workload.Connections <= PreforkWorkers)
        && (workload.Incident == Incident.None || workers > 1);

    internal override Task PrepareAsync(int port, CancellationToken cancellation) => ServesFiles ? WriteFilesAsync(cancellation) : Task.CompletedTask;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync(
            "dotnet",
            [
                "publish", "-m:1", Repository.Path("tests", "Servers", "Bench"), "-r", "linux-x64", "-o", Folder,
                "-p:PublishAot=true", "-p:RunAnalyzers=false", $"-p:SyscallServerHost={host}", $"-p:BenchConcurrency={mode}", $"-p:BenchContent={content}", $"-p:BenchWorkers={workers}",
                .. host == "NativeAot" ? KestrelServer.Framework : [],
            ],
            cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--port", port.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>sample/Api, as it is: a process for each connection.</summary>
internal sealed class ApiServer(string name, string host) : Server(name, $"SyscallServer, Fork, {host}, handlers")
{
    internal override string Executable => Path.Combine(Folder, "Api");

    internal override bool CanServe(Workload workload) => workload.Needs == Content.Api;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync(
            "dotnet",
            [
                "publish", "-m:1", Repository.Path("sample", "Api"), "-r", "linux-x64", "-o", Folder, "-p:PublishAot=true", "-p:RunAnalyzers=false", $"-p:SyscallServerHost={host}",
                .. host == "NativeAot" ? KestrelServer.Framework : [],
            ],
            cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>tests/Servers/Arena: the entry for HttpArena.</summary>
internal sealed class ArenaServer() : Server("arena", "SyscallServer, EventLoop, Freestanding, as in HttpArena")
{
    internal override string Executable => Path.Combine(Folder, "Arena");

    internal override bool CanServe(Workload workload) => workload.Needs is Content.Sums or Content.Pipeline or Content.Static;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync("dotnet", ["publish", "-m:1", Repository.Path("tests", "Servers", "Arena"), "-r", "linux-x64", "-o", Folder, "-p:PublishAot=true", "-p:RunAnalyzers=false", "-p:SyscallServerHost=Freestanding"], cancellation);

    internal override Task PrepareAsync(int port, CancellationToken cancellation) => StaticFiles.WriteAsync(Folder, cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--port", port.ToString(CultureInfo.InvariantCulture)];
}
