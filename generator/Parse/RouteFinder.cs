using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Finds the route for a GET among many, which has its embedded files already. Paths are Latin1.</summary>
internal sealed class RouteFinder
{
    private readonly Dictionary<(string Host, string Path), RouteSpec> _exact = new();
    private readonly List<(RouteSpec Route, string Template)> _others = new();

    internal RouteFinder(EquatableArray<RouteSpec> routes)
    {
        foreach (RouteSpec route in routes.Where(route => route.Method == "GET" && !route.IsOfManagement))
        {
            string path = Latin1.Of([.. route.Path]);
            if (route.IsPrefix || route.Parameters.Count > 0)
            {
                _others.Add((route, Template(route)));
            }
            else
            {
                _exact[(route.Host, path)] = route;
            }
        }

        _others.Sort((left, right) => RoutePrecedence.Instance.Compare(([.. left.Route.Path], left.Route.IsPrefix), ([.. right.Route.Path], right.Route.IsPrefix)));
        Hosts = new HashSet<string>(routes.Select(route => route.Host));
    }

    /// <summary>The virtual hosts that any route is for.</summary>
    internal HashSet<string> Hosts { get; }

    /// <summary>The route for a path; null where there is none.</summary>
    /// <param name="host">The virtual host; empty for one that no route is for.</param>
    /// <param name="path">The path.</param>
    internal RouteSpec? Find(string host, string path) => OfHost(host, path) ?? (host.Length == 0 ? null : OfHost("", path));

    private RouteSpec? OfHost(string host, string path)
        => _exact.TryGetValue((host, path), out RouteSpec? exact) ? exact : _others.FirstOrDefault(other => other.Route.Host == host && Matches(other, path)).Route;

    private static bool Matches((RouteSpec Route, string Template) route, string path)
        => route.Template.EndsWith("\0*", StringComparison.Ordinal) ? path.StartsWith(route.Template.Substring(0, route.Template.Length - 2), StringComparison.Ordinal)
            : !path.EndsWith("/", StringComparison.Ordinal) && RedirectTemplate.Values(route.Template, path) is not null;

    /// <summary>Where a route leads that is a redirect, for a path; null where it is none.</summary>
    internal static string? Location(RouteSpec route, string path)
        => route switch
        {
            { Action: FolderRedirectSpec } => CanonicalPath.Encode(Latin1.Bytes(path)) + "/",
            { Action: RedirectSpec redirect } => RedirectTemplate.Location(Latin1.Of([.. redirect.Target]), RedirectTemplate.Values(Template(route), path) ?? []),
            { Response: { Status: >= 300 and < 400 } response } => response.Fields.FirstOrDefault(field => field.Name == "Location")?.Value,
            _ => null,
        };

    /// <summary>The routes that are redirects with one path, and to one.</summary>
    internal IEnumerable<RouteSpec> Redirects => _exact.Values.Where(route => route.Action is RedirectSpec or FolderRedirectSpec || route.Response is { Status: >= 300 and < 400 });

    /// <summary>What has a path, with a slash at its end and without, in the place of a line for the same host; null where one of the two is left to the line. Of folders on the disk nobody knows what they have.</summary>
    /// <param name="host">The virtual host of the line.</param>
    /// <param name="path">Its path.</param>
    /// <param name="hasSlash">Whether it is meant with a slash at its end, or only without; null where that makes no difference.</param>
    internal string? Covering(string host, string path, bool? hasSlash)
        => Find(host, path + (hasSlash == true ? "/" : "")) is { Action: not FilesSpec } route && (path == "/" || hasSlash is not null || Find(host, path + "/") is { Action: not FilesSpec }) ? Encoding.UTF8.GetString([.. route.Path]) + (route.IsPrefix ? "*" : "") : null;

    /// <summary>The response with an embedded file that a path has, also where a page is found without its extension.</summary>
    internal ResponseSpec? Page(string host, string to)
    {
        for (int steps = 0; steps < 3; steps++)
        {
            if (CanonicalPath.OfText(to) is not { } path || Find(host, Latin1.Of(path)) is not { } route)
            {
                return null;
            }

            if (route.Response is { File: not null, Status: 200 } response)
            {
                return response;
            }

            if (Location(route, Latin1.Of(path)) is not { } next || next[0] != '/')
            {
                return null;
            }

            to = next;
        }

        return null;
    }

    private static string Template(RouteSpec route)
    {
        var template = new StringBuilder();
        int parameter = 0;
        foreach (byte value in route.Path)
        {
            template.Append((char)value).Append(value == 0 ? route.Parameters[parameter++] : "");
        }

        return template.Append(route.IsPrefix ? "\0*" : "").ToString();
    }
}
