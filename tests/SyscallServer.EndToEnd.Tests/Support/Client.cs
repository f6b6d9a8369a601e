using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>A raw connection: bytes in, bytes out. Nothing waits for ever.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket;

    private Client(bool isTcp, AddressFamily family)
    {
        _socket = new Socket(family, SocketType.Stream, isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (isTcp)
        {
            _socket.NoDelay = true;
        }
    }

    internal static Task<Client> ConnectAsync(int port) => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

    /// <param name="endpoint">Where the server listens.</param>
    /// <param name="from">The address of the client; null for the kernel's choice.</param>
    internal static async Task<Client> ConnectAsync(EndPoint endpoint, IPAddress? from = null)
    {
        var client = new Client(endpoint is IPEndPoint, endpoint.AddressFamily);
        if (from is not null)
        {
            client._socket.Bind(new IPEndPoint(from, 0));
        }

        using var timeout = Patience.Token();
        await client._socket.ConnectAsync(endpoint, timeout.Token);
        return client;
    }

    internal async Task SendAsync(string text) => await SendAsync(Encoding.UTF8.GetBytes(text));

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var timeout = Patience.Token();
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, timeout.Token)..];
        }
    }

    internal void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>What has come, as soon as something has.</summary>
    /// <returns>How many bytes; 0 where the server has ended its side. A reset throws.</returns>
    internal async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        using var timeout = Patience.Token();
        return await _socket.ReceiveAsync(buffer, timeout.Token);
    }

    /// <summary>Everything until the server ends the connection; a reset throws.</summary>
    internal async Task<byte[]> ReadBytesToEndAsync()
    {
        using var received = new MemoryStream();
        byte[] buffer = new byte[65536];
        int count;
        while ((count = await ReceiveAsync(buffer)) > 0)
        {
            received.Write(buffer, 0, count);
        }

        return received.ToArray();
    }

    /// <summary>The same as text.</summary>
    internal async Task<string> ReadToEndAsync() => Encoding.UTF8.GetString(await ReadBytesToEndAsync());

    /// <summary>Waits until the server is gone.</summary>
    internal async Task ReadToEndOrResetAsync()
    {
        try
        {
            _ = await ReadBytesToEndAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // It did not read all of what was sent.
        }
    }

    /// <summary>At least that many bytes, or fewer at the end of the stream.</summary>
    internal async Task<int> ReadAsync(int atLeast)
    {
        byte[] buffer = new byte[65536];
        int total = 0;
        int count;
        while (total < atLeast && (count = await ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, atLeast - total)))) > 0)
        {
            total += count;
        }

        return total;
    }

    /// <summary>Whether something has come that was not read yet.</summary>
    internal bool HasReceived => _socket.Available > 0;

    /// <summary>How many bytes wait in this socket to be read: as a client that does not read sees it.</summary>
    internal int ReceiveBufferSize
    {
        set => _socket.ReceiveBufferSize = value;
    }

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    internal void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    internal static async Task<string> ExchangeAsync(int port, string request)
    {
        using Client client = await ConnectAsync(port);
        await client.SendAsync(request);
        return await client.ReadToEndAsync();
    }

    public void Dispose() => _socket.Dispose();
}
