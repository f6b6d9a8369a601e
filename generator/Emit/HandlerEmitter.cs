using System;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes the members of the app by which the user's methods are called.</summary>
internal static class HandlerEmitter
{
    internal static void Emit(SourceWriter writer, ServerSpec server, HttpPlan plan)
    {
        EmitSwitch("A longer body of a response becomes a 500 (Internal Server Error).", "public static int MaxResponseOf(int action)", handler => Number(handler.MaxResponseBytes), "0");
        if (plan.HandlerFields.Length > 0)
        {
            writer.WriteLines($"public static global::System.ReadOnlySpan<byte> HandlerFields => {ByteLiteral.Of(Encoding.UTF8.GetBytes(plan.HandlerFields))};");
            writer.WriteLine();
        }

        if (plan.Actions.OfType<HandlerPlan>().Any(handler => handler.Template.Count > 0))
        {
            EmitSwitch(
                "The paths with parameters: behind each NUL is the name of one, or a star.",
                "public static global::System.ReadOnlySpan<byte> TemplateOf(int action)",
                handler => handler.Template.Count == 0 ? null : ByteLiteral.Of(handler.Template.ToArray()),
                "default");
        }

        if (server.HasCommandLineInterface)
        {
            EmitSwitch(
                "What messages call a handler.",
                "public static global::System.ReadOnlySpan<byte> NameOf(int action)",
                handler => ByteLiteral.Of(Encoding.UTF8.GetBytes(handler.Pattern)),
                "default");
        }
        else
        {
            writer.WriteLines("public static bool HasMessages => false;");
            writer.WriteLine();
        }

        EmitHandle(writer, server, plan);

        void EmitSwitch(string summary, string declaration, Func<HandlerPlan, string?> value, string otherwise)
        {
            // What is the same for all handlers is said once.
            string?[] values = plan.Actions.OfType<HandlerPlan>().Select(value).Distinct().ToArray();
            if (values.Length == 1 && values[0] is not null)
            {
                otherwise = values[0]!;
            }

            ActionEmitter.EmitSwitch(writer, summary, declaration, plan, action => action is HandlerPlan handler ? value(handler) : null, otherwise);
        }
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void EmitHandle(SourceWriter writer, ServerSpec server, HttpPlan plan)
    {
        writer.WriteLines("""
            /// <summary>Calls the method that answers.</summary>
            public static void Handle(int action, in EngineApi::Request request, ref EngineApi::ResponseWriter response)
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines("switch (action)");
            using SourceWriter.Block block = writer.WriteBlock();
            for (int i = 0; i < plan.Actions.Count; i++)
            {
                if (plan.Actions[i] is HandlerPlan handler)
                {
                    string call = handler is MetricsPlan ? MetricsEmitter.Page(server) : $"global::{server.FullName}.{handler.Method}(in request, ref response)";
                    writer.WriteLines($"""
                        case {i}: // {handler.Pattern}
                            {call};
                            break;
                        """);
                }
            }
        }

        writer.WriteLine();
    }
}
