using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[StaticFiles]</c>.</summary>
internal static class StaticFilesReader
{
    /// <summary>What never changes (RFC 8246), for the year that means for ever (RFC 9111, section 5.2.2.1).</summary>
    internal const string Immutable = "public, max-age=31536000, immutable";

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Prefix(content);
        string host = attribute.Host(content);
        FileReference folder = attribute.File(content, "folder", isFolder: true);
        EquatableArray<FieldLine> fields = content.Responses.FieldsOf(attribute);
        EquatableArray<FieldLine> hashed = fields;
        bool hasOwn = fields.Any(field => field.IsCacheControl) && attribute.Text("CacheControl") is null;
        if (attribute.Flag("HashedNames", true) && !hasOwn)
        {
            hashed = new EquatableArray<FieldLine>(fields.Where(field => !field.IsCacheControl).Concat([new FieldLine(FieldLine.CacheControl, Immutable)]));
        }

        if (path is not null)
        {
            content.Folders.Add(new FolderSpec(
                host, Grammar.ToUri(path.WrittenPrefix), EmbeddedFiles.Folder(folder.Path), fields, hashed, attribute.Flag("Compress", true), Excluded(content, attribute), folder.Attribute)
            {
                Pages = FolderPagesReader.Read(attribute, fields, content),
                CacheRules = FileRulesReader.ReadCacheRules(content, attribute, fields),
            });
        }
    }

    private static EquatableArray<string> Excluded(ServerContent content, AttributeReader attribute)
    {
        var patterns = new List<string>();
        foreach ((string pattern, int index) in attribute.Elements("Exclude").Select((element, index) => (element.Value as string ?? "", index)))
        {
            if (PathPattern.Mistake(pattern) is { } mistake)
            {
                content.Problems.Report(Descriptors.InvalidFile, attribute.LocationOf("Exclude", index), pattern, mistake);
            }
            else
            {
                patterns.Add(pattern);
            }
        }

        return new EquatableArray<string>(patterns);
    }
}
