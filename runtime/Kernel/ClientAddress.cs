using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Kernel;

/// <summary>
/// What accept(2) says of a client: for the access log, which has it also of one that is gone by the time of its first line. It has room for a struct sockaddr_in6, ipv6(7); of a longer
/// address, one of a Unix socket, the kernel leaves out the end, and only the family is of interest.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct ClientAddress
{
    /// <summary>The length of a struct sockaddr_in6.</summary>
    private const int AddressLength = 28;

    /// <summary>Before the call, the room; after it, how long the address is.</summary>
    private uint _length;

    private Address _address;

    /// <summary>A struct sockaddr: its family, and what belongs to that.</summary>
    [StructLayout(LayoutKind.Sequential, Size = AddressLength)]
    private struct Address
    {
        internal ushort Family;
    }

    /// <summary>accept(2).</summary>
    /// <param name="client">Where the address goes; it need not have been cleared.</param>
    /// <param name="listener">The listening socket.</param>
    /// <returns>The descriptor of the connection, or a negative errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Accept<TKernel>(ClientAddress* client, int listener)
        where TKernel : struct, IKernel
    {
        client->_length = AddressLength;
        return (int)TKernel.accept(listener, &client->_address, &client->_length);
    }

    /// <summary>accept4(2) of a connection that does not block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int AcceptNonBlocking<TKernel>(ClientAddress* client, int listener)
        where TKernel : struct, IKernel
    {
        client->_length = AddressLength;
        return (int)TKernel.accept4(listener, &client->_address, &client->_length, Linux.SOCK_NONBLOCK);
    }

    /// <summary>getpeername(2).</summary>
    /// <param name="client">Where the address goes; it need not have been cleared.</param>
    /// <param name="connection">The descriptor of the connection.</param>
    /// <returns>Whether the client is still there: of one that has reset the connection nothing is known.</returns>
    internal static bool TryGet<TKernel>(ClientAddress* client, int connection)
        where TKernel : struct, IKernel
    {
        client->_length = AddressLength;
        return (int)TKernel.getpeername(connection, &client->_address, &client->_length) == 0;
    }

    /// <summary>Whether it is that of anybody.</summary>
    internal readonly bool IsKnown => _address.Family != 0;

    /// <summary>Makes it that of a client that is connected by a proxy.</summary>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNIX.</param>
    /// <param name="bytes">The bytes of the address, in network byte order; of a Unix socket none are looked at.</param>
    internal void Set(int family, byte* bytes)
    {
        Address address = default;
        address.Family = (ushort)family;
        int length = family == Linux.AF_INET ? sizeof(uint) : family == Linux.AF_INET6 ? AddressBlock.AddressSize : 0;
        for (int i = 0; i < length; i++)
        {
            ((byte*)&address)[(family == Linux.AF_INET ? 4 : 8) + i] = bytes[i]; // sin_addr, sin6_addr
        }

        _address = address;
    }

    /// <summary>Copies it as an IPv6 address, which may stand for one of IPv4: see <see cref="AddressBlock"/>.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <returns>False for a Unix socket.</returns>
    internal readonly bool TryCopy(byte* bytes)
    {
        Address address = _address;
        if (address.Family == Linux.AF_INET)
        {
            AddressBlock.Map((byte*)&address + 4, bytes); // sin_addr
            return true;
        }

        for (int i = 0; i < AddressBlock.AddressSize; i++)
        {
            bytes[i] = ((byte*)&address)[8 + i]; // sin6_addr
        }

        return address.Family == Linux.AF_INET6;
    }

    /// <summary>Writes it as it is in the log: an IPv6 address as RFC 5952 has it, <c>unix:</c> for a Unix socket.</summary>
    /// <param name="text">Where to: up to 45 bytes.</param>
    /// <returns>Behind it.</returns>
    internal readonly byte* Write(byte* text)
    {
        Address address = _address;
        if (address.Family == Linux.AF_INET)
        {
            return IPv4Address.Write(text, (byte*)&address + 4); // sin_addr
        }

        if (address.Family == Linux.AF_INET6)
        {
            return IPv6Address.Write(text, (byte*)&address + 8); // sin6_addr
        }

        byte* unix = CString.Of("unix:"u8);
        while (*unix != 0)
        {
            *text++ = *unix++;
        }

        return text;
    }
}
