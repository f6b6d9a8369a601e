using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.RandomServers;

/// <summary>What a server has counted: no more and no less than what has happened.</summary>
internal sealed unsafe partial class RandomWorld
{
    private readonly List<RandomClient> _accepted = [];
    private long _received;
    private long _sent;

    /// <summary>The memory that all processes share; null where there is none.</summary>
    private long* _counters;

    /// <summary>Compares, when the server has ended.</summary>
    /// <param name="isParent">Whether the process that counts connections is another one than that which serves them.</param>
    internal void CheckCounters(bool isParent)
    {
        Require(_counters != null, "there are no counters");
        for (int method = 0; method < Metrics.MethodCount; method++)
        {
            for (int i = 0; i < Metrics.Classes; i++)
            {
                long counted = _counters[Metrics.Requests + method * Metrics.Classes + i];
                int answered = _accepted.Sum(client => client.Counts[method, 2 + i]);
                Require(counted == answered, $"{counted} responses of {2 + i}xx for {(HttpMethod)method} are counted, and there are {answered}");
            }
        }

        long timed = Enumerable.Range(0, Metrics.BoundCount + 1).Sum(bucket => _counters[Metrics.Durations + bucket]);
        Require(timed == _accepted.Sum(client => client.Answers), $"of {timed} requests there is a duration");
        Equal(Counted.BytesReceived, _received);
        Equal(Counted.BytesSent, _sent);
        int turnedAway = _accepted.Count(client => client.IsTurnedAway);
        Equal(Counted.TurnedAway, turnedAway);
        if (!isParent)
        {
            Equal(Counted.Accepted, _accepted.Count - turnedAway);
            Equal(Counted.Closed, _accepted.Count - turnedAway);
        }

        void Equal(Counted what, long expected) => Require(_counters[(int)what] == expected, $"{what} is {_counters[(int)what]}, and not {expected}");
    }
}
