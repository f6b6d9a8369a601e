using System;
using System.Collections.Generic;
using SyscallServer.Engine;
using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// One client and the process that serves it, deterministic from a seed: calls fail, take less than they were given or are
/// interrupted; SIGTERM comes.
/// </summary>
internal sealed class ClientWorld : SimulatedMachine
{
    internal const int ReadTimeout = 10;
    internal const int IdleTimeout = 60;

    /// <summary>Calls that may follow each other without a byte, an event or time between them.</summary>
    private const int MaxCallsWithoutProgress = 40;

    private const int Connection = 5;
    private const int Signals = 4;

    private readonly SimulatedClient _client;
    private long _stopAt;
    private int _sentAtStop = int.MaxValue;
    private bool _signalPending;

    /// <summary>Whether the server is ending already when the client is accepted.</summary>
    private readonly bool _isStopping;
    private bool _hasRead;

    [ThreadStatic]
    internal static ClientWorld? Current;

    internal ClientWorld(int seed, double faultRate, bool isTraced, IReadOnlyList<SimulatedClient.Exchange> exchanges)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        _client = new SimulatedClient(Random, Now, faultRate > 0, exchanges, Require);
        _stopAt = Random.Next(4) == 0 ? Now + Random.Next(6000) : long.MaxValue;
        _isStopping = seed % 8 == 0;
        if (_isStopping)
        {
            _sentAtStop = 0;
        }
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
                HttpChild.Serve<ClientKernel, TApp>(Connection, Signals, pointer, ReadTimeout, IdleTimeout, stopping: _isStopping);
            }
        }
        finally
        {
            Current = null;
        }

        int owed = _client.MayHaveTimedOut ? 0 : _client.CompleteBy(Math.Min(_client.SentBytes, _sentAtStop));
        Answers = _client.CheckAnswers(Now / 1000, owed, mayBeCut: false);
    }

    internal nint Poll(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({descriptors[0].fd}, {descriptors[^1].fd}, {timeout})");
        Require(timeout is >= 0 and <= IdleTimeout * 1000, "a wait without a bound");
        Require(timeout <= 1000 || !_isStopping || _hasRead, "a server that is ending waits for a client that is silent");
        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        long until = Now + timeout;
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

            Require(timeout == 0 || _client.WasShutDown || _client.IsAnswered, "it waits, and a request that it has read is not answered");
            long next = Math.Min(_client.NextAt, _stopAt);
            if (next > until)
            {
                Now = until;
                if (timeout > 0)
                {
                    _client.MayHaveTimedOut = true;
                    Progress();
                }

                Note($"-- {timeout} ms pass");
                return Answer(0);
            }

            Now = Math.Max(Now, next);
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
        _hasRead = true;
        if (Fails(out nint error, [Errno.EINTR]))
        {
            return Answer(error);
        }

        if (_client.HasReset)
        {
            return Answer(-Errno.ECONNRESET);
        }

        Require(_client.IsReadable, "a read that waits");
        int count = Math.Min(buffer.Length, _client.Unread);
        count = count > 1 && Mishap() ? Random.Next(1, count) : count;
        _client.Read(buffer[..count], Now / 1000);
        if (count > 0)
        {
            Progress();
        }

        return Answer(count);
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        Enter($"write({fd}, {bytes.Length})");
        Require(fd == Connection, "an unknown descriptor");
        Require(bytes.Length > 0, "a write of nothing");
        Require(!_client.WasShutDown, "a write after the end");
        Require(!_client.IsBroken, "a write after one that failed");
        nint error = -Errno.EPIPE;
        if (_client.HasReset || Fails(out error, [Errno.EINTR, Errno.EPIPE, Errno.ECONNRESET, Errno.EAGAIN]))
        {
            _client.IsBroken = error != -Errno.EINTR;
            return Answer(error);
        }

        int count = Mishap(4) ? Random.Next(1, bytes.Length + 1) : bytes.Length;
        _client.Write(bytes[..count], Now);
        Progress();
        return Answer(count);
    }

    internal nint Shutdown(int fd, int how)
    {
        const int notConnected = 107; // ENOTCONN
        Enter($"shutdown({fd}, {how})");
        Require(fd == Connection && how == Linux.SHUT_WR && !_client.WasShutDown, "the wrong end");
        _client.ShutDown(Now);
        return Answer(_client.HasReset ? -notConnected : 0);
    }

    internal nint Time(int clock, out timespec time)
    {
        Enter($"clock_gettime({clock})");
        time.tv_sec = Now / 1000;
        time.tv_nsec = Now % 1000 * 1_000_000;
        return Answer(0);
    }

    private void Happen()
    {
        Progress();
        if (_stopAt > Now)
        {
            string what = _client.Act();
            Note($"-- the client {what}");
            return;
        }

        _stopAt = long.MaxValue;
        _signalPending = true;
        WasStopped = true;
        _sentAtStop = _client.SentBytes; // only what was sent before is owed an answer
        Note($"-- SIGTERM");
    }
}

/// <summary>The system calls of a process that serves one client, answered by the <see cref="ClientWorld"/> of the calling thread.</summary>
internal unsafe struct ClientKernel : IKernel
{
    private static ClientWorld World => ClientWorld.Current!;

    public static nint read(int fd, void* buf, nuint count) => World.Read(fd, new Span<byte>(buf, (int)count));

    public static nint write(int fd, void* buf, nuint count) => World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count));

    public static nint writev(int fd, iovec* iov, int iovcnt) => World.Write(fd, SimulatedMachine.Gather(iov, iovcnt));

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Poll(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint shutdown(int sockfd, int how) => World.Shutdown(sockfd, how);

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, out *tp);
}
