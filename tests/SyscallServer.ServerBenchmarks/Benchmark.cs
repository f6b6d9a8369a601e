using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What one run of a server under a load gave.</summary>
/// <param name="CpuPerRequest">Microseconds of all the server's processes.</param>
/// <param name="Memory">In bytes, while it waited, and in the middle of the load.</param>
internal sealed record Measurement(
    Server Server,
    Workload Workload,
    double RequestsPerSecond,
    double CpuPerRequest,
    (long Idle, long Loaded) Memory,
    int ResponseLength);

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

        var measurements = new List<Measurement>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (Workload workload in options.Workloads)
            {
                foreach (Server server in options.Servers.Where(server => server.CanServe(workload)))
                {
                    Measurement measurement = await MeasureAsync(server, workload, options.Seconds, serverCpu, loadCpu, cancellation);
                    measurements.Add(measurement);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}, {workload.Name}, {server.Name}: {measurement.RequestsPerSecond:N0} requests/s, {measurement.CpuPerRequest:N2} us CPU per request"));
                }
            }
        }

        return measurements;
    }

    private static async Task<Measurement> MeasureAsync(Server server, Workload workload, int seconds, int serverCpu, int loadCpu, CancellationToken cancellation)
    {
        try
        {
            await using ServerProcess process = await ServerProcess.StartAsync(server, workload, serverCpu, cancellation);
            long idle = process.Memory;
            TimeSpan before = process.CpuTime;
            Task<LoadResult> load = LoadGenerator.RunAsync(process, workload, seconds, workload.TakesTurns ? serverCpu : loadCpu, cancellation);
            long loaded = 0;
            if (workload == Workload.KeepAlive64)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0), cancellation);
                loaded = process.Memory;
            }

            await Task.WhenAny(load);
            process.RequireAlive();
            LoadResult result = await load;
            await process.RestAsync(cancellation);
            TimeSpan cpu = process.CpuTime - before;
            return new Measurement(server, workload, result.Requests / result.Seconds, cpu.TotalMicroseconds / result.Requests, (idle, loaded), process.ResponseLength);
        }
        catch (BenchmarkException exception)
        {
            throw new BenchmarkException($"{server.Name}, {workload.Name}: {exception.Message}");
        }
    }

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
