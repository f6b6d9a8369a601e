using Internal.Runtime.CompilerHelpers;

namespace System.Buffers.Text;

/// <summary>Whole numbers as text. Formats: G and D (decimal, D with a least number of digits), N (in groups of three digits, with as many zeros behind a point as the precision says, or two), X and x (hexadecimal, with a least number of digits).</summary>
public static class Utf8Formatter
{
    public static bool TryFormat(byte value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value, value, false, destination, out bytesWritten, format);

    public static bool TryFormat(sbyte value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value < 0 ? 0 - (ulong)value : (ulong)value, (byte)value, value < 0, destination, out bytesWritten, format);

    public static bool TryFormat(short value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value < 0 ? 0 - (ulong)value : (ulong)value, (ushort)value, value < 0, destination, out bytesWritten, format);

    public static bool TryFormat(ushort value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value, value, false, destination, out bytesWritten, format);

    public static bool TryFormat(int value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value < 0 ? 0 - (ulong)value : (ulong)value, (uint)value, value < 0, destination, out bytesWritten, format);

    public static bool TryFormat(uint value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value, value, false, destination, out bytesWritten, format);

    public static bool TryFormat(long value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value < 0 ? 0 - (ulong)value : (ulong)value, (ulong)value, value < 0, destination, out bytesWritten, format);

    public static bool TryFormat(ulong value, Span<byte> destination, out int bytesWritten, StandardFormat format = default)
        => TryFormat(value, value, false, destination, out bytesWritten, format);

    /// <param name="magnitude">The number without its sign, for the decimal formats.</param>
    /// <param name="bits">The number as it lies in memory, for the hexadecimal ones.</param>
    private static bool TryFormat(ulong magnitude, ulong bits, bool negative, Span<byte> destination, out int bytesWritten, StandardFormat format)
    {
        uint symbol = format.Symbol;
        uint numberBase = 10;
        int letters = 'a' - 10;
        if ((symbol | 0x20) == 'x')
        {
            letters += (int)symbol - 'x';
            numberBase = 16;
            magnitude = bits;
            negative = false;
        }
        else if (symbol != 0 && (symbol | 0x20) is not ('d' or 'n') && ((symbol | 0x20) != 'g' || format.HasPrecision))
        {
            ThrowHelpers.ThrowNotSupportedException();
        }

        int digits = 1;
        for (ulong rest = magnitude / numberBase; rest != 0; rest /= numberBase)
        {
            digits++;
        }

        bool isGrouped = (symbol | 0x20) == 'n';
        int zeros = !isGrouped ? 0 : format.HasPrecision ? format.Precision : 2;
        if (!isGrouped && format.HasPrecision && digits < format.Precision)
        {
            digits = format.Precision;
        }

        int length = digits + (negative ? 1 : 0) + (isGrouped ? (digits - 1) / 3 : 0) + (zeros > 0 ? zeros + 1 : 0);
        if (length > destination.Length)
        {
            bytesWritten = 0;
            return false;
        }

        int i = length;
        for (int left = zeros; left > 0; left--)
        {
            destination[--i] = (byte)'0';
        }

        if (zeros > 0)
        {
            destination[--i] = (byte)'.';
        }

        for (int written = 0; written < digits; written++)
        {
            if (isGrouped && written != 0 && written % 3 == 0)
            {
                destination[--i] = (byte)',';
            }

            int digit = (int)(magnitude % numberBase);
            magnitude /= numberBase;
            destination[--i] = (byte)(digit + (digit < 10 ? '0' : letters));
        }

        if (negative)
        {
            destination[0] = (byte)'-';
        }

        bytesWritten = length;
        return true;
    }
}
