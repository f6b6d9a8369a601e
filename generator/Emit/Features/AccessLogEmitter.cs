using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the members of the app by which the access log hears of requests and responses.</summary>
internal static class AccessLogEmitter
{
    private const string AccessLog = "EngineFeatures::AccessLog";
    private const string Output = "EngineHttp::Output";
    private const string IKernel = "EngineKernel::IKernel";

    /// <param name="writer">Where it is written.</param>
    /// <param name="spec">What the attributes say.</param>
    /// <param name="plan">The responses.</param>
    /// <param name="app">The app's name where it is used.</param>
    internal static void Emit(SourceWriter writer, HttpSpec spec, HttpPlan plan, string app)
    {
        if (!spec.HasAccessLog)
        {
            return;
        }

        writer.WriteLines($$"""
            /// <summary>A line for each response{{(spec.AccessLog.Mode == AccessLogKind.Optional ? ", with --access-log" : "")}}.</summary>
            public static bool IsObserved => true;

            public static EngineApi::AccessLogFormat LogFormat => EngineApi::AccessLogFormat.{{spec.AccessLog.Format}};

            public static int ObserverSize => {{AccessLog}}.Size<{{app}}>();

            public static int ObservedClientSize => {{AccessLog}}.ClientSize<{{app}}>();

            public static bool HasRoom({{Output}}* output) => {{AccessLog}}.HasRoom(output);

            public static void ObserverBegan(byte* observer) => {{AccessLog}}.ObserverBegan(observer);

            public static void ClientCame(byte* client, EngineKernel::ClientAddress* address) => {{AccessLog}}.ClientCame<{{app}}>(client, address);

            public static void TurnBegan({{Output}}* output, byte* client, byte* kept) => {{AccessLog}}.TurnBegan(output, client, kept);

            public static void RequestBegan({{Output}}* output, byte* input, byte* inputEnd) => {{AccessLog}}.RequestBegan<{{app}}>(output, input, inputEnd);

            public static bool IsRequestNew({{Output}}* output) => {{AccessLog}}.IsRequestNew(output);

            public static void KeepRequest({{Output}}* output, byte* buffer) => {{AccessLog}}.KeepRequest<{{app}}>(output, buffer);

            public static void ResponseAdded({{Output}}* output, int start, bool ofAction) => {{AccessLog}}.ResponseAdded<{{app}}>(output, start, ofAction);

            public static void BatchEnded<TCalls>({{Output}}* output, int signals, bool isEnding)
                where TCalls : struct, {{IKernel}}
                => {{AccessLog}}.BatchEnded<TCalls, {{app}}>(output, signals, isEnding);

            public static void ObserverEnded<TCalls>({{Output}}* output)
                where TCalls : struct, {{IKernel}}
                => {{AccessLog}}.ObserverEnded<TCalls>(output);

            """);
        EmitSent(writer, spec, app);
        int[] passedOver = plan.Responses.Select((response, index) => response.IsLogged ? -1 : index).Where(index => index >= 0).ToArray();
        if (passedOver.Length > 0)
        {
            writer.WriteLines($"""
                /// <summary>There is no line for {string.Join(", ", passedOver.Select(index => plan.Responses[index].Name))}.</summary>
                public static bool IsResponseObserved(int response) => response is not ({string.Join(" or ", passedOver)});

                public static void ResponsePassedOver({Output}* output) => {AccessLog}.ResponsePassedOver<{app}>(output);

                """);
        }
    }

    /// <summary>Writes the members by which it hears what was received and sent.</summary>
    private static void EmitSent(SourceWriter writer, HttpSpec spec, string app)
    {
        writer.WriteLines($"""
            public static void OutputSent({Output}* output, long sent, bool isOver) => {AccessLog}.OutputSent<{app}>(output, sent, isOver);

            public static int KeptResponsesSize => {AccessLog}.KeptSize<{app}>();

            public static void KeepResponses({Output}* output, byte* buffer, long sent, long left) => {AccessLog}.KeepResponses<{app}>(output, buffer, sent, left);

            public static bool KeptResponsesSent({Output}* output, byte* buffer, long left, bool isOver) => {AccessLog}.KeptResponsesSent<{app}>(output, buffer, left, isOver);

            """);
        if (spec.AccessLog.HasTimes)
        {
            writer.WriteLines($"""
                public static long Microseconds => {AccessLog}.Microseconds<TKernel>();

                public static void RequestHeadReceived({Output}* output, int length) => {AccessLog}.RequestHeadReceived(output, length);

                public static void RequestBodyReceived({Output}* output, int length) => {AccessLog}.RequestBodyReceived(output, length);

                """);
        }
    }
}
