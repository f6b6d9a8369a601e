using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SyscallServer.Internal.Text;

/// <summary>
/// How far a request's bytes are of one kind: where nearly all of its bytes are looked at. Every scan begins at the first byte, reads nothing
/// from the end on, and stops at the first byte that is of another kind, or at the end. Vectors only make it faster.
/// </summary>
internal static unsafe class Scan
{
    /// <summary>Bytes of a vector.</summary>
    private const int Width = 16;

    /// <summary>Whether there are vectors: a constant for the compilers. The tests and the benchmark compile this file a second time without them.</summary>
    private static bool IsVectorized
#if SCALAR
        => false;
#else
        => Vector128.IsHardwareAccelerated;
#endif

    /// <summary>Over a field's name, as far as it has letters and hyphens: nearly all have nothing else.</summary>
    /// <param name="name">The first byte.</param>
    /// <param name="end">Behind the last byte.</param>
    /// <param name="value">From where on <see cref="Value"/> is to look. It is not behind the name, so that the processor need not wait for where that ends.</param>
    /// <returns>A byte of the name, or the one behind it, before the end: where <see cref="Token"/> goes on unless it is a colon.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Name(byte* name, byte* end, out byte* value)
    {
        value = name;
        if (!IsVectorized || end - name < Width)
        {
            return name;
        }

        uint others;
        while ((others = NotName(*(Vector128<byte>*)value)) == 0 && end - value >= 2 * Width)
        {
            value += Width;
        }

        return value + ((uint)BitOperations.TrailingZeroCount(others) & (Width - 1));
    }

    /// <summary>Over <see cref="Characters.IsToken"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* Token(byte* position, byte* end)
    {
        while (position < end && Characters.IsToken(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Over <see cref="Characters.IsRegisteredName"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* RegisteredName(byte* position, byte* end)
    {
        while (position < end && Characters.IsRegisteredName(*position))
        {
            position++;
        }

        return position;
    }

    /// <summary>Over letters, digits, hyphens and dots, of which nearly all hosts are; without vectors over nothing.</summary>
    /// <param name="position">The first byte.</param>
    /// <param name="end">Behind the last one. Before it there are 16 bytes of the request, on whichever side of the position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Label(byte* position, byte* end)
    {
        if (!IsVectorized)
        {
            return position;
        }

        byte* last = end - Width;
        do
        {
            // What is less than a vector is looked at with what was before it.
            byte* part = position < last ? position : last;
            uint others = NotLabel(*(Vector128<byte>*)part) >> (int)(position - part);
            if (others != 0)
            {
                return position + (uint)BitOperations.TrailingZeroCount(others);
            }

            position = part + Width;
        }
        while (position < end);

        return position;
    }

    /// <summary>Over <see cref="Characters.IsTarget"/>.</summary>
    /// <param name="position">The first byte. There is one before it: the blank behind the method.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="mark">The first question mark, percent sign, or dot behind a slash; null, or somewhere from the result on, where there is none before.</param>
    internal static byte* Target(byte* position, byte* end, out byte* mark)
    {
        mark = null;
        if (IsVectorized)
        {
            for (; end - position >= Width; position += Width)
            {
                Vector128<byte> bytes = *(Vector128<byte>*)position;
                Vector128<byte> afterSlash = Vector128.Equals(*(Vector128<byte>*)(position - 1), Vector128.Create((byte)'/'));
                uint marks = (Vector128.Equals(bytes, Vector128.Create((byte)'?'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'%'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'.')) & afterSlash).ExtractMostSignificantBits();
                if (marks != 0 && mark == null)
                {
                    mark = position + BitOperations.TrailingZeroCount(marks);
                }

                // As a signed number, what is not ASCII is less than a blank.
                uint others = (Vector128.LessThanOrEqual(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                    | Vector128.Equals(bytes, Vector128.Create((byte)0x7F))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'#'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
                if (others != 0)
                {
                    return position + BitOperations.TrailingZeroCount(others);
                }
            }
        }

        for (; position < end && Characters.IsTarget(*position); position++)
        {
            bool isMark = *position is (byte)'?' or (byte)'%' || *position == '.' && position[-1] == '/';
            mark = isMark && mark == null ? position : mark;
        }

        return position;
    }

    /// <summary>Over <see cref="Characters.IsValue"/>. Before the end there are 16 bytes of the request, on whichever side of the position.</summary>
    internal static byte* Value(byte* position, byte* end)
    {
        if (!IsVectorized)
        {
            while (position < end && Characters.IsValue(*position))
            {
                position++;
            }

            return position;
        }

        for (byte* last = end - Width; ; position += Width)
        {
            uint controls;
            if (position <= last)
            {
                controls = Controls(*(Vector128<byte>*)position);
            }
            else
            {
                // What is left of a vector, with what was before it.
                controls = position < end ? Controls(*(Vector128<byte>*)last) >> (int)(position - last) : 0;
                if (controls == 0)
                {
                    return end;
                }
            }

            if (controls != 0)
            {
                position += (uint)BitOperations.TrailingZeroCount(controls);
                if (*position != '\t')
                {
                    return position;
                }

                position -= Width - 1; // goes on behind it
            }
        }
    }

    /// <summary>A bit for each byte that is neither letter, digit, hyphen nor dot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotLabel(Vector128<byte> bytes)
    {
        Vector128<byte> fromA = (bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        Vector128<byte> fromHyphen = bytes - Vector128.Create((byte)'-'); // hyphen, dot, slash, digits
        Vector128<byte> label = Vector128.Equals(Vector128.Min(fromA, Vector128.Create((byte)('z' - 'a'))), fromA)
            | Vector128.AndNot(
                Vector128.Equals(Vector128.Min(fromHyphen, Vector128.Create((byte)('9' - '-'))), fromHyphen),
                Vector128.Equals(bytes, Vector128.Create((byte)'/')));
        return label.ExtractMostSignificantBits() ^ 0xFFFF;
    }

    /// <summary>A bit for each byte that is neither letter nor hyphen: nearly all names have nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotName(Vector128<byte> bytes)
    {
        Vector128<byte> fromA = (bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        return (Vector128.Equals(Vector128.Min(fromA, Vector128.Create((byte)('z' - 'a'))), fromA)
            | Vector128.Equals(bytes, Vector128.Create((byte)'-'))).ExtractMostSignificantBits() ^ 0xFFFF;
    }

    /// <summary>A bit for each control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Controls(Vector128<byte> bytes)
        => (Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes) | Vector128.Equals(bytes, Vector128.Create((byte)0x7F)))
            .ExtractMostSignificantBits();
}
