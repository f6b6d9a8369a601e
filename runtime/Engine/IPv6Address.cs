using System.Runtime.CompilerServices;
using SyscallServer.Http;

namespace SyscallServer.Engine;

/// <summary>
/// IPv6 addresses as RFC 4291, section 2.2, writes them. The generator compiles this file too, so that an attribute and the command
/// line accept the same.
/// </summary>
internal static unsafe class IPv6Address
{
    /// <summary>The bytes of an address.</summary>
    internal const int Size = 16;

    /// <summary>
    /// Passes over eight groups of up to four hexadecimal digits with colons between them, of which one run of zeros may be left out (<c>::</c>), and the
    /// last two may be written as an IPv4 address: what inet_pton(3) accepts.
    /// </summary>
    /// <param name="position">The text, whose end is no hexadecimal digit.</param>
    /// <param name="end">What ends it.</param>
    /// <returns>Behind that; null where the text is no address.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // for what ends it is known then
    internal static byte* After(byte* position, byte end)
    {
        int groups = 0;
        bool isShortened = false; // by "::"
        if (*position == ':' && *++position != ':')
        {
            return null;
        }

        while (true)
        {
            // A further colon is the second one of "::", behind which there may be no group.
            if (*position == ':')
            {
                position++;
                if (isShortened)
                {
                    return null;
                }

                isShortened = true;
                if (*position == end)
                {
                    break;
                }
            }

            byte* group = position;
            while (position - group < 4 && RequestTarget.Hexadecimal(*position) >= 0)
            {
                position++;
            }

            groups++;
            if (position == group)
            {
                return null;
            }

            if (*position == '.')
            {
                // The last two groups may be an address of IPv4.
                if (!IPv4Address.TryParse(group, out _, end))
                {
                    return null;
                }

                while (*position != end)
                {
                    position++;
                }

                groups++;
            }

            if (*position == end)
            {
                break;
            }

            if (*position++ != ':')
            {
                return null;
            }
        }

        return groups == 8 && !isShortened || groups <= 7 && isShortened ? position + 1 : null;
    }

    /// <summary>Reads one.</summary>
    /// <param name="text">The text, whose end is no hexadecimal digit.</param>
    /// <param name="address">Its <see cref="Size"/> bytes, in network byte order.</param>
    /// <param name="end">What ends it.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryParse(byte* text, byte* address, byte end = 0)
    {
        if (After(text, end) == null)
        {
            return false;
        }

        int length = 0;
        int gap = Size; // where groups are left out
        while (*text != end)
        {
            if (*text == ':')
            {
                text++;
                gap = *text == ':' ? length : gap;
                continue;
            }

            if (IPv4Address.TryParse(text, out uint last, end))
            {
                Write(address + length, last >> 16);
                Write(address + length + 2, last);
                length += 4;
                break;
            }

            uint group = 0;
            for (int digit; (digit = RequestTarget.Hexadecimal(*text)) >= 0; text++)
            {
                group = group << 4 | (uint)digit;
            }

            Write(address + length, group);
            length += 2;
        }

        for (int i = Size - 1; i >= gap; i--)
        {
            int from = i - (Size - length);
            address[i] = from >= gap ? address[from] : (byte)0;
        }

        return true;
    }

    private static void Write(byte* to, uint group)
    {
        to[0] = (byte)(group >> 8);
        to[1] = (byte)group;
    }
}
