using System;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the members of the app that read the header of the PROXY protocol.</summary>
internal static class ProxyProtocolEmitter
{
    /// <param name="writer">Where it is written.</param>
    /// <param name="spec">What the attributes say.</param>
    /// <param name="app">The app's name where it is used.</param>
    internal static void Emit(SourceWriter writer, HttpSpec spec, string app)
    {
        if (!spec.HasProxyProtocol)
        {
            return;
        }

        writer.WriteLines($$"""
            /// <summary>Each connection begins with the header of the PROXY protocol.</summary>
            public static bool HasPreamble => true;

            public static int ReadPreamble(EngineHttp::Output* output, byte* input, byte* inputEnd)
                => EngineFeatures::ProxyHeader.Read<{{app}}>(output, input, inputEnd);

            """);
        string[] told =
        [
            .. spec.HasAccessLog ? [$"EngineFeatures::AccessLog.ClientNamed<{app}>(output, address);"] : Array.Empty<string>(),
            .. spec.KeepsClient ? ["EngineFeatures::HandlerClient.ClientNamed(output, address);"] : Array.Empty<string>(),
        ];
        if (told.Length > 0)
        {
            writer.WriteLines("public static void ClientNamed(EngineHttp::Output* output, EngineKernel::ClientAddress* address)");
            using (writer.WriteBlock())
            {
                writer.WriteLines(string.Join("\n", told));
            }

            writer.WriteLine();
        }
    }
}
