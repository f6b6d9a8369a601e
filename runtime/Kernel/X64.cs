#if !ARM64
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SyscallServer.Internal.Kernel;

// What the kernel's interface has otherwise on x86-64: the other half of Arm64.cs. The freestanding host is compiled once for each.

public static partial class Linux
{
#pragma warning disable CS1591 // The names are the kernel's own.
    // open(2)
    public const int O_DIRECTORY = 0x10000;
    public const int O_NOFOLLOW = 0x20000;
    public const int O_TMPFILE = 0x400000 | O_DIRECTORY;
#pragma warning restore CS1591
}

internal static partial class Pages
{
    /// <summary>Bytes of a page.</summary>
    internal const int Size = 4096;
}

/// <summary><c>struct epoll_event</c>, epoll_ctl(2). It is packed here.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct epoll_event
{
    /// <summary>EPOLL flags.</summary>
    public uint events;

    /// <summary>What the user of epoll knows the descriptor by.</summary>
    public ulong data;
}

/// <summary><c>struct stat</c>, stat(2), of which only some fields are of interest here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct stat
{
    /// <summary>The file system.</summary>
    [FieldOffset(0)]
    public ulong st_dev;

    /// <summary>The file's number in it.</summary>
    [FieldOffset(8)]
    public ulong st_ino;

    /// <summary>How many names it has.</summary>
    [FieldOffset(16)]
    public ulong st_nlink;

    /// <summary>Its kind and who may do what, inode(7).</summary>
    [FieldOffset(24)]
    public uint st_mode;

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
