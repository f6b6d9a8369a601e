using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The measurements as tables of Markdown. Each figure is the median of the rounds.</summary>
internal static class Report
{
    internal static string Write(Options options, IReadOnlyList<Measurement> measurements)
    {
        var report = new StringBuilder();
        Line($"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} processors, {Kernel()}: medians of {options.Rounds} rounds of {options.Seconds} s");
        Line($"");
        Line($"    ./bench.sh --rounds {options.Rounds} --seconds {options.Seconds}{Part("--servers", options.Servers, ServerList.All, server => server.Name)}{Part("--workloads", options.Workloads, Workload.All, workload => workload.Name)}");
        string[] loads = [.. options.Workloads.Select(workload => workload.Title)];
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
        return report.ToString();

        void Line(FormattableString line) => report.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void Table(string title, IReadOnlyList<string> columns, Func<Server, IEnumerable<string>> row)
        {
            Line($"");
            Line($"| {title} | {string.Join(" | ", columns)} |");
            Line($"| --- |{string.Concat(columns.Select(_ => " ---: |"))}");
            foreach (Server server in options.Servers)
            {
                Line($"| {server.Description} | {string.Join(" | ", row(server))} |");
            }
        }

        IEnumerable<Measurement> Of(Server server) => measurements.Where(each => each.Server == server);

        IEnumerable<string> PerWorkload(Server server, Func<Measurement, double> value, string format)
            => options.Workloads.Select(workload => Cell(Of(server).Where(each => each.Workload == workload), value, format));
    }

    /// <summary>The option that chooses a part; nothing where all are chosen.</summary>
    private static string Part<T>(string option, IReadOnlyList<T> chosen, IReadOnlyList<T> all, Func<T, string> name)
        => chosen == all ? "" : $" {option} {string.Join(',', chosen.Select(name))}";

    /// <summary>The median; a dash where nothing was measured.</summary>
    private static string Cell(IEnumerable<Measurement> measurements, Func<Measurement, double> value, string format)
    {
        double[] values = [.. measurements.Select(value).Order()];
        return values.Length == 0
            ? "-"
            : ((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2).ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Processor()
        => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "a processor without a name";

    private static string Kernel() => $"Linux {Environment.OSVersion.Version}";
}
