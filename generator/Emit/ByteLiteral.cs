using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SyscallServer.Generator.Emit;

/// <summary>Bytes as a C# expression of type <c>ReadOnlySpan&lt;byte&gt;</c> that lies in read-only data.</summary>
internal static class ByteLiteral
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// A UTF-8 literal where the bytes are text. Otherwise a list of numbers, which is the same to the program but
    /// takes the compiler longer.
    /// </summary>
    internal static string Of(byte[] bytes)
        => Text(bytes) is string text ? text + "u8" : "[" + string.Join(", ", bytes.Select(Hexadecimal)) + "]";

    /// <summary>The string literal whose UTF-8 are the bytes; null where they are no text.</summary>
    internal static string? Text(byte[] bytes)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        var literal = new StringBuilder("\"", text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            Append(literal, text[i]);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The address of a constant: a span over read-only data, which nothing moves.</summary>
    internal static string AddressOf(string constant)
        => $"CompilerServices::Unsafe.AsPointer(ref InteropServices::MemoryMarshal.GetReference({constant}))";

    internal static string List(IEnumerable<byte> bytes) => string.Join(", ", bytes.Select(Hexadecimal)) + ",";

    private static string Hexadecimal(byte value) => "0x" + value.ToString("X2", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder literal, char character)
    {
        switch (character)
        {
            case '"':
                literal.Append("\\\"");
                break;
            case '\\':
                literal.Append("\\\\");
                break;
            case '\0':
                literal.Append("\\0");
                break;
            case '\t':
                literal.Append("\\t");
                break;
            case '\n':
                literal.Append("\\n");
                break;
            case '\r':
                literal.Append("\\r");
                break;
            default:
                // What is not seen is written by its number: controls, formats, and what ends a line.
                if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator && character != ' ')
                {
                    literal.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
                }
                else
                {
                    literal.Append(character);
                }

                break;
        }
    }
}
