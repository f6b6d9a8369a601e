using System.Text;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes the members of the app that say which clients are proxies that say for whom they ask.</summary>
internal static class TrustedProxiesEmitter
{
    /// <param name="writer">Where it is written.</param>
    /// <param name="proxies">What the attributes say; null where no client is one.</param>
    internal static void Emit(SourceWriter writer, TrustedProxiesSpec? proxies)
    {
        if (proxies is null)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Some clients are proxies that say for whom they ask.</summary>
            public static bool HasTrustedProxies => true;

            public static bool TrustsUnixSockets => {(proxies.HasUnixSockets ? "true" : "false")};

            public static global::System.ReadOnlySpan<byte> TrustedProxies => {(proxies.Blocks.Count == 0 ? "default" : ByteLiteral.Of([.. proxies.Blocks]))};

            public static global::System.ReadOnlySpan<byte> ClientAddressField => {ByteLiteral.Of(Encoding.ASCII.GetBytes(proxies.Field + ":"))};

            public static bool IsForwarded => {(proxies.IsForwarded ? "true" : "false")};

            """);
    }
}
