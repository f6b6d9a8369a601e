using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The executable as a client of the server that runs already: <c>--healthcheck</c>.</summary>
public sealed class HealthCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int ExitCode, string Error)> CheckAsync(Host host, string project, params string[] arguments)
    {
        Command.Result result = await Command.RunAsync(await Programs.ExecutableAsync(host, project), arguments);
        Assert.Equal("", result.Output);
        return (result.ExitCode, result.Error);
    }

    [Theory]
    [Engines]
    public async Task It_is_well_until_it_drains(Host host, Concurrency engine)
    {
        string project = HttpServer.Project(engine);
        await using ServerProcess server = await ServerProcess.StartAsync(host, project, "--drain-delay=200");
        string port = $"--port={server.Port}";
        Assert.Equal((0, ""), await CheckAsync(host, project, port, "--healthcheck"));
        Assert.Equal((0, ""), await CheckAsync(host, project, "--healthcheck", "/hello", port));
        Assert.Equal((0, ""), await CheckAsync(host, project, "--healthcheck=/301", port));
        Assert.Equal((1, "health check: status 404\n"), await CheckAsync(host, project, port, "--healthcheck", "/nowhere"));
        server.Signal("TERM");
        while (await CheckAsync(host, project, port, "--healthcheck") is var check && check != (1, "health check: status 503\n"))
        {
            Assert.Equal((0, ""), check); // each process of the server hears of the signal in its own time
        }

        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal((1, "health check: no server listens there\n"), await CheckAsync(host, project, port, "--healthcheck"));
    }

    [Theory]
    [SomeEngines]
    public async Task It_is_asked_at_its_first_endpoint_by_whatever_it_is_reached(Host host, Concurrency engine)
    {
        string project = engine switch
        {
            Concurrency.Fork => Programs.Listen,
            Concurrency.Prefork => Programs.ListenPrefork,
            _ => Programs.ListenEventLoop,
        };
        foreach (string endpoint in new[] { $"unix:{_folder.FullName}/site.sock", $"unix:@SyscallServer.HealthCheck.{Guid.NewGuid()}", "[::1]:0", "127.0.0.1:0" })
        {
            await using ServerProcess server = await ServerProcess.StartAsync(host, project, "--listen", endpoint);
            string reached = endpoint.StartsWith("unix:", StringComparison.Ordinal) ? endpoint : endpoint[..^1] + server.Port;
            Assert.Equal((0, ""), await CheckAsync(host, project, "--healthcheck", "--listen", reached, "--listen", "127.0.0.1:1"));
            server.Signal("TERM");
            Assert.Equal(0, await server.ExitAsync());
            Assert.Equal((1, "health check: no server listens there\n"), await CheckAsync(host, project, "--healthcheck", "--listen", reached));
        }
    }

    [Theory]
    [Hosts]
    public async Task A_raw_server_is_well_when_it_accepts(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.ListenRaw, "--listen", "127.0.0.1:0");
        string[] arguments = ["--listen", $"127.0.0.1:{server.Port}", "--healthcheck"];
        Assert.Equal((0, ""), await CheckAsync(host, Programs.ListenRaw, arguments));
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal((1, "health check: no server listens there\n"), await CheckAsync(host, Programs.ListenRaw, arguments));
    }

    [Theory]
    [InlineData("", "health check: no HTTP response\n")]
    [InlineData("HTTP/1.1 20", "health check: no HTTP response\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "health check: no HTTP response\n")]
    [InlineData("HTTP/1.1 abc\r\n", "health check: no HTTP response\n")]
    [InlineData("HTTP/1.1 199 \r\n", "health check: status 199\n")]
    [InlineData("HTTP/1.1 400 \r\n", "health check: status 400\n")]
    [InlineData("HTTP/1.1 399 \r\n", "")]
    [InlineData("HTTP/1.1 200 \r\n", "")]
    [InlineData(null, "health check: no answer within 3 seconds\n")]
    public async Task What_answers_otherwise_is_not_well(string? answer, string error)
    {
        _ = await Programs.ExecutableAsync(Host.Freestanding, Programs.Http); // which may be built first, for longer than a client is waited for
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Task<(int ExitCode, string Error)> check = CheckAsync(Host.Freestanding, Programs.Http, $"--port={((IPEndPoint)other.LocalEndpoint).Port}", "--healthcheck");
        using (TcpClient client = await other.AcceptTcpClientAsync(Patience.Token().Token))
        {
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal("GET /healthz HTTP/1.1", await reader.ReadLineAsync());
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            if (answer is null)
            {
                await check;
            }

            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer ?? ""));
        }

        Assert.Equal((error.Length == 0 ? 0 : 1, error), await check);
    }

    [Fact]
    public async Task Help_says_what_it_asks_for()
    {
        Assert.Contains("\n  --healthcheck [PATH]\n               exit with 0 if the running server is well (default: /healthz)\n", await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Freestanding, Programs.Http), ["--help"]), StringComparison.Ordinal);
        Assert.Contains("\n  --healthcheck\n               exit with 0 if the running server accepts\n", await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Freestanding, Programs.ListenRaw), ["--help"]), StringComparison.Ordinal);
        Assert.Equal((2, "/x: unknown option; see --help\n"), await CheckAsync(Host.Freestanding, Programs.ListenRaw, "--healthcheck", "/x"));
        Assert.Equal((2, "--healthcheck=/x: unknown option; see --help\n"), await CheckAsync(Host.Freestanding, Programs.ListenRaw, "--healthcheck=/x"));
        Assert.Equal((2, "--healthcheck=x: unknown option; see --help\n"), await CheckAsync(Host.Freestanding, Programs.Http, "--healthcheck=x"));
    }
}
