using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes what fills files with the values of variables when the server starts: which files, where in them, and where the responses are from then on.</summary>
internal static class VariablesEmitter
{
    private const string Field = "s_filled";

    /// <summary>The names of the variables that it reads.</summary>
    internal static IEnumerable<string> Names(ServerPlan plan) => Filled(plan).SelectMany(filled => filled.Response.Placeholders).Select(placeholder => placeholder.Name).Distinct();

    private static (ResponsePlan Response, int Entry)[] Filled(ServerPlan plan) => plan.Http?.Filled ?? [];

    /// <summary>Where the files are described, and what fills them.</summary>
    internal static void EmitField(SourceWriter writer, ServerPlan plan)
    {
        (ResponsePlan Response, int Entry)[] filled = Filled(plan);
        if (filled.Length == 0)
        {
            return;
        }

        var texts = new Texts();
        string app = AppEmitter.TypeName(plan.Spec.Http!, plan.Http!, "TKernel");
        writer.WriteLines("""
            /// <summary>The table of the responses and all of their bytes, with what the environment says; null before the start.</summary>
            private static byte* s_filled;

            /// <summary>
            /// The files that are filled in. Of each the entry of its response, its length and how many places it has, and of each place where it begins and ends, how a value is written there, and where among the texts the name
            /// of the variable and its default are.
            /// </summary>
            private static global::System.ReadOnlySpan<uint> FilledFiles =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            foreach ((ResponsePlan response, int entry) in filled)
            {
                writer.WriteLines(FormattableString.Invariant($"{entry}, {response.Message.Body.Length}, {response.Placeholders.Count}, // {response.Name}"));
                foreach (PlaceholderSpec place in response.Placeholders)
                {
                    string standard = place.Default is null ? "0" : Number(texts.Add(place.Default));
                    writer.WriteLines(FormattableString.Invariant($"{place.Offset}, {place.Offset + place.Length}, {(int)place.Place}, {texts.Add(place.Name)}, {standard}, // {place.Name}, {place.Place}"));
                }
            }

            writer.WriteLines("0");
        }

        writer.WriteLine();
        writer.WriteLines($$"""
            /// <summary>Fills them, before there is anybody who could ask.</summary>
            private static bool FillFiles<TKernel>(byte** argv)
                where TKernel : struct, EngineKernel::IKernel
                => EngineFeatures::Variables.Fill<TKernel, Settings, {{app}}>(
                    argv,
                    (uint*){{ByteLiteral.AddressOf("FilledFiles")}},
                    {{ByteLiteral.Of(texts.Bytes)}},
                    responses: {{Number(plan.Http!.Responses.Count)}},
                    bytes: {{Number(plan.Http.Packing.Parts.Sum(part => part.Bytes.Count))}},
                    out {{Field}});

            """);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What ends a start without a value that is needed, as it ends one with wrong arguments; empty where nothing is filled in.</summary>
    internal static string Open(ServerPlan plan)
        => Filled(plan).Length == 0 ? "" : """
            if (!FillFiles<TKernel>(argv))
            {
                return EngineStartup::CommandLine.UsageError;
            }


            """;

    /// <summary>An address that is another one once the files are filled in.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="offset">Where it is then, behind the beginning.</param>
    /// <param name="planned">Where it is before: the JIT is shown the ways of a child.</param>
    internal static string Moved(HttpPlan plan, string offset, string planned) => plan.Filled.Length == 0 ? planned : $"({Field} != null ? {Field}{offset} : (byte*){planned})";

    /// <summary>Texts, each once, with a NUL behind it. The first one is empty, so nothing is at 0 that could be meant.</summary>
    private sealed class Texts
    {
        private readonly List<byte> _bytes = [0];
        private readonly Dictionary<string, int> _places = new();

        internal byte[] Bytes => [.. _bytes];

        internal int Add(string text)
        {
            if (!_places.TryGetValue(text, out int place))
            {
                place = _bytes.Count;
                _places.Add(text, place);
                _bytes.AddRange(Encoding.UTF8.GetBytes(text));
                _bytes.Add(0);
            }

            return place;
        }
    }
}
