using System;
using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Text;

/// <summary>
/// A block of addresses (CIDR, RFC 4632): <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or one address. It is its prefix length and the 16 bytes of its first address; one of IPv4 is that of IPv6 which stands for it
/// (<c>::ffff:0:0/96</c>, RFC 4291, section 2.5.5.2), as a socket for both has it. The generator compiles this file too.
/// </summary>
internal static unsafe class AddressBlock
{
    /// <summary>Bytes of an address of either kind.</summary>
    internal const int AddressSize = IPv6Address.Size;

    /// <summary>Bytes of a block.</summary>
    internal const int Size = 1 + AddressSize;

    /// <summary>Bytes of an IPv6 address before the IPv4 address that it stands for.</summary>
    private const int MappedPrefix = 12;

    /// <summary>Reads an address of either kind.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">Its <see cref="AddressSize"/> bytes.</param>
    /// <param name="end">What ends it.</param>
    /// <param name="isIPv4">Whether it is one of IPv4.</param>
    internal static bool TryParseAddress(byte* text, byte* address, byte end, out bool isIPv4)
    {
        isIPv4 = IPv4Address.TryParse(text, out uint number, end);
        if (!isIPv4)
        {
            return IPv6Address.TryParse(text, address, end);
        }

        number = number << 24 | (number & 0xFF00) << 8 | number >> 8 & 0xFF00 | number >> 24;
        Map((byte*)&number, address);
        return true;
    }

    /// <summary>The IPv6 address that stands for an IPv4 address.</summary>
    /// <param name="address">Its four bytes, in network byte order.</param>
    /// <param name="mapped"><see cref="AddressSize"/> bytes.</param>
    internal static void Map(byte* address, byte* mapped)
    {
        ((long*)mapped)[0] = 0;
        ((uint*)mapped)[2] = 0xFFFF0000;
        ((uint*)mapped)[3] = *(uint*)address;
    }

    /// <summary>Reads a block: an address, and perhaps a slash and the bits of its prefix. All bits behind those are 0.</summary>
    /// <param name="text">The text, ended by a NUL.</param>
    /// <param name="block"><see cref="Size"/> bytes.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryParse(byte* text, byte* block)
    {
        byte* slash = text;
        while (*slash is not (0 or (byte)'/'))
        {
            slash++;
        }

        byte* address = block + 1;
        if (!TryParseAddress(text, address, *slash, out bool isIPv4))
        {
            return false;
        }

        uint length = AddressSize * 8;
        if (*slash != 0)
        {
            uint first = isIPv4 ? MappedPrefix * 8 : 0u;
            byte* end = DecimalNumber.Parse(slash + 1, length - first, out uint bits);
            if (end == null || *end != 0 || (slash[1] == '0' && end != slash + 2))
            {
                return false;
            }

            length = first + bits;
        }

        block[0] = (byte)length;
        for (uint bit = length; bit < AddressSize * 8; bit++)
        {
            if ((address[bit / 8] << (int)(bit % 8) & 0x80) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any of some blocks has an address.</summary>
    /// <param name="blocks">One behind the other.</param>
    /// <param name="address"><see cref="AddressSize"/> bytes.</param>
    internal static bool AnyHas(ReadOnlySpan<byte> blocks, byte* address)
    {
        for (int i = 0; i < blocks.Length; i += Size)
        {
            if (Has(blocks.Slice(i, Size), address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<byte> block, byte* address)
    {
        int bits = block[0];
        for (int i = 0; i < AddressSize && bits > 0; i++, bits -= 8)
        {
            int different = block[1 + i] ^ address[i];
            if (bits < 8 ? different >> (8 - bits) != 0 : different != 0)
            {
                return false;
            }
        }

        return true;
    }
}
