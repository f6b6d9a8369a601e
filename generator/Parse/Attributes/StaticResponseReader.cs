using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[StaticResponse]</c>, and <c>[Route]</c> on a constant.</summary>
internal static class StaticResponseReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type) => Read(content, attribute, Content.Of(attribute, "body"));

    internal static void Read(ServerContent content, AttributeReader attribute, Content body)
    {
        RoutePath? path = attribute.Path(content);
        string method = attribute.Method(content);
        string host = attribute.Host(content);
        ResponseSpec response = content.Responses.OfRoute(attribute, body, path is { IsPrefix: false } ? path.Text : "");
        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(path.Route(host, method, response), attribute.LocationOf("path"), path.Text));
        }
    }
}
