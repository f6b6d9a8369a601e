using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Assets;

/// <summary>
/// Looks in a file for what a server may fill in when it starts: <c>${NAME}</c>, and <c>${NAME:-default}</c>. Which of them are meant only the attributes know, so all are noted, each with the place that it stands at. How the
/// file is read depends on its type.
/// </summary>
internal static class Placeholders
{
    /// <summary>The longest file that is looked into.</summary>
    internal const int LongestFile = 1 << 20;

    /// <summary>How many are noted of a file: more than any server can have.</summary>
    private const int Most = 10_000;

    /// <summary>Notes a placeholder.</summary>
    internal delegate void Found(int offset, PlaceholderPlace place);

    /// <summary>The placeholders of a file, as the last field of its line in the manifest: of each, with blanks between, offset, length, line, place, name, and where there is one the default (percent-encoded, behind a hyphen).</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="content">Its content.</param>
    internal static string Of(string path, byte[] content)
    {
        if (content.Length > LongestFile || content.AsSpan().IndexOf("${"u8) < 0)
        {
            return "";
        }

        var places = new SortedDictionary<int, PlaceholderPlace>();
        Scan(Path.GetExtension(path).ToLowerInvariant(), content, (offset, place) => places.TryAdd(offset, place));
        var texts = new List<string>();
        int line = 1;
        int counted = 0;
        foreach ((int offset, PlaceholderPlace place) in places.Take(Most))
        {
            line += content.AsSpan(counted, offset - counted).Count((byte)'\n');
            counted = offset;
            Placeholder placeholder = Placeholder.At(content, offset)!;
            PlaceholderPlace noted = placeholder.IsMalformed && place < PlaceholderPlace.FirstRefused ? PlaceholderPlace.Malformed : place;
            string standard = placeholder.Default is null ? "" : " -" + Uri.EscapeDataString(placeholder.Default);
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{offset} {placeholder.Length} {line} {(int)noted} {placeholder.Name}{standard}"));
        }

        return string.Join(';', texts);
    }

    private static void Scan(string extension, byte[] content, Found found)
    {
        if (!Utf8.IsValid(content))
        {
            All(content, 0, content.Length, PlaceholderPlace.NotUtf8, found);
            return;
        }

        switch (extension)
        {
            case ".html" or ".htm":
                new MarkupPlaces(content, isXml: false, found).Scan();
                break;
            case ".svg" or ".xml" or ".xhtml" or ".rss" or ".atom" or ".xsl":
                new MarkupPlaces(content, isXml: true, found).Scan();
                break;
            case ".js" or ".mjs" or ".cjs":
                new ScriptPlaces(content, found).Scan(0, content.Length);
                break;
            case ".json" or ".webmanifest" or ".map" or ".jsonld" or ".geojson":
                DataPlaces.Scan(content, 0, content.Length, found);
                break;
            case ".css":
                StylePlaces.Scan(content, 0, content.Length, found);
                break;
            case ".txt":
                All(content, 0, content.Length, PlaceholderPlace.Plain, found);
                break;
            default:
                All(content, 0, content.Length, PlaceholderPlace.UnknownType, found);
                break;
        }
    }

    /// <summary>Notes all of a part of a file.</summary>
    internal static void All(byte[] content, int from, int to, PlaceholderPlace place, Found found)
    {
        int at = from;
        while (at < to)
        {
            at += Note(content, at, to, place, found);
        }
    }

    /// <summary>Notes the placeholder that begins somewhere, if one does.</summary>
    /// <returns>How many bytes are behind the reader: those of the placeholder, or one.</returns>
    internal static int Note(byte[] content, int at, int to, PlaceholderPlace place, Found found)
    {
        if (content[at] != '$' || Placeholder.At(content, at) is not { } placeholder || at + placeholder.Length > to)
        {
            return 1;
        }

        found(at, place);
        return placeholder.Length;
    }
}

/// <summary>A placeholder.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Name">The name of the variable.</param>
/// <param name="Default">What stands for it where the variable is not set, or empty; null where there is none.</param>
/// <param name="IsMalformed">Whether what is behind the name is no default.</param>
internal sealed record Placeholder(int Length, string Name, string? Default, bool IsMalformed)
{
    /// <summary>The one that begins somewhere; null where none does.</summary>
    internal static Placeholder? At(byte[] content, int at)
    {
        int end = at + 2;
        if (end >= content.Length || content[at] != '$' || content[at + 1] != '{')
        {
            return null;
        }

        while (end < content.Length && (char.IsAsciiLetterOrDigit((char)content[end]) || content[end] == '_'))
        {
            end++;
        }

        if (end == content.Length || end == at + 2 || char.IsAsciiDigit((char)content[at + 2]))
        {
            return null;
        }

        string name = Encoding.ASCII.GetString(content, at + 2, end - at - 2);
        if (content[end] != ':')
        {
            return content[end] == '}' ? new Placeholder(end + 1 - at, name, null, IsMalformed: false) : null;
        }

        int standard = end + 2;
        int close = standard;
        while (close < content.Length && IsOfDefault(content[close]))
        {
            close++;
        }

        return close < content.Length && content[end + 1] == '-' && content[close] == '}'
            ? new Placeholder(close + 1 - at, name, Encoding.UTF8.GetString(content, standard, close - standard), IsMalformed: false)
            : new Placeholder(2, name, null, IsMalformed: true);
    }

    /// <summary>Nothing that would end a string or a tag, for whether the placeholder is one is not known yet.</summary>
    private static bool IsOfDefault(byte character)
        => character is >= 0x20 and not 0x7F and not (byte)'"' and not (byte)'\'' and not (byte)'`' and not (byte)'\\' and not (byte)'<' and not (byte)'>' and not (byte)'{' and not (byte)'}' and not (byte)'$';
}

/// <summary>Finds the placeholders in JSON (RFC 8259).</summary>
internal static class DataPlaces
{
    internal static void Scan(byte[] content, int from, int to, Placeholders.Found found)
    {
        bool isInString = false;
        int at = from;
        while (at < to)
        {
            byte character = content[at];
            if (isInString && character == '\\')
            {
                at += 2;
                continue;
            }

            isInString ^= character == '"';
            at += Placeholders.Note(content, at, to, isInString ? PlaceholderPlace.Script : PlaceholderPlace.Code, found);
        }
    }
}

/// <summary>Finds the placeholders in CSS (CSS Syntax Module Level 3).</summary>
internal static class StylePlaces
{
    internal static void Scan(byte[] content, int from, int to, Placeholders.Found found)
    {
        int at = from;
        while (at < to)
        {
            byte character = content[at];
            if (character is (byte)'"' or (byte)'\'')
            {
                at = AfterString(content, at, to, found);
            }
            else if (character == '/' && at + 1 < to && content[at + 1] == '*')
            {
                int end = content.AsSpan(at + 2, to - at - 2).IndexOf("*/"u8);
                int behind = end < 0 ? to : at + 2 + end + 2;
                Placeholders.All(content, at, behind, PlaceholderPlace.Comment, found);
                at = behind;
            }
            else if (IsAddress(content, at, to))
            {
                // What is not quoted there is no string: quotes in it begin none (section 4.3.6).
                at += 4;
                while (at < to && content[at] != ')')
                {
                    at += content[at] == '\\' ? 2 : Placeholders.Note(content, at, to, PlaceholderPlace.Code, found);
                }
            }
            else
            {
                at += character == '\\' ? 2 : Placeholders.Note(content, at, to, PlaceholderPlace.Code, found);
            }
        }
    }

    /// <summary>Whether <c>url(</c> is there with what is not quoted behind it.</summary>
    private static bool IsAddress(byte[] content, int at, int to)
    {
        if (to - at < 5 || !Ascii.EqualsIgnoreCase(content.AsSpan(at, 4), "url("u8))
        {
            return false;
        }

        int next = at + 4;
        while (next < to && content[next] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')
        {
            next++;
        }

        return next < to && content[next] is not ((byte)'"' or (byte)'\'');
    }

    private static int AfterString(byte[] content, int at, int to, Placeholders.Found found)
    {
        byte quote = content[at++];
        while (at < to && content[at] != quote)
        {
            if (content[at] is (byte)'\n' or (byte)'\r' or (byte)'\f')
            {
                return at; // a string that is not closed ends with its line (section 4.3.5)
            }

            at += content[at] == '\\' ? 2 : Placeholders.Note(content, at, to, PlaceholderPlace.Style, found);
        }

        return at + 1;
    }
}
