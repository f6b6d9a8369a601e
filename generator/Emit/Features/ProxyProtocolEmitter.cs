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
        if (spec.HasProxyProtocol)
        {
            writer.WriteLines($$"""
                /// <summary>Each connection begins with the header of the PROXY protocol.</summary>
                public static bool HasPreamble => true;

                public static int ReadPreamble(EngineHttp::Output* output, byte* input, byte* inputEnd)
                    => EngineFeatures::ProxyHeader.Read<{{app}}>(output, input, inputEnd);

                """);
        }
    }
}
