using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>
/// Writes the bytes of all responses as one constant: text as text; where there is other content, too, as numbers under the text they are; and
/// where there is much of that as larger numbers, of which the compiler reads more in a second.
/// </summary>
internal static class MessageEmitter
{
    /// <summary>The most literals of a chain: for thousands the compiler takes more stack than it has.</summary>
    private const int MaxLiterals = 200;

    /// <summary>
    /// The most bytes that may be copied for a chain, each time from its beginning to the end of a further literal: that takes the compiler half a second.
    /// </summary>
    private const long MaxCopiedBytes = 4 << 20;

    /// <summary>The most bytes that are written one by one: they take the compiler a second.</summary>
    private const int MaxSingleBytes = 32 * 1024;

    private const int BytesInRow = 32;

    internal static void Emit(SourceWriter writer, IReadOnlyList<MessagePart> parts)
    {
        int length = parts.Sum(part => part.Bytes.Count);
        if (parts.All(IsText))
        {
            EmitText(writer, parts, length);
        }
        else if (length <= MaxSingleBytes)
        {
            EmitBytes(writer, parts);
        }
        else
        {
            EmitWords(writer, parts, length);
        }
    }

    /// <summary>
    /// Whether it is text. A time and an entry are numbers, even where their bytes happen to be valid UTF-8: the compiler ends text with a zero, and the size of the program must not depend on when a file was changed.
    /// </summary>
    private static bool IsText(MessagePart part) => part is { Fields: 0, Asset: null } && ByteLiteral.Text(part.Bytes.ToArray()) is not null;

    /// <summary>A chain of literals: for each line one, unless they are very many.</summary>
    private static void EmitText(SourceWriter writer, IReadOnlyList<MessagePart> parts, int length)
    {
        writer.WriteLines("private static global::System.ReadOnlySpan<byte> Messages =>");
        using SourceWriter.Block indented = writer.Indent();
        long maxLiterals = Math.Min(MaxLiterals, MaxCopiedBytes / length + 1);
        var literal = new List<byte>();
        for (int i = 0; i < parts.Count; i++)
        {
            writer.WriteLines(Title(parts[i]));
            List<byte[]> lines = Lines(parts[i]);
            for (int line = 0; line < lines.Count; line++)
            {
                literal.AddRange(lines[line]);
                bool isLast = i == parts.Count - 1 && line == lines.Count - 1;
                if (isLast || literal.Count * maxLiterals >= length)
                {
                    writer.WriteLines(ByteLiteral.Of(literal.ToArray()) + (isLast ? ";" : " +"));
                    literal.Clear();
                }
            }
        }
    }

    /// <summary>A list of bytes, each line under its text.</summary>
    private static void EmitBytes(SourceWriter writer, IReadOnlyList<MessagePart> parts)
    {
        writer.WriteLines("private static global::System.ReadOnlySpan<byte> Messages =>");
        using SourceWriter.Block list = writer.WriteBlock("[", "];");
        for (int i = 0; i < parts.Count; i++)
        {
            writer.WriteLines(Title(parts[i]));
            List<byte[]> lines = Lines(parts[i]);
            for (int index = 0; index < lines.Count; index++)
            {
                byte[] line = lines[index];
                if (index == lines.Count - 1 && parts[i].Asset is { } entry)
                {
                    writer.WriteLines(FormattableString.Invariant($"// entry {entry} of the assets"));
                }
                else if (ByteLiteral.Text(line) is string text)
                {
                    writer.WriteLines("// " + text);
                }

                for (int begin = 0; begin < line.Length; begin += BytesInRow)
                {
                    writer.WriteLines(ByteLiteral.List(line.Skip(begin).Take(BytesInRow)));
                }
            }
        }
    }

    /// <summary>A list of words of eight bytes, little-endian as the machine.</summary>
    private static void EmitWords(SourceWriter writer, IReadOnlyList<MessagePart> parts, int length)
    {
        byte[] bytes = new byte[(length + 7) / 8 * 8];
        foreach (MessagePart part in parts)
        {
            part.Bytes.ToArray().CopyTo(bytes, part.Offset);
        }

        // An array, and suffixes: a collection expression of numbers that are to be converted takes the compiler half as long again.
        writer.WriteLines("private static global::System.ReadOnlySpan<ulong> Messages => new ulong[]");
        using SourceWriter.Block list = writer.WriteBlock("{", "};");
        int next = 0;
        for (int begin = 0; begin < bytes.Length; begin += BytesInRow)
        {
            for (; next < parts.Count && parts[next].Offset < begin + BytesInRow; next++)
            {
                writer.WriteLines(Title(parts[next], Place(parts[next].Offset - begin)));
            }

            var row = new List<string>();
            for (int i = begin; i < bytes.Length && i < begin + BytesInRow; i += 8)
            {
                row.Add("0x" + BitConverter.ToUInt64(bytes, i).ToString("X16", CultureInfo.InvariantCulture) + "UL");
            }

            writer.WriteLines(string.Join(", ", row) + ",");
        }
    }

    private static string Place(int bytes) => bytes == 0 ? "" : $", from byte {bytes} of the next line on";

    /// <summary>What a part is, and under it the head that it stands for.</summary>
    private static string Title(MessagePart part, string place = "")
    {
        string title = $"// {part.Title}: {ServerEmitter.Count(part.Bytes.Count, "byte")}{place}";
        return part.Head.Length == 0 ? title : title + "\n//     " + part.Head.TrimEnd('\r', '\n').Replace("\r\n", "\n//     ");
    }

    /// <summary>The lines of a part, with their ends. A body that is no text is one line.</summary>
    private static List<byte[]> Lines(MessagePart part)
    {
        byte[] bytes = part.Bytes.ToArray();
        bool isText = part.Asset is null && ByteLiteral.Text(bytes.Skip(part.Body).ToArray()) is not null;
        var lines = new List<byte[]>();
        int begin = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i == bytes.Length - 1 || i + 1 == part.Body || i + 1 == part.Fields || bytes[i] == '\n' && isText && i >= part.Body)
            {
                lines.Add(bytes.Skip(begin).Take(i + 1 - begin).ToArray());
                begin = i + 1;
            }
        }

        return lines;
    }
}
