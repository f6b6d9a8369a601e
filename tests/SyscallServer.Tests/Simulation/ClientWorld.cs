using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Engine;
using SyscallServer.Http;
using SyscallServer.Kernel;
using Xunit.Sdk;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// One client and the process that serves it, deterministic from a seed: the client sends requests one behind the other, in any pieces at
/// any time, ends its side, resets the connection or stops reading; calls fail, take less than they were given or are interrupted; SIGTERM comes.
/// It knows the answer that each request is owed, and throws where the server does otherwise.
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

    /// <summary>What the client will do, in order.</summary>
    private readonly Queue<ClientEvent> _events = new();

    private readonly List<ExpectedAnswer> _expected = [];
    private readonly Queue<byte> _received = new(); // by the server's kernel, not read yet
    private readonly List<byte> _written = [];
    private long _sent;
    private long _sentAtStop = long.MaxValue;
    private bool _clientEnded;
    private bool _reset;
    private bool _signalPending;
    private bool _stopped;
    private bool _writeFailed;
    private bool _shutDown;
    private bool _timedOut;
    private int _callsWithoutProgress;
    private long _now = 1_000_000;

    [ThreadStatic]
    internal static ClientWorld? Current;

    internal ClientWorld(int seed, double faultRate, IReadOnlyList<Exchange> exchanges)
    {
        _random = new Random(seed);
        _faultRate = faultRate;
        var bytes = new List<byte>();
        int requests = _random.Next(1, 8);
        bool closed = false;
        for (int i = 0; i < requests; i++)
        {
            Exchange exchange = exchanges[_random.Next(exchanges.Count)];
            bytes.AddRange(Encoding.Latin1.GetBytes(exchange.Request));
            if (!closed)
            {
                _expected.Add(new ExpectedAnswer(exchange, bytes.Count));
                closed = exchange.Closes;
            }
        }

        // A client that goes away in the middle.
        bool truncated = _random.Next(6) == 0;
        if (truncated)
        {
            int length = _random.Next(bytes.Count);
            bytes.RemoveRange(length, bytes.Count - length);
        }

        long at = _now;
        for (int start = 0; start < bytes.Count;)
        {
            int length = _random.Next(3) switch
            {
                0 => bytes.Count - start,
                1 => Math.Min(bytes.Count - start, _random.Next(1, 20)),
                _ => Math.Min(bytes.Count - start, _random.Next(1, 400)),
            };
            at += _random.Next(8) switch { 0 => _random.Next(3000), 1 when _faultRate > 0 => _random.Next(70_000), _ => _random.Next(5) };
            _events.Enqueue(new ClientEvent(at, [.. bytes.Skip(start).Take(length)], End.None));
            start += length;
        }

        at += _random.Next(3) == 0 ? _random.Next(70_000) : _random.Next(10);
        _events.Enqueue(new ClientEvent(at, [], _faultRate > 0 && _random.Next(5) == 0 ? End.Reset : End.Side));
        StopAt = _random.Next(4) == 0 ? _now + _random.Next(6000) : long.MaxValue;
    }

    internal sealed record Exchange(string Request, int Status, string Body, bool Closes = false, bool Head = false, bool HasInterim = false);

    private sealed record ExpectedAnswer(Exchange Exchange, int CompleteAt);

    private sealed record ClientEvent(long At, byte[] Bytes, End End);

    private enum End
    {
        None,
        Side,
        Reset,
    }

    private long StopAt { get; set; }

    internal bool WasStopped => _stopped;

    internal int Answers { get; private set; }

    internal unsafe void Serve<TApp>()
        where TApp : struct, IApp
    {
        byte[] memory = GC.AllocateUninitializedArray<byte>(HttpChild.MemorySize<TApp>(), pinned: true);
        _random.NextBytes(memory.AsSpan(0, 64));
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

        CheckEnded();
    }

    // ---- what was owed ----

    private void CheckEnded()
    {
        List<Answer> answers = Parse();
        Answers = answers.Count;
        bool broken = _reset || _writeFailed;
        for (int i = 0; i < answers.Count; i++)
        {
            Answer answer = answers[i];
            bool last = i == answers.Count - 1;
            Require(!answer.Closes || last, $"something follows answer {i}, which closes");
            bool complete = i < _expected.Count && _expected[i].CompleteAt <= _sent;
            if (complete && answer.Status == _expected[i].Exchange.Status)
            {
                Exchange exchange = _expected[i].Exchange;
                Require(answer.IsWhole || (broken && last), $"answer {i} is not whole");
                Require(!answer.IsWhole || answer.Body == (exchange.Head ? "" : exchange.Body), $"answer {i} has another body");
                Require(!exchange.Closes || answer.Closes || !answer.IsWhole, $"answer {i} does not close");
            }
            else
            {
                // A request that did not come to its end gets 400 where the client ended its side, 408 where it took too long.
                Require(last && (answer.Closes || !answer.IsWhole), $"answer {i} has status {answer.Status}");
                Require((answer.Status == 408 && _timedOut) || (answer.Status == 400 && _clientEnded), $"answer {i} has status {answer.Status}");
            }
        }

        int owed = _expected.Count(expected => expected.CompleteAt <= Math.Min(_sent, _sentAtStop));
        bool closedEarly = answers.Count > 0 && answers[^1].Closes;
        Require(broken || _timedOut || closedEarly || answers.Count >= owed, $"{answers.Count} answers, but {owed} requests had come");
        Require(!closedEarly || _shutDown || broken, "it said that it closes, and did not");
    }

    private sealed record Answer(int Status, string Body, bool Closes, bool IsWhole);

    /// <summary>Reads what was written as responses to the expected requests.</summary>
    private List<Answer> Parse()
    {
        string text = Encoding.Latin1.GetString([.. _written]);
        var answers = new List<Answer>();
        int at = 0;
        while (at < text.Length)
        {
            int head = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal);
            if (head < 0)
            {
                answers.Add(new Answer(0, "", false, false));
                Require(_reset || _writeFailed, "a head that does not end");
                break;
            }

            string[] lines = text[at..head].Split("\r\n");
            Require(lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal), $"no status line: {lines[0]}");
            int status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status == 100)
            {
                Require(answers.Count < _expected.Count && _expected[answers.Count].Exchange.HasInterim, "100 that nobody waits for");
                at = head + 4;
                continue;
            }

            Require(lines.Count(line => line.StartsWith("Date: ", StringComparison.Ordinal) && line == "Date: " + DateTimeOffset.UnixEpoch.AddMilliseconds(_now).ToString("r", CultureInfo.InvariantCulture)[..^12] + line[^12..]) == 1, "no date of this day");
            string? length = lines.SingleOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))?[16..];
            bool closes = lines.Contains("Connection: close");
            bool hasBody = status != 304 && !(answers.Count < _expected.Count && _expected[answers.Count].Exchange.Head && _expected[answers.Count].Exchange.Status == status);
            int bodyLength = hasBody && length is not null ? int.Parse(length, CultureInfo.InvariantCulture) : 0;
            bool whole = head + 4 + bodyLength <= text.Length;
            Require(whole || _reset || _writeFailed, "a body that does not end");
            answers.Add(new Answer(status, whole ? text.Substring(head + 4, bodyLength) : "", closes, whole));
            at = head + 4 + bodyLength;
        }

        return answers;
    }

    // ---- the calls ----

    internal nint Poll(Span<pollfd> descriptors, int timeout)
    {
        Enter($"poll({string.Join(", ", descriptors.ToArray().Select(descriptor => descriptor.fd))}, {timeout})");
        Require(timeout >= 0 && timeout <= IdleTimeout * 1000, "a wait without a bound");
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
                bool isReady = descriptor.fd == Connection ? _received.Count > 0 || _clientEnded || _reset : descriptor.fd == Signals && _signalPending;
                Require(descriptor.fd is Connection or Signals or -1, "an unknown descriptor");
                Require(descriptor.revents == 0, "revents is not cleared");
                descriptor.revents = isReady ? Linux.POLLIN : (short)0;
                ready += isReady ? 1 : 0;
            }

            if (ready > 0)
            {
                return Answer(ready);
            }

            long next = Math.Min(_events.TryPeek(out ClientEvent? client) ? client.At : long.MaxValue, StopAt);
            if (next > until)
            {
                _now = until;
                _timedOut |= timeout > 0;
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

        if (_reset)
        {
            return Answer(-Errno.ECONNRESET);
        }

        Require(_received.Count > 0 || _clientEnded, "a read that waits");
        int count = Math.Min(buffer.Length, _received.Count);
        if (count > 1 && _random.NextDouble() < _faultRate)
        {
            count = _random.Next(1, count);
        }

        for (int i = 0; i < count; i++)
        {
            buffer[i] = _received.Dequeue();
        }

        _callsWithoutProgress = count > 0 ? 0 : _callsWithoutProgress;
        return Answer(count);
    }

    internal nint Write(int fd, byte[] bytes)
    {
        Enter($"write({fd}, {bytes.Length})");
        Require(fd == Connection, "an unknown descriptor");
        Require(bytes.Length > 0, "a write of nothing");
        Require(!_shutDown, "a write after the end");
        Require(!_writeFailed, "a write after one that failed");
        if (Fails(out nint error, Errno.EINTR, Errno.EPIPE, Errno.ECONNRESET, Errno.EAGAIN))
        {
            _writeFailed = error != -Errno.EINTR;
            return Answer(error);
        }

        if (_reset)
        {
            _writeFailed = true;
            return Answer(-Errno.EPIPE);
        }

        int count = _random.NextDouble() < _faultRate * 4 ? _random.Next(1, bytes.Length + 1) : bytes.Length;
        _written.AddRange(bytes.Take(count));
        _callsWithoutProgress = 0;
        return Answer(count);
    }

    internal nint Shutdown(int fd, int how)
    {
        Enter($"shutdown({fd}, {how})");
        Require(fd == Connection && how == Linux.SHUT_WR && !_shutDown, "the wrong end");
        _shutDown = true;
        return Answer(_reset ? -107 : 0); // ENOTCONN
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
        if (StopAt <= _now)
        {
            StopAt = long.MaxValue;
            _signalPending = true;
            _stopped = true;
            _sentAtStop = _sent;
            _trace.Add("-- SIGTERM");
            return;
        }

        ClientEvent client = _events.Dequeue();
        foreach (byte sent in client.Bytes)
        {
            _received.Enqueue(sent);
        }

        _sent += client.Bytes.Length;
        _clientEnded |= client.End == End.Side;
        _reset |= client.End == End.Reset;
        _trace.Add($"-- the client sends {client.Bytes.Length} bytes, {client.End}");
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
            throw new XunitException($"{complaint}\n{string.Join('\n', _trace.TakeLast(120))}\n{Encoding.Latin1.GetString([.. _written])}");
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
