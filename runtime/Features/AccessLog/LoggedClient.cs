using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Features;

/// <summary>A client as the access log knows it.</summary>
[StructLayout(LayoutKind.Explicit, Size = Layout.LoggedClientWithTime)]
internal unsafe struct LoggedClient
{
    /// <summary>Bytes of the text: up to 45, of an IPv6 address that ends with an IPv4 address.</summary>
    [FieldOffset(0)]
    internal byte NameLength;

    /// <summary>The first of them.</summary>
    [FieldOffset(1)]
    internal byte Name;

    /// <summary>Whether it is a proxy that says for whom it asks.</summary>
    [FieldOffset(Layout.ClientName - 1)]
    internal byte IsTrusted;

    /// <summary>When the first byte of its request was there, in microseconds; 0 where there is none. Only in a log with times.</summary>
    [FieldOffset(Layout.ClientName)]
    internal long Since;

    /// <summary>Bytes of its request that were received. Only in a log with times.</summary>
    [FieldOffset(Layout.ClientName + sizeof(long))]
    internal long Received;

    /// <summary>Notes how a client is called.</summary>
    internal static void Begin<TApp>(LoggedClient* client, ClientAddress* address)
        where TApp : struct, IApp, IAccessLog
    {
        client->NameLength = (byte)(address->Write(&client->Name) - &client->Name);
        if (TApp.HasTrustedProxies)
        {
            client->IsTrusted = ForwardedClient.IsProxy<TApp>(address) ? (byte)1 : (byte)0;
        }

        if (TApp.LogFormat == AccessLogFormat.Json)
        {
            ForgetRequest(client);
        }
    }

    /// <summary>It has no request now.</summary>
    internal static void ForgetRequest(LoggedClient* client)
    {
        client->Since = 0;
        client->Received = 0;
    }
}
