using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Text;

/// <summary>The sets of characters that the grammars of HTTP and URIs are made of, and what is done with a few of them.</summary>
internal static unsafe class Characters
{
    /// <summary><c>tchar</c> (RFC 9110, section 5.6.2): letters, digits and <c>!#$%&amp;'*+-.^_`|~</c></summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // with its numbers it would be 40 bytes everywhere
    internal static bool IsToken(byte character) => IsIn(character, low: 0x03FF6CFA00000000, high: 0x57FFFFFFC7FFFFFE);

    /// <summary>
    /// What a host's name has beside percent-encodings: <c>unreserved / sub-delims</c> (RFC 3986, section 3.2.2), without the comma, in which a
    /// proxy may have joined two Host lines.
    /// </summary>
    internal static bool IsRegisteredName(byte character) => IsIn(character, low: 0x2BFF6FD200000000, high: 0x47FFFFFE87FFFFFE);

    /// <summary>
    /// What may stand in a request target. Wider than RFC 3986: browsers send some characters as they are that should be encoded (<c>"&lt;&gt;[]^`{|}</c>).
    /// Not among them are <c>#</c>, for no fragment is sent, and <c>\</c>, which some take for a slash.
    /// </summary>
    internal static bool IsTarget(byte character) => (uint)(character - '!') <= '~' - '!' && character != '#' && character != '\\';

    /// <summary>What may stand in a field value: all but controls (RFC 9110, section 5.5), of which HTAB is none here.</summary>
    internal static bool IsValue(byte character) => character is >= 0x20 and not 0x7F or (byte)'\t';

    internal static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\t';

    /// <summary>The first character that is no blank, or the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* AfterBlanks(byte* text, byte* end)
    {
        while (text < end && IsBlank(*text))
        {
            text++;
        }

        return text;
    }

    /// <summary>Where the blanks before an end begin; those before the text are not looked at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* BeforeBlanks(byte* text, byte* end)
    {
        while (end > text && IsBlank(end[-1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Whether a text of a field or a target is this one, whatever its letter case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">Its end.</param>
    /// <param name="other">Letters in lower case, digits and hyphens, ended by a NUL.</param>
    internal static bool Are(byte* text, byte* end, byte* other) => After(text, end, other) == end;

    /// <summary>Where a text of a field or a target goes on after a prefix, whatever its letter case; null where it begins otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">Its end.</param>
    /// <param name="prefix">Letters in lower case, digits, hyphens, colons and slashes, ended by a NUL.</param>
    internal static byte* After(byte* text, byte* end, byte* prefix)
    {
        // A bit more makes a small letter of a capital one; what else it makes one of are controls, which are not in the text.
        for (; *prefix != 0; text++, prefix++)
        {
            if (text == end || (*text | 0x20) != *prefix)
            {
                return null;
            }
        }

        return text;
    }

    /// <summary>Goes to the next member of a list that has no commas in quotes (RFC 9110, section 5.6.1). Empty ones are passed over.</summary>
    /// <param name="list">What is left of the list.</param>
    /// <param name="end">The end of the list.</param>
    /// <param name="member">The member, without the blanks around it.</param>
    /// <param name="memberEnd">Its end.</param>
    /// <returns>False where there is none left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool NextMember(ref byte* list, byte* end, out byte* member, out byte* memberEnd)
    {
        byte* first = AfterSeparators(list, end);
        byte* position = first;
        while (position < end && *position != ',')
        {
            position++;
        }

        list = position;
        member = first;
        memberEnd = BeforeBlanks(first, position);
        return first < end;
    }

    /// <summary>The first character that is neither blank nor comma, or the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* AfterSeparators(byte* list, byte* end)
    {
        while (list < end && (IsBlank(*list) || *list == ','))
        {
            list++;
        }

        return list;
    }

    /// <summary>Whether a character is in a set of ASCII characters, one bit for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsIn(byte character, ulong low, ulong high)
        => character < 0x80 && ((character < 0x40 ? low : high) >> character & 1) != 0; // shifts count modulo 64
}
