using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

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
            // No later version of IP is known, and zones are of no use to others than the client (RFC 9844).
            position = IPv6Address.After(position + 1, (byte)']');
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
}
