using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[ErrorBackend]</c>.</summary>
internal static class ErrorBackendReader
{
    /// <summary>What the page depends on besides the path (RFC 9110, section 12.5.5).</summary>
    private static readonly FieldLine Vary = new("Vary", "Accept, X-Format, X-Code");

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        FileReference folder = attribute.File(content, "folder", isFolder: true);
        var fields = new EquatableArray<FieldLine>(content.Responses.FieldsOf(attribute).Concat([Vary]));
        content.ErrorBackend = new ErrorBackendSpec(EmbeddedFiles.Folder(folder.Path), fields, folder.Attribute);
    }
}
