using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Whom a handler answers: the client that is connected, or the one that a proxy has named.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class HandlerClient
{
    /// <summary>Keeps whom a proxy has named for the connection: see <see cref="IApp.ClientNamed"/>.</summary>
    public static void ClientNamed(Output* output, ClientAddress* address) => *Exchange.Client(output->Exchange) = *address;

    /// <summary>Writes the address of the client that is connected.</summary>
    /// <param name="head">The request. It is not looked at: with the parameters of <see cref="Write"/>, both are called with the same code (SizeTests).</param>
    /// <param name="output">The output of its connection.</param>
    /// <param name="text">Where to: <see cref="Layout.ClientName"/> bytes.</param>
    /// <returns>Behind it; or <paramref name="text"/>, where the client is gone.</returns>
    internal static byte* WriteConnected<TKernel>(RequestHead* head, Output* output, byte* text)
        where TKernel : struct, IKernel
    {
        ClientAddress address;
        return ClientAddress.TryGet<TKernel>(&address, output->Descriptor) ? address.Write(text) : text;
    }

    /// <summary>Writes the address of the client that a proxy has named, where there may be one.</summary>
    /// <param name="head">The request.</param>
    /// <param name="output">The output of its connection.</param>
    /// <param name="text">Where to: <see cref="Layout.ClientName"/> bytes.</param>
    /// <returns>Behind it; or <paramref name="text"/>, where the client is gone.</returns>
    internal static byte* Write<TKernel, TApp>(RequestHead* head, Output* output, byte* text)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
        ClientAddress room;
        ClientAddress* client = Exchange.FindClient<TKernel, TApp>(output, &room);
        if (client == null)
        {
            return text;
        }

        if (TApp.HasTrustedProxies && ForwardedClient.IsProxy<TApp>(client))
        {
            ForwardedClient forwarded = default;
            _ = forwarded.Read<TApp>(head);
            byte* named = forwarded.Write(text);
            if (named != text)
            {
                return named;
            }
        }

        return client->Write(text);
    }
}
