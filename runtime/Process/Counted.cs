using System.ComponentModel;

namespace SyscallServer.Internal.Process;

/// <summary>What engines say that it has happened, to be counted: see <c>IApp.Count</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Counted
{
    /// <summary>A connection was accepted that is served.</summary>
    Accepted,

    /// <summary>A connection that was served is over.</summary>
    Closed,

    /// <summary>A connection was accepted that there was no place for.</summary>
    TurnedAway,

    /// <summary>Bytes were received.</summary>
    BytesReceived,

    /// <summary>Bytes were handed to the kernel.</summary>
    BytesSent,

    /// <summary>A client took too long with its next request.</summary>
    IdleTimeouts,

    /// <summary>A client took too long with a request, or with the first byte of its first one.</summary>
    ReadTimeouts,

    /// <summary>A client took nothing of a response for too long.</summary>
    WriteTimeouts,
}
