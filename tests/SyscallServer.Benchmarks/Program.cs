using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using SyscallServer.Benchmarks;

// In this process: what BenchmarkDotNet would build besides falls under this repository's rules, and breaks them.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
        // Many short ones: where neighbours on the machine slow it down for a while, some are between that.
        .WithIterationTime(TimeInterval.FromMilliseconds(50)).WithWarmupCount(10).WithIterationCount(100))
    .AddColumn(StatisticColumn.Min, StatisticColumn.Median, new Throughput());
BenchmarkRunner.Run<ParserBenchmarks>(config, args);

/// <summary>Bytes of requests by the time they take.</summary>
internal sealed class Throughput : IColumn
{
    public string Id => nameof(Throughput);

    public string ColumnName => "GB/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Gigabytes of requests per second, by the median";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        BenchmarkReport? report = summary.Reports.FirstOrDefault(each => each.BenchmarkCase == benchmarkCase);
        var request = (SampleRequest)benchmarkCase.Parameters[nameof(ParserBenchmarks.Request)];
        return report?.ResultStatistics is { } statistics
            ? (request.Text.Length / statistics.Median).ToString("F2", CultureInfo.InvariantCulture)
            : "";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
