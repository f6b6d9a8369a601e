using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SyscallServer.Internal.Kernel;

// The structures that cross into the kernel, laid out as its headers for x86-64 and arm64 lay them out. Those that differ are in X64.cs and in Arm64.cs. A test compiles their sizes
// and offsets against those headers.

/// <summary><c>struct sockaddr_in</c>, ip(7).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct sockaddr_in
{
    /// <summary><see cref="Linux.AF_INET"/>.</summary>
    public ushort sin_family;

    /// <summary>The port, in network byte order.</summary>
    public ushort sin_port;

    /// <summary>The address, in network byte order.</summary>
    public uint sin_addr;

    /// <summary>Unused.</summary>
    public ulong sin_zero;

    /// <summary>Sets an endpoint, given in the host's byte order: a single constant where both are.</summary>
    /// <param name="address">The IPv4 address, most significant number first: 127.0.0.1 is 0x7F000001.</param>
    /// <param name="port">The TCP port; 0 lets the kernel choose.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(uint address, ushort port)
        => Unsafe.As<ushort, ulong>(ref sin_family) = Linux.AF_INET
            | (ulong)BinaryPrimitives.ReverseEndianness(port) << 16
            | (ulong)BinaryPrimitives.ReverseEndianness(address) << 32;
}

/// <summary><c>struct pollfd</c>, poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct pollfd
{
    /// <summary>The descriptor; a negative one is passed over.</summary>
    public int fd;

    /// <summary>What to wait for.</summary>
    public short events;

    /// <summary>What has come.</summary>
    public short revents;
}

/// <summary><c>struct iovec</c>, writev(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct iovec
{
    /// <summary>The address of the bytes.</summary>
    public void* iov_base;

    /// <summary>How many.</summary>
    public nuint iov_len;
}

/// <summary>The kernel's <c>struct sigaction</c>, which is not the C library's: rt_sigaction(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct kernel_sigaction
{
    /// <summary>The address of the handler, <see cref="Linux.SIG_DFL"/> or <see cref="Linux.SIG_IGN"/>.</summary>
    public nint sa_handler;

    /// <summary>SA_ flags.</summary>
    public ulong sa_flags;

    /// <summary>Where the handler returns to; needs <see cref="Linux.SA_RESTORER"/>.</summary>
    public nint sa_restorer;

    /// <summary>The signals that are blocked while the handler runs.</summary>
    public ulong sa_mask;
}

/// <summary><c>struct timespec</c> and, with microseconds in the second field, <c>struct timeval</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct timespec
{
    /// <summary>Seconds.</summary>
    public long tv_sec;

    /// <summary>Nanoseconds (<c>timeval</c>: microseconds).</summary>
    public long tv_nsec;
}

/// <summary><c>struct signalfd_siginfo</c>, signalfd(2), of which only the first field is of interest here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct signalfd_siginfo
{
    /// <summary>The signal's number.</summary>
    public uint ssi_signo;
}

/// <summary><c>struct itimerspec</c>, timerfd_settime(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct itimerspec
{
    /// <summary>The time between two expirations; 0 for one only.</summary>
    public timespec it_interval;

    /// <summary>The time to the first one; 0 stops the timer.</summary>
    public timespec it_value;
}

/// <summary><c>struct rlimit</c>, getrlimit(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct rlimit
{
    /// <summary>The soft limit, which the process may change up to the hard one.</summary>
    public ulong rlim_cur;

    /// <summary>The hard limit.</summary>
    public ulong rlim_max;
}

/// <summary><c>struct open_how</c>, openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct open_how
{
    /// <summary>O_ flags.</summary>
    public ulong flags;

    /// <summary>The mode of a file that is created; otherwise 0.</summary>
    public ulong mode;

    /// <summary>RESOLVE_ flags.</summary>
    public ulong resolve;
}
