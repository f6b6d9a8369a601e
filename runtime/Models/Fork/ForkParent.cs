using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Models;

/// <summary>
/// The parent of <see cref="Concurrency.Fork"/>: everything that the accept loop does besides accepting, forking and
/// closing. It waits for connections and signals at once, knows its children and reaps them, sits out a shortage of
/// descriptors, memory or processes, and ends in an orderly way.
/// </summary>
/// <remarks>
/// Its children are known by their process ids, not only by their number: as PID 1 of a container the parent also inherits
/// and reaps processes that are not its own, and at the end of the grace period it kills nobody else.
/// </remarks>
/// <typeparam name="TServer">The server's limits.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct ForkParent<TServer>
    where TServer : struct, IServer
{
    /// <summary>
    /// How long to wait, in milliseconds, before a call is tried again that failed for a shortage: short enough not to be noticed
    /// by a client, long enough that ten tries a second cost nothing.
    /// </summary>
    private const int ShortagePause = 100;

    /// <summary>The array that poll takes.</summary>
    private PollEntry _signals;
    private PollEntry _listener;

    /// <summary>A struct pollfd. What has come is in the upper half of its events, so the two are set with one instruction.</summary>
    private struct PollEntry
    {
        internal int Descriptor;
        internal int Events;
    }

    /// <summary>In the place of the listener's events: the wait was interrupted, and nothing is known of it.</summary>
    private const int Interrupted = 0;

    /// <summary>
    /// How many connections are still to be accepted: below zero there is no end of it. Once the server is to end, as many as the
    /// backlog can hold.
    /// </summary>
    private long _toAccept;

    /// <summary>Below this, the delay before the end has begun (<see cref="IServer.HasDrainDelay"/>).</summary>
    private const long DelayHasBegun = long.MinValue / 2;

    private uint _childCount;

    private Shortage _shortage;

    /// <summary>Whether the grace period is not over yet, so that children are waited for.</summary>
    private bool _patient;

    /// <summary>0, or 1 where the server ends because it could not go on.</summary>
    private byte _exitCode;

    /// <summary>Whether connections are observed; only with <see cref="IServer.HasAccessLogOption"/>.</summary>
    public bool IsObserved;

    /// <summary>For how many seconds the server goes on when it is told to end; only with <see cref="IServer.HasDrainDelay"/>, and without <see cref="Endpoints"/>, whose options have it.</summary>
    public byte DrainDelay;

    /// <summary>
    /// Takes over a listening socket and the descriptor of the signals. Not a constructor: that would clear all of the memory first.
    /// </summary>
    /// <param name="listener">From <see cref="Listener"/>.</param>
    /// <param name="signals">From <see cref="Signals"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Start(int listener, int signals)
    {
        _signals.Descriptor = signals;
        _listener.Descriptor = listener;
        _toAccept = -1;
        _childCount = 0;
        _patient = true;
        _exitCode = 0;
        if (TServer.HasMessages)
        {
            _shortage = default;
        }
    }

    /// <summary>The listening socket.</summary>
    public readonly int Listener => _listener.Descriptor;

    /// <summary>The descriptor of the signals.</summary>
    public readonly int Signals => _signals.Descriptor;

    /// <summary>What it listens at, where there are <see cref="Listening.Endpoints"/>: behind the signal. <see cref="Listener"/> is then the one that is ready.</summary>
    public Endpoints* Endpoints => (Endpoints*)((byte*)Self + ForkParent.Size);

    /// <summary>Whether the server is to end: where it is stopping, what is accepted now is what was waiting.</summary>
    public readonly Ending Ending
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (TServer.HasDrainDelay && _toAccept < DelayHasBegun)
            {
                return Ending.Draining;
            }

            bool isStopping = _toAccept >= 0;
            return *(Ending*)&isStopping; // a choice between the two would be a branch, and more code
        }
    }

    /// <summary>Its address, which does not change: it lies on the stack of Run.</summary>
    private ForkParent<TServer>* Self => (ForkParent<TServer>*)Unsafe.AsPointer(ref this);

    /// <summary>The end of the process ids of the children: they lie before this, the first of them at the end.</summary>
    private int* Children => (int*)Self;

    /// <summary>Where a signal is read to: behind this.</summary>
    private signalfd_siginfo* Signal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (signalfd_siginfo*)(Self + 1);
    }

    /// <summary>
    /// Waits until a connection can be accepted and there is room for a child to serve it. In the meantime children are
    /// reaped and signals obeyed.
    /// </summary>
    /// <returns>
    /// False when the server is to end. First the connections that were waiting in the backlog at the signal are handed out:
    /// to close the listener would reset them, although their clients have seen them established.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool WaitForConnection<TKernel>()
        where TKernel : struct, IKernel
    {
        while (_toAccept != 0)
        {
            // A server that is to end takes what is there, and waits for no more.
            nuint descriptors = 2;
            int timeout = (int)(_toAccept >> 63);
            if (_childCount == (uint)TServer.MaxConnections)
            {
                // No room for another child: only signals are waited for, one of which will be that of a child's end.
                descriptors = 1;
                timeout = -1;
            }

            Wait<TKernel>(Self, descriptors, timeout);
            if (_listener.Events > Linux.POLLIN)
            {
                return true;
            }

            if (timeout == 0 && _listener.Events != Interrupted)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>Decides after a failed accept(2): go on, pause, or end the server where its socket is of no use.</summary>
    /// <param name="result">What accept returned: a negative errno.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AcceptFailed<TKernel>(int result)
        where TKernel : struct, IKernel
    {
        if (!AcceptErrors.IsTransient(result))
        {
            Failed<TKernel>(Self, MessageNumber.Accept, result);
        }
    }

    /// <summary>Decides after a failed fork(2), while the connection that it was for is kept: pause and try again, or give up.</summary>
    /// <param name="result">What fork returned: a negative errno.</param>
    /// <returns>Whether to try again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ForkFailed<TKernel>(int result)
        where TKernel : struct, IKernel
    {
        Failed<TKernel>(Self, MessageNumber.Fork, result);
        return _toAccept != 0;
    }

    /// <summary>Remembers a child.</summary>
    /// <param name="pid">What fork(2) returned in the parent; nothing is remembered where it failed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forked(int pid)
    {
        if (pid > 0)
        {
            uint count = _childCount + 1;
            _childCount = count;
            *(Children - count) = pid;
            _toAccept--;
            TServer.ChildBegan();
        }
    }

    /// <summary>
    /// Closes the listener and waits for the children. Those that outlast the grace period, or a second SIGTERM or SIGINT, are
    /// killed.
    /// </summary>
    /// <returns>The exit code: 0, or 1 where the server could not go on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Finish<TKernel>()
        where TKernel : struct, IKernel
    {
        if (TServer.HasEndpoints)
        {
            Listening.Endpoints.RemoveFiles<TKernel>(Endpoints); // as long as it listens, nobody puts another file in the place
            Listening.Endpoints.Close<TKernel>(Endpoints);
        }
        else
        {
            _ = TKernel.close(_listener.Descriptor);
        }

        while (_childCount != 0 && _patient)
        {
            Wait<TKernel>(Self, 1, -1);
        }

        // Nobody waits for these: init reaps them, or their PID namespace ends with this process.
        while (_childCount != 0)
        {
            uint count = _childCount;
            _childCount = count - 1;
            _ = TKernel.kill(*(Children - count), Linux.SIGKILL);
        }

        _ = TKernel.close(_signals.Descriptor);
        return _exitCode;
    }

    /// <summary>Waits for a signal, which it obeys, or a connection.</summary>
    /// <param name="parent">The instance: a pointer makes less code than <c>this</c>.</param>
    /// <param name="descriptors">1 for signals only, 2 for the listener too.</param>
    /// <param name="timeout">Milliseconds; -1 for any time.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wait<TKernel>(ForkParent<TServer>* parent, nuint descriptors, int timeout)
        where TKernel : struct, IKernel
    {
        parent->_signals.Events = Linux.POLLIN; // and no revents
        parent->_listener.Events = Linux.POLLIN;
        int result = TServer.HasEndpoints
            ? PollEndpoints<TKernel>(parent, descriptors, timeout)
            : (int)TKernel.poll((pollfd*)parent, descriptors, timeout);

        // Two descriptors take no memory that could be lacking, so any other error is one of this process: without
        // poll there is neither a pause nor a wait for the children.
        if (result == -Errno.EINTR)
        {
            parent->_listener.Events = Interrupted;
        }
        else if (result < 0)
        {
            Message.WriteLine<TKernel, TServer>(MessageNumber.Poll, null, result);
            parent->_exitCode = 1;
            parent->_toAccept = 0;
            parent->_patient = false;
        }

        if (parent->_signals.Events != Linux.POLLIN)
        {
            ReadSignal<TKernel>(parent);
        }
    }

    /// <summary>
    /// The same call for several listeners, of which at most one is said to be ready: of those behind the one that was served last the first,
    /// so they are served in turn.
    /// </summary>
    private static int PollEndpoints<TKernel>(ForkParent<TServer>* parent, nuint descriptors, int timeout)
        where TKernel : struct, IKernel
    {
        PollSet set;
        PollEntry* entries = &set.First;
        Endpoints* endpoints = parent->Endpoints;
        int count = descriptors > 1 ? endpoints->Count : 0;
        entries[0] = parent->_signals;
        for (int i = 1; i <= count; i++)
        {
            entries[i].Descriptor = endpoints->First[(endpoints->Current + i) % count].Descriptor;
            entries[i].Events = Linux.POLLIN;
        }

        int result = (int)TKernel.poll((pollfd*)entries, (nuint)(1 + count), timeout);
        parent->_signals = entries[0];
        for (int i = 1; i <= count && result > 0; i++)
        {
            if (entries[i].Events > Linux.POLLIN)
            {
                parent->_listener = entries[i];
                endpoints->Current = (endpoints->Current + i) % count;
                break;
            }
        }

        return result;
    }

    /// <summary>The signals, and a listener for each endpoint.</summary>
    [InlineArray(1 + Listening.Endpoints.Max)]
    private struct PollSet
    {
        internal PollEntry First;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadSignal<TKernel>(ForkParent<TServer>* parent)
        where TKernel : struct, IKernel
    {
        if ((int)TKernel.read(parent->_signals.Descriptor, parent->Signal, (nuint)sizeof(signalfd_siginfo)) <= 0)
        {
            return;
        }

        if (parent->Signal->ssi_signo == Linux.SIGCHLD)
        {
            Reap<TKernel>(parent);
        }
        else if (!TServer.HasDrainDelay || parent->_toAccept >= 0 || !IsOfDelay<TKernel>(parent))
        {
            if (parent->_toAccept < 0)
            {
                // Linux holds one more than it is told to; and one may have been accepted already whose fork is still tried.
                parent->_toAccept = TServer.Backlog + 1;
                if (TServer.HasEndpoints)
                {
                    StopEndpoints<TKernel>(parent);
                }

                parent->Stop<TKernel>();
            }
            else
            {
                // SIGALRM, or the second one: at once, and also if the same wait has seen a connection.
                parent->_toAccept = 0;
                parent->_listener.Events = Interrupted;
                parent->_patient = false;
            }
        }
    }

    /// <summary>Obeys a signal while the server is not stopping yet, where there is a delay before that: the first one begins it, and SIGALRM or the second one ends it.</summary>
    /// <returns>Whether that is all; otherwise the server stops now.</returns>
    private static bool IsOfDelay<TKernel>(ForkParent<TServer>* parent)
        where TKernel : struct, IKernel
    {
        if (parent->_toAccept < DelayHasBegun)
        {
            if (parent->Signal->ssi_signo == Linux.SIGALRM)
            {
                return false;
            }

            // As if it were over. An alarm that has come already and this one are one signal; a second would be taken for the end of the grace period.
            _ = TKernel.alarm(0);
            _ = TKernel.kill((int)TKernel.getpid(), Linux.SIGALRM);
            return true;
        }

        uint delay = TServer.HasEndpoints ? parent->Endpoints->Options.DrainDelay : parent->DrainDelay;
        if (delay == 0)
        {
            return false;
        }

        parent->_toAccept = DelayHasBegun - 1;
        for (uint i = parent->_childCount; TServer.TellsChildren && i != 0; i--)
        {
            _ = TKernel.kill(*(parent->Children - i), Linux.SIGTERM);
        }

        _ = TKernel.alarm(delay);
        return true;
    }

    /// <summary>Reaps every child that has ended: one SIGCHLD may stand for several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reap<TKernel>(ForkParent<TServer>* parent)
        where TKernel : struct, IKernel
    {
        int pid;
        while ((pid = (int)TKernel.wait4(-1, null, Linux.WNOHANG, null)) > 0)
        {
            // The search ends with what it looks for, at the latest beyond the last child: what was inherited is not among them.
            uint count = parent->_childCount;
            int* last = parent->Children - count;
            last[-1] = pid;
            int* child = parent->Children;
            do
            {
                child--;
            }
            while (*child != pid);

            if (child >= last)
            {
                *child = *last;
                parent->_childCount = count - 1;
                TServer.ChildEnded();
                if (count == 1)
                {
                    Shortage.End<TServer>(&parent->_shortage);
                }
            }
        }
    }

    /// <summary>
    /// What waits in the backlogs is still accepted. Not so with sockets that were passed: who holds them gives them to the next server, and with
    /// them what waits there.
    /// </summary>
    private static void StopEndpoints<TKernel>(ForkParent<TServer>* parent)
        where TKernel : struct, IKernel
    {
        Endpoints* endpoints = parent->Endpoints;
        Listening.Endpoints.Stop<TKernel, TServer>(endpoints);
        parent->_toAccept *= endpoints->Count;
        if (endpoints->ArePassed)
        {
            Listening.Endpoints.Close<TKernel>(endpoints);
            endpoints->Count = 0;
            parent->_listener.Events = Interrupted; // also if the same wait has seen a connection
            parent->_toAccept = 1; // the one that may have been accepted already, whose fork is still tried
        }
    }

    /// <summary>Begins the grace period: SIGALRM will end it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stop<TKernel>()
        where TKernel : struct, IKernel
    {
        for (uint i = _childCount; TServer.TellsChildren && i != 0; i--)
        {
            _ = TKernel.kill(*(Children - i), TServer.HasDrainDelay ? Linux.SIGALRM : Linux.SIGTERM);
        }

        if (TServer.GracePeriod == 0)
        {
            _patient = false; // alarm(0) would be none at all
        }
        else
        {
            _ = TKernel.alarm((uint)TServer.GracePeriod);
        }
    }

    /// <summary>Sits out a shortage, or ends the server where it is none; the children may finish.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Failed<TKernel>(ForkParent<TServer>* parent, MessageNumber call, int result)
        where TKernel : struct, IKernel
    {
        if (!AcceptErrors.IsFatal(result))
        {
            Shortage.Report<TKernel, TServer>(&parent->_shortage, call + 1, result);

            // Signals are obeyed in the meantime, and a child that ends may end the shortage.
            Wait<TKernel>(parent, 1, ShortagePause);
        }
        else
        {
            Message.WriteLine<TKernel, TServer>(call, null, result);
            parent->_exitCode = 1;
            if (parent->_toAccept < 0)
            {
                parent->Stop<TKernel>();
            }

            parent->_toAccept = 0;
        }
    }
}

/// <summary>What is the same of every <see cref="ForkParent{TServer}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ForkParent
{
    /// <summary>The bytes that it takes besides the children's process ids: its fields, and a signal that is read from its descriptor.</summary>
    public const int Size = 40 + 128;

    /// <summary>
    /// How deep the stack of a freestanding server with a raw response grows, in bytes, with room to spare: its frames are small, and
    /// none of them belongs to a signal handler, for there is none. A test looks at how much of it is ever written to.
    /// </summary>
    public const int StackSize = 1024;

    /// <summary>
    /// Memory for the parent of a freestanding server: below the stack that it uses. In a frame it would lie between the frames that
    /// are in use and the program's arguments, which the kernel has written; so they share their page or two, and a server that
    /// waits takes 16 kB.
    /// </summary>
    /// <param name="argv">The arguments: the stack grows down from where the kernel has put them.</param>
    /// <param name="stackSize">How deep it grows.</param>
    /// <returns>Where the parent lies. Before it there is as much memory as a stack may take, 8 MB unless setrlimit(2) says otherwise.</returns>
    public static void* Below(byte** argv, int stackSize) => (byte*)argv - stackSize - Size;
}
