using System;

namespace SyscallServer.Kernel;

/// <summary>The error numbers that the engine tells apart or names in a message. See errno(3); x86-64 and arm64 agree on them.</summary>
public static class Errno
{
#pragma warning disable CS1591 // The names are errno(3)'s own.
    public const int EPERM = 1;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EBADF = 9;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int EPIPE = 32;
    public const int ENOSYS = 38;
    public const int ENONET = 64;
    public const int EPROTO = 71;
    public const int ENOTSOCK = 88;
    public const int ENOPROTOOPT = 92;
    public const int EOPNOTSUPP = 95;
    public const int EAFNOSUPPORT = 97;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETDOWN = 100;
    public const int ENETUNREACH = 101;
    public const int ECONNABORTED = 103;
    public const int ECONNRESET = 104;
    public const int ENOBUFS = 105;
    public const int ETIMEDOUT = 110;
    public const int EHOSTDOWN = 112;
    public const int EHOSTUNREACH = 113;
#pragma warning restore CS1591

    /// <summary>
    /// "address already in use (EADDRINUSE)" for the errors that starting and accepting can meet; empty for any other.
    /// </summary>
    /// <param name="errno">The positive number.</param>
    public static ReadOnlySpan<byte> Describe(int errno) => errno switch
    {
        EPERM => "operation not permitted (EPERM)"u8,
        EAGAIN => "resource temporarily unavailable (EAGAIN)"u8,
        ENOMEM => "out of memory (ENOMEM)"u8,
        EACCES => "permission denied (EACCES)"u8,
        EINVAL => "invalid argument (EINVAL)"u8,
        ENFILE => "too many open files in the system (ENFILE)"u8,
        EMFILE => "too many open files (EMFILE)"u8,
        ENOSYS => "system call not available (ENOSYS)"u8,
        EAFNOSUPPORT => "address family not supported (EAFNOSUPPORT)"u8,
        EADDRINUSE => "address already in use (EADDRINUSE)"u8,
        EADDRNOTAVAIL => "address not available on this machine (EADDRNOTAVAIL)"u8,
        ENOBUFS => "no buffer space available (ENOBUFS)"u8,
        _ => default,
    };
}
