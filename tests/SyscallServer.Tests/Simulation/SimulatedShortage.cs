using System;

namespace SyscallServer.Tests.Simulation;

/// <summary>What is said about shortages: a line for the first failure, and the next one for the first that comes a minute later.</summary>
/// <param name="require">Throws the complaint where the condition is false.</param>
internal sealed class SimulatedShortage(Action<bool, string> require)
{
    private const long Minute = 60_000;

    /// <summary>The server's clock for this counts seconds.</summary>
    private const long Second = 1000;

    private long _failedAt;

    /// <summary>When there may be another line at the earliest, and from when on one is owed.</summary>
    private long _notBefore;
    private long _owedFrom;
    private bool _isOwed;
    private int _failures;

    /// <summary>Whether the last failure was said.</summary>
    private bool _isSaid;

    /// <summary>A call has failed for a shortage.</summary>
    internal void Fail(long now)
    {
        _failedAt = now;
        _failures++;
        _isSaid = false;
        _isOwed |= now >= _owedFrom;
    }

    /// <summary>Takes a line, if it is about a shortage: that there is one, or how often something was tried.</summary>
    /// <param name="text">The line.</param>
    /// <param name="call">What failed.</param>
    /// <param name="now">The time.</param>
    internal bool TrySay(string text, string call, long now)
    {
        const string howOften = "retried ";
        if (text.StartsWith(howOften, StringComparison.Ordinal))
        {
            require(_isSaid && text == $"{howOften}{_failures} times so far\n", "another number");
            return true;
        }

        bool isAbout = text.StartsWith($"retrying {call}: ", StringComparison.Ordinal);
        if (isAbout)
        {
            Say(now);
        }

        return isAbout;
    }

    private void Say(long now)
    {
        _isSaid = true;
        require(now >= _notBefore, "two lines about shortages within a minute");
        _notBefore = _failedAt + Minute - Second;
        _owedFrom = now + Minute;
        _isOwed = false;
    }

    /// <summary>The server does something about it, and must have said so.</summary>
    internal void CheckSaid() => require(!_isOwed, "a shortage is not reported");
}
