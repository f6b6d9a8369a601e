using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[StaticFile]</c>.</summary>
internal static class StaticFileReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Path(content);
        string host = attribute.Host(content);
        FileReference file = attribute.File(content, "file", isFolder: false);
        ResponseSpec response = content.Responses.OfFile(attribute, file.Path, path is { IsPrefix: false } ? path.Text : "");
        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(
                path.Route(host, "GET", response with { Reference = file }), attribute.LocationOf("path"), path.Text));
        }
    }
}
