using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
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
        ResponseSpec response = content.Responses.OfFile(attribute, file.Path, path is { IsPrefix: false } ? path.Text : "") with { Variables = Variables(content, attribute) };
        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(
                path.Route(host, "GET", response with { Reference = file }), attribute.LocationOf("path"), path.Text));
        }
    }

    /// <summary>The variables that are filled in when the server starts.</summary>
    private static EquatableArray<string> Variables(ServerContent content, AttributeReader attribute)
    {
        var names = new List<string>();
        foreach ((string name, int index) in attribute.Elements("Variables").Select((element, index) => (element.Value as string ?? "", index)))
        {
            string? mistake = !GuardReader.IsVariable(name) ? "it is not the name of a variable of the environment: letters, digits and '_', such as \"API_URL\""
                : names.Contains(name) ? "it is named twice"
                : content.Guards.Exists(guard => guard.Spec is AuthenticationSpec { Secrets.Variable: { } secret } && secret == name) ? "it has the secrets of a guard, and everybody who gets the file would get them"
                : null;
            if (mistake is not null)
            {
                content.Problems.Report(Descriptors.InvalidVariable, attribute.LocationOf("Variables", index), name, mistake);
            }

            names.Add(name);
        }

        return new EquatableArray<string>(names);
    }
}
