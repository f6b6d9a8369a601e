using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>What the Range field of a request comes to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RangeResult
{
    /// <summary>All of the representation is sent, as if there were no Range: 200.</summary>
    Whole,

    /// <summary>A part of it is sent: 206 (Partial Content).</summary>
    Part,

    /// <summary>Nothing of what is asked for is there: 416 (Range Not Satisfiable).</summary>
    NotSatisfiable,
}

/// <summary>The part of a representation that a request asks for (RFC 9110, section 14).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct ByteRange
{
    /// <summary>
    /// Ranges so many bytes apart, or fewer, are sent as one: a part of its own would cost more than what lies between (RFC 9110, section 15.3.7.2, says 80).
    /// </summary>
    private const ulong LargestGap = 80;

    /// <summary>The first byte, counted from 0.</summary>
    public ulong First;

    /// <summary>How many bytes; at least one.</summary>
    public ulong Length;

    /// <summary>
    /// Reads the Range field. What is not well-formed, in another unit than bytes, there twice, or of another method than GET is ignored. Several ranges that overlap, or
    /// are near each other, are one, where each is near what those before it make; of others all is sent, for this server sends no multipart/byteranges.
    /// </summary>
    /// <param name="request">A request whose head is good, and whose If-Range, where there is one, holds (<see cref="IfRange"/>).</param>
    /// <param name="size">Bytes of the representation, with its content coding.</param>
    /// <param name="range">The part; set only where there is one.</param>
    /// <returns>What the field comes to.</returns>
    public static RangeResult Read(RequestHead* request, ulong size, ByteRange* range)
    {
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

        ulong first = 0;
        ulong behind = 0; // first, where no range can be satisfied so far
        RangeResult result = RangeResult.Whole; // of a set without a range
        bool isOne = true;
        while ((set = Characters.AfterSeparators(set, end)) != end)
        {
            set = ReadSpec(set, end, size, out ulong from, out ulong to, ref isOne);
            if (set == null)
            {
                return RangeResult.Whole;
            }

            if (result == RangeResult.Whole)
            {
                result = RangeResult.NotSatisfiable;
            }

            if (from >= to)
            {
                continue;
            }

            if (result == RangeResult.NotSatisfiable)
            {
                result = RangeResult.Part;
                first = from;
                behind = to;
            }

            isOne &= from <= behind + LargestGap && first <= to + LargestGap;
            if (from < first)
            {
                first = from;
            }

            if (to > behind)
            {
                behind = to;
            }
        }

        if (!isOne)
        {
            return RangeResult.Whole;
        }

        if (result == RangeResult.Part)
        {
            range->First = first;
            range->Length = behind - first;
        }

        return result;
    }

    /// <summary>Reads a range of a set: range-spec = first-pos "-" [ last-pos ] / "-" suffix-length (RFC 9110, section 14.1.1).</summary>
    /// <param name="set">Where it begins.</param>
    /// <param name="end">Where the set ends.</param>
    /// <param name="size">Bytes of the whole.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">Behind the last one: not more than <paramref name="from"/> where nothing is there to be had.</param>
    /// <param name="isOne">False from the first one on that cannot be said in a Content-Range.</param>
    /// <returns>Where it ends; null where it is not well-formed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadSpec(byte* set, byte* end, ulong size, out ulong from, out ulong to, ref bool isOne)
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
            isOne &= size != 0 || last == 0; // all of nothing can be had, but not said
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
