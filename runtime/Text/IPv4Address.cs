namespace SyscallServer.Internal.Text;

/// <summary>
/// IPv4 addresses in their one unambiguous notation. The generator compiles this file too, so that an attribute and
/// <c>--address</c> accept the same.
/// </summary>
internal static unsafe class IPv4Address
{
    /// <summary>
    /// Reads four decimal numbers of 0 to 255 with dots between them, no leading zeros: what inet_pton(3) accepts. (inet_aton
    /// would read <c>010.0.0.1</c> as octal and <c>10.1</c> as <c>10.0.0.1</c>.)
    /// </summary>
    /// <param name="text">The text, whose end is no digit.</param>
    /// <param name="address">The address, most significant number first: 127.0.0.1 is 0x7F000001.</param>
    /// <param name="end">What ends it.</param>
    internal static bool TryParse(byte* text, out uint address, byte end = 0)
    {
        address = 0;
        for (int i = 3; i >= 0; i--)
        {
            byte* start = text;
            text = DecimalNumber.Parse(text, 255, out uint number);
            address = address << 8 | number;
            if (text == null || (*start == '0' && text != start + 1) || *text++ != (i > 0 ? '.' : end))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes an address: at most 15 bytes.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="address">Its four bytes, in the order in which they are written.</param>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* text, byte* address)
    {
        for (int i = 0; i < 4; i++)
        {
            text = DecimalNumber.Write(text, address[i]);
            *text++ = (byte)'.';
        }

        return text - 1;
    }
}
