using System;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// The parent of <see cref="Concurrency.Fork"/>: everything that the accept loop does besides accepting, forking and
/// closing. It waits for connections and signals at once, knows its children and reaps them, sits out a shortage of
/// descriptors, memory or processes, and ends in an orderly way.
/// </summary>
/// <remarks>
/// Its children are known by their process ids, not only by their number: as PID 1 of a container the parent also inherits
/// and reaps processes that are not its own, and at the end of the grace period it kills nobody else.
/// </remarks>
public unsafe struct ForkParent
{
    /// <summary>
    /// How long to wait, in milliseconds, before a call is tried again that failed for a shortage: short enough not to be noticed
    /// by a client, long enough that ten tries a second cost nothing.
    /// </summary>
    private const int ShortagePause = 100;

    private readonly int _listener;
    private readonly int _signals;
    private readonly int _gracePeriod;

    private readonly int* _children;
    private readonly int _maxChildren;
    private int _childCount;

    /// <summary>Whether the current shortage has been reported: one line for each, not ten a second.</summary>
    private bool _shortageReported;

    /// <summary>Whether the server ends because it could not go on.</summary>
    private bool _failed;

    /// <summary>When the server is to have ended at the latest, by the monotonic clock in milliseconds.</summary>
    private long _deadline;

    /// <summary>The deadline of a server that is not to end.</summary>
    private const long Never = long.MaxValue;

    /// <summary>How many connections of the backlog are still to be accepted once the server is to end.</summary>
    private int _backlog;

    /// <summary>Takes over a listening socket and the descriptor of the signals.</summary>
    /// <param name="listener">From <see cref="Listener.Open"/>.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="backlog">The listener's backlog.</param>
    /// <param name="children">Room for the children's process ids.</param>
    /// <param name="maxChildren">How many there may be at the same time.</param>
    /// <param name="gracePeriod">Seconds that children may go on after SIGTERM or SIGINT.</param>
    public ForkParent(int listener, int signals, int backlog, int* children, int maxChildren, int gracePeriod)
    {
        this = default;
        _listener = listener;
        _signals = signals;
        _backlog = backlog;
        _children = children;
        _maxChildren = maxChildren;
        _gracePeriod = gracePeriod;
        _deadline = Never;
    }

    /// <summary>
    /// Whether SIGTERM is sent on to the children: those that wait for a further request of their client end then. Others would only
    /// ignore it.
    /// </summary>
    public bool TellsChildren { get; set; }

    /// <summary>Whether the server is to end: what is accepted now is what was waiting.</summary>
    public readonly bool IsStopping => _deadline != Never;

    /// <summary>
    /// Waits until a connection can be accepted and there is room for a child to serve it. In the meantime children are
    /// reaped and signals obeyed.
    /// </summary>
    /// <returns>
    /// False when the server is to end. First the connections that were waiting in the backlog at the signal are handed out:
    /// to close the listener would reset them, although their clients have seen them established.
    /// </returns>
    public bool WaitForConnection<TKernel>()
        where TKernel : struct, IKernel
    {
        while (true)
        {
            bool full = _childCount == _maxChildren;
            int timeout = Timeout<TKernel>();
            if (_deadline != Never)
            {
                if (timeout == 0 || _backlog == 0)
                {
                    return false;
                }

                timeout = full ? timeout : 0;
            }

            Event next = Wait<TKernel>(full ? -1 : _listener, timeout);
            if (next == Event.Connection)
            {
                _backlog -= _deadline != Never ? 1 : 0;
                return true;
            }

            if (next == Event.Timeout)
            {
                return false;
            }
        }
    }

    /// <summary>Decides after a failed accept(2): go on, pause, or end the server where its socket is of no use.</summary>
    /// <param name="result">What accept returned: a negative errno.</param>
    public void AcceptFailed<TKernel>(nint result)
        where TKernel : struct, IKernel
    {
        _backlog += _deadline != Never ? 1 : 0;
        ulong bit = 1UL << (int)-result; // the shift takes the number modulo 64
        bool above63 = -result > 63;
        if ((bit & (above63 ? TransientFrom64 : TransientTo63)) != 0)
        {
            return;
        }

        if ((bit & (above63 ? FatalFrom64 : FatalTo63)) != 0)
        {
            Abandon<TKernel>("accept: !"u8, result);
            return;
        }

        // EMFILE, ENFILE, ENOBUFS, ENOMEM; and whatever else there may be: a pause keeps it from spinning.
        Pause<TKernel>("accept: !; trying again"u8, result);
    }

    /// <summary>
    /// Nothing to accept after all: the client is gone again, somebody else was faster, or the connection is broken in a way that
    /// accept(2) says to treat alike. Sets of errno; the second of each pair is for the numbers from 64 on.
    /// </summary>
    private const ulong TransientTo63 = 1UL << Errno.EINTR | 1UL << Errno.EAGAIN;
    private const ulong TransientFrom64 = 1UL << Errno.ECONNABORTED - 64 | 1UL << Errno.EPROTO - 64 | 1UL << Errno.ENOPROTOOPT - 64 | 1UL << Errno.ENETDOWN - 64
        | 1UL << Errno.EHOSTDOWN - 64 | 1UL << Errno.ENONET - 64 | 1UL << Errno.EHOSTUNREACH - 64 | 1UL << Errno.ENETUNREACH - 64
        | 1UL << Errno.ECONNRESET - 64 | 1UL << Errno.ETIMEDOUT - 64;

    /// <summary>The socket is of no use, and will not be.</summary>
    private const ulong FatalTo63 = 1UL << Errno.EBADF | 1UL << Errno.EINVAL | 1UL << Errno.EFAULT | 1UL << Errno.ENOSYS;
    private const ulong FatalFrom64 = 1UL << Errno.ENOTSOCK - 64 | 1UL << Errno.EOPNOTSUPP - 64;

    /// <summary>Decides after a failed fork(2), while the connection that it was for is kept: pause and try again, or give up.</summary>
    /// <param name="result">What fork returned: a negative errno.</param>
    /// <returns>Whether to try again.</returns>
    public bool ForkFailed<TKernel>(nint result)
        where TKernel : struct, IKernel
    {
        if (result != -Errno.EAGAIN && result != -Errno.ENOMEM)
        {
            Abandon<TKernel>("fork: !"u8, result);
            return false;
        }

        Pause<TKernel>("fork: !; trying again"u8, result);
        return Timeout<TKernel>() != 0;
    }

    /// <summary>Remembers a child.</summary>
    /// <param name="pid">What fork(2) returned in the parent; nothing is remembered where it failed.</param>
    public void Forked(nint pid)
    {
        if (pid > 0)
        {
            _children[_childCount++] = (int)pid;
            _shortageReported = false;
        }
    }

    /// <summary>
    /// Closes the listener and waits for the children. Those that outlast the grace period, or a second SIGTERM or SIGINT, are
    /// killed.
    /// </summary>
    /// <returns>The exit code: 0, or 1 where the server could not go on.</returns>
    public int Finish<TKernel>()
        where TKernel : struct, IKernel
    {
        _ = TKernel.close(_listener);
        int timeout;
        while (_childCount > 0 && (timeout = Timeout<TKernel>()) > 0)
        {
            _ = Wait<TKernel>(-1, timeout);
        }

        // Nobody waits for these: init reaps them, or their PID namespace ends with this process.
        while (_childCount > 0)
        {
            _ = TKernel.kill(_children[--_childCount], Linux.SIGKILL);
        }

        _ = TKernel.close(_signals);
        return _failed ? 1 : 0;
    }

    /// <summary>Waits for a signal, which it obeys, or a connection.</summary>
    /// <param name="listener">The listener; -1 for signals only.</param>
    /// <param name="timeout">Milliseconds; -1 for any time.</param>
    private Event Wait<TKernel>(int listener, int timeout)
        where TKernel : struct, IKernel
    {
        PollSet ready;
        ready.Signals.fd = _signals;
        ready.Signals.events = Linux.POLLIN;
        ready.Signals.revents = 0;
        ready.Listener.fd = listener;
        ready.Listener.events = Linux.POLLIN;
        ready.Listener.revents = 0;
        nint result = TKernel.poll(&ready.Signals, 2, timeout);
        if (result < 0)
        {
            // Two descriptors take no memory that could be lacking, so any other error is one of this process: without
            // poll there is neither a pause nor a wait for the children.
            if (result != -Errno.EINTR)
            {
                Abandon<TKernel>("poll: !"u8, result);
                _deadline = 0;
            }

            return Event.Signal;
        }

        if (ready.Signals.revents != 0)
        {
            ReadSignal<TKernel>();
        }

        return ready.Listener.revents != 0 ? Event.Connection : result > 0 ? Event.Signal : Event.Timeout;
    }

    /// <summary>The array that poll takes.</summary>
    private struct PollSet
    {
        internal pollfd Signals;
        internal pollfd Listener;
    }

    /// <summary>What a wait has ended with.</summary>
    private enum Event
    {
        Timeout,

        /// <summary>A signal was obeyed, or one that is not for the engine interrupted the wait.</summary>
        Signal,

        /// <summary>The listener has something to say, whether or not a signal was obeyed too.</summary>
        Connection,
    }

    private void ReadSignal<TKernel>()
        where TKernel : struct, IKernel
    {
        signalfd_siginfo signal;
        if (TKernel.read(_signals, &signal, (nuint)sizeof(signalfd_siginfo)) <= 0)
        {
            return;
        }

        if (signal.ssi_signo == Linux.SIGCHLD)
        {
            Reap<TKernel>();
        }
        else if (_deadline != Never)
        {
            _deadline = 0; // the second one: at once
        }
        else
        {
            Stop<TKernel>();
        }
    }

    /// <summary>Reaps every child that has ended: one SIGCHLD may stand for several.</summary>
    private void Reap<TKernel>()
        where TKernel : struct, IKernel
    {
        nint pid;
        while ((pid = TKernel.wait4(-1, null, Linux.WNOHANG, null)) > 0)
        {
            for (int i = 0; i < _childCount; i++)
            {
                if (_children[i] == (int)pid)
                {
                    _children[i] = _children[--_childCount];
                    break;
                }
            }
        }
    }

    private void Stop<TKernel>()
        where TKernel : struct, IKernel
    {
        _deadline = Clock.Milliseconds<TKernel>() + _gracePeriod * 1000L;
        for (int i = 0; TellsChildren && i < _childCount; i++)
        {
            _ = TKernel.kill(_children[i], Linux.SIGTERM);
        }
    }

    /// <summary>Milliseconds until the deadline; 0 when it has passed, -1 (poll's for ever) where there is none.</summary>
    private readonly int Timeout<TKernel>()
        where TKernel : struct, IKernel
    {
        if (_deadline == Never)
        {
            return -1;
        }

        long remaining = _deadline - Clock.Milliseconds<TKernel>();
        return remaining > 0 ? (int)remaining : 0;
    }

    /// <summary>Sits out a shortage. Signals are obeyed in the meantime, and a child that ends may end the shortage.</summary>
    private void Pause<TKernel>(ReadOnlySpan<byte> message, nint result)
        where TKernel : struct, IKernel
    {
        if (!_shortageReported)
        {
            _shortageReported = true;
            Message.WriteLine<TKernel>(Text.Of(message), result: result);
        }

        int timeout = Timeout<TKernel>();
        _ = Wait<TKernel>(-1, (uint)timeout < ShortagePause ? timeout : ShortagePause); // -1 is the largest number of all
    }

    /// <summary>Ends the server, which cannot go on; the children may finish.</summary>
    private void Abandon<TKernel>(ReadOnlySpan<byte> message, nint result)
        where TKernel : struct, IKernel
    {
        Message.WriteLine<TKernel>(Text.Of(message), result: result);
        _failed = true;
        _backlog = 0;
        if (_deadline == Never)
        {
            Stop<TKernel>();
        }
    }
}
