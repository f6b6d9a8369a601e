using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;
using Xunit.Sdk;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// What is the same of every simulated world: it is deterministic from a seed, makes calls fail, tells what happened, and throws where
/// the server does what it should not, or does nothing again and again.
/// </summary>
internal abstract class SimulatedMachine
{
    private readonly double _faultRate;
    private readonly int _maxCallsWithoutProgress;
    private readonly List<string>? _trace;
    private int _callsWithoutProgress;

    /// <param name="seed">What decides all that is left to chance.</param>
    /// <param name="faultRate">How likely a call that can fail does.</param>
    /// <param name="maxCallsWithoutProgress">How many calls may follow each other without anything happening in the world.</param>
    /// <param name="isTraced">Whether it keeps what happened, which takes most of a simulation's time: who finds a fault simulates it again.</param>
    protected SimulatedMachine(int seed, double faultRate, int maxCallsWithoutProgress, bool isTraced)
    {
        Random = new Random(seed);
        _faultRate = faultRate;
        _maxCallsWithoutProgress = maxCallsWithoutProgress;
        _trace = isTraced ? [] : null;
    }

    /// <summary>Milliseconds by the clock that no administrator sets.</summary>
    internal long Now { get; private protected set; } = 1_000_000;

    /// <summary>What happened, a line each; the last lines are what a failed test prints.</summary>
    internal IEnumerable<string> Trace => _trace ?? [];

    internal bool IsTraced => _trace is not null;

    private protected Random Random { get; }

    /// <summary>Whether anything is to go wrong at all.</summary>
    private protected bool HasFaults => _faultRate > 0;

    private protected bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>Something that is as likely as a fault, or so many times as likely.</summary>
    private protected bool Mishap(double times = 1) => _faultRate > 0 && Random.NextDouble() < _faultRate * times;

    /// <summary>A system call begins.</summary>
    private protected void Enter([InterpolatedStringHandlerArgument("")] ref TraceLine call)
    {
        Note(ref call);
        Require(++_callsWithoutProgress <= _maxCallsWithoutProgress, "it spins");
        HappenIn();
    }

    /// <summary>While a call is made, something else may happen.</summary>
    private protected virtual void HappenIn()
    {
    }

    /// <summary>Something has happened in the world.</summary>
    private protected void Note([InterpolatedStringHandlerArgument("")] ref TraceLine line)
    {
        if (_trace is not null)
        {
            _trace.Add(line.ToString());
        }
    }

    /// <summary>The server has got on.</summary>
    private protected void Progress() => _callsWithoutProgress = 0;

    /// <summary>What writev(2) is given.</summary>
    internal static unsafe byte[] Gather(iovec* vectors, int count)
    {
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += (int)vectors[i].iov_len;
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        for (int i = 0, at = 0; i < count; at += (int)vectors[i].iov_len, i++)
        {
            new ReadOnlySpan<byte>(vectors[i].iov_base, (int)vectors[i].iov_len).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    private protected bool Fails(out nint error, ReadOnlySpan<int> errors)
    {
        error = Mishap() ? -errors[Random.Next(errors.Length)] : 0;
        if (error != 0)
        {
            Note($"   = {error}, injected");
        }

        return error != 0;
    }

    private protected nint Answer(nint result)
    {
        Note($"   = {result}");
        return result;
    }

    private protected void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            Complain(complaint);
        }
    }

    private protected void Require(bool condition, [InterpolatedStringHandlerArgument("condition")] ref Complaint complaint)
    {
        if (!condition)
        {
            Complain(complaint.ToString());
        }
    }

    private protected void Complain(string complaint)
        => throw new XunitException($"{complaint}\n{string.Join('\n', Trace.TakeLast(200))}");
}

/// <summary>A line of a trace, which is put together only where the machine keeps one.</summary>
[InterpolatedStringHandler]
internal ref struct TraceLine
{
    private DefaultInterpolatedStringHandler _text;

    public TraceLine(int literalLength, int formattedCount, SimulatedMachine machine, out bool isWanted)
    {
        isWanted = machine.IsTraced;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    public override string ToString() => _text.ToStringAndClear();
}

/// <summary>A complaint, which is put together only where there is one.</summary>
[InterpolatedStringHandler]
internal ref struct Complaint
{
    private DefaultInterpolatedStringHandler _text;

    public Complaint(int literalLength, int formattedCount, bool condition, out bool isWanted)
    {
        isWanted = !condition;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    public override string ToString() => _text.ToStringAndClear();
}
