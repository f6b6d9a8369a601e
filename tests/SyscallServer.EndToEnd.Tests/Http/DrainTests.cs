using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The health check, and the delay between SIGTERM and the end, in which a load balancer learns of it.</summary>
public class DrainTests
{
    private const string Get = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string GetHealth = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";

    private static Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] arguments) => ServerProcess.StartAsync(host, HttpServer.Project(engine), arguments);

    [Theory]
    [Engines]
    public async Task It_is_healthy_and_the_access_log_has_no_line_for_it(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, "--access-log");
        HttpResponse response = await HttpServer.ExchangeAsync(server.Port, GetHealth);
        Assert.Equal((200, "ok\n", "no-store", false), (response.Status, response.Text, response["Cache-Control"], response.Closes));
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, GetHealth.Replace("GET", "HEAD", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, Get)).Status);
        await ServerProcess.EventuallyAsync(() => server.Output.Contains("\"GET /hello HTTP/1.1\" 200 6\n", StringComparison.Ordinal), "the other request is in the log");
        Assert.DoesNotContain("/healthz", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Engines]
    public async Task It_goes_on_for_the_delay_and_then_ends(Host host, Concurrency engine)
    {
        const int delay = 8; // so long that what is asked meanwhile is asked in time also beside other work
        await using ServerProcess server = await StartAsync(host, engine, "--drain-delay", $"{delay}");
        using Client idle = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(idle);
        await idle.SendAsync(Get);
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        long start = Stopwatch.GetTimestamp();
        server.Signal("TERM");
        await UntilAsync(server, GetHealth, response => (response.Status, response.Text, response.Closes) == (503, "draining\n", true));
        await UntilAsync(server, Get, response => (response.Status, response.Text, response.Closes) == (200, "hello\n", true));

        // One that was there before has not been closed meanwhile, and is asked for no more after its next request.
        if (Stopwatch.GetElapsedTime(start).TotalSeconds < delay - 1)
        {
            await idle.SendAsync(GetHealth);
            Assert.Equal(503, (await reader.ReadAsync()).Status);
            await reader.EndAsync();
        }

        Assert.Equal(0, await server.ExitAsync());
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds > delay - 0.1, "it did not go on for the delay");
        Assert.DoesNotContain("another takes its place", server.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Engines("TERM")]
    [SomeEngines("INT")]
    public async Task A_second_signal_ends_the_delay(Host host, Concurrency engine, string signal)
    {
        await using ServerProcess server = await StartAsync(host, engine, "--drain-delay=200");
        using Client idle = await Client.ConnectAsync(server.Port);
        await idle.SendAsync(Get);
        Assert.Equal(200, (await new ResponseReader(idle).ReadAsync()).Status);
        server.Signal(signal);
        await UntilAsync(server, GetHealth, response => response.Status == 503);
        server.Signal(signal);
        Assert.Equal(0, await server.ExitAsync()); // within much less than the grace period, too
    }

    [Theory]
    [SomeEngines]
    public async Task Without_a_delay_a_check_that_is_under_way_says_so(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(Get + "GET /heal");
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        server.Signal("TERM");
        await Task.Delay(200);
        await client.SendAsync("thz HTTP/1.1\r\nHost: h\r\n\r\n");
        HttpResponse response = await reader.ReadAsync();
        Assert.Equal((503, "draining\n", true), (response.Status, response.Text, response.Closes));
        await reader.EndAsync();
        client.Dispose();
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>Service managers signal all processes of a server, and a terminal does.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task A_signal_to_all_of_its_processes_is_one(Concurrency engine)
    {
        const int delay = 6;
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine, $"--drain-delay={delay}");
        using Client idle = await Client.ConnectAsync(server.Port);
        await idle.SendAsync(Get);
        Assert.Equal(200, (await new ResponseReader(idle).ReadAsync()).Status);
        long start = Stopwatch.GetTimestamp();
        foreach (int process in (int[])[.. ProcFile.Children(server.Pid), server.Pid])
        {
            ServerProcess.Signal("TERM", process);
        }

        await UntilAsync(server, GetHealth, response => response.Status == 503);
        Assert.Equal(0, await server.ExitAsync());
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds > delay - 0.1, "it did not go on for the delay");
    }

    [Fact]
    public async Task A_delay_that_is_none_is_a_bad_argument()
    {
        string server = await Programs.ExecutableAsync(Host.Freestanding, Programs.Http);
        Command.Result result = await Command.RunAsync(server, ["--drain-delay", "241"]);
        Assert.Equal((2, "241: not a number of seconds, 0 to 240\n"), (result.ExitCode, result.Error));
        Assert.Contains("\n  --drain-delay N\n               seconds to go on serving after SIGTERM, 0 to 240 (default: 0)\n", await Command.OutputOfAsync(server, ["--help"]), StringComparison.Ordinal);
    }

    /// <summary>Asks on new connections until the answer is as it should be: each process of the server hears of a signal in its own time. Nobody is refused meanwhile.</summary>
    private static async Task UntilAsync(ServerProcess server, string request, Func<HttpResponse, bool> isAsExpected)
    {
        for (int i = 0; !isAsExpected(await HttpServer.ExchangeAsync(server.Port, request)); i++)
        {
            Assert.True(i < 100, "the answer does not become what it should be");
            await Task.Delay(10);
        }
    }
}
