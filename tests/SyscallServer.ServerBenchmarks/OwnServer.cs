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
/// <param name="content">What it answers with, as Bench.csproj knows it: a constant, files of its folder, or a constant beside metrics.</param>
internal sealed class OwnServer(string name, string mode, string host, string content = OwnServer.Constant) : Server(name, $"SyscallServer, {mode}, {host}{(content == Constant ? "" : ", " + content.ToLowerInvariant())}")
{
    internal const string Constant = nameof(Constant);
    internal const string Files = nameof(Files);
    internal const string Metrics = nameof(Metrics);

    internal override string Executable => Path.Combine(Folder, "Bench");

    /// <summary>The workers of Prefork in Bench.cs: one for each connection.</summary>
    private const int PreforkWorkers = 64;

    private bool ServesFiles => content == Files;

    internal override bool CanServe(Workload workload) => ServesFiles == (workload == Workload.LargeFile) && (mode != "Prefork" || workload.Connections <= PreforkWorkers);

    internal override Task PrepareAsync(int port, CancellationToken cancellation) => ServesFiles ? WriteFilesAsync(cancellation) : Task.CompletedTask;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync(
            "dotnet",
            [
                "publish", "-m:1", Repository.Path("tests", "Servers", "Bench"), "-r", "linux-x64", "-o", Folder,
                "-p:PublishAot=true", "-p:RunAnalyzers=false", $"-p:SyscallServerHost={host}", $"-p:BenchConcurrency={mode}", $"-p:BenchContent={content}",
                .. host == "NativeAot" ? KestrelServer.Framework : [],
            ],
            cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--port", port.ToString(CultureInfo.InvariantCulture)];
}
