using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The measurements as tables of Markdown. Each figure is the median of the rounds, where it does not say otherwise.</summary>
internal sealed class Report
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>In thousandths of a percent.</summary>
    private static readonly int[] Percentiles = [50_000, 99_000, 99_900, 99_990];

    private readonly Options _options;
    private readonly IReadOnlyList<Measurement> _measurements;
    private readonly StringBuilder _text = new();

    private Report(Options options, IReadOnlyList<Measurement> measurements)
    {
        _options = options;
        _measurements = measurements;
    }

    internal static string Write(Options options, IReadOnlyList<Measurement> measurements)
    {
        var report = new Report(options, measurements);
        report.Line($"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} processors, {Kernel()}: medians of {options.Rounds} rounds of {options.Seconds} s");
        report.Line($"");
        report.Line($"    {options.Command}");
        report.Overview();
        report.Loads();
        report.Latencies();
        return report._text.ToString();
    }

    /// <summary>Servers below each other, loads beside each other.</summary>
    private void Overview()
    {
        string[] loads = [.. _options.Workloads.Select(workload => workload.Title)];
        Table("CPU time of the server per request, in microseconds", loads, server => PerWorkload(server, each => each.CpuPerRequest, "0.00"));
        Table("Requests per second", loads, server => PerWorkload(server, each => each.RequestsPerSecond, "N0"));
        Table(
            "Bytes",
            ["memory, waiting", "memory, 64 connections", "executable", "response"],
            server =>
            [
                Cell(Of(server), each => each.Memory.Idle, "N0"),
                Cell(Of(server).Where(each => each.Memory.Loaded > 0), each => each.Memory.Loaded, "N0"),
                new FileInfo(server.Executable).Length.ToString("N0", CultureInfo.InvariantCulture),
                Cell(Of(server), each => each.ResponseLength, "N0"),
            ]);

        IEnumerable<string> PerWorkload(Server server, Func<Measurement, double> value, string format)
            => _options.Workloads.Select(workload => Cell(Of(server, workload), value, format));
    }

    /// <summary>How sure the figures of CPU time are, and what they are beside those of the server that others are compared with, round by round.</summary>
    private void Loads()
    {
        foreach (Workload workload in _options.Workloads)
        {
            Line($"");
            Line($"| {workload.Title}: CPU time per request, in microseconds | median | least | spread | beside `{workload.Anchor}` | least | most |");
            Line($"| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (Server server in _options.Servers)
            {
                if (Statistics.Of(Of(server, workload).Select(each => each.CpuPerRequest)) is { } cpu)
                {
                    string ratios = Ratios(server, workload) is { } ratio ? $"{Text(ratio.Median)} | {Text(ratio.Least)} | {Text(ratio.Greatest)}" : "- | - | -";
                    Line($"| `{server.Name}` | {cpu.Median:0.00} | {cpu.Least:0.00} | {cpu.Spread:0%} | {ratios} |");
                }
            }
        }

        static string Text(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
    }

    private void Latencies()
    {
        foreach (Workload workload in _options.Workloads.Where(workload => workload.PercentOfCapacity > 0))
        {
            Line($"");
            Line($"| {workload.Title}: latency, in microseconds | requests per second | p50 | p99 | p99.9 | p99.99 | longest |");
            Line($"| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (Server server in _options.Servers.Where(server => Of(server, workload).Any()))
            {
                string[] percentiles = [.. Percentiles.Select(percentile => Latency(each => each.Percentile(percentile))), Latency(each => each.Longest)];
                Line($"| `{server.Name}` | {Cell(Of(server, workload), each => each.RequestsPerSecond, "N0")} | {string.Join(" | ", percentiles)} |");

                string Latency(Func<LatencyHistogram, long> value) => Cell(Of(server, workload), each => value(each.Latencies!) / NanosecondsPerMicrosecond, "N0");
            }
        }
    }

    private Statistics? Ratios(Server server, Workload workload)
    {
        return Statistics.OfRatios(Rounds(each => each == server), Rounds(each => each.Name == workload.Anchor));

        Dictionary<int, double> Rounds(Func<Server, bool> isChosen)
            => _measurements.Where(each => isChosen(each.Server) && each.Workload == workload).ToDictionary(each => each.Round, each => each.CpuPerRequest);
    }

    private IEnumerable<Measurement> Of(Server server) => _measurements.Where(each => each.Server == server);

    private IEnumerable<Measurement> Of(Server server, Workload workload) => Of(server).Where(each => each.Workload == workload);

    private void Table(string title, IReadOnlyList<string> columns, Func<Server, IEnumerable<string>> row)
    {
        Line($"");
        Line($"| {title} | {string.Join(" | ", columns)} |");
        Line($"| --- |{string.Concat(columns.Select(_ => " ---: |"))}");
        foreach (Server server in _options.Servers)
        {
            Line($"| {server.Description} | {string.Join(" | ", row(server))} |");
        }
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>The median; a dash where nothing was measured.</summary>
    private static string Cell(IEnumerable<Measurement> measurements, Func<Measurement, double> value, string format)
        => Statistics.Of(measurements.Select(value))?.Median.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Processor()
        => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "a processor without a name";

    private static string Kernel() => $"Linux {Environment.OSVersion.Version}";
}
