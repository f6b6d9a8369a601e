using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>A server without a command-line interface: tests/Servers/Silent.</summary>
public class SilentTests
{
    private static readonly IPEndPoint Endpoint = new(IPAddress.Parse("127.93.17.5"), 8080);

    [Theory]
    [Hosts]
    public async Task It_serves_where_the_attribute_says_whatever_it_is_told_and_never_says_a_word(Host host)
    {
        string executable = await Programs.ExecutableAsync(host, Programs.Silent);
        await ServerProcess.EventuallyAsync(() => !Connects(), "the address is free");
        using Process server = Command.Start(executable, ["--port", "1", "--help"], new Dictionary<string, string> { ["PORT"] = "nonsense" });
        Task<string> output = server.StandardOutput.ReadToEndAsync();
        Task<string> error = server.StandardError.ReadToEndAsync();
        try
        {
            await ServerProcess.EventuallyAsync(Connects, "it listens");
            Assert.Equal("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n", await ExchangeAsync());

            // Another one cannot listen there too.
            Assert.Equal(new(1, "", ""), await Command.RunAsync(executable, []));
            Assert.Equal("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n", await ExchangeAsync());
        }
        finally
        {
            await Command.RunAsync("kill", ["-s", "TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
            await server.WaitForExitAsync();
        }

        Assert.Equal((0, "", ""), (server.ExitCode, await output, await error));
    }

    private static bool Connects()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(Endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> ExchangeAsync()
    {
        using Client client = await Client.ConnectAsync(Endpoint);
        await client.SendAsync("x");
        return await client.ReadToEndAsync();
    }
}
