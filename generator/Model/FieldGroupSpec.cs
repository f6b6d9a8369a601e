using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>Field lines for the paths of a group of routes.</summary>
/// <param name="Scope">Which requests have them; it has every method.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Removed">Names of fields that less is said of elsewhere than here: that they are not sent.</param>
internal sealed record FieldGroupSpec(ScopeSpec Scope, EquatableArray<FieldLine> Lines, EquatableArray<string> Removed)
{
    /// <summary>Whether it says something of a field.</summary>
    internal bool HasName(string name) => Lines.Any(line => FieldGroups.Same(line.Name, name)) || Removed.Any(removed => FieldGroups.Same(removed, name));
}

/// <summary>Pages of other origins that may read responses.</summary>
/// <param name="Scope">Which requests it is about; it has every method.</param>
/// <param name="Origins">The origins, or a star alone.</param>
/// <param name="Methods">The methods, of those of routes.</param>
/// <param name="Headers">Names of fields that requests may have besides those that they always may.</param>
/// <param name="Exposed">Names of fields of responses that pages may read besides those that they always may.</param>
internal sealed record CorsSpec(ScopeSpec Scope, EquatableArray<string> Origins, EquatableArray<string> Methods, EquatableArray<string> Headers, EquatableArray<string> Exposed)
{
    /// <summary>Whether requests may have cookies and the like.</summary>
    internal bool HasCredentials { get; init; }

    /// <summary>For how many seconds browsers keep the answer to a preflight; null where it is not said.</summary>
    internal int? MaxAge { get; init; }

    /// <summary>Whether pages of public networks may ask a server of a private one.</summary>
    internal bool HasPrivateNetwork { get; init; }

    /// <summary>Whether the response is the same whoever asks.</summary>
    internal bool IsFixed => Origins.Count == 1;

    /// <summary>The methods as a preflight is told of them.</summary>
    internal IEnumerable<string> AllowedMethods => Methods.SelectMany(method => method == "GET" ? ["GET", "HEAD"] : new[] { method });
}

/// <summary>A rule of a file: a pattern, and what responses have where it matches.</summary>
/// <param name="Host">The pattern of the host, in lower case; empty where it is every host.</param>
/// <param name="Path">The pattern of the path, as requests have it. In both, <see cref="Segment"/> stands for some characters up to the next separator, and <see cref="Anything"/> for all that follow, or none.</param>
/// <param name="Steps">What is done, in order.</param>
internal sealed record FieldRuleSpec(EquatableArray<byte> Host, EquatableArray<byte> Path, EquatableArray<FieldStep> Steps)
{
    /// <summary>Stands for one character or more, but no separator: a point in hosts, a slash in paths.</summary>
    internal const byte Segment = 0;

    /// <summary>Stands for any characters, or none.</summary>
    internal const byte Anything = 1;

    /// <summary>Where it is for one path, or for all that begin with one: which.</summary>
    internal ScopeSpec? Scope
    {
        get
        {
            byte[] path = [.. Path];
            bool isPrefix = path.Length >= 2 && path[path.Length - 1] == Anything && path[path.Length - 2] == (byte)'/';
            byte[] start = isPrefix ? [.. path.Take(path.Length - 1)] : path;
            return Host.Count == 0 && !start.Any(letter => letter is Segment or Anything) ? new ScopeSpec(new EquatableArray<byte>(start), isPrefix, default) : null;
        }
    }

    /// <summary>Whether the pattern of the path matches one.</summary>
    internal bool HasPath(byte[] path) => Scope?.HasPath(path) ?? Matches([.. Path], 0, path, 0);

    private static bool Matches(byte[] pattern, int at, byte[] path, int from)
    {
        if (at == pattern.Length)
        {
            return from == path.Length;
        }

        switch (pattern[at])
        {
            case Segment:
                for (int next = from; next < path.Length && path[next] != (byte)'/';)
                {
                    if (Matches(pattern, at + 1, path, ++next))
                    {
                        return true;
                    }
                }

                return false;
            case Anything:
                return Enumerable.Range(from, path.Length - from + 1).Any(next => Matches(pattern, at + 1, path, next));
            default:
                return from < path.Length && path[from] == pattern[at] && Matches(pattern, at + 1, path, from + 1);
        }
    }
}

/// <summary>What a rule does: it adds a value to a field, or takes the field away.</summary>
/// <param name="Name">The field.</param>
/// <param name="Value">The value; null where the field is taken away.</param>
internal sealed record FieldStep(string Name, string? Value);

/// <summary>What is said of fields for groups of routes.</summary>
internal static class FieldGroups
{
    internal static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a scope has some of the paths of a route, be it one of many. Of those with parameters, what stands before the first one decides.</summary>
    internal static bool MayShare(ScopeSpec scope, RouteSpec route)
    {
        byte[] start = [.. route.Path.TakeWhile(letter => letter != 0)];
        bool isOpen = route.IsPrefix || start.Length < route.Path.Count;
        return scope.MayHavePath(route) || (!scope.IsPrefix && isOpen && scope.Path.Take(start.Length).SequenceEqual(start));
    }

    /// <summary>Whether two scopes have paths in common.</summary>
    internal static bool Overlap(ScopeSpec one, ScopeSpec other) => one.HasPath([.. other.Path]) || other.HasPath([.. one.Path]);
}
