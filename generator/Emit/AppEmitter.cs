using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>
/// Writes the struct for which the engine's HTTP is specialised. Its shape:
/// <code>
/// private unsafe struct App : IApp
/// {
///     public static int MaxTargetBytes => 8000;
///     ...
///     public static int Route(Request* request) { ... }
///     public static PlannedResponse* Responses => ...;
///     private static ReadOnlySpan&lt;int> Table => [ ... ];
///     public static byte* Bytes => ...;
///     private static ReadOnlySpan&lt;byte> Messages => ...;
/// }
/// </code>
/// </summary>
internal static class AppEmitter
{
    internal static void Emit(SourceWriter writer, HttpSpec spec, HttpPlan plan)
    {
        writer.WriteLines($"""
            /// <summary>What the server answers to whom, for the engine: limits, the router, and every response as the bytes that go to the client.</summary>
            {ServerEmitter.GeneratedCode}
            private unsafe struct App : global::SyscallServer.Http.IApp
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines($"""
                /// <summary>A longer request target gets 414 (URI Too Long).</summary>
                public static int MaxTargetBytes => {spec.MaxTargetBytes};

                /// <summary>More bytes of field lines get 431 (Request Header Fields Too Large).</summary>
                public static int MaxHeaderBytes => {spec.MaxHeaderBytes};

                /// <summary>A longer body gets 413 (Content Too Large).</summary>
                public static int MaxBodyBytes => {spec.MaxBodyBytes};

                public static bool SendsDate => {(spec.SendsDate ? "true" : "false")};

                """);
            RouterEmitter.Emit(writer, plan);
            EmitTable(writer, plan);
            EmitMessages(writer, spec, plan);
        }
    }

    private static void EmitTable(SourceWriter writer, HttpPlan plan)
    {
        writer.WriteLines("""
            public static global::SyscallServer.Http.PlannedResponse* Responses
                => (global::SyscallServer.Http.PlannedResponse*)global::System.Runtime.CompilerServices.Unsafe.AsPointer(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Table));

            /// <summary>Where the responses lie in <see cref="Messages"/>, and which are variants of which.</summary>
            private static global::System.ReadOnlySpan<int> Table =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            writer.WriteLines("// head: offset, length; body: length; status; entity tag: offset, length; entry of the 304; entry with gzip");
            for (int i = 0; i < plan.Responses.Count; i++)
            {
                ResponsePlan response = plan.Responses[i];
                ResponseMessage message = response.Message;
                int[] row =
                [
                    response.Offset,
                    message.Head.Count,
                    message.Body.Count,
                    message.Status,
                    message.EntityTag == 0 ? 0 : response.Offset + message.EntityTag,
                    message.EntityTagLength,
                    response.NotModified,
                    response.Gzip,
                ];
                writer.WriteLines(string.Join(", ", row.Select(number => number.ToString(CultureInfo.InvariantCulture))) + $", // {i}: {response.Name}");
            }
        }

        writer.WriteLine();
    }

    private static void EmitMessages(SourceWriter writer, HttpSpec spec, HttpPlan plan)
    {
        int length = plan.Responses.Sum(response => response.Message.Length);
        writer.WriteLines($"""
            public static byte* Bytes
                => (byte*)global::System.Runtime.CompilerServices.Unsafe.AsPointer(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(Messages));

            /// <summary>The responses, {ServerEmitter.Count(length, "byte")}: of each the head, an empty line, the body.{(spec.SendsDate ? " The engine puts the date over the one in the head." : "")}</summary>
            """);
        MessageEmitter.Emit(writer, plan.Responses);
    }
}
