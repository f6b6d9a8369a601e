using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Text;

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
                Store(address + length, last >> 16);
                Store(address + length + 2, last);
                length += 4;
                break;
            }

            uint group = 0;
            for (int digit; (digit = RequestTarget.Hexadecimal(*text)) >= 0; text++)
            {
                group = group << 4 | (uint)digit;
            }

            Store(address + length, group);
            length += 2;
        }

        for (int i = Size - 1; i >= gap; i--)
        {
            int from = i - (Size - length);
            address[i] = from >= gap ? address[from] : (byte)0;
        }

        return true;
    }

    /// <summary>Writes an address as RFC 5952 has it: at most 39 bytes. One that stands for an IPv4 address (<c>::ffff:0:0/96</c>) is written as that.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="address">Its 16 bytes.</param>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* text, byte* address)
    {
        // The longest run of zeros, of two groups or more; of several the first.
        int run = -1;
        int runLength = 1;
        for (int i = 0; i < Groups; i++)
        {
            int length = 0;
            while (i + length < Groups && Group(address, i + length) == 0)
            {
                length++;
            }

            if (length > runLength)
            {
                run = i;
                runLength = length;
            }
        }

        if (run == 0 && runLength == 5 && Group(address, 5) == 0xFFFF)
        {
            return IPv4Address.Write(text, address + 12);
        }

        for (int i = 0; i < Groups; i++)
        {
            if (i == run)
            {
                *text++ = (byte)':';
                i += runLength - 1;
                if (i == Groups - 1)
                {
                    *text++ = (byte)':';
                }
            }
            else
            {
                if (i > 0)
                {
                    *text++ = (byte)':';
                }

                text = WriteGroup(text, Group(address, i));
            }
        }

        return text;
    }

    private const int Groups = 8;

    private static uint Group(byte* address, int index) => (uint)(address[2 * index] << 8 | address[2 * index + 1]);

    /// <summary>Writes a group in hexadecimal digits, without leading zeros.</summary>
    private static byte* WriteGroup(byte* text, uint group)
    {
        int shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0;
        for (; shift >= 0; shift -= 4)
        {
            uint digit = group >> shift & 15;
            *text++ = (byte)(digit < 10 ? '0' + digit : 'a' - 10 + digit);
        }

        return text;
    }

    private static void Store(byte* to, uint group)
    {
        to[0] = (byte)(group >> 8);
        to[1] = (byte)group;
    }
}
