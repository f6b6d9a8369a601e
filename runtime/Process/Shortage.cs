using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Process;

/// <summary>
/// Descriptors, memory or processes are short, and what has failed is tried again. Standard error has a line about it, and while it lasts, or comes and goes with each connection, another one
/// each minute, with the number of failures so far. A server with a raw response asks no clock: there it is a line until all children have ended.
/// </summary>
internal unsafe struct Shortage
{
    /// <summary>The least time between two lines, in seconds.</summary>
    private const uint Pause = 60;

    /// <summary>When there may be another line, in seconds of the clock that no administrator sets.</summary>
    private uint _next;

    private uint _failures;

    /// <summary>Counts a failure, and says it where it is time to.</summary>
    /// <param name="shortage">What is known of earlier ones; zeros at first.</param>
    /// <param name="call">The message.</param>
    /// <param name="result">What the call returned: a negative errno.</param>
    internal static void Report<TKernel, TServer>(Shortage* shortage, MessageNumber call, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasMessages && IsDue<TKernel, TServer>(shortage))
        {
            Message.WriteLine<TKernel, TServer>(call, null, result);
            SayHowOften<TKernel, TServer>(shortage);
        }
    }

    /// <summary>The same with a text that only some engines have.</summary>
    internal static void Report<TKernel, TServer>(Shortage* shortage, ReadOnlySpan<byte> format, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasMessages && IsDue<TKernel, TServer>(shortage))
        {
            Message.WriteLine<TKernel, TServer>(format, result);
            SayHowOften<TKernel, TServer>(shortage);
        }
    }

    /// <summary>Nothing is short any more; where no time is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void End<TServer>(Shortage* shortage)
        where TServer : struct, IServer
    {
        if (TServer.HasMessages && !TServer.TimesShortages)
        {
            shortage->_failures = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SayHowOften<TKernel, TServer>(Shortage* shortage)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.TimesShortages && shortage->_failures > 1)
        {
            Message.WriteLine<TKernel, TServer>("retried # times so far"u8, -(int)shortage->_failures);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDue<TKernel, TServer>(Shortage* shortage)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        uint before = shortage->_failures++;
        if (TServer.TimesShortages)
        {
            timespec now;
            _ = TKernel.clock_gettime(Linux.CLOCK_MONOTONIC, &now);
            uint second = (uint)now.tv_sec;
            bool isDue = second >= shortage->_next;
            if (isDue)
            {
                shortage->_next = second + Pause;
            }

            return isDue;
        }

        return before == 0;
    }
}
