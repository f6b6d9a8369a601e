using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the redirects of files: the table, and the calls that ask it. A line is an action behind all others, by its place in the table.</summary>
internal static class RedirectTableEmitter
{
    private const string Table = "EngineFeatures::RedirectTable";

    /// <summary>The arm of Begin for lines; null where there are none.</summary>
    internal static string? Arm(HttpPlan http)
        => http.Redirects is null ? null : FormattableString.Invariant($"> {http.Actions.Count} => {Table}.Begin<App<TKernel>>(request, output, Redirects, action - {http.Actions.Count}), // a line of the redirects");

    /// <summary>What goes before the routes.</summary>
    internal static void EmitForced(SourceWriter writer, HttpPlan http)
    {
        if (http.Redirects is { HasForced: true })
        {
            writer.WriteLines($$"""
                int forced = {{Table}}.Find(request, Redirects);
                if (forced != 0 && {{Table}}.IsForced(Redirects, forced))
                {
                    return Redirect(request, forced);
                }

                """);
        }
    }

    /// <summary>What is asked where no route has the path.</summary>
    internal static void EmitNotFound(SourceWriter writer, HttpPlan http)
    {
        if (http.Redirects is not null)
        {
            writer.WriteLines($$"""
                int line = {{Table}}.Find(request, Redirects);
                if (line != 0)
                {
                    return Redirect(request, line);
                }

                """);
        }
    }

    internal static void Emit(SourceWriter writer, HttpPlan http)
    {
        if (http.Redirects is not { } plan)
        {
            return;
        }

        string action = http.Actions.Count == 0 ? "EngineContract::FixedResponse.FirstAction + line" : FormattableString.Invariant($"EngineContract::FixedResponse.FirstAction + {http.Actions.Count} + line");
        string ofGet = Call(http, plan.OfGet);
        string ofAll = Call(http, plan.OfAll);
        string call = plan.OfAll < 0 ? ofGet : plan.OfGet < 0 ? ofAll : $"{Table}.KeepsMethod(Redirects, line) ? {ofAll} : {ofGet}";
        writer.WriteLines($$"""
            /// <summary>What no route has may be an action, too.</summary>
            public static bool NotFoundMayBeAction => true;

            /// <summary>The action of a line of the redirects, or what a method gets that it does not answer.</summary>
            private static int Redirect(EngineHttp::RequestHead* request, int line)
            {
                int action = {{action}};
                return {{call}};
            }

            private static byte* Redirects
                => (byte*){{ByteLiteral.AddressOf("RedirectTable")}};

            /// <summary>
            /// {{ServerEmitter.Count(plan.Lines, "redirect")}}, {{ServerEmitter.Count(plan.Table.Count, "byte")}}: slots, heads, and lines, each with a host, a path and a target; numbers are digits of six bits.
            /// </summary>
            """);
        byte[] table = [.. plan.Table];
        writer.WriteLines(ByteLiteral.Text(table) is { } text
            ? $"private static global::System.ReadOnlySpan<byte> RedirectTable => {text}u8;"
            : $"private static global::System.ReadOnlySpan<ulong> RedirectTable => [{string.Join(", ", Words(table))}];");
        writer.WriteLine();
    }

    /// <summary>The call of the method for a set of methods.</summary>
    private static string Call(HttpPlan http, int methods)
        => methods < 0 ? "" : $"{RouterEmitter.MethodsName(http.Methods[methods])}(request->Method, {string.Join(", ", http.Methods[methods].Methods.Select(_ => "action"))})";

    /// <summary>Bytes that are no text, as little-endian words: the compiler takes eight of them as fast as one.</summary>
    private static IEnumerable<string> Words(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            ulong word = 0;
            for (int j = Math.Min(sizeof(ulong), bytes.Length - i) - 1; j >= 0; j--)
            {
                word = word << 8 | bytes[i + j];
            }

            yield return "0x" + word.ToString("X", CultureInfo.InvariantCulture);
        }
    }
}
