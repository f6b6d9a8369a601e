using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Text;

/// <summary>Paths, which requests have decoded, as a Location has them.</summary>
internal static unsafe class LocationPath
{
    /// <summary>A percent sign and two digits.</summary>
    private const int EncodedLength = 3;

    /// <summary>Bytes of a path that is encoded.</summary>
    internal static int EncodedLengthOf(byte* from, byte* end)
    {
        int length = 0;
        for (; from < end; from++)
        {
            length += IsLiteral(*from) ? 1 : EncodedLength;
        }

        return length;
    }

    /// <summary>Writes a path.</summary>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* to, byte* from, byte* end)
    {
        for (; from < end; from++)
        {
            if (IsLiteral(*from))
            {
                *to++ = *from;
            }
            else
            {
                to = WriteEncoded(to, *from);
            }
        }

        return to;
    }

    /// <summary>Writes a byte with a percent sign.</summary>
    /// <returns>Behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* WriteEncoded(byte* to, byte character)
    {
        to[0] = (byte)'%';
        to[1] = HexadecimalNumber.Digit(character >> 4);
        to[2] = HexadecimalNumber.Digit(character & 0xF);
        return to + EncodedLength;
    }

    /// <summary>Whether a byte of a path stands for itself. A percent sign is one that was encoded already.</summary>
    private static bool IsLiteral(byte character) => character is (byte)'%' or (byte)'/' || Characters.IsRegisteredName(character);
}
