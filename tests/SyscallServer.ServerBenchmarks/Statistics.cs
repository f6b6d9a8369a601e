using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What the rounds of a measurement come to.</summary>
/// <param name="Least">The least of them: what the machine disturbed least.</param>
internal sealed record Statistics(double Median, double Least, double Greatest)
{
    /// <summary>How far they are apart, as a part of the median; 0 where that is 0.</summary>
    internal double Spread => Median == 0 ? 0 : (Greatest - Least) / Median;

    /// <returns>Null where there are no rounds.</returns>
    internal static Statistics? Of(IEnumerable<double> rounds)
    {
        double[] values = [.. rounds.Order()];
        return values.Length == 0 ? null : new((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2, values[0], values[^1]);
    }

    /// <summary>Of ratios within each round: what disturbs the machine for a while disturbs both.</summary>
    /// <returns>Null where no round has both.</returns>
    internal static Statistics? OfRatios(IReadOnlyDictionary<int, double> rounds, IReadOnlyDictionary<int, double> anchor)
        => Of(rounds.Where(round => anchor.TryGetValue(round.Key, out double value) && value > 0).Select(round => round.Value / anchor[round.Key]));
}
