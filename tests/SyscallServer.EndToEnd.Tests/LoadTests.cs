using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Servers under load and at their limits: what they use.</summary>
[Collection(Alone.Name)]
public sealed class LoadTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    [Fact]
    public async Task Ten_thousand_idle_connections_take_at_most_2_MiB()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Many);
        var clients = new List<Client>();
        try
        {
            for (int i = 0; i < 10_000; i++)
            {
                Client client = await Client.ConnectAsync(server.Port);
                clients.Add(client);
                await client.SendAsync(Get);
                Assert.Equal(200, (await new ResponseReader(client).ReadAsync()).Status);
            }

            Assert.Equal(10_000, ProcFile.Connections(server.Pid));
            Assert.InRange(ProcFile.Children(server.Pid).Append(server.Pid).Sum(pid => ProcFile.Status(pid, "VmRSS")), 1, 2048); // kB
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [Hosts(NotUnderQemu = HostDataAttribute.LimitsQemu)]
    public async Task Without_descriptors_those_that_were_answered_give_way_and_nothing_spins(Host host)
    {
        const int limit = 200; // more than a runtime has opened by then
        string executable = await Programs.ExecutableAsync(host, Programs.Many);
        await using ServerProcess server = await ServerProcess.StartAsync([], executable);
        foreach (int process in await WorkerTests.WorkersAsync(server, WorkerTests.ManyWorkers))
        {
            await Command.OutputOfAsync("prlimit", ["--pid", $"{process}", $"--nofile={limit}:{limit}"]);
        }

        var clients = new List<Client>();
        try
        {
            for (int i = 0; i < 3 * limit; i++)
            {
                Client client = await Client.ConnectAsync(server.Port);
                clients.Add(client);
                await client.SendAsync(Get);
                Assert.Equal(200, (await new ResponseReader(client).ReadAsync()).Status);
            }

            long before = ProcFile.Children(server.Pid).Sum(ProcFile.CpuTicks);
            await Task.Delay(1000);
            Assert.InRange(ProcFile.Children(server.Pid).Sum(ProcFile.CpuTicks) - before, 0, 20); // hundredths of a second
            Assert.Contains("retrying accept4: too many open files (EMFILE)\n", server.Error, StringComparison.Ordinal);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_request_costs_a_read_a_write_and_a_part_of_a_wait()
    {
        const int requests = 20_000, connections = 64;
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Many);
        string file = Path.GetTempFileName();
        try
        {
            await using ServerProcess server = await ServerProcess.StartAsync(["strace", "-f", "-o", file], executable);
            await Command.OutputOfAsync("ab", ["-k", "-q", "-s", Patience.Argument, "-c", $"{connections}", "-n", $"{requests}", $"http://127.0.0.1:{server.Port}/"]);
            await ServerProcess.EventuallyAsync(() => ProcFile.Connections(server.Pid) == 0, "all connections have ended");
            server.Signal("TERM");
            Assert.Equal(0, await server.ExitAsync());
            Dictionary<string, int> calls = File.ReadLines(file).Where(line => !line.Contains("resumed>", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('(')[0]).CountBy(call => call).ToDictionary();
            int seconds = calls["clock_gettime"]; // for the date; each has a tick of the timer, which is read
            Assert.InRange(calls["sendto"], requests, requests);
            Assert.InRange(calls["recvfrom"], requests, requests + 2 * connections); // and the end of each connection
            Assert.InRange(calls["epoll_wait"], 1, requests);
            string[] counted = ["recvfrom", "sendto", "epoll_wait", "clock_gettime", "read"];
            Assert.InRange(calls["read"], 1, 2 * seconds + 10); // the timer, signals
            Assert.InRange(calls.Where(call => !counted.Contains(call.Key)).Sum(call => call.Value), 0, 4 * connections + 200);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_million_requests_and_a_hundred_thousand_connections_leave_nothing_behind()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Many);
        await LoadAsync("-k", "-c", "64", "-n", "10000");
        long memory = Memory();
        await LoadAsync("-k", "-c", "64", "-n", "1000000");
        await LoadAsync("-c", "16", "-n", "100000");
        await ServerProcess.EventuallyAsync(() => ProcFile.Connections(server.Pid) == 0, "all connections have ended");
        Assert.InRange(Memory() - memory, -100, 16); // kB: a few pages that only now were touched for the first time

        long Memory() => ProcFile.Children(server.Pid).Append(server.Pid).Sum(pid => ProcFile.Status(pid, "VmRSS"));

        async Task LoadAsync(params string[] options)
        {
            string report = await Command.OutputOfAsync("ab", [.. options, "-q", "-s", Patience.Argument, $"http://127.0.0.1:{server.Port}/"]);
            Assert.Matches($@"Complete requests:\s+{options[^1]}\n", report);
            Assert.Matches(@"Failed requests:\s+0\n", report);
        }
    }
}
