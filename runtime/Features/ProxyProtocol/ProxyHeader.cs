using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// The header with which a proxy says, before the first request, whose connection it is: the PROXY protocol of HAProxy (proxy-protocol.txt), version 1, a line of text, and version 2, which is binary. What is neither ends
/// the connection.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ProxyHeader
{
    /// <summary>Bytes of the longest line of version 1, with its end (section 2.1).</summary>
    private const int LongestLine = 107;

    /// <summary>Bytes of version 2 before the addresses: signature (12), version and command, family and protocol, and the length of what follows (section 2.2).</summary>
    private const int FixedLength = 16;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads it, and tells the app who the client is.</summary>
    /// <param name="output">The connection's output.</param>
    /// <param name="input">The first byte of the connection.</param>
    /// <param name="end">Behind what was received.</param>
    /// <returns>How many bytes it has; 0 where there must be more; -1 where it is none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read<TApp>(Output* output, byte* input, byte* end)
        where TApp : struct, IApp
    {
        ClientAddress client = default;
        int length = *input == Signature[0] ? ReadBinary(input, (int)(end - input), HttpConnection.InputCapacity<TApp>(), &client) : ReadLine(input, (int)(end - input), &client);
        if (length > 0 && client.IsKnown)
        {
            TApp.ClientNamed(output, &client);
        }

        return length;
    }

    /// <summary>Reads <c>PROXY TCP4 192.0.2.1 192.0.2.2 4711 80</c>.</summary>
    private static int ReadLine(byte* input, int length, ClientAddress* client)
    {
        byte* name = CString.Of("PROXY "u8);
        byte* limit = input + (length < LongestLine ? length : LongestLine);
        byte* end = input;
        while (end < limit && *end != '\n')
        {
            if (*name != 0 && *end != *name++)
            {
                return -1;
            }

            end++;
        }

        if (end == limit)
        {
            return length < LongestLine ? 0 : -1;
        }

        if (*name != 0 || end[-1] != '\r')
        {
            return -1;
        }

        byte* rest = input + 6; // PROXY, and a blank
        int whole = (int)(end + 1 - input);
        if (CString.After(rest, CString.Of("UNKNOWN"u8)) is var unknown && unknown != null)
        {
            return *unknown is (byte)' ' or (byte)'\r' ? whole : -1; // whatever follows
        }

        bool isIPv6 = CString.After(rest, CString.Of("TCP6 "u8)) != null;
        byte* addresses = isIPv6 ? rest + 5 : CString.After(rest, CString.Of("TCP4 "u8));
        byte* destination = addresses == null ? null : AfterAddress(addresses, isIPv6, client);
        ClientAddress server;
        byte* ports = destination == null ? null : AfterAddress(destination, isIPv6, &server);
        byte* last = ports == null ? null : AfterPort(ports, (byte)' ');
        return last != null && AfterPort(last, (byte)'\r') == end ? whole : -1;
    }

    /// <summary>Reads an address and the blank behind it.</summary>
    private static byte* AfterAddress(byte* text, bool isIPv6, ClientAddress* to)
    {
        byte* address = stackalloc byte[IPv6Address.Size];
        if (isIPv6)
        {
            if (!IPv6Address.TryParse(text, address, (byte)' '))
            {
                return null;
            }
        }
        else
        {
            if (!IPv4Address.TryParse(text, out uint number, (byte)' '))
            {
                return null;
            }

            for (int i = 0; i < sizeof(uint); i++)
            {
                address[i] = (byte)(number >> (24 - 8 * i));
            }
        }

        to->Set(isIPv6 ? Linux.AF_INET6 : Linux.AF_INET, address);
        while (*text++ != ' ')
        {
        }

        return text;
    }

    /// <summary>Reads a port, without leading zeros, and what is behind it.</summary>
    private static byte* AfterPort(byte* text, byte character)
    {
        byte* end = DecimalNumber.Parse(text, 65535, out _);
        return end == null || *end != character || (*text == '0' && end != text + 1) ? null : end + 1;
    }

    private static int ReadBinary(byte* input, int length, int most, ClientAddress* client)
    {
        for (int i = 0; i < Signature.Length && i < length; i++)
        {
            if (input[i] != CString.Of(Signature)[i])
            {
                return -1;
            }
        }

        if (length < FixedLength)
        {
            return 0;
        }

        int rest = input[14] << 8 | input[15];
        int least = LengthOf(input[13]);
        if (input[12] == 0x20)
        {
            least = 0; // LOCAL: the proxy's own connection, for its health checks; whatever else it says
        }
        else if (input[12] != 0x21)
        {
            return -1; // neither LOCAL nor PROXY, of version 2
        }

        if (least < 0 || rest < least || FixedLength + rest > most)
        {
            return -1;
        }

        if (length < FixedLength + rest)
        {
            return 0;
        }

        if (least != 0)
        {
            client->Set(input[13] switch { 0x11 => Linux.AF_INET, 0x21 => Linux.AF_INET6, _ => Linux.AF_UNIX }, input + FixedLength);
        }

        return FixedLength + rest;
    }

    /// <summary>Bytes of both addresses and ports of a family with streams; 0 where it is not said, and -1 where it is another.</summary>
    private static int LengthOf(byte family) => family switch
    {
        0x00 => 0,
        0x11 => 2 * (4 + 2),
        0x21 => 2 * (16 + 2),
        0x31 => 2 * 108, // of Unix sockets, the paths
        _ => -1,
    };
}
