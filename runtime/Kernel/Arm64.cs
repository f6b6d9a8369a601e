#if ARM64
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SyscallServer.Internal.Kernel;

// What the kernel's interface has otherwise on arm64: the other half of X64.cs. The freestanding host is compiled once for each.

public static partial class Linux
{
#pragma warning disable CS1591 // The names are the kernel's own.
    // open(2)
    public const int O_DIRECTORY = 0x4000;
    public const int O_NOFOLLOW = 0x8000;
    public const int O_TMPFILE = 0x400000 | O_DIRECTORY;
#pragma warning restore CS1591
}

internal static partial class Pages
{
    /// <summary>Bytes of the largest page that there is: a kernel for arm64 has pages of 4, 16 or 64 KiB, and what begins and ends at a multiple of the last does so with each.</summary>
    internal const int Size = 65536;
}

/// <summary><c>struct epoll_event</c>, epoll_ctl(2). Its fields lie where a C compiler puts them.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct epoll_event
{
    /// <summary>EPOLL flags.</summary>
    public uint events;

    /// <summary>What the user of epoll knows the descriptor by.</summary>
    public ulong data;
}

/// <summary><c>struct stat</c>, stat(2), of which only some fields are of interest here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct stat
{
    /// <summary>The file system.</summary>
    [FieldOffset(0)]
    public ulong st_dev;

    /// <summary>The file's number in it.</summary>
    [FieldOffset(8)]
    public ulong st_ino;

    /// <summary>Its kind and who may do what, inode(7).</summary>
    [FieldOffset(16)]
    public uint st_mode;

    /// <summary>How many names it has.</summary>
    [FieldOffset(20)]
    public uint st_nlink;

    /// <summary>Bytes of a regular file.</summary>
    [FieldOffset(48)]
    public long st_size;

    /// <summary>When its content last changed.</summary>
    [FieldOffset(88)]
    public timespec st_mtim;

    /// <summary>When anything of it last changed.</summary>
    [FieldOffset(104)]
    public timespec st_ctim;
}
#endif
