using Internal.Runtime.CompilerHelpers;

namespace System.Buffers.Text;

/// <summary>Whole numbers out of text. Formats: G and D (decimal, the default), N (decimal with commas among the digits, and zeros behind a point), X (hexadecimal, in either case).</summary>
public static class Utf8Parser
{
    public static bool TryParse(ReadOnlySpan<byte> source, out byte value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, byte.MaxValue, byte.MaxValue, signed: false, out ulong bits, out bytesConsumed, standardFormat);
        value = (byte)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out sbyte value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, (ulong)sbyte.MaxValue, byte.MaxValue, signed: true, out ulong bits, out bytesConsumed, standardFormat);
        value = (sbyte)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out short value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, (ulong)short.MaxValue, ushort.MaxValue, signed: true, out ulong bits, out bytesConsumed, standardFormat);
        value = (short)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out ushort value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, ushort.MaxValue, ushort.MaxValue, signed: false, out ulong bits, out bytesConsumed, standardFormat);
        value = (ushort)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out int value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, int.MaxValue, uint.MaxValue, signed: true, out ulong bits, out bytesConsumed, standardFormat);
        value = (int)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out uint value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, uint.MaxValue, uint.MaxValue, signed: false, out ulong bits, out bytesConsumed, standardFormat);
        value = (uint)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out long value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, long.MaxValue, ulong.MaxValue, signed: true, out ulong bits, out bytesConsumed, standardFormat);
        value = (long)bits;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<byte> source, out ulong value, out int bytesConsumed, char standardFormat = '\0')
    {
        bool parsed = TryParse(source, ulong.MaxValue, ulong.MaxValue, signed: false, out ulong bits, out bytesConsumed, standardFormat);
        value = (ulong)bits;
        return parsed;
    }

    /// <param name="largest">The largest number in decimal; its negative may be one more where there is a sign.</param>
    /// <param name="mask">The largest number in hexadecimal.</param>
    private static bool TryParse(ReadOnlySpan<byte> source, ulong largest, ulong mask, bool signed, out ulong bits, out int bytesConsumed, char format)
    {
        uint numberBase = 10;
        if ((format | 0x20) == 'x')
        {
            numberBase = 16;
            largest = mask;
            signed = false;
        }
        else if (format != 0 && (format | 0x20) is not ('d' or 'g' or 'n'))
        {
            ThrowHelpers.ThrowNotSupportedException();
        }

        bits = 0;
        bytesConsumed = 0;
        int i = 0;
        bool negative = false;
        bool isGrouped = (format | 0x20) == 'n';
        if (source.Length > 0 && ((signed && source[0] == '-') || ((signed || isGrouped) && source[0] == '+')))
        {
            negative = source[0] == '-';
            largest += negative ? 1UL : 0;
            i = 1;
        }

        int firstDigit = i;
        ulong number = 0;
        for (; i < source.Length; i++)
        {
            uint digit = (uint)source[i] - '0';
            if (digit > 9)
            {
                if (isGrouped && source[i] == ',' && i != firstDigit)
                {
                    continue;
                }

                digit = ((uint)source[i] | 0x20) - 'a' + 10;
                if (digit < 10 || digit >= numberBase)
                {
                    break;
                }
            }

            if (number > (largest - digit) / numberBase)
            {
                return false;
            }

            number = (number * numberBase) + digit;
        }

        bool hasPoint = isGrouped && i < source.Length && source[i] == '.';
        if (i == firstDigit && !(hasPoint && i + 1 < source.Length && source[i + 1] == '0'))
        {
            return false;
        }

        if (hasPoint && !TrySkipZeros(source, ref i))
        {
            return false;
        }

        bits = negative ? 0 - number : number;
        bytesConsumed = i;
        return true;
    }

    /// <summary>Passes over a point and the zeros behind it.</summary>
    /// <returns>False where another digit comes behind them.</returns>
    private static bool TrySkipZeros(ReadOnlySpan<byte> source, ref int i)
    {
        do
        {
            i++;
        }
        while (i < source.Length && source[i] == '0');

        return i == source.Length || (uint)source[i] - '0' > 9;
    }
}
