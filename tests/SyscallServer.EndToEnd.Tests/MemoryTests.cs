using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What an event loop keeps in memory for its clients, at most and afterwards: tests/Servers/Bodies.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests
{
    /// <summary>The server's MaxRequestMemoryBytes, in kB as /proc counts.</summary>
    private const int Budget = 16 * 1024;

    /// <summary>How many of the longest bodies, each beside the longest head, are in it.</summary>
    private const int Requests = 15;

    private const int MaxBody = 1 << 20;

    /// <summary>All of the head, and most of the body.</summary>
    private static readonly string Half = Head(MaxBody) + new string('x', MaxBody - 100);

    [Fact]
    public async Task Memory_of_requests_is_bounded_and_goes_back_when_they_are_gone()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Bodies);
        int worker = ProcFile.Children(server.Pid).Single();
        Assert.InRange(ProcFile.Status(worker, "VmSize"), 0, 2 * Budget);
        long before = ProcFile.Status(worker, "VmRSS");

        var clients = new List<Client>();
        for (int i = 0; i < Requests; i++)
        {
            clients.Add(await Client.ConnectAsync(server.Port));
            await clients[i].SendAsync(Half);
        }

        await ServerProcess.EventuallyAsync(() => ProcFile.Status(worker, "VmRSS") > Requests * (MaxBody - 100) / 1024, "all bodies are in memory");
        Assert.InRange(ProcFile.Status(worker, "VmRSS"), 0, before + Budget + 256);

        // Nothing is left for another one; it can be asked again on the same connection, and what needs no memory is answered as ever.
        using (Client another = await Client.ConnectAsync(server.Port))
        {
            var reader = new ResponseReader(another);
            for (int i = 0; i < 3; i++)
            {
                await another.SendAsync(Head(5) + "abcde");
                Assert.Equal(503, (await reader.ReadAsync("POST")).Status);
            }

            await another.SendAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Assert.Equal(404, (await reader.ReadAsync("GET")).Status);

            // The one that gets the rest of its body is answered, and its memory is another one's.
            await clients[0].SendAsync(new string('x', 100));
            Assert.Equal($"{MaxBody}", (await new ResponseReader(clients[0]).ReadAsync("POST")).Text);
            await another.SendAsync(Head(5) + "abcde");
            Assert.Equal("5", (await reader.ReadAsync("POST")).Text);
        }

        clients.ForEach(client => client.Dispose());
        await ServerProcess.EventuallyAsync(() => ProcFile.Status(worker, "VmRSS") < before + 2 * 1024, "the memory has gone back");
    }

    [Fact]
    public async Task It_starts_where_its_address_space_is_limited()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Bodies);
        await using ServerProcess server = await ServerProcess.StartAsync(["/bin/sh", "-c", $"ulimit -v {2 * Budget}; exec \"$@\"", "sh"], executable);
        Assert.Equal("5", (await HttpServer.ExchangeAsync(server.Port, Head(5) + "abcde")).Text);
    }

    [Fact]
    public async Task A_server_whose_workers_have_no_room_for_their_clients_ends_with_1()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Bodies);
        Command.Result result = await Command.RunAsync("sh", ["-c", $"ulimit -v {Budget / 2}; exec \"$@\"", "sh", executable, "--port", "0", "--quiet"]);
        Assert.Equal((1, "mmap: out of memory (ENOMEM)\n"), (result.ExitCode, result.Error));
    }

    /// <summary>Of one worker for each CPU of a large machine: what they share, and what each has written to.</summary>
    [Fact]
    public async Task Sixty_four_event_loops_take_at_most_4_MiB()
    {
        const int Workers = 64;
        const int Most = 4096; // kB
        string executable = await Programs.PublishAsync(Programs.Bench, "-64", "-p:BenchConcurrency=EventLoop", $"-p:BenchWorkers={Workers}");
        await using ServerProcess server = await ServerProcess.StartAsync([], executable);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == Workers, "all workers are there");
        for (int i = 0; i < Workers; i++)
        {
            Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).Status);
        }

        Assert.InRange(ProcFile.Children(server.Pid).Append(server.Pid).Sum(ProcFile.ProportionalSetSize), 1, Most);
    }

    private static string Head(int length) => $"POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n";
}
