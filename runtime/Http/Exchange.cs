
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What is known of a request and its response while an action, which is decided at run time, answers it (<see cref="IApp.Begin"/>). It has the same place for as long as the
/// connection lasts; what an app needs besides of a request is at <see cref="Memory"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Exchange
{
    /// <summary>What an action returns that has added its response to the output.</summary>
    public const int Answered = -1;

    /// <summary>What an action returns that waits for (more of) the request's body.</summary>
    public const int WantsBody = -2;

    /// <summary>What is still to be sent of <see cref="File"/>; 0 where there is none.</summary>
    public long Remaining;

    /// <summary>Where that begins in the file. While a file receives the body of a request: where the file ends.</summary>
    public long Offset;

    /// <summary>
    /// What an action keeps of a request until its body is complete: <see cref="IApp.ExchangeSize"/> bytes, which nobody has cleared; null where all that there is for such requests is in use, and the action
    /// answers 503.
    /// </summary>
    internal byte* Memory;

    /// <summary>The descriptor of a file that is sent behind the output. It is closed when it is sent, or the connection is closed.</summary>
    public int File;

    /// <summary>Whether <see cref="Memory"/> was written to.</summary>
    internal bool HasUsedMemory;

    /// <summary>What is done with the file.</summary>
    internal FileUse Use;

    /// <summary>Whether the method is HEAD: the response has no body (RFC 9110, section 9.3.2).</summary>
    public bool IsHead;

    /// <summary>What the response says of the connection.</summary>
    internal ConnectionField Connection;

    /// <summary>Bytes of one, with what lies behind it: <see cref="Client"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Size<TApp>()
        where TApp : struct, IApp
        => Layout.ExchangeWithClient(TApp.KeepsClient);

    /// <summary>Begins with nothing, for a connection that was accepted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Begin<TApp>(Exchange* exchange)
        where TApp : struct, IApp
    {
        *exchange = default;
        if (TApp.KeepsClient)
        {
            *Client(exchange) = default;
        }
    }

    /// <summary>The client of the connection, where it is known by now: the one that a proxy has named (<see cref="IApp.ClientNamed"/>), or who is connected. Only with <see cref="IApp.KeepsClient"/>.</summary>
    internal static ClientAddress* Client(Exchange* exchange) => (ClientAddress*)(exchange + 1);

    /// <summary>The client of the connection. The kernel is asked who is connected: once, with <see cref="IApp.KeepsClient"/>, and otherwise each time.</summary>
    /// <param name="output">The output of the connection.</param>
    /// <param name="room">Where it goes if it is not kept.</param>
    /// <returns>Null where it has reset the connection, so that nothing is known of it.</returns>
    internal static ClientAddress* FindClient<TKernel, TApp>(Output* output, ClientAddress* room)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        ClientAddress* client = TApp.KeepsClient ? Client(output->Exchange) : room;
        return (TApp.KeepsClient && client->IsKnown) || ClientAddress.TryGet<TKernel>(client, output->Descriptor) ? client : null;
    }
}

/// <summary>What is done with a file that is sent behind an output.</summary>
[System.Flags]
internal enum FileUse : byte
{
    None = 0,

    /// <summary>The connection is corked for it, which is long.</summary>
    IsCorked = 1,

    /// <summary>It is sent in parts, and not closed behind each.</summary>
    IsInParts = 2,
}
