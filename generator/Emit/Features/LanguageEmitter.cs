using System;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes what chooses the language of a response that the router has found.</summary>
internal static class LanguageEmitter
{
    /// <summary>The beginning of the router, where the engine calls it by what chooses the language; null where nothing does.</summary>
    internal static string? Router(HttpPlan plan) => plan.Languages.Count == 0 ? null : "private static int RouteByPath(EngineHttp::RequestHead* request)";

    /// <summary>What is called in the place of the router.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="declaration">The beginning of the method.</param>
    internal static void Emit(SourceWriter writer, HttpPlan plan, string declaration)
    {
        if (plan.Languages.Count == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Finds the response to a request, in the language that the client likes best.</summary>
            {declaration}
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines("""
                int response = RouteByPath(request);
                return response switch
                """);
            using (writer.WriteBlock("{", "};"))
            {
                foreach (LanguagePlan language in plan.Languages)
                {
                    string tags = ByteLiteral.Of(Encoding.ASCII.GetBytes(string.Concat(language.Tags.Select(tag => tag + "\0"))));
                    string responses = string.Join(", ", language.Responses.Select(response => response.ToString(CultureInfo.InvariantCulture)));
                    writer.WriteLines(FormattableString.Invariant($"{language.Response} => EngineFeatures::Languages.Choose(request, {tags}, [{responses}], otherwise: response), // {plan.Responses[language.Response].Name}"));
                }

                writer.WriteLines("_ => response,");
            }
        }

        writer.WriteLine();
    }
}
