using System;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// The signals of a server, read from a descriptor like any other input: SIGTERM and SIGINT ask it to end, SIGCHLD says that
/// a child has ended. No handler interrupts the engine, so no signal can fall between a look and a wait.
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
public static unsafe class Signals
{
    /// <summary>The size of the kernel's signal set in bytes: 64 signals, signal(7).</summary>
    private const nuint SetSize = 8;

    /// <summary>
    /// Ignores SIGPIPE (a write to a client that is gone returns EPIPE instead), blocks SIGINT, SIGTERM and SIGCHLD, and opens
    /// the descriptor to read them from. A failure is said on standard error.
    /// </summary>
    /// <returns>A non-blocking descriptor, or a negative errno after the message.</returns>
    public static int Open<TKernel>()
        where TKernel : struct, IKernel
    {
        kernel_sigaction action;
        action.sa_handler = Linux.SIG_IGN;
        action.sa_flags = 0;
        action.sa_restorer = 0;
        action.sa_mask = 0;
        ReadOnlySpan<byte> failure = "rt_sigaction: !"u8;
        nint result = TKernel.rt_sigaction(Linux.SIGPIPE, &action, null, SetSize);

        ulong set = Bit(Linux.SIGINT) | Bit(Linux.SIGTERM) | Bit(Linux.SIGCHLD);
        if (result >= 0)
        {
            failure = "rt_sigprocmask: !"u8;
            result = TKernel.rt_sigprocmask(Linux.SIG_BLOCK, &set, null, SetSize);
        }

        nint forwarder = TKernel.SignalForwarder;
        action.sa_handler = forwarder; // 0 is SIG_DFL
        if (forwarder != 0 && result >= 0)
        {
            failure = "Run was called on another thread than the one that Main runs on; call it there"u8;
            result = TKernel.gettid() == TKernel.getpid() ? 0 : -Errno.EINVAL;
            action.sa_flags = Linux.SA_RESTORER | Linux.SA_RESTART;
            action.sa_restorer = TKernel.SignalRestorer;
            if (result >= 0)
            {
                failure = "rt_sigaction: !"u8;
                result = TKernel.rt_sigaction(Linux.SIGINT, &action, null, SetSize);
            }

            if (result >= 0)
            {
                result = TKernel.rt_sigaction(Linux.SIGTERM, &action, null, SetSize);
            }
        }

        // Also where there is no handler: a parent that ignored SIGCHLD would have left it ignored here, and no child's
        // end would ever be seen.
        if (result >= 0)
        {
            failure = "rt_sigaction: !"u8;
            result = TKernel.rt_sigaction(Linux.SIGCHLD, &action, null, SetSize);
        }

        if (result >= 0)
        {
            failure = "signalfd4: !"u8;
            result = TKernel.signalfd4(-1, &set, SetSize, Linux.SFD_NONBLOCK);
        }

        if (result < 0)
        {
            Message.WriteLine<TKernel>(Text.Of(failure), result: result);
        }

        return (int)result;
    }

    /// <summary>The signal's place in the kernel's set: signal 1 is bit 0.</summary>
    private static ulong Bit(int signal) => 1UL << (signal - 1);
}
