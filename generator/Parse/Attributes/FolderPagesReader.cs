using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads what <c>[StaticFiles]</c> and <c>[Files]</c> say of files that are not there.</summary>
internal static class FolderPagesReader
{
    /// <summary>The settings.</summary>
    internal static readonly string[] Settings = ["Fallback", "NotFound", NotFoundCacheControl, "CleanUrls"];

    private const string NotFoundCacheControl = "NotFoundCacheControl";

    /// <summary>Reads the settings.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="fields">The field lines of the other files.</param>
    /// <param name="content">Where problems go.</param>
    internal static FolderPagesSpec Read(AttributeReader attribute, IEnumerable<FieldLine> fields, ServerContent content)
    {
        string? notFound = Page(attribute, "NotFound", content.Problems);
        if (notFound is null)
        {
            AttributeTable.WarnOf(attribute, [NotFoundCacheControl], "a folder without NotFound", content.Problems);
        }

        string? cacheControl = attribute.Text(NotFoundCacheControl)?.Trim(' ', '\t');
        List<FieldLine> notFoundFields = [.. fields.Where(field => !field.IsCacheControl && field.Name != ContentDisposition.Name)]; // it is shown
        if (cacheControl is not null && Fields.IsValue(cacheControl, $"\"{cacheControl}\"", attribute.LocationOf(NotFoundCacheControl), content.Problems))
        {
            notFoundFields.Add(new FieldLine(FieldLine.CacheControl, cacheControl));
            content.Responses.CheckFields(attribute.LocationOf(NotFoundCacheControl), notFoundFields);
        }

        return new FolderPagesSpec(Page(attribute, "Fallback", content.Problems), notFound, notFound is null ? default : new EquatableArray<FieldLine>(notFoundFields), attribute.Flag("CleanUrls", false));
    }

    /// <summary>A file, from the folder on; null where none is named.</summary>
    private static string? Page(AttributeReader attribute, string setting, Problems problems)
    {
        if (!attribute.Has(setting))
        {
            return null;
        }

        string path = attribute.Text(setting) ?? "";
        string[] segments = path.Split('/');
        string? instead = path.Contains("\\") ? "write slashes"
            : path.StartsWith("/", StringComparison.Ordinal) ? "write it from the folder on, without a slash at its beginning"
            : segments.Any(segment => segment is "" or "." or "..") ? "write its path from the folder on, such as \"404.html\""
            : segments.Any(segment => segment.StartsWith(".", StringComparison.Ordinal)) ? "no client sees what begins with a dot"
            : Grammar.IndexOfControl(path) >= 0 || Grammar.IndexOfLoneSurrogate(path) >= 0 || path.Contains("%") ? "choose a name without control characters and '%'"
            : null;
        if (instead is not null)
        {
            problems.Report(Descriptors.InvalidPage, attribute.LocationOf(setting), path, instead);
        }

        return instead is null ? path : null;
    }
}
