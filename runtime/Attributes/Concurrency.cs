namespace SyscallServer;

/// <summary>How a server handles several connections at the same time.</summary>
public enum Concurrency
{
    /// <summary>
    /// One process per connection, made by fork(2): a connection shares no memory with any other, and what goes wrong
    /// in one ends with it.
    /// </summary>
    Fork,

    /// <summary>
    /// A fixed number of processes (<c>Workers</c>) that each serve one connection after the other: no fork for a
    /// connection. For many short connections; while all workers have one, idle ones among them, further connections wait. HTTP only.
    /// </summary>
    Prefork,

    /// <summary>
    /// One process per CPU (<c>Workers</c>) that each serve thousands of connections at the same time, epoll(7): the least
    /// time and memory for each. HTTP only.
    /// </summary>
    EventLoop,
}
