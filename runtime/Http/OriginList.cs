using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Origins whose pages may do something, as browsers write them (RFC 6454, section 6.2): each ended by a NUL. A star stands for all of them.</summary>
internal static unsafe class OriginList
{
    /// <summary>Which of them an origin is; -1 where it is none.</summary>
    internal static int IndexOf(byte* origin, int length, ReadOnlySpan<byte> list)
    {
        if (list.Length != 0)
        {
            int index = 0;
            byte* next = CString.Of(list);
            for (byte* end = next + list.Length; next < end; next = CString.End(next) + 1)
            {
                if (*next == '*' || Is(origin, length, next))
                {
                    return index;
                }

                index++;
            }
        }

        return -1;
    }

    /// <summary>Whether the value of a field is a text, which a NUL ends.</summary>
    internal static bool Is(byte* value, int length, byte* text)
    {
        int i = 0;
        while (i < length && value[i] == text[i])
        {
            i++; // no value has a NUL
        }

        return i == length && text[i] == 0;
    }
}
