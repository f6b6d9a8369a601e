using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// Standard output, where a server writes its access log: it may take less than it is given, or nothing for now. Every client has an address, by which its lines are found.
/// </summary>
/// <param name="random">Where its decisions come from.</param>
/// <param name="fails">Whether something goes wrong now.</param>
/// <param name="require">Throws the complaint where the condition is false.</param>
internal sealed unsafe class SimulatedLog(Random random, Func<bool> fails, Action<bool, string> require)
{
    internal const int StandardOutput = 1;

    /// <summary>What write(2) writes to a pipe at once, pipe(7).</summary>
    private const int PipeBuffer = 4096;

    /// <summary>Milliseconds that a server waits for a reader which is to end.</summary>
    private const int LastWait = 1000;

    private const int StandardError = 2;
    private const long Never = long.MaxValue;

    private readonly StringBuilder _text = new();

    /// <summary>Whether the pipe is full, and when somebody reads from it then.</summary>
    private bool _isFull;

    /// <summary>Whether it was said that a page can be written.</summary>
    private bool _isReady;

    /// <summary>Whether standard error takes nothing either, and whether it is still to be said there how many lines are missing.</summary>
    private readonly bool _errorIsFull = random.Next(4) == 0;
    private bool _owesReport;

    /// <summary>When somebody reads what the pipe is full of.</summary>
    internal long ReadAt { get; private set; } = Never;

    /// <summary>Whether the server has not waited any longer for a reader: then lines are missing.</summary>
    internal bool IsGivenUp { get; private set; }

    internal nint Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0; // whether it is there at all
        }

        require(bytes.Length <= PipeBuffer, "lines of several processes may mix");
        require(_isReady, "a write that may wait where no signal is heard");
        _isReady = false;
        if (fails())
        {
            return random.Next(2) == 0 ? -Errno.EAGAIN : -Errno.EINTR;
        }

        int count = fails() ? random.Next(1, bytes.Length + 1) : bytes.Length;
        _text.Append(Encoding.Latin1.GetString(bytes[..count]));
        return count;
    }

    /// <summary>Looks at what is waited for: standard output and, unless the server knows that it is to end, the signals.</summary>
    internal void CheckPoll(ReadOnlySpan<pollfd> descriptors, int timeout, int signals, bool isEnding)
    {
        require(descriptors[0] is { fd: StandardOutput, events: Linux.POLLOUT, revents: 0 }, "another wait");
        require(
            descriptors.Length == 1
                ? isEnding && timeout == (IsWaitedInVain ? 0 : LastWait)
                : !isEnding && timeout == -1 && descriptors.Length == 2 && descriptors[1].fd == signals && descriptors[1] is { events: Linux.POLLIN, revents: 0 },
            "it waits for a reader of the log, and hears no signal");
    }

    /// <summary>Whether standard output takes a page.</summary>
    internal bool Poll(ref pollfd entry, long now)
    {
        if (!_isFull && fails())
        {
            _isFull = true;
            ReadAt = random.Next(3) == 0 ? Never : now + random.Next(random.Next(2) == 0 ? 20 : 5000);
        }

        if (_isFull && now >= ReadAt)
        {
            _isFull = false;
            ReadAt = Never;
        }

        _isReady = !_isFull;
        entry.revents = _isFull ? (short)0 : Linux.POLLOUT;
        IsWaitedInVain &= _isFull;
        return !_isFull;
    }

    /// <summary>The wait for a reader was in vain.</summary>
    internal void GiveUp()
    {
        IsGivenUp = true;
        IsWaitedInVain = true;
        _owesReport = true;
    }

    /// <summary>Whether the last wait was in vain: then the next is none.</summary>
    private bool IsWaitedInVain { get; set; }

    /// <summary>A process has another client, and knows nothing of earlier waits.</summary>
    internal void Begin() => IsWaitedInVain = false;

    /// <summary>Whether a descriptor is that of standard error, which is looked at before it is said how many lines are missing.</summary>
    internal bool TryPollError(ref pollfd entry, int timeout, out nint result)
    {
        bool isError = entry.fd == StandardError;
        if (isError)
        {
            require(IsGivenUp && timeout == 0 && entry is { events: Linux.POLLOUT, revents: 0 }, "a wait for no reason");
            entry.revents = _errorIsFull ? (short)0 : Linux.POLLOUT;
        }

        result = _errorIsFull ? 0 : 1;
        return isError;
    }

    /// <summary>Takes a line on standard error, if it is about the log.</summary>
    internal bool TrySay(string text)
    {
        bool isAboutLog = text.StartsWith("access log: ", StringComparison.Ordinal);
        if (isAboutLog)
        {
            require(_owesReport && !_errorIsFull && int.Parse(text.Split(' ')[2], CultureInfo.InvariantCulture) > 0, "it says that lines are missing, and none are");
            _owesReport = false;
        }

        return isAboutLog;
    }

    /// <summary>The server has ended.</summary>
    internal void CheckEnd() => require(!_owesReport || _errorIsFull, "it does not say that lines are missing");

    /// <summary>The address of a client.</summary>
    internal static nint Name(int client, void* address, uint* length)
    {
        *length = (uint)sizeof(sockaddr_in);
        ((sockaddr_in*)address)->Set(0x0A000000u | (uint)client, 0);
        return 0;
    }

    /// <summary>The lines of a client, without its address.</summary>
    internal IReadOnlyList<string> LinesOf(int client)
    {
        string prefix = $"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255} - - ";
        string text = _text.ToString();
        require(IsGivenUp || text.Length == 0 || text[^1] == '\n', "the log does not end with its last line");
        return text.Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]).ToArray();
    }
}
