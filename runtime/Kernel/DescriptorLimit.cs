
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Kernel;

/// <summary>How many descriptors the process may have.</summary>
internal static unsafe class DescriptorLimit
{
    /// <summary>
    /// Raises the soft limit to the hard one. The usual limit of 1,024 is for the sake of programs that use select(2), says systemd. To allow fewer, lower the hard limit, which is left as it is, or the
    /// connections (<see cref="IServer.MaxConnections"/>).
    /// </summary>
    internal static void Raise<TKernel>()
        where TKernel : struct, IKernel
    {
        rlimit limit;
        limit.rlim_cur = 0;
        if (TKernel.prlimit64(0, Linux.RLIMIT_NOFILE, null, &limit) == 0)
        {
            limit.rlim_cur = limit.rlim_max;
            _ = TKernel.prlimit64(0, Linux.RLIMIT_NOFILE, &limit, null); // where it may not, it stays
        }
    }
}
