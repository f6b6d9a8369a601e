using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[HealthCheck]</c>.</summary>
internal static class HealthCheckReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        bool isLogged = attribute.Flag("IsLogged", false);
        AttributeReader server = AttributeReader.All(type, AttributeTable.TcpServer, content.CancellationToken).First();
        if (isLogged && server.Number("AccessLog", 0) == 0)
        {
            content.Problems.Report(Descriptors.SettingWithoutEffect, attribute.LocationOf("IsLogged"), "IsLogged", "a server without an access log");
        }

        RoutePath? path = attribute.Path(content);
        if (path is { IsPrefix: true })
        {
            content.Problems.Report(Descriptors.InvalidPath, attribute.LocationOf("path"), path.Text, "a health check has one path, without '*'");
        }
        else if (path is not null)
        {
            ResponseSpec response = Response(200, "ok\n", isLogged) with { WhileEnding = Response(503, "draining\n", isLogged) };
            content.Routes.Add(new ParsedRoute(path.Route(host: "", "GET", response), attribute.LocationOf("path"), path.Text));
        }
    }

    /// <summary>What is true now and maybe not a moment later: nobody may store it.</summary>
    private static ResponseSpec Response(int status, string body, bool isLogged)
        => new(status, new EquatableArray<byte>(Encoding.ASCII.GetBytes(body)), "text/plain", new EquatableArray<FieldLine>([new FieldLine("Cache-Control", "no-store")]), Compress: false)
        {
            IsLogged = isLogged,
        };
}
