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
            if (ReadLine(element.Value as string ?? "", place, problems) is not { } field)
            {
                continue;
            }

            if (field.IsCacheControl && attribute.Text("CacheControl") is not null)
            {
                problems.Report(Descriptors.FieldTwice, place, field.Name, "CacheControl");
            }
            else if (field.Name.Equals("Location", StringComparison.OrdinalIgnoreCase) && location is not null)
            {
                problems.Report(Descriptors.FieldTwice, place, field.Name, "the redirect");
            }
            else
            {
                fields.Add(field);
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

    /// <summary>Reads a line as users write it.</summary>
    /// <returns>Null where it is wrong, which is said.</returns>
    private static FieldLine? ReadLine(string line, Location place, Problems problems)
    {
        int colon = line.IndexOf(':');
        string name = colon < 0 ? line : line.Substring(0, colon);
        string value = line.Substring(colon + 1).Trim(' ', '\t');
        if (colon < 0)
        {
            problems.Report(Descriptors.InvalidHeader, place, Quote(line), "write it as \"Name: value\"");
        }
        else if (MistakeOfName(name) is { } mistake)
        {
            problems.Report(Descriptors.InvalidHeader, place, Quote(line), mistake);
        }
        else if (FieldsOfTheServer.TryGetValue(name, out string? instead))
        {
            problems.Report(Descriptors.FieldOfTheServer, place, name, instead);
        }
        else if (IsValue(value, Quote(line), place, problems))
        {
            return new FieldLine(name, value);
        }

        return null;
    }

    /// <summary>Reads a line that is said of several routes: <c>Name: value</c>, or <c>!Name</c>, which has no value then.</summary>
    /// <returns>Null where it is wrong, which is said.</returns>
    internal static FieldStep? ReadStep(string line, Location place, Problems problems)
    {
        if (MistakeOfStep(line, out FieldStep step) is { } mistake)
        {
            problems.Report(Descriptors.InvalidHeader, place, Quote(line), mistake);
            return null;
        }

        return step;
    }

    /// <summary>What is wrong with such a line; null where it is good.</summary>
    internal static string? MistakeOfStep(string line, out FieldStep step)
    {
        bool removes = line.StartsWith("!", StringComparison.Ordinal);
        int colon = line.IndexOf(':');
        string name = removes ? line.Substring(1).Trim(' ', '\t') : colon < 0 ? line : line.Substring(0, colon);
        string value = removes ? "" : line.Substring(colon + 1).Trim(' ', '\t');
        step = new FieldStep(name, removes ? null : value);
        int invalid = Grammar.IndexOfInvalidInValue(value);
        return !removes && colon < 0 ? "write it as \"Name: value\", or as \"!Name\" for a header that is not to be sent"
            : MistakeOfName(name) is { } mistake ? mistake
            : FieldsOfTheServer.TryGetValue(name, out string? instead) ? $"'{name}' is written by the server itself, which knows what is right in each response: {instead}"
            : name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? "'Location' is that of a redirect: write [Redirect]"
            : invalid >= 0 ? $"its value holds {NameOf(value[invalid])}; printable ASCII is allowed (RFC 9110, section 5.5)"
            : !removes && value.Length == 0 ? $"it has no value: write \"!{name}\" for a header that is not to be sent"
            : null;
    }

    private static string? MistakeOfName(string name)
        => Grammar.IsToken(name) ? null : $"the name '{Printable(name)}' is not a token: it has letters, digits and hyphens, and no blank before the colon";

    private static string NameOf(char character)
        => char.IsSurrogate(character) ? "a character that is not ASCII"
            : character > '~' && character != '\x7F' ? $"'{character}'" : Grammar.NameOf(character);

    internal static bool Has(IEnumerable<FieldLine> fields, string name)
        => fields.Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text can be sent as the value of a field; otherwise says why not.</summary>
    internal static bool IsValue(string value, string what, Location location, Problems problems)
    {
        int invalid = Grammar.IndexOfInvalidInValue(value);
        if (invalid >= 0)
        {
            problems.Report(Descriptors.InvalidHeader, location, what, $"its value holds {NameOf(value[invalid])}; printable ASCII is allowed (RFC 9110, section 5.5)");
        }

        return invalid < 0;
    }

    /// <summary>A line in a message, where it must not break the message's own.</summary>
    private static string Quote(string line) => "\"" + Printable(line) + "\"";

    private static string Printable(string text)
        => string.Concat((text.Length > 80 ? text.Substring(0, 80) + "..." : text).Select(character => char.IsControl(character) ? ' ' : character));
}
