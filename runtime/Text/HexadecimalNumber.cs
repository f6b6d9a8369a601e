namespace SyscallServer.Internal.Text;

/// <summary>Hexadecimal numbers in text.</summary>
internal static unsafe class HexadecimalNumber
{
    /// <summary>Writes a number without leading zeros: at most 16 digits.</summary>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* text, ulong number)
    {
        int shift = 60;
        while (shift > 0 && number >> shift == 0)
        {
            shift -= 4;
        }

        for (; shift >= 0; shift -= 4)
        {
            *text++ = Digit((int)(number >> shift) & 0xF);
        }

        return text;
    }

    /// <summary>The capital digit of a value below 16.</summary>
    internal static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
