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
    /// Reads eight groups of up to four hexadecimal digits with colons between them, of which one run of zeros may be left out (<c>::</c>), and the
    /// last two may be written as an IPv4 address: what inet_pton(3) accepts.
    /// </summary>
    /// <param name="text">The text, whose end is no hexadecimal digit.</param>
    /// <param name="address">Its <see cref="Size"/> bytes, in network byte order.</param>
    /// <param name="end">What ends it.</param>
    internal static bool TryParse(byte* text, byte* address, byte end = 0)
    {
        int length = 0;
        int gap = -1; // where groups are left out
        if (*text == ':' && *++text != ':')
        {
            return false;
        }

        while (true)
        {
            if (*text == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = length;
                if (*++text == end)
                {
                    break;
                }
            }

            byte* start = text;
            uint group = 0;
            for (int digit; text != start + 4 && (digit = HexadecimalDigit(*text)) >= 0; text++)
            {
                group = group << 4 | (uint)digit;
            }

            if (*text == '.')
            {
                if (length > Size - 4 || !IPv4Address.TryParse(start, out uint last, end))
                {
                    return false;
                }

                Write(address + length, last >> 16);
                Write(address + length + 2, last & 0xFFFF);
                length += 4;
                break;
            }

            if (text == start || length == Size)
            {
                return false;
            }

            Write(address + length, group);
            length += 2;
            if (*text == end)
            {
                break;
            }

            if (*text++ != ':')
            {
                return false;
            }
        }

        if (gap < 0 || length == Size)
        {
            return gap < 0 && length == Size; // what is left out is at least one group
        }

        for (int i = Size - 1; i >= gap; i--)
        {
            int from = i - (Size - length);
            address[i] = from >= gap ? address[from] : (byte)0;
        }

        return true;
    }

    private static int HexadecimalDigit(byte character)
    {
        uint digit = (uint)character - '0';
        uint letter = (uint)(character | 0x20) - 'a';
        return digit <= 9 ? (int)digit : letter <= 5 ? (int)letter + 10 : -1;
    }

    private static void Write(byte* to, uint group)
    {
        to[0] = (byte)(group >> 8);
        to[1] = (byte)group;
    }
}
