using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Who keeps a connection until its request has come: the server, or, with DeferAccept, the kernel (TCP_DEFER_ACCEPT, tcp(7)).</summary>
public sealed class DeferAcceptTests
{
    private const string Established = "01"; // the states of /proc/net/tcp, proc(5)
    private const string SynReceived = "03";

    [Theory]
    [InlineData("DeferAccept")]
    [InlineData("DeferAcceptLoop")]
    public async Task A_connection_on_which_nothing_has_come_is_kept_by_the_kernel_and_answered_when_its_request_comes(string feature)
    {
        await using ServerProcess server = await StartAsync(feature);
        using Socket client = await ConnectAsync(server, SynReceived);
        Assert.EndsWith("\r\n\r\nHello, World!\n", await AskAsync(client));
    }

    /// <summary>As long as that takes: a second, and then a SYN-ACK and an ACK.</summary>
    [Fact]
    public async Task A_client_that_goes_on_to_send_nothing_is_accepted_in_the_end()
    {
        await using ServerProcess server = await StartAsync("DeferAcceptLoop");
        using Socket client = await ConnectAsync(server, SynReceived);
        await ServerProcess.EventuallyAsync(() => StateOf(client, server.Port) == Established, "the connection is accepted");
        Assert.EndsWith("\r\n\r\nHello, World!\n", await AskAsync(client));
    }

    [Fact]
    public async Task Without_it_the_connection_is_accepted_at_once()
    {
        await using ServerProcess server = await StartAsync("EventLoop");
        using Socket client = await ConnectAsync(server, Established);
        Assert.EndsWith("\r\n\r\nHello, World!\n", await AskAsync(client));
    }

    private static async Task<ServerProcess> StartAsync(string feature)
    {
        (string executable, _) = await Programs.WithFeatureAsync(feature);
        return await ServerProcess.StartAsync([], executable, "--address", "127.0.0.1", "--port", "0");
    }

    /// <summary>
    /// A connection whose other end is in a state. It is not for ever: where this process must wait for its processor before it can look, another connection is made.
    /// </summary>
    private static async Task<Socket> ConnectAsync(ServerProcess server, string state)
    {
        string? last = null;
        for (int i = 0; i < 20; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(IPAddress.Loopback, server.Port);
            last = StateOf(client, server.Port);
            if (last == state)
            {
                return client;
            }

            client.Dispose();
        }

        throw new InvalidDataException($"the other end is in the state {last}, not {state}");
    }

    /// <summary>The state of a connection's end at the server; null where there is no such end.</summary>
    private static string? StateOf(Socket client, int port)
    {
        string ends = $":{port:X4} 0100007F:{((IPEndPoint)client.LocalEndPoint!).Port:X4}";
        return File.ReadLines("/proc/net/tcp").FirstOrDefault(line => line.Contains(ends, System.StringComparison.Ordinal))?.Split(ends)[1][1..3];
    }

    private static async Task<string> AskAsync(Socket client)
    {
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
