using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Plans the sets of field lines that responses have for the paths of their requests (<see cref="FieldSets"/>): how a request finds its set, and what is looked for in a head before a line is added.</summary>
internal sealed class FieldSetPlanner
{
    /// <summary>Names of lines that the engine and the planner write where they have to.</summary>
    private static readonly string[] s_written = ["Last-Modified", "WWW-Authenticate", "Retry-After"];

    private readonly HttpSpec _http;
    private readonly FieldSets _fields;
    private readonly Func<CorsSpec, int> _preflight;
    private readonly List<FieldSetPlan> _sets = new();

    /// <summary>Names of lines that some response has by itself.</summary>
    private readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase);

    private FieldSetPlanner(HttpSpec http, Func<CorsSpec, int> preflight)
    {
        _http = http;
        _fields = new FieldSets(http);
        _preflight = preflight;
        _own.UnionWith(s_written);
        _own.UnionWith(OwnFields(http).Select(field => field.Name));
    }

    /// <param name="http">The server.</param>
    /// <param name="preflight">Plans the response to preflights, and says which entry it has.</param>
    /// <returns>Null where no line depends on the path.</returns>
    internal static FieldSetsPlan? Plan(HttpSpec http, Func<CorsSpec, int> preflight) => http.HasFieldSets ? new FieldSetPlanner(http, preflight).Plan() : null;

    private FieldSetsPlan Plan()
    {
        Add("", _fields.OfUnknownPaths());
        FieldClassSpec[] classes = [.. _fields.Classes()];
        FieldClassPlan[] plans = [.. classes.Select(PlanClass)];
        return new FieldSetsPlan(
            new EquatableArray<FieldClassPlan>(plans),
            classes.Length == 0 ? null : RouteTreeBuilder.Build(classes.Select(each => each.Scope.Path.ToArray()).ToArray(), index => classes[index].Scope.IsPrefix),
            new EquatableArray<FieldRuleSpec>(_fields.Conditions),
            _http.Cors,
            new EquatableArray<FieldSetPlan>(_sets),
            _sets.Max(set => set.Length) + ResponseRoom.Block)
        {
            Words = new EquatableArray<int>(Pack(out List<PackedLine> texts)),
            Texts = new EquatableArray<PackedLine>(texts),
        };
    }

    /// <summary>The table of the sets, and the lines that it names: the same line is there once.</summary>
    private List<int> Pack(out List<PackedLine> texts)
    {
        var offsets = new Dictionary<PlannedLine, int>();
        var words = new List<int>();
        var lines = new List<int>();
        texts = [];
        int length = 0;
        int first = (_sets.Count + 1) * FieldSetTable.WordsOfSet;
        foreach (FieldSetPlan set in _sets)
        {
            words.AddRange([set.Preflight, first + lines.Count]);
            foreach (PlannedLine line in set.Lines)
            {
                if (!offsets.TryGetValue(line, out int offset))
                {
                    byte[] text = line.Text;
                    offset = length;
                    offsets.Add(line, offset);
                    texts.Add(new PackedLine(line.Line.Name, new EquatableArray<byte>([line.Kind, (byte)text.Length, (byte)(text.Length >> 8), .. text])));
                    length += FieldSetTable.LineHead + text.Length;
                }

                lines.Add(offset);
            }
        }

        words.AddRange([0, first + lines.Count]);
        words.AddRange(lines);
        return words;
    }

    private FieldClassPlan PlanClass(FieldClassSpec place)
    {
        int first = _sets.Count;
        string pattern = HttpPlanner.PatternOf(place.Scope);
        foreach (FieldSetSpec set in _fields.SetsOf(place))
        {
            Add(pattern, set);
        }

        return new FieldClassPlan(place.Scope, pattern, first, place.Cors is null ? -1 : _http.Cors.ToList().IndexOf(place.Cors), place.States, new EquatableArray<int>(place.Conditions));
    }

    private void Add(string pattern, FieldSetSpec set)
    {
        string[] members = [.. set.Lines.Where(IsVary).SelectMany(line => line.Value.Split(',')).Select(member => member.Trim()).Where(member => member.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        PlannedLine[] vary = members.Length == 0 ? [] : [new PlannedLine(FieldSetTable.Vary, new FieldLine(FieldSets.Vary, string.Join(", ", members)))];
        IEnumerable<PlannedLine> others = set.Lines
            .Where(line => !IsVary(line))
            .Select(line => new PlannedLine(_http.HasHandlers || _own.Contains(line.Name) ? FieldSetTable.AddedUnlessThere : FieldSetTable.Added, line)); // handlers write any
        _sets.Add(new FieldSetPlan(pattern + set.Asker, new EquatableArray<PlannedLine>(others.Concat(vary)), set.Preflight is null ? 0 : _preflight(set.Preflight)));
    }

    private static bool IsVary(FieldLine line) => FieldGroups.Same(line.Name, FieldSets.Vary);

    /// <summary>The field lines that some responses have by themselves.</summary>
    private static IEnumerable<FieldLine> OwnFields(HttpSpec http)
    {
        IEnumerable<FieldLine> ofRoutes = http.Routes.SelectMany(route => Of(route.Response).Concat(route.Action switch
        {
            FilesSpec files => files.Fields.Concat(files.Pages.NotFoundFields),
            RedirectSpec redirect => redirect.Fields,
            _ => [],
        }));
        return ofRoutes
            .Concat(http.ErrorPages.SelectMany(page => page.Response.Fields))
            .Concat(http.NotFound.SelectMany(folder => Of(folder.Fallback).Concat(Of(folder.NotFound))))
            .Concat(http.ErrorBackend?.Fields ?? Enumerable.Empty<FieldLine>());

        static IEnumerable<FieldLine> Of(ResponseSpec? response) => response is null ? [] : response.Fields.Concat(Of(response.WhileEnding));
    }

    /// <summary>The field lines of the response to a preflight, besides those of its path.</summary>
    internal static IEnumerable<FieldLine> PreflightFields(CorsSpec cors)
    {
        yield return new FieldLine("Access-Control-Allow-Methods", string.Join(", ", cors.AllowedMethods));
        if (cors.Headers.Count > 0)
        {
            yield return new FieldLine("Access-Control-Allow-Headers", string.Join(", ", cors.Headers));
        }

        if (cors.MaxAge is { } seconds)
        {
            yield return new FieldLine("Access-Control-Max-Age", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (cors.HasPrivateNetwork)
        {
            yield return new FieldLine("Access-Control-Allow-Private-Network", "true");
        }
    }
}
