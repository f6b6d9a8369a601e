using System;
using System.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>The small grammars that text of attributes has to follow.</summary>
internal static class Grammar
{
    /// <summary>token (RFC 9110, section 5.6.2).</summary>
    internal static bool IsToken(string text)
    {
        foreach (char character in text)
        {
            if (!IsTokenCharacter(character))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    internal static bool IsTokenCharacter(char character)
        => character is >= '0' and <= '9' or >= 'A' and <= 'Z' or >= 'a' and <= 'z' || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0;

    /// <summary>What a field value must not hold (RFC 9110, section 5.5): the index of the first such character, or -1.</summary>
    internal static int IndexOfInvalidInValue(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is not ('\t' or >= ' ' and <= '~'))
            {
                return i;
            }
        }

        return -1;
    }

    internal static int IndexOfControl(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsControl(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsControl(char character) => character is < ' ' or '\x7F';

    internal static int IndexOfLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A character as a message names it, also where it cannot be seen.</summary>
    internal static string NameOf(char character) => character switch
    {
        '\r' => "a carriage return",
        '\n' => "a line feed",
        '\0' => "a NUL",
        '\t' => "a tab",
        < ' ' or '\x7F' => $"the control character U+{(int)character:X4}",
        _ when char.IsSurrogate(character) => "a character that is not ASCII",
        _ => $"'{character}'",
    };

    /// <summary>The index of a percent sign without two hexadecimal digits behind it, or -1.</summary>
    internal static int IndexOfBadPercent(string text)
    {
        for (int i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !Uri.IsHexDigit(text[i + 1]) || !Uri.IsHexDigit(text[i + 2]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Text as it stands in a URI: what no URI holds (RFC 3986, section 2) becomes UTF-8 with percent-encodings; what has a meaning there, the percent
    /// sign among it, stays.
    /// </summary>
    internal static string ToUri(string text)
    {
        var uri = new StringBuilder(text.Length + 16);
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            if (value is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' || "-._~:/?#[]@!$&'()*+,;=%".IndexOf((char)value) >= 0)
            {
                uri.Append((char)value);
            }
            else
            {
                uri.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return uri.ToString();
    }
}
