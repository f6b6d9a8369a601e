using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What workers owe beyond what every connection is owed: when clients are slow, and when they themselves die or are stopped. Under load: <see cref="LoadTests"/>.</summary>
public sealed class WorkerTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    /// <summary>The workers of tests/Servers/Many.</summary>
    internal const int ManyWorkers = 2;

    [Theory]
    [Hosts(Programs.Many, ManyWorkers)]
    [Hosts(Programs.HttpPrefork, 32)]
    public async Task A_worker_that_is_killed_is_replaced_and_connections_that_wait_are_served(Host host, string program, int workers)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, program);
        await WorkersAsync(server, workers);
        int victim = 0;
        for (int i = 0; i < 2; i++)
        {
            victim = ProcFile.Children(server.Pid)[0];
            ServerProcess.Signal("KILL", victim);
            HttpResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HttpServer.ExchangeAsync(server.Port, Get)));
            Assert.All(responses, response => Assert.Equal(200, response.Status));
        }

        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == workers, "there are as many workers as before");
        Assert.Contains($"worker {victim} has ended; another takes its place\n", server.Error, StringComparison.Ordinal);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts]
    public async Task What_waits_for_a_worker_that_is_stopped_is_served_when_it_goes_on(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Many);
        int worker = (await WorkersAsync(server, ManyWorkers))[0];
        ServerProcess.Signal("STOP", worker);
        Task<HttpResponse>[] exchanges = Enumerable.Range(0, 20).Select(_ => HttpServer.ExchangeAsync(server.Port, Get)).ToArray();
        await Task.Delay(300);
        ServerProcess.Signal("CONT", worker);
        Assert.All(await Task.WhenAll(exchanges), response => Assert.Equal(200, response.Status));
    }

    [Theory]
    [InlineData(Programs.Many)]
    [InlineData(Programs.HttpPrefork)]
    [InlineData(Programs.HandlersLoop)]
    public async Task Where_there_can_be_no_process_the_supervisor_says_so_and_ends(string program)
    {
        Command.Result end = await Command.RunAsync(WithoutFork[0], [.. WithoutFork[1..], await Programs.ExecutableAsync(Host.Freestanding, program), "--port", "0", "--quiet"]);
        Assert.Equal(new(1, "", "fork: function not implemented (ENOSYS)\n"), end);
    }

    [Theory]
    [InlineData(Programs.Http)]
    [InlineData(Programs.Hello)]
    public async Task Where_there_can_be_no_process_the_forking_server_says_so_with_its_first_connection_and_ends(string program)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(WithoutFork, await Programs.ExecutableAsync(Host.Freestanding, program));
        using Client client = await Client.ConnectAsync(server.Port);
        Assert.Equal(1, await server.ExitAsync());
        Assert.EndsWith("\nfork: function not implemented (ENOSYS)\n", server.Error, StringComparison.Ordinal);
    }

    /// <summary>Before a server: a sandbox that knows no fork(2).</summary>
    private static readonly string[] WithoutFork = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fork", "-e", "inject=fork:error=ENOSYS"];

    [Theory]
    [Hosts(Programs.Many)]
    [Hosts(Programs.HttpPrefork)]
    public async Task Workers_end_with_a_supervisor_that_is_killed(Host host, string program)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, program);
        IReadOnlyList<int> workers = ProcFile.Children(server.Pid);
        server.Signal("KILL");
        await server.ExitAsync();
        await ServerProcess.EventuallyAsync(() => !workers.Any(ProcFile.IsRunning), "the workers have ended");
    }

    [Theory]
    [Hosts(Programs.Many)]
    [Hosts(Programs.HttpPrefork)]
    public async Task The_signal_of_a_terminal_reaches_all_and_still_ends_the_server_in_order(Host host, string program)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, program);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(Get + Get[..^2]);
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        foreach (int process in ProcFile.Children(server.Pid).Append(server.Pid).ToArray())
        {
            ServerProcess.Signal("INT", process);
        }

        await client.SendAsync("\r\n");
        HttpResponse last = await reader.ReadAsync();
        Assert.Equal((200, true), (last.Status, last.Closes));
        client.Dispose();
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>With two workers, each of which had a client that asked for nothing, nobody else was served until one of them had been idle for an hour.</summary>
    [Theory]
    [Hosts]
    public async Task Idle_clients_of_all_workers_give_way_to_one_that_asks_and_stay_where_nobody_does(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.HandlersPrefork);
        using Client answered = await Client.ConnectAsync(server.Port);
        await answered.SendAsync("GET /planned HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(200, (await new ResponseReader(answered).ReadAsync()).Status);
        using Client silent = await Client.ConnectAsync(server.Port);
        Task firstEnd = Task.WhenAny(answered.ReadToEndOrResetAsync(), silent.ReadToEndOrResetAsync());
        await Task.Delay(2500); // nobody waits: both stay, the silent one at least for the five seconds of ReadTimeoutSeconds
        Assert.False(firstEnd.IsCompleted);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /planned HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        await firstEnd;
    }

    [Theory]
    [Hosts]
    public async Task Clients_that_are_slow_keep_nobody_waiting(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.HttpEventLoop);
        string[] beginnings = ["GET / HT", Get[..^2], "POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n" + new string('x', 5000)];
        var slow = new List<Client>();
        try
        {
            for (int i = 0; i < 900; i++)
            {
                slow.Add(await Client.ConnectAsync(server.Port));
                await slow[i].SendAsync(beginnings[i % beginnings.Length]);
            }

            // There is an answer while the last of them still has its time. (On a busy machine that may be over by then, but not again and again.)
            bool isAnsweredFirst = false;
            for (int i = 0; i < 10 && !isAnsweredFirst; i++)
            {
                slow.Add(await Client.ConnectAsync(server.Port));
                await slow[^1].SendAsync(beginnings[0]);
                Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, Get)).Status);
                isAnsweredFirst = !slow[^1].HasReceived;
            }

            Assert.True(isAnsweredFirst);
            foreach (Client client in slow)
            {
                Assert.Equal(408, (await new ResponseReader(client).ReadAsync()).Status);
            }
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [Hosts]
    public async Task A_client_that_never_reads_is_left_and_keeps_nobody_waiting(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.HttpEventLoop);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Repeat("GET /large HTTP/1.1\r\nHost: h\r\n\r\n", 20)));
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, Get)).Status);
        await ServerProcess.EventuallyAsync(() => ProcFile.Connections(server.Pid) == 0, "the connection is closed");
    }

    /// <summary>The workers, once all of them are there.</summary>
    internal static async Task<IReadOnlyList<int>> WorkersAsync(ServerProcess server, int count)
    {
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == count, "all workers are there");
        return ProcFile.Children(server.Pid);
    }
}
