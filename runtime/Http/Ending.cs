using System.ComponentModel;

namespace SyscallServer.Internal.Http;

/// <summary>Where a server stands on its way to its end.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Ending : byte
{
    /// <summary>Nobody has asked it to end.</summary>
    None,

    /// <summary>It is to end: who asks for nothing is not waited for any longer.</summary>
    Stopping,

    /// <summary>It is to end, but not before a delay is over, in which it goes on to accept and to answer.</summary>
    Draining,
}
