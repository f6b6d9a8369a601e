using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What a load came to.</summary>
/// <param name="Requests">How many responses came.</param>
/// <param name="Seconds">In which time.</param>
/// <param name="Latencies">How long each took from the moment at which it was due; null where requests were not due at any time.</param>
internal sealed record LoadResult(long Requests, double Seconds, LatencyHistogram? Latencies = null);

/// <summary>Loads a server with wrk(1) where connections stay open, with ab(1) where they do not, and with tests/Peers/latency.c at a constant rate. Anything but good responses is an error.</summary>
internal static partial class LoadGenerator
{
    private static readonly string[] WrkErrors = ["connect", "read", "write", "status", "timeout"];

    internal static Task<LoadResult> RunAsync(ServerProcess process, Workload workload, int seconds, int cpu, CancellationToken cancellation)
        => workload.ConnectionsStay ? WrkAsync(process, workload, seconds, cpu, cancellation) : AbAsync(process, workload, seconds, cpu, cancellation);

    private static async Task<LoadResult> WrkAsync(ServerProcess process, Workload workload, int seconds, int cpu, CancellationToken cancellation)
    {
        string output = await PinnedAsync(
            cpu,
            ["wrk", "--threads", "1", "--connections", $"{workload.Connections}", "--duration", $"{seconds}s", "--script", Path.Combine(AppContext.BaseDirectory, "wrk.lua"), process.Url + workload.Path, "--", $"{workload.Pipelined}", $"{workload.RequestsPerConnection}", .. await WriteRequestsAsync(workload, cancellation)],
            cancellation);
        if (WrkLine().Match(output) is not { Success: true } line)
        {
            throw new BenchmarkException($"wrk says something else than expected:\n{output}");
        }

        long requests = Number("requests");
        string[] errors = [.. WrkErrors.Where(name => Number(name) > 0).Select(name => $"{Number(name)} {name}")];
        if (errors.Length > 0)
        {
            throw new BenchmarkException($"wrk counts errors: {string.Join(", ", errors)}");
        }

        int length = Math.Max(process.ResponseLength, workload.BodyLength);
        return requests > 0 && Number("bytes") >= requests * length
            ? new LoadResult(requests, Number("microseconds") / 1e6)
            : throw new BenchmarkException($"wrk received {Number("bytes")} bytes for {requests} responses of {length}");

        long Number(string name) => long.Parse(line.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes what is sent in turn, each into a file of its own.</summary>
    /// <returns>The files.</returns>
    private static async Task<string[]> WriteRequestsAsync(Workload workload, CancellationToken cancellation)
    {
        string folder = Directory.CreateDirectory(Repository.Path("artifacts", "benchmarks", "requests")).FullName;
        string[] files = [.. workload.Exchanges.Select((_, i) => Path.Combine(folder, $"{workload.Name}-{i}"))];
        foreach ((string file, Exchange exchange) in files.Zip(workload.Exchanges))
        {
            await File.WriteAllTextAsync(file, exchange.Request, cancellation);
        }

        return files;
    }

    /// <summary>Builds what is no package.</summary>
    internal static Task BuildAsync(CancellationToken cancellation) => Tool.CompileAsync("latency", Latency, cancellation);

    /// <summary>Asks at a constant rate, and lets happen in the middle what is to happen.</summary>
    /// <param name="rate">In requests per second.</param>
    internal static async Task<LoadResult> AtRateAsync(ServerProcess process, Workload workload, int rate, int seconds, int cpu, CancellationToken cancellation)
    {
        Task<string> generator = PinnedAsync(cpu, [Latency, $"{process.Port}", $"{rate}", $"{seconds}", $"{workload.Connections}"], cancellation);
        if (workload.Incident != Incident.None)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0), cancellation);
            process.SignalWorker(workload.Incident == Incident.Death ? ServerProcess.SigKill : ServerProcess.SigTerm);
        }

        string[] lines = (await generator).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return LatencyLine().Match(lines[0]) is { Success: true } line
            ? new LoadResult(Number("requests"), Number("nanoseconds") / 1e9, LatencyHistogram.Parse(lines.Skip(1)))
            : throw new BenchmarkException($"latency says something else than expected:\n{lines[0]}");

        long Number(string name) => long.Parse(line.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string Latency => Repository.Path("artifacts", "benchmarks", "latency", "latency");

    private static async Task<LoadResult> AbAsync(ServerProcess process, Workload workload, int seconds, int cpu, CancellationToken cancellation)
    {
        // -t first: it brings a -n of its own.
        string output = await PinnedAsync(
            cpu,
            ["ab", "-q", "-c", $"{workload.Connections}", "-t", $"{seconds}", "-n", $"{Math.Min(process.Server.MaxRequests, 100_000 * seconds)}", process.Url],
            cancellation);
        double complete = Number("Complete requests");
        double failed = Number("Failed requests");
        return complete > 0 && failed == 0 && !output.Contains("Non-2xx responses", StringComparison.Ordinal)
            ? new LoadResult((long)complete, Number("Time taken for tests"))
            : throw new BenchmarkException($"ab counts errors:\n{output}");

        double Number(string name) => AbLine().Matches(output).FirstOrDefault(match => match.Groups[1].Value == name) is { } match
            ? double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : throw new BenchmarkException($"ab says something else than expected:\n{output}");
    }

    private static Task<string> PinnedAsync(int cpu, string[] command, CancellationToken cancellation)
        => Tool.RunAsync("taskset", ["--cpu-list", cpu.ToString(CultureInfo.InvariantCulture), .. command], cancellation);

    /// <summary>As wrk.lua writes it.</summary>
    [GeneratedRegex(@"^requests=(?<requests>\d+) microseconds=(?<microseconds>\d+) bytes=(?<bytes>\d+) connect=(?<connect>\d+) read=(?<read>\d+) write=(?<write>\d+) status=(?<status>\d+) timeout=(?<timeout>\d+)$", RegexOptions.Multiline)]
    private static partial Regex WrkLine();

    /// <summary>As tests/Peers/latency.c writes it.</summary>
    [GeneratedRegex(@"^requests=(?<requests>\d+) nanoseconds=(?<nanoseconds>\d+) reconnected=\d+$")]
    private static partial Regex LatencyLine();

    [GeneratedRegex(@"^([\w -]+):\s+([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex AbLine();
}
