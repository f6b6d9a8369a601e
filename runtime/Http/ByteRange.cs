using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>What the Range field of a request comes to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RangeResult
{
    /// <summary>All of the representation is sent, as if there were no Range: 200.</summary>
    Whole,

    /// <summary>A part of it is sent, or several: 206 (Partial Content).</summary>
    Part,

    /// <summary>Nothing of what is asked for is there: 416 (Range Not Satisfiable).</summary>
    NotSatisfiable,
}

/// <summary>A part of a representation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ByteRange
{
    /// <summary>The first byte, counted from 0.</summary>
    public ulong First;

    /// <summary>How many bytes; at least one.</summary>
    public ulong Length;
}

/// <summary>The parts of a representation that a request asks for (RFC 9110, section 14).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = Layout.ByteRanges)]
public unsafe struct ByteRanges
{
    /// <summary>
    /// Ranges so many bytes apart, or fewer, are sent as one: a part of its own would cost more than what lies between (RFC 9110, section 15.3.7.2, says 80).
    /// </summary>
    private const ulong LargestGap = 80;

    /// <summary>How many there are; 0 where all is sent.</summary>
    public int Count;

    /// <summary>Whether they were added to an output as a multipart body, of which all but the first part is still to be taken (<see cref="LaterPart"/>).</summary>
    internal bool HasLaterParts;

    /// <summary>The first of them, behind which there is room for the others, and one that is too many. Of a 416, its first byte is the size of all.</summary>
    public ByteRange First;

    /// <summary>
    /// Reads the Range field. What is not well-formed, in another unit than bytes, there twice, or of another method than GET is ignored. A range that overlaps the one before, or is near it, becomes one with that; all
    /// is sent where more than <see cref="ResponseRoom.MostParts"/> are left, or they are longer together than all is: those are no ranges of a client that wants parts (RFC 9110, sections 14.2 and 17.15).
    /// </summary>
    /// <param name="request">A request whose head is good, and whose If-Range, where there is one, holds (<see cref="IfRange"/>).</param>
    /// <param name="size">Bytes of the representation, with its content coding.</param>
    /// <param name="ranges">The parts, in the order in which they are asked for; none where the result is another.</param>
    /// <returns>What the field comes to.</returns>
    public static RangeResult Read(RequestHead* request, ulong size, ByteRanges* ranges)
    {
        ranges->Count = 0;
        if ((request->Flags & RequestFlags.HasRange) == 0 || request->Method != HttpMethod.Get)
        {
            return RangeResult.Whole; // a Range means nothing to other methods (RFC 9110, section 14.2)
        }

        var lines = new FieldLines(request);
        byte* name = CString.Of("range"u8);
        byte* set = lines.Next(name);
        byte* end = lines.ValueEnd; // where a CR is, which ends all that is read below
        set = Characters.After(set, end, CString.Of("bytes="u8));
        if (set == null || lines.Next(name) != null)
        {
            return RangeResult.Whole;
        }

        RangeResult result = RangeResult.Whole; // of a set without a range
        bool canBeParts = true;
        ByteRange* next = &ranges->First;
        while ((set = Characters.AfterSeparators(set, end)) != end)
        {
            set = ReadSpec(set, end, size, out ulong from, out ulong to, ref canBeParts);
            if (set == null)
            {
                return RangeResult.Whole;
            }

            result = RangeResult.NotSatisfiable;
            if (from < to)
            {
                next = Add(&ranges->First, next, from, to);
                if (next > &ranges->First + ResponseRoom.MostParts)
                {
                    return RangeResult.Whole;
                }
            }
        }

        ulong left = size;
        for (ByteRange* range = &ranges->First; range < next; range++)
        {
            canBeParts &= range->Length <= left;
            left -= range->Length;
        }

        if (!canBeParts)
        {
            return RangeResult.Whole;
        }

        ranges->Count = (int)(next - &ranges->First);
        return ranges->Count != 0 ? RangeResult.Part : result;
    }

    /// <summary>Adds a range, or makes it one with the last.</summary>
    /// <param name="first">The first range.</param>
    /// <param name="next">Behind the last one; there is room for another.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">Behind the last one.</param>
    /// <returns>Behind the range that is the last one now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ByteRange* Add(ByteRange* first, ByteRange* next, ulong from, ulong to)
    {
        if (next != first)
        {
            ByteRange* last = next - 1;
            ulong end = last->First + last->Length;
            if (from <= end + LargestGap && last->First <= to + LargestGap)
            {
                next = last;
                from = last->First < from ? last->First : from;
                to = end > to ? end : to;
            }
        }

        next->First = from;
        next->Length = to - from;
        return next + 1;
    }

    /// <summary>Reads a range of a set: range-spec = first-pos "-" [ last-pos ] / "-" suffix-length (RFC 9110, section 14.1.1).</summary>
    /// <param name="set">Where it begins.</param>
    /// <param name="end">Where the set ends.</param>
    /// <param name="size">Bytes of the whole.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">Behind the last one: not more than <paramref name="from"/> where nothing is there to be had.</param>
    /// <param name="canBeParts">False from the first one on that cannot be said in a Content-Range.</param>
    /// <returns>Where it ends; null where it is not well-formed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadSpec(byte* set, byte* end, ulong size, out ulong from, out ulong to, ref bool canBeParts)
    {
        byte* start = set;
        from = ReadNumber(ref set);
        to = 0;
        bool isSuffix = set == start;
        if (*set != '-')
        {
            return null;
        }

        start = ++set;
        ulong last = ReadNumber(ref set);
        bool isOpen = set == start;
        set = Characters.AfterBlanks(set, end);
        if ((set != end && *set != ',') || (isOpen ? isSuffix : !isSuffix && last < from))
        {
            return null;
        }

        to = isOpen || isSuffix || last >= size ? size : last + 1;
        if (isSuffix)
        {
            from = last < size ? size - last : 0;
            canBeParts &= size != 0 || last == 0; // all of nothing can be had, but not said
        }

        return set;
    }

    /// <summary>The number whose digits begin here; what is too large for one is the largest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadNumber(ref byte* text)
    {
        ulong number = 0;
        uint digit;
        for (; (digit = (uint)(*text - '0')) <= 9; text++)
        {
            number = number > (ulong.MaxValue - 9) / 10 ? ulong.MaxValue : number * 10 + digit;
        }

        return number;
    }
}
