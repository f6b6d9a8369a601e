using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Assets;

/// <summary>Finds the placeholders in HTML (HTML, section 13.2.5), with the scripts and styles in it, and in XML (XML 1.0, section 2).</summary>
internal sealed class MarkupPlaces(byte[] content, bool isXml, Placeholders.Found found)
{
    /// <summary>Attributes that have an address.</summary>
    private static readonly HashSet<string> Addresses =
        ["action", "background", "cite", "codebase", "data", "formaction", "href", "icon", "longdesc", "manifest", "poster", "profile", "src", "usemap", "xlink:href"];

    /// <summary>Attributes that have code, a list of addresses, or a page of their own.</summary>
    private static readonly HashSet<string> Code = ["archive", "imagesrcset", "ping", "srcdoc", "srcset", "style"];

    /// <summary>What the names of attributes begin with that libraries take for code.</summary>
    private static readonly string[] CodePrefixes = ["on", ":", "@", "v-", "x-", "ng-", "hx-", "(", "[", "*", "#", "{"];

    /// <summary>Elements whose content is no markup, and is shown as it is or not at all.</summary>
    private static readonly HashSet<string> RawElements = ["iframe", "noembed", "noframes", "plaintext", "xmp"];

    /// <summary>An attribute: its name in small letters, and where its value is, without its quotes.</summary>
    private readonly record struct Attribute(string Name, int From, int To, bool IsQuoted);

    /// <summary>How many elements are open that are no HTML: there the same names mean other things.</summary>
    private int _foreign;

    /// <summary>Reads the file.</summary>
    internal void Scan()
    {
        int at = 0;
        while (at < content.Length)
        {
            at = content[at] == '<' ? Markup(at) : at + Placeholders.Note(content, at, content.Length, PlaceholderPlace.Markup, found);
        }
    }

    private bool Is(int at, ReadOnlySpan<byte> text) => content.AsSpan(at).StartsWith(text);

    /// <summary>Where a text ends that is looked for; the end of the file where it is not there.</summary>
    private int Behind(int from, ReadOnlySpan<byte> text)
    {
        int at = from < content.Length ? content.AsSpan(from).IndexOf(text) : -1;
        return at < 0 ? content.Length : from + at + text.Length;
    }

    private int Refuse(int from, int to, PlaceholderPlace place)
    {
        Placeholders.All(content, from, to, place, found);
        return to;
    }

    private int Markup(int at)
    {
        if (Is(at, "<!--"u8))
        {
            return Refuse(at, Comment(at), PlaceholderPlace.Comment);
        }

        if (Is(at, "<![CDATA["u8))
        {
            return Refuse(at, isXml || _foreign > 0 ? Behind(at, "]]>"u8) : Behind(at, ">"u8), PlaceholderPlace.Raw);
        }

        if (Is(at, "<?"u8))
        {
            return Refuse(at, isXml ? Behind(at, "?>"u8) : Behind(at, ">"u8), PlaceholderPlace.Comment);
        }

        if (Is(at, "<!"u8))
        {
            int end = Behind(at, ">"u8);
            bool hasSubset = isXml && content.AsSpan(at, end - at).Contains((byte)'[');
            return Refuse(at, hasSubset ? Behind(Behind(at, "]"u8), ">"u8) : end, PlaceholderPlace.Tag);
        }

        bool isEnd = Is(at, "</"u8);
        int name = isEnd ? at + 2 : at + 1;
        if (name < content.Length && (char.IsAsciiLetter((char)content[name]) || isXml && content[name] is (byte)'_' or (byte)':' or >= 0x80))
        {
            return Tag(at, name, isEnd);
        }

        return isEnd && !isXml ? Refuse(at, Behind(at, ">"u8), PlaceholderPlace.Comment) : at + 1;
    }

    private int Comment(int at)
    {
        if (isXml)
        {
            return Behind(at + 4, "-->"u8);
        }

        int text = at + 4;
        return Is(text, ">"u8) ? text + 1 : Is(text, "->"u8) ? text + 2 : Math.Min(Behind(text, "-->"u8), Behind(text, "--!>"u8));
    }

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';

    /// <summary>A tag; and where only a certain end ends what is in the element, that, too.</summary>
    private int Tag(int at, int name, bool isEnd)
    {
        int position = name;
        while (position < content.Length && !IsSpace(content[position]) && content[position] is not ((byte)'/' or (byte)'>'))
        {
            position++;
        }

        string element = Name(name, position);
        var attributes = new List<Attribute>();
        int end = Attributes(position, attributes);
        bool isComplete = end <= content.Length && content[end - 1] == '>';
        if (isComplete && !isEnd)
        {
            foreach (Attribute attribute in attributes.Where(attribute => attribute.IsQuoted))
            {
                Value(attribute);
            }
        }

        Refuse(at, end, PlaceholderPlace.Tag); // all that is not noted yet
        bool isEmpty = isComplete && content[end - 2] == '/';
        _foreign += element is not ("svg" or "math") || isEmpty ? 0 : isEnd ? -Math.Min(1, _foreign) : 1;
        return isEnd || isEmpty && (isXml || _foreign > 0) ? end : Element(element, attributes, end);
    }

    private string Name(int from, int to)
    {
        string name = Encoding.Latin1.GetString(content, from, to - from);
        return isXml ? name : name.ToLowerInvariant();
    }

    /// <summary>Reads the attributes of a tag.</summary>
    /// <returns>Behind the tag.</returns>
    private int Attributes(int at, List<Attribute> attributes)
    {
        while (at < content.Length && content[at] != '>')
        {
            if (IsSpace(content[at]) || content[at] == '/')
            {
                at++;
                continue;
            }

            int name = at++; // an equals sign at its beginning is part of it
            while (at < content.Length && !IsSpace(content[at]) && content[at] is not ((byte)'/' or (byte)'>' or (byte)'='))
            {
                at++;
            }

            string text = Name(name, at).ToLowerInvariant();
            int next = AfterSpace(at);
            if (next >= content.Length || content[next] != '=')
            {
                continue;
            }

            at = AfterSpace(next + 1);
            if (at < content.Length && content[at] is (byte)'"' or (byte)'\'')
            {
                int length = content.AsSpan(at + 1).IndexOf(content[at]);
                int end = length < 0 ? content.Length : at + 1 + length;
                attributes.Add(new Attribute(text, at + 1, end, IsQuoted: length >= 0));
                at = Math.Min(end + 1, content.Length);
            }
            else
            {
                int from = at;
                while (at < content.Length && !IsSpace(content[at]) && content[at] != '>')
                {
                    at++;
                }

                attributes.Add(new Attribute(text, from, at, IsQuoted: false));
            }
        }

        return Math.Min(at + 1, content.Length);
    }

    private int AfterSpace(int at)
    {
        while (at < content.Length && IsSpace(content[at]))
        {
            at++;
        }

        return at;
    }

    private void Value(Attribute attribute)
    {
        bool isCode = Code.Contains(attribute.Name) || CodePrefixes.Any(prefix => attribute.Name.StartsWith(prefix, StringComparison.Ordinal));
        for (int at = attribute.From; at < attribute.To;)
        {
            PlaceholderPlace place = isCode ? PlaceholderPlace.Attribute
                : !Addresses.Contains(attribute.Name) ? PlaceholderPlace.Markup
                : content[at] == '$' ? Address(attribute, at) : PlaceholderPlace.UrlPart;
            at += Placeholders.Note(content, at, attribute.To, place, found);
        }
    }

    /// <summary>The part of an address (RFC 3986) that a placeholder is.</summary>
    private PlaceholderPlace Address(Attribute attribute, int at)
    {
        string before = Encoding.Latin1.GetString(content, attribute.From, at - attribute.From).TrimStart(' ', '\t', '\n', '\r', '\f');
        string front = before.Split('/', '?', '#')[0];
        if (before.Length == 0)
        {
            // With a colon to come the value would be a scheme.
            int behind = at + (Placeholder.At(content, at)?.Length ?? 0);
            string rest = Encoding.Latin1.GetString(content, behind, attribute.To - behind).Split('/', '?', '#')[0];
            return rest.Contains(':', StringComparison.Ordinal) || rest.Contains('&', StringComparison.Ordinal) ? PlaceholderPlace.Scheme : PlaceholderPlace.Url;
        }

        if (front.Contains('&', StringComparison.Ordinal) || before.Any(char.IsControl))
        {
            return PlaceholderPlace.Scheme;
        }

        int colon = front.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 || before[0] == '$' ? "" : front[..colon].ToLowerInvariant();
        if (scheme is not ("" or "http" or "https" or "mailto" or "tel"))
        {
            return PlaceholderPlace.Scheme;
        }

        string hierarchy = scheme.Length > 0 ? before[(colon + 1)..] : before;
        return scheme is "mailto" or "tel" || !hierarchy.StartsWith("//", StringComparison.Ordinal) || hierarchy.AsSpan(2).IndexOfAny("/?#") >= 0 ? PlaceholderPlace.UrlPart : PlaceholderPlace.UrlHost;
    }

    /// <summary>The content of an element in which tags mean nothing.</summary>
    /// <returns>Behind it.</returns>
    private int Element(string element, List<Attribute> attributes, int from)
    {
        bool isHtml = !isXml && _foreign == 0;
        bool isScript = element.Equals("script", StringComparison.OrdinalIgnoreCase);
        if (!isScript && !element.Equals("style", StringComparison.OrdinalIgnoreCase) && !(isHtml && (element is "textarea" or "title" || RawElements.Contains(element))))
        {
            return from;
        }

        int to = element == "plaintext" ? content.Length : EndOf(element, from);
        if (!isHtml || RawElements.Contains(element))
        {
            return Refuse(from, to, PlaceholderPlace.Raw);
        }

        if (isScript)
        {
            Script(attributes.Where(attribute => attribute.Name == "type").Select(attribute => (Attribute?)attribute).FirstOrDefault(), from, to);
        }
        else if (element == "style")
        {
            StylePlaces.Scan(content, from, to, found);
        }
        else
        {
            Placeholders.All(content, from, to, PlaceholderPlace.Markup, found);
        }

        return to;
    }

    /// <summary>Where the end tag of an element begins.</summary>
    private int EndOf(string element, int from)
    {
        for (int at = from; at + 2 + element.Length < content.Length; at++)
        {
            if (Is(at, "</"u8) && Name(at + 2, at + 2 + element.Length) == element && (IsSpace(content[at + 2 + element.Length]) || content[at + 2 + element.Length] is (byte)'/' or (byte)'>'))
            {
                return at;
            }
        }

        return content.Length;
    }

    private void Script(Attribute? typed, int from, int to)
    {
        string type = typed is { } attribute ? Encoding.Latin1.GetString(content, attribute.From, attribute.To - attribute.From).Trim().ToLowerInvariant() : "";
        bool isData = type is "application/json" or "importmap" or "speculationrules" || type.EndsWith("+json", StringComparison.Ordinal);
        bool isScript = type is "" or "module" or "text/javascript" or "application/javascript" or "text/ecmascript" or "application/ecmascript" or "application/x-javascript";
        if (!isData && !isScript)
        {
            Refuse(from, to, PlaceholderPlace.Raw);
        }
        else if (content.AsSpan(from, to - from).IndexOf("<!--"u8) >= 0)
        {
            Refuse(from, to, PlaceholderPlace.Unclear); // from there on, another end tag may be the end
        }
        else if (isData)
        {
            DataPlaces.Scan(content, from, to, found);
        }
        else
        {
            new ScriptPlaces(content, found).Scan(from, to);
        }
    }
}
