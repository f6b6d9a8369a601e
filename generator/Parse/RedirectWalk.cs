using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Follows the lines of files with redirects as a client would, to find those that it would follow for ever. Where a line leads to one path, so is that path followed, through other lines and through routes. Lines that carry a part of the
/// path over lead to many: of those that may lead to each other, a client goes round for ever only where the path does not become shorter.
/// </summary>
internal sealed class RedirectWalk
{
    /// <summary>More steps than any client takes (browsers: 20).</summary>
    private const int MostSteps = 100;

    /// <summary>How many steps between lines are looked at, at most, to find out whether each way makes the path shorter: some seconds.</summary>
    private const long MostWork = 300_000_000;

    /// <summary>What stands for a piece: see <see cref="RedirectTarget"/>.</summary>
    private const string Piece = "{0";

    private static readonly Regex Uri = new(@"\A[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#:]*)[^/?#]*(.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private readonly IReadOnlyList<ParsedRedirect> _lines;
    private readonly RouteFinder _routes;
    private readonly EmbeddedFiles.Report _report;
    private readonly RedirectFinder _finder;
    private readonly HashSet<string> _hosts;

    /// <summary>From where a client arrives, or of which it was said that it does not.</summary>
    private readonly HashSet<(string Host, string Path)> _known = new();

    internal RedirectWalk(IReadOnlyList<ParsedRedirect> lines, RouteFinder routes, EmbeddedFiles.Report report)
    {
        _lines = lines;
        _routes = routes;
        _report = report;
        _finder = new RedirectFinder(lines);
        _hosts = new HashSet<string>(routes.Hosts.Concat(lines.Select(line => line.Host)).Where(host => host.Length > 0));
    }

    /// <summary>Whether there are any, which is said.</summary>
    internal bool HasLoops()
    {
        bool hasLoops = false;
        foreach (ParsedRedirect line in _lines.Where(line => !CarriesPath(line.Spec!.Target)))
        {
            hasLoops |= Loops(line.ToPlace, line.Text, Arrive(line.Host, RedirectTemplate.Location(Latin1.Of([.. line.Spec!.Target]), [])));
        }

        // A loop of such a route and of lines that carry the path over; it is told at a line.
        foreach (RouteSpec route in _lines.Count == 0 ? [] : _routes.Redirects)
        {
            string path = Latin1.Of([.. route.Path]);
            if (Arrive(route.Host, RouteFinder.Location(route, path)) is { } next)
            {
                ParsedRedirect? line = _finder.Find(next.Host, next.Path);
                hasLoops |= line is not null && Loops(line.ToPlace, path, next);
            }
        }

        return hasLoops || HasLoopsOfSomePaths();
    }

    private static bool CarriesPath(EquatableArray<byte> target)
    {
        string[] parts = Latin1.Of([.. target]).Split('\0');
        return parts.Where((part, i) => i % 2 == 1 && part is not ("?" or "&")).Any();
    }

    /// <summary>Whether a client that is sent to a path is sent on for ever, which is said, if it was not yet.</summary>
    private bool Loops(FilePlace place, string from, (string Host, string Path)? start)
    {
        var way = new List<string> { from };
        var here = new HashSet<(string Host, string Path)>();
        (string Host, string Path)? next = start;
        bool loops = false;
        while (next is { } at && !_known.Contains(at) && !loops)
        {
            way.Add(Shown(at));
            loops = !here.Add(at) || here.Count > MostSteps;
            next = Next(at);
        }

        _known.UnionWith(here);
        if (loops)
        {
            _report(place, Descriptors.RedirectLoop, way.Count == 3 && way[1] == way[2] ? "itself" : "where it began", string.Join(" -> ", way.Count > 8 ? way.Take(7).Concat(["..."]) : way));
        }

        return loops;
    }

    private static string Shown((string Host, string Path) at) => (at.Host.Length == 0 ? "" : "http://" + at.Host) + CanonicalPath.Encode(Latin1.Bytes(at.Path)).Replace("%25", "%");

    /// <summary>Where a client is sent from a path; null where it has arrived, or goes elsewhere.</summary>
    private (string Host, string Path)? Next((string Host, string Path) at)
    {
        ParsedRedirect? line = _finder.Find(at.Host, at.Path);
        RouteSpec? route = line?.IsForced == true ? null : _routes.Find(at.Host, at.Path);
        return route is not null && route.Action is not FilesSpec ? Arrive(at.Host, RouteFinder.Location(route, at.Path))
            : line is null ? null
            : Arrive(at.Host, RedirectTemplate.Location(Latin1.Of([.. line.Spec!.Target]), RedirectTemplate.Values(Latin1.Of([.. line.Spec.Template]), at.Path)!));
    }

    /// <summary>Where a location leads; null where that is another server.</summary>
    private (string Host, string Path)? Arrive(string host, string? location)
        => location is null || !IsHere(ref host, ref location) || CanonicalPath.Of(Encoding.ASCII.GetBytes(location)) is not { } path ? null : (host, Latin1.Of(path));

    /// <summary>Makes a path of a location on this server, and a host where it has one that something is bound to.</summary>
    private bool IsHere(ref string host, ref string location)
    {
        if (Uri.Match(location) is { Success: true } uri)
        {
            host = uri.Groups[1].Value.ToLowerInvariant().TrimEnd('.');
            location = uri.Groups[2].Value;
            if (!_hosts.Contains(host))
            {
                return false;
            }
        }

        int end = location.IndexOfAny(['?', '#']);
        location = end < 0 ? location : location.Substring(0, end);
        location = location.Length == 0 ? "/" : location;
        return location[0] == '/';
    }

    // ---- of some paths ----

    /// <summary>A line that carries a part of the path over.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Key">What its paths begin with.</param>
    /// <param name="Host">The virtual host that it leads to.</param>
    /// <param name="Start">What the paths begin with that it leads to.</param>
    /// <param name="Growth">By how much it makes a path longer, at most.</param>
    private sealed record Node(ParsedRedirect Line, string Key, string Host, string Start, int Growth);

    private bool HasLoopsOfSomePaths()
    {
        Node[] nodes = [.. _lines.Where(line => CarriesPath(line.Spec!.Target)).Select(ToNode).OfType<Node>().OrderBy(node => node.Key, StringComparer.Ordinal)];
        bool hasLoops = false;
        foreach (int[] round in new Rounds(nodes.Length, index => Steps(nodes, index)).All())
        {
            if (round.All(index => nodes[index].Growth < 0))
            {
                continue; // each step makes the path shorter
            }

            var place = round.Select((index, i) => (index, i)).ToDictionary(each => each.index, each => each.i);
            (int From, int To)[] steps = [.. round.SelectMany(from => Steps(nodes, from).Where(place.ContainsKey).Select(to => (place[from], place[to])))];
            List<int>? way = steps.LongLength * round.Length > MostWork
                ? [Array.FindIndex(round, index => nodes[index].Growth >= 0)]
                : LongestWay.Loop([.. round.Select(index => nodes[index].Growth)], steps);
            if (way is not null)
            {
                hasLoops = true;
                ParsedRedirect first = nodes[round[way[0]]].Line;
                _report(first.ToPlace, Descriptors.RedirectLoop, "where it began, for some paths", string.Join(" -> ", way.Select(index => nodes[round[index]].Line.Text)));
            }
        }

        return hasLoops;
    }

    private Node? ToNode(ParsedRedirect line)
    {
        string[] parts = Latin1.Of([.. line.Spec!.Target]).Split('\0');
        string[] names = [.. parts.Where((part, i) => i % 2 == 1 && part is not ("?" or "&"))];
        string host = line.Host;
        string location = string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : part is "?" or "&" ? "" : Piece));
        if (!IsHere(ref host, ref location) || CanonicalPath.Of(Encoding.ASCII.GetBytes(location)) is not { } bytes)
        {
            return null;
        }

        string path = Latin1.Of(bytes);
        int piece = path.IndexOf(Piece, StringComparison.Ordinal); // which dot segments behind it may have removed
        int literal = line.Path.Bytes.Length - line.Path.Parameters.Length;
        return new Node(
            line,
            Latin1.Of([.. line.Spec.Template.Take(line.KeyLength)]),
            host,
            piece < 0 ? path : path.Substring(0, piece),
            names.Distinct().Count() < names.Length ? SyscallServer.Internal.Contract.Limits.TargetBytes.Greatest : path.Length - names.Length * Piece.Length - literal);
    }

    /// <summary>The lines that may have a path which a line leads to: those whose key begins as it does, or the other way round. They are in the order of their keys.</summary>
    private static IEnumerable<int> Steps(Node[] nodes, int from)
    {
        Node node = nodes[from];
        for (int end = 0; end < node.Start.Length; end++)
        {
            if (node.Start[end] == '/')
            {
                string key = node.Start.Substring(0, end);
                for (int i = First(nodes, key); i < nodes.Length && nodes[i].Key == key; i++)
                {
                    if (IsOfHost(nodes[i]))
                    {
                        yield return i;
                    }
                }
            }
        }

        for (int i = First(nodes, node.Start); i < nodes.Length && nodes[i].Key.StartsWith(node.Start, StringComparison.Ordinal); i++)
        {
            if (IsOfHost(nodes[i]))
            {
                yield return i;
            }
        }

        bool IsOfHost(Node next) => next.Line.Host.Length == 0 || next.Line.Host == node.Host;
    }

    /// <summary>The first line whose key is not before another.</summary>
    private static int First(Node[] nodes, string key)
    {
        int low = 0;
        int high = nodes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(nodes[middle].Key, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
