using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Listening;

/// <summary>What a failed accept(2) or fork(2) means: whether it is over already, will not pass, or may.</summary>
internal static class AcceptErrors
{
    /// <summary>
    /// Nothing to accept after all: the client is gone again, somebody else was faster, or the connection is broken in a way that
    /// accept(2) says to treat alike. A set of errno modulo 64.
    /// </summary>
    private const ulong Transient = 1UL << Errno.EINTR | 1UL << Errno.EAGAIN | 1UL << Errno.ECONNABORTED - 64 | 1UL << Errno.EPROTO - 64
        | 1UL << Errno.ENOPROTOOPT - 64 | 1UL << Errno.ENETDOWN - 64 | 1UL << Errno.EHOSTDOWN - 64 | 1UL << Errno.ENONET - 64
        | 1UL << Errno.EHOSTUNREACH - 64 | 1UL << Errno.ENETUNREACH - 64 | 1UL << Errno.ECONNRESET - 64 | 1UL << Errno.ETIMEDOUT - 64;

    /// <summary>The socket, or the call, is of no use and will not be.</summary>
    private const ulong Fatal = 1UL << Errno.EBADF | 1UL << Errno.EFAULT | 1UL << Errno.EINVAL | 1UL << Errno.ENOSYS | 1UL << Errno.EOPNOTSUPP - 64;

    /// <summary>Whether to go on at once.</summary>
    /// <param name="result">What the call returned: a negative errno.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsTransient(int result) => Contains(Transient, result);

    /// <summary>
    /// Whether no connection will ever be accepted. All that is neither this nor transient may pass: EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN (of
    /// fork), EPERM, and whatever there may be besides.
    /// </summary>
    /// <param name="result">What the call returned: a negative errno.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsFatal(int result) => Contains(Fatal, result);

    /// <summary>The shift takes the number modulo 64; none of the calls concerned returns two errors that differ by 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Contains(ulong set, int result) => (set & 1UL << -result) != 0;
}
