namespace SyscallServer;

/// <summary>How a server handles several connections at the same time.</summary>
public enum Concurrency
{
    /// <summary>
    /// One process per connection, made by fork(2): a connection shares no memory with any other, and what goes wrong
    /// in one ends with it.
    /// </summary>
    Fork,
}
