using System;
using System.Buffers.Binary;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>The socket on which connections arrive.</summary>
public static unsafe class Listener
{
    /// <summary>
    /// Makes a non-blocking socket that listens, or says on standard error which call failed and why.
    /// </summary>
    /// <param name="endpoint">Where to listen; on return with the port that the kernel chose where it was 0.</param>
    /// <param name="backlog">How many connections may wait to be accepted, listen(2).</param>
    /// <param name="readTimeout">Seconds that a read from an accepted connection may wait.</param>
    /// <param name="writeTimeout">Seconds that a write to an accepted connection may wait.</param>
    /// <returns>The descriptor, or a negative errno after the message.</returns>
    public static int Open<TKernel>(Endpoint* endpoint, int backlog, int readTimeout, int writeTimeout)
        where TKernel : struct, IKernel
    {
        // A descriptor below 3 is a standard stream that was closed when the server was started. The socket keeps its place,
        // unused: no connection can take it, and no message for a person can reach a client.
        nint listener;
        do
        {
            listener = TKernel.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0);
        }
        while ((nuint)listener <= Message.StandardError);

        ReadOnlySpan<byte> failure = "socket: !"u8;
        nint result = listener;
        if (result >= 0)
        {
            // Start again while connections of the last run are in TIME_WAIT.
            int one = 1;
            failure = "setsockopt: !"u8;
            result = TKernel.setsockopt((int)listener, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, &one, sizeof(int));
        }

        // Accepted sockets inherit the timeouts from the listener, so they cost no call for a connection.
        if (result >= 0)
        {
            result = SetTimeout<TKernel>((int)listener, Linux.SO_RCVTIMEO, readTimeout);
        }

        if (result >= 0)
        {
            result = SetTimeout<TKernel>((int)listener, Linux.SO_SNDTIMEO, writeTimeout);
        }

        sockaddr_in name;
        if (result >= 0)
        {
            name.sin_family = Linux.AF_INET;
            name.sin_port = BinaryPrimitives.ReverseEndianness(endpoint->Port);
            name.sin_addr = BinaryPrimitives.ReverseEndianness(endpoint->Address);
            name.sin_zero = 0;
            failure = "bind @: !"u8;
            result = TKernel.bind((int)listener, &name, (uint)sizeof(sockaddr_in));
        }

        if (result >= 0)
        {
            failure = "listen @: !"u8;
            result = TKernel.listen((int)listener, backlog);
        }

        if (result >= 0 && endpoint->Port == 0)
        {
            uint length = (uint)sizeof(sockaddr_in);
            failure = "getsockname: !"u8;
            result = TKernel.getsockname((int)listener, &name, &length);
            endpoint->Port = BinaryPrimitives.ReverseEndianness(name.sin_port);
        }

        if (result < 0)
        {
            Message.WriteLine<TKernel>(Text.Of(failure), null, *endpoint, result);
            return (int)result;
        }

        return (int)listener;
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

    /// <summary>Says on standard error that the server is there.</summary>
    /// <param name="format"><c>Listening on http://@</c>, or <c>tcp</c> where the response is raw: <c>@</c> stands for the endpoint.</param>
    /// <param name="endpoint">Where it listens.</param>
    public static void Announce<TKernel>(ReadOnlySpan<byte> format, Endpoint endpoint)
        where TKernel : struct, IKernel
        => Message.WriteLine<TKernel>(Text.Of(format), null, endpoint);

    private static nint SetTimeout<TKernel>(int listener, int option, int seconds)
        where TKernel : struct, IKernel
    {
        timespec timeout; // a struct timeval: its second field counts microseconds, and is 0
        timeout.tv_sec = seconds;
        timeout.tv_nsec = 0;
        return TKernel.setsockopt(listener, Linux.SOL_SOCKET, option, &timeout, (uint)sizeof(timespec));
    }
}
