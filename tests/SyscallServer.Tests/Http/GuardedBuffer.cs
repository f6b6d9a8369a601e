using System;
using System.Runtime.InteropServices;

namespace SyscallServer.Tests.Http;

/// <summary>Memory with an unmapped page before and behind it: whoever reads one byte too many ends the process.</summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int PageSize = 4096;

    private readonly byte* _mapping;
    private readonly int _capacity;

    internal GuardedBuffer(int capacity)
    {
        _capacity = (capacity + PageSize - 1) / PageSize * PageSize;
        const int protNone = 0, protRead = 1, protWrite = 2, mapPrivate = 2, mapAnonymous = 0x20; // mmap(2)
        nint mapping = MemoryMap(0, (nuint)_capacity + 2 * PageSize, protNone, mapPrivate | mapAnonymous, -1, 0);
        if (mapping == -1 || MemoryProtect(mapping + PageSize, (nuint)_capacity, protRead | protWrite) != 0)
        {
            throw new InvalidOperationException($"errno {Marshal.GetLastPInvokeError()}");
        }

        _mapping = (byte*)mapping;
    }

    /// <summary>A copy whose last byte is the last before an unmapped page.</summary>
    internal byte* AtEnd(ReadOnlySpan<byte> bytes)
    {
        byte* start = _mapping + PageSize + _capacity - bytes.Length;
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        return start;
    }

    /// <summary>A copy whose first byte is the first behind an unmapped page.</summary>
    internal byte* AtStart(ReadOnlySpan<byte> bytes)
    {
        byte* start = _mapping + PageSize;
        bytes.CopyTo(new Span<byte>(start, bytes.Length));
        return start;
    }

    public void Dispose() => _ = MemoryUnmap((nint)_mapping, (nuint)_capacity + 2 * PageSize);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MemoryProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MemoryUnmap(nint address, nuint length);
}
