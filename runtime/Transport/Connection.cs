using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;

namespace SyscallServer.Internal.Transport;

/// <summary>
/// What a process does with the one connection it serves, on a blocking socket whose timeouts were set on the listener
/// (<see cref="Listener"/>).
/// </summary>
/// <remarks>
/// Under the JIT this code runs in a forked child, where nothing may be compiled any more: it uses pointers, and calls
/// nothing of the class library.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Connection
{
    /// <summary>Reads once, for as long as the listener's read timeout.</summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="length">How many there may be.</param>
    /// <returns>The number of bytes; 0 where the client has ended its side; a negative errno, EAGAIN after the timeout.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read<TKernel>(int connection, byte* buffer, nint length)
        where TKernel : struct, IKernel
    {
        int count;
        do
        {
            count = (int)TKernel.read(connection, buffer, (nuint)length);
        }
        while (count == -Errno.EINTR);
        return count;
    }

    /// <summary>Writes all of the bytes, however few the kernel takes at a time.</summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">How many.</param>
    /// <returns>False where the client is gone, or took nothing for as long as the listener's write timeout.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Write<TKernel>(int connection, byte* bytes, nint length)
        where TKernel : struct, IKernel
    {
        while (length > 0)
        {
            nint count = TKernel.write(connection, bytes, (nuint)length);
            if (count > 0)
            {
                bytes += count;
                length -= count;
            }
            else if (count != -Errno.EINTR)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same for more than every socket takes at once (<see cref="Limits.BytesOfOneWrite"/>): a client that takes it slowly, but steadily, gets all of it.</summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">How many.</param>
    /// <returns>False where the client is gone, or took nothing for as long as the listener's write timeout.</returns>
    public static bool WriteLong<TKernel>(int connection, byte* bytes, nint length)
        where TKernel : struct, IKernel
    {
        bool waits = true;
        while (length > 0)
        {
            nint count = TKernel.write(connection, bytes, (nuint)length);
            if (count > 0)
            {
                bytes += count;
                length -= count;
            }

            if (!GoesOn<TKernel>(connection, count, ref waits))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether there is a next call behind one that has sent something. One that waits (SO_SNDTIMEO, socket(7)) has failed with EAGAIN also where the client takes bytes all the time,
    /// but slowly: a call that finds the buffer full is only woken when a third of it is free. So the next one does not wait, and takes what room there is; the client is given up
    /// where there is none.
    /// </summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="result">What the last call has returned.</param>
    /// <param name="waits">Whether it waited, and whether the next one does.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool GoesOn<TKernel>(int connection, nint result, ref bool waits)
        where TKernel : struct, IKernel
    {
        if (result > 0 ? !waits : result == -Errno.EAGAIN && waits)
        {
            waits = !waits;
            _ = TKernel.fcntl(connection, Linux.F_SETFL, waits ? 0 : Linux.O_NONBLOCK);
            return true;
        }

        return result > 0 || result == -Errno.EINTR;
    }

    /// <summary>
    /// Ends the server's side and takes in what the client still sends, until it ends its side too or the listener's read timeout is
    /// over: a lingering close. To close a socket that holds unread bytes resets the connection, and the client may lose the
    /// response that is on its way to it (RFC 9112, section 9.6).
    /// </summary>
    /// <remarks>
    /// The kernel does it in one call, without copying: MSG_TRUNC throws the bytes away, tcp(7), and MSG_WAITALL goes on
    /// waiting, within the one timeout, for more than will ever come.
    /// </remarks>
    /// <param name="connection">The descriptor, which the caller closes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Linger<TKernel>(int connection)
        where TKernel : struct, IKernel
    {
        // Where the client is gone, both fail, and there is nothing to take in.
        _ = TKernel.shutdown(connection, Linux.SHUT_WR);
        _ = TKernel.recvfrom(connection, null, int.MaxValue, Linux.MSG_TRUNC | Linux.MSG_WAITALL, null, null);
    }

    /// <summary>
    /// The same for Unix sockets, too, of which the kernel throws nothing away by itself: MSG_TRUNC has no meaning there. The bytes are read, and the
    /// time that it takes is measured.
    /// </summary>
    /// <param name="connection">The descriptor, which the caller closes.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="length">How many there may be at a time.</param>
    /// <param name="timeout">Seconds after which no more is read; a last read may take as long as the read timeout.</param>
    public static void Linger<TKernel>(int connection, byte* buffer, nint length, int timeout)
        where TKernel : struct, IKernel
    {
        if (TKernel.shutdown(connection, Linux.SHUT_WR) < 0)
        {
            return; // the client is gone
        }

        long end = Clock.Milliseconds<TKernel>() + timeout * 1000L;
        while (Read<TKernel>(connection, buffer, length) > 0 && Clock.Milliseconds<TKernel>() < end)
        {
        }
    }
}
