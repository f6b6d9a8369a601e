using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What a load came to.</summary>
/// <param name="Requests">How many responses came.</param>
/// <param name="Seconds">In which time.</param>
internal sealed record LoadResult(long Requests, double Seconds);

/// <summary>Loads a server with wrk(1) where connections stay open, and with ab(1) where they do not. Anything but good responses is an error.</summary>
internal static partial class LoadGenerator
{
    private static readonly string[] WrkErrors = ["connect", "read", "write", "status", "timeout"];

    internal static Task<LoadResult> RunAsync(ServerProcess process, Workload workload, int seconds, int cpu, CancellationToken cancellation)
        => workload.ConnectionsStay ? WrkAsync(process, workload, seconds, cpu, cancellation) : AbAsync(process, workload, seconds, cpu, cancellation);

    private static async Task<LoadResult> WrkAsync(ServerProcess process, Workload workload, int seconds, int cpu, CancellationToken cancellation)
    {
        string output = await PinnedAsync(
            cpu,
            ["wrk", "--threads", "1", "--connections", $"{workload.Connections}", "--duration", $"{seconds}s", "--script", Path.Combine(AppContext.BaseDirectory, "wrk.lua"), process.Url + workload.Path, "--", $"{workload.Pipelined}"],
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

    [GeneratedRegex(@"^([\w -]+):\s+([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex AbLine();
}
