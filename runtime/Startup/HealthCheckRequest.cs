using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Startup;

/// <summary>
/// <c>--healthcheck</c>: the executable as a client of the server that it would be with the same arguments, for an image that has no other program.
/// </summary>
internal static unsafe class HealthCheckRequest
{
    /// <summary>For how many seconds an answer is waited for: container engines give a check 30 by default, and Kubernetes 1 unless it is told otherwise.</summary>
    private const int Timeout = 3;

    /// <summary>Room for the beginning of a response, so that most responses are read whole. Only the status line counts.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 2048)]
    private struct Response
    {
        internal byte First;
    }

    /// <summary>The bytes up to the end of the status: <c>HTTP/1.1 200</c>.</summary>
    private const int StatusEnd = 12;

    /// <summary>The array that writev takes.</summary>
    private struct Request
    {
        internal iovec Method;
        internal iovec Path;
        internal iovec Rest;
    }

    /// <summary>What is sent to an endpoint whose connections begin with a request, although others of the server do not. No parameter says it, which would be code in servers that have no such endpoints.</summary>
    private readonly struct WithoutPreamble : IServer
    {
        public static int Backlog => 0;

        public static int MaxConnections => 0;

        public static int ReadTimeout => 0;

        public static int WriteTimeout => 0;

        public static int GracePeriod => 0;
    }

    /// <summary>Asks the first endpoint. A raw response is not waited for: its server is well when it accepts.</summary>
    /// <param name="options">Where the server listens. Of one with <see cref="Endpoints"/>: theirs.</param>
    /// <param name="path">What to ask for, ended by a NUL.</param>
    /// <returns>The exit code: 0 where the status is 2xx or 3xx; otherwise 1, and standard error says why.</returns>
    internal static int Send<TKernel, TServer>(ServerOptions* options, byte* path)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        void* address = &options->Endpoint;
        uint length = (uint)sizeof(sockaddr_in);
        if (TServer.HasEndpoints)
        {
            Endpoint* endpoint = ((Endpoints*)options)->First;
            address = &endpoint->Address;
            length = (uint)endpoint->AddressLength;
        }

        // The family is the first field of each kind of address.
        int socket = (int)TKernel.socket(*(ushort*)address, Linux.SOCK_STREAM, 0);
        int result = socket;
        if (result >= 0)
        {
            _ = Listener.SetOption<TKernel>(socket, Linux.SO_RCVTIMEO, Timeout);
            _ = Listener.SetOption<TKernel>(socket, Linux.SO_SNDTIMEO, Timeout);
            result = (int)TKernel.connect(socket, address, length);
        }

        bool isWell = result >= 0;
        if (TServer.HealthCheckPath.Length != 0 && isWell)
        {
            bool hasPreamble = true;
            if (TServer.HasEndpointRoles)
            {
                hasPreamble = (((Endpoints*)options)->First->Role & EndpointRole.Preamble) != 0;
            }

            result = hasPreamble ? Ask<TKernel, TServer>(socket, path) : Ask<TKernel, WithoutPreamble>(socket, path);
            isWell = (uint)(result - 200) < 200; // 2xx and 3xx
        }

        if (isWell)
        {
            return 0;
        }

        // connect(2) and read(2) have words of their own for a timeout of the socket, socket(7).
        byte* problem = CString.Of("health check: !"u8);
        if (result >= 0)
        {
            problem = result == 0 ? CString.Of("health check: no HTTP response"u8) : CString.Of("health check: status #"u8);
            result = -result;
        }
        else if (result is -Errno.EAGAIN or -Errno.EINPROGRESS)
        {
            problem = CString.Of("health check: no answer within 3 seconds"u8);
        }
        else if (result is -Errno.ECONNREFUSED or -Errno.ENOENT)
        {
            problem = CString.Of("health check: no server listens there"u8);
        }

        Message.WriteLine<TKernel>(problem, null, result);
        return 1;
    }

    /// <summary>Sends the request, and reads the status of the response.</summary>
    /// <returns>The status; 0 where there is none; or a negative errno.</returns>
    private static int Ask<TKernel, TServer>(int socket, byte* path)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Request request;
        request.Method = Part(TServer.HealthCheckStart);
        request.Path.iov_base = path;
        request.Path.iov_len = (nuint)(CString.End(path) - path);
        request.Rest = Part(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8);
        nint count = TKernel.writev(socket, &request.Method, 3);
        Response response;
        byte* start = &response.First;
        byte* end = start;
        while (count > 0 && end < start + StatusEnd)
        {
            count = TKernel.read(socket, end, (nuint)(start + sizeof(Response) - end));
            end += count;
        }

        if (count < 0)
        {
            return (int)count;
        }

        byte* status = CString.After(start, CString.Of("HTTP/1.1 "u8));
        return count != 0 && status != null && DecimalNumber.Parse(status, 999, out uint number) != null ? (int)number : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static iovec Part(ReadOnlySpan<byte> text) => new() { iov_base = CString.Of(text), iov_len = (nuint)text.Length };
}
