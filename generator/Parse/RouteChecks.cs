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
        if (!CheckLoops(routes, problems))
        {
            CheckLoopsOfSomePaths(routes, problems);
        }
    }

    private static void CheckDuplicates(List<ParsedRoute> routes, Problems problems)
    {
        var seen = new HashSet<(string, string, EquatableArray<byte>, bool, bool)>();
        foreach (ParsedRoute route in routes)
        {
            if (!seen.Add((route.Spec.Host, route.Spec.Method, route.Spec.Path, route.Spec.IsPrefix, route.Spec.IsOfManagement)))
            {
                problems.Report(
                    Descriptors.DuplicateRoute, route.PathLocation, route.Spec.Method, route.Path, route.Spec.Host.Length == 0 ? "" : $" of the host {route.Spec.Host}");
            }
        }
    }

    /// <summary>Follows redirects within the host. Each loop is told once, at its first redirect.</summary>
    /// <returns>Whether there is one.</returns>
    private static bool CheckLoops(List<ParsedRoute> routes, Problems problems)
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

        return told.Count > 0;
    }

    /// <summary>
    /// The same for redirects that carry a part of the path over: for some paths, that may be where another redirect begins. Of those that lead to each other, a client goes round for ever only where the path does not become shorter on
    /// the way. A loop is told once, at one of its redirects.
    /// </summary>
    private static void CheckLoopsOfSomePaths(List<ParsedRoute> routes, Problems problems)
    {
        ParsedRoute[] redirects = routes.Where(route => route.Spec.Method == "GET" && route.Target?.Path is not null).ToArray();
        if (!redirects.Any(redirect => redirect.Target!.Start is not null))
        {
            return;
        }

        (int From, int To)[] steps = [.. redirects.SelectMany((redirect, from) => Next(routes, redirects, redirect).Select(to => (from, to)))];
        if (LongestWay.Loop([.. redirects.Select(redirect => redirect.Target!.Growth)], steps) is not { } way)
        {
            return;
        }

        problems.Report(
            Descriptors.RedirectLoop,
            redirects[way[0]].TargetLocation!,
            "where it began, for some paths",
            string.Join(" -> ", way.Select(index => redirects[index].Path)));
    }

    /// <summary>The redirects that have paths which another one leads to.</summary>
    private static IEnumerable<int> Next(List<ParsedRoute> routes, ParsedRoute[] redirects, ParsedRoute redirect)
    {
        ParsedRoute? ofMost = Match(routes, redirect.Spec.Host, redirect.Target!.Path!);
        byte[]? start = redirect.Target.Start;
        for (int i = 0; i < redirects.Length; i++)
        {
            RouteSpec next = redirects[i].Spec;
            if (redirects[i] == ofMost || start is not null && (next.Host == redirect.Spec.Host || next.Host.Length == 0) && next.Path.Count >= start.Length && next.Path.Take(start.Length).SequenceEqual(start))
            {
                yield return i;
            }
        }
    }

    /// <summary>The route that a GET for a path finds. A route for every host is not followed to one of a single host: only some requests go there.</summary>
    private static ParsedRoute? Match(List<ParsedRoute> routes, string host, byte[] path)
        => MatchOfHost(routes, host, path) ?? (host.Length == 0 ? null : MatchOfHost(routes, "", path));

    private static ParsedRoute? MatchOfHost(List<ParsedRoute> routes, string host, byte[] path)
    {
        ParsedRoute? found = routes
            .Where(route => route.Spec.Host == host && !route.Spec.IsOfManagement && (route.Spec.IsPrefix ? StartsWith(path, route.Spec.Path) : route.Spec.Parameters.Count > 0 ? Fits(path, route.Spec.Path) : route.Spec.Path.Count == path.Length && StartsWith(path, route.Spec.Path)))
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
