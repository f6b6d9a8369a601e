using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What a connection with one request costs: its system calls and page faults, which can be counted, whatever else the machine does.</summary>
public partial class ConnectionCostTests
{
    private const int Connections = 40;

    /// <summary>How many servers are started at most: that none of them lies so, has a probability of one in ten thousand, and less.</summary>
    private const int Starts = 40;

    private const string Request = "GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    /// <summary>
    /// The most calls for a connection. Two more than these are made where the request comes later than the connection: a recvfrom that finds nothing, and the wait for more. The event loop enters it into its epoll set then, too; where the
    /// request has come, it looks for a further connection instead.
    /// </summary>
    [Theory]
    [InlineData(Concurrency.EventLoop, 8)] // epoll_wait, accept4, recvfrom, (epoll_ctl, epoll_wait, recvfrom, or accept4), sendto, close
    [InlineData(Concurrency.Prefork, 8)] // epoll_wait, accept, recvfrom, (poll, recvfrom), clock_gettime, write, close; the clock is the vDSO's where there is one
    [InlineData(Concurrency.Fork, 17)] // in the parent poll, accept, fork, close, poll, read, wait4 twice; in the child close twice, recvfrom, (poll, recvfrom), clock_gettime, write, close, exit
    public async Task A_connection_for_one_request_takes_few_system_calls(Concurrency engine, int most)
    {
        string file = Path.GetTempFileName();
        try
        {
            await using ServerProcess server = await HttpServer.StartAsync(Host.Freestanding, engine, "strace", "-f", "-qq", "-o", file);
            await Client.ExchangeAsync(server.Port, Request);
            int before = File.ReadLines(file).Count();
            for (int i = 0; i < Connections; i++)
            {
                Assert.Contains("200 OK", await Client.ExchangeAsync(server.Port, Request), StringComparison.Ordinal);
            }

            // Others may be woken for a connection that one of them has taken, and the second of the timer passes. Workers that are still starting are no part of it, up to their first wait.
            string[] ofStart = engine == Concurrency.Prefork ? ["fork", "prctl", "getppid", "epoll_create1", "epoll_ctl"] : ["prctl", "getppid", "epoll_create1", "mmap"];
            var waiting = new HashSet<string>(File.ReadLines(file).Take(before).Where(line => line.Contains(" epoll_wait(", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
            Dictionary<string, int> calls = File.ReadLines(file).Skip(before).Select(line => Call().Match(line)).Where(match => match.Success)
                .Where(match => match.Groups[1].Value != "epoll_wait" || !waiting.Add(match.Value.Split(' ')[0]))
                .GroupBy(match => match.Groups[1].Value).Where(group => !ofStart.Contains(group.Key)).ToDictionary(group => group.Key, group => group.Count());
            string all = string.Join(", ", calls.Select(call => $"{call.Key} {call.Value}"));
            Assert.True(calls.Values.Sum() <= most * (Connections + 1), all);
            Assert.False(calls.ContainsKey("shutdown"), all); // the client has said that it sends nothing more
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Who_is_connected_is_asked_once_for_each_connection()
    {
        string file = Path.GetTempFileName();
        try
        {
            (string executable, _) = await Programs.WithFeatureAsync("AllowFrom");
            await using ServerProcess server = await ServerProcess.StartAsync(["strace", "-f", "-qq", "-e", "trace=getpeername", "-o", file], executable);
            for (int connections = 1; connections <= 2; connections++)
            {
                using Client client = await Client.ConnectAsync(server.Port);
                var reader = new ResponseReader(client);
                for (int i = 0; i < 10; i++)
                {
                    await client.SendAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                    Assert.Equal(403, (await reader.ReadAsync()).Status); // it is for others
                }

                Assert.Equal(connections, File.ReadLines(file).Count(line => line.Contains("getpeername", StringComparison.Ordinal)));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// A child touches its stack, its memory, and what it writes to that its parent has written to. Where the kernel has put the stack decides how many pages that is, so of several servers the one with the fewest counts: more than one in
    /// three has so few.
    /// </summary>
    [Theory]
    [InlineData(Programs.Hello, 3)]
    [InlineData(Programs.Site, 5)]
    public async Task A_forked_child_touches_few_pages(string program, int most)
    {
        long least = long.MaxValue;
        for (int starts = 0; starts < Starts && least > most * Connections; starts++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, program);
            await Client.ExchangeAsync(server.Port, Request);
            long before = await FaultsAsync(server);
            for (int i = 0; i < Connections; i++)
            {
                await Client.ExchangeAsync(server.Port, Request);
            }

            least = Math.Min(least, await FaultsAsync(server) - before);
        }

        Assert.InRange(least, 0, most * Connections);
    }

    /// <summary>Those of the parent and of its children, which have ended.</summary>
    private static async Task<long> FaultsAsync(ServerProcess server)
    {
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "all children have ended");
        return ProcFile.PageFaults(server.Pid) + ProcFile.PageFaultsOfChildren(server.Pid);
    }

    [GeneratedRegex(@"^\d+ +(\w+)\(")]
    private static partial Regex Call();
}
