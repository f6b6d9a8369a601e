using System;
using System.Linq;
using SyscallServer.ServerBenchmarks;
using Xunit;

namespace SyscallServer.Tests.Benchmarks;

/// <summary>The arithmetic of the benchmark's latencies.</summary>
public class LatencyHistogramTests
{
    /// <summary>1 to 1,000, each once: what the percentile of so many thousandths is, is known.</summary>
    private static readonly LatencyHistogram Thousand = new(Enumerable.Range(1, 1000).Select(value => ((long)value, 1L)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50_000, 500)]
    [InlineData(50_001, 501)]
    [InlineData(99_000, 990)]
    [InlineData(99_900, 999)]
    [InlineData(99_901, 1000)]
    [InlineData(99_990, 1000)]
    [InlineData(100_000, 1000)]
    public void A_percentile_is_the_least_latency_that_so_many_do_not_exceed(int percentile, long latency)
        => Assert.Equal(latency, Thousand.Percentile(percentile));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void There_is_no_other_percentile(int percentile)
        => Assert.Throws<ArgumentOutOfRangeException>("of100000", () => Thousand.Percentile(percentile));

    [Fact]
    public void Buckets_come_as_lines_in_any_order_and_empty_ones_do_not_count()
    {
        LatencyHistogram histogram = LatencyHistogram.Parse(["300 1", "100 98", "400 0", "200 1"]);
        Assert.Equal((100, 300), (histogram.Count, histogram.Longest));
        Assert.Equal((100, 200, 300), (histogram.Percentile(98_000), histogram.Percentile(99_000), histogram.Percentile(99_001)));
    }

    [Fact]
    public void Percentiles_agree_with_those_of_sorted_values()
    {
        var random = new Random(15);
        long[] values = [.. Enumerable.Range(0, 997).Select(_ => (long)random.Next(200)).Order()];
        var histogram = new LatencyHistogram(values.GroupBy(value => value).Select(group => (group.Key, (long)group.Count())));
        for (int percentile = 1; percentile <= 100_000; percentile += 7)
        {
            long notMore = histogram.Percentile(percentile);
            Assert.True(values.Count(value => value <= notMore) * 100_000L >= (long)percentile * values.Length);
            Assert.True(values.Count(value => value < notMore) * 100_000L < (long)percentile * values.Length);
        }
    }

    [Fact]
    public void As_many_requests_as_a_day_has_do_not_overflow()
        => Assert.Equal(2, new LatencyHistogram([(1, long.MaxValue / 2), (2, long.MaxValue / 2)]).Percentile(50_001));
}
