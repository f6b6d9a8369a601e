
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Models;

/// <summary>
/// What an event loop keeps of a connection: at most 128 bytes. Bytes that were received but are not yet a request, and bytes that the client does
/// not take yet, are in buffers that most connections never need (<see cref="BufferPool"/>).
/// </summary>
internal unsafe struct ClientConnection
{
    /// <summary>The descriptor; -1 for a place that is free.</summary>
    internal int Descriptor;

    /// <summary>What it waits for, and so the list that it is in.</summary>
    internal Waiting Waiting;

    /// <summary>Whether the client has ended its side.</summary>
    internal bool ClientEnded;

    /// <summary>Whether it is in the epoll set: most connections that serve one request never are.</summary>
    internal bool IsWatched;

    /// <summary>The role of the endpoint that it has come to; only with <see cref="Process.IServer.HasEndpointRoles"/>.</summary>
    internal EndpointRole Role;

    /// <summary>Whether behind what is still to be written of its buffer there is another part of a multipart body; only with <see cref="Output.HasRanges"/>.</summary>
    internal bool HasLaterParts;

    /// <summary>The neighbours in its list; of a free place, the next free one.</summary>
    internal int Previous;
    internal int Next;

    /// <summary>Since when it waits, in seconds of the loop's clock.</summary>
    internal uint Since;

    /// <summary>The buffer with the beginning of a request, or -1, and how much of it is used.</summary>
    internal int InputBuffer;
    internal int InputLength;

    /// <summary>The buffer with what is still to be written, or -1, where it begins, and how much there is.</summary>
    internal int OutputBuffer;
    internal int OutputStart;
    internal int OutputLength;

    /// <summary>
    /// The buffer with what an observer keeps of the request while the body is still to come, and that with what it keeps of responses while the client takes them slowly; or -1. There are so few buffers that a short has
    /// all of their numbers.
    /// </summary>
    internal short RequestBuffer;

    /// <inheritdoc cref="RequestBuffer"/>
    internal short ResponsesBuffer;

    /// <summary>What is still to be written behind it: in read-only data, not copied.</summary>
    internal int BodyLength;
    internal byte* Body;

    /// <summary>Where it stands in its requests.</summary>
    internal HttpConnection Http;

    /// <summary>Whether a part of a request has come, and not all of it.</summary>
    internal readonly bool IsInRequest => InputLength > 0 || Http.IsInBody;
}

/// <summary>What a connection waits for.</summary>
internal enum Waiting : byte
{
    /// <summary>The next request.</summary>
    Idle,

    /// <summary>The rest of a request, or the first byte of the first one.</summary>
    Reading,

    /// <summary>The client to take what is to be written.</summary>
    Writing,

    /// <summary>The client to end its side, after the last response.</summary>
    Lingering,
}
