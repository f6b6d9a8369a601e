using System.ComponentModel;

namespace SyscallServer.Internal.Kernel;

/// <summary>
/// The Linux system calls, each under its man-page name and in its man-page shape, with what the kernel itself returns:
/// a result of zero or more, or an error as a negative errno (<see cref="Errno"/>).
/// </summary>
/// <remarks>
/// <para>
/// The generator emits, for each server, a struct that implements the calls which that server can reach; a call
/// that is missing there answers ENOSYS, as a kernel without it would. The tests implement all of them by a simulated
/// kernel. Both are structs, so that the compiler specialises the engine for them and no call is indirect.
/// </para>
/// <para>
/// Every call takes every argument that the kernel reads: a missing one would be whatever the register last held.
/// </para>
/// <para>The calls are in IKernel.SystemCalls.cs, which is written from the table in Contract/SystemCalls.cs.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe partial interface IKernel
{
    /// <summary>
    /// The address of a signal handler that hands a signal to the process's main thread, or 0 where no other thread can
    /// take one. See <see cref="SyscallServer.Internal.Process.Signals"/>.
    /// </summary>
    static virtual nint SignalForwarder => 0;

    /// <summary>
    /// The address of what a handler returns to: rt_sigreturn(2). x86-64 demands one with every handler (SA_RESTORER).
    /// </summary>
    static virtual nint SignalRestorer => 0;
}
