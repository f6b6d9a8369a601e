using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Counts what a server does: what a process knows for itself, and where its counters lie. These are in memory that all processes of the server share, a block for each worker, so that a sum over the
/// blocks is that of the server, and what a process has counted outlives it.
/// </summary>
/// <remarks>
/// A worker is the only one that writes to its block. The children of <see cref="Concurrency.Fork"/> and their parent share one, and add to it in one step.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Metrics
{
    // A block: first what Counted has, then these.

    /// <summary>1 as long as the worker lives.</summary>
    internal const int Workers = (int)Counted.WriteTimeouts + 1;

    /// <summary>How many have ended whose place another one took.</summary>
    internal const int Restarts = Workers + 1;

    /// <summary>Microseconds of all requests together.</summary>
    internal const int Duration = Restarts + 1;

    /// <summary>How many requests took so long: a counter for each of <see cref="UpperBounds"/>, and one for all that took longer.</summary>
    internal const int Durations = Duration + 1;

    /// <summary>How many upper bounds there are.</summary>
    internal const int BoundCount = 16;

    /// <summary>How many requests had which response: for each <see cref="HttpMethod"/> those of 2xx, 3xx, 4xx and 5xx.</summary>
    internal const int Requests = Durations + BoundCount + 1;

    /// <summary>How many classes of a status are told apart.</summary>
    internal const int Classes = 4;

    /// <summary>How many methods are told apart.</summary>
    internal const int MethodCount = (int)HttpMethod.Connect + 1;

    /// <summary>Counters of a block, and those that are left of the last of its cache lines, which have eight each: no two workers write to the same one.</summary>
    private const int BlockLength = (Requests + MethodCount * Classes + 7) & -8;

    /// <summary>What is known of a connection until its request is answered.</summary>
    private struct Turn
    {
        /// <summary>When its request began, by <see cref="Clock.Microseconds"/>; 0 where none has.</summary>
        internal long Since;

        internal HttpMethod Method;
    }

    private long* _blocks;
    private int _blockCount;
    private bool _isShared;
    private long* _own;

    /// <summary>Whose turn it is: one of those that lie behind this.</summary>
    private Turn* _turn;

    /// <summary>When this process began with what it answers now; 0 where it has not looked yet. A clock costs a call, so one look is good for all that comes at once.</summary>
    private long _now;

    /// <summary>How many requests that began then are answered by now.</summary>
    private long _answered;

    /// <summary>Reads the clock without a system call; null where there is no such way.</summary>
    private delegate*<int, timespec*, int> _clock;

    /// <summary>Seconds since 1970 at which the server has begun.</summary>
    internal long StartTime;

    /// <summary>Microseconds: from what a response of planned bytes takes to what a person waits for.</summary>
    internal static ReadOnlySpan<int> UpperBounds =>
        [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000];

    /// <summary>Asks for the memory, before the first fork.</summary>
    /// <param name="metrics">What all else needs; null where there is no memory, and the message is written.</param>
    /// <param name="clock">Reads the clock as clock_gettime(2) does; null for that.</param>
    /// <param name="blocks">How many processes have a block of their own: the workers, or one.</param>
    /// <param name="isShared">Whether several processes write to one block.</param>
    /// <param name="connections">The most connections that a process has at a time.</param>
    /// <returns>Whether the memory is there.</returns>
    public static bool Open<TKernel, TServer>(out Metrics* metrics, void* clock, int blocks, bool isShared, int connections)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        // One connection more: those that there is no place for.
        nuint own = (nuint)sizeof(Metrics) + (nuint)(connections + 1) * (nuint)sizeof(Turn);
        nint result = TKernel.mmap(null, own, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE, -1, 0);
        metrics = (Metrics*)result;
        if (!Pages.IsError(result))
        {
            result = TKernel.mmap(null, (nuint)(blocks * BlockLength * sizeof(long)), Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED | Linux.MAP_ANONYMOUS, -1, 0);
        }

        if (Pages.IsError(result))
        {
            metrics = null;
            Message.WriteLine<TKernel, TServer>("mmap: !"u8, (int)result);
            return false;
        }

        metrics->_blocks = metrics->_own = (long*)result;
        metrics->_blockCount = blocks;
        metrics->_isShared = isShared;
        metrics->_turn = Turns(metrics);
        metrics->_clock = (delegate*<int, timespec*, int>)clock;
        metrics->StartTime = Clock.UnixSeconds<TKernel>();
        return true;
    }

    private static Turn* Turns(Metrics* metrics) => (Turn*)(metrics + 1);

    // Without memory there is nothing to count: so it is while the JIT is shown the ways of a child.

    /// <summary>Counts what has happened in this process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(Metrics* metrics, Counted what, long amount)
    {
        if (metrics != null)
        {
            Add(metrics, (int)what, amount);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(Metrics* metrics, int counter, long amount)
    {
        long* number = metrics->_own + counter;
        if (metrics->_isShared)
        {
            _ = Interlocked.Add(ref *number, amount);
        }
        else
        {
            *number += amount;
        }
    }

    /// <summary>All that is counted now is of this connection.</summary>
    public static void TurnBegan(Metrics* metrics, int connection)
    {
        if (metrics != null)
        {
            metrics->_turn = Turns(metrics) + connection;
        }
    }

    /// <summary>The connection whose turn it is has asked for nothing yet.</summary>
    public static void ConnectionBegan(Metrics* metrics)
    {
        if (metrics != null)
        {
            *metrics->_turn = default;
        }
    }

    /// <summary>A request has begun, or more of it has come.</summary>
    public static void RequestBegan<TKernel>(Metrics* metrics, HttpMethod method)
        where TKernel : struct, IKernel
    {
        if (metrics != null)
        {
            Turn* turn = metrics->_turn;
            turn->Method = method;
            if (turn->Since == 0)
            {
                turn->Since = Now<TKernel>(metrics);
            }
        }
    }

    /// <summary>A response to it was made.</summary>
    /// <param name="metrics">The instance.</param>
    /// <param name="output">What it was added to.</param>
    /// <param name="start">Where in its buffer it begins.</param>
    public static void ResponseAdded<TKernel>(Metrics* metrics, Output* output, int start)
        where TKernel : struct, IKernel
    {
        if (metrics == null)
        {
            return;
        }

        Turn* turn = metrics->_turn;
        int status = output->Buffer[start + 9] - '2'; // HTTP/1.1 200
        Add(metrics, Requests + (int)turn->Method * Classes + status, 1);
        long now = Now<TKernel>(metrics);
        if (turn->Since == 0 || turn->Since == now)
        {
            metrics->_answered++;
        }
        else
        {
            AddDuration(metrics, now - turn->Since, 1);
        }

        *turn = default;
    }

    /// <summary>What was made in answer to all that came at once is handed to the kernel.</summary>
    public static void BatchEnded<TKernel>(Metrics* metrics)
        where TKernel : struct, IKernel
    {
        if (metrics == null)
        {
            return;
        }

        if (metrics->_answered != 0)
        {
            AddDuration(metrics, Look<TKernel>(metrics) - metrics->_now, metrics->_answered);
            metrics->_answered = 0;
        }

        metrics->_now = 0;
    }

    private static long Now<TKernel>(Metrics* metrics)
        where TKernel : struct, IKernel
    {
        if (metrics->_now == 0)
        {
            metrics->_now = Look<TKernel>(metrics);
        }

        return metrics->_now;
    }

    /// <summary>Looks at the clock.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Look<TKernel>(Metrics* metrics)
        where TKernel : struct, IKernel
    {
        if (metrics->_clock == null)
        {
            return Clock.Microseconds<TKernel>();
        }

        timespec now;
        _ = metrics->_clock(Linux.CLOCK_MONOTONIC, &now);
        return Clock.Microseconds(&now);
    }

    private static void AddDuration(Metrics* metrics, long microseconds, long requests)
    {
        int bucket = 0;
        while (bucket < BoundCount && microseconds > UpperBounds[bucket])
        {
            bucket++;
        }

        Add(metrics, Durations + bucket, requests);
        Add(metrics, Duration, microseconds * requests);
    }

    /// <summary>A worker has begun: this process.</summary>
    public static void WorkerBegan(Metrics* metrics, int worker)
    {
        metrics->_own = metrics->_blocks + worker * BlockLength;
        metrics->_own[Workers] = 1;
    }

    /// <summary>Another worker has ended, and with it its connections; one that is still to begin takes its place.</summary>
    public static void WorkerEnded(Metrics* metrics, int worker)
    {
        long* block = metrics->_blocks + worker * BlockLength;
        block[Workers] = 0;
        block[Restarts]++;
        block[(int)Counted.Closed] = block[(int)Counted.Accepted];
    }

    /// <summary>What all processes have counted.</summary>
    internal static ulong Sum(Metrics* metrics, int counter)
    {
        long sum = 0;
        for (int i = 0; i < metrics->_blockCount; i++)
        {
            sum += metrics->_blocks[i * BlockLength + counter];
        }

        return (ulong)sum;
    }
}
