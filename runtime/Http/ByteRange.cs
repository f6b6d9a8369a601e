using System.Runtime.CompilerServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>What a request for a range comes to.</summary>
public enum RangeResult
{
    /// <summary>All of it is sent (200): no range is asked for, or none that is understood, or several that are far apart, which is allowed (RFC 9110, section 14.2).</summary>
    Whole,

    /// <summary>A part is sent: 206.</summary>
    Part,

    /// <summary>There is nothing of what is asked for: 416.</summary>
    NotSatisfiable,
}

/// <summary>A part of a representation.</summary>
public unsafe struct ByteRange
{
    /// <summary>
    /// Ranges between which there are no more bytes are sent as one: they are less than what a boundary of multipart/byteranges would take (RFC 9110, section 15.3.7.2).
    /// </summary>
    private const int LargestGap = 80;

    /// <summary>Its first byte, from 0 on.</summary>
    public ulong First;

    /// <summary>Its bytes, at least one.</summary>
    public ulong Length;

    /// <summary>
    /// Reads the Range field (RFC 9110, section 14.2) of a request for GET; with other methods it means nothing, and so does one that is malformed or counts in something else than
    /// bytes.
    /// </summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="size">The bytes of the representation.</param>
    /// <param name="range">The part, where the result is <see cref="RangeResult.Part"/>; otherwise it stays as it is.</param>
    public static RangeResult Read(Request* request, ulong size, ByteRange* range)
    {
        var lines = new FieldLines(request);
        byte* text = lines.Next(Text.Of("range"u8));
        byte* end = lines.ValueEnd; // where a CR is, which is in no range
        if (request->Method != HttpMethod.Get || text == null || lines.Next(Text.Of("range"u8)) != null)
        {
            return RangeResult.Whole;
        }

        text = Characters.After(text, end, Text.Of("bytes="u8));
        if (text == null)
        {
            return RangeResult.Whole;
        }

        // The ranges, as far as they are satisfiable, from the first byte of all to behind the last.
        RangeResult result = RangeResult.NotSatisfiable;
        bool isScattered = false;
        bool isEmpty = true;
        ulong allFirst = 0, allEnd = 0;
        while ((text = Characters.AfterSeparators(text, end)) != end)
        {
            // int-range = first-pos "-" [ last-pos ], suffix-range = "-" suffix-length
            isEmpty = false;
            bool isSuffix = *text == '-';
            text = ReadNumber(text, out ulong first);
            if (*text++ != '-')
            {
                return RangeResult.Whole;
            }

            byte* digits = text;
            text = ReadNumber(text, out ulong last);
            bool isOpen = text == digits;
            text = Characters.AfterBlanks(text, end);
            if (text != end && *text != ',' || isOpen && isSuffix || !isOpen && !isSuffix && last < first)
            {
                return RangeResult.Whole;
            }

            ulong behind = size;
            if (isSuffix)
            {
                first = last < size ? size - last : 0;
            }
            else if (!isOpen && last < size)
            {
                behind = last + 1;
            }

            if (first >= behind)
            {
                continue;
            }

            if (result == RangeResult.NotSatisfiable)
            {
                result = RangeResult.Part;
                allFirst = first;
                allEnd = behind;
            }

            isScattered |= first > allEnd && first - allEnd > LargestGap || allFirst > behind && allFirst - behind > LargestGap;
            allFirst = first < allFirst ? first : allFirst;
            allEnd = behind > allEnd ? behind : allEnd;
        }

        if (isScattered || isEmpty)
        {
            return RangeResult.Whole;
        }

        if (result == RangeResult.Part)
        {
            range->First = allFirst;
            range->Length = allEnd - allFirst;
        }

        return result;
    }

    /// <summary>Reads digits, perhaps none. A number that is too large is as good as the largest.</summary>
    /// <returns>Behind them.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* ReadNumber(byte* text, out ulong number)
    {
        const ulong most = (ulong.MaxValue - 9) / 10;
        number = 0;
        for (uint digit; (digit = (uint)(*text - '0')) <= 9; text++)
        {
            number = number > most ? ulong.MaxValue - 1 : number * 10 + digit;
        }

        return text;
    }
}
