using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>An element of the Forwarded field (RFC 7239, section 4): <c>for="[2001:db8::1]:4711";proto=https</c>.</summary>
internal static unsafe class ForwardedElement
{
    /// <summary>Where an element ends, or a pair in it: at the first of these characters that is not in quotes, or at the end.</summary>
    internal static byte* End(byte* position, byte* end, byte separator)
    {
        bool isQuoted = false;
        for (; position < end && (isQuoted || *position != separator); position++)
        {
            if (*position == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && *position == '\\')
            {
                position++;
            }
        }

        return position < end ? position : end;
    }

    /// <summary>The value of its parameter <c>for</c>, without quotes.</summary>
    /// <param name="element">The element.</param>
    /// <param name="end">Behind the element, and then behind the value.</param>
    /// <returns>Null where there is none, or more than one.</returns>
    internal static byte* For(byte* element, ref byte* end)
    {
        byte* found = null;
        byte* foundEnd = null;
        while (element < end)
        {
            byte* pair = Characters.AfterBlanks(element, end);
            element = End(pair, end, (byte)';');
            byte* value = Characters.After(pair, element, CString.Of("for="u8));
            if (value != null)
            {
                if (found != null)
                {
                    return null;
                }

                found = value;
                foundEnd = Characters.BeforeBlanks(value, element);
            }

            element++; // the semicolon
        }

        // What a proxy writes needs no backslash in it; an address with one is none.
        if (found != null && foundEnd - found >= 2 && *found == '"' && foundEnd[-1] == '"')
        {
            found++;
            foundEnd--;
        }

        end = foundEnd;
        return found;
    }
}
