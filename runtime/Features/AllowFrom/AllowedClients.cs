using System;
using System.ComponentModel;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Whether a request is from where requests are allowed from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AllowedClients
{
    /// <summary>
    /// Whether the client is among those that are allowed: the one that is connected, or the one that a trusted proxy has named. Where it is not known, it is not: it is gone, or the field of a proxy has no address.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="output">The output of its connection.</param>
    /// <param name="blocks">The addresses: one <see cref="AddressBlock"/> behind the other.</param>
    /// <param name="hasUnixSockets">Whether those are among them that come by a Unix socket.</param>
    public static bool Have<TKernel, TApp>(RequestHead* request, Output* output, ReadOnlySpan<byte> blocks, bool hasUnixSockets)
        where TKernel : struct, IKernel
        where TApp : struct, IAllowFrom
    {
        ClientAddress room;
        ClientAddress* client = Exchange.FindClient<TKernel, TApp>(output, &room);
        if (client == null)
        {
            return false;
        }

        byte* bytes = stackalloc byte[AddressBlock.AddressSize];
        if (TApp.HasTrustedProxies && ForwardedClient.IsProxy<TApp>(client))
        {
            ForwardedClient forwarded = default;
            if (forwarded.Read<TApp>(request))
            {
                return forwarded.TryCopy(bytes) && AddressBlock.AnyHas(blocks, bytes);
            }
        }

        return client->TryCopy(bytes) ? AddressBlock.AnyHas(blocks, bytes) : hasUnixSockets;
    }
}
