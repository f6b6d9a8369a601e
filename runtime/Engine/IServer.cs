namespace SyscallServer.Engine;

/// <summary>What the attribute says of a server, as constants that the compilers see.</summary>
public interface IServer
{
    /// <summary>Whether it writes messages for people.</summary>
    static virtual bool HasMessages => true;

    /// <summary>
    /// Whether SIGTERM is sent on to the children: those that wait for a further request of their client end then. Others would only
    /// ignore it.
    /// </summary>
    static virtual bool TellsChildren => false;

    /// <summary>How many connections may wait to be accepted, listen(2).</summary>
    static abstract int Backlog { get; }

    /// <summary>How many connections, and so children, there may be at the same time.</summary>
    static abstract int MaxConnections { get; }

    /// <summary>Seconds that a read from an accepted connection may wait.</summary>
    static abstract int ReadTimeout { get; }

    /// <summary>Seconds that a write to an accepted connection may wait.</summary>
    static abstract int WriteTimeout { get; }

    /// <summary>Seconds that children may go on after SIGTERM or SIGINT.</summary>
    static abstract int GracePeriod { get; }
}
