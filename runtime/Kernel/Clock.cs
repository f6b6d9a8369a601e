using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Kernel;

/// <summary>What time it is. The calls cannot fail: the clocks exist and the pointer is good.</summary>
internal static unsafe class Clock
{
    /// <summary>Milliseconds since some fixed moment, by the clock that no administrator sets: CLOCK_MONOTONIC.</summary>
    internal static long Milliseconds<TKernel>()
        where TKernel : struct, IKernel
    {
        timespec now;
        _ = TKernel.clock_gettime(Linux.CLOCK_MONOTONIC, &now);
        return now.tv_sec * 1000 + (uint)now.tv_nsec / 1_000_000;
    }

    /// <summary>Microseconds, by the same clock: never 0.</summary>
    internal static long Microseconds<TKernel>()
        where TKernel : struct, IKernel
    {
        timespec now;
        _ = TKernel.clock_gettime(Linux.CLOCK_MONOTONIC, &now);
        return Microseconds(&now);
    }

    /// <summary>The same, of a look at that clock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Microseconds(timespec* time) => time->tv_sec * 1_000_000 + (uint)time->tv_nsec / 1000 + 1;

    /// <summary>The time since 1970, for people: CLOCK_REALTIME.</summary>
    internal static timespec Now<TKernel>()
        where TKernel : struct, IKernel
    {
        timespec now;
        _ = TKernel.clock_gettime(Linux.CLOCK_REALTIME, &now);
        return now;
    }

    /// <summary>Seconds since 1970.</summary>
    internal static long UnixSeconds<TKernel>()
        where TKernel : struct, IKernel
    {
        timespec now;
        _ = TKernel.clock_gettime(Linux.CLOCK_REALTIME, &now);
        return now.tv_sec;
    }

    /// <summary>Milliseconds since 1970.</summary>
    internal static long UnixMilliseconds<TKernel>()
        where TKernel : struct, IKernel
    {
        timespec now = Now<TKernel>();
        return now.tv_sec * 1000 + (uint)now.tv_nsec / 1_000_000;
    }
}
