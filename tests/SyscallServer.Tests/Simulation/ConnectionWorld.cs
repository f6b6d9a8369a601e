using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A process that serves one HTTP connection at a time on a blocking socket, deterministic from a seed: calls fail, take less than they
/// were given or are interrupted, the process gets no CPU for a while, signals come. It knows what the client is owed and how long it
/// may be waited for, and throws where the process does otherwise.
/// </summary>
internal abstract unsafe class ConnectionWorld : SimulatedMachine
{
    internal const int ReadTimeout = 10;
    internal const int IdleTimeout = 60;
    internal const int WriteTimeout = 30;

    /// <summary>Milliseconds for the first byte where the process is to end; and for the client's end behind the last answer.</summary>
    private const int LastChance = 1000;
    private const int LongestLinger = 2000;

    /// <summary>
    /// How long an idle client may stay, and its process must have looked again after it has found others waiting; at the latest and at the earliest.
    /// </summary>
    private const int Grace = 1000;
    private const int LongestPause = 300;
    private const int ShortestPause = 10;

    /// <summary>Calls that may follow each other without a byte, an event or time between them.</summary>
    private const int MaxCallsWithoutProgress = 40;

    private protected const int Signals = 4;
    private const int ENOTCONN = 107;
    private protected const long Never = long.MaxValue;

    private readonly IReadOnlyList<SimulatedClient.Exchange> _exchanges;
    private readonly PriorityQueue<int, long> _signalsToCome = new();
    private readonly Queue<int> _pendingSignals = new();

    // The connection that is served.
    private SimulatedClient? _client;
    private int _connection;
    private bool _endWasRead;

    /// <summary>How many bytes its client had sent when a signal came: what is sent later is owed nothing.</summary>
    private int _sentAtStop;

    /// <summary>How many requests had been read when the signal was: what is answered later is answered for the last time.</summary>
    private int _completeAtStop;

    /// <summary>When the process may give up waiting for the client at the earliest, and when it must have.</summary>
    private long _notBefore;
    private long _notAfter;

    /// <summary>Since when the client has asked for nothing; when others were found waiting; and how much later than that its wait may have begun, for want of CPU or for a signal.</summary>
    private long _idleSince;
    private long _othersFound = Never;
    private long _stalled;

    /// <summary>Whether the connection is set to wait, fcntl(2); and whether a call has waited in vain although there is room by now.</summary>
    private bool _isBlocking;
    private bool _mustLookAgain;

    /// <summary>Whether nothing was read yet.</summary>
    private bool _mayFindNothing;

    [ThreadStatic]
    internal static ConnectionWorld? Current;

    /// <summary>What all processes of a thread get for their memory.</summary>
    [ThreadStatic]
    private static byte* s_memory;

    private const int MaxMemory = 1 << 17;
    private const int Guard = 256;

    private protected ConnectionWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges, Coverage coverage, int? drainDelay)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        _exchanges = exchanges;
        Coverage = coverage;
        DrainDelay = drainDelay;
        Files = new SimulatedFiles(Random, () => Mishap(), Require);
        Log = new SimulatedLog(Random, () => Mishap(), Require);
    }

    private protected Coverage Coverage { get; }

    internal SimulatedFiles Files { get; }

    internal SimulatedLog Log { get; }

    /// <summary>Whether there is to be an access log.</summary>
    private protected bool LogsAccess { get; set; }

    /// <summary>Seconds that the server goes on when it is told to end; null where it is not made for that.</summary>
    private protected int? DrainDelay { get; }

    /// <summary>Whether the process knows that this delay has begun.</summary>
    private protected bool IsDraining { get; set; }

    /// <summary>Whether the process knows that it is to end.</summary>
    private protected bool IsStopping { get; set; }

    private protected bool HasPendingSignal => _pendingSignals.Count > 0;

    // ---- from the start to the end ----

    /// <summary>Runs the process, with memory that nobody has cleared, and looks at what is behind it.</summary>
    private protected int Run(Func<nint, int> process, int memorySize)
    {
        if (s_memory == null)
        {
            s_memory = (byte*)NativeMemory.Alloc(MaxMemory + Guard);
        }

        new Span<byte>(s_memory, MaxMemory + Guard)[..(memorySize + Guard)].Fill(0xCC);
        Current = this;
        try
        {
            int result = process((nint)s_memory);
            Require(new ReadOnlySpan<byte>(s_memory + memorySize, Guard).IndexOfAnyExcept((byte)0xCC) < 0, "it wrote behind its memory");
            return result;
        }
        finally
        {
            Current = null;
        }
    }

    private protected SimulatedClient NewClient(long at)
    {
        bool takesNothing = HasFaults && Random.Next(20) == 0;
        int capacity = takesNothing || Random.Next(10) == 0 ? Random.Next(1, 300) : Random.Next(4) == 0 ? Random.Next(1000, 60_000) : int.MaxValue;
        bool takesSlowly = !takesNothing && Random.Next(12) == 0;
        return new SimulatedClient(Random, at, HasFaults, _exchanges, Require) { Capacity = takesSlowly ? Random.Next(300, 6000) : capacity, TakesNothing = takesNothing, TakesSlowly = takesSlowly };
    }

    private protected void PlanSignal(int signal, long at) => _signalsToCome.Enqueue(signal, at);

    /// <summary>From now on the client is the one that is served.</summary>
    private protected void Begin(int connection, SimulatedClient client)
    {
        _connection = connection;
        _client = client;
        _sentAtStop = IsStopPending ? client.SentBytes : int.MaxValue;
        _completeAtStop = IsStopping || IsDraining ? 0 : int.MaxValue;
        _endWasRead = false;
        _isBlocking = true;
        _mustLookAgain = false;
        _mayFindNothing = true;
        _timeout = IsStopping ? LastChance : ReadTimeout * 1000;
        _othersFound = Never;
        Log.Begin();
        WaitFor(IsStopping ? LastChance : ReadTimeout * 1000);
    }

    /// <summary>The connection is closed: whether the client has got what it was owed, and whether there was a reason to leave it.</summary>
    private protected void End()
    {
        SimulatedClient client = _client!;
        client.Close();
        bool isOver = Now >= _notBefore;
        if (!client.HasReset && !client.IsBroken)
        {
            if (client.IsClosed)
            {
                Require(client.WasShutDown || client.IsOver, "it says that it closes, and does not end its side");
                Require(_endWasRead || isOver || client.IsOver, "the client has not taken its last answer yet");
            }
            else
            {
                Require(!client.IsInRequest, "it leaves a client in the middle of a request");
                Require(client.Answers <= _completeAtStop, "it did not say that this answer was the last");
                Require(_endWasRead || client.MayHaveTimedOut || client.MayGiveWay || _sentAtStop != int.MaxValue, "it leaves a client for no reason");
            }

            Require(!_mustLookAgain, "it leaves a client that takes bytes");
        }

        Files.CheckEnd();
        Coverage.Add("gave way", client.MayGiveWay && !client.MayHaveTimedOut && !_endWasRead && !client.IsClosed ? 1 : 0);
        int owed = client.MayHaveTimedOut || client.MayGiveWay ? 0 : client.CompleteBy(Math.Min(client.SentBytes, _sentAtStop));
        Coverage.Add("answers", client.CheckAnswers(Now / 1000, owed, mayBeCut: false));
        if (!Log.IsGivenUp)
        {
            client.CheckLog(Log.LinesOf(_connection), LogsAccess);
        }

        Coverage.Add("gave up the log", Log.IsGivenUp ? 1 : 0);
        Coverage.Add("answers with status " + client.LastStatus, client.LastStatus is 400 or 408 ? 1 : 0);
        Coverage.Add("timed out", client.MayHaveTimedOut && !client.IsClosed ? 1 : 0);
        Coverage.Add("closed without waiting", client.IsOver && !client.WasShutDown ? 1 : 0);
        Coverage.Add("reset", client.HasReset ? 1 : 0);
        Coverage.Add("answered after the signal", client.IsClosed && client.Answers > _completeAtStop ? 1 : 0);
        _client = null;
    }

    // ---- the calls ----

    internal nint Poll(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({descriptors[0].fd}, {descriptors[^1].fd}, {timeout})");
        SimulatedClient client = Find(descriptors[0].fd);
        Require(descriptors.Length == 1 || descriptors[1].fd == Signals, "an unknown descriptor");
        bool looksAtOthers = descriptors.Length == 3 && IsOfOthers(descriptors[2].fd);
        Require(descriptors.Length <= 2 || looksAtOthers, "an unknown descriptor");
        Require(timeout >= 0, "a wait without a bound");
        Require(!client.MayGiveWay, "it does not give way to others");
        Require(timeout == 0 || Now + timeout <= _notAfter, "the connection outlives its timeout");
        Require(!looksAtOthers || (!client.IsInRequest && !IsStopping && Now >= _idleSince + Grace), "a client would give way that has only just been answered, or is in a request");
        Require(
            looksAtOthers || !HaveOthersWaitedSince(_idleSince + Grace, out long since) || client.IsInRequest || client.IsInBlankLines || client.WasShutDown || IsStopping
                || Now + timeout <= since + LongestPause + _stalled,
            "an idle client keeps others waiting");
        if (Fails(out nint error, [Errno.EINTR]))
        {
            AdvanceTo(Now + Random.Next(timeout + 1));
            WaitAnew(timeout);
            return Answer(error);
        }

        long until = Now + timeout;
        while (true)
        {
            int ready = 0;
            foreach (ref pollfd descriptor in descriptors)
            {
                Require(descriptor.revents == 0 && descriptor.events == Linux.POLLIN, "revents is not cleared, or it waits for something else");
                bool isReady = descriptor.fd == Signals ? HasPendingSignal : descriptor.fd == descriptors[0].fd ? client.IsReadable : HasPendingSignal || HaveOthersWaitedSince(Never, out _);
                descriptor.revents = isReady ? Linux.POLLIN : (short)0;
                ready += isReady ? 1 : 0;
            }

            if (ready > 0)
            {
                _timeout = timeout;
                bool isOfOthers = looksAtOthers && ready == 1 && descriptors[2].revents != 0;
                client.MayGiveWay |= isOfOthers && _othersFound != Never && Now >= _othersFound + ShortestPause;
                _othersFound = !isOfOthers ? Never : _othersFound == Never ? Now : _othersFound;
                return Answer(ready);
            }

            _othersFound = descriptors.Length == 2 ? _othersFound : Never;

            Require(timeout == 0 || client.WasShutDown || client.IsAnswered, "it waits, and a request that it has read is not answered");
            if (NextAt > until)
            {
                AdvanceTo(until);
                Note($"-- {timeout} ms are over");
                client.MayHaveTimedOut |= Now >= _notBefore;
                return Answer(0);
            }

            AdvanceTo(NextAt);
        }
    }

    /// <summary>Reads what is there: a connection may be read from once without a look whether something is.</summary>
    internal nint Receive(int fd, Span<byte> buffer, int flags)
    {
        Require(flags == (_mayFindNothing ? Linux.MSG_DONTWAIT : 0), "it reads without a look whether there is anything, or does not wait for what it knows to be there");
        _mayFindNothing = false;
        if (flags != 0)
        {
            Enter($"recvfrom({fd}, {flags})");
        }

        return flags != 0 && !Find(fd).IsReadable ? Answer(-Errno.EAGAIN) : Read(fd, buffer);
    }

    internal nint Read(int fd, Span<byte> buffer)
    {
        Enter($"read({fd}, {buffer.Length})");
        Require(buffer.Length > 0, "a read of nothing");
        if (fd == Signals)
        {
            return Answer(ReadSignal(buffer));
        }

        SimulatedClient client = Find(fd);
        Require(!_endWasRead || client.WasShutDown, "a read behind the end");
        Require(!client.IsBroken, "a read after a call that failed");
        if (Fails(out nint error, [Errno.EINTR, Errno.EINTR, Errno.ECONNRESET, Errno.ETIMEDOUT]))
        {
            client.IsBroken = error != -Errno.EINTR;
            if (!client.IsBroken)
            {
                WaitAnew(_timeout); // which ends at once, for there is something to be read
            }

            return Answer(error);
        }

        if (client.HasReset)
        {
            return Answer(-Errno.ECONNRESET);
        }

        Require(client.IsReadable, "a read that waits");
        int count = Math.Min(buffer.Length, client.Unread);
        count = count > 1 && Mishap() ? Random.Next(1, count) : count;
        _endWasRead = count == 0;
        if (count > 0)
        {
            int before = client.ReadBytes;
            bool wasInBlankLines = client.IsInBlankLines;
            client.Read(buffer[..count], Now / 1000);
            Progress();
            if (!client.WasShutDown)
            {
                WaitForMore(client, before, wasInBlankLines);
            }
        }

        return Answer(count);
    }

    private nint ReadSignal(Span<byte> buffer)
    {
        Require(buffer.Length == sizeof(signalfd_siginfo), "the signals");
        if (Fails(out nint error, [Errno.EAGAIN]) || !_pendingSignals.TryDequeue(out int signal))
        {
            WaitAnew(_timeout);
            return -Errno.EAGAIN;
        }

        buffer.Clear();
        buffer[0] = (byte)signal;
        if (!IsStop(signal))
        {
            WaitAnew(_timeout);
            if (IsEnd(signal) && !IsDraining && !IsStopping)
            {
                IsDraining = true;
                _completeAtStop = _client is null ? 0 : _client.CompleteBy(_client.ReadBytes);
                Coverage.Add("drained");
            }
        }
        else if (!IsStopping)
        {
            IsStopping = true;
            _completeAtStop = Math.Min(_completeAtStop, _client is null ? 0 : _client.CompleteBy(_client.ReadBytes));
            GiveLastChance();
            Coverage.Add(_client is null ? "stopped between two connections" : _client.IsInRequest ? "stopped in a request" : "stopped between two requests");
        }

        else
        {
            WaitAnew(LastChance);
        }

        return buffer.Length;
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        Enter($"write({fd}, {bytes.Length})");
        SimulatedClient client = Find(fd);
        Require(bytes.Length > 0, "a write of nothing");
        Require(!client.WasShutDown, "a write after the end");
        Require(!client.IsBroken, "a write after one that failed");
        nint error = -Errno.EPIPE;
        if (client.HasReset || Fails(out error, [Errno.EINTR, Errno.EPIPE, Errno.ECONNRESET]))
        {
            client.IsBroken = error != -Errno.EINTR;
            return Answer(error);
        }

        int wanted = Mishap(4) ? Random.Next(1, bytes.Length + 1) : bytes.Length;
        int count = 0;
        long until = _isBlocking ? Now + WriteTimeout * 1000 : Now;
        bool wasFull = client.Room == 0;
        Require(_isBlocking || _mustLookAgain, "a write that does not wait, although none has waited in vain");
        _mustLookAgain = false;
        while (true)
        {
            // A call that finds the buffer full is woken when a third of it is free.
            bool sleeps = _isBlocking && wasFull && count == 0 && client.Room < client.Capacity / 3;
            int taken = sleeps ? 0 : Math.Min(wanted - count, client.Room);
            client.Write(bytes.Slice(count, taken), Now);
            count += taken;
            if (count == wanted || client.HasReset || Now == until)
            {
                break;
            }

            AdvanceTo(Math.Min(until, NextAt)); // the call waits for the client to take more
        }

        Progress();
        if (count == 0)
        {
            _mustLookAgain = _isBlocking && !client.HasReset;
            client.IsBroken = !_mustLookAgain;
            Coverage.Add("timed out while taking", client.HasReset || _isBlocking ? 0 : 1);
            Coverage.Add("timed out, and has room", _mustLookAgain && client.Room > 0 ? 1 : 0);
            return Answer(client.HasReset ? -Errno.ECONNRESET : -Errno.EAGAIN);
        }

        _notAfter = Now + Patience(client);
        _idleSince = Now;
        _stalled = 0;
        return Answer(count);
    }

    internal nint SetFlags(int fd, int operation, nint flags)
    {
        Enter($"fcntl({fd}, {operation}, {flags})");
        Find(fd);
        Require(operation == Linux.F_SETFL && flags is 0 or Linux.O_NONBLOCK && _isBlocking == (flags != 0), "it sets what is set");
        Require(_mustLookAgain || !_isBlocking, "it does not wait, although nothing has failed");
        _isBlocking = flags == 0;
        Progress();
        return Answer(0);
    }

    internal nint OpenFile(int folder, byte* path, in open_how how)
    {
        Note($"openat2({Marshal.PtrToStringUTF8((nint)path)})");
        return Of(Files.Open(folder, path, how));
    }

    internal nint FileStatus(int fd, stat* status)
    {
        Note($"fstat({fd})");
        return Of(Files.Status(fd, status));
    }

    internal nint SendFile(int fd, int file, ref long offset, nuint count)
    {
        Enter($"sendfile({fd}, {file}, {offset}, {count})");
        ReadOnlySpan<byte> bytes = Files.Read(file, offset, count);
        if (bytes.IsEmpty)
        {
            Note($"   the file has become shorter");
            Find(fd).IsBroken = true; // what was said of the length cannot be kept
            Coverage.Add("became shorter");
            return 0;
        }

        nint result = Write(fd, bytes);
        offset += Math.Max(result, 0);
        return result;
    }

    /// <summary>What a call concerning a file has returned.</summary>
    internal nint Of(nint result)
    {
        Enter($"on a file");
        if (result >= 0)
        {
            Progress();
        }

        return Answer(result);
    }

    /// <summary>A write to standard output.</summary>
    internal nint WriteLog(ReadOnlySpan<byte> bytes)
    {
        Enter($"write({SimulatedLog.StandardOutput}, {bytes.Length})");
        Require(LogsAccess, "a log that nobody wants");
        Progress();
        return Answer(Log.Write(bytes));
    }

    /// <summary>A wait for standard output and the signals, or for standard error.</summary>
    internal nint PollLog(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({descriptors[0].fd}, {timeout})");
        if (Log.TryPollError(ref descriptors[0], timeout, out nint result))
        {
            return Answer(result);
        }

        Log.CheckPoll(descriptors, timeout, Signals, isEnding: IsStopping || (HasPendingSignal && descriptors.Length == 1));
        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        long before = Now;
        long until = timeout < 0 ? Never : Now + timeout;
        while (true)
        {
            int ready = Log.Poll(ref descriptors[0], Now) ? 1 : 0;
            if (descriptors.Length == 2 && HasPendingSignal)
            {
                descriptors[1].revents = Linux.POLLIN;
                ready++;
            }

            long next = Math.Min(NextAt, Log.ReadAt);
            if (ready > 0 || next > until || timeout == 0)
            {
                if (ready == 0)
                {
                    AdvanceTo(until);
                    Log.GiveUp();
                }

                _notAfter += Now - before;
                _stalled += Now - before;
                Coverage.Add("waited for a reader of the log", Now > before ? 1 : 0);
                return Answer(ready);
            }

            if (next == Never)
            {
                next = Now + Random.Next(1500);
                PlanSignal(Linux.SIGTERM, next);
            }

            AdvanceTo(Math.Max(Now, next));
        }
    }

    internal bool TryCloseFile(int fd) => Files.TryClose(fd);

    internal nint Shutdown(int fd, int how)
    {
        Enter($"shutdown({fd}, {how})");
        SimulatedClient client = Find(fd);
        Require(how == Linux.SHUT_WR && !client.WasShutDown, "the wrong end");
        client.ShutDown(Now);
        Require(client.IsClosed, "it ends its side without having said so");
        WaitFor(LongestLinger);
        if (client.HasReset || Fails(out _, [ENOTCONN]))
        {
            client.IsBroken = true;
            return Answer(-ENOTCONN);
        }

        return Answer(0);
    }

    internal nint Time(int clock, out timespec time)
    {
        Enter($"clock_gettime({clock})");
        time.tv_sec = Now / 1000;
        time.tv_nsec = Now % 1000 * 1_000_000;
        return Answer(0);
    }

    private SimulatedClient Find(int fd)
    {
        Require(_client is not null && fd == _connection, $"descriptor {fd} is not the connection");
        return _client!;
    }

    // ---- how long the client may be waited for ----

    /// <summary>The timeout of the last wait.</summary>
    private int _timeout;

    private void WaitFor(int milliseconds)
    {
        _idleSince = Now;
        _stalled = 0;
        _notBefore = Now + milliseconds;
        _notAfter = _notBefore;
    }

    /// <summary>A wait that has ended before its time, for what does not concern it, begins anew with the same timeout.</summary>
    private void WaitAnew(int timeout)
    {
        // Where only the beginning of a wait was interrupted, all of it begins anew.
        _notAfter = timeout == Grace && !IsStopping ? Math.Max(_notAfter, _notAfter + Now - _idleSince) : Math.Max(_notAfter, Now + timeout);
        _stalled = Math.Max(_stalled, Now - _idleSince);
        _othersFound = Never;
    }

    private int Patience(SimulatedClient client) => client.IsInRequest ? ReadTimeout * 1000 : IsStopping ? LastChance : IdleTimeout * 1000;

    /// <summary>The process knows now that it is to end.</summary>
    private void GiveLastChance()
    {
        if (_client is { IsInRequest: false } client)
        {
            // Behind empty lines it may take itself to be in a request.
            _notBefore = client.IsInBlankLines ? Math.Min(_notBefore, Now + LastChance) : Now + LastChance;
            _notAfter = client.IsInBlankLines ? Math.Max(_notAfter, Now + LastChance) : Now + LastChance;
        }
    }

    /// <summary>The wait for what comes behind the bytes that were read.</summary>
    private void WaitForMore(SimulatedClient client, int before, bool wasInBlankLines)
    {
        long notBefore = _notBefore;
        if (client.CompleteBy(before) < client.CompleteBy(client.ReadBytes) || client.HasBegun(before))
        {
            WaitFor(Patience(client));
            _notBefore = wasInBlankLines ? Math.Min(_notBefore, notBefore) : _notBefore;
        }
        else if (client.IsInBlankLines && !wasInBlankLines)
        {
            // The first of them may begin a wait, and half an empty line is the beginning of a request; whatever comes behind that moves nothing.
            _notAfter = Math.Max(_notAfter, Now + Patience(client)) + ReadTimeout * 1000;
        }

        if (client.IsInBlankLines)
        {
            // Whether they are the beginning of a request depends on where they were cut.
            _notBefore = Math.Min(_notBefore, Now + (IsStopping ? LastChance : ReadTimeout * 1000));
        }
    }

    // ---- what happens by itself ----

    /// <summary>While the process makes its calls, the world goes on: mostly a little, and sometimes the process gets no CPU for long.</summary>
    private protected override void HappenIn()
    {
        if (Mishap(2))
        {
            long before = Now;
            AdvanceTo(Now + Random.Next(Random.Next(20) == 0 ? 70_000 : 30));
            _notAfter += Now - before;
            _stalled += Now - before;
        }
    }

    /// <summary>Whether this descriptor says that others wait for this process.</summary>
    private protected virtual bool IsOfOthers(int fd) => false;

    /// <summary>Whether others wait for this process.</summary>
    /// <param name="time">A time.</param>
    /// <param name="since">Since when they do, or that time, whichever is later.</param>
    private protected virtual bool HaveOthersWaitedSince(long time, out long since)
    {
        since = Never;
        return false;
    }

    /// <summary>When something happens next that is not the doing of the process.</summary>
    private protected virtual long NextAt => Math.Min(_client?.NextAt ?? Never, _signalsToCome.TryPeek(out _, out long at) ? at : Never);

    private protected void AdvanceTo(long time)
    {
        for (long next = NextAt; next <= time; next = NextAt)
        {
            Now = Math.Max(Now, next);
            Happen(next);
        }

        if (time > Now)
        {
            Note($"-- {time}: {time - Now} ms have passed");
            Now = time;
        }

        Progress();
    }

    /// <summary>The next thing happens.</summary>
    private protected virtual void Happen(long next)
    {
        if (!_signalsToCome.TryPeek(out int signal, out long at) || at > next)
        {
            string what = _client!.Act();
            Note($"-- {Now}: the client {what}: {_client.Unread} unread");
            return;
        }

        _signalsToCome.Dequeue();
        Note($"-- {Now}: signal {signal}");
        if (!_pendingSignals.Contains(signal))
        {
            _pendingSignals.Enqueue(signal);
        }

        if (IsStop(signal))
        {
            _sentAtStop = Math.Min(_sentAtStop, _client?.SentBytes ?? 0);
            Coverage.Add("stopped");
        }
    }

    private static bool IsEnd(int signal) => signal is Linux.SIGTERM or Linux.SIGINT;

    /// <summary>Whether a signal says that nobody is to be waited for any longer. Where there may be a delay before that, the one that ends the delay does; a worker without a client also knows that there is none.</summary>
    private bool IsStop(int signal) => DrainDelay is null ? IsEnd(signal) : signal == Linux.SIGALRM || (IsEnd(signal) && DrainDelay == 0 && _client is null);

    private bool IsStopPending => _pendingSignals.Any(IsStop);
}

/// <summary>The system calls of a process that serves one client at a time, answered by the <see cref="ConnectionWorld"/> of the calling thread.</summary>
internal unsafe struct ConnectionKernel : IKernel
{
    private static ConnectionWorld World => ConnectionWorld.Current!;

    /// <summary>What only a worker calls.</summary>
    private static PreforkWorld Worker => (PreforkWorld)World;

    public static nint read(int fd, void* buf, nuint count) => World.Files.IsFile(fd) ? World.Of(World.Files.ReadFirst(fd, new Span<byte>(buf, (int)count))) : World.Read(fd, new Span<byte>(buf, (int)count));

    public static nint write(int fd, void* buf, nuint count)
    {
        var bytes = new ReadOnlySpan<byte>(buf, (int)count);
        return World.Files.IsFile(fd) ? World.Of(World.Files.Write(fd, bytes))
            : fd == PreforkWorld.StandardError && World.Log.TrySay(Encoding.UTF8.GetString(bytes)) ? (nint)count
            : fd == PreforkWorld.StandardError ? Worker.Say(bytes)
            : fd == SimulatedLog.StandardOutput ? World.WriteLog(bytes)
            : World.Write(fd, bytes);
    }

    public static nint writev(int fd, iovec* iov, int iovcnt) => World.Write(fd, SimulatedMachine.Gather(iov, iovcnt));

    public static nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen) => World.Receive(sockfd, new Span<byte>(buf, (int)len), flags);

    public static nint poll(pollfd* fds, nuint nfds, int timeout)
        => nfds == 0 ? Worker.Pause(timeout)
            : fds->fd is SimulatedLog.StandardOutput or PreforkWorld.StandardError ? World.PollLog(new Span<pollfd>(fds, (int)nfds), timeout)
            : World.Poll(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint fcntl(int fd, int op, nint arg) => World.SetFlags(fd, op, arg);

    public static nint shutdown(int sockfd, int how) => World.Shutdown(sockfd, how);

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, out *tp);

    public static nint epoll_create1(int flags) => Worker.CreateEpoll();

    public static nint epoll_ctl(int epfd, int op, int fd, epoll_event* @event) => Worker.Control(epfd, op, fd, *@event);

    public static nint epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout) => Worker.Wait(epfd, new Span<epoll_event>(events, maxevents), timeout);

    public static nint accept(int sockfd, void* addr, uint* addrlen) => Worker.Accept(sockfd, addr, addrlen);

    public static nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen) => World.Write(sockfd, new ReadOnlySpan<byte>(buf, (int)len));

    public static nint alarm(uint seconds) => Worker.Alarm(seconds);

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size) => World.OpenFile(dirfd, pathname, *how);

    public static nint flock(int fd, int operation) => World.Of(World.Files.Lock(fd, operation));

    public static nint fsync(int fd) => World.Of(World.Files.Synchronize(fd));

    public static nint linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags) => World.Of(World.Files.Link(olddirfd, oldpath, newdirfd, newpath, flags));

    public static nint renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath) => World.Of(World.Files.Rename(olddirfd, oldpath, newdirfd, newpath));

    public static nint unlinkat(int dirfd, byte* pathname, int flags) => World.Of(World.Files.Unlink(dirfd, pathname));

    public static nint fstat(int fd, stat* statbuf) => World.FileStatus(fd, statbuf);

    public static nint sendfile(int out_fd, int in_fd, long* offset, nuint count) => World.SendFile(out_fd, in_fd, ref *offset, count);

    public static nint close(int fd) => World.TryCloseFile(fd) ? 0 : Worker.Close(fd);
}
