using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>tests/Servers/Bench, in a mode (of the enumeration Concurrency) and on a host.</summary>
internal sealed class OwnServer(string name, string mode, string host) : Server(name, $"SyscallServer, {mode}, {host}")
{
    internal override string Executable => Path.Combine(Folder, "Bench");

    /// <summary>The workers of Prefork in Bench.cs: one for each connection.</summary>
    private const int PreforkWorkers = 64;

    internal override bool CanServe(Workload workload) => mode != "Prefork" || workload.Connections <= PreforkWorkers;

    internal override Task BuildAsync(CancellationToken cancellation)
        => Tool.RunAsync(
            "dotnet",
            [
                "publish", "-nodeReuse:false", Repository.Path("tests", "Servers", "Bench"), "-r", "linux-x64", "-o", Folder,
                "-p:PublishAot=true", $"-p:SyscallServerHost={host}", $"-p:BenchConcurrency={mode}",
                .. host == "NativeAot" ? KestrelServer.Framework : [],
            ],
            cancellation);

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => ["--port", port.ToString(CultureInfo.InvariantCulture)];
}
