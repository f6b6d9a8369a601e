using System;
using System.Buffers.Binary;
using System.Text;

namespace SyscallServer.Tasks.Link;

/// <summary>Bytes of a file that nobody has looked at yet. What is read beyond their end is a <see cref="LinkException"/>.</summary>
/// <param name="file">The name of the file, for the message.</param>
/// <param name="bytes">The bytes.</param>
internal readonly struct ElfBytes(string file, ReadOnlyMemory<byte> bytes)
{
    internal ulong Length => (ulong)bytes.Length;

    internal byte UInt8(ulong offset) => Slice(offset, sizeof(byte)).Span[0];

    internal ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort)).Span);

    internal uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint)).Span);

    internal ulong UInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong)).Span);

    internal ReadOnlyMemory<byte> Slice(ulong offset, ulong size)
        => offset <= Length && size <= Length - offset
            ? bytes.Slice((int)offset, (int)size)
            : throw new LinkException($"'{file}' is cut off, or no object: it has {Length} bytes, and says that there are {size} from byte {offset} on.");

    /// <summary>The text from an offset to the next byte of zero.</summary>
    internal string Text(ulong offset)
    {
        ReadOnlySpan<byte> rest = offset < Length ? bytes.Span[(int)offset..] : [];
        int end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw new LinkException($"'{file}' is no object: a name is said to begin at byte {offset} of a table that has {Length}, and does not end.");
    }
}
