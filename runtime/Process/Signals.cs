using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Process;

/// <summary>
/// The signals of a server, read from a descriptor like any other input: SIGTERM and SIGINT ask it to end, SIGCHLD says that
/// a child has ended, SIGALRM that the grace period has. No handler interrupts the engine, so no signal can fall between a look and a wait.
/// </summary>
/// <remarks>
/// <para>
/// The signals are blocked and read through signalfd(2). A process that is PID 1 of a container gets them too: the kernel
/// drops a signal with the default action for PID 1, but not a blocked one.
/// </para>
/// <para>
/// Only the calling thread can be made to block them. Under the .NET runtime there are others, and a signal to the process goes
/// to any thread that does not block it. There the signals get a handler, which only those other threads can run: it
/// hands the signal on to the main thread, where it stays until it is read. It is machine code of the
/// kernel's stubs (<see cref="IKernel.SignalForwarder"/>), since a thread may be anywhere in the runtime when it runs.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Signals
{
    /// <summary>The size of the kernel's signal set in bytes: 64 signals, signal(7).</summary>
    private const nuint SetSize = 8;

    /// <summary>
    /// Blocks SIGINT, SIGTERM, SIGCHLD and SIGALRM, and opens the descriptor to read them from. SIGPIPE and SIGXFSZ are blocked with them and come
    /// to nothing: a write to a client or a log that is gone returns EPIPE, and one beyond the longest file (RLIMIT_FSIZE) EFBIG. A failure is said on standard error.
    /// </summary>
    /// <param name="descriptor">The descriptor, which does not block.</param>
    /// <returns>Whether it is open; otherwise the message is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Open<TKernel, TServer>(out int descriptor)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        kernel_sigaction action = default; // SIG_DFL
        const ulong unread = 1UL << (Linux.SIGPIPE - 1) | 1UL << (Linux.SIGXFSZ - 1);
        ulong set = Bit(Linux.SIGINT) | Bit(Linux.SIGALRM) | Bit(Linux.SIGTERM) | Bit(Linux.SIGCHLD) | unread;
        MessageNumber call = MessageNumber.BlockSignals;
        int result = (int)TKernel.rt_sigprocmask(Linux.SIG_BLOCK, &set, null, SetSize);

        nint forwarder = TKernel.SignalForwarder;
        if (forwarder != 0 && result >= 0)
        {
            action.sa_handler = forwarder;
            action.sa_flags = Linux.SA_RESTORER | Linux.SA_RESTART;
            action.sa_restorer = TKernel.SignalRestorer;
            call = MessageNumber.WrongThread;
            result = TKernel.gettid() == TKernel.getpid() ? 0 : -Errno.EINVAL;
            if (result >= 0)
            {
                call = MessageNumber.SignalAction;
                result = (int)TKernel.rt_sigaction(Linux.SIGINT, &action, null, SetSize);
            }

            if (result >= 0)
            {
                result = (int)TKernel.rt_sigaction(Linux.SIGALRM, &action, null, SetSize);
            }

            if (result >= 0)
            {
                result = (int)TKernel.rt_sigaction(Linux.SIGTERM, &action, null, SetSize);
            }
        }

        // Also where there is no handler: a parent that ignored SIGCHLD would have left it ignored here, and no child's
        // end would ever be seen.
        if (result >= 0)
        {
            call = MessageNumber.SignalAction;
            result = (int)TKernel.rt_sigaction(Linux.SIGCHLD, &action, null, SetSize);
        }

        if (result >= 0)
        {
            call = MessageNumber.SignalDescriptor;
            set ^= unread;
            result = (int)TKernel.signalfd4(-1, &set, SetSize, Linux.SFD_NONBLOCK);
        }

        if (result < 0)
        {
            Message.WriteLine<TKernel, TServer>(call, null, result);
        }

        descriptor = result;
        return result >= 0;
    }

    /// <summary>Reads one of the signals.</summary>
    /// <param name="descriptor">From <see cref="Open"/>.</param>
    /// <returns>Its number; 0 where there is none.</returns>
    internal static uint Read<TKernel>(int descriptor)
        where TKernel : struct, IKernel
    {
        signalfd_siginfo signal;
        return TKernel.read(descriptor, &signal, (nuint)sizeof(signalfd_siginfo)) > 0 ? signal.ssi_signo : 0;
    }

    /// <summary>The signal's place in the kernel's set: signal 1 is bit 0.</summary>
    private static ulong Bit(int signal) => 1UL << (signal - 1);
}
