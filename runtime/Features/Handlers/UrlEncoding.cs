using System;
using SyscallServer.Internal.Text;

namespace SyscallServer;

/// <summary>
/// Takes apart what URIs and forms encode: percent-encodings (RFC 3986, section 2.1), and the pairs of <c>application/x-www-form-urlencoded</c>, of which queries are made, too
/// (<c>name=value&amp;other=a+b%21</c>; URL Standard of the WHATWG, section 5.1). A percent sign that begins no encoding stands for itself.
/// </summary>
public static unsafe class UrlEncoding
{
    /// <summary>Decodes percent-encodings.</summary>
    /// <param name="encoded">The text.</param>
    /// <param name="destination">Where it goes; it never takes more bytes than the text has.</param>
    /// <param name="written">The bytes that were written; 0 where there is no room.</param>
    /// <returns>False where there is no room.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> destination, out int written)
    {
        fixed (byte* from = encoded)
        {
            written = Decode(from, from + encoded.Length, destination, isForm: false);
        }

        return IsThere(ref written);
    }

    /// <summary>Decodes the value of a pair.</summary>
    /// <param name="pairs">A query or a form.</param>
    /// <param name="name">The name, decoded. Letter case matters.</param>
    /// <param name="destination">Where the value goes.</param>
    /// <param name="written">The bytes that were written; 0 where there is no such pair, or no room.</param>
    /// <param name="occurrence">Which of the pairs with this name: 0 for the first.</param>
    /// <returns>False where there is no such pair, or no room. A name without <c>=</c> has an empty value.</returns>
    public static bool TryGetValue(ReadOnlySpan<byte> pairs, ReadOnlySpan<byte> name, Span<byte> destination, out int written, int occurrence = 0)
    {
        written = -1;
        fixed (byte* first = pairs)
        {
            byte* position = first;
            byte* end = first + pairs.Length;
            while (position < end)
            {
                byte* pair = position;
                byte* pairEnd = Find(pair, end, '&');
                position = pairEnd + 1;
                byte* nameEnd = Find(pair, pairEnd, '=');
                if (nameEnd != pair || nameEnd != pairEnd)
                {
                    if (IsName(pair, nameEnd, name) && occurrence-- == 0)
                    {
                        byte* value = nameEnd == pairEnd ? pairEnd : nameEnd + 1;
                        written = Decode(value, pairEnd, destination, isForm: true);
                        break;
                    }
                }
            }
        }

        return IsThere(ref written);
    }

    private static bool IsThere(ref int written)
    {
        bool isThere = written >= 0;
        if (!isThere)
        {
            written = 0;
        }

        return isThere;
    }

    private static byte* Find(byte* position, byte* end, char character)
    {
        while (position < end && *position != character)
        {
            position++;
        }

        return position;
    }

    /// <summary>Whether encoded text is this name.</summary>
    private static bool IsName(byte* encoded, byte* end, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (encoded == end || Next(ref encoded, end, isForm: true) != name[i])
            {
                return false;
            }
        }

        return encoded == end;
    }

    /// <summary>Decodes text.</summary>
    /// <returns>The bytes that were written; -1 where there is no room.</returns>
    private static int Decode(byte* encoded, byte* end, Span<byte> destination, bool isForm)
    {
        int written = 0;
        while (encoded < end)
        {
            if ((uint)written >= (uint)destination.Length)
            {
                return -1;
            }

            destination[written++] = Next(ref encoded, end, isForm);
        }

        return written;
    }

    /// <summary>The next byte of encoded text.</summary>
    private static byte Next(ref byte* position, byte* end, bool isForm)
    {
        byte character = *position++;
        if (character == '%' && end - position >= 2)
        {
            int decoded = RequestTarget.Hexadecimal(position[0]) << 4 | RequestTarget.Hexadecimal(position[1]);
            if (decoded >= 0)
            {
                position += 2;
                character = (byte)decoded;
            }
        }
        else if (character == '+' && isForm)
        {
            character = (byte)' ';
        }

        return character;
    }
}
