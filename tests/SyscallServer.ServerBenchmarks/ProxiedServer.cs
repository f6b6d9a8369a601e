using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>HAProxy with one thread in front of instances of a server, which are its children: what is measured is that of all of them together.</summary>
/// <param name="instances">How many instances.</param>
/// <param name="server">What they are.</param>
internal sealed class ProxiedServer(int instances, OwnServer server) : Server($"haproxy-{instances}", $"HAProxy in front of {instances} of {server.Description}")
{
    private const string Configuration = "haproxy.cfg";

    private int[] _ports = [];

    internal override string Executable { get; } = Tool.Find("haproxy");

    internal override Task BuildAsync(CancellationToken cancellation) => server.BuildAsync(cancellation);

    internal override Task PrepareAsync(int port, CancellationToken cancellation)
    {
        _ports = [.. Enumerable.Range(0, instances).Select(_ => Tool.FreePort())];
        return ConfigureAsync(
            Configuration,
            new Dictionary<string, string>
            {
                ["Port"] = port.ToString(CultureInfo.InvariantCulture),
                ["Servers"] = string.Concat(_ports.Select(instance => $"    server s{instance} 127.0.0.1:{instance}\n")),
            },
            cancellation);
    }

    /// <summary>A shell starts the instances and becomes HAProxy.</summary>
    internal override IReadOnlyList<string> Command(int port, Workload workload)
        =>
        [
            "sh", "-c", $"for port in \"$@\"; do '{server.Executable}' --quiet --port $port & done; exec \"$0\" -db -f '{Path.Combine(Folder, Configuration)}'",
            Executable, .. _ports.Select(instance => instance.ToString(CultureInfo.InvariantCulture)),
        ];

    internal override IReadOnlyList<string> Arguments(int port, Workload workload) => [];
}
