using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Redirects]</c>.</summary>
internal static class RedirectsReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        FileReference file = attribute.TextFile(content, "file");
        string host = attribute.Host(content);
        int status = attribute.Number("Status", 301);
        if (!RedirectReader.IsStatus(status))
        {
            content.Problems.Report(Descriptors.InvalidStatus, attribute.LocationOf("Status"), status, RedirectReader.Statuses);
            status = 301; // of the lines nothing more is said
        }

        content.RedirectFiles.Add(new RedirectFileSpec(file, host, status, content.Responses.FieldsOf(attribute)));
    }
}
