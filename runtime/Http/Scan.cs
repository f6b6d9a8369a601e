using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SyscallServer.Http;

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

    /// <summary>Over a field line: its name, and what no name may have and no value, up to the CR.</summary>
    /// <param name="line">The first byte of the name. Behind it, and before the end, there are more than 16 bytes of the request together.</param>
    /// <param name="end">Behind the last byte.</param>
    /// <param name="nameEnd">The first byte that is not <see cref="Characters.IsToken"/>, or the end.</param>
    /// <returns>The first byte that is not <see cref="Characters.IsValue"/>, or the end; of use only where the name is followed by a colon.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Line(byte* line, byte* end, out byte* nameEnd)
    {
        if (IsVectorized && end - line >= Width)
        {
            byte* part = line;
            uint others;
            while ((others = NotLabel(*(Vector128<byte>*)part)) == 0 && end - part >= 2 * Width)
            {
                part += Width;
            }

            nameEnd = part + BitOperations.TrailingZeroCount(others);
            if (others != 0 && *nameEnd == ':')
            {
                // Not from the colon on: so the processor need not wait for where that is.
                return Value(part, end);
            }
        }

        nameEnd = Token(line, end);
        return nameEnd == line || nameEnd == end ? end : Value(line, end);
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

    /// <summary>Over <see cref="Characters.IsTarget"/>.</summary>
    /// <param name="position">The first byte.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="mark">The first question mark, percent sign, or dot behind a slash; null, or somewhere from the result on, where there is none before.</param>
    internal static byte* Target(byte* position, byte* end, out byte* mark)
    {
        mark = null;
        bool isBehindSlash = false;
        if (IsVectorized)
        {
            uint slash = 0; // a bit for each byte of a vector, and one for the last of the vector before
            for (; end - position >= Width; position += Width)
            {
                Vector128<byte> bytes = *(Vector128<byte>*)position;
                slash = slash >> Width | Vector128.Equals(bytes, Vector128.Create((byte)'/')).ExtractMostSignificantBits() << 1;
                uint marks = (Vector128.Equals(bytes, Vector128.Create((byte)'?')) | Vector128.Equals(bytes, Vector128.Create((byte)'%'))).ExtractMostSignificantBits()
                    | Vector128.Equals(bytes, Vector128.Create((byte)'.')).ExtractMostSignificantBits() & slash;
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

            isBehindSlash = slash >> Width != 0;
        }

        for (; position < end && Characters.IsTarget(*position); position++)
        {
            bool isMark = *position is (byte)'?' or (byte)'%' || isBehindSlash && *position == '.';
            mark = isMark && mark == null ? position : mark;
            isBehindSlash = *position == '/';
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

        byte* last = end - Width;
        while (true)
        {
            uint controls = 0;
            for (; position <= last && (controls = Controls(*(Vector128<byte>*)position)) == 0; position += Width)
            {
            }

            if (controls == 0)
            {
                // What is left of a vector, with what was before it.
                controls = position < end ? Controls(*(Vector128<byte>*)last) >> (int)(position - last) : 0;
                if (controls == 0)
                {
                    return end;
                }
            }

            position += BitOperations.TrailingZeroCount(controls);
            if (*position != '\t')
            {
                return position;
            }

            position++;
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

    /// <summary>A bit for each control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Controls(Vector128<byte> bytes)
        => (Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes) | Vector128.Equals(bytes, Vector128.Create((byte)0x7F)))
            .ExtractMostSignificantBits();
}
