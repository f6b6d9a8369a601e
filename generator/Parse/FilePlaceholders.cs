using System;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Chooses which placeholders of a file a server fills in when it starts, and says which it cannot.</summary>
internal static class FilePlaceholders
{
    /// <summary>Chooses those whose variables are named; all else stays as it is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="response">What the attribute says of it.</param>
    /// <param name="report">Is told of what is wrong, and how.</param>
    internal static PlaceholderSpec[] Choose(EmbeddedFile file, ResponseSpec response, Action<string, string> report)
    {
        if (file.Content.Length > Limits.FilledFileBytes)
        {
            report(file.Path, $"it has {file.Content.Length} bytes, and a file with Variables has at most {Limits.FilledFileBytes}: let a script read the values from a smaller one");
            return [];
        }

        if (ContentTypes.OfPath(file.Path) is { } type && Essence(response.ContentType) != Essence(type))
        {
            report(file.Path, $"how values are written in it follows from its extension, which is not that of '{response.ContentType}': give the file the extension that belongs to ContentType");
            return [];
        }

        PlaceholderSpec[] chosen = file.Placeholders.Where(placeholder => response.Variables.Contains(placeholder.Name)).ToArray();
        foreach (string name in response.Variables.Where(name => !chosen.Any(placeholder => placeholder.Name == name)))
        {
            report(file.Path, $"there is no ${{{name}}} in it: write it where the value is to be, or remove \"{name}\" from Variables");
        }

        // One for each way in which they cannot be filled in is enough to begin with.
        foreach (PlaceholderSpec placeholder in chosen.Where(placeholder => placeholder.Place >= PlaceholderPlace.FirstRefused).GroupBy(placeholder => (placeholder.Name, placeholder.Place)).Select(same => same.First()))
        {
            report($"{file.Path}, line {placeholder.Line}", $"${{{placeholder.Name}}} {Mistake(placeholder.Place)}");
        }

        if (chosen.FirstOrDefault(placeholder => placeholder.Default?.Length > Limits.VariableBytes) is { } longest)
        {
            report($"{file.Path}, line {longest.Line}", $"the default of ${{{longest.Name}}} is longer than {Limits.VariableBytes} bytes");
        }

        return chosen;
    }

    private static string? Essence(string? type) => type?.Split(';')[0].Trim().ToLowerInvariant();

    private static string Mistake(PlaceholderPlace place) => place switch
    {
        PlaceholderPlace.Code => "stands outside of a string, where its value would be code: write quotes around it",
        PlaceholderPlace.Comment => "stands in a comment, which its value might end: remove it there",
        PlaceholderPlace.Tag => "stands in a tag, and not in the quoted value of an attribute: write quotes around the value",
        PlaceholderPlace.Attribute => "stands in an attribute whose value is code, or a list of addresses, of which it cannot be part: let a script set it",
        PlaceholderPlace.Scheme => "stands in an address in which its value could be more than a part of an address: write the scheme (https://) into the file, or let the value be all of the beginning",
        PlaceholderPlace.Raw => "stands where only another program knows what its value would be: write it into a string of a script",
        PlaceholderPlace.Unclear => "stands behind something that can be read in two ways, so it is not known whether it is in a string: give the values a file of their own, such as const api = \"${API_URL}\";",
        PlaceholderPlace.Malformed => "has no default that can be read: write ${NAME:-default}, without quotes, backslashes, braces and angle brackets in it",
        PlaceholderPlace.NotUtf8 => "stands in a file that is not UTF-8: save it as UTF-8",
        _ => "stands in a file of a type in which values cannot be written: .html, .js, .json, .css, .svg, .xml and .txt can have them",
    };
}
