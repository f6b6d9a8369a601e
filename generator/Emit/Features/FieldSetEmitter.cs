using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the field lines that responses have for the paths of their requests: what chooses a set of them, and the sets.</summary>
internal static class FieldSetEmitter
{
    private const string Request = "EngineHttp::RequestHead";

    internal static void Emit(SourceWriter writer, HttpPlan http)
    {
        if (http.FieldSets is not { } plan)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Responses have field lines for the paths of their requests.</summary>
            public static bool HasFieldSets => true;

            /// <summary>The most bytes that these add to a head, with the rest of the last block.</summary>
            public static int FieldSetRoom => {plan.Room};

            """);
        if (plan.Policies.Count == 0 && http.Guards is null)
        {
            writer.WriteLines("""
                /// <summary>The engine asks for the set where it asks who may come in; here, everybody may.</summary>
                public static bool HasGuards => true;

                """);
        }

        RouterEmitter.EmitFieldSets(writer, http, plan);
        EmitConditions(writer, plan);
        EmitTable(writer, plan);
    }

    /// <summary>The expression for the set of a class.</summary>
    internal static string SetOf(FieldClassPlan fields, FieldSetsPlan plan)
    {
        IEnumerable<string> conditions = fields.Conditions.Select((condition, bit) => FormattableString.Invariant($"Rule{condition}(request) * {fields.States << bit}"));
        string policy = fields.Policy < 0 ? "" : $" + {StateOf(plan.Policies[fields.Policy])}";
        return fields.FirstSet.ToString(CultureInfo.InvariantCulture) + policy + string.Concat(conditions.Select(condition => " + " + condition));
    }

    private static string StateOf(CorsSpec cors)
        => cors.IsFixed ? "EngineHttp::CrossOrigin.IsPreflight(request)" : $"EngineHttp::CrossOrigin.Choose(request, {Origins(cors)})";

    private static string Origins(CorsSpec cors) => ByteLiteral.Of(Encoding.ASCII.GetBytes(string.Concat(cors.Origins.Select(origin => origin + "\0"))));

    private static void EmitConditions(SourceWriter writer, FieldSetsPlan plan)
    {
        for (int i = 0; i < plan.Conditions.Count; i++)
        {
            FieldRuleSpec rule = plan.Conditions[i];
            string path = $"EngineHttp::PathGlob.HasPath({ByteLiteral.Of([.. rule.Path])}, request)";
            string host = rule.Host.Count == 0 ? "" : $"EngineHttp::PathGlob.HasHost({ByteLiteral.Of([.. rule.Host])}, request) && ";
            writer.WriteLines($"""
                /// <summary>Whether a rule matches: 1, otherwise 0. In its patterns a NUL stands for a segment, and U+0001 for anything.</summary>
                private static int Rule{i}({Request}* request) => {host}{path} ? 1 : 0;

                """);
        }
    }

    private static void EmitTable(SourceWriter writer, FieldSetsPlan plan)
    {
        writer.WriteLines($"""
            public static uint* FieldSets
                => (uint*){ByteLiteral.AddressOf("FieldSetTable")};

            /// <summary>Of each set the response to a preflight, and where its lines begin; behind the last set where they end. A line is where it lies in <see cref="FieldSetLines"/>.</summary>
            private static global::System.ReadOnlySpan<uint> FieldSetTable =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            int[] words = [.. plan.Words];
            for (int i = 0; i < plan.Sets.Count; i++)
            {
                writer.WriteLines(FormattableString.Invariant($"{words[2 * i]}, {words[2 * i + 1]}, // {i}: {plan.Sets[i].Name}"));
            }

            int next = 2 * plan.Sets.Count;
            writer.WriteLines(FormattableString.Invariant($"{words[next]}, {words[next + 1]},"));
            next += 2;
            foreach (FieldSetPlan set in plan.Sets.Where(set => set.Lines.Count > 0))
            {
                writer.WriteLines(string.Concat(words.Skip(next).Take(set.Lines.Count).Select(word => FormattableString.Invariant($"{word}, "))).TrimEnd());
                next += set.Lines.Count;
            }
        }

        writer.WriteLine();
        writer.WriteLines($"""
            public static byte* FieldSetTexts
                => (byte*){ByteLiteral.AddressOf("FieldSetLines")};

            /// <summary>Field lines, each with its kind and its length in front.</summary>
            private static global::System.ReadOnlySpan<byte> FieldSetLines =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            foreach (PackedLine line in plan.Texts)
            {
                writer.WriteLines($"{ByteLiteral.List(line.Bytes)} // {line.Name}");
            }
        }

        writer.WriteLine();
    }
}
