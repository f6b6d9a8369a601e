namespace System.Text;

/// <summary>Text of seven bits: field names and tokens of HTTP are compared like this.</summary>
public static class Ascii
{
    public static bool IsValid(byte value) => value < 0x80;

    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        foreach (byte character in value)
        {
            if (character >= 0x80)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Equal but for the case of the letters A to Z; false where either has a byte above 0x7F.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            uint a = left[i];
            uint lower = a | 0x20;
            if (a >= 0x80 || (a != right[i] && (lower != (right[i] | 0x20u) || lower - 'a' > 'z' - 'a')))
            {
                return false;
            }
        }

        return true;
    }
}
