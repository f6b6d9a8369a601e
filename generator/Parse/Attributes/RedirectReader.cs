using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Redirect]</c>.</summary>
internal static class RedirectReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Path(content, "from");
        string host = attribute.Host(content);
        int status = attribute.Number("Status", 302);
        if (status is not (301 or 302 or 303 or 307 or 308))
        {
            content.Problems.Report(Descriptors.InvalidStatus, attribute.LocationOf("Status"), status, "a redirect has 301, 302, 303, 307 or 308");
        }

        RedirectTarget? target = RedirectTarget.Read(attribute.Text("to"), out string mistake);
        if (target is null)
        {
            content.Problems.Report(Descriptors.InvalidRedirectTarget, attribute.LocationOf("to"), attribute.Text("to") ?? "", mistake);
        }

        ResponseSpec response = content.Responses.OfRedirect(attribute, status, target?.Location ?? "");
        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(path.Route(host, "GET", response), attribute.LocationOf("from"), path.Text)
            {
                Target = target,
                TargetLocation = attribute.LocationOf("to"),
            });
        }
    }
}
