using System;
using System.Runtime.InteropServices;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>A page of memory before a page that is not to be touched: whoever reads one byte too many ends the test run.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int PageSize = 4096;
    private const int ProtNone = 0;
    private const int ProtReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    private readonly nint _pages;

    internal GuardedMemory()
    {
        _pages = MemoryMap(0, 2 * PageSize, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, _pages);
        Assert.Equal(0, MemoryProtect(_pages + PageSize, PageSize, ProtNone));
    }

    /// <summary>Puts bytes, a page at most, right before the page that is not to be touched.</summary>
    internal byte* Put(ReadOnlySpan<byte> bytes)
    {
        byte* place = (byte*)_pages + PageSize - bytes.Length;
        bytes.CopyTo(new Span<byte>(place, bytes.Length));
        return place;
    }

    public void Dispose() => Assert.Equal(0, MemoryUnmap(_pages, 2 * PageSize));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int MemoryProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nuint length);
}
