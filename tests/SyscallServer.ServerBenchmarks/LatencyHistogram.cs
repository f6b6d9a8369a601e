using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SyscallServer.ServerBenchmarks;

/// <summary>How long requests took, as tests/Peers/latency.c counts it in buckets. Latencies are in nanoseconds, and are the largest of their bucket: at most 1 in 128 too long, and never too short.</summary>
internal sealed class LatencyHistogram
{
    private readonly (long Largest, long Count)[] _buckets;

    internal LatencyHistogram(IEnumerable<(long Largest, long Count)> buckets)
    {
        _buckets = [.. buckets.Where(bucket => bucket.Count > 0).OrderBy(bucket => bucket.Largest)];
        Count = _buckets.Sum(bucket => bucket.Count);
    }

    /// <summary>Of requests.</summary>
    internal long Count { get; }

    /// <summary>The longest.</summary>
    internal long Longest => _buckets[^1].Largest;

    /// <summary>From lines with the largest latency of a bucket and the number of requests in it.</summary>
    internal static LatencyHistogram Parse(IEnumerable<string> lines)
        => new(lines.Select(line => line.Split(' ')).Select(fields => (Number(fields[0]), Number(fields[1]))));

    /// <summary>
    /// The least latency that so many of 100,000 requests do not exceed: 99,900 for the percentile 99.9. The number of requests is rounded up
    /// (nearest rank), so that a percentile is the latency of a request.
    /// </summary>
    internal long Percentile(int of100000)
    {
        const int All = 100_000;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(of100000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(of100000, All);
        long rank = (long)((((Int128)Count * of100000) + All - 1) / All);
        long seen = 0;
        return _buckets.First(bucket => (seen += bucket.Count) >= rank).Largest;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
