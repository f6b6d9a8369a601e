
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Models;

/// <summary>
/// Buffers of one size in one piece of memory, of which the kernel gives only the pages that are written to. A buffer that was used stays warm and is used next; of those that are free, only some
/// keep their pages, so what a rush of clients has filled goes back to the kernel when they are gone.
/// </summary>
internal unsafe struct BufferPool
{
    /// <summary>No buffer.</summary>
    internal const int None = -1;

    /// <summary>How many bytes of buffers that are free keep their pages, for the next ones: 1 MiB spares a steady load the calls and the page faults.</summary>
    private const int WarmBytes = 1 << 20;

    /// <summary>What is kept of a buffer besides: it must not lie in the buffer, whose pages may be taken, nor behind one, where an overrun would reach it first.</summary>
    private struct Entry
    {
        /// <summary>The next one of those that are free.</summary>
        internal int Next;

        /// <summary>Whether it has been written to since its pages were last given back.</summary>
        internal bool HasPages;
    }

    private readonly byte* _memory;
    private readonly Entry* _entries;
    private readonly int _size;
    private readonly int _count;
    private int _unused;
    private int _free;

    /// <summary>How many buffers are free and have pages.</summary>
    private int _warm;

    /// <param name="memory"><see cref="SizeOf"/> bytes of zeros, at a multiple of a page. The last of them are those of the last buffer.</param>
    /// <param name="size">Bytes of a buffer: a multiple of a page.</param>
    /// <param name="count">How many.</param>
    internal BufferPool(byte* memory, int size, int count)
    {
        _memory = memory + EntriesSize(count);
        _entries = (Entry*)memory;
        _size = size;
        _count = count;
        _unused = 0;
        _free = None;
        _warm = 0;
    }

    /// <summary>Bytes of a pool: a multiple of a page.</summary>
    internal static nint SizeOf(int size, int count) => EntriesSize(count) + (nint)count * size;

    private static nint EntriesSize(int count) => Pages.Round((nint)count * sizeof(Entry));

    internal readonly byte* Address(int buffer) => _memory + (nint)buffer * _size;

    /// <summary>The buffer that lies at an address.</summary>
    internal readonly int At(byte* address) => (int)((address - _memory) / _size);

    /// <summary>A buffer, or <see cref="None"/> where all are taken.</summary>
    internal int Take()
    {
        int buffer = _free;
        if (buffer == None)
        {
            return _unused < _count ? _unused++ : None;
        }

        _free = _entries[buffer].Next;
        _warm -= _entries[buffer].HasPages ? 1 : 0;
        return buffer;
    }

    /// <summary>Gives a buffer back.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="isUsed">Whether it was written to.</param>
    internal void Return<TKernel>(int buffer, bool isUsed = true)
        where TKernel : struct, IKernel
    {
        Entry* entry = _entries + buffer;
        entry->HasPages |= isUsed;
        if (entry->HasPages)
        {
            if (_warm < WarmBytes / _size)
            {
                _warm++;
            }
            else
            {
                _ = TKernel.madvise(Address(buffer), (nuint)_size, Linux.MADV_DONTNEED);
                entry->HasPages = false;
            }
        }

        entry->Next = _free;
        _free = buffer;
    }
}
