using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Engine;
using SyscallServer.Http;
using SyscallServer.Kernel;
using Xunit.Sdk;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// One client and the process that serves it, deterministic from a seed: calls fail, take less than they were given or are
/// interrupted; SIGTERM comes.
/// </summary>
internal sealed class ClientWorld
{
    internal const int ReadTimeout = 10;
    internal const int IdleTimeout = 60;

    /// <summary>Calls that may follow each other without a byte, an event or time between them.</summary>
    private const int MaxCallsWithoutProgress = 40;

    private const int Connection = 5;
    private const int Signals = 4;

    private readonly Random _random;
    private readonly double _faultRate;
    private readonly List<string> _trace = [];
    private readonly SimulatedClient _client;
    private long _stopAt;
    private bool _signalPending;
    private int _callsWithoutProgress;
    private long _now = 1_000_000;

    [ThreadStatic]
    internal static ClientWorld? Current;

    internal ClientWorld(int seed, double faultRate, IReadOnlyList<SimulatedClient.Exchange> exchanges)
    {
        _random = new Random(seed);
        _faultRate = faultRate;
        _client = new SimulatedClient(_random, _now, faultRate > 0, exchanges, Require);
        _stopAt = _random.Next(4) == 0 ? _now + _random.Next(6000) : long.MaxValue;
    }

    internal bool WasStopped { get; private set; }

    internal int Answers { get; private set; }

    internal unsafe void Serve<TApp>()
        where TApp : struct, IApp
    {
        byte[] memory = GC.AllocateUninitializedArray<byte>(HttpChild.MemorySize<TApp>(), pinned: true);
        Current = this;
        try
        {
            fixed (byte* pointer = memory)
            {
                HttpChild.Serve<ClientKernel, TApp>(Connection, Signals, pointer, ReadTimeout, IdleTimeout, stopping: false);
            }
        }
        finally
        {
            Current = null;
        }

        Answers = _client.CheckAnswers(_now);
    }

    internal nint Poll(Span<pollfd> descriptors, int timeout)
    {
        Enter("poll(" + string.Join(", ", descriptors.ToArray().Select(descriptor => descriptor.fd)) + ", " + timeout + ")");
        Require(timeout is >= 0 and <= IdleTimeout * 1000, "a wait without a bound");
        if (Fails(out nint error, Errno.EINTR))
        {
            return Answer(error);
        }

        long until = _now + timeout;
        while (true)
        {
            int ready = 0;
            foreach (ref pollfd descriptor in descriptors)
            {
                Require(descriptor.fd is -1 or Connection or Signals, "an unknown descriptor");
                Require(descriptor.revents == 0, "revents is not cleared");
                bool isReady = descriptor.fd == Connection ? _client.IsReadable : descriptor.fd == Signals && _signalPending;
                descriptor.revents = isReady ? Linux.POLLIN : (short)0;
                ready += isReady ? 1 : 0;
            }

            if (ready > 0)
            {
                return Answer(ready);
            }

            long next = Math.Min(_client.NextAt, _stopAt);
            if (next > until)
            {
                _now = until;
                _client.MayHaveTimedOut |= timeout > 0;
                _callsWithoutProgress = timeout > 0 ? 0 : _callsWithoutProgress;
                _trace.Add($"-- {timeout} ms pass");
                return Answer(0);
            }

            _now = Math.Max(_now, next);
            Happen();
        }
    }

    internal nint Read(int fd, Span<byte> buffer)
    {
        Enter($"read({fd}, {buffer.Length})");
        if (fd == Signals)
        {
            Require(_signalPending, "a read of signals that would find none");
            _signalPending = false;
            buffer.Clear();
            buffer[0] = Linux.SIGTERM;
            return Answer(buffer.Length);
        }

        Require(fd == Connection, "an unknown descriptor");
        Require(buffer.Length > 0, "a read of nothing");
        if (Fails(out nint error, Errno.EINTR))
        {
            return Answer(error);
        }

        if (_client.HasReset)
        {
            return Answer(-Errno.ECONNRESET);
        }

        Require(_client.IsReadable, "a read that waits");
        int count = Math.Min(buffer.Length, _client.Unread);
        count = count > 1 && _random.NextDouble() < _faultRate ? _random.Next(1, count) : count;
        _client.Read(buffer[..count]);
        _callsWithoutProgress = count > 0 ? 0 : _callsWithoutProgress;
        return Answer(count);
    }

    internal nint Write(int fd, byte[] bytes)
    {
        Enter($"write({fd}, {bytes.Length})");
        Require(fd == Connection, "an unknown descriptor");
        Require(bytes.Length > 0, "a write of nothing");
        Require(!_client.WasShutDown, "a write after the end");
        Require(!_client.WriteFailed, "a write after one that failed");
        nint error = -Errno.EPIPE;
        if (_client.HasReset || Fails(out error, Errno.EINTR, Errno.EPIPE, Errno.ECONNRESET, Errno.EAGAIN))
        {
            _client.WriteFailed = error != -Errno.EINTR;
            return Answer(error);
        }

        int count = _random.NextDouble() < _faultRate * 4 ? _random.Next(1, bytes.Length + 1) : bytes.Length;
        _client.Write(bytes.Take(count));
        _callsWithoutProgress = 0;
        return Answer(count);
    }

    internal nint Shutdown(int fd, int how)
    {
        const int notConnected = 107; // ENOTCONN
        Enter($"shutdown({fd}, {how})");
        Require(fd == Connection && how == Linux.SHUT_WR && !_client.WasShutDown, "the wrong end");
        _client.WasShutDown = true;
        return Answer(_client.HasReset ? -notConnected : 0);
    }

    internal nint Time(int clock, out timespec time)
    {
        Enter($"clock_gettime({clock})");
        time.tv_sec = _now / 1000;
        time.tv_nsec = _now % 1000 * 1_000_000;
        return Answer(0);
    }

    private void Happen()
    {
        _callsWithoutProgress = 0;
        if (_stopAt > _now)
        {
            _trace.Add("-- " + _client.Act());
            return;
        }

        _stopAt = long.MaxValue;
        _signalPending = true;
        WasStopped = true;
        _client.Stop();
        _trace.Add("-- SIGTERM");
    }

    private bool Fails(out nint error, params int[] errors)
    {
        error = _random.NextDouble() < _faultRate ? -errors[_random.Next(errors.Length)] : 0;
        return error != 0;
    }

    private void Enter(string call)
    {
        _trace.Add(call);
        Require(++_callsWithoutProgress <= MaxCallsWithoutProgress, "it spins");
    }

    private nint Answer(nint result)
    {
        _trace.Add($"   = {result}");
        return result;
    }

    private void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            throw new XunitException($"{complaint}\n{string.Join('\n', _trace.TakeLast(120))}");
        }
    }
}

/// <summary>The system calls of a process that serves one client, answered by the <see cref="ClientWorld"/> of the calling thread.</summary>
internal unsafe struct ClientKernel : IKernel
{
    private static ClientWorld World => ClientWorld.Current!;

    public static nint read(int fd, void* buf, nuint count) => World.Read(fd, new Span<byte>(buf, (int)count));

    public static nint write(int fd, void* buf, nuint count) => World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count).ToArray());

    public static nint writev(int fd, iovec* iov, int iovcnt)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < iovcnt; i++)
        {
            bytes.AddRange(new ReadOnlySpan<byte>(iov[i].iov_base, (int)iov[i].iov_len));
        }

        return World.Write(fd, [.. bytes]);
    }

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Poll(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint shutdown(int sockfd, int how) => World.Shutdown(sockfd, how);

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, out *tp);
}
