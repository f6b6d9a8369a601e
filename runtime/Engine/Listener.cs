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
    public static int Open<TKernel>(ref Endpoint endpoint, int backlog, int readTimeout, int writeTimeout)
        where TKernel : struct, IKernel
    {
        // A descriptor below 3 is a standard stream that was closed when the server was started. The socket keeps its place,
        // unused: no connection can take it, and no message for a person can reach a client.
        nint listener;
        do
        {
            listener = TKernel.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0);
            if (listener < 0)
            {
                return Fail<TKernel>("socket"u8, listener);
            }
        }
        while (listener <= Message.StandardError);

        // Start again while connections of the last run are in TIME_WAIT.
        int one = 1;
        nint result = TKernel.setsockopt((int)listener, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, &one, sizeof(int));
        if (result >= 0)
        {
            // Accepted sockets inherit these from the listener, so they cost no call for a connection.
            result = SetTimeout<TKernel>((int)listener, Linux.SO_RCVTIMEO, readTimeout);
        }

        if (result >= 0)
        {
            result = SetTimeout<TKernel>((int)listener, Linux.SO_SNDTIMEO, writeTimeout);
        }

        if (result < 0)
        {
            return Fail<TKernel>("setsockopt"u8, result);
        }

        sockaddr_in name;
        name.sin_family = Linux.AF_INET;
        name.sin_port = NetworkOrder(endpoint.Port);
        name.sin_addr = BinaryPrimitives.ReverseEndianness(endpoint.Address);
        name.sin_zero = 0;
        result = TKernel.bind((int)listener, &name, (uint)sizeof(sockaddr_in));
        if (result < 0)
        {
            return Fail<TKernel>("bind"u8, endpoint, result);
        }

        result = TKernel.listen((int)listener, backlog);
        if (result < 0)
        {
            return Fail<TKernel>("listen"u8, endpoint, result);
        }

        if (endpoint.Port == 0)
        {
            uint length = (uint)sizeof(sockaddr_in);
            result = TKernel.getsockname((int)listener, &name, &length);
            if (result < 0)
            {
                return Fail<TKernel>("getsockname"u8, endpoint, result);
            }

            endpoint.Port = NetworkOrder(name.sin_port);
        }

        return (int)listener;
    }

    /// <summary>Says on standard error that the server is there: <c>Listening on http://0.0.0.0:8080</c>.</summary>
    /// <param name="scheme"><c>http</c>, or <c>tcp</c> where the response is raw.</param>
    /// <param name="endpoint">Where it listens.</param>
    public static void Announce<TKernel>(ReadOnlySpan<byte> scheme, Endpoint endpoint)
        where TKernel : struct, IKernel
    {
        var message = new Message();
        message.Add("Listening on "u8);
        message.Add(scheme);
        message.Add("://"u8);
        message.Add(endpoint);
        message.WriteLine<TKernel>();
    }

    private static nint SetTimeout<TKernel>(int listener, int option, int seconds)
        where TKernel : struct, IKernel
    {
        timespec timeout; // a struct timeval: its second field counts microseconds, and is 0
        timeout.tv_sec = seconds;
        timeout.tv_nsec = 0;
        return TKernel.setsockopt(listener, Linux.SOL_SOCKET, option, &timeout, (uint)sizeof(timespec));
    }

    private static ushort NetworkOrder(ushort port) => BinaryPrimitives.ReverseEndianness(port);

    private static int Fail<TKernel>(ReadOnlySpan<byte> call, Endpoint endpoint, nint result)
        where TKernel : struct, IKernel
    {
        var message = new Message();
        message.Add(call);
        message.Add(" "u8);
        message.Add(endpoint);
        message.Add(": "u8);
        message.AddError(result);
        message.WriteLine<TKernel>();
        return (int)result;
    }

    /// <summary>Says <c>socket: too many open files (EMFILE)</c>.</summary>
    internal static int Fail<TKernel>(ReadOnlySpan<byte> call, nint result)
        where TKernel : struct, IKernel
    {
        var message = new Message();
        message.Add(call);
        message.Add(": "u8);
        message.AddError(result);
        message.WriteLine<TKernel>();
        return (int)result;
    }
}
