using System;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>
/// The host and the port of a request, from its Host field or an absolute target: <c>uri-host [ ":" port ]</c> (RFC 9110, section 7.2; RFC 3986, section 3.2).
/// User information is nowhere allowed (RFC 9110, section 4.2.4).
/// </summary>
internal static unsafe class Authority
{
    /// <summary>Checks all of it.</summary>
    /// <param name="text">Its first byte.</param>
    /// <param name="position">The first byte that is not known to be a letter, a digit, a hyphen or a dot.</param>
    /// <param name="end">Behind its last byte: there is another one, which cannot be part of a host (a blank, a CR, a slash, a question mark).</param>
    /// <returns>The bytes of the host, an address of IPv6 with its brackets; 0 where anything is bad.</returns>
    internal static int HostLength(byte* text, byte* position, byte* end)
    {
        if (*text == '[')
        {
            position = AfterIPv6(position + 1);
        }
        else
        {
            while (*(position = Scan.RegisteredName(position, end)) == '%')
            {
                if (RequestTarget.Decoded(position) < 0)
                {
                    return 0;
                }

                position += 3;
            }
        }

        int length = (int)(position - text);
        if (position < end)
        {
            if (position == null || *position != ':')
            {
                return 0;
            }

            uint port = 0;
            while (++position < end)
            {
                uint digit = (uint)(*position - '0');
                port = port * 10 + digit;
                if (digit > 9 || port > 65535)
                {
                    return 0;
                }
            }
        }

        return length;
    }

    /// <summary><c>IPv6address "]"</c> (RFC 3986, section 3.2.2). No later version of IP is known, and zones are of no use to others than the client (RFC 9844).</summary>
    /// <returns>Behind the bracket; null where it is bad.</returns>
    private static byte* AfterIPv6(byte* position)
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
                if (*position == ']')
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
                if (!IPv4Address.TryParse(group, out _, (byte)']'))
                {
                    return null;
                }

                while (*position != ']')
                {
                    position++;
                }

                groups++;
            }

            if (*position == ']')
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
}
