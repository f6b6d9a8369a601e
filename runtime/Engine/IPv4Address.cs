using System;

namespace SyscallServer.Engine;

/// <summary>
/// IPv4 addresses in their one unambiguous notation. The generator compiles this file too, so that an attribute and
/// <c>--address</c> accept the same.
/// </summary>
internal static class IPv4Address
{
    /// <summary>
    /// Reads four decimal numbers of 0 to 255 with dots between them, no leading zeros: what inet_pton(3) accepts. (inet_aton
    /// would read <c>010.0.0.1</c> as octal and <c>10.1</c> as <c>10.0.0.1</c>.)
    /// </summary>
    /// <param name="text">The whole of the text.</param>
    /// <param name="address">The address, most significant number first: 127.0.0.1 is 0x7F000001.</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        uint number = 0;
        int digits = 0;
        int numbers = 0;
        foreach (byte character in text)
        {
            uint digit = (uint)(character - '0');
            if (digit <= 9)
            {
                if (digits > 0 && number == 0)
                {
                    return false;
                }

                number = number * 10 + digit;
                digits++;
                if (number > 255)
                {
                    return false;
                }
            }
            else if (character == '.' && digits > 0)
            {
                address = address << 8 | number;
                number = 0;
                digits = 0;
                numbers++;
            }
            else
            {
                return false;
            }
        }

        address = address << 8 | number;
        return numbers == 3 && digits > 0;
    }
}
