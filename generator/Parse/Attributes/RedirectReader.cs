using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Redirect]</c>.</summary>
internal static class RedirectReader
{
    /// <summary>What a status of another kind is told.</summary>
    internal const string Statuses = "a redirect has 301, 302, 303, 307 or 308";

    internal static bool IsStatus(int status) => status is 301 or 302 or 303 or 307 or 308;

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Path(content, "from", allowsParameters: true);
        string host = attribute.Host(content);
        int status = attribute.Number("Status", 302);
        if (!IsStatus(status))
        {
            content.Problems.Report(Descriptors.InvalidStatus, attribute.LocationOf("Status"), status, Statuses);
        }

        bool? keepsQuery = attribute.Has("KeepQuery") ? attribute.Flag("KeepQuery", true) : null;
        RedirectTarget? target = RedirectTarget.Read(attribute.Text("to"), path, host, keepsQuery, out string mistake);
        if (target is null)
        {
            content.Problems.Report(Descriptors.InvalidRedirectTarget, attribute.LocationOf("to"), attribute.Text("to") ?? "", mistake);
        }

        byte[]? carried = target?.Carried ?? (path is { Parameters.Length: > 0 } ? Encoding.ASCII.GetBytes(target?.Location ?? "") : null);
        ResponseSpec response = content.Responses.OfRedirect(attribute, status, target?.Location ?? "");
        if (path is not null)
        {
            RouteSpec route = carried is null
                ? path.Route(host, "GET", response)
                : path.Route(host, "GET", response: null) with { Action = new RedirectSpec(status, new EquatableArray<FieldLine>(response.Fields.Where(line => line.Name != "Location")), new EquatableArray<byte>(carried)), Parameters = new EquatableArray<string>(path.Parameters) };
            content.Routes.Add(new ParsedRoute(route, attribute.LocationOf("from"), path.Text)
            {
                Target = target is null ? null : target with { Status = status },
                TargetLocation = attribute.LocationOf("to"),
            });
        }
    }
}
