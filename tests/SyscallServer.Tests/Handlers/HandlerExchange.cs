using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Handlers;

/// <summary>A connection to a server with handlers, without sockets: bytes in, bytes out.</summary>
internal static unsafe class HandlerExchange
{
    /// <summary>Sends bytes, and returns what comes back.</summary>
    /// <param name="site">An annotated class.</param>
    /// <param name="requests">The bytes, as Latin-1.</param>
    /// <param name="pieces">Where they are taken apart on their way.</param>
    internal static string Of(Type site, string requests, params int[] pieces)
        => Encoding.UTF8.GetString(Bind<Func<byte[], int[], (byte[] Sent, bool)>>(site, nameof(With))(Encoding.Latin1.GetBytes(requests), pieces).Sent);

    /// <summary>The same to an endpoint that has a role.</summary>
    /// <param name="site">An annotated class.</param>
    /// <param name="role">The role.</param>
    /// <param name="requests">The bytes, as Latin-1.</param>
    /// <param name="failsWith">How the connection ends, one of <see cref="FixedResponse"/>; 0 where it does not.</param>
    internal static string Of(Type site, EndpointRole role, string requests, int failsWith = 0)
        => Encoding.UTF8.GetString(Bind<Func<byte[], int[], EndpointRole?, int, (byte[] Sent, bool)>>(site, nameof(Send))(Encoding.Latin1.GetBytes(requests), [], role, failsWith).Sent);

    private static TDelegate Bind<TDelegate>(Type site, string method)
        where TDelegate : Delegate
    {
        Type app = site.Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(MessageKernel));
        return typeof(HandlerExchange).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(app).CreateDelegate<TDelegate>();
    }

    internal static (byte[] Sent, bool IsClosed) With<TApp>(byte[] requests, int[] pieces)
        where TApp : struct, IApp
        => Send<TApp>(requests, pieces, role: null, failsWith: 0);

    private static (byte[] Sent, bool IsClosed) Send<TApp>(byte[] requests, int[] pieces, EndpointRole? role, int failsWith)
        where TApp : struct, IApp
    {
        var sent = new List<byte>();
        using var outputMemory = new GuardedBuffer(Output.CapacityOf<TApp>());
        int exchangeSize = (Exchange.Size<TApp>() + TApp.ExchangeSize + 7) & -8;
        using var exchangeMemory = new GuardedBuffer(exchangeSize);
        byte* date = stackalloc byte[512];
        var output = new Output(outputMemory.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
        byte* exchange = exchangeMemory.AtEnd(new byte[exchangeSize]);
        output.Exchange = (Exchange*)exchange;
        Exchange.Begin<TApp>(output.Exchange);
        output.Exchange->Memory = exchange + Exchange.Size<TApp>();
        output.Descriptor = MessageKernel.Connection;
        HttpConnection http = default;
        if (role is { } begun)
        {
            TApp.Role = begun;
            http.Begin<TApp>();
        }

        byte[] input = new byte[HttpConnection.InputCapacity<TApp>() + 64];
        int length = 0;
        int at = 0;
        foreach (int end in (int[])[.. pieces, requests.Length])
        {
            while (at < end)
            {
                int count = Math.Min(end - at, HttpConnection.InputCapacity<TApp>() - length);
                Array.Copy(requests, at, input, length, count);
                at += count;
                length += count;
                int consumed;
                do
                {
                    fixed (byte* first = input)
                    {
                        consumed = http.Receive<TApp>(first, length, &output);
                    }

                    length -= consumed;
                    Array.Copy(input, consumed, input, 0, length);
                    sent.AddRange(new ReadOnlySpan<byte>(output.Buffer, output.Length).ToArray());
                    sent.AddRange(new ReadOnlySpan<byte>(output.Body, output.BodyLength).ToArray());
                    output.Clear();
                }
                while (consumed > 0 && length > 0);

                // What is received next is somewhere else.
                byte[] moved = new byte[input.Length];
                Array.Copy(input, moved, length);
                Array.Fill(input, (byte)'?');
                input = moved;
                if (http.IsClosed)
                {
                    return (sent.ToArray(), true);
                }
            }
        }

        if (failsWith != 0)
        {
            http.Fail<TApp>(failsWith, &output);
            sent.AddRange(new ReadOnlySpan<byte>(output.Buffer, output.Length).ToArray());
        }

        return (sent.ToArray(), http.IsClosed);
    }
}

/// <summary>A kernel that has a clock, a standard error and a client.</summary>
internal readonly unsafe struct MessageKernel : IKernel
{
    /// <summary>The descriptor of the connection.</summary>
    internal const int Connection = 7;

    internal const long Now = 1_700_000_000_123;

    [ThreadStatic]
    private static StringBuilder? _messages;

    /// <summary>The messages since they were last asked for.</summary>
    internal static string Take()
    {
        string messages = _messages?.ToString() ?? "";
        _messages = null;
        return messages;
    }

    public static nint write(int fd, void* buf, nuint count)
    {
        (_messages ??= new StringBuilder()).Append(Encoding.UTF8.GetString((byte*)buf, (int)count));
        return (nint)count;
    }

    public static nint clock_gettime(int clockid, timespec* tp)
    {
        tp->tv_sec = Now / 1000;
        tp->tv_nsec = (nint)(Now % 1000 * 1_000_000 + 999_999);
        return 0;
    }

    /// <summary>The struct sockaddr of the client; null where it is gone.</summary>
    [ThreadStatic]
    internal static byte[]? Client;

    public static nint getpeername(int sockfd, void* addr, uint* addrlen)
    {
        if (sockfd != Connection)
        {
            return -Errno.EBADF;
        }

        if (Client is null)
        {
            return -107; // ENOTCONN
        }

        Client.AsSpan(0, Math.Min(Client.Length, (int)*addrlen)).CopyTo(new Span<byte>(addr, (int)*addrlen));
        *addrlen = (uint)Client.Length;
        return 0;
    }
}
