using System;
using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Kernel;

/// <summary>The error numbers that the engine tells apart or names in a message. See errno(3); x86-64 and arm64 agree on them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Errno
{
#pragma warning disable CS1591 // The names are errno(3)'s own.
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int ENXIO = 6;
    public const int EBADF = 9;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int EPIPE = 32;
    public const int ENAMETOOLONG = 36;
    public const int ENOSYS = 38;
    public const int ELOOP = 40;
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
    public const int ECANCELED = 125;
    public const int ECONNRESET = 104;
    public const int ENOBUFS = 105;
    public const int ETIMEDOUT = 110;
    public const int ECONNREFUSED = 111;
    public const int EHOSTDOWN = 112;
    public const int EHOSTUNREACH = 113;
    public const int EINPROGRESS = 115;
    public const int EDQUOT = 122;
#pragma warning restore CS1591

    /// <summary>
    /// "address already in use (EADDRINUSE)" for the errors that users meet, "errno #" for any other; ended by a NUL.
    /// </summary>
    /// <param name="errno">The positive number.</param>
    internal static unsafe byte* Describe(int errno)
    {
        byte* entry = CString.Of(Descriptions);
        while (*entry != 0 && *entry != errno)
        {
            entry = CString.End(entry) + 1;
        }

        return entry + 1;
    }

    /// <summary>The number, the text and a NUL for each; 0 stands for all others.</summary>
    private static ReadOnlySpan<byte> Descriptions =>
        "\u000Bresource temporarily unavailable (EAGAIN)\0"u8 +
        "\u000Cout of memory (ENOMEM)\0"u8 +
        "\u000Dpermission denied (EACCES)\0"u8 +
        "\u0017too many open files in the system (ENFILE)\0"u8 +
        "\u0018too many open files (EMFILE)\0"u8 +
        "\u0026function not implemented (ENOSYS)\0"u8 +
        "\u0062address already in use (EADDRINUSE)\0"u8 +
        "\u0063address not available (EADDRNOTAVAIL)\0"u8 +
        "\0errno #"u8;
}
