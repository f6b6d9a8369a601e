
namespace SyscallServer.Internal.Kernel;

/// <summary>What the engines with workers do with epoll(7).</summary>
internal static unsafe class Epoll
{
    /// <summary>epoll_ctl(2) with its structure.</summary>
    /// <param name="epoll">The set.</param>
    /// <param name="operation">EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL, for which the rest does not matter.</param>
    /// <param name="descriptor">What is watched.</param>
    /// <param name="events">What for.</param>
    /// <param name="data">What an event of it is known by.</param>
    /// <returns>0, or a negative errno.</returns>
    internal static int Control<TKernel>(int epoll, int operation, int descriptor, uint events, ulong data)
        where TKernel : struct, IKernel
    {
        epoll_event watched;
        watched.events = events;
        watched.data = data;
        return (int)TKernel.epoll_ctl(epoll, operation, descriptor, &watched);
    }
}
