using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Models;

/// <summary>
/// The parent of <see cref="Concurrency.Prefork"/> and <see cref="Concurrency.EventLoop"/>: it opens the listeners, forks the workers, has
/// another take the place of one that dies, passes on the wish to end, and serves nobody itself.
/// </summary>
/// <remarks>
/// A worker that dies again and again is started ever more slowly: whatever kills it is not to take the whole machine. The listeners
/// stay open here, so no connection that waits in a backlog is lost with a worker. One of the first workers that ends with 1 has said what it
/// was refused, at the start of the server: the server then ends so, too. One that came later is started again, as what it lacks may come back.
/// </remarks>
/// <typeparam name="TServer">The server's limits.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Supervisor<TServer>
    where TServer : struct, IServer
{
    /// <summary>A worker that lived for less than this, in milliseconds, is started again after a pause that doubles each time.</summary>
    private const int ShortLife = 10_000;

    /// <summary>The first and the longest pause, in milliseconds.</summary>
    private const int FirstPause = 100;
    private const int LongestPause = 10_000;

    private const long Never = long.MaxValue;

    /// <summary>What wait(2) says of a process that has called exit_group(1), and was not killed: the exit code is in the second byte.</summary>
    private const int ExitedWithOne = 1 << 8;

    /// <summary>What the server listens at. Its sockets are those of the first worker; a worker has its own there.</summary>
    private Endpoints* _endpoints;
    private int _signals;
    private int _count;

    /// <summary>
    /// When the grace period is over, by the monotonic clock in milliseconds; <see cref="Never"/> while the server runs. Below zero, the delay before the end has begun (<see cref="IServer.HasDrainDelay"/>), and
    /// this is when it is over, with the sign changed.
    /// </summary>
    private long _deadline;
    private int _exitCode;

    /// <summary>Its own process id.</summary>
    private int _pid;

    /// <summary>Whether the service manager was told that all workers are there.</summary>
    private bool _isReady;

    private Shortage _shortage;

    /// <summary>The workers, which lie behind this: it lies on the stack of Run, where nothing moves it.</summary>
    private Worker* Workers => (Worker*)((byte*)Unsafe.AsPointer(ref this) + sizeof(Supervisor<TServer>));

    /// <summary>How many workers there are.</summary>
    public readonly int Count => _count;

    /// <summary>Whether the delay before the end has begun.</summary>
    private readonly bool IsDraining
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TServer.HasDrainDelay && _deadline < 0;
    }

    /// <summary>Whether there are to be workers: the server runs, or goes on for a while.</summary>
    private readonly bool IsRunning
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (IsDraining)
            {
                return true;
            }

            return _deadline == Never;
        }
    }

    /// <summary>
    /// Whether the only worker is this process itself. An event loop for one CPU needs nobody to look after it where all of its code is the engine's: whatever starts the
    /// server again when it dies would do so for a supervisor, too. A fault in a handler ends the process, and so a worker with handlers has a supervisor. Not so
    /// where the .NET runtime is underneath, as there are other threads (<see cref="IKernel.SignalForwarder"/>): there a handler's fault is an exception, which ends nothing, and what it may do in a
    /// process that was not forked, it may not in a worker.
    /// </summary>
    public readonly bool IsAlone<TKernel>()
        where TKernel : struct, IKernel
        => TServer.ListensPerWorker && (!TServer.RunsUserCode || TKernel.SignalForwarder != 0) && _count == 1;

    /// <summary>The exit code: 0, or 1 where the server could not go on.</summary>
    public readonly int ExitCode => _exitCode;

    /// <summary>Opens the listeners: at each endpoint one for each worker that has one of its own, otherwise one for all.</summary>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="endpoints">Where to listen; on return with the ports that the kernel chose where they were 0.</param>
    /// <returns>Whether they listen; otherwise the message is written.</returns>
    public bool Open<TKernel>(int signals, Endpoints* endpoints)
        where TKernel : struct, IKernel
    {
        _endpoints = endpoints;
        _isReady = false;
        _shortage = default;
        _signals = signals;
        _count = TServer.Workers != 0 ? TServer.Workers : ProcessorCount<TKernel>();
        _deadline = Never;
        _exitCode = 0;
        _pid = (int)TKernel.getpid();
        if (!Endpoints.Open<TKernel, TServer>(endpoints))
        {
            return false;
        }

        for (int i = 0; i < _count; i++)
        {
            Workers[i] = default;
            for (int j = 0; j < endpoints->Count; j++)
            {
                Workers[i].Listeners[j] = endpoints->First[j].Descriptor;
                if (i > 0 && !endpoints->First[j].IsShared && !Endpoints.OpenAnother<TKernel, TServer>(endpoints, j, out Workers[i].Listeners[j]))
                {
                    Endpoints.RemoveFiles<TKernel>(endpoints);
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The CPUs that this process may use, sched_setaffinity(2): with taskset, cpusets of containers and the like, fewer than the machine has.</summary>
    private static int ProcessorCount<TKernel>()
        where TKernel : struct, IKernel
    {
        Processors processors = default;
        nint length = TKernel.sched_getaffinity(0, (nuint)sizeof(Processors), &processors.First);
        int count = 0;
        for (int i = 0; i < length / sizeof(ulong); i++)
        {
            count += BitOperations.PopCount((&processors.First)[i]);
        }

        return count < 1 ? 1 : count < Limits.MaxWorkers ? count : Limits.MaxWorkers;
    }

    /// <summary>A cpu_set_t, which has room for 1,024 CPUs.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Processors
    {
        internal ulong First;
    }

    /// <summary>
    /// Starts the workers and looks after them. It returns in each worker, whose listeners the endpoints then have, and in the parent when all have
    /// ended.
    /// </summary>
    /// <returns>Whether this is a worker.</returns>
    public bool Run<TKernel>()
        where TKernel : struct, IKernel
    {
        if (IsAlone<TKernel>())
        {
            SayReady<TKernel>();
            TServer.WorkerBegan(0);
            return true;
        }

        while (true)
        {
            long now = Clock.Milliseconds<TKernel>();
            if (IsDraining && now >= -_deadline)
            {
                Stop<TKernel>();
            }

            long next = _deadline;
            if (IsDraining)
            {
                next = -next;
            }

            bool alive = false;
            bool complete = true;
            for (int i = 0; i < _count; i++)
            {
                Worker* worker = Workers + i;
                if (worker->Pid == 0 && IsRunning)
                {
                    if (worker->StartAt <= now && Start<TKernel>(worker, now))
                    {
                        KeepListenersOf<TKernel>(worker);
                        TServer.WorkerBegan(i);
                        return true;
                    }

                    next = worker->Pid == 0 && worker->StartAt < next ? worker->StartAt : next;
                }

                alive |= worker->Pid != 0;
                complete &= worker->Pid != 0;
            }

            if (complete && !_isReady)
            {
                SayReady<TKernel>();
            }

            if (!IsRunning && (!alive || now >= _deadline))
            {
                break;
            }

            Wait<TKernel>(next == Never ? -1 : next > now ? (int)(next - now) : 0);
        }

        for (int i = 0; i < _count; i++)
        {
            if (Workers[i].Pid != 0)
            {
                _ = TKernel.kill(Workers[i].Pid, Linux.SIGKILL);
            }
        }

        return false;
    }

    /// <summary>Tells the service manager that the server serves.</summary>
    private void SayReady<TKernel>()
        where TKernel : struct, IKernel
    {
        _isReady = true;
        if (TServer.HasServiceManager)
        {
            ServiceManager.Notify<TKernel, TServer>(_endpoints, "READY=1"u8);
        }
    }

    /// <summary>Forks a worker, later where processes or memory are short. Where there will never be one, the server ends.</summary>
    /// <returns>Whether this is the worker.</returns>
    private bool Start<TKernel>(Worker* worker, long now)
        where TKernel : struct, IKernel
    {
        int pid = (int)TKernel.fork();
        if (pid == 0)
        {
            // A supervisor that is killed takes no leave; its workers then end in an orderly way, as if told to. So does one whose
            // supervisor was gone before it could ask for that: it has another parent. And so does one that is started while the others are told already.
            _ = TKernel.prctl(Linux.PR_SET_PDEATHSIG, Linux.SIGTERM, 0, 0, 0);
            if ((int)TKernel.getppid() != _pid || IsDraining)
            {
                _ = TKernel.kill((int)TKernel.getpid(), Linux.SIGTERM);
            }

            return true;
        }

        if (pid < 0 && AcceptErrors.IsFatal(pid))
        {
            Abandon<TKernel>(MessageNumber.Fork, pid);
            return false;
        }

        if (pid < 0)
        {
            Shortage.Report<TKernel, TServer>((Shortage*)Unsafe.AsPointer(ref _shortage), MessageNumber.ForkAgain, pid);
            worker->StartAt = now + FirstPause;
            return false;
        }

        worker->Pid = pid;
        worker->StartedAt = now;
        return false;
    }

    /// <summary>In a worker: a listener of another's that it kept open would go on to be given connections when that worker has left it.</summary>
    private void KeepListenersOf<TKernel>(Worker* worker)
        where TKernel : struct, IKernel
    {
        CloseListeners<TKernel>(kept: worker);
        for (int i = 0; i < _endpoints->Count; i++)
        {
            _endpoints->First[i].Descriptor = worker->Listeners[i];
        }
    }

    /// <summary>Closes the listeners of all workers, or of all but one, which has those that are shared, too.</summary>
    private void CloseListeners<TKernel>(Worker* kept)
        where TKernel : struct, IKernel
    {
        for (int i = 0; i < _endpoints->Count; i++)
        {
            for (int j = 0; j < (_endpoints->First[i].IsShared ? 1 : _count); j++)
            {
                if (kept == null || !(_endpoints->First[i].IsShared || kept == Workers + j))
                {
                    _ = TKernel.close(Workers[j].Listeners[i]);
                }
            }
        }
    }

    /// <summary>Waits for a signal, and obeys it.</summary>
    private void Wait<TKernel>(int timeout)
        where TKernel : struct, IKernel
    {
        pollfd ready;
        ready.fd = _signals;
        ready.events = Linux.POLLIN;
        ready.revents = 0;
        int result = (int)TKernel.poll(&ready, 1, timeout);
        if (result < 0 && result != -Errno.EINTR)
        {
            Abandon<TKernel>(MessageNumber.Poll, result);
            _deadline = 0; // there is no way to wait for anybody
            return;
        }

        uint signal = ready.revents != 0 ? Signals.Read<TKernel>(_signals) : 0;
        if (signal == Linux.SIGCHLD)
        {
            Reap<TKernel>();
        }
        else if (signal is Linux.SIGTERM or Linux.SIGINT)
        {
            if (TServer.HasDrainDelay && BeginsDelay<TKernel>())
            {
                return;
            }

            if (IsRunning)
            {
                Stop<TKernel>();
            }
            else
            {
                _deadline = 0; // the second one: at once
            }
        }
    }

    /// <summary>Ends the server where it cannot go on. The workers may finish.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Abandon<TKernel>(MessageNumber call, int result)
        where TKernel : struct, IKernel
    {
        Message.WriteLine<TKernel, TServer>(call, null, result);
        _exitCode = 1;
        if (IsRunning)
        {
            Stop<TKernel>();
        }
    }

    /// <summary>Begins the delay before the end where the server runs and there is one.</summary>
    private bool BeginsDelay<TKernel>()
        where TKernel : struct, IKernel
    {
        int delay = _endpoints->Options.DrainDelay;
        if (_deadline != Never || delay == 0)
        {
            return false;
        }

        _deadline = -(Clock.Milliseconds<TKernel>() + delay * 1000L);
        Tell<TKernel>(Linux.SIGTERM);
        return true;
    }

    private void Stop<TKernel>()
        where TKernel : struct, IKernel
    {
        _deadline = Clock.Milliseconds<TKernel>() + TServer.GracePeriod * 1000L;
        Endpoints.Stop<TKernel, TServer>(_endpoints);
        CloseListeners<TKernel>(kept: null);
        Tell<TKernel>(TServer.HasDrainDelay ? Linux.SIGALRM : Linux.SIGTERM);
    }

    /// <summary>Sends a signal to all workers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tell<TKernel>(int signal)
        where TKernel : struct, IKernel
    {
        for (int i = 0; i < _count; i++)
        {
            if (Workers[i].Pid != 0)
            {
                _ = TKernel.kill(Workers[i].Pid, signal);
            }
        }
    }

    /// <summary>Reaps every child that has ended: one SIGCHLD may stand for several, and as PID 1 not all are workers.</summary>
    private void Reap<TKernel>()
        where TKernel : struct, IKernel
    {
        int pid;
        int status;
        while ((pid = (int)TKernel.wait4(-1, &status, Linux.WNOHANG, null)) > 0)
        {
            for (int i = 0; i < _count; i++)
            {
                if (Workers[i].Pid == pid)
                {
                    Ended<TKernel>(Workers + i, status);
                }
            }
        }
    }

    private void Ended<TKernel>(Worker* worker, int status)
        where TKernel : struct, IKernel
    {
        int pid = worker->Pid;
        worker->Pid = 0;
        if (!IsRunning || (IsDraining && Clock.Milliseconds<TKernel>() >= -_deadline))
        {
            return; // it was to end, or was sooner to see that the delay is over
        }

        if (status == ExitedWithOne && worker->StartAt == 0)
        {
            _exitCode = 1;
            Stop<TKernel>();
            return;
        }

        Message.WriteLine<TKernel, TServer>("worker # has ended; another takes its place"u8, -pid);
        TServer.WorkerEnded((int)(worker - Workers));
        long now = Clock.Milliseconds<TKernel>();
        int pause = worker->Pause * 2;
        worker->Pause = now - worker->StartedAt >= ShortLife ? 0 : pause < FirstPause ? FirstPause : pause < LongestPause ? pause : LongestPause;
        worker->StartAt = now + worker->Pause;
    }
}

/// <summary>What is the same of every <see cref="Supervisor{TServer}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Supervisor
{
    /// <summary>The bytes that a supervisor takes besides its workers.</summary>
    public const int Size = 48;

    /// <summary>The bytes that each worker takes.</summary>
    public const int WorkerSize = 56;

    /// <summary>Seconds after the delay before the end at which a worker stops by itself: its supervisor, which tells it to, may be gone.</summary>
    internal const uint AlarmAfterDelay = 1;
}

/// <summary>What the supervisor knows of a worker.</summary>
internal unsafe struct Worker
{
    /// <summary>Its process id; 0 while there is none.</summary>
    internal int Pid;

    /// <summary>Milliseconds to wait before it is started again.</summary>
    internal int Pause;

    /// <summary>When it was started, by the monotonic clock in milliseconds.</summary>
    internal long StartedAt;

    /// <summary>When it is to be started at the earliest; 0 for the first one in its place, unless processes were short.</summary>
    internal long StartAt;

    private ListenerArray _listeners;

    [InlineArray(Endpoints.Max)]
    private struct ListenerArray
    {
        internal int First;
    }

    /// <summary>Where it accepts, in the order of the endpoints. It lies behind the supervisor, where nothing moves it.</summary>
    internal int* Listeners => (int*)Unsafe.AsPointer(ref _listeners);
}
