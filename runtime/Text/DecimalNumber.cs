namespace SyscallServer.Internal.Text;

/// <summary>Decimal numbers in text.</summary>
internal static unsafe class DecimalNumber
{
    /// <summary>Reads digits, at least one.</summary>
    /// <returns>What follows them, or null where there is no number or a greater one.</returns>
    internal static byte* Parse(byte* text, uint greatest, out uint number)
    {
        number = 0;
        byte* start = text;
        while ((uint)(*text - '0') <= 9)
        {
            number = number * 10 + *text++ - '0';
            if (number > greatest)
            {
                return null;
            }
        }

        return text == start ? null : text;
    }

    /// <summary>How many digits <see cref="Write"/> writes at most.</summary>
    internal const int MaxLength = 20;

    /// <summary>Writes a number: at most <see cref="MaxLength"/> digits.</summary>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* text, ulong number)
    {
        byte* end = text + 1;
        for (ulong rest = number; rest >= 10; rest /= 10)
        {
            end++;
        }

        byte* digit = end;
        do
        {
            ulong quotient = number / 10;
            *--digit = (byte)('0' + (number - quotient * 10));
            number = quotient;
        }
        while (digit > text);
        return end;
    }
}
