using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>
/// Which field lines responses have for the paths of their requests, and for the pages that send them. What is said of one name in several places is settled here: a group whose path is longer goes before others, groups go before the
/// rules of files, and all go before what every response has. So no two lines of a set say different things.
/// </summary>
internal sealed class FieldSets
{
    internal const string Vary = "Vary";

    private readonly HttpSpec _http;

    internal FieldSets(HttpSpec http)
    {
        _http = http;
        Conditions = [.. http.FieldRules.Where(rule => rule.Scope is null)];
    }

    /// <summary>The rules that are not found by the path of a request alone.</summary>
    internal FieldRuleSpec[] Conditions { get; }

    /// <summary>The set of requests whose path is not known: what is said of every path.</summary>
    internal FieldSetSpec OfUnknownPaths()
    {
        FieldLine[] lines = [.. LinesOf(path: null, scope => scope.HasAll, [])];
        CorsSpec? cors = CorsOf(scope => scope.HasAll);
        return new FieldSetSpec("paths that are not known", [.. lines, .. cors is null ? [] : cors.IsFixed ? [.. Allowed(cors, cors.Origins[0]), .. Exposed(cors)] : new[] { OfOrigin }], null);
    }

    /// <summary>The paths for which the same is said.</summary>
    internal IEnumerable<FieldClassSpec> Classes() => Scopes().Select(scope => new FieldClassSpec(scope, CorsOf(other => IsIn(scope, other)), ConditionsOf(scope)));

    /// <summary>How many sets there are; where there are very many, no more than can be counted.</summary>
    internal int Count() => (int)Math.Min(int.MaxValue, 1 + Classes().Sum(each => each.Conditions.Length > 31 ? int.MaxValue : (long)each.States << each.Conditions.Length));

    /// <summary>The most bytes of lines that come together.</summary>
    internal int Longest() => Classes().SelectMany(SetsOf).Append(OfUnknownPaths()).Max(set => set.Lines.Sum(line => line.Name.Length + line.Value.Length + 4));

    /// <summary>Whether responses for a path have a line of some name, whoever asks.</summary>
    internal bool Has(byte[] path, string name) => LinesOf(path, scope => scope.HasPath(path), []).Exists(line => FieldGroups.Same(line.Name, name));

    /// <summary>The sets of a class: for each set of conditions those of each who may ask.</summary>
    internal IEnumerable<FieldSetSpec> SetsOf(FieldClassSpec place)
    {
        for (int mask = 0; mask < 1 << place.Conditions.Length; mask++)
        {
            FieldRuleSpec[] rules = [.. place.Conditions.Where((_, bit) => (mask >> bit & 1) != 0).Select(index => Conditions[index])];
            FieldLine[] lines = [.. LinesOf(place.Scope.IsPrefix ? null : [.. place.Scope.Path], scope => IsIn(place.Scope, scope), rules)];
            foreach (FieldSetSpec set in WithPages(place, lines))
            {
                yield return set;
            }
        }
    }

    private static IEnumerable<FieldSetSpec> WithPages(FieldClassSpec place, FieldLine[] lines)
    {
        if (place.Cors is not { } cors)
        {
            yield return new FieldSetSpec("", lines, null);
            yield break;
        }

        FieldLine[] vary = cors.IsFixed ? [] : [OfOrigin];
        if (!cors.IsFixed)
        {
            yield return new FieldSetSpec(" for other origins", [.. lines, .. vary], null);
        }

        foreach (string origin in cors.Origins)
        {
            string asker = cors.IsFixed ? "" : $" for {origin}";
            yield return new FieldSetSpec(asker, [.. lines, .. Allowed(cors, origin), .. Exposed(cors), .. vary], null);
            yield return new FieldSetSpec($"{asker}, preflight", [.. lines, .. Allowed(cors, origin), .. vary], cors);
        }
    }

    /// <summary>The response depends on the origin of the page, also where it is sent for none.</summary>
    private static FieldLine OfOrigin => new(Vary, "Origin");

    private static FieldLine[] Allowed(CorsSpec cors, string origin)
        => [new FieldLine("Access-Control-Allow-Origin", origin), .. cors.HasCredentials ? [new FieldLine("Access-Control-Allow-Credentials", "true")] : Array.Empty<FieldLine>()];

    private static FieldLine[] Exposed(CorsSpec cors) => cors.Exposed.Count == 0 ? [] : [new FieldLine("Access-Control-Expose-Headers", string.Join(", ", cors.Exposed))];

    /// <summary>Where something else is said than nearby: paths and prefixes, each once.</summary>
    private ScopeSpec[] Scopes()
    {
        List<ScopeSpec> scopes = [.. _http.FieldGroups.Select(group => group.Scope), .. _http.Cors.Select(cors => cors.Scope), .. _http.FieldRules.Select(rule => rule.Scope).OfType<ScopeSpec>()];
        if (Conditions.Length > 0)
        {
            scopes.Add(new ScopeSpec(new EquatableArray<byte>([(byte)'/']), IsPrefix: true, default));
        }

        // What is below a prefix has the path without its slash, too.
        scopes.AddRange(scopes.Where(scope => scope.IsPrefix && scope.Path.Count > 1).Select(scope => new ScopeSpec(new EquatableArray<byte>(scope.Path.Take(scope.Path.Count - 1)), IsPrefix: false, default)).ToArray());
        return [.. scopes.Distinct()];
    }

    /// <summary>Whether all that is found in the place of one scope is in another one.</summary>
    private static bool IsIn(ScopeSpec scope, ScopeSpec other)
        => scope.IsPrefix ? other.IsPrefix && scope.Path.Take(other.Path.Count).SequenceEqual(other.Path) : other.HasPath([.. scope.Path]);

    /// <summary>The conditions that are to be looked at for paths of a scope: where it has one path, only those that have a host, too.</summary>
    private int[] ConditionsOf(ScopeSpec scope)
        => [.. Enumerable.Range(0, Conditions.Length).Where(index => scope.IsPrefix ? MayMatch(Conditions[index], scope) : Conditions[index].Host.Count > 0 && Conditions[index].HasPath([.. scope.Path]))];

    /// <summary>Whether a rule may have a path below a prefix: what stands before its first pattern decides.</summary>
    private static bool MayMatch(FieldRuleSpec rule, ScopeSpec scope)
    {
        byte[] start = [.. rule.Path.TakeWhile(letter => letter is not (FieldRuleSpec.Segment or FieldRuleSpec.Anything))];
        int length = Math.Min(start.Length, scope.Path.Count);
        return start.Take(length).SequenceEqual(scope.Path.Take(length));
    }

    private CorsSpec? CorsOf(Func<ScopeSpec, bool> has) => InOrder(_http.Cors.Where(cors => has(cors.Scope)), cors => cors.Scope).FirstOrDefault();

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> all, Func<T, ScopeSpec> scope) => all.OrderBy(each => scope(each).IsPrefix).ThenByDescending(each => scope(each).Path.Count);

    /// <summary>What is said of each field: by the group with the longest path, otherwise by the rules of files, otherwise by what every response has.</summary>
    /// <param name="path">The path; null where it is several.</param>
    /// <param name="has">Whether it is in a scope.</param>
    /// <param name="conditions">The rules besides that match.</param>
    private List<FieldLine> LinesOf(byte[]? path, Func<ScopeSpec, bool> has, FieldRuleSpec[] conditions)
    {
        var said = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var all = new List<FieldLine>();
        foreach (FieldGroupSpec group in InOrder(_http.FieldGroups.Where(group => has(group.Scope)), group => group.Scope).ToArray())
        {
            all.AddRange(group.Lines.Where(line => !said.Contains(line.Name)));
            said.UnionWith(group.Lines.Select(line => line.Name));
            said.UnionWith(group.Removed);
        }

        FieldRuleSpec[] rules = [.. _http.FieldRules.Where(rule => rule.Scope is { } scope ? has(scope) : conditions.Contains(rule) || (rule.Host.Count == 0 && path is not null && rule.HasPath(path)))];
        (FieldLine[] ofFiles, string[] removed) = Run(rules);
        all.AddRange(ofFiles.Where(line => !said.Contains(line.Name)));
        said.UnionWith(ofFiles.Select(line => line.Name));
        said.UnionWith(removed);
        all.AddRange(_http.CommonFields.Where(line => line.Value.Length > 0 && _http.IsOfPath(line.Name) && !said.Contains(line.Name)));
        return all;
    }

    /// <summary>What rules come to, one after the other: values of one field are one list, but for cookies, which cannot be (RFC 6265, section 3).</summary>
    private static (FieldLine[] Lines, string[] Removed) Run(IEnumerable<FieldRuleSpec> rules)
    {
        var lines = new List<FieldLine>();
        var removed = new List<string>();
        foreach (FieldStep step in rules.SelectMany(rule => rule.Steps))
        {
            int index = lines.FindIndex(line => FieldGroups.Same(line.Name, step.Name));
            if (step.Value is null)
            {
                removed.Add(step.Name);
                lines.RemoveAll(line => FieldGroups.Same(line.Name, step.Name));
            }
            else if (index < 0 || FieldGroups.Same(step.Name, "Set-Cookie"))
            {
                lines.Add(new FieldLine(step.Name, step.Value));
            }
            else
            {
                lines[index] = new FieldLine(lines[index].Name, lines[index].Value + ", " + step.Value);
            }
        }

        return ([.. lines], [.. removed]);
    }
}

/// <summary>Paths for which the same is said.</summary>
/// <param name="Scope">The paths, but those of scopes within.</param>
/// <param name="Cors">What is said of pages of other origins; null where nothing is.</param>
/// <param name="Conditions">Which rules are looked at besides.</param>
internal sealed record FieldClassSpec(ScopeSpec Scope, CorsSpec? Cors, int[] Conditions)
{
    /// <summary>How many sets there are by who asks.</summary>
    internal int States => Cors is null ? 1 : Cors.IsFixed ? 2 : 1 + 2 * Cors.Origins.Count;
}

/// <summary>Lines that come together.</summary>
/// <param name="Asker">Whom they are for, for a reader.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Preflight">What the response to a preflight says; null where it is for none.</param>
internal sealed record FieldSetSpec(string Asker, FieldLine[] Lines, CorsSpec? Preflight);
