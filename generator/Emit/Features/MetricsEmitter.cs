using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes what counts what the server does: where the counters are, the members of the app and of the settings that count, and the call of the page.</summary>
internal static class MetricsEmitter
{
    private const string Metrics = "EngineFeatures::Metrics";
    private const string Field = "s_metrics";
    private const string Build = "Build";

    /// <summary>Where the counters are.</summary>
    internal static void EmitField(SourceWriter writer, ServerPlan plan)
    {
        if (plan.Spec.Http is { HasMetrics: true })
        {
            writer.WriteLines($"""
                /// <summary>What was counted, in memory that all processes of the server have.</summary>
                private static {Metrics}* {Field};

                /// <summary>What it says of the program.</summary>
                private static global::System.ReadOnlySpan<byte> {Build} => {ByteLiteral.Of(Encoding.UTF8.GetBytes(Labels(plan)))};

                """);
        }
    }

    /// <summary>The labels of <c>server_build_info</c>. What is longer than any file's name is left out.</summary>
    private static string Labels(ServerPlan plan)
    {
        string program = plan.VersionLine.TrimEnd('\n');
        int blank = program.LastIndexOf(' ');
        return $"program=\"{Escape(program.Substring(0, blank))}\",version=\"{Escape(program.Substring(blank + 1))}\",concurrency=\"{plan.Spec.Concurrency}\"";
    }

    /// <summary>A value between quotation marks, as far as there is room for it.</summary>
    private static string Escape(string value)
    {
        string escaped = value.Replace("\\", "\\\\").Replace("\"", "\\\"");
        return Encoding.UTF8.GetByteCount(escaped) <= Limits.MetricsLabelLength ? escaped : "";
    }

    /// <summary>What asks for the memory, in front of what else the start asks for.</summary>
    internal static string Open(ServerPlan plan)
    {
        ServerSpec spec = plan.Spec;
        if (spec.Http is not { HasMetrics: true })
        {
            return "";
        }

        bool forks = spec.Concurrency == ConcurrencyKind.Fork;
        string blocks = forks ? "1" : spec.Workers == 0 ? $"{Limits.MaxWorkers}" : $"{spec.Workers}";
        string connections = spec.Concurrency == ConcurrencyKind.EventLoop ? "Settings.MaxConnections" : "1";
        return $"{Metrics}.Open<TKernel, Settings>(out {Field}, EngineStartup::ManagedHost.Clock(argv), blocks: {blocks}, isShared: {(forks ? "true" : "false")}, {connections})\n    && ";
    }

    /// <summary>The members by which the engine says what happens on connections.</summary>
    internal static void EmitApp(SourceWriter writer, HttpSpec spec)
    {
        if (!spec.HasMetrics)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>What happens is counted.</summary>
            public static bool IsCounted => true;

            public static void Count(EngineProcess::Counted what, long amount) => {Metrics}.Count({Field}, what, amount);

            public static void CountedTurnBegan(int connection) => {Metrics}.TurnBegan({Field}, connection);

            public static void CountedConnectionBegan() => {Metrics}.ConnectionBegan({Field});

            public static void CountedRequestBegan(EngineApi::HttpMethod method) => {Metrics}.RequestBegan<TKernel>({Field}, method);

            public static void CountedResponseAdded(EngineHttp::Output* output, int start) => {Metrics}.ResponseAdded<TKernel>({Field}, output, start);

            public static void CountedBatchEnded() => {Metrics}.BatchEnded<TKernel>({Field});

            """);
    }

    /// <summary>The members by which it says what happens to processes.</summary>
    internal static void EmitProcesses(SourceWriter writer, ServerPlan plan)
    {
        if (plan.Spec.Http is not { HasMetrics: true })
        {
            return;
        }

        writer.WriteLines(plan.Spec.Concurrency == ConcurrencyKind.Fork
            ? $"""
                public static void ChildBegan() => {Metrics}.Count({Field}, EngineProcess::Counted.Accepted, 1);

                public static void ChildEnded() => {Metrics}.Count({Field}, EngineProcess::Counted.Closed, 1);

                """
            : $"""
                public static void WorkerBegan(int worker) => {Metrics}.WorkerBegan({Field}, worker);

                public static void WorkerEnded(int worker) => {Metrics}.WorkerEnded({Field}, worker);

                """);
    }

    /// <summary>What answers a request for the numbers.</summary>
    internal static string Page(ServerSpec server)
        => $"EngineFeatures::MetricsPage.Write({Field}, hasWorkers: {(server.Concurrency == ConcurrencyKind.Fork ? "false" : "true")}, {Build}, in request, ref response)";
}
