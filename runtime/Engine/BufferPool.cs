namespace SyscallServer.Engine;

/// <summary>
/// Buffers of one size in one piece of memory, of which the kernel gives only the pages that are written to. A buffer that was used stays warm and is used next.
/// </summary>
internal unsafe struct BufferPool
{
    /// <summary>No buffer.</summary>
    internal const int None = -1;

    private readonly byte* _memory;
    private readonly int _size;
    private readonly int _count;
    private int _unused;
    private int _free;

    internal BufferPool(byte* memory, int size, int count)
    {
        _memory = memory;
        _size = size;
        _count = count;
        _unused = 0;
        _free = None;
    }

    internal readonly byte* Address(int buffer) => _memory + (nint)buffer * _size;

    /// <summary>A buffer, or <see cref="None"/> where all are taken.</summary>
    internal int Take()
    {
        if (_free != None)
        {
            int buffer = _free;
            _free = *(int*)Address(buffer); // a free buffer begins with the next free one
            return buffer;
        }

        return _unused < _count ? _unused++ : None;
    }

    internal void Return(int buffer)
    {
        *(int*)Address(buffer) = _free;
        _free = buffer;
    }
}
