using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>That arguments, environment and exit codes pass through each host. What they mean is tested on the simulated kernel.</summary>
public class CommandLineTests
{
    [Theory]
    [Hosts("--port 99999", 2, "99999: not a port number, 0 to 65535\n")]
    [Hosts("--address h\u00F6st", 2, "h\u00F6st: not an IPv4 address\n")]
    [Hosts("--nonsense", 2, "--nonsense: unknown option; see --help\n")]
    [Hosts("--address 192.0.2.1 --port 1234", 1, "bind 192.0.2.1:1234: address not available (EADDRNOTAVAIL)\n")]
    public async Task A_mistake_is_said_on_standard_error(Host host, string arguments, int exitCode, string message)
        => Assert.Equal(new(exitCode, "", message), await Command.RunAsync(await Programs.ExecutableAsync(host, Programs.Hello), arguments.Split(' ')));

    [Theory]
    [Hosts]
    public async Task A_port_in_use_is_said_on_standard_error(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        string executable = await Programs.ExecutableAsync(host, Programs.Hello);
        Assert.Equal(
            new(1, "", $"bind 0.0.0.0:{server.Port}: address already in use (EADDRINUSE)\n"),
            await Command.RunAsync(executable, [], new Dictionary<string, string> { ["PORT"] = $"{server.Port}" }));
    }

    [Theory]
    [Hosts]
    public async Task A_bad_PORT_is_said_on_standard_error(Host host)
        => Assert.Equal(
            new(2, "", "PORT=http: not a port number, 0 to 65535\n"),
            await Command.RunAsync(await Programs.ExecutableAsync(host, Programs.Hello), [], new Dictionary<string, string> { ["PORT"] = "http" }));

    [Theory]
    [Hosts]
    public async Task Help_and_version_go_to_standard_output(Host host)
    {
        string executable = await Programs.ExecutableAsync(host, Programs.Hello);
        Command.Result help = await Command.RunAsync(executable, ["--help"]);
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.StartsWith("Usage: Hello [OPTION]...\n", help.Output, System.StringComparison.Ordinal);
        Command.Result version = await Command.RunAsync(executable, ["--version"]);
        Assert.Equal((0, ""), (version.ExitCode, version.Error));
        Assert.Matches("^Hello \\d+\\.\\d+\\.\\d+\n$", version.Output);
    }

    [Theory]
    [Hosts]
    public async Task Only_the_address_asked_for_is_bound(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello, "--address", "127.0.0.2");

        // proc(5): local address (little-endian) and port, remote address and port, state 0A (LISTEN). To try a connection to another
        // address would prove less: with a port of the kernel's choice a client can meet a stranger there, or itself.
        string[] listeners = [.. System.IO.File.ReadLines("/proc/net/tcp").Where(line => line.Contains($":{server.Port:X4} 00000000:0000 0A ", System.StringComparison.Ordinal))];
        Assert.Contains(listeners, line => line.Contains(" 0200007F:", System.StringComparison.Ordinal));
        Assert.DoesNotContain(listeners, line => line.Contains(" 00000000:" + $"{server.Port:X4}", System.StringComparison.Ordinal));
        Assert.Equal($"Listening on tcp://127.0.0.2:{server.Port}\n", server.Error);
    }

    [Theory]
    [Hosts]
    public async Task A_port_can_be_used_again_at_once(Host host)
    {
        // The server closes first, so the connection stays in TIME_WAIT on its side.
        int port;
        await using (ServerProcess first = await ServerProcess.StartAsync(host, Programs.Hello))
        {
            port = first.Port;
            await Client.ExchangeAsync(port, "x");
            first.Signal("TERM");
            Assert.Equal(0, await first.ExitAsync());
        }

        await using ServerProcess second = await ServerProcess.StartAsync(host, Programs.Hello, "--port", $"{port}");
        Assert.Equal(port, second.Port);
    }

    [Theory]
    [Hosts]
    public async Task Closed_standard_streams_and_a_closed_pipe_do_no_harm(Host host)
    {
        string executable = await Programs.ExecutableAsync(host, Programs.Hello);
        foreach (string redirection in new[] { "<&- >&- 2>&-", "2>&1 | true" })
        {
            int port = FreePort.Next();
            using var shell = Command.Start("sh", ["-c", $"exec {executable} --port {port} {redirection}"]);
            try
            {
                string response = "";
                await ServerProcess.EventuallyAsync(
                    () =>
                    {
                        try
                        {
                            response = Client.ExchangeAsync(port, "x").GetAwaiter().GetResult();
                            return true;
                        }
                        catch (System.Net.Sockets.SocketException)
                        {
                            return false;
                        }
                    },
                    "the server listens");
                Assert.Equal("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n", response);
            }
            finally
            {
                await Command.RunAsync("pkill", ["-KILL", "-f", $"Hello --port {port}"]);
            }
        }
    }
}
