using System;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Transport;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>A long response to clients of all kinds, as tcp(7) and socket(7) have it: a call that finds the buffer full waits until a third of it is free.</summary>
public sealed unsafe class ConnectionTests
{
    private const int Length = 1_000_000;

    [Fact]
    public void A_client_that_takes_a_long_response_slowly_but_steadily_gets_all_of_it()
    {
        // A third of the buffer takes a hundred seconds.
        Buffer.Reset(capacity: 30_000, perSecond: 100);
        Assert.True(Write());
        Assert.Equal(Length, Buffer.Taken);
        Assert.False(Buffer.IsNonBlocking);
    }

    [Fact]
    public void A_client_that_takes_no_more_is_given_up()
    {
        Buffer.Reset(capacity: 30_000, perSecond: 0);
        Assert.False(Write());
        Assert.Equal(2 * Buffer.Timeout, Buffer.Now); // once after what it took in part, once with nothing
    }

    [Fact]
    public void A_client_that_is_gone_is_given_up_at_once()
    {
        Buffer.Reset(capacity: 0, perSecond: 0);
        Buffer.IsGone = true;
        Assert.False(Write());
        Assert.Equal(0, Buffer.Now);
    }

    [Fact]
    public void A_fast_client_is_sent_to_by_calls_that_wait()
    {
        Buffer.Reset(capacity: 30_000, perSecond: 100_000);
        Assert.True(Write());
        Assert.Equal(0, Buffer.Changes);
    }

    private static bool Write()
    {
        byte[] response = new byte[Length];
        fixed (byte* first = response)
        {
            return Connection.WriteLong<Kernel>(7, first, Length);
        }
    }

    /// <summary>What the kernel keeps for a client, and the client.</summary>
    private static class Buffer
    {
        internal const int Timeout = 30;

        internal static int Capacity { get; private set; }

        internal static int PerSecond { get; private set; }

        internal static int Now { get; set; }

        internal static int Kept { get; set; }

        internal static int Taken { get; set; }

        internal static int Changes { get; set; }

        internal static bool IsNonBlocking { get; set; }

        internal static bool IsGone { get; set; }

        internal static void Reset(int capacity, int perSecond)
        {
            (Capacity, PerSecond) = (capacity, perSecond);
            Now = Kept = Taken = Changes = 0;
            IsNonBlocking = IsGone = false;
        }

        /// <summary>One call of write(2): the number of bytes, or EAGAIN.</summary>
        internal static int Write(int length)
        {
            int sent = 0;
            while (sent < length)
            {
                int count = Math.Min(length - sent, Capacity - Kept);
                (Kept, Taken, sent) = (Kept + count, Taken + count, sent + count);
                if (sent == length || IsNonBlocking || !HasWaited())
                {
                    break;
                }
            }

            return sent > 0 ? sent : -Errno.EAGAIN;
        }

        private static bool HasWaited()
        {
            for (int second = 0; second < Timeout; second++)
            {
                Now++;
                Kept = Math.Max(Kept - PerSecond, 0);
                if (Capacity - Kept >= Capacity / 3)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private readonly struct Kernel : IKernel
    {
        public static nint write(int fd, void* buf, nuint count) => Buffer.IsGone ? -Errno.EPIPE : Buffer.Write((int)count);

        public static nint fcntl(int fd, int op, nint arg)
        {
            Assert.Equal((7, Linux.F_SETFL), (fd, op));
            Buffer.IsNonBlocking = arg == Linux.O_NONBLOCK;
            Buffer.Changes++;
            return 0;
        }
    }
}
