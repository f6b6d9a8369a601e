using System.Collections.Generic;
using SyscallServer.ServerBenchmarks;
using Xunit;

namespace SyscallServer.Tests.Benchmarks;

/// <summary>What the rounds of the benchmark come to.</summary>
public class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7, 7, 0)]
    [InlineData(new double[] { 4, 1, 2 }, 2, 1, 1.5)]
    [InlineData(new double[] { 8, 2, 4, 6 }, 5, 2, 1.2)]
    [InlineData(new double[] { 0, 0 }, 0, 0, 0)]
    public void Rounds_have_a_median_a_least_and_a_spread(double[] rounds, double median, double least, double spread)
    {
        Statistics statistics = Statistics.Of(rounds)!;
        Assert.Equal((median, least, spread), (statistics.Median, statistics.Least, statistics.Spread));
    }

    [Fact]
    public void Without_rounds_there_is_nothing()
        => Assert.Null(Statistics.Of([]));

    /// <summary>The machine was half as fast in the second round, for both: the ratio does not know it.</summary>
    [Fact]
    public void A_ratio_is_that_of_two_servers_in_the_same_round()
    {
        var server = new Dictionary<int, double> { [1] = 11, [2] = 22, [3] = 12 };
        var floor = new Dictionary<int, double> { [1] = 10, [2] = 20, [3] = 10 };
        Assert.Equal(new(1.1, 1.1, 1.2), Statistics.OfRatios(server, floor));
    }

    [Fact]
    public void A_round_that_only_one_of_them_has_or_in_which_nothing_was_counted_has_no_ratio()
    {
        Assert.Equal(new(2, 2, 2), Statistics.OfRatios(new Dictionary<int, double> { [1] = 4, [2] = 9, [3] = 1 }, new Dictionary<int, double> { [1] = 2, [3] = 0 }));
        Assert.Null(Statistics.OfRatios(new Dictionary<int, double> { [1] = 4 }, new Dictionary<int, double>()));
    }
}
