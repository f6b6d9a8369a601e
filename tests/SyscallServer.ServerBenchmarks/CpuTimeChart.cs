using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The picture of CPU time per request: a panel for each load, a bar for each server.</summary>
internal static class CpuTimeChart
{
    internal static string Draw(Options options, IReadOnlyList<Measurement> measurements)
    {
        Panel[] panels = [.. options.Workloads.Select(workload => new Panel(workload.Description, [.. options.Servers.SelectMany(server => Bars(server, workload))]))];
        return Chart.Draw("CPU time of the server per request, in microseconds: less is better", [.. panels.Where(panel => panel.Bars.Count > 0)]);

        IEnumerable<Bar> Bars(Server server, Workload workload)
            => Statistics.Of(measurements.Where(each => each.Server == server && each.Workload == workload).Select(each => each.CpuPerRequest)) is { } value
                ? [new Bar(server.Name, value, server is OwnServer or ArenaServer or ApiServer)]
                : [];
    }
}
