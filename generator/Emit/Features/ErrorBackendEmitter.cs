using System;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes what <c>[ErrorBackend]</c> answers what no route has with.</summary>
internal static class ErrorBackendEmitter
{
    /// <summary>The response that it chooses; null where there is no error backend.</summary>
    internal static string? Choice(HttpPlan http)
        => http.ErrorBackend is { } plan ? $"EngineFeatures::ErrorBackend.Choose(request, ErrorsWithPages, first: {plan.First})" : null;

    internal static void Emit(SourceWriter writer, HttpPlan http)
    {
        if (http.ErrorBackend is not { } plan)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>The errors that have pages: how far their statuses are from {ErrorPages.LowestStatus}, and one bit more where a page is HTML, too.</summary>
            private static global::System.ReadOnlySpan<byte> ErrorsWithPages =>
            """);
        using (writer.WriteBlock("[", "];"))
        {
            foreach (ErrorBackendEntry error in plan.Errors)
            {
                writer.WriteLines(FormattableString.Invariant($"0x{error.Status - ErrorPages.LowestStatus | (error.HasHtml ? ErrorPages.HasHtml : 0):X2}, // {error.Status}{(error.HasHtml ? ", also as HTML" : "")}"));
            }
        }

        writer.WriteLine();
    }
}
