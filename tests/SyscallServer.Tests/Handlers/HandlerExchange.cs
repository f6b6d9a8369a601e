using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
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
    {
        Type app = site.Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(MessageKernel));
        var exchange = typeof(HandlerExchange).GetMethod(nameof(With), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(app).CreateDelegate<Func<byte[], int[], (byte[] Sent, bool)>>();
        return Encoding.UTF8.GetString(exchange(Encoding.Latin1.GetBytes(requests), pieces).Sent);
    }

    internal static (byte[] Sent, bool IsClosed) With<TApp>(byte[] requests, int[] pieces)
        where TApp : struct, IApp
    {
        var sent = new List<byte>();
        using var outputMemory = new GuardedBuffer(Output.CapacityOf<TApp>());
        int exchangeSize = (Exchange.Size<TApp>() + TApp.ExchangeSize + 7) & -8;
        using var exchangeMemory = new GuardedBuffer(exchangeSize);
        byte* date = stackalloc byte[128];
        var output = new Output(outputMemory.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
        byte* exchange = exchangeMemory.AtEnd(new byte[exchangeSize]);
        output.Exchange = (Exchange*)exchange;
        Exchange.Begin<TApp>(output.Exchange);
        output.Exchange->Memory = exchange + Exchange.Size<TApp>();
        output.Descriptor = MessageKernel.Connection;
        HttpConnection http = default;
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
