using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Cors]</c>.</summary>
internal static class CorsReader
{
    private const string Origins = "Origins";
    private const string Methods = "Methods";
    private const string Headers = "Headers";
    private const string ExposeHeaders = "ExposeHeaders";
    private const string Any = "*";

    /// <summary>What pages may send without being asked (Fetch, section 2.2.1, "CORS-safelisted method"), of the methods of routes. GET is HEAD, too.</summary>
    private static readonly string[] s_safe = ["GET", "POST"];

    /// <summary>Names of fields that no page can set (Fetch, section 2.2.2, "forbidden request-header").</summary>
    private static readonly HashSet<string> s_forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method", "Access-Control-Request-Private-Network", "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect",
        "Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via",
    };

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        bool hasCredentials = attribute.Flag("Credentials", false);
        string[] origins = ReadOrigins(content, attribute, hasCredentials);
        string[] methods = [.. attribute.Elements(Methods).Select((element, i) => RouteArguments.CheckMethod(content, element.Value as string ?? "", attribute.LocationOf(Methods, i)))];
        string[] headers = ReadNames(content, attribute, Headers, hasCredentials, name => s_forbidden.Contains(name) || IsForbidden(name, "Proxy-") || IsForbidden(name, "Sec-") ? "no page can send it" : null);
        string[] exposed = ReadNames(content, attribute, ExposeHeaders, hasCredentials, name => name.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? "no page can read it" : null);
        int? maxAge = attribute.Has("MaxAge") ? attribute.Number("MaxAge", Limits.CorsMaxAge, content.Problems) : null;
        if (attribute.Path(content) is { } path)
        {
            var scope = new ScopeSpec(new EquatableArray<byte>(path.Bytes), path.IsPrefix, default);
            string[] allowed = [.. RouteArguments.Methods.Where(attribute.Has(Methods) ? methods.Contains : s_safe.Contains)];
            var spec = new CorsSpec(scope, new EquatableArray<string>(origins), new EquatableArray<string>(allowed), new EquatableArray<string>(headers), new EquatableArray<string>(exposed))
            {
                HasCredentials = hasCredentials,
                MaxAge = maxAge,
                HasPrivateNetwork = attribute.Flag("PrivateNetwork", false),
            };
            content.Cors.Add(new ParsedCors(spec, attribute, path.Text));
        }
    }

    private static bool IsForbidden(string name, string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static string[] ReadOrigins(ServerContent content, AttributeReader attribute, bool hasCredentials)
    {
        string[] origins = [.. attribute.Elements(Origins).Select(element => element.Value as string ?? "")];
        for (int i = 0; i < origins.Length; i++)
        {
            string origin = origins[i];
            Location place = attribute.LocationOf(Origins, i);
            string? mistake = origin == Any ? origins.Length > 1 ? "it stands for all origins: write it alone" : null
                : origin.Length == 0 ? "it is empty"
                : origin == "null" ? "\"null\" is what pages of files and of sandboxes send, whoever has made them: anybody could be one"
                : Array.IndexOf(origins, origin) < i ? "it is there already"
                : UploadOptions.IsOrigin(origin) ? null
                : MistakeOf(origin);
            if (mistake is not null)
            {
                content.Problems.Report(Descriptors.InvalidCorsOrigin, place, origin, mistake);
            }
            else if (origin == Any && hasCredentials)
            {
                content.Problems.Report(Descriptors.WildcardWithCredentials, place, Origins);
            }
        }

        if (origins.Length is 0 or > Limits.MaxCorsOrigins)
        {
            content.Problems.Report(Descriptors.InvalidCorsOrigin, attribute.Has(Origins) ? attribute.LocationOf(Origins) : attribute.Location, "", origins.Length == 0 ? "no origin is named: write Origins = [\"https://app.example\"]" : $"there are more than {Limits.MaxCorsOrigins}: name a few, or serve the pages from the same origin");
        }

        return origins;
    }

    /// <summary>What is wrong with a text that is none of the forms that browsers send.</summary>
    private static string MistakeOf(string origin)
    {
        int scheme = origin.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? origin : origin.Substring(scheme + 3);
        return scheme < 0 ? "it begins with a scheme: \"https://app.example\""
            : rest.EndsWith("/", StringComparison.Ordinal) && rest.IndexOf('/') == rest.Length - 1 ? "browsers send no slash at its end, and compare every character"
            : rest.Contains("/") || rest.Contains("?") || rest.Contains("#") ? "an origin has no path: browsers send scheme, host and port"
            : rest.Contains("*") ? "a star stands for all origins, and for no part of one: name each"
            : origin.Any(letter => letter is >= 'A' and <= 'Z') ? "browsers send it in small letters"
            : rest.EndsWith(":80", StringComparison.Ordinal) || rest.EndsWith(":443", StringComparison.Ordinal) ? "browsers do not send the usual port of a scheme"
            : "browsers send a scheme (http or https), a host in ASCII, and a port that is not the usual one, such as \"https://app.example:8443\"";
    }

    private static string[] ReadNames(ServerContent content, AttributeReader attribute, string setting, bool hasCredentials, Func<string, string?> forbidden)
    {
        string[] names = [.. attribute.Elements(setting).Select(element => element.Value as string ?? "")];
        for (int i = 0; i < names.Length; i++)
        {
            Location place = attribute.LocationOf(setting, i);
            string? mistake = !Grammar.IsToken(names[i]) ? "it is no name of a header"
                : Array.FindIndex(names, name => FieldGroups.Same(name, names[i])) < i ? "it is there already"
                : forbidden(names[i]);
            if (mistake is not null)
            {
                content.Problems.Report(Descriptors.InvalidCorsHeader, place, names[i], setting, mistake);
            }
            else if (names[i] == Any && hasCredentials)
            {
                content.Problems.Report(Descriptors.WildcardWithCredentials, place, setting);
            }
        }

        return names;
    }
}
