using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>
/// Writes the struct for which the engine's HTTP is specialised. Its shape:
/// <code>
/// private struct App : IApp
/// {
///     public static int MaxTargetBytes => 8000;
///     ...
///     public static int Route(Request* request) { ... }
///     public static PlannedResponse* Responses => ...;
///     private static ReadOnlySpan&lt;uint> Table => [ ... ];
///     public static ushort* Phrases => ...;
///     private static ReadOnlySpan&lt;ushort> PhraseTable => [ ... ];
///     public static byte* Bytes => ...;
///     private static ReadOnlySpan&lt;byte> Messages => ...;
/// }
/// </code>
/// </summary>
internal static class AppEmitter
{
    /// <summary>The struct's name where it is used. Where something is decided at run time, or timed, it calls the kernel.</summary>
    internal static string TypeName(HttpSpec spec, HttpPlan plan, string kernel) => CallsKernel(spec, plan) ? $"App<{kernel}>" : "App";

    private static bool CallsKernel(HttpSpec spec, HttpPlan plan) => plan.Actions.Count > 0 || plan.Redirects is not null || spec.AccessLog.HasTimes || spec.HasGuards;

    /// <summary>What the engine and the features of an app call of it.</summary>
    private static IEnumerable<string> Interfaces(HttpSpec spec, HttpPlan plan)
    {
        yield return "EngineHttp::IApp";
        if (plan.Actions.OfType<FilesPlan>().Any())
        {
            yield return "EngineFeatures::IFiles";
        }

        if (plan.HasHandlers)
        {
            yield return "EngineFeatures::IHandlers";
        }

        if (spec.HasAccessLog)
        {
            yield return "EngineFeatures::IAccessLog";
        }

        if (spec.AllowFrom.Count > 0)
        {
            yield return "EngineFeatures::IAllowFrom";
        }
    }

    internal static void Emit(SourceWriter writer, ServerPlan server)
    {
        HttpSpec spec = server.Spec.Http!;
        HttpPlan plan = server.Http!;
        writer.WriteLines($"""
            /// <summary>What the server answers to whom, for the engine: limits, the router, and every response as the bytes that go to the client.</summary>
            private struct {TypeName(spec, plan, "TKernel")} : {string.Join(", ", Interfaces(spec, plan))}
            """);
        if (CallsKernel(spec, plan))
        {
            writer.WriteLines("    where TKernel : struct, EngineKernel::IKernel");
        }

        using (writer.WriteBlock())
        {
            EmitLimits(writer, spec, plan);
            EmitFeatures(writer, server);
            GuardEmitter.EmitApp(writer, plan, TypeName(spec, plan, "TKernel"));
            FieldSetEmitter.Emit(writer, plan);
            RouterEmitter.Emit(writer, plan);
            ErrorBackendEmitter.Emit(writer, plan);
            RedirectTableEmitter.Emit(writer, plan);
            ActionEmitter.EmitErrors(writer, plan);
            ActionEmitter.Emit(writer, server.Spec, plan);
            string? live = spec.HasLiveAssets ? TypeName(spec, plan, "TKernel") : null;
            LiveAssetsEmitter.Emit(writer, plan, live);
            EmitTable(writer, plan, live);
            EmitMessages(writer, plan, live);
        }
    }

    /// <summary>The address of a constant, in whose place there may be another one where files change.</summary>
    private static string AddressOf(string constant, string type, string member, string? live)
        => Live(type, member, live, ByteLiteral.AddressOf(constant));

    /// <summary>The same of one that moves where files are filled in; both do not come together.</summary>
    private static string AddressOf(HttpPlan plan, string constant, string type, string offset, string member, string? live)
        => Live(type, member, live, VariablesEmitter.Moved(plan, offset, ByteLiteral.AddressOf(constant)));

    private static string Live(string type, string member, string? live, string address)
        => live is null ? $"({type}*){address}" : $"EngineStartup::ManagedHost.{member}<{live}>({address})";

    private static void EmitLimits(SourceWriter writer, HttpSpec spec, HttpPlan plan)
    {
        writer.WriteLines($"""
            /// <summary>A longer request target gets 414 (URI Too Long).</summary>
            public static int MaxTargetBytes => {spec.MaxTargetBytes};

            /// <summary>More bytes of field lines get 431 (Request Header Fields Too Large).</summary>
            public static int MaxHeaderBytes => {spec.MaxHeaderBytes};

            /// <summary>A longer body gets 413 (Content Too Large).</summary>
            public static int MaxBodyBytes => {spec.MaxBodyBytes};

            /// <summary>The most bytes that a response takes in the output, and how many are free there when one is begun.</summary>
            public static int LongestResponse => {plan.LongestResponse};

            public static bool SendsDate => {(spec.SendsDate ? "true" : "false")};

            """);
    }

    /// <summary>What the engine has only for servers that ask for it.</summary>
    private static void EmitFeatures(SourceWriter writer, ServerPlan server)
    {
        HttpSpec spec = server.Spec.Http!;
        HttpPlan plan = server.Http!;
        if (server.Spec.Concurrency == ConcurrencyKind.EventLoop && !spec.HasLiveAssets)
        {
            writer.WriteLines("""
                /// <summary>One process serves many clients, which are likely to ask for the same.</summary>
                public static bool KeepsLastResponse => true;

                """);
        }

        EmitWhileEnding(writer, plan);
        AccessLogEmitter.Emit(writer, spec, plan, TypeName(spec, plan, "TKernel"));
        MetricsEmitter.EmitApp(writer, spec);
        TrustedProxiesEmitter.Emit(writer, spec.TrustedProxies);
        ProxyProtocolEmitter.Emit(writer, spec, TypeName(spec, plan, "TKernel"));
        if (spec.KeepsClient)
        {
            writer.WriteLines("""
                /// <summary>Whose connection it is, is found out once.</summary>
                public static bool KeepsClient => true;

                """);
        }

        EndpointRoleEmitter.EmitApp(writer, server);
        if (spec.HasParts)
        {
            writer.WriteLines("""
                /// <summary>Files are among the responses: parts of them can be asked for, and the engine writes Content-Length.</summary>
                public static bool HasParts => true;

                """);
        }

        if (spec.HasAssets)
        {
            writer.WriteLines($$"""
                public static bool HasAssets => true;

                /// <summary>The content of the files, which no compiler has seen: a resource of the assembly, or, without the .NET runtime, what the linker has put into the place of a constant.</summary>
                public static byte* Assets => EngineStartup::ManagedHost.Assets<{{TypeName(spec, plan, "TKernel")}}>((byte*){{ByteLiteral.AddressOf("PlaceOfAssets")}});

                private static global::System.ReadOnlySpan<byte> PlaceOfAssets => {{ByteLiteral.Of(Encoding.UTF8.GetBytes(AssetBlock.Place + server.Assembly))}};

                """);
        }

        if (plan.Responses.Any(response => response.Brotli != 0))
        {
            writer.WriteLines("""
                /// <summary>Some responses are there with br.</summary>
                public static bool HasBrotli => true;

                """);
        }
    }

    /// <summary>What responses become while the server is ending, where some do not stay what they are.</summary>
    private static void EmitWhileEnding(SourceWriter writer, HttpPlan plan)
    {
        if (plan.Responses.All(response => response.WhileEnding == 0))
        {
            return;
        }

        writer.WriteLines("""
            /// <summary>Some responses are others while the server is ending.</summary>
            public static bool ChangesWhileEnding => true;

            public static int WhileEnding(int response) => response switch
            """);
        using (writer.WriteBlock("{", "};"))
        {
            for (int i = 0; i < plan.Responses.Count; i++)
            {
                if (plan.Responses[i].WhileEnding != 0)
                {
                    writer.WriteLines(FormattableString.Invariant($"{i} => {plan.Responses[i].WhileEnding}, // {plan.Responses[i].Name}"));
                }
            }

            writer.WriteLines("_ => response,");
        }

        writer.WriteLine();
    }

    private static void EmitTable(SourceWriter writer, HttpPlan plan, string? live)
    {
        bool hasBrotli = plan.Responses.Any(response => response.Brotli != 0);
        if (plan.Responses.Any(response => response.Gzip != 0))
        {
            writer.WriteLines("private const uint GzipFollows = (uint)EngineContract::PlannedResponse.HasGzip << 16;");
            writer.WriteLine();
        }

        if (hasBrotli)
        {
            writer.WriteLines("private const uint BrotliFollows = (uint)EngineContract::PlannedResponse.HasBrotli << 16;");
            writer.WriteLine();
        }

        writer.WriteLines($"""
            public static EngineContract::PlannedResponse* Responses
                => {AddressOf(plan, "Table", "EngineContract::PlannedResponse", "", "LiveResponses", live)};

            /// <summary>Where the responses lie in <see cref="Messages"/>, and which are variants of which.</summary>
            private static global::System.ReadOnlySpan<uint> Table =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            writer.WriteLines("// Offset of the field lines, length of the body, and in one word the offsets of the status and, from the field lines on, of the entity tag.");
            writer.WriteLines($"// Behind a response with an entity tag is its 304, and behind that the same with gzip{(hasBrotli ? ", and with br" : "")}, where it says so.");
            for (int i = 0; i < plan.Responses.Count; i++)
            {
                ResponsePlan response = plan.Responses[i];
                PackedResponse packed = plan.Packing.Responses[i];
                string variants = (packed.EntityTag == 0 ? "" : FormattableString.Invariant($" | {packed.EntityTag} << 16")) + (response.Gzip == 0 ? "" : " | GzipFollows") + (response.Brotli == 0 ? "" : " | BrotliFollows");
                writer.WriteLines(FormattableString.Invariant($"{packed.Head}, {response.Message.Body.Length}, {packed.Status}{variants}, // {i}: {response.Name}"));
            }
        }

        writer.WriteLine();
        writer.WriteLines($"""
            public static ushort* Phrases
                => {AddressOf("PhraseTable", "ushort", "LivePhrases", live)};

            /// <summary>Where the phrases begin in <see cref="Messages"/>, and where the last of them ends.</summary>
            private static global::System.ReadOnlySpan<ushort> PhraseTable => [{string.Join(", ", plan.Packing.Phrases.Select(offset => offset.ToString(CultureInfo.InvariantCulture)))}];
            """);
        writer.WriteLine();
    }

    private static void EmitMessages(SourceWriter writer, HttpPlan plan, string? live)
    {
        writer.WriteLines($"""
            public static byte* Bytes
                => {AddressOf(plan, "Messages", "byte", FormattableString.Invariant($" + {plan.Responses.Count} * sizeof(EngineContract::PlannedResponse)"), "LiveBytes", live)};

            /// <summary>
            /// The responses, {ServerEmitter.Count(plan.Packing.Parts.Sum(part => part.Bytes.Count), "byte")}: of each the field lines, in which a control character stands for a phrase, and the body. The engine adds
            /// the beginning of the status line, the date, and what there is to be said of the connection.
            /// </summary>
            """);
        MessageEmitter.Emit(writer, plan.Packing.Parts);
    }
}
