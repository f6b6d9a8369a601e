using System;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what a server has besides whose embedded files are served as they are on the disk: only in builds for development.</summary>
internal static class LiveAssetsEmitter
{
    /// <summary>Of a method that chooses a response, the name under which it does so as planned.</summary>
    internal const string Planned = "AsPlanned";

    private const int MaxLiterals = 100;

    /// <summary>The call that finds the files, behind the preparations of the JIT; empty where there are none.</summary>
    internal static string Open(ServerPlan plan)
        => TypeName(plan, "Kernel") is { } app ? $"\n        EngineStartup::ManagedHost.OpenLiveAssets<{app}>({app}.LiveFiles, args);" : "";

    /// <summary>The call that says so, behind the start-up line.</summary>
    internal static string Tell(ServerPlan plan)
        => TypeName(plan, "TKernel") is { } app ? $"\nEngineStartup::ManagedHost.TellLiveAssets<{app}>();" : "";

    private static string? TypeName(ServerPlan plan, string kernel)
        => plan.Spec.Http is { HasLiveAssets: true } http ? AppEmitter.TypeName(http, plan.Http!, kernel) : null;

    /// <summary>Writes the members of the app.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="app">The app's type; null where files are as they were when the program was built.</param>
    internal static void Emit(SourceWriter writer, HttpPlan plan, string? app)
    {
        if (app is null)
        {
            return;
        }

        Choose("Route", "The response to a request, with the file as it is now.");
        if (RouterEmitter.ChoosesNotFound(plan))
        {
            Choose("NotFound", "The same for what no route has.");
        }

        writer.WriteLines("""
            /// <summary>How many responses there are, and which of them are files: path, SHA-256 of the content that was planned, and type.</summary>
            internal static global::System.ReadOnlySpan<byte> LiveFiles =>
            """);
        string[] lines = [Count(plan.Responses.Count), .. plan.LiveResponses.Select(live => FormattableString.Invariant($"{live.Response}\t{Uri.EscapeDataString(live.File.Path)}\t{live.File.Hash}\t{live.File.ContentType}"))];
        using (writer.Indent())
        {
            // The compiler adds up literals one by one.
            int together = lines.Length / MaxLiterals + 1;
            for (int i = 0; i < lines.Length; i += together)
            {
                string text = string.Concat(lines.Skip(i).Take(together).Select(line => line + "\n"));
                writer.WriteLines(ByteLiteral.Of(Encoding.UTF8.GetBytes(text)) + (i + together < lines.Length ? " +" : ";"));
            }
        }

        writer.WriteLine();

        void Choose(string method, string summary)
            => writer.WriteLines($"""
                /// <summary>{summary}</summary>
                public static int {method}(EngineHttp::RequestHead* request) => EngineStartup::ManagedHost.LiveResponse<{app}>({method}{Planned}(request));

                """);

        static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
