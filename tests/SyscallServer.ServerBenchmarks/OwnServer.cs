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
/// <param name="servesFiles">Whether what it answers with are files of its folder.</param>
internal sealed class OwnServer(string name, string mode, string host, bool servesFiles = false) : Server(name, $"SyscallServer, {mode}, {host}{(servesFiles ? ", files" : "")}")
{
    internal override string Executable => Path.Combine(Folder, "Bench");

    /// <summary>The workers of Prefork in Bench.cs: one for each connection.</summary>
    private const int PreforkWorkers = 64;

    internal override bool CanServe(Workload workload) => servesFiles == (workload == Workload.LargeFile) && (mode != "Prefork" || workload.Connections <= PreforkWorkers);

    internal override Task PrepareAsync(int port, CancellationToken cancellation) => servesFiles ? WriteFilesAsync(cancellation) : Task.CompletedTask;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync(
            "dotnet",
            [
                "publish", "-m:1", Repository.Path("tests", "Servers", "Bench"), "-r", "linux-x64", "-o", Folder,
                "-p:PublishAot=true", $"-p:SyscallServerHost={host}", $"-p:BenchConcurrency={mode}", $"-p:BenchContent={(servesFiles ? "Files" : "Constant")}",
                .. host == "NativeAot" ? KestrelServer.Framework : [],
            ],
            cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--port", port.ToString(CultureInfo.InvariantCulture)];
}
