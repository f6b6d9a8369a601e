using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A machine with one event loop on it and several clients, deterministic from a seed: they come, send, dawdle and go while the loop makes its
/// calls, which fail, take less than they were given or are interrupted; descriptors, places and buffers run out; the loop
/// gets no CPU for a while; somebody sets the clock; SIGTERM comes. It knows what each connection is owed and how long it may
/// last, and throws where the loop does otherwise.
/// </summary>
internal sealed unsafe class LoopWorld : SimulatedMachine
{
    internal const int MaxConnections = 6;
    internal const int ReadTimeout = 10;
    internal const int IdleTimeout = 60;
    internal const int WriteTimeout = 30;
    internal const int GracePeriod = 8;

    private const int LongestLinger = 1;

    /// <summary>How much earlier, in milliseconds, a worker with a log ends than its supervisor kills it.</summary>
    private const int Moment = 200;

    /// <summary>How much later than its timeout, in milliseconds, a connection may be closed: the loop's clock ticks once a second, and the end of the server sets it anew.</summary>
    private const int Slack = 2000;

    /// <summary>Calls that may follow each other without a byte, an event or time between them.</summary>
    private const int MaxCallsWithoutProgress = 100;

    private const int StandardError = 2;
    private const int Signals = 3;
    private const int FirstListener = 4;
    private const int ENOSPC = 28;
    private const int EIO = 5;
    private const int ENOTCONN = 107;
    private const int EEXIST = 17;
    private const uint EPOLLERR = 8;
    private const uint EPOLLHUP = 16;
    private const long Never = long.MaxValue;

    private readonly Descriptor?[] _descriptors = new Descriptor?[40];
    private readonly List<Connection> _connections = [];
    private readonly bool _isAlone;
    private readonly int _hardDescriptorLimit;
    private int _descriptorLimit;

    // Clients that will come, in that order; that wait to be accepted; and that were accepted and do things.
    private readonly Queue<(long At, SimulatedClient Client)> _toCome = new();
    /// <summary>What is random of the listeners.</summary>
    private readonly Random _listening;
    private readonly Listener[] _listeners;

    /// <summary>Whether the listeners were passed by somebody who goes on to hold them.</summary>
    private readonly bool _arePassed;

    private long _timerAt = Never;

    /// <summary>Whether somebody has set the clock since the timer was set, which it has not said yet.</summary>
    private bool _clockIsSet;

    internal SimulatedFiles Files { get; }

    internal SimulatedLog Log { get; }

    /// <summary>Whether there is to be an access log; and those whose lines are to be in it.</summary>
    private bool _logsAccess;
    private readonly List<Connection> _all = [];

    private readonly Queue<int> _pendingSignals = new();
    private readonly PriorityQueue<int, long> _signalsToCome = new();

    /// <summary>Seconds that the server goes on when it is told to end, or null where it is not made for that; when it has begun to, and whether nobody would tell it that they are over.</summary>
    private readonly int? _drainDelay;
    private long _drainReadAt = Never;
    private bool _owesAlarm;

    private long _stopReadAt = Never;
    private long _mustEndBy = Never;
    private bool _secondSignalRead;
    private string? _fatal;

    /// <summary>Seconds since 1970, less those of the other clock; and the second that the loop could know at its last tick.</summary>
    private long _clockOffset = 700_000;
    private long _earliestSecond;
    private long _latestSecond;

    /// <summary>Whether accept4 has failed for a shortage since the last wait, so that a connection may have to give way; and whether it was said.</summary>
    private bool _isShort;
    private readonly SimulatedShortage _shortage;

    /// <summary>When it last tried to accept in vain, where it is not waiting for clients.</summary>
    private long _restsSince;

    private byte* _memory;
    private int _memorySize;

    [ThreadStatic]
    internal static LoopWorld? Current;

    /// <summary>The memory that all loops of a thread get from mmap.</summary>
    [ThreadStatic]
    private static byte* s_memory;

    private const int MaxMemory = 1 << 20;
    private const int Guard = 4096;

    internal LoopWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges, Coverage coverage, int? drainDelay = null)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        Coverage = coverage;
        _drainDelay = drainDelay;
        Files = new SimulatedFiles(Random, () => Mishap(), Require);
        Log = new SimulatedLog(Random, () => Mishap(), Require);
        _shortage = new SimulatedShortage(Require);
        for (int i = 0; i < 3; i++)
        {
            _descriptors[i] = new Descriptor(Kind.Standard);
        }

        _listening = new Random(seed);
        _listeners = new Listener[_listening.Next(3) == 0 ? _listening.Next(2, 4) : 1];
        for (int i = 0; i < _listeners.Length; i++)
        {
            _descriptors[FirstListener + i] = _listeners[i] = new Listener(isShared: _listening.Next(3) == 0);
        }

        _arePassed = _listening.Next(6) == 0;
        _descriptors[Signals] = new Descriptor(Kind.Signals);
        _isAlone = Random.Next(2) == 0;

        // Few may mean too few for the places; the soft limit may be raised.
        _hardDescriptorLimit = Random.Next(4) == 0 ? 8 + Random.Next(7) : _descriptors.Length;
        _descriptorLimit = Math.Min(_hardDescriptorLimit, 8 + Random.Next(12));

        bool isFlooded = faultRate > 0 && Random.Next(16) == 0;
        int clients = isFlooded ? Random.Next(30, 60) : Random.Next(8) == 0 ? Random.Next(10, 25) : Random.Next(1, 5);
        int longestPause = isFlooded ? 50 : Random.Next(3) switch { 0 => 5, 1 => 500, _ => 5000 };
        long at = Now;
        while (clients-- > 0)
        {
            at += Random.Next(longestPause);
            int capacity = Random.Next(10) switch { 0 or 1 => Random.Next(1, 300), 2 or 3 or 4 => Random.Next(1000, 60_000), _ => int.MaxValue };
            bool takesSlowly = !isFlooded && Random.Next(24) == 0;
            _toCome.Enqueue((at, new SimulatedClient(Random, at, faultRate > 0, exchanges, Require, breaksOff: isFlooded && clients > 3) { Capacity = takesSlowly ? Random.Next(300, 6000) : capacity, TakesSlowly = takesSlowly }));
        }

        if (Random.Next(3) == 0)
        {
            PlanEnd(Now + Random.Next(Random.Next(2) == 0 ? 8000 : 200));
        }
    }

    private enum Kind
    {
        Standard,
        Listener,
        Signals,
        Epoll,
        Timer,
        Connection,
    }

    private class Descriptor(Kind kind)
    {
        internal Kind Kind => kind;

        /// <summary>Whether it is in the epoll set, for which events and under which name.</summary>
        internal bool IsWatched { get; set; }

        internal uint Events { get; set; }

        internal ulong Data { get; set; }
    }

    private sealed class Listener(bool isShared) : Descriptor(Kind.Listener)
    {
        /// <summary>Whether other processes accept from it, too.</summary>
        internal bool IsShared => isShared;

        internal bool IsOpen { get; set; } = true;

        internal Queue<SimulatedClient> Backlog { get; } = new();
    }

    private sealed class Connection(SimulatedClient client) : Descriptor(Kind.Connection)
    {
        internal SimulatedClient Client => client;

        /// <summary>When the loop may give up waiting at the earliest, and when it must have.</summary>
        internal long NotBefore { get; set; }

        internal long NotAfter { get; set; }

        /// <summary>How many bytes the client had sent when the loop was told last what there is.</summary>
        internal int SentAtWait { get; set; }

        /// <summary>How many requests had been read when the signal was: what is answered later is answered for the last time.</summary>
        internal int CompleteAtStop { get; set; } = int.MaxValue;

        /// <summary>Whether the loop has read the client's end.</summary>
        internal bool EndWasRead { get; set; }

        /// <summary>Whether the loop has read from it, or tried to; and whether that was for want of a place.</summary>
        internal bool WasRead { get; set; }

        internal bool IsTurnedAway { get; set; }

        /// <summary>Whether it could not be watched.</summary>
        internal bool WatchFailed { get; set; }

        /// <summary>Whether the last write was taken in part.</summary>
        internal bool WasTakenInPart { get; set; }

        internal bool IsWriting => (Events & Linux.EPOLLOUT) != 0;
    }

    private Coverage Coverage { get; }

    private long Second => Now / 1000 + _clockOffset;

    // ---- from the start to the end ----

    /// <summary>Runs the loop until it ends, and looks at what it leaves behind.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="logsAccess">Whether it is to write an access log.</param>
    internal void Run(delegate*<Endpoints*, int, int, bool, int> loop, bool logsAccess = false)
    {
        _logsAccess = logsAccess;
        if (s_memory == null)
        {
            s_memory = (byte*)NativeMemory.AlignedAlloc(MaxMemory + Guard, Guard);
        }

        _memory = s_memory;
        _latestSecond = Second;
        Current = this;
        try
        {
            Endpoints endpoints = default;
            endpoints.Set("127.0.0.1:1\0127.0.0.1:2\0127.0.0.1:3\0"u8);
            endpoints.Count = _listeners.Length;
            endpoints.ArePassed = _arePassed;
            endpoints.Options.IsObserved = _logsAccess;
            endpoints.Options.DrainDelay = (byte)(_drainDelay ?? 0);
            for (int i = 0; i < _listeners.Length; i++)
            {
                endpoints.First[i].Descriptor = FirstListener + i;
                endpoints.First[i].IsShared = _listeners[i].IsShared;
            }

            CheckEnd(loop(&endpoints, Signals, 1, _isAlone));
        }
        finally
        {
            Current = null;
        }
    }

    private void CheckEnd(int exitCode)
    {
        Note($"ended with {exitCode}");
        Require(exitCode == (_fatal is null ? 0 : 1), $"exit code {exitCode}, although {_fatal ?? "nothing failed for good"}");
        Require(new ReadOnlySpan<byte>(_memory + _memorySize, Guard).IndexOfAnyExcept((byte)0xCC) < 0 || _memorySize == 0, "it wrote behind its memory");
        long early = _logsAccess && !_isAlone ? Moment : 0;
        bool graceIsOver = _secondSignalRead || (_stopReadAt != Never && Now >= _stopReadAt + GracePeriod * 1000 - early);
        Require(_connections.Count == 0 || graceIsOver || _fatal is not null, "connections are left open");
        if (_connections.Count == 0)
        {
            Files.CheckEnd();
        }

        Require(_fatal is not null || _stopReadAt != Never, "nobody asked it to end");
        foreach (Connection connection in _connections)
        {
            connection.Client.MayHaveTimedOut |= Now >= connection.NotBefore;
            connection.Client.CheckAnswers(_latestSecond, owed: 0, mayBeCut: true);
        }

        Log.CheckEnd();
        for (int i = 0; i < _all.Count && !Log.IsGivenUp; i++)
        {
            _all[i].Client.CheckLog(Log.LinesOf(i), _logsAccess);
        }

        Coverage.Add("ended with open connections", _connections.Count > 0 ? 1 : 0);
        Coverage.Add("failed", exitCode);
    }

    // ---- the calls of the start ----

    internal nint Map(void* address, nuint length, int protection, int flags, int fd)
    {
        Enter($"mmap({length})");
        if ((flags & Linux.MAP_FIXED) != 0)
        {
            return TakeAway((byte*)address, (int)length, protection);
        }

        Require(protection == (Linux.PROT_READ | Linux.PROT_WRITE) && (flags & Linux.MAP_ANONYMOUS) != 0 && fd == -1 && length <= MaxMemory, "memory of its own");
        Require(_memorySize == 0, "memory is asked for once");
        if (Fails(out nint error, [Errno.ENOMEM]))
        {
            return Fatal("mmap", error);
        }

        _memorySize = (int)length;
        Assert.Equal(0, MemoryProtect(_memory, MaxMemory, Linux.PROT_READ | Linux.PROT_WRITE)); // what an earlier loop has had
        new Span<byte>(_memory, _memorySize).Clear();
        new Span<byte>(_memory + _memorySize, Guard).Fill(0xCC);
        return (nint)_memory;
    }

    /// <summary>Pages whose content is forgotten: whoever reads there finds zeros.</summary>
    internal nint Advise(byte* pages, int length, int advice)
    {
        Enter($"madvise({length}, {advice})");
        Require(advice == Linux.MADV_DONTNEED && pages >= _memory && pages + length <= _memory + _memorySize && (pages - _memory) % Guard == 0 && length % Guard == 0, "pages of its own are given back");
        new Span<byte>(pages, length).Clear();
        Coverage.Add("gave memory back");
        return Answer(0);
    }

    /// <summary>A page within the memory that must not be touched any more: whoever does ends the test run.</summary>
    private nint TakeAway(byte* page, int length, int protection)
    {
        Require(_memorySize != 0 && page >= _memory && page + length <= _memory + _memorySize && protection == Linux.PROT_NONE, "a page of its own memory is taken away");
        if (Fails(out nint error, [Errno.ENOMEM]))
        {
            return Fatal("mmap", error);
        }

        Assert.Equal(0, MemoryProtect(page, (nuint)length, protection));
        return (nint)page;
    }

    /// <summary>mprotect(2), by its address: the compiler of planted faults runs no generator for the interop of .NET.</summary>
    private static readonly delegate* unmanaged<byte*, nuint, int, int> MemoryProtect = (delegate* unmanaged<byte*, nuint, int, int>)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "mprotect");

    internal nint Limit(int resource, rlimit* newLimit, rlimit* oldLimit)
    {
        Enter($"prlimit64({resource}, {(newLimit is null ? 0 : newLimit->rlim_cur)})");
        Require(resource == Linux.RLIMIT_NOFILE, "the limit of descriptors");
        if (Fails(out nint error, [Errno.EPERM]))
        {
            return Answer(error);
        }

        if (oldLimit is not null)
        {
            oldLimit->rlim_cur = (ulong)_descriptorLimit;
            oldLimit->rlim_max = (ulong)_hardDescriptorLimit;
        }

        if (newLimit is not null)
        {
            Require((int)newLimit->rlim_max == _hardDescriptorLimit && newLimit->rlim_cur <= newLimit->rlim_max, "another hard limit");
            _descriptorLimit = (int)newLimit->rlim_cur;
        }

        return Answer(0);
    }

    internal nint CreateEpoll()
    {
        Enter($"epoll_create1");
        return Fails(out nint error, [Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM]) ? Fatal("epoll_create1", error) : Answer(Open(new Descriptor(Kind.Epoll)));
    }

    internal nint CreateTimer(int clock, int flags)
    {
        Enter($"timerfd_create({clock}, {flags})");
        Require(clock == Linux.CLOCK_REALTIME && flags == Linux.TFD_NONBLOCK, "a timer that goes by the seconds of dates, and that does not block");
        return Fails(out nint error, [Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM]) ? Fatal("timerfd_create", error) : Answer(Open(new Descriptor(Kind.Timer)));
    }

    // ---- the calls of the loop ----

    internal nint Control(int epoll, int operation, int fd, epoll_event* change)
    {
        Enter($"epoll_ctl({operation}, {fd}, {change->events}, {change->data})");
        Find(epoll, Kind.Epoll);
        Descriptor descriptor = Find(fd);
        if (operation == Linux.EPOLL_CTL_DEL)
        {
            Require(descriptor.IsWatched, "what is not in the set is taken out");
            descriptor.IsWatched = false;
            _restsSince = Now;
            return Answer(0);
        }

        Require(operation is Linux.EPOLL_CTL_ADD or Linux.EPOLL_CTL_MOD, "another operation");
        Require(descriptor.IsWatched == (operation == Linux.EPOLL_CTL_MOD), "what is in the set is added, or what is not is changed");
        if (operation == Linux.EPOLL_CTL_ADD ? Fails(out nint error, [Errno.ENOMEM, ENOSPC]) : Fails(out error, [Errno.ENOMEM]))
        {
            _restsSince = descriptor.Kind == Kind.Listener ? Now : _restsSince;
            if (descriptor is Connection failed)
            {
                failed.WatchFailed = true;
            }

            return !_hasStarted ? Fatal("epoll_ctl", error) : Answer(error);
        }

        _hasStarted |= _listeners[^1] == descriptor;
        Require(((change->events & Linux.EPOLLEXCLUSIVE) != 0) == descriptor is Listener { IsShared: true }, "what is shared wakes one process, and all else only has this one");
        descriptor.IsWatched = true;
        descriptor.Events = change->events;
        descriptor.Data = change->data;
        if (descriptor is Connection connection && (operation == Linux.EPOLL_CTL_MOD || connection.IsWriting))
        {
            if (connection.IsWriting)
            {
                Begin(connection, WriteTimeout);
                Coverage.Add("waited for a client to take more");
            }
            else if (!connection.Client.WasShutDown)
            {
                BeginToRead(connection);
            }
        }

        return Answer(0);
    }

    private bool _hasStarted;

    internal nint Wait(int epoll, epoll_event* events, int capacity, int timeout)
    {
        Enter($"epoll_wait({timeout})");
        Find(epoll, Kind.Epoll);
        Require(timeout == -1 && capacity > 0, "waits for any time");
        Happen();
        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        _isShort = false;
        while (true)
        {
            int count = 0;
            foreach (Descriptor? descriptor in _descriptors)
            {
                if (descriptor is { IsWatched: true } && (Ready(descriptor) & (descriptor.Events | EPOLLERR | EPOLLHUP)) is not 0 and uint ready && count < capacity)
                {
                    // In no order that anyone has promised.
                    int place = Random.Next(++count);
                    events[count - 1] = events[place];
                    events[place].events = ready;
                    events[place].data = descriptor.Data;
                }
            }

            if (count > 0)
            {
                foreach (Connection connection in _connections)
                {
                    connection.SentAtWait = connection.Client.SentBytes;
                }

                return Answer(count);
            }

            CheckBeforeWait();
            Advance();
        }
    }

    private uint Ready(Descriptor descriptor) => descriptor switch
    {
        Connection { Client.HasReset: true } => Linux.EPOLLIN | Linux.EPOLLOUT | EPOLLERR | EPOLLHUP,
        Connection { Client: { HasEnded: true, WasShutDown: true } } => Linux.EPOLLIN | Linux.EPOLLOUT | EPOLLHUP,
        Connection { Client: var client } => (client.IsReadable ? Linux.EPOLLIN : 0) | (IsWritable(client) ? Linux.EPOLLOUT : 0),
        Listener { Backlog.Count: var waiting } => waiting > 0 ? Linux.EPOLLIN : 0,
        { Kind: Kind.Signals } => _pendingSignals.Count > 0 ? Linux.EPOLLIN : 0,
        { Kind: Kind.Timer } => Now >= _timerAt || _clockIsSet ? Linux.EPOLLIN : 0,
        _ => 0,
    };

    /// <summary>Linux says so when a third of the room is free.</summary>
    private static bool IsWritable(SimulatedClient client) => client.Room > client.Capacity / 3;

    /// <summary>Nothing is ready, and so everything must be in order.</summary>
    private void CheckBeforeWait()
    {
        Require(_stopReadAt == Never || _connections.Count > 0, "it waits although all is done");
        Require(!_owesAlarm, "nothing ends the delay where the supervisor is gone");
        _shortage.CheckSaid();
        Require(Now < _mustEndBy, "the grace period is over");
        Require(!_secondSignalRead || !_isAlone, "it goes on after the second signal");
        Require(_connections.Count <= MaxConnections, "more connections than allowed");
        Require(!Rests || (_timerAt != Never && Now <= _restsSince + Slack), "nobody accepts any more");
        foreach (Connection connection in _connections)
        {
            Require(connection.IsWatched || (connection.WatchFailed && connection.Client.WasShutDown), "a connection that is not watched");
            Require(_timerAt != Never, "there are connections, and no timer runs");
            Require(Now <= connection.NotAfter, "a connection has outlived its timeout");
            Require(connection.IsWriting || connection.Client.WasShutDown || connection.Client.IsAnswered, "it waits, and a request that it has read is not answered");
            Require(!connection.IsWriting || connection.Client.HasReset || !IsWritable(connection.Client), "it waits for a client that takes more");
        }
    }

    /// <summary>Whether it listens, and accepts nobody.</summary>
    private bool Rests => Array.Exists(_listeners, listener => listener is { IsOpen: true, IsWatched: false });

    internal nint SetTimer(int fd, int flags, in itimerspec time)
    {
        Enter($"timerfd_settime({time.it_value.tv_sec}, {time.it_interval.tv_sec})");
        Find(fd, Kind.Timer);
        Require(flags == (Linux.TFD_TIMER_ABSTIME | Linux.TFD_TIMER_CANCEL_ON_SET), "the kernel is to say when the clock is set");
        bool isStopped = time.it_value is { tv_sec: 0, tv_nsec: 0 };
        long at = (time.it_value.tv_sec - _clockOffset) * 1000 + time.it_value.tv_nsec / 1_000_000;
        Require(isStopped ? time.it_interval.tv_sec == 0 : time.it_interval.tv_sec == 1 && at <= Now + 1000, "every second, or never");
        Require(isStopped || at % 1000 == 0 || _stopReadAt != Never, "a tick where a second begins");
        Require(isStopped || _stopReadAt == Never || _clockIsSet || at > Now - Slack, "a second from now, where the server ends");
        _clockIsSet = false;
        foreach (Connection connection in _connections)
        {
            connection.NotAfter += Math.Max(0, Now - _timerAt); // the ticks that nobody has read are lost
            if (_stopReadAt != Never && !connection.IsWriting && !connection.Client.WasShutDown && !connection.Client.IsInRequest && !connection.Client.IsInBlankLines)
            {
                connection.NotAfter = Math.Min(connection.NotAfter, Now + 1000 + Slack); // it has a second to begin a request
            }
        }

        _earliestSecond = _timerAt == Never ? Second : _earliestSecond; // who sets it anew knows the date of the last tick
        _timerAt = isStopped ? Never : at;
        _mustEndBy = Array.Exists(_listeners, listener => listener.IsOpen) ? Never : Math.Min(_mustEndBy, Now + GracePeriod * 1000 + Slack);
        return Answer(0);
    }

    internal nint Time(int clock, out timespec time)
    {
        Enter($"clock_gettime({clock})");
        time.tv_sec = clock == Linux.CLOCK_REALTIME ? Second : Now / 1000;
        time.tv_nsec = Now % 1000 * 1_000_000;
        return Answer(0);
    }

    internal nint Accept(int fd, void* address, uint* length, int flags)
    {
        Enter($"accept4({fd}, {flags})");
        Queue<SimulatedClient> backlog = ((Listener)Find(fd, Kind.Listener)).Backlog;
        Require(_stopReadAt == Never || !_arePassed, "it accepts what the next server is to have");
        Require(flags == Linux.SOCK_NONBLOCK, "a connection that does not block");
        Happen();
        if (Mishap(0.03))
        {
            return Fatal("accept4", -Errno.EINVAL);
        }

        int open = 0;
        foreach (Descriptor? descriptor in _descriptors)
        {
            open += descriptor is null ? 0 : 1;
        }

        if (open >= _descriptorLimit)
        {
            _isShort = true;
            _shortage.Fail(Now);
            return Answer(-Errno.EMFILE);
        }

        if (Fails(out nint error,
            [
                Errno.EINTR, Errno.ECONNABORTED, Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EPERM, Errno.EPROTO,
                Errno.ENETDOWN, Errno.ENOPROTOOPT, Errno.EHOSTDOWN, Errno.ENONET, Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.ECONNRESET, Errno.ETIMEDOUT,
            ]))
        {
            if (error is -Errno.EMFILE or -Errno.ENFILE or -Errno.ENOBUFS or -Errno.ENOMEM or -Errno.EPERM)
            {
                _isShort = true;
                _shortage.Fail(Now);
            }

            if (error == -Errno.ECONNABORTED && backlog.TryDequeue(out _))
            {
                Progress(); // this client is gone
            }

            return Answer(error);
        }

        if (!backlog.TryDequeue(out SimulatedClient? client))
        {
            return Answer(-Errno.EAGAIN);
        }

        Progress();
        _isShort = _connections.Count >= MaxConnections;
        var connection = new Connection(client) { CompleteAtStop = _stopReadAt == Never && _drainReadAt == Never ? int.MaxValue : 0 };
        _all.Add(connection);
        _connections.Add(connection);
        if (address != null)
        {
            SimulatedLog.Name(_all.Count - 1, address, length);
        }

        Begin(connection, ReadTimeout);
        Coverage.Add("accepted");
        return Answer(Open(connection));
    }

    internal nint Read(int fd, byte* buffer, int length)
    {
        Enter($"read({fd}, {length})");
        Descriptor descriptor = Find(fd);
        Require(length > 0, "a read of nothing");
        if (descriptor is Connection connection)
        {
            Happen();
            return Answer(Read(connection, new Span<byte>(buffer, length)));
        }

        if (Fails(out nint error, [Errno.EINTR, Errno.EAGAIN]))
        {
            return Answer(error);
        }

        if (descriptor.Kind == Kind.Timer)
        {
            Require(length == sizeof(ulong), "the timer has a count");
            if (_clockIsSet)
            {
                // The ticks that nobody has read are lost with it.
                _clockIsSet = false;
                _earliestSecond = Second;
                long lost = Math.Max(0, Now - _timerAt) + 1000;
                _mustEndBy = _mustEndBy == Never ? Never : _mustEndBy + lost;
                foreach (Connection waiting in _connections)
                {
                    waiting.NotAfter += lost;
                }

                Progress();
                return Answer(-Errno.ECANCELED);
            }

            long ticks = Now < _timerAt ? 0 : (Now - _timerAt) / 1000 + 1;
            if (ticks == 0)
            {
                return Answer(-Errno.EAGAIN);
            }

            _timerAt += ticks * 1000;
            _earliestSecond = Second;
            *(ulong*)buffer = (ulong)ticks;
            Note($"   {ticks} ticks");
            Progress();
            return Answer(sizeof(ulong));
        }

        Require(descriptor.Kind == Kind.Signals && length == sizeof(signalfd_siginfo), "the signals");
        if (!_pendingSignals.TryDequeue(out int signal))
        {
            return Answer(-Errno.EAGAIN);
        }

        new Span<byte>(buffer, length).Clear();
        *(int*)buffer = signal;
        bool isEnd = signal is Linux.SIGTERM or Linux.SIGINT;
        if (isEnd && _stopReadAt == Never && _drainDelay > 0 && (_drainReadAt == Never || !_isAlone))
        {
            // A worker may be told twice; to one that is alone the second signal says that it is not to go on any longer.
            BeginDelay();
        }
        else if (isEnd || (_drainDelay is not null && signal == Linux.SIGALRM && _stopReadAt == Never))
        {
            _secondSignalRead |= _stopReadAt != Never && _isAlone;
            if (_stopReadAt == Never)
            {
                _stopReadAt = Now;
                foreach (Connection open in _connections)
                {
                    open.CompleteAtStop = Math.Min(open.CompleteAtStop, open.Client.CompleteBy(open.Client.ReadBytes));
                }
            }

            Coverage.Add("idle at the end", _connections.FindAll(connection => connection.Client.Answers > 0 && !connection.IsWriting && !connection.Client.IsInRequest).Count);
        }

        Progress();
        return Answer(length);
    }

    private void BeginDelay()
    {
        if (_drainReadAt == Never)
        {
            _drainReadAt = Now;
            _owesAlarm = true;
            Coverage.Add("drained");
            foreach (Connection open in _connections)
            {
                open.CompleteAtStop = open.Client.CompleteBy(open.Client.ReadBytes);
            }
        }
    }

    internal nint Alarm(uint seconds)
    {
        Enter($"alarm({seconds})");
        Require(_owesAlarm && seconds == _drainDelay + (_isAlone ? 0 : 1), "an alarm for something else than the end of the delay, or behind the supervisor's");
        _owesAlarm = false;
        _signalsToCome.Enqueue(Linux.SIGALRM, Now + seconds * 1000);
        return Answer(0);
    }

    private nint Read(Connection connection, Span<byte> buffer)
    {
        SimulatedClient client = connection.Client;
        Require(!connection.EndWasRead, "a read behind the end");
        Require(!client.IsBroken, "a read after a call that failed");
        if (!connection.WasRead)
        {
            connection.WasRead = true;
            connection.IsTurnedAway = _connections.Count > MaxConnections;
        }

        if (Fails(out nint error, [Errno.EINTR, Errno.EAGAIN, Errno.ECONNRESET, Errno.ETIMEDOUT]))
        {
            client.IsBroken = error is -Errno.ECONNRESET or -Errno.ETIMEDOUT;
            connection.SentAtWait = client.ReadBytes;
            return error;
        }

        if (client.HasReset)
        {
            client.IsBroken = true;
            return -Errno.ECONNRESET;
        }

        if (!client.IsReadable)
        {
            return -Errno.EAGAIN;
        }

        int before = client.ReadBytes;
        bool wasInBlankLines = client.IsInBlankLines;
        int count = Math.Min(buffer.Length, client.Unread);
        count = count > 1 && Mishap() ? Random.Next(1, count) : count;
        Progress();
        if (count == 0)
        {
            connection.EndWasRead = true;
            return 0;
        }

        client.Read(buffer[..count], _earliestSecond);
        connection.SentAtWait = client.ReadBytes; // it reads once for each event
        if (!client.WasShutDown && !connection.IsTurnedAway)
        {
            long notBefore = connection.NotBefore;
            if (client.CompleteBy(before) < client.CompleteBy(client.ReadBytes))
            {
                BeginToRead(connection);
            }
            else if (client.HasBegun(before))
            {
                BeginToRead(connection);
                connection.NotBefore = wasInBlankLines ? Math.Min(connection.NotBefore, notBefore) : connection.NotBefore;
            }
            else if (client.IsInBlankLines)
            {
                // Whether they are the beginning of a request depends on where they were cut.
                connection.NotBefore = Math.Min(connection.NotBefore, Tick + ReadTimeout * 1000);
                // Once: whatever comes behind half of one moves nothing. From now on, where the loop got no CPU until its time was over.
                connection.NotAfter = wasInBlankLines ? connection.NotAfter : Math.Max(connection.NotAfter, Now) + ReadTimeout * 1000 + Slack;
            }
        }

        return count;
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        Enter($"write({fd}, {bytes.Length})");
        Descriptor descriptor = Find(fd);
        Require(bytes.Length > 0 || fd == SimulatedLog.StandardOutput, "a write of nothing");
        if (fd == SimulatedLog.StandardOutput)
        {
            Require(_logsAccess, "a log that nobody wants");
            Progress();
            return Answer(Log.Write(bytes));
        }

        if (fd == StandardError)
        {
            string text = Encoding.UTF8.GetString(bytes);
            Note($"   {text}");
            if (Log.TrySay(text))
            {
                return Answer(bytes.Length);
            }

            Require(_fatal is not null ? text.StartsWith(_fatal, StringComparison.Ordinal) : _isShort && _shortage.TrySay(text, "accept4", Now), "a message about nothing");
            return Answer(bytes.Length);
        }

        Require(descriptor is Connection, "a write to what is no connection");
        Happen();
        return Answer(Write((Connection)descriptor, bytes));
    }

    private nint Write(Connection connection, ReadOnlySpan<byte> bytes)
    {
        SimulatedClient client = connection.Client;
        Require(!client.WasShutDown, "a write behind the end");
        Require(!client.IsBroken || connection.IsTurnedAway, "a write after a call that failed");
        client.MayHaveTimedOut |= Now >= connection.NotBefore;
        client.MayBeTurnedAway |= connection.IsTurnedAway || connection.WatchFailed; // who has a place has the buffers that it needs
        nint error = -Errno.EPIPE;
        if (client.HasReset || client.IsBroken || Fails(out error, [Errno.EINTR, Errno.EPIPE, Errno.ECONNRESET, Errno.ETIMEDOUT, Errno.EAGAIN]))
        {
            client.IsBroken = error is not (-Errno.EINTR or -Errno.EAGAIN);
            connection.WasTakenInPart = false;
            return error;
        }

        int count = Math.Min(bytes.Length, client.Room);
        if (count == 0)
        {
            return -Errno.EAGAIN;
        }

        count = count > 1 && Mishap(4) ? Random.Next(1, count) : count;
        connection.WasTakenInPart = count < bytes.Length;
        client.Write(bytes[..count], Now);
        Progress();
        if (connection.IsWriting)
        {
            Begin(connection, WriteTimeout);
        }

        return count;
    }

    /// <summary>A wait for standard output.</summary>
    /// <summary>A wait for standard output and the signals, or for standard error.</summary>
    internal nint PollLog(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({descriptors[0].fd}, {timeout})");
        if (Log.TryPollError(ref descriptors[0], timeout, out nint result))
        {
            return Answer(result);
        }

        Log.CheckPoll(descriptors, timeout, Signals, isEnding: _stopReadAt != Never || (_pendingSignals.Count > 0 && descriptors.Length == 1));
        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        long until = timeout < 0 ? Never : Now + timeout;
        while (true)
        {
            int ready = Log.Poll(ref descriptors[0], Now) ? 1 : 0;
            if (descriptors.Length == 2 && _pendingSignals.Count > 0)
            {
                descriptors[1].revents = Linux.POLLIN;
                ready++;
            }

            long next = Math.Min(NextAt, Log.ReadAt);
            if (ready > 0)
            {
                return Answer(ready);
            }

            Coverage.Add("waited for a reader of the log");
            if (next > until || timeout == 0)
            {
                AdvanceTo(until);
                Log.GiveUp();
                Coverage.Add("gave up the log");
                return Answer(0);
            }

            if (next == Never)
            {
                PlanEnd(Now + Random.Next(1500));
                next = NextAt;
            }

            AdvanceTo(Math.Max(Now, next));
        }
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
            ((Connection)Find(fd, Kind.Connection)).Client.IsBroken = true; // what was said of the length cannot be kept
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

    internal nint ShutDown(int fd, int how)
    {
        Enter($"shutdown({fd}, {how})");
        var connection = (Connection)Find(fd, Kind.Connection);
        SimulatedClient client = connection.Client;
        Require(how == Linux.SHUT_WR && !client.WasShutDown, "the wrong end");
        client.ShutDown(Now);
        Require(client.IsClosed, "it ends its side without having said so");
        if (client.HasReset || Fails(out _, [ENOTCONN]))
        {
            client.IsBroken = true;
            return Answer(-ENOTCONN);
        }

        Begin(connection, LongestLinger);
        return Answer(0);
    }

    internal nint Close(int fd)
    {
        Enter($"close({fd})");
        if (Files.TryClose(fd))
        {
            return Answer(0);
        }

        Descriptor descriptor = Find(fd);
        Progress();
        _descriptors[fd] = null;
        switch (descriptor)
        {
            case Connection connection:
                _connections.Remove(connection);
                CheckClosed(connection);
                break;
            case Listener listener:
                Require(_stopReadAt != Never, "it stops to listen, and nobody asked it to");
                Require(listener.Backlog.Count == 0 || _isShort || _fatal is not null || _arePassed, "clients that wait in the backlog are reset");
                Require(!listener.IsWatched, "an event of what is closed, and still open elsewhere, wakes it again and again");
                listener.IsOpen = false;
                break;
            default:
                Require(descriptor.Kind is Kind.Epoll or Kind.Timer, "something is closed that it goes on to need");
                break;
        }

        // It is closed all the same, close(2).
        return Fails(out nint error, [Errno.EINTR, EIO]) ? Answer(error) : Answer(0);
    }

    /// <summary>Whether the client has got what it was owed, and whether there was a reason to leave it.</summary>
    private void CheckClosed(Connection connection)
    {
        SimulatedClient client = connection.Client;
        client.Close();
        bool isOver = Now >= connection.NotBefore;
        bool isTurnedAway = connection.IsTurnedAway;
        bool isBroken = client.HasReset || client.IsBroken || connection.WatchFailed;
        bool mayBeCut = isBroken || isTurnedAway || (connection.IsWriting && isOver);
        bool givesWay = _isShort;
        bool isSilent = _stopReadAt != Never && Now >= _stopReadAt + 1000;
        client.MayHaveTimedOut |= isOver;
        Require(!connection.IsWriting || !isOver || isBroken || client.Room == 0 || !connection.WasTakenInPart, "it gives up a client that takes more");
        if (isTurnedAway)
        {
            Require(_connections.Count >= MaxConnections, "it is turned away, and there is a place");
            Require(_connections.TrueForAll(other => other.IsWriting || (!other.Client.WasShutDown && (other.Client.IsInRequest || other.Client.IsInBlankLines || other.Client.Answers == 0))),
                "it is turned away, and an idle one is not");
            Require(isBroken || client.Answers == 0 || client.LastStatus == 503, "it is turned away with another answer");
        }
        else if (client.IsClosed)
        {
            Require(mayBeCut || client.WasShutDown || connection.EndWasRead || client.IsOver, "it says that it closes, and does not end its side");
            Require(mayBeCut || connection.EndWasRead || isOver || givesWay || client.IsOver, "the client has not taken its last answer yet");
        }
        else if (!mayBeCut)
        {
            Require(!client.IsInRequest, "it leaves a client in the middle of a request");
            Require(client.Answers <= connection.CompleteAtStop, "it did not say that this answer was the last");
            Require(connection.EndWasRead || isOver || givesWay || isSilent, "it leaves a client for no reason");
            Require(connection.EndWasRead || isOver || givesWay || !client.HasSentPartBy(connection.SentAtWait), "it leaves a client that has begun a request");
        }

        int owed = givesWay ? client.CompleteBy(client.ReadBytes) : client.CompleteBy(connection.SentAtWait);
        int answers = client.CheckAnswers(_latestSecond, owed, mayBeCut);
        Coverage.Add("answers", answers);
        Coverage.Add("answers with status " + client.LastStatus, client.LastStatus is 400 or 408 or 503 ? 1 : 0);
        Coverage.Add("answered after the signal", _stopReadAt != Never && client.IsClosed ? 1 : 0);
        Coverage.Add("gave way", givesWay ? 1 : 0);
        Coverage.Add("turned away", isTurnedAway ? 1 : 0);
        Coverage.Add("closed without waiting", client.IsOver && !client.WasShutDown ? 1 : 0);
        Coverage.Add("timed out", isOver && !connection.EndWasRead && !client.IsClosed ? 1 : 0);
        Coverage.Add("timed out while taking", isOver && connection.IsWriting ? 1 : 0);
    }

    // ---- what happens by itself ----

    /// <summary>What the time is for the loop, which learns of it by the timer.</summary>
    private long Tick => Math.Min(Now, _timerAt);

    private void Begin(Connection connection, int seconds)
    {
        connection.NotBefore = Tick + seconds * 1000;
        connection.NotAfter = Now + seconds * 1000 + Slack;
    }

    /// <summary>The wait for what comes behind the bytes that were read.</summary>
    private void BeginToRead(Connection connection)
    {
        SimulatedClient client = connection.Client;
        Begin(connection, client.IsInRequest ? ReadTimeout : IdleTimeout);
        if (client.IsInBlankLines)
        {
            connection.NotBefore = Tick + ReadTimeout * 1000;
        }
    }

    /// <summary>While the loop makes its calls, the world goes on: mostly a little, and sometimes the loop gets no CPU for long.</summary>
    private void Happen()
    {
        if (Mishap(2))
        {
            AdvanceTo(Now + Random.Next(Random.Next(20) == 0 ? 70_000 : 30));
        }
        else if (Mishap(0.05))
        {
            _clockOffset += Random.Next(100_000);
            _clockIsSet = _timerAt != Never;
            Note($"-- somebody sets the clock");
            _latestSecond = Math.Max(_latestSecond, Second);
        }
    }

    /// <summary>Time passes until something happens.</summary>
    private void Advance()
    {
        long next = NextAt;
        if (next == Never)
        {
            PlanEnd(Now + (Random.Next(3) == 0 ? Random.Next(100_000) : Random.Next(1500)));
            next = NextAt;
        }

        if (Rests)
        {
            Coverage.Add("rested");
        }

        AdvanceTo(Math.Max(Now, Math.Min(next, _timerAt)));
        Progress();
    }

    private void PlanEnd(long at)
    {
        _signalsToCome.Enqueue(Random.Next(2) == 0 ? Linux.SIGTERM : Linux.SIGINT, at);
        if (Random.Next(4) == 0)
        {
            _signalsToCome.Enqueue(Linux.SIGTERM, at + Random.Next(Random.Next(2) == 0 ? 10 : 9000));
        }

        if (_drainDelay is not null && !_isAlone && Random.Next(2) == 0)
        {
            _signalsToCome.Enqueue(Linux.SIGALRM, at + Random.Next(Random.Next(2) == 0 ? 10 : 9000)); // the supervisor's
        }
    }

    /// <summary>When something happens next that is not the loop's own doing.</summary>
    private long NextAt
    {
        get
        {
            long next = Math.Min(_toCome.TryPeek(out (long At, SimulatedClient Client) coming) ? coming.At : Never, _signalsToCome.TryPeek(out _, out long at) ? at : Never);
            foreach (Connection connection in _connections)
            {
                next = Math.Min(next, connection.Client.NextAt);
            }

            foreach (Listener listener in _listeners)
            {
                foreach (SimulatedClient client in listener.Backlog)
                {
                    next = Math.Min(next, client.NextAt);
                }
            }

            return next;
        }
    }

    private void AdvanceTo(long time)
    {
        for (long next = NextAt; next <= time; next = NextAt)
        {
            Now = Math.Max(Now, next);
            Progress();
            if (_toCome.TryPeek(out (long At, SimulatedClient Client) coming) && coming.At <= next)
            {
                _toCome.Dequeue();
                Listener listener = _listeners[_listening.Next(_listeners.Length)];
                bool isRefused = !listener.IsOpen;
                Note($"-- {Now}: a client comes{(isRefused ? ", and nobody listens" : "")}");
                if (!isRefused)
                {
                    listener.Backlog.Enqueue(coming.Client);
                }
            }
            else if (_signalsToCome.TryPeek(out int signal, out long at) && at <= next)
            {
                _signalsToCome.Dequeue();
                Note($"-- {Now}: signal {signal}");
                if (!_pendingSignals.Contains(signal))
                {
                    _pendingSignals.Enqueue(signal);
                }
            }
            else
            {
                Act(next);
            }
        }

        if (time > Now)
        {
            Note($"-- {Now}: {time - Now} ms pass");
            Now = time;
        }

        _latestSecond = Math.Max(_latestSecond, Second);
    }

    private void Act(long next)
    {
        for (int fd = 0; fd < _descriptors.Length; fd++)
        {
            if (_descriptors[fd] is Connection connection && connection.Client.NextAt <= next)
            {
                string what = connection.Client.Act();
                Note($"-- {Now}: the client of {fd} {what}: {connection.Client.Unread} unread");
                return;
            }
        }

        foreach (SimulatedClient client in _listeners.SelectMany(listener => listener.Backlog))
        {
            if (client.NextAt <= next)
            {
                string what = client.Act();
                Note($"-- {Now}: a client in the backlog {what}");
                return;
            }
        }
    }

    // ---- descriptors ----

    private int Open(Descriptor descriptor)
    {
        int fd = Array.IndexOf(_descriptors, null);
        _descriptors[fd] = descriptor;
        return fd;
    }

    private Descriptor Find(int fd)
    {
        Descriptor? descriptor = (uint)fd < (uint)_descriptors.Length ? _descriptors[fd] : null;
        Require(descriptor is not null, $"descriptor {fd} is not open");
        return descriptor!;
    }

    private Descriptor Find(int fd, Kind kind)
    {
        Descriptor descriptor = Find(fd);
        Require(descriptor.Kind == kind, $"descriptor {fd} is another one");
        return descriptor;
    }

    /// <summary>After this failure the loop owes exit code 1 and a line that names the call.</summary>
    private nint Fatal(string call, nint error)
    {
        _fatal ??= call + ": ";
        return Answer(error);
    }
}

/// <summary>The system calls of an event loop, answered by the <see cref="LoopWorld"/> of the calling thread.</summary>
internal unsafe struct LoopKernel : IKernel
{
    private static LoopWorld World => LoopWorld.Current!;

    public static nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset) => World.Map(addr, length, prot, flags, fd);

    public static nint madvise(void* addr, nuint length, int advice) => World.Advise((byte*)addr, (int)length, advice);

    public static nint prlimit64(int pid, int resource, rlimit* new_limit, rlimit* old_limit) => World.Limit(resource, new_limit, old_limit);

    public static nint epoll_create1(int flags) => World.CreateEpoll();

    public static nint epoll_ctl(int epfd, int op, int fd, epoll_event* @event) => World.Control(epfd, op, fd, @event);

    public static nint epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout) => World.Wait(epfd, events, maxevents, timeout);

    public static nint timerfd_create(int clockid, int flags) => World.CreateTimer(clockid, flags);

    public static nint timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value) => World.SetTimer(fd, flags, *new_value);

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, out *tp);

    public static nint accept4(int sockfd, void* addr, uint* addrlen, int flags) => World.Accept(sockfd, addr, addrlen, flags);

    public static nint read(int fd, void* buf, nuint count) => World.Files.IsFile(fd) ? World.Of(World.Files.ReadFirst(fd, new Span<byte>(buf, (int)count))) : World.Read(fd, (byte*)buf, (int)count);

    public static nint write(int fd, void* buf, nuint count) => World.Files.IsFile(fd) ? World.Of(World.Files.Write(fd, new ReadOnlySpan<byte>(buf, (int)count))) : World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count));

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.PollLog(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen) => World.Read(sockfd, (byte*)buf, (int)len);

    public static nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen) => World.Write(sockfd, new ReadOnlySpan<byte>(buf, (int)len));

    public static nint writev(int fd, iovec* iov, int iovcnt) => World.Write(fd, SimulatedMachine.Gather(iov, iovcnt));

    public static nint shutdown(int sockfd, int how) => World.ShutDown(sockfd, how);

    public static nint alarm(uint seconds) => World.Alarm(seconds);

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size) => World.OpenFile(dirfd, pathname, *how);

    public static nint flock(int fd, int operation) => World.Of(World.Files.Lock(fd, operation));

    public static nint fsync(int fd) => World.Of(World.Files.Synchronize(fd));

    public static nint linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags) => World.Of(World.Files.Link(olddirfd, oldpath, newdirfd, newpath, flags));

    public static nint renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath) => World.Of(World.Files.Rename(olddirfd, oldpath, newdirfd, newpath));

    public static nint unlinkat(int dirfd, byte* pathname, int flags) => World.Of(World.Files.Unlink(dirfd, pathname));

    public static nint fstat(int fd, stat* statbuf) => World.FileStatus(fd, statbuf);

    public static nint sendfile(int out_fd, int in_fd, long* offset, nuint count) => World.SendFile(out_fd, in_fd, ref *offset, count);

    public static nint close(int fd) => World.Close(fd);
}
