using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>The socket on which connections arrive.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Listener
{
    /// <summary>
    /// Makes a non-blocking socket that listens, or says on standard error which call failed and why.
    /// </summary>
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="listener">The descriptor.</param>
    /// <returns>Whether it listens; otherwise the message is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Open<TKernel, TServer>(sockaddr_in* endpoint, out int listener)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        // A descriptor below 3 is a standard stream that was closed when the server was started. The socket keeps its place,
        // unused: no connection can take it, and no message for a person can reach a client.
        MessageNumber call = MessageNumber.Socket;
        do
        {
            listener = (int)TKernel.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0);
        }
        while (TServer.HasMessages && (uint)listener <= Message.StandardError);

        int result = listener;
        if (result >= 0)
        {
            // Start again while connections of the last run are in TIME_WAIT.
            call = MessageNumber.SocketOption;
            result = SetOption<TKernel>(listener, Linux.SO_REUSEADDR, 1);
        }

        if (TServer.ListensPerWorker && result >= 0)
        {
            result = SetOption<TKernel>(listener, Linux.SO_REUSEPORT, 1);
        }

        // Accepted sockets inherit the timeouts from the listener, so they cost no call for a connection.
        if (result >= 0)
        {
            result = SetOption<TKernel>(listener, Linux.SO_RCVTIMEO, TServer.ReadTimeout);
        }

        if (result >= 0)
        {
            result = SetOption<TKernel>(listener, Linux.SO_SNDTIMEO, TServer.WriteTimeout);
        }

        if (result >= 0)
        {
            call = MessageNumber.Bind;
            result = (int)TKernel.bind(listener, endpoint, (uint)sizeof(sockaddr_in));
        }

        if (result >= 0)
        {
            call = MessageNumber.Listen;
            result = (int)TKernel.listen(listener, TServer.Backlog);
        }

        if (result < 0)
        {
            Message.WriteLine<TKernel, TServer>(call, endpoint, result);
        }

        return result >= 0;
    }

    /// <summary>
    /// Has accepted sockets send at once what is written to them (TCP_NODELAY, which they inherit): the response to a request must not
    /// wait for the acknowledgement of the one before it. The call cannot fail on a TCP socket.
    /// </summary>
    /// <param name="listener">From <see cref="Open"/>.</param>
    public static void DisableDelay<TKernel>(int listener)
        where TKernel : struct, IKernel
    {
        int one = 1;
        _ = TKernel.setsockopt(listener, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, &one, sizeof(int));
    }

    /// <summary>
    /// Has the kernel keep a connection until something has come on it, or, after a second, until the client acknowledges once more (TCP_DEFER_ACCEPT). The call cannot
    /// fail on a TCP socket.
    /// </summary>
    /// <param name="listener">From <see cref="Open"/>.</param>
    public static void DeferAccept<TKernel>(int listener)
        where TKernel : struct, IKernel
    {
        int seconds = 1; // the least: the kernel counts it in repetitions of its SYN-ACK, of which the first comes after a second
        _ = TKernel.setsockopt(listener, Linux.IPPROTO_TCP, Linux.TCP_DEFER_ACCEPT, &seconds, sizeof(int));
    }

    /// <summary>Finds out which port the kernel chose where it was 0.</summary>
    /// <param name="listener">From <see cref="Open"/>.</param>
    /// <param name="endpoint">Where it listens; on return with the port.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadPort<TKernel>(int listener, sockaddr_in* endpoint)
        where TKernel : struct, IKernel
    {
        if (endpoint->sin_port == 0)
        {
            uint length = (uint)sizeof(sockaddr_in);
            _ = TKernel.getsockname(listener, endpoint, &length);
        }
    }

    /// <summary>Says on standard error that the server is there.</summary>
    /// <param name="format"><c>Listening on http://@</c>, or <c>tcp</c> where the response is raw: <c>@</c> stands for the endpoint.</param>
    /// <param name="listener">The socket.</param>
    /// <param name="endpoint">Where it listens; on return with the port that the kernel chose where it was 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Announce<TKernel>(ReadOnlySpan<byte> format, int listener, sockaddr_in* endpoint)
        where TKernel : struct, IKernel
    {
        ReadPort<TKernel>(listener, endpoint);
        Message.WriteLine<TKernel>(CString.Of(format), endpoint, 0);
    }

    /// <summary>
    /// Sets an option that is an int or a number of seconds: the kernel takes the first bytes of a struct timeval for an int, socket(7).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int SetOption<TKernel>(int listener, int option, nint value)
        where TKernel : struct, IKernel
    {
        timespec timeout; // a struct timeval: its second field counts microseconds, and is 0
        timeout.tv_sec = value;
        timeout.tv_nsec = 0;
        return (int)TKernel.setsockopt(listener, Linux.SOL_SOCKET, option, &timeout, (uint)sizeof(timespec));
    }
}
