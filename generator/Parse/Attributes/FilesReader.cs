using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Files]</c>.</summary>
internal static class FilesReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        string root = attribute.Root(content);
        bool isUploadedTo = AttributeReader.All(type, AttributeTable.Upload, content.CancellationToken).Any(upload => UploadOptions.Overlap(root, upload.Text("root") ?? ""));
        bool isEncoded = attribute.Flag("Precompressed", !isUploadedTo);
        if (isEncoded && isUploadedTo)
        {
            content.Problems.Report(Descriptors.PrecompressedUploads, attribute.LocationOf("Precompressed"), root);
        }

        EquatableArray<FieldLine> fields = content.Responses.FieldsOf(attribute);
        var files = new FilesSpec(root, fields, isEncoded)
        {
            Pages = FolderPagesReader.Read(attribute, fields, content),
            Excluded = FileRulesReader.ReadExcluded(content, attribute),
            CacheRules = FileRulesReader.ReadCacheRules(content, attribute, fields),
        };
        attribute.AddActions(content, files, "GET");
    }
}
