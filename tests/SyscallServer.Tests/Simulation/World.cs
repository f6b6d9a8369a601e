using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A machine with one server on it, its clients, its children, its signals and its clock; deterministic from a seed. Any
/// call may fail in any way its man page lists, and whatever may happen at any moment does so at some. It knows what
/// the server owes, and throws where the server does otherwise.
/// </summary>
/// <remarks>
/// fork(2) returns twice, a simulation once: at each fork the world decides whether it goes on with the parent, and the child is then
/// only a process that ends some time, or with the child, and the parent is never heard of again.
/// </remarks>
internal sealed class World : SimulatedMachine
{
    internal const int ServerPid = 4711;
    private const int FirstChildPid = 5000;
    private const int FirstOrphanPid = 90_000;

    /// <summary>Calls that may follow each other without anything happening in the world. The longest honest row is that of the start.</summary>
    private const int MaxCallsWithoutProgress = 60;

    private readonly bool _mayFollowChild;

    private readonly Dictionary<int, Kind> _descriptors = new() { [0] = Kind.Standard, [1] = Kind.Standard, [2] = Kind.Standard };
    private readonly StringBuilder _standardOutput = new();
    private readonly StringBuilder _standardError = new();

    private readonly SortedSet<int> _pendingSignals = [];
    private readonly List<int> _running = [];
    private readonly Queue<int> _zombies = new();
    private ulong _blocked;
    private bool _childSignalIsDefault;
    private int _nextPid = FirstChildPid;
    private int _nextOrphan = FirstOrphanPid;
    /// <summary>Whether a shortage was said, and there have been children ever since.</summary>
    private bool _shortageOpen;

    // Clients and the listener.
    private int _clientsToCome;
    private int _waiting;
    private int _waitingAtStop;
    private int _acceptedSinceStop;
    private int _orphansToCome;
    private bool _listening;
    private int? _unforkedConnection;

    /// <summary>Whether there was a shortage, which does not go away while nobody waits.</summary>
    private bool _mustPause;

    // The end.
    private int _stopSignals;
    private long _alarmAt = long.MaxValue;
    private long _drainedAt = long.MaxValue;
    private bool _drainIsCutShort;
    private bool _graceHasBegun;
    private long _stoppedAt = long.MaxValue;
    private long _jumpedSinceStop;
    private bool _secondSignalRead;
    private bool _deadlineMayHavePassed;
    private string? _fatal;

    // The child that is followed, if any.
    private int? _childConnection;
    private readonly List<byte> _written = [];
    private bool _clientIsGone;
    private bool _sendingEnded;
    private int _chunksToSend;

    internal World(int seed, double faultRate = 0, int clients = 0, bool mayFollowChild = false, bool isTraced = true)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        _clientsToCome = clients;
        _mayFollowChild = mayFollowChild;
        _orphansToCome = faultRate > 0 ? Random.Next(3) : 0;
    }

    private enum Kind
    {
        Standard,
        Socket,
        Signals,
        Connection,
    }

    [ThreadStatic]
    internal static World? Current;

    internal string StandardOutput => _standardOutput.ToString();

    internal string StandardError => _standardError.ToString();

    /// <summary>Ends the server without a word after it listens: for tests that want its start only.</summary>
    internal bool StopAtOnce { get; set; }

    /// <summary>A call that fails, and how; it fails once.</summary>
    internal (string Call, int Errno)? Failure { get; set; }

    /// <summary>Seconds that the server goes on when it is told to end.</summary>
    internal int DrainDelay { get; init; }

    /// <summary>Whether it has begun to.</summary>
    internal bool HasDrained => _drainedAt != long.MaxValue;

    internal bool AnyoneServed => _nextPid > FirstChildPid;

    // ---- what is owed at the end ----

    /// <summary>The parent has returned from Run.</summary>
    internal void CheckParentEnded(int exitCode, bool isSilent = false)
    {
        Require(!isSilent || _standardOutput.Length + _standardError.Length == 0, "it said something");
        Require(exitCode == (_fatal is null ? 0 : 1), $"exit code {exitCode}, although {_fatal ?? "nothing failed for good"}");
        if (!_listening)
        {
            return;
        }

        Require(_descriptors.All(descriptor => descriptor.Value == Kind.Standard), "descriptors are left open");
        Require(_unforkedConnection is null, "a connection was accepted and dropped");
        Require(_running.Count == 0, "children were left behind");
        if (_fatal is null)
        {
            Require(Now <= _stoppedAt + SimulatedServer.GracePeriod * 1000 + _jumpedSinceStop, $"ended {Now - _stoppedAt} ms after the signal");
            Require(!HasDrained || _drainIsCutShort || _stoppedAt >= _drainedAt + DrainDelay * 1000, "it did not go on for as long as it was to");
            Require(
                _acceptedSinceStop >= Math.Min(_waitingAtStop, SimulatedServer.Backlog) || _deadlineMayHavePassed || _secondSignalRead,
                $"{_waitingAtStop} connections were waiting at the signal, {_acceptedSinceStop} were accepted");
        }
    }

    /// <summary>The child that was followed has called _exit.</summary>
    internal void CheckChildEnded(int status)
    {
        Require(status == 0, $"a child's exit status is {status}");
        Require(!_descriptors.ContainsValue(Kind.Connection), "the child left its connection open");
        Require(!_descriptors.ContainsValue(Kind.Socket), "the child kept the listener");
        string written = Encoding.UTF8.GetString([.. _written]);
        Require(_clientIsGone ? SimulatedServer.Answer.StartsWith(written, StringComparison.Ordinal) : written == SimulatedServer.Answer, $"the client got '{written}'");
        Require(_sendingEnded || _clientIsGone, "the response was not ended by shutdown");
    }

    // ---- the calls ----

    internal nint SignalAction(int signal, in kernel_sigaction action, nuint size)
    {
        Enter($"rt_sigaction({signal}, {action.sa_handler})");
        Require(size == 8, "the size of a signal set is 8");
        if (Fails("rt_sigaction", out nint error, Errno.EINVAL))
        {
            return Fatal("rt_sigaction", error);
        }

        _childSignalIsDefault |= signal == Linux.SIGCHLD && action.sa_handler == Linux.SIG_DFL;
        return 0;
    }

    internal nint BlockSignals(int how, ulong set, nuint size)
    {
        Enter($"rt_sigprocmask({how}, 0x{set:X})");
        Require(size == 8 && how == Linux.SIG_BLOCK, "signals are to be blocked");
        if (Fails("rt_sigprocmask", out nint error, Errno.EINVAL))
        {
            return Fatal("rt_sigprocmask", error);
        }

        _blocked = set;
        return 0;
    }

    internal nint SignalDescriptor(int fd, ulong mask, nuint size, int flags)
    {
        Enter($"signalfd4({fd}, 0x{mask:X}, {flags})");
        Require(fd == -1 && size == 8 && flags == Linux.SFD_NONBLOCK && mask == 0x16002 && (_blocked & mask) == mask, "a descriptor for the signals that mean something, which does not block");
        Require(_childSignalIsDefault, "SIGCHLD may have been inherited ignored");
        return Fails("signalfd4", out nint error, Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM) ? Fatal("signalfd4", error) : Open(Kind.Signals);
    }

    internal nint Socket(int domain, int type, int protocol)
    {
        Enter($"socket({domain}, 0x{type:X}, {protocol})");
        return Fails("socket", out nint error, Errno.EACCES, Errno.EAFNOSUPPORT, Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM) ? Fatal("socket", error) : Open(Kind.Socket);
    }

    internal nint SocketOption(int fd, int level, int option, ReadOnlySpan<byte> value)
    {
        Enter($"setsockopt({fd}, {level}, {option}, {Convert.ToHexString(value)})");
        RequireOpen(fd, Kind.Socket);
        return Fails("setsockopt", out nint error, Errno.ENOMEM, Errno.EINVAL) ? Fatal("setsockopt", error) : 0;
    }

    internal nint Bind(int fd, in sockaddr_in name, uint length)
    {
        Enter($"bind({fd}, {name.sin_addr:X8}:{name.sin_port:X4})");
        RequireOpen(fd, Kind.Socket);
        Require(length == 16 && name.sin_family == Linux.AF_INET, "an IPv4 name");
        return Fails("bind", out nint error, Errno.EACCES, Errno.EADDRINUSE, Errno.EADDRNOTAVAIL, Errno.EINVAL) ? Fatal("bind", error) : 0;
    }

    internal nint Listen(int fd, int backlog)
    {
        Enter($"listen({fd}, {backlog})");
        RequireOpen(fd, Kind.Socket);
        if (Fails("listen", out nint error, Errno.EADDRINUSE))
        {
            return Fatal("listen", error);
        }

        Require(_blocked == 0x1017002, "SIGINT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD or SIGXFSZ could have ended the process unheard");
        _listening = true;
        return 0;
    }

    internal nint SocketName(int fd, ref sockaddr_in name)
    {
        Enter($"getsockname({fd})");
        RequireOpen(fd, Kind.Socket);
        if (Fails("getsockname", out nint error, Errno.ENOBUFS))
        {
            _listening = false;
            return Fatal("getsockname", error);
        }

        name.sin_port = 0x3930; // 12345 in network byte order
        return 0;
    }

    internal nint Poll(Span<pollfd> ready, int timeout)
    {
        _mustPause = false;
        Enter($"poll([{string.Join(", ", ready.ToArray().Select(entry => entry.fd))}], {timeout})");
        if (Fails("poll", out nint error, Errno.EINTR, Errno.EINTR, Errno.EINTR, Errno.ENOMEM, Errno.EINVAL))
        {
            return error == -Errno.EINTR ? error : Fatal("poll", error);
        }

        Require(timeout != -1 || !(_stopRead || HasDrained) || _pendingSignals.Count > 0 || _alarmAt != long.MaxValue, "waits without end although it is to stop");
        Require(!HasDrained || _stopRead || timeout != 0, "it waits for no more clients, although it is to go on");
        long deadline = timeout < 0 ? long.MaxValue : Now + timeout;
        while (true)
        {
            int count = 0;
            foreach (ref pollfd entry in ready)
            {
                bool isReady = entry.fd >= 0 && Require(entry.fd, out Kind kind) && (kind == Kind.Signals ? _pendingSignals.Count > 0 : _waiting > 0);
                entry.revents = isReady ? Linux.POLLIN : (short)0;
                count += isReady ? 1 : 0;
            }

            if (count > 0 || Now >= deadline)
            {
                if (count > 0 || timeout > 0)
                {
                    Progress();
                }

                return Answer(count);
            }

            // About to wait: nothing that has ended may be left unreaped.
            Require(_zombies.Count == 0, "a child has ended, its signal was read, and it is not reaped");
            Advance(deadline);
        }
    }

    internal nint Accept(int fd)
    {
        Enter($"accept({fd})");
        Require(!_mustPause, "it tries again at once");
        RequireOpen(fd, Kind.Socket);
        Require(_unforkedConnection is null, "the connection before was not forked for");
        Require(_running.Count + _zombies.Count(pid => pid < FirstOrphanPid) <= SimulatedServer.MaxConnections, "more children than allowed");
        if (Fails("accept", out nint error,
            Errno.EINTR, Errno.EAGAIN, Errno.ECONNABORTED, Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EPERM, Errno.EPROTO,
            Errno.ENETDOWN, Errno.ENOPROTOOPT, Errno.EHOSTDOWN, Errno.ENONET, Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.ECONNRESET, Errno.ETIMEDOUT, Errno.EINVAL))
        {
            _mustPause = error is -Errno.EMFILE or -Errno.ENFILE or -Errno.ENOBUFS or -Errno.ENOMEM;
            if (error == -Errno.ECONNABORTED && _waiting > 0)
            {
                TakeWaiting(); // this client is gone
            }

            return error == -Errno.EINVAL ? Fatal("accept", error) : error;
        }

        if (_waiting == 0)
        {
            return -Errno.EAGAIN;
        }

        TakeWaiting();
        int connection = Open(Kind.Connection);
        _unforkedConnection = connection;
        return Answer(connection);
    }

    internal nint Fork()
    {
        Enter($"fork()");
        Require(!_mustPause, "it tries again at once");
        Require(_unforkedConnection is not null, "a fork for no connection");
        if (Fails("fork", out nint error, Errno.EAGAIN, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOSYS))
        {
            if (error == -Errno.ENOSYS)
            {
                _unforkedConnection = null; // given up for good
                return Fatal("fork", error);
            }

            _mayDrop = true;
            _mustPause = true;
            return error;
        }

        int connection = _unforkedConnection!.Value;
        _unforkedConnection = null;
        if (_mayFollowChild && Chance(0.3))
        {
            _childConnection = connection;
            _chunksToSend = Random.Next(4);
            return Answer(0);
        }

        int pid = _nextPid++;
        _running.Add(pid);
        Require(_running.Count <= SimulatedServer.MaxConnections, "more children than MaxConnections");
        return Answer(pid);
    }

    internal nint Wait(int pid, int options)
    {
        Enter($"wait4({pid}, {options})");
        Require(pid == -1 && options == Linux.WNOHANG, "any child, without waiting");
        if (_zombies.TryDequeue(out int ended))
        {
            Progress();
            _shortageOpen &= _running.Count + _zombies.Count(zombie => zombie < FirstOrphanPid) > 0;
            return Answer(ended);
        }

        return Answer(_running.Count > 0 ? 0 : -Errno.ECHILD);
    }

    internal nint Kill(int pid, int signal)
    {
        Enter($"kill({pid}, {signal})");
        if (pid == ServerPid)
        {
            Require(_drainIsCutShort && !_stopRead && signal == Linux.SIGALRM, "it sends itself another signal than the end of the delay");
            Signal(signal);
            return 0;
        }

        Require(signal == Linux.SIGKILL, "children are killed by SIGKILL");
        Require(pid >= FirstChildPid && pid < _nextPid, "kills a process that is not its child");
        Require(_running.Remove(pid) || _zombies.Contains(pid), "kills a child that was reaped: the number may be another process by now");
        Require(
            _secondSignalRead || _fatal is not null || Now >= _stoppedAt + SimulatedServer.GracePeriod * 1000,
            "kills a child within the grace period");
        return 0;
    }

    internal nint Alarm(uint seconds)
    {
        Enter($"alarm({seconds})");
        if (HasDrained && !_stopRead && _fatal is null)
        {
            Require(seconds == (_drainIsCutShort ? 0 : DrainDelay), "the alarm is for the end of the delay, or there is none any more");
            _alarmAt = seconds == 0 ? long.MaxValue : Now + seconds * 1000;
            return 0;
        }

        Require(seconds == SimulatedServer.GracePeriod, "the alarm is for the end of the grace period");
        _graceHasBegun = true;
        _alarmAt = Now + seconds * 1000;
        return 0;
    }

    internal nint Close(int fd)
    {
        Enter($"close({fd})");
        Require(!_descriptors.TryGetValue(fd, out Kind kind) || kind != Kind.Standard, "a standard stream is closed");
        if (_unforkedConnection == fd && _mayDrop && Now >= _stoppedAt + SimulatedServer.GracePeriod * 1000 - 1)
        {
            _unforkedConnection = null; // there was no memory for a child until the end of the grace period
        }

        if (_unforkedConnection == fd && (_secondSignalRead || _fatal is not null))
        {
            _unforkedConnection = null;
        }

        Require(_unforkedConnection != fd, "an accepted connection is closed unserved");
        Require(kind != Kind.Socket || _stopRead || _fatal is not null || _childConnection is not null, "it stops to listen, although it is to go on");
        Require(_descriptors.Remove(fd), "what is closed is not open");
        return 0;
    }

    internal nint Read(int fd, Span<byte> buffer)
    {
        Enter($"read({fd}, {buffer.Length})");
        Require(fd, out Kind kind);
        if (kind == Kind.Signals)
        {
            if (_pendingSignals.Count == 0 || Fails("read", out _, Errno.EAGAIN))
            {
                return -Errno.EAGAIN;
            }

            int signal = _pendingSignals.Min;
            _pendingSignals.Remove(signal);
            buffer.Clear();
            buffer[0] = (byte)signal;
            if (signal != Linux.SIGCHLD && !_stopRead && DrainDelay > 0 && IsOfDelay(signal))
            {
                Progress();
                return Answer(128);
            }

            if (signal != Linux.SIGCHLD)
            {
                _secondSignalRead |= _stopRead && signal != Linux.SIGALRM;
                Require(signal != Linux.SIGALRM || _stopRead || HasDrained || _fatal is not null, "an alarm for nothing");
                Require(
                    signal != Linux.SIGALRM || !_stopRead || _fatal is not null || Now >= _stoppedAt + SimulatedServer.GracePeriod * 1000,
                    "the alarm that was for the end of the delay ends the grace period");
                _stoppedAt = _stopRead ? _stoppedAt : Now;
                _waitingAtStop = _stopRead ? _waitingAtStop : _waiting;
                _stopRead = true;
            }

            Progress();
            return Answer(128);
        }

        Require(kind == Kind.Connection && fd == _childConnection, "reads what is not its own");
        if (Fails("read", out nint error, Errno.EINTR, Errno.EINTR, Errno.EAGAIN, Errno.ECONNRESET, Errno.ETIMEDOUT))
        {
            _clientIsGone |= error != -Errno.EINTR;
            return error;
        }

        return Answer(_chunksToSend-- > 0 ? 1 + Random.Next(buffer.Length) : 0);
    }

    /// <summary>Whether a signal that was read begins the delay before the end, or asks for its end, which an alarm then tells.</summary>
    private bool IsOfDelay(int signal)
    {
        if (_fatal is not null || (signal == Linux.SIGALRM && HasDrained))
        {
            Require(_fatal is not null || _drainIsCutShort || Now >= _drainedAt + DrainDelay * 1000, "the delay is over too early");
            return false;
        }

        Require(signal != Linux.SIGALRM, "an alarm for nothing");
        _drainIsCutShort |= HasDrained;
        _drainedAt = Math.Min(_drainedAt, Now);
        return true;
    }

    /// <summary>recvfrom(2) as a lingering close makes it: until the client has ended its side, or the timeout is over.</summary>
    internal nint Discard(int fd, bool toNowhere, nuint length, int flags)
    {
        Enter($"recvfrom({fd}, {flags})");
        Require(fd == _childConnection && toNowhere && length == int.MaxValue && flags == (Linux.MSG_TRUNC | Linux.MSG_WAITALL), "takes in everything, and keeps nothing");
        Require(_sendingEnded, "the client waits for the end of the response");
        return Fails("recvfrom", out nint error, Errno.EINTR, Errno.EAGAIN, Errno.ECONNRESET) ? error : Answer(_chunksToSend);
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        Enter($"write({fd}, '{Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\\n")}')");
        Require(fd, out Kind kind);
        if (kind == Kind.Standard)
        {
            string text = Encoding.UTF8.GetString(bytes);
            bool isShortage = text.StartsWith("retrying ", StringComparison.Ordinal);
            Require(!isShortage || !_shortageOpen, "a shortage is reported twice");
            _shortageOpen |= isShortage;
            (fd == 1 ? _standardOutput : _standardError).Append(text);
            return bytes.Length;
        }

        Require(kind == Kind.Connection && fd == _childConnection, "writes to what is not its own");
        Require(!_clientIsGone, "writes again to a client that is gone");
        if (Fails("write", out nint error, Errno.EINTR, Errno.EINTR, Errno.EAGAIN, Errno.EPIPE, Errno.ECONNRESET))
        {
            _clientIsGone |= error != -Errno.EINTR;
            return error;
        }

        int count = Mishap(3) ? 1 + Random.Next(bytes.Length) : bytes.Length;
        _written.AddRange(bytes[..count]);
        Progress();
        return Answer(count);
    }

    internal nint Shutdown(int fd, int how)
    {
        Enter($"shutdown({fd}, {how})");
        Require(fd == _childConnection && how == Linux.SHUT_WR, "ends the sending side of its connection");
        _sendingEnded = true;
        if (Fails("shutdown", out nint error, Errno.ECONNRESET))
        {
            _clientIsGone = true;
            return error;
        }

        return 0;
    }

    // ---- what happens by itself ----

    private bool _stopRead;
    private bool _mayDrop;

    /// <summary>Lets time pass and something happen, at the latest at the deadline.</summary>
    private void Advance(long deadline)
    {
        Progress();
        long step = Random.Next(1, 500);
        if (HasFaults && Chance(0.01))
        {
            step = 20_000; // the machine was asleep
            if (_stopRead)
            {
                _jumpedSinceStop += step;
            }
        }
        else
        {
            step = Math.Min(step, Math.Min(deadline, _alarmAt) - Now);
        }

        Now += step;
        if (Now >= _alarmAt)
        {
            Signal(Linux.SIGALRM);
            _alarmAt = long.MaxValue;
        }

        _deadlineMayHavePassed |= _stopRead && Now >= _stoppedAt + SimulatedServer.GracePeriod * 1000;
        Note($"-- {step} ms pass");
        if (!Happen() && deadline == long.MaxValue && _alarmAt == long.MaxValue)
        {
            Signal(Linux.SIGTERM); // nothing else will ever happen: end it
        }
    }

    /// <summary>One of the things that can happen now does, or none.</summary>
    private bool Happen()
    {
        var possible = new List<Action>();
        if (_listening && _clientsToCome > 0 && _waiting < SimulatedServer.Backlog && !StopAtOnce)
        {
            possible.Add(() =>
            {
                _clientsToCome--;
                _waiting++;
                Note($"-- a client connects");
            });
        }

        if (_running.Count > 0)
        {
            possible.Add(EndChild);
        }

        if (_orphansToCome > 0)
        {
            possible.Add(() =>
            {
                _orphansToCome--;
                _zombies.Enqueue(_nextOrphan++);
                Signal(Linux.SIGCHLD);
            });
        }

        if (HasFaults && _stopSignals < (DrainDelay > 0 ? 4 : 2) && Chance(0.02))
        {
            possible.Add(() => Signal(Random.Next(2) == 0 ? Linux.SIGINT : Linux.SIGTERM));
        }

        if (possible.Count == 0)
        {
            return false;
        }

        possible[Random.Next(possible.Count)]();
        return true;
    }

    private void EndChild()
    {
        int pid = _running[Random.Next(_running.Count)];
        _running.Remove(pid);
        _zombies.Enqueue(pid);
        Signal(Linux.SIGCHLD);
    }

    private void Signal(int signal)
    {
        Note($"-- signal {signal}");
        Require((_blocked & 1UL << signal - 1) != 0, "the signal ends the process");
        _stopSignals += signal is Linux.SIGINT or Linux.SIGTERM ? 1 : 0;
        _pendingSignals.Add(signal);
    }

    private void TakeWaiting()
    {
        _waiting--;
        _acceptedSinceStop += _stopRead ? 1 : 0;
        Progress();
    }

    private protected override void HappenIn()
    {
        // The alarm for the end of the delay may come while a second signal ends that.
        if (HasFaults && _drainIsCutShort && !_graceHasBegun && Chance(0.3))
        {
            int step = Random.Next(3000);
            Note($"-- {step} ms pass meanwhile");
            Now += step;
            _jumpedSinceStop += _stopRead ? step : 0;
            if (Now >= _alarmAt)
            {
                Signal(Linux.SIGALRM);
                _alarmAt = long.MaxValue;
            }
        }

        if (HasFaults && _childConnection is null && _listening && Chance(0.1))
        {
            Happen();
        }
    }

    private bool Fails(string call, out nint error, params int[] errors)
    {
        if (Failure is { } failure && failure.Call == call)
        {
            Failure = null;
            error = -failure.Errno;
            return true;
        }

        return Fails(out error, errors);
    }

    /// <summary>After this failure the server owes exit code 1 and a line that names the call.</summary>
    private nint Fatal(string call, nint error)
    {
        _fatal ??= call + " failed";
        return error;
    }

    private int Open(Kind kind)
    {
        int descriptor = 0;
        while (_descriptors.ContainsKey(descriptor))
        {
            descriptor++;
        }

        _descriptors[descriptor] = kind;
        return descriptor;
    }

    /// <summary>For tests: a standard stream that was closed before the server started.</summary>
    internal void CloseStandardStream(int fd) => _descriptors.Remove(fd);

    internal bool IsSocket(int fd) => _descriptors.TryGetValue(fd, out Kind kind) && kind == Kind.Socket;

    private bool Require(int fd, out Kind kind)
    {
        Require(_descriptors.TryGetValue(fd, out kind), $"descriptor {fd} is not open");
        return true;
    }

    private void RequireOpen(int fd, Kind kind)
    {
        Require(fd, out Kind actual);
        Require(actual == kind, $"descriptor {fd} is a {actual}, not a {kind}");
    }
}
