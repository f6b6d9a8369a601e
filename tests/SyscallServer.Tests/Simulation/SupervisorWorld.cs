using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A machine with one supervisor on it and the workers that it forks, deterministic from a seed: they die at any moment, or do not when they should; there is no
/// room for another process; strangers' children are left to it; SIGTERM comes. It knows how many workers there should be,
/// and throws where the supervisor lets one be missing, starts them too fast or leaves one behind.
/// </summary>
/// <remarks>fork(2) returns twice, a simulation once: at each fork the world decides whether it goes on with the parent or the child.</remarks>
internal sealed unsafe class SupervisorWorld : SimulatedMachine
{
    internal const int GracePeriod = 4;

    /// <summary>The longest pause before a worker is started again, in milliseconds.</summary>
    private const int LongestPause = 10_000;

    /// <summary>
    /// How often a worker may be started: some times at once, in ever longer pauses, and then again whenever one has lived for ten seconds. On average that
    /// is less than once a second.
    /// </summary>
    private const int QuickStarts = 9;

    /// <summary>How long, in milliseconds, all that is done at once may take.</summary>
    private const int Slack = 100;

    private const int MaxCallsWithoutProgress = 200;
    private const int StandardError = 2;
    private const int Signals = 3;
    private const int FirstPid = 5000;
    private const int FirstOrphan = 90_000;
    private const int SupervisorPid = 4711;
    private const int WorkerPid = 4712;
    private const long Never = long.MaxValue;

    private readonly int _workers;
    private readonly bool _listensPerWorker;
    private readonly bool _isPlannedForCpus;
    private readonly bool _runsUserCode;
    private readonly bool _hasRuntime;
    private readonly int _longestLife;
    private readonly Coverage _coverage;

    private readonly Dictionary<int, Socket> _sockets = [];
    private readonly List<Process> _running = [];
    private readonly Queue<(int Pid, bool Refuses)> _zombies = new();
    private readonly SortedSet<int> _pendingSignals = [];
    private readonly List<long> _stopsAt = [];
    private readonly List<long> _orphansEndAt = [];
    private int _nextPid = FirstPid;
    private int _nextOrphan = FirstOrphan;

    /// <summary>How many of its endpoints, of which each has another address family, the server has; and their ports, 0 until the kernel has chosen one.</summary>
    private readonly int _endpoints;
    private readonly Dictionary<int, int> _ports = [];

    private readonly long _startedAt;
    private int _forks;
    private long _noForkUntil;

    /// <summary>When it last heard of the end of one, or tried to start one.</summary>
    private long _lastChange;

    /// <summary>Seconds that the server goes on when it is told to end, or null where it is not made for that; and when it has begun to.</summary>
    private readonly int? _drainDelay;
    private long _drainedAt = Never;

    private long _stoppedAt = Never;
    private bool _secondSignalRead;

    /// <summary>Whether all workers were to start by now: those that come later take the places of others.</summary>
    private bool _hasStarted;

    /// <summary>Which of the first workers refused to serve, while they were to.</summary>
    private readonly HashSet<int> _firstWorkers = [];
    private bool _isChild;
    private bool _diesWithParent;

    /// <summary>Whether the parent of this worker was killed before the worker could ask to be told.</summary>
    private bool _isOrphan;
    private bool _hasToldItself;
    private string? _fatal;
    private bool _owesMessage;

    [ThreadStatic]
    internal static SupervisorWorld? Current;

    internal SupervisorWorld(int seed, double faultRate, bool isTraced, Coverage coverage)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        _coverage = coverage;
        _workers = Random.Next(1, 5);
        _listensPerWorker = Random.Next(2) == 0;
        _isPlannedForCpus = Random.Next(3) == 0;
        _runsUserCode = Random.Next(2) == 0;
        _hasRuntime = Random.Next(2) == 0;
        _endpoints = Random.Next(1, 4);
        _longestLife = Random.Next(4) switch { 0 => 1, 1 => 200, 2 => 30_000, _ => 10_000_000 };
        _startedAt = Now;
        _stopsAt.Add(Now + Random.Next(Random.Next(2) == 0 ? 5000 : 120_000));
        if (Random.Next(3) == 0)
        {
            _stopsAt.Add(_stopsAt[0] + Random.Next(Random.Next(2) == 0 ? 10 : 6000));
        }

        _drainDelay = seed % 2 == 0 ? null : seed % 5 * 15;
        for (int orphans = Random.Next(4); orphans > 0; orphans--)
        {
            _orphansEndAt.Add(Now + Random.Next(60_000));
        }
    }

    private sealed class Socket(int family)
    {
        internal int Family => family;

        internal bool SharesPort { get; set; }

        internal bool Listens { get; set; }
    }

    private sealed class Process
    {
        internal required int Pid { get; init; }

        internal required long EndsAt { get; set; }

        /// <summary>Whether it ends with 1, where it is not killed: it has said why it cannot serve.</summary>
        internal required bool Refuses { get; init; }

        internal bool WasToldToEnd { get; set; }

        /// <summary>Whether it knows that it is to end, but not yet.</summary>
        internal bool IsDraining { get; set; }
    }

    /// <summary>What the attribute says of the server: whatever the world wants.</summary>
    private readonly struct Settings : IServer
    {
        public static bool HasEndpoints => true;

        public static bool ListensPerWorker => Current!._listensPerWorker;

        public static bool RunsUserCode => Current!._runsUserCode;

        public static bool HasDrainDelay => Current!._drainDelay is not null;

        public static int Workers => Current!._isPlannedForCpus ? 0 : Current._workers;

        public static int Backlog => 5;

        public static int MaxConnections => 100;

        public static int ReadTimeout => 10;

        public static int WriteTimeout => 10;

        public static int GracePeriod => SupervisorWorld.GracePeriod;
    }

    // ---- from the start to the end ----

    /// <summary>Runs the supervisor until it ends, or one of its workers begins.</summary>
    internal void Run()
    {
        var supervisor = (Supervisor<Settings>*)NativeMemory.Alloc((nuint)(Supervisor.Size + _workers * Supervisor.WorkerSize + Guard));
        new Span<byte>((byte*)supervisor, Supervisor.Size + _workers * Supervisor.WorkerSize + Guard).Fill(0xCC); // what was there before
        Current = this;
        try
        {
            Endpoints endpoints = default;
            bool hasPort = Random.Next(2) == 0;
            endpoints.Set(hasPort ? "127.0.0.1:8080\0[::1]:8080\0unix:@name\0"u8 : "127.0.0.1:0\0[::1]:0\0unix:@name\0"u8);
            endpoints.Count = _endpoints;
            endpoints.Options.DrainDelay = (byte)(_drainDelay ?? 0);
            _ports[Linux.AF_INET] = _ports[Linux.AF_INET6] = hasPort ? 8080 : 0;
            if (!supervisor->Open<SupervisorKernel>(Signals, &endpoints))
            {
                Require(_fatal is not null, "it does not begin, and nothing failed");
                return;
            }

            Require(_fatal is null, "it begins although something failed");
            Require(
                _sockets.Values.All(socket => socket.Listens) && _sockets.Values.Select(socket => socket.Family).Distinct().Count() == _endpoints
                && _sockets.Values.GroupBy(socket => socket.Family).All(family => family.Count() == (_listensPerWorker && family.Key != Linux.AF_UNIX ? _workers : 1)),
                "not as many listeners as there should be");
            Require(supervisor->Count == _workers, "not as many workers as there should be");
            Worker* workers = (Worker*)(supervisor + 1);
            bool isWorker = supervisor->Run<SupervisorKernel>();
            Note($"Run returns {isWorker}");
            if (!isWorker)
            {
                CheckEnd(supervisor->ExitCode);
            }
            else
            {
                CheckWorker(&endpoints, workers);
            }

            Require(new ReadOnlySpan<byte>(workers + _workers, Guard).IndexOfAnyExcept((byte)0xCC) < 0, "it wrote behind its memory");
        }
        finally
        {
            Current = null;
            NativeMemory.Free(supervisor);
        }
    }

    private const int Guard = 64;

    private void CheckEnd(int exitCode)
    {
        Require(!_isChild, "a worker takes itself for the parent");
        Require(exitCode == (_fatal is null ? 0 : 1), $"exit code {exitCode}, although {_fatal ?? "nothing failed"}");
        Require(_stoppedAt != Never || _fatal is not null, "nobody asked it to end");
        Require(!_owesMessage, "nobody is told why it ends");
        Require(_running.Count == 0, "workers are left behind");
        Require(_sockets.Count == 0, "listeners are left open");
        _coverage.Add("ended");
        _coverage.Add("ended with 1", exitCode);
    }

    /// <summary>This is a worker now.</summary>
    private void CheckWorker(Endpoints* endpoints, Worker* workers)
    {
        bool isAlone = _listensPerWorker && _workers == 1 && !(_runsUserCode && !_hasRuntime);
        Require(isAlone != _isChild, "the parent takes itself for a worker");
        Require(_sockets.Count == endpoints->Count, "a worker has its own listeners and no other");
        Require(isAlone || (_diesWithParent && _hasToldItself == (_isOrphan || IsDraining)), "a worker outlives its parent, or does not know that it is to end soon");
        for (int endpoint = 0; endpoint < endpoints->Count; endpoint++)
        {
            int listener = endpoints->First[endpoint].Descriptor;
            Require(_sockets.TryGetValue(listener, out Socket? socket) && socket.Family == endpoints->First[endpoint].Address.Family, "a worker has one of its listeners no more");
            for (int i = 0; i < _workers && _listensPerWorker && socket!.Family != Linux.AF_UNIX; i++)
            {
                Require(workers[i].Pid == 0 || workers[i].Listeners[endpoint] != listener, "two workers have the same listener");
            }
        }

        _coverage.Add("workers");
        _coverage.Add(isAlone ? "alone" : _listensPerWorker && _workers == 1 ? "alone but for handlers" : "together");
    }

    /// <summary>Not 0 where other threads could take a signal, those of the .NET runtime.</summary>
    internal nint SignalForwarder => _hasRuntime ? 1 : 0;

    // ---- the calls of the start ----

    internal nint GetAffinity(ulong* mask, nuint size)
    {
        Enter($"sched_getaffinity({size})");
        Require(_isPlannedForCpus && size >= sizeof(ulong), "room for some CPUs");
        if (_workers == 1 && Random.Next(2) == 0)
        {
            return Answer(-Errno.EINVAL); // more CPUs than there is room for, says the man page
        }

        mask[0] = ((1UL << _workers) - 1) << Random.Next(60);
        return Answer(sizeof(ulong));
    }

    internal nint CreateSocket(int family)
    {
        Enter($"socket({family})");
        if (Fails(out nint error, [Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM]))
        {
            return Fatal("socket", error);
        }

        int descriptor = Signals + 1 + _sockets.Count;
        _sockets[descriptor] = new Socket(family);
        return Answer(descriptor);
    }

    internal nint SetOption(int fd, int level, int option)
    {
        Enter($"setsockopt({fd}, {level}, {option})");
        Socket socket = Find(fd);
        if (level == Linux.SOL_SOCKET && Fails(out nint error, [Errno.ENOMEM]))
        {
            return Fatal("setsockopt", error);
        }

        socket.SharesPort |= level == Linux.SOL_SOCKET && option == Linux.SO_REUSEPORT;
        return Answer(0);
    }

    internal nint Bind(int fd, in sockaddr_in name, uint length)
    {
        Enter($"bind({fd}, {name.sin_port})");
        Socket socket = Find(fd);
        Require(name.sin_family == socket.Family && length == (socket.Family switch { Linux.AF_INET => 16, Linux.AF_INET6 => 28, _ => 7 }), "an address of another kind");
        Require(socket.SharesPort == (_listensPerWorker && socket.Family != Linux.AF_UNIX), "several listeners share a port, and one does not");
        Require(socket.Family == Linux.AF_UNIX || BinaryPrimitives.ReverseEndianness(name.sin_port) == _ports[socket.Family], "another port than the one before");
        return Fails(out nint error, [Errno.EADDRINUSE, Errno.EACCES]) ? Fatal("bind", error) : Answer(0);
    }

    internal nint Listen(int fd)
    {
        Enter($"listen({fd})");
        Find(fd).Listens = true;
        return Fails(out nint error, [Errno.EADDRINUSE]) ? Fatal("listen", error) : Answer(0);
    }

    internal nint GetName(int fd, ref sockaddr_in name)
    {
        Enter($"getsockname({fd})");
        Socket socket = Find(fd);
        Require(socket.Listens && _ports[socket.Family] == 0, "the port that the kernel chose");
        _ports[socket.Family] = 12345 + socket.Family;
        name.sin_port = BinaryPrimitives.ReverseEndianness((ushort)_ports[socket.Family]);
        return Answer(0);
    }

    // ---- the calls of the supervisor ----

    internal nint Fork()
    {
        Enter($"fork");
        Require(!_isChild, "a worker forks");
        Require(_stoppedAt == Never && _fatal is null, "a worker is started although all are to end");
        Require(_running.Count < _workers, "more workers than there should be");
        _lastChange = Now;
        if (Mishap(0.5))
        {
            _stoppedAt = Now;
            _coverage.Add("no worker ever");
            return Fatal(NoFork, -Errno.ENOSYS); // a sandbox; the workers that are there may finish
        }

        if (Now < _noForkUntil || Fails(out nint error, [Errno.EAGAIN, Errno.ENOMEM]))
        {
            _noForkUntil = Math.Max(_noForkUntil, Now + (Random.Next(4) == 0 ? Random.Next(20_000) : 0));
            _coverage.Add("no room for a worker");
            return Answer(-Errno.EAGAIN);
        }

        _forks++;
        Require(_forks <= _workers * (QuickStarts + (Now - _startedAt) / 1000), "it starts workers again and again");
        Progress();
        _coverage.Add("forked");
        if (Random.Next(12) == 0)
        {
            _isChild = true;
            return Answer(0);
        }

        int life = Random.Next(8) == 0 ? Random.Next(30_000) : Random.Next(_longestLife);
        _running.Add(new Process { Pid = _nextPid, EndsAt = Now + life, Refuses = Random.Next(8) == 0, IsDraining = IsDraining });
        if (!_hasStarted)
        {
            _firstWorkers.Add(_nextPid);
        }

        return Answer(_nextPid++);
    }

    internal nint Control(int option, nuint value)
    {
        Enter($"prctl({option}, {value})");
        Require(_isChild && option == Linux.PR_SET_PDEATHSIG && value == Linux.SIGTERM, "a worker ends in an orderly way when its parent is gone");
        _diesWithParent = true;
        _isOrphan = Mishap();
        return Answer(0);
    }

    internal nint GetPid()
    {
        Enter($"getpid()");
        return Answer(_isChild ? WorkerPid : SupervisorPid);
    }

    internal nint GetParent()
    {
        Enter($"getppid()");
        Require(_isChild && _diesWithParent, "it asks too early");
        return Answer(_isOrphan ? 1 : SupervisorPid);
    }

    internal nint Poll(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({descriptors[0].fd}, {timeout})");
        Require(descriptors.Length == 1 && descriptors[0].fd == Signals && descriptors[0].events == Linux.POLLIN && descriptors[0].revents == 0, "waits for signals");
        Require(!_isChild, "a worker waits for signals of the parent");
        _hasStarted = true;
        if (Mishap(0.05))
        {
            return Fatal("poll", -Errno.ENOMEM);
        }

        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        long until = timeout < 0 ? Never : Now + timeout;
        if (Mishap(0.2))
        {
            AdvanceTo(Now + Random.Next(20_000)); // no CPU for a while
        }

        while (_pendingSignals.Count == 0 && Now < until)
        {
            CheckBeforeWait(until);
            AdvanceTo(Math.Min(until, NextAt));
            Progress();
        }

        descriptors[0].revents = _pendingSignals.Count > 0 ? Linux.POLLIN : (short)0;
        return Answer(_pendingSignals.Count > 0 ? 1 : 0);
    }

    private void CheckBeforeWait(long until)
    {
        Require(_zombies.Count == 0, "a child has ended, and is not reaped");
        if (_stoppedAt == Never)
        {
            Require(!IsDraining || _running.TrueForAll(worker => worker.IsDraining), "a worker does not know that it is to end soon");
            Require(!IsDraining || until <= DelayEndsAt + Slack, "it waits for longer than the delay");
            Require(_running.Count == _workers || until <= Now + LongestPause, "a worker is missing, and none will take its place");
            Require(_running.Count == _workers || Now - _lastChange <= LongestPause + Slack, "a worker has been missing for too long");
            return;
        }

        Require((_fatal is null or NoFork or NoService) && (_fatal is null || !_secondSignalRead), "it was to end at once");
        Require(_running.Count > 0, "it waits although all have ended");
        Require(_sockets.Count == 0, "it goes on to listen");
        Require(_running.TrueForAll(worker => worker.WasToldToEnd), "a worker was not told to end");
        Require(until <= _stoppedAt + GracePeriod * 1000 + Slack, "it waits for longer than the grace period");
    }

    internal nint Read(int fd, byte* buffer, int length)
    {
        Enter($"read({fd}, {length})");
        Require(fd == Signals && length == sizeof(signalfd_siginfo), "reads signals");
        if (_pendingSignals.Count == 0 || Fails(out nint error, [Errno.EAGAIN, Errno.EINTR]))
        {
            return Answer(-Errno.EAGAIN);
        }

        int signal = Random.Next(2) == 0 ? _pendingSignals.Min : _pendingSignals.Max;
        _pendingSignals.Remove(signal);
        new Span<byte>(buffer, length).Clear();
        *(int*)buffer = signal;
        if (signal is Linux.SIGTERM or Linux.SIGINT && _stoppedAt == Never && _drainDelay > 0 && _drainedAt == Never && _fatal is null)
        {
            _drainedAt = Now;
            _coverage.Add("drained");
        }
        else if (signal is Linux.SIGTERM or Linux.SIGINT)
        {
            _secondSignalRead |= _stoppedAt != Never;
            _stoppedAt = Math.Min(_stoppedAt, Now);
        }

        Note($"   signal {signal}");
        Progress();
        return Answer(length);
    }

    internal nint Reap(int pid, int* status, int options)
    {
        Enter($"wait4({pid}, {options})");
        Require(pid == -1 && options == Linux.WNOHANG, "any child, without waiting");
        if (_zombies.TryDequeue(out (int Pid, bool Refuses) ended))
        {
            Progress();
            _lastChange = Now;
            _coverage.Add("orphans", ended.Pid >= FirstOrphan ? 1 : 0);
            const int killed = Linux.SIGKILL, exitedWithOne = 0x100; // wait(2)
            if (IsDraining && Now >= DelayEndsAt - Slack)
            {
                ended.Refuses = false; // whether it was to serve still is not for certain
            }

            *status = ended.Refuses ? exitedWithOne : Random.Next(2) == 0 ? 0 : killed;
            if (ended.Refuses && _firstWorkers.Contains(ended.Pid) && _stoppedAt == Never)
            {
                _stoppedAt = Now;
                _fatal ??= NoService; // it has said why; the others may finish
                _coverage.Add("refused by a worker");
            }

            return Answer(ended.Pid);
        }

        return Answer(_running.Count > 0 || _orphansEndAt.Count > 0 ? 0 : -Errno.ECHILD);
    }

    internal nint Kill(int pid, int signal)
    {
        Enter($"kill({pid}, {signal})");
        if (_isChild)
        {
            Require((_isOrphan || IsDraining) && !_hasToldItself && pid == WorkerPid && signal == Linux.SIGTERM, "a worker kills");
            _hasToldItself = true;
            return Answer(0);
        }

        if (signal == Linux.SIGTERM && _drainDelay is not null)
        {
            Require(IsDraining, "a worker is told to end soon, and nobody asked for it");
            foreach (Process told in _running.Where(worker => worker.Pid == pid))
            {
                Require(!told.IsDraining, "it tells a worker twice");
                told.IsDraining = true;
            }

            return Answer(0);
        }

        bool isOver = _secondSignalRead || _fatal is not (null or NoFork or NoService) || (_stoppedAt != Never && Now >= _stoppedAt + GracePeriod * 1000);
        Require(signal == (_drainDelay is null ? Linux.SIGTERM : Linux.SIGALRM) ? _stoppedAt != Never || _fatal is not null : signal == Linux.SIGKILL && isOver, "a worker is killed too early");
        Require(_zombies.Any(zombie => zombie.Pid == pid) || _running.Exists(worker => worker.Pid == pid), "it kills somebody else");
        Process? process = _running.Find(worker => worker.Pid == pid);
        if (process is null)
        {
            return Answer(0); // it has ended by itself by now
        }

        if (signal == Linux.SIGKILL)
        {
            _running.Remove(process);
            _coverage.Add("killed");
            return Answer(0);
        }

        Require(!process.WasToldToEnd, "it tells a worker twice");
        process.WasToldToEnd = true;
        process.EndsAt = Random.Next(4) == 0 ? Never : Math.Min(process.EndsAt, Now + Random.Next(GracePeriod * 1000 + 1000));
        return Answer(0);
    }

    /// <summary>Whether the delay before the end has begun, and nothing shows that it is over.</summary>
    private bool IsDraining => _drainedAt != Never && _stoppedAt == Never;

    private long DelayEndsAt => _drainedAt + _drainDelay!.Value * 1000;

    /// <summary>What the parent does now shows that the delay is over for it.</summary>
    private void EndDelay()
    {
        if (IsDraining && !_isChild && _fatal is null)
        {
            Require(Now >= DelayEndsAt, "it did not go on for as long as it was to");
            _stoppedAt = Now;
        }
    }

    internal nint Close(int fd)
    {
        EndDelay();
        Enter($"close({fd})");
        Require(_isChild || _stoppedAt != Never || _fatal is not null, "the parent closes a listener");
        Require(_sockets.Remove(fd), "what is closed is no listener of its own");
        return Answer(0);
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        Enter($"write({fd}, '{text.TrimEnd()}')");
        Require(fd == StandardError, "writes for people");
        string[] words = text.Split(' ');
        bool isEnd = words[0] == "worker";
        Require(
            _fatal is not null ? text.StartsWith(_fatal, StringComparison.Ordinal)
                : isEnd ? int.Parse(words[1], CultureInfo.InvariantCulture) < _nextPid && _stoppedAt == Never
                : text.StartsWith("retrying fork: ", StringComparison.Ordinal) || text.StartsWith("retried ", StringComparison.Ordinal),
            "a message about nothing");
        _owesMessage = false;
        return bytes.Length;
    }

    internal nint Time(int clock, out timespec time)
    {
        Enter($"clock_gettime({clock})");
        Require(clock == Linux.CLOCK_MONOTONIC, "the clock that nobody sets");
        time.tv_sec = Now / 1000;
        time.tv_nsec = Now % 1000 * 1_000_000;
        return Answer(0);
    }

    // ---- what happens by itself ----

    /// <summary>While a call is made, time passes.</summary>
    private protected override void HappenIn()
    {
        if (HasFaults && !_isChild && Chance(0.05))
        {
            AdvanceTo(Now + Random.Next(3));
        }
    }

    private long NextAt
    {
        get
        {
            long next = Math.Min(_stopsAt.Count > 0 ? _stopsAt[0] : Never, _orphansEndAt.Count > 0 ? _orphansEndAt[0] : Never);
            foreach (Process process in _running)
            {
                next = Math.Min(next, process.EndsAt);
            }

            return next;
        }
    }

    private void AdvanceTo(long time)
    {
        for (long next = NextAt; next <= time && next != Never; next = NextAt)
        {
            Now = Math.Max(Now, next);
            if (_stopsAt.Count > 0 && _stopsAt[0] <= next)
            {
                _stopsAt.RemoveAt(0);
                Signal(Random.Next(2) == 0 ? Linux.SIGTERM : Linux.SIGINT);
            }
            else if (_orphansEndAt.Count > 0 && _orphansEndAt[0] <= next)
            {
                _orphansEndAt.RemoveAt(0);
                _zombies.Enqueue((_nextOrphan++, Random.Next(4) == 0));
                Signal(Linux.SIGCHLD);
            }
            else
            {
                Process process = _running.Find(process => process.EndsAt <= next)!;
                _running.Remove(process);
                _zombies.Enqueue((process.Pid, process.Refuses));
                Signal(Linux.SIGCHLD);
            }
        }

        Now = Math.Max(Now, time);
        Note($"-- it is {Now}");
    }

    private void Signal(int signal)
    {
        Note($"-- {Now}: signal {signal}");
        _pendingSignals.Add(signal);
    }

    private Socket Find(int fd)
    {
        Require(_sockets.ContainsKey(fd), $"descriptor {fd} is not open");
        return _sockets[fd];
    }

    /// <summary>The failures after which there is a grace period.</summary>
    private const string NoFork = "fork", NoService = "one of the first workers cannot serve";

    /// <summary>After this failure the supervisor owes exit code 1 and a line that names the call.</summary>
    private nint Fatal(string call, nint error)
    {
        _fatal = call;
        _owesMessage = true;
        return Answer(error);
    }
}

/// <summary>The system calls of a supervisor, answered by the <see cref="SupervisorWorld"/> of the calling thread.</summary>
internal unsafe struct SupervisorKernel : IKernel
{
    private static SupervisorWorld World => SupervisorWorld.Current!;

    public static nint SignalForwarder => World.SignalForwarder;

    public static nint sched_getaffinity(int pid, nuint cpusetsize, ulong* mask) => World.GetAffinity(mask, cpusetsize);

    public static nint socket(int domain, int type, int protocol) => World.CreateSocket(domain);

    public static nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => World.SetOption(sockfd, level, optname);

    public static nint bind(int sockfd, void* addr, uint addrlen) => World.Bind(sockfd, *(sockaddr_in*)addr, addrlen);

    public static nint listen(int sockfd, int backlog) => World.Listen(sockfd);

    public static nint getsockname(int sockfd, void* addr, uint* addrlen) => World.GetName(sockfd, ref *(sockaddr_in*)addr);

    public static nint fork() => World.Fork();

    public static nint getpid() => World.GetPid();

    public static nint getppid() => World.GetParent();

    public static nint prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5) => World.Control(option, arg2);

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Poll(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint read(int fd, void* buf, nuint count) => World.Read(fd, (byte*)buf, (int)count);

    public static nint write(int fd, void* buf, nuint count) => World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count));

    public static nint close(int fd) => World.Close(fd);

    public static nint wait4(int pid, int* wstatus, int options, void* rusage) => World.Reap(pid, wstatus, options);

    public static nint kill(int pid, int sig) => World.Kill(pid, sig);

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, out *tp);
}
