using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What one run of a server under a load gave.</summary>
/// <param name="Round">The number of the round, from 1.</param>
/// <param name="CpuPerRequest">Microseconds of all the server's processes.</param>
/// <param name="Memory">In bytes, while it waited, and in the middle of the load.</param>
internal sealed record Measurement(
    int Round,
    Server Server,
    Workload Workload,
    double RequestsPerSecond,
    double CpuPerRequest,
    (long Idle, long Loaded) Memory,
    int ResponseLength)
{
    /// <summary>Null where requests did not come at a constant rate.</summary>
    internal LatencyHistogram? Latencies { get; init; }
}

/// <summary>Runs every server under every load, in rounds: what disturbs the machine for a while disturbs all of them.</summary>
internal static class Benchmark
{
    internal static async Task<IReadOnlyList<Measurement>> RunAsync(Options options, CancellationToken cancellation)
    {
        (int serverCpu, int loadCpu) = Processors();
        foreach (Server server in options.Servers)
        {
            Console.WriteLine($"building {server.Name}");
            await server.BuildAsync(cancellation);
        }

        Dictionary<Server, double> capacities = await CapacitiesAsync(options, serverCpu, loadCpu, cancellation);
        var measurements = new List<Measurement>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (Workload workload in options.Workloads)
            {
                foreach (Server server in options.Servers.Where(server => server.CanServe(workload)))
                {
                    Measurement measurement = await MeasureAsync(round, server, workload, capacities.GetValueOrDefault(server), options.Seconds, serverCpu, loadCpu, cancellation);
                    measurements.Add(measurement);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}, {workload.Name}, {server.Name}: {measurement.RequestsPerSecond:N0} requests/s, {measurement.CpuPerRequest:N2} us CPU per request"));
                }
            }
        }

        return measurements;
    }

    private static async Task<Measurement> MeasureAsync(int round, Server server, Workload workload, double capacity, int seconds, int serverCpu, int loadCpu, CancellationToken cancellation)
    {
        try
        {
            await using ServerProcess process = await ServerProcess.StartAsync(server, workload, serverCpu, cancellation);
            long idle = process.Memory;
            TimeSpan before = process.CpuTime;
            Task<LoadResult> load = workload.PercentOfCapacity > 0
                ? LoadGenerator.AtRateAsync(process, workload, (int)(capacity * workload.PercentOfCapacity / 100), seconds, loadCpu, cancellation)
                : LoadGenerator.RunAsync(process, workload, seconds, workload.TakesTurns ? serverCpu : loadCpu, cancellation);
            long loaded = 0;
            if (workload == Workload.KeepAlive64)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0), cancellation);
                loaded = process.Memory;
            }

            await Task.WhenAny(load);
            process.RequireAlive();
            LoadResult result = await load;
            await RestAsync(process, workload, cancellation);
            TimeSpan cpu = process.CpuTime - before;
            return new Measurement(round, server, workload, result.Requests / result.Seconds, cpu.TotalMicroseconds / result.Requests, (idle, loaded), process.ResponseLength) { Latencies = result.Latencies };
        }
        catch (BenchmarkException exception)
        {
            throw new BenchmarkException($"{server.Name}, {workload.Name}: {exception.Message}");
        }
    }

    /// <summary>Requests per second of servers that get a constant rate, under the same connections without one.</summary>
    private static async Task<Dictionary<Server, double>> CapacitiesAsync(Options options, int serverCpu, int loadCpu, CancellationToken cancellation)
    {
        var capacities = new Dictionary<Server, double>();
        if (options.Workloads.Any(workload => workload.PercentOfCapacity > 0))
        {
            await LoadGenerator.BuildAsync(cancellation);
        }

        foreach (Server server in options.Servers.Where(server => options.Workloads.Any(workload => workload.PercentOfCapacity > 0 && server.CanServe(workload))))
        {
            Measurement measurement = await MeasureAsync(0, server, Workload.KeepAlive64, 0, options.Seconds, serverCpu, loadCpu, cancellation);
            capacities[server] = measurement.RequestsPerSecond;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"capacity of {server.Name}: {measurement.RequestsPerSecond:N0} requests/s"));
        }

        return capacities;
    }

    /// <summary>Where a worker has taken another one's place, the processes are others than before.</summary>
    private static Task RestAsync(ServerProcess process, Workload workload, CancellationToken cancellation)
        => workload.Incident == Incident.None ? process.RestAsync(cancellation) : Task.CompletedTask;

    /// <summary>One for the server and one for the load, of those that this process may use; the same where there is but one.</summary>
    private static (int Server, int Load) Processors()
    {
        string list = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1];
        int[] processors = [.. list.Split(',').SelectMany(range =>
        {
            int[] ends = [.. range.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        })];
        return (processors[0], processors[Math.Min(1, processors.Length - 1)]);
    }
}
