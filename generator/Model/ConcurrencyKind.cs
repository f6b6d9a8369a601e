namespace SyscallServer.Generator.Model;

/// <summary>SyscallServer.Concurrency, which the generator cannot reference. A test compares them.</summary>
internal enum ConcurrencyKind
{
    /// <summary>A process for each connection.</summary>
    Fork,

    /// <summary>Processes that serve one connection at a time.</summary>
    Prefork,

    /// <summary>Processes that serve many connections at a time.</summary>
    EventLoop,
}
