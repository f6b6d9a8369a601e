using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Raw bytes in, raw bytes out.</summary>
public class ResponseTests
{
    private const string Response = "HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n";

    [Theory]
    [Hosts("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", OnArm64 = true)]
    [Hosts("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody")]
    [Hosts("no HTTP at all")]
    [Hosts("\0")]
    public async Task Every_request_gets_the_response(Host host, string request)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Response, await Client.ExchangeAsync(server.Port, request));
        }
    }

    [Theory]
    [Hosts]
    public async Task A_client_that_sends_nothing_but_ends_its_side_gets_the_response(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client client = await Client.ConnectAsync(server.Port);
        client.EndSending();
        Assert.Equal(Response, await client.ReadToEndAsync());
    }

    [Theory]
    [Hosts]
    public async Task A_request_that_comes_byte_by_byte_gets_the_response_and_no_reset(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client client = await Client.ConnectAsync(server.Port);
        foreach (byte value in "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray())
        {
            await client.SendAsync(new[] { value });
            await Task.Delay(1);
        }

        Assert.Equal(Response, await client.ReadToEndAsync());
    }

    [Theory]
    [Hosts(1024)]
    [Hosts(1025)]
    [Hosts(10_000_000)]
    public async Task A_large_request_gets_the_response_and_no_reset(Host host, int length)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(Enumerable.Repeat((byte)'x', length).ToArray());
        Assert.Equal(Response, await client.ReadToEndAsync());
    }

    [Theory]
    [Hosts]
    public async Task A_large_response_arrives_whole_at_a_slow_reader(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Large);
        using Client client = await Client.ConnectAsync(server.Port);
        client.ReceiveBufferSize = 4096;
        await client.SendAsync("x");
        int total = 0;
        for (int count = -1; count != 0; total += count)
        {
            count = await client.ReadAsync(100_000);
            await Task.Delay(600); // longer in all than the write timeout of 5 s
        }

        Assert.Equal(998_400, total);
    }

    [Theory]
    [Hosts]
    public async Task A_reset_by_the_client_harms_nobody(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Large);
        for (int i = 0; i < 10; i++)
        {
            Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync("x");
            if (i % 2 == 0)
            {
                await client.ReadAsync(1);
            }

            client.Reset();
        }

        Assert.Equal(998_400, (await Client.ExchangeAsync(server.Port, "x")).Length);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "the children have ended");
        Assert.DoesNotContain("rror", server.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Hosts]
    public async Task Curl_prints_the_response(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        Assert.Equal(Response, await Command.OutputOfAsync("curl", ["-s", "-i", "--http0.9", $"http://localhost:{server.Port}/"]));
    }

    [Theory]
    [Hosts]
    public async Task Thousands_of_requests_leave_no_zombie_and_no_descriptor(Host host)
    {
        int requests = host == Host.Jit ? 2_000 : 20_000; // to fork a process with a JIT takes as long as to fork many without a runtime
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        await Client.ExchangeAsync(server.Port, "x");

        // Before it reaps the child, the parent has closed the connection; when the client has its answer, it may not have.
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "the first child is gone");
        int descriptors = ProcFile.Descriptors(server.Pid).Count;
        string report = await Command.OutputOfAsync("ab", ["-q", "-s", Patience.Argument, "-n", $"{requests}", "-c", "8", $"http://127.0.0.1:{server.Port}/"]);
        Assert.Matches($@"Complete requests:\s+{requests}\n", report);
        Assert.Matches(@"Failed requests:\s+0\n", report);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "no child, running or zombie, is left");
        Assert.Equal(descriptors, ProcFile.Descriptors(server.Pid).Count);
    }
}
