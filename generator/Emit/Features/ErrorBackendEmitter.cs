using System;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the members of the app by which <c>[ErrorBackend]</c> answers what no route has.</summary>
internal static class ErrorBackendEmitter
{
    internal static void Emit(SourceWriter writer, HttpPlan http)
    {
        if (http.ErrorBackend is not { } plan)
        {
            return;
        }

        string choice = $"EngineFeatures::ErrorBackend.Choose(request, ErrorsWithPages, first: {plan.First})";

        writer.WriteLines($"""
            /// <summary>What no route has gets the page of an error.</summary>
            public static bool ChoosesNotFound => true;

            public static int NotFound(EngineHttp::RequestHead* request) => {(http.Management is null ? choice : $"{EndpointRoleEmitter.IsOfManagement} ? EngineContract::FixedResponse.NotFound : {choice}")};

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
