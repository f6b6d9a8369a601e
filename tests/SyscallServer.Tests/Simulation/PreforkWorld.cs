using System;
using System.Collections.Generic;
using System.Text;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A worker of <see cref="Concurrency.Prefork"/> and several clients, which come while it serves another one, wait in the backlog, and may be
/// taken from there by other workers; descriptors run out for a while.
/// </summary>
internal sealed class PreforkWorld : ConnectionWorld
{
    internal const int StandardError = 2;

    private const int Listener = 3;
    private const int Epoll = 5;
    private const int ENOSPC = 28;
    private const int EIO = 5;

    // Clients that will come, in that order; and that wait to be accepted.
    private readonly Queue<(long At, SimulatedClient Client)> _toCome = new();
    private readonly Queue<SimulatedClient> _backlog = new();

    /// <summary>Since when there are clients in the backlog.</summary>
    private long _waitingSince;

    /// <summary>Whether the listener was passed by a service manager, who holds it, and what waits in its backlog, for the next server.</summary>
    private readonly bool _isPassed;
    private bool _listenerIsClosed;

    /// <summary>Whether the last accept found nobody: who comes between that and the end of the listener comes too late.</summary>
    private bool _wasEmpty;

    /// <summary>The name of each watched descriptor in the epoll set.</summary>
    private readonly Dictionary<int, ulong> _watched = [];
    private bool _hasEpoll;

    /// <summary>The connection that is open, if any, and the last one: each has a number of its own, so that no other is used for it.</summary>
    private int _open;
    private int _last = Epoll;

    /// <summary>When there are descriptors again, and the error until then; what was said of it, and whether the worker is to pause.</summary>
    private long _shortUntil;
    private int _shortage;
    private readonly SimulatedShortage _shortages;
    private bool _mustPause;

    private bool _alarmIsSet;

    private string? _fatal;
    private bool _fatalReported;

    internal PreforkWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges, Coverage coverage, int? drainDelay = null)
        : base(seed, faultRate, isTraced, exchanges, coverage, drainDelay)
    {
        _shortages = new SimulatedShortage(Require);
        _isPassed = Random.Next(4) == 0;
        int longestPause = Random.Next(3) switch { 0 => 5, 1 => 500, _ => 20_000 };
        long at = Now;
        for (int clients = Random.Next(6); clients > 0; clients--)
        {
            at += Random.Next(longestPause);
            _toCome.Enqueue((at, NewClient(at)));
            if (Random.Next(6) == 0)
            {
                PlanStop(at + Random.Next(Random.Next(2) == 0 ? 20 : 5000));
            }
        }

        if (Random.Next(8) == 0)
        {
            PlanStop(Now); // before it has waited for anything
        }

        if (Random.Next(16) == 0)
        {
            PlanSignal(Linux.SIGCHLD, Now + Random.Next(30_000));
        }
    }

    // ---- from the start to the end ----

    /// <summary>Runs the worker until it ends, and looks at what it leaves behind.</summary>
    internal unsafe void Work<TApp, TServer>()
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        LogsAccess = TApp.IsObserved && Random.Next(2) == 0;
        int exitCode = Run(
            memory =>
            {
                Endpoints endpoints = default;
                endpoints.Set("127.0.0.1:1\0"u8);
                endpoints.ArePassed = _isPassed;
                endpoints.Options.IsObserved = LogsAccess;
                endpoints.Options.DrainDelay = (byte)(DrainDelay ?? 0);
                endpoints.First->Descriptor = Listener;
                endpoints.First->IsShared = true;
                return PreforkWorker.Run<ConnectionKernel, TApp, TServer>(&endpoints, Signals, (byte*)memory);
            },
            HttpChild.MemorySize<TApp>());
        Note($"ended with {exitCode}");
        Require(exitCode == (_fatal is null ? 0 : 1), $"exit code {exitCode}, although {_fatal ?? "nothing failed for good"}");
        Require(_open == 0, "a connection is left open");
        Require(_fatal is not null || IsStopping, "nobody asked it to end");
        Require(_fatal is not null || _isPassed || _listenerIsClosed, "it listens on, although nobody accepts");
        Require(_fatal is null || _fatalReported, "it does not say why it ends");
        Log.CheckEnd();
        Coverage.Add("failed", exitCode);
    }

    // ---- the calls of the start ----

    internal nint CreateEpoll()
    {
        Enter($"epoll_create1");
        Require(!_hasEpoll, "a second epoll set");
        if (Fails(out nint error, [Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM]))
        {
            return Fatal("epoll_create1", error);
        }

        _hasEpoll = true;
        return Answer(Epoll);
    }

    internal nint Control(int epoll, int operation, int fd, epoll_event change)
    {
        Enter($"epoll_ctl({operation}, {fd}, {change.events}, {change.data})");
        Require(_hasEpoll && epoll == Epoll && operation == Linux.EPOLL_CTL_ADD && !_watched.ContainsKey(fd), "the set is made once");
        Require(
            fd == Listener ? change.events == (Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE) : fd == Signals && change.events == Linux.EPOLLIN,
            "a connection wakes all workers, or something else is watched");
        Require(!_watched.ContainsValue(change.data), "two descriptors of one name");
        if (Fails(out nint error, [Errno.ENOMEM, ENOSPC]))
        {
            return Fatal("epoll_ctl", error);
        }

        _watched.Add(fd, change.data);
        return Answer(0);
    }

    // ---- the calls of the worker ----

    internal nint Wait(int epoll, Span<epoll_event> events, int timeout)
    {
        Enter($"epoll_wait({timeout})");
        Require(_hasEpoll && epoll == Epoll && _watched.Count == 2, "it waits for the listener and the signals");
        Require(timeout == -1 && events.Length == 1, "waits for any time");
        Require(_open == 0, "it waits for clients while it has one");
        Require(!IsStopping, "it waits for clients although it is to end");
        Require(!IsDraining || _alarmIsSet, "nothing ends the delay where the supervisor is gone");
        Require(!_mustPause, "it does not pause before it tries again");
        if (Mishap(0.05))
        {
            return Fatal("epoll_wait", -Errno.EINVAL);
        }

        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        while (_backlog.Count == 0 && !HasPendingSignal)
        {
            if (NextAt == Never)
            {
                PlanStop(Now + Random.Next(1500));
            }

            AdvanceTo(NextAt);
        }

        // In no order that anyone has promised.
        bool isSignal = HasPendingSignal && (_backlog.Count == 0 || Random.Next(2) == 0);
        events[0].events = Linux.EPOLLIN;
        events[0].data = _watched[isSignal ? Signals : Listener];
        return Answer(1);
    }

    internal unsafe nint Accept(int fd, void* address, uint* length)
    {
        Enter($"accept({fd})");
        Require(fd == Listener && !_listenerIsClosed, "the listener");
        Require(!IsStopping || !_isPassed, "it takes what is the next server's");
        Require(_open == 0, "it accepts a second connection while it has one");
        Require(!_mustPause, "it does not pause before it tries again");
        if (Mishap(0.05))
        {
            return Fatal("accept", -Errno.EINVAL);
        }

        if (Now >= _shortUntil && Fails(out nint error, [Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EPERM]))
        {
            _shortUntil = Now + Random.Next(1, Random.Next(2) == 0 ? 50 : 3000);
            _shortage = (int)error;
        }

        if (Now < _shortUntil)
        {
            _mustPause = true;
            _shortages.Fail(Now);
            Coverage.Add("short of descriptors");
            return Answer(_shortage);
        }

        if (Fails(out error,
            [
                Errno.EINTR, Errno.ECONNABORTED, Errno.EPROTO, Errno.ENETDOWN, Errno.ENOPROTOOPT, Errno.EHOSTDOWN,
                Errno.ENONET, Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.ECONNRESET, Errno.ETIMEDOUT,
            ]))
        {
            if (error != -Errno.EINTR && _backlog.TryDequeue(out _))
            {
                Progress(); // this client is gone
            }

            return Answer(error);
        }

        while (Mishap(3) && _backlog.TryDequeue(out _))
        {
            Note($"   another worker was faster");
            Coverage.Add("taken by another worker");
            Progress();
        }

        _wasEmpty = !_backlog.TryDequeue(out SimulatedClient? client);
        if (client is null)
        {
            return Answer(-Errno.EAGAIN);
        }

        Progress();
        _open = ++_last;
        if (address != null)
        {
            SimulatedLog.Name(_open, address, length);
        }

        Begin(_open, client);
        Coverage.Add("accepted");
        Coverage.Add("accepted after the signal", IsStopping ? 1 : 0);
        return Answer(_open);
    }

    internal nint Close(int fd)
    {
        Enter($"close({fd})");
        if (fd == Listener)
        {
            Require(IsStopping && !_isPassed && !_listenerIsClosed && _open == 0, "the listener is closed");
            Require(_wasEmpty, "clients are left in the backlog");
            _listenerIsClosed = true;
            return Answer(0);
        }

        Require(_open != 0 && fd == _open, $"descriptor {fd} is not the connection");
        _open = 0;
        Progress();
        End();
        IsStopping |= IsDraining && DrainDelay == 0;

        // It is closed all the same, close(2).
        return Fails(out nint error, [Errno.EINTR, EIO]) ? Answer(error) : Answer(0);
    }

    /// <summary>When the delay has begun, for the case that the supervisor, who ends it, is gone.</summary>
    internal nint Alarm(uint seconds)
    {
        Enter($"alarm({seconds})");
        Require(IsDraining && !_alarmIsSet && DrainDelay > 0 && seconds == DrainDelay + 1, "an alarm for something else");
        _alarmIsSet = true;
        PlanSignal(Linux.SIGALRM, Now + seconds * 1000);
        if (Random.Next(2) == 0)
        {
            PlanSignal(Linux.SIGALRM, Now + Random.Next(DrainDelay!.Value * 1000)); // the supervisor's
        }

        return Answer(0);
    }

    /// <summary>A wait for nothing but the time.</summary>
    internal nint Pause(int timeout)
    {
        Enter($"poll(nothing, {timeout})");
        Require(_mustPause, "a pause for no reason");
        Require(timeout is >= 10 and <= 1000, "a pause that is too short, or keeps clients waiting");
        _shortages.CheckSaid();
        _mustPause = false;
        bool isInterrupted = Fails(out nint error, [Errno.EINTR]);
        AdvanceTo(Now + (isInterrupted ? Random.Next(timeout) : timeout));
        return Answer(error);
    }

    /// <summary>A message on standard error, which need not take it.</summary>
    internal nint Say(ReadOnlySpan<byte> bytes)
    {
        Enter($"write({StandardError}, {bytes.Length})");
        string text = Encoding.UTF8.GetString(bytes);
        Note($"   {text}");
        if (_fatal is not null)
        {
            Require(!_fatalReported && text.StartsWith(_fatal, StringComparison.Ordinal) && text.EndsWith('\n'), "another message than why it ends");
            _fatalReported = true;
        }
        else
        {
            Require(_mustPause && _shortages.TrySay(text, "accept", Now), "a message about nothing");
        }

        return Fails(out nint error, [Errno.EINTR, Errno.EAGAIN, Errno.EPIPE, EIO]) ? Answer(error) : Answer(bytes.Length);
    }

    // ---- what happens by itself ----

    private void PlanStop(long at)
    {
        PlanSignal(Random.Next(2) == 0 ? Linux.SIGTERM : Linux.SIGINT, at);
        if (Random.Next(4) == 0)
        {
            PlanSignal(Linux.SIGTERM, at + Random.Next(Random.Next(2) == 0 ? 10 : 9000));
        }
    }

    private protected override bool IsOfOthers(int fd) => fd == Epoll;

    private protected override bool HaveOthersWaitedSince(long time, out long since)
    {
        since = Math.Max(time, _waitingSince);
        return _backlog.Count > 0;
    }

    private protected override long NextAt
    {
        get
        {
            long next = Math.Min(base.NextAt, _toCome.TryPeek(out (long At, SimulatedClient Client) coming) ? coming.At : Never);
            foreach (SimulatedClient client in _backlog)
            {
                next = Math.Min(next, client.NextAt);
            }

            return next;
        }
    }

    private protected override void Happen(long next)
    {
        if (_toCome.TryPeek(out (long At, SimulatedClient Client) coming) && coming.At <= next)
        {
            _toCome.Dequeue();
            _waitingSince = _backlog.Count == 0 ? Now : _waitingSince;
            _backlog.Enqueue(coming.Client);
            Note($"-- {Now}: a client comes");
            Coverage.Add("came while another was served", _open == 0 ? 0 : 1);
            return;
        }

        foreach (SimulatedClient client in _backlog)
        {
            if (client.NextAt <= next)
            {
                string what = client.Act();
                Note($"-- {Now}: a client in the backlog {what}");
                return;
            }
        }

        base.Happen(next);
    }

    /// <summary>After this failure the worker owes exit code 1 and a line that names the call.</summary>
    private nint Fatal(string call, nint error)
    {
        _fatal = call + ": ";
        return Answer(error);
    }
}
