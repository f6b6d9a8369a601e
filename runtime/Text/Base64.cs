namespace SyscallServer.Internal.Text;

/// <summary>Base64 (RFC 4648, section 4), as it is in credentials: with its padding.</summary>
internal static unsafe class Base64
{
    /// <summary>Decodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="bytes">Where what it stands for goes: three bytes for each four of the text.</param>
    /// <returns>How many bytes it stands for; negative where it is malformed.</returns>
    internal static int Decode(byte* text, int length, byte* bytes)
    {
        if (length == 0 || (length & 3) != 0)
        {
            return -1;
        }

        int padding = text[length - 1] != '=' ? 0 : text[length - 2] != '=' ? 1 : 2;
        byte* end = text + length - padding;
        byte* to = bytes;
        uint group = 0;
        for (int digits = 1; text < end; text++, digits++)
        {
            int value = Value(*text);
            if (value < 0)
            {
                return -1;
            }

            group = group << 6 | (uint)value;
            if ((digits & 3) != 1)
            {
                // So many bits are too many for the bytes that there are: those are the beginning of the next one.
                *to++ = (byte)(group >> ((-digits & 3) << 1));
            }
        }

        return (int)(to - bytes);
    }

    /// <summary>What a digit stands for; -1 where it is none.</summary>
    private static int Value(byte digit)
    {
        int letter = (digit | 0x20) - 'a';
        return (uint)letter < 26 && digit >= 'A' ? (digit & 0x20) == 0 ? letter : letter + 26
            : (uint)(digit - '0') < 10 ? digit - '0' + 52
            : digit == '+' ? 62
            : digit == '/' ? 63
            : -1;
    }
}
