using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>What is wrong with the text of an endpoint.</summary>
internal enum EndpointError
{
    None,
    Malformed,
    PathTooLong,
}

/// <summary>
/// Where a server listens: <c>0.0.0.0:8080</c>, <c>[::]:8080</c>, <c>unix:/run/site.sock</c> or <c>unix:@name</c>. The generator compiles this file
/// too, so that an attribute and the command line accept the same; what becomes of it is in Endpoint.Listener.cs.
/// </summary>
internal unsafe partial struct Endpoint
{
    // socket(2); the generator does not have the constants of the kernel's interface.
    internal const int AddressFamilyUnix = 1;
    internal const int AddressFamilyIPv4 = 2;
    internal const int AddressFamilyIPv6 = 10;

    /// <summary>The longest path or name of a Unix socket, in bytes: <c>sun_path</c> has 108, and a NUL behind the path or before the name, unix(7).</summary>
    internal const int MaxPathLength = 107;

    /// <summary>The bytes of the longest address: <c>struct sockaddr_un</c>, and up to a multiple of 8.</summary>
    internal const int MaxAddressLength = 112;

    /// <summary>A <c>struct sockaddr_in</c>, <c>sockaddr_in6</c> or <c>sockaddr_un</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = MaxAddressLength)]
    internal struct SocketAddress
    {
        /// <summary>The address family, in the host's byte order.</summary>
        internal ushort Family;

        // The port of TCP, in network byte order: the two structures of IP have it at the same place.
        internal byte PortHigh;
        internal byte PortLow;
    }

    internal SocketAddress Address;

    /// <summary>How many bytes of <see cref="Address"/> the kernel is to read.</summary>
    internal int AddressLength;

    /// <summary>How long <see cref="Host"/> is.</summary>
    internal int HostLength;

    /// <summary>What messages put before the port, without the brackets of IPv6: a part of the text that was parsed. Of a Unix socket all of it.</summary>
    internal byte* Host;

    // Of the socket that listens here; the generator has none.

    /// <summary>The file of a Unix socket that this server has made; both are 0 where there is none.</summary>
    internal ulong Device;
    internal ulong Inode;

    internal int Descriptor;

    /// <summary>Whether several processes accept from the socket: then a connection wakes one of them.</summary>
    internal bool IsShared;

    /// <summary>In what it differs from others; only with <c>IServer.HasEndpointRoles</c>.</summary>
    internal EndpointRole Role;

    /// <summary>Whether it is one of TCP, and so has a port.</summary>
    internal readonly bool IsTcp => Address.Family != AddressFamilyUnix;

    /// <summary>The TCP port.</summary>
    internal int Port
    {
        readonly get => Address.PortHigh << 8 | Address.PortLow;
        set
        {
            Address.PortHigh = (byte)(value >> 8);
            Address.PortLow = (byte)value;
        }
    }

    /// <summary>Reads an endpoint.</summary>
    /// <param name="text">The text, ended by a NUL. It is kept for messages.</param>
    /// <param name="endpoint">The endpoint, which is of no use where there is an error.</param>
    internal static EndpointError Parse(byte* text, Endpoint* endpoint)
    {
        *endpoint = default;
        return text[0] == 'u' && text[1] == 'n' && text[2] == 'i' && text[3] == 'x' && text[4] == ':' ? ParseUnix(text, text + 5, endpoint) : ParseTcp(text, endpoint);
    }

    /// <summary>An address without a port: IPv4, or IPv6 without brackets.</summary>
    /// <param name="text">The text, ended by a NUL. It is kept for messages.</param>
    /// <param name="endpoint">Its port stays; all else is set where the text is an address.</param>
    internal static bool ParseAddress(byte* text, Endpoint* endpoint)
    {
        Endpoint parsed;
        parsed = default;
        byte* end = text;
        while (*end != 0)
        {
            end++;
        }

        if (!ParseHost(text, end, &parsed))
        {
            return false;
        }

        parsed.Port = endpoint->Port;
        *endpoint = parsed;
        return true;
    }

    /// <summary>The address of a Unix socket.</summary>
    /// <param name="path">An absolute path, or a name in the abstract namespace with <c>@</c> in the place of its first byte, which is NUL; ended by a NUL.</param>
    /// <param name="address">The address.</param>
    /// <param name="length">How many bytes of it count: of a name no more than it has.</param>
    internal static EndpointError ParsePath(byte* path, SocketAddress* address, out int length)
    {
        const int familyLength = sizeof(ushort);
        length = 0;
        if (*path is not ((byte)'/' or (byte)'@') || path[1] == 0)
        {
            return EndpointError.Malformed;
        }

        *address = default;
        address->Family = AddressFamilyUnix;
        byte* to = (byte*)address + familyLength;
        for (; path[length] != 0; length++)
        {
            if (length == MaxPathLength)
            {
                return EndpointError.PathTooLong;
            }

            to[length] = path[length];
        }

        if (*to == '@')
        {
            *to = 0;
            length += familyLength;
        }
        else
        {
            length += familyLength + 1; // the NUL behind a path belongs to it
        }

        return EndpointError.None;
    }

    private static EndpointError ParseUnix(byte* text, byte* path, Endpoint* endpoint)
    {
        EndpointError error = ParsePath(path, &endpoint->Address, out endpoint->AddressLength);
        endpoint->Host = text;
        while (text[endpoint->HostLength] != 0)
        {
            endpoint->HostLength++;
        }

        return error;
    }

    private static EndpointError ParseTcp(byte* text, Endpoint* endpoint)
    {
        // The last colon, before which stands the address.
        byte* colon = null;
        byte* end = text;
        for (; *end != 0; end++)
        {
            colon = *end == ':' ? end : colon;
        }

        if (colon == null)
        {
            return EndpointError.Malformed;
        }

        byte* host = text;
        byte* hostEnd = colon;
        bool hasBrackets = *text == '[';
        if (hasBrackets)
        {
            host++;
            hostEnd--;
            if (hostEnd < host || *hostEnd != ']')
            {
                return EndpointError.Malformed;
            }
        }

        byte* portEnd = DecimalNumber.Parse(colon + 1, ushort.MaxValue, out uint port);
        if (portEnd == null || *portEnd != 0 || !ParseHost(host, hostEnd, endpoint) || hasBrackets != (endpoint->Address.Family == AddressFamilyIPv6))
        {
            return EndpointError.Malformed;
        }

        endpoint->Port = (int)port;
        return EndpointError.None;
    }

    private static bool ParseHost(byte* host, byte* end, Endpoint* endpoint)
    {
        // The sizes of struct sockaddr_in and sockaddr_in6, and where the address lies in them: behind the port, and in the second behind the flow, too.
        const int lengthIPv4 = 16, lengthIPv6 = 28, offsetIPv4 = 4, offsetIPv6 = 8;
        endpoint->Host = host;
        endpoint->HostLength = (int)(end - host);
        byte* address = (byte*)&endpoint->Address;
        if (IPv4Address.TryParse(host, out uint number, *end))
        {
            endpoint->Address.Family = AddressFamilyIPv4;
            endpoint->AddressLength = lengthIPv4;
            for (int i = 0; i < 4; i++)
            {
                address[offsetIPv4 + i] = (byte)(number >> 8 * (3 - i));
            }

            return true;
        }

        endpoint->Address.Family = AddressFamilyIPv6;
        endpoint->AddressLength = lengthIPv6;
        return IPv6Address.TryParse(host, address + offsetIPv6, *end);
    }
}
