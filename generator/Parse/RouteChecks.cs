using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>What can be wrong with routes together.</summary>
internal static class RouteChecks
{
    internal static void Check(List<ParsedRoute> routes, Problems problems)
    {
        CheckDuplicates(routes, problems);
        CheckLoops(routes, problems);
    }

    private static void CheckDuplicates(List<ParsedRoute> routes, Problems problems)
    {
        var seen = new HashSet<(string, string, EquatableArray<byte>, bool)>();
        foreach (ParsedRoute route in routes)
        {
            if (!seen.Add((route.Spec.Host, route.Spec.Method, route.Spec.Path, route.Spec.IsPrefix)))
            {
                problems.Report(
                    Descriptors.DuplicateRoute, route.PathLocation, route.Spec.Method, route.Path, route.Spec.Host.Length == 0 ? "" : $" of the host {route.Spec.Host}");
            }
        }
    }

    /// <summary>Follows redirects within the host. Each loop is told once, at its first redirect.</summary>
    private static void CheckLoops(List<ParsedRoute> routes, Problems problems)
    {
        var told = new HashSet<ParsedRoute>();
        foreach (ParsedRoute start in routes)
        {
            var way = new List<ParsedRoute>();
            ParsedRoute? route = start;
            while (route?.Target?.Path is { } path && !way.Contains(route))
            {
                way.Add(route);
                route = Match(routes, start.Spec.Host, path);
            }

            // One that leads into a loop is no part of it.
            if (way.Count > 0 && route == start && !told.Overlaps(way))
            {
                told.UnionWith(way);
                string steps = string.Join(" -> ", way.Concat([start]).Select(step => step.Path));
                problems.Report(Descriptors.RedirectLoop, start.TargetLocation!, way.Count == 1 ? "itself" : "where it began", steps);
            }
        }
    }

    /// <summary>The route that a GET for a path finds. A route for every host is not followed to one of a single host: only some requests go there.</summary>
    private static ParsedRoute? Match(List<ParsedRoute> routes, string host, byte[] path)
        => MatchOfHost(routes, host, path) ?? (host.Length == 0 ? null : MatchOfHost(routes, "", path));

    private static ParsedRoute? MatchOfHost(List<ParsedRoute> routes, string host, byte[] path)
    {
        ParsedRoute? found = routes
            .Where(route => route.Spec.Host == host && (route.Spec.IsPrefix ? StartsWith(path, route.Spec.Path) : route.Spec.Parameters.Count > 0 ? Fits(path, route.Spec.Path) : route.Spec.Path.Count == path.Length && StartsWith(path, route.Spec.Path)))
            .OrderBy(route => route.Spec.IsPrefix || route.Spec.Parameters.Count > 0)
            .ThenBy(route => (route.Spec.Path.ToArray(), route.Spec.IsPrefix), RoutePrecedence.Instance)
            .FirstOrDefault();
        return found is null ? null
            : routes.FirstOrDefault(route => route.IsSamePlace(found.Spec with { Method = "GET" })) ?? found;
    }

    /// <summary>Whether a path has the form of a template, in which a NUL stands for a segment.</summary>
    private static bool Fits(byte[] path, EquatableArray<byte> template)
    {
        string[] segments = Encoding.UTF8.GetString(path).Split('/');
        string[] expected = Encoding.UTF8.GetString(template.ToArray()).Split('/');
        return segments.Length == expected.Length && segments.Zip(expected, (segment, text) => text == "\0" ? segment.Length > 0 : segment == text).All(isSame => isSame);
    }

    private static bool StartsWith(byte[] path, EquatableArray<byte> prefix) => path.Length >= prefix.Count && path.Take(prefix.Count).SequenceEqual(prefix);
}
