using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Metrics]</c>.</summary>
internal static class MetricsReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Path(content);
        if (path is { IsPrefix: true })
        {
            content.Problems.Report(Descriptors.InvalidPath, attribute.LocationOf("path"), path.Text, "metrics have one path, without '*'");
        }
        else if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(path.Route(host: "", "GET", response: null) with { Action = new MetricsSpec(), IsOfManagement = attribute.Has(AttributeTable.MetricsListen) }, attribute.LocationOf("path"), path.Text));
        }
    }
}
