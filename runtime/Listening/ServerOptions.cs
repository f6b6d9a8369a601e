
using System.ComponentModel;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Listening;

/// <summary>What a server is told when it is started; the attribute's values where it is told nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ServerOptions
{
    /// <summary>Where to listen.</summary>
    public sockaddr_in Endpoint;

    /// <summary>Whether the start-up line is left out.</summary>
    public bool Quiet;

    /// <summary>Whether there is to be an access log; only where the server has the option. Engines know only that something observes (IApp.IsObserved).</summary>
    public bool IsObserved;

    /// <summary>For how many seconds the server goes on when it is told to end; only with <see cref="Process.IServer.HasDrainDelay"/>.</summary>
    public byte DrainDelay;
}
