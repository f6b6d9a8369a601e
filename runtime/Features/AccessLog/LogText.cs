using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>The texts of a log's lines.</summary>
internal static unsafe class LogText
{
    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    internal static byte* Append(byte* to, ReadOnlySpan<byte> text) => Append(to, CString.Of(text), text.Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static byte* Append(byte* to, byte* from, int length)
    {
        for (nint i = 0; i < length; i++)
        {
            to[i] = from[i];
        }

        return to + length;
    }

    /// <summary>The same for a text that may lie there already, or behind that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Move(byte* to, byte* from, int length) => to == from ? to + length : Append(to, from, length);

    /// <summary>
    /// Writes what a client has sent, as far as there is room for it: what is no printable ASCII character, a quote or a backslash as <c>\x00</c>, in JSON as <c>\u0000</c>. So it neither ends the text nor the
    /// line.
    /// </summary>
    /// <param name="to">Where to.</param>
    /// <param name="limit">Behind the room.</param>
    /// <param name="text">What was sent.</param>
    /// <param name="end">Behind it.</param>
    /// <param name="isJson">Whether it is for JSON, where a byte is the character of that number (ISO 8859-1, as RFC 9110, section 5.5, has it for fields).</param>
    /// <returns>Behind what was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // for whether it is JSON is known
    internal static byte* AppendEscaped(byte* to, byte* limit, byte* text, byte* end, bool isJson)
    {
        for (; text < end; text++)
        {
            uint character = *text;
            if (character is >= ' ' and <= '~' and not '"' and not '\\')
            {
                if (to == limit)
                {
                    break;
                }

                *to++ = (byte)character;
            }
            else
            {
                if (limit - to < (isJson ? 6 : 4))
                {
                    break;
                }

                *(ushort*)to = (ushort)('\\' | (isJson ? 'u' : 'x') << 8);
                to += 2;
                if (isJson)
                {
                    *(ushort*)to = '0' | '0' << 8;
                    to += 2;
                }

                to[0] = CString.Of(Digits)[character >> 4];
                to[1] = CString.Of(Digits)[character & 15];
                to += 2;
            }
        }

        return to;
    }
}
