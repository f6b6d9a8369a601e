using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads the field lines that a user adds to a response.</summary>
internal static class Fields
{
    /// <summary>Fields that only the server can get right, and what to do instead.</summary>
    private static readonly Dictionary<string, string> FieldsOfTheServer = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Accept-Ranges"] = Remove,
        ["Allow"] = Remove,
        ["Connection"] = Remove,
        ["Content-Encoding"] = "remove it; Compress says whether there is gzip",
        ["Content-Length"] = Remove,
        ["Content-Range"] = Remove,
        ["Content-Type"] = "write ContentType = \"...\" instead",
        ["Date"] = "remove it; DateHeader of [TcpServer] says whether there is one",
        ["ETag"] = Remove,
        ["Keep-Alive"] = Remove,
        ["Proxy-Connection"] = Remove,
        ["Server"] = "write ServerHeader = \"...\" in [TcpServer] instead",
        ["TE"] = Remove,
        ["Trailer"] = Remove,
        ["Transfer-Encoding"] = Remove,
        ["Upgrade"] = Remove,
    };

    private const string Remove = "remove it";

    /// <summary>Reads Headers, CacheControl and Download of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="location">The value of Location, of a redirect; otherwise null.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    /// <param name="file">The name that the file of the response has where it is stored; null where the path says it.</param>
    internal static EquatableArray<FieldLine> Read(AttributeReader attribute, string? location, Problems problems, string? file = null)
    {
        var fields = new List<FieldLine>();
        int index = 0;
        foreach (TypedConstant element in attribute.Elements("Headers"))
        {
            Location place = attribute.LocationOf("Headers", index++);
            string line = element.Value as string ?? "";
            int colon = line.IndexOf(':');
            string name = colon < 0 ? line : line.Substring(0, colon);
            string value = line.Substring(colon + 1).Trim(' ', '\t');
            if (colon < 0)
            {
                problems.Report(Descriptors.InvalidHeader, place, Quote(line), "write it as \"Name: value\"");
            }
            else if (!Grammar.IsToken(name))
            {
                problems.Report(Descriptors.InvalidHeader, place, Quote(line), $"the name '{Printable(name)}' is not a token: it has letters, digits and hyphens, and no blank before the colon");
            }
            else if (FieldsOfTheServer.TryGetValue(name, out string? instead))
            {
                problems.Report(Descriptors.FieldOfTheServer, place, name, instead);
            }
            else if (new FieldLine(name, value).IsCacheControl && attribute.Text("CacheControl") is not null)
            {
                problems.Report(Descriptors.FieldTwice, place, name, "CacheControl");
            }
            else if (name.Equals("Location", StringComparison.OrdinalIgnoreCase) && location is not null)
            {
                problems.Report(Descriptors.FieldTwice, place, name, "the redirect");
            }
            else if (IsValue(value, Quote(line), place, problems))
            {
                fields.Add(new FieldLine(name, value));
            }
        }

        if (attribute.Text("CacheControl")?.Trim(' ', '\t') is { } cacheControl
            && IsValue(cacheControl, Quote(cacheControl), attribute.LocationOf("CacheControl"), problems))
        {
            fields.Add(new FieldLine(FieldLine.CacheControl, cacheControl));
        }

        if (attribute.Flag("Download", false))
        {
            if (Has(fields, ContentDisposition.Name))
            {
                problems.Report(Descriptors.FieldTwice, attribute.LocationOf("Download"), ContentDisposition.Name, "Download");
            }

            fields.Add(ContentDisposition.Of(file));
        }

        if (location is not null)
        {
            fields.Add(new FieldLine("Location", location));
        }

        return new EquatableArray<FieldLine>(fields);
    }

    internal static bool Has(IEnumerable<FieldLine> fields, string name)
        => fields.Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text can be sent as the value of a field; otherwise says why not.</summary>
    internal static bool IsValue(string value, string what, Location location, Problems problems)
    {
        int invalid = Grammar.IndexOfInvalidInValue(value);
        if (invalid >= 0)
        {
            string character = value[invalid] > '~' && value[invalid] != '\x7F' ? $"'{value[invalid]}'" : Grammar.NameOf(value[invalid]);
            problems.Report(Descriptors.InvalidHeader, location, what, $"its value holds {(char.IsSurrogate(value[invalid]) ? "a character that is not ASCII" : character)}; printable ASCII is allowed (RFC 9110, section 5.5)");
        }

        return invalid < 0;
    }

    /// <summary>A line in a message, where it must not break the message's own.</summary>
    private static string Quote(string line) => "\"" + Printable(line) + "\"";

    private static string Printable(string text)
        => string.Concat((text.Length > 80 ? text.Substring(0, 80) + "..." : text).Select(character => char.IsControl(character) ? ' ' : character));
}
