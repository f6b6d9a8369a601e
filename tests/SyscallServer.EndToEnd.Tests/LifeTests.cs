using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Signals, limits, timeouts and shortages, on the real kernel.</summary>
public class LifeTests
{
    // The values of tests/Servers/Limits, in seconds.
    private const int ReadTimeout = 5;
    private const int GracePeriod = 5;

    [Theory]
    [Hosts("TERM", OnArm64 = true)]
    [Hosts("INT", OnArm64 = true)]
    public async Task A_signal_ends_an_idle_server_with_0(Host host, string signal)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        await Client.ExchangeAsync(server.Port, "x");
        server.Signal(signal);
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts("TERM")]
    [Hosts("INT")]
    public async Task A_signal_ends_a_server_that_is_PID_1_with_0(Host host, string signal)
    {
        string executable = await Programs.ExecutableAsync(host, Programs.Hello);
        await using ServerProcess server = await ServerProcess.StartAsync(["unshare", "--pid", "--fork", "--kill-child"], executable);
        Assert.Equal("1", await Command.OutputOfAsync("sh", ["-c", $"grep NSpid: /proc/{server.Pid}/status | cut -f 3 | tr -d '\n'"]));
        Assert.NotEmpty(await Client.ExchangeAsync(server.Port, "x"));
        server.Signal(signal);
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts]
    public async Task Under_load_a_signal_ends_the_server_within_the_grace_period(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        Task<Command.Result> load = Command.RunAsync("ab", ["-q", "-s", Patience.Argument, "-r", "-n", "200000", "-c", "8", $"http://127.0.0.1:{server.Port}/"]);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count > 0, "the load has begun");
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());

        // Before the load's own end: further requests found nobody.
        Assert.DoesNotMatch(@"Failed requests:\s+0\n", (await load).Output);
    }

    [Theory]
    [Hosts]
    public async Task After_a_signal_nobody_new_is_served_and_a_running_child_may_finish(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client running = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        server.Signal("TERM");
        await ServerProcess.EventuallyAsync(() => !ProcFile.Listens(server.Pid), "nobody is accepted any more");
        await running.SendAsync("x");
        Assert.NotEmpty(await running.ReadToEndAsync());
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts]
    public async Task Control_C_reaches_the_children_too_and_does_not_disturb_them(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client running = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        ServerProcess.Signal("INT", ProcFile.Children(server.Pid)[0]);
        server.Signal("INT");
        await running.SendAsync("x");
        Assert.NotEmpty(await running.ReadToEndAsync());
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts]
    public async Task A_child_that_outlasts_the_grace_period_is_killed(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        using Client stalled = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        int child = ProcFile.Children(server.Pid)[0];
        ServerProcess.Signal("STOP", child);
        long start = Stopwatch.GetTimestamp();
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        AssertNotBefore(start, GracePeriod);
        await ServerProcess.EventuallyAsync(() => !System.IO.Directory.Exists($"/proc/{child}"), "the child is gone");
    }

    [Theory]
    [Hosts]
    public async Task A_second_signal_ends_the_server_at_once(Host host)
    {
        // Its grace period is longer than anybody here waits.
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.ListenRaw, "--listen", "127.0.0.1:0");
        using Client stalled = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        ServerProcess.Signal("STOP", ProcFile.Children(server.Pid)[0]);
        server.Signal("TERM");
        await ServerProcess.EventuallyAsync(() => !ProcFile.Listens(server.Pid), "the first signal was read");
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Hosts]
    public async Task A_silent_client_is_closed_after_the_read_timeout(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        long start = Stopwatch.GetTimestamp(); // before the server's clock can start
        using Client silent = await Client.ConnectAsync(server.Port);
        Assert.Equal("", await silent.ReadToEndAsync());
        AssertNotBefore(start, ReadTimeout);
    }

    [Theory]
    [Hosts]
    public async Task A_client_that_never_closes_does_not_keep_its_child(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("x");
        Assert.Equal("limited\n", await client.ReadToEndAsync());
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "the child has ended");
    }

    [Theory]
    [Hosts]
    public async Task A_client_that_sends_on_and_on_does_not_keep_its_child(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        long start = Stopwatch.GetTimestamp();
        using Client client = await Client.ConnectAsync(server.Port);
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Patience.Time)
            {
                await client.SendAsync("x");
                await Task.Delay(50);
            }
        });
        AssertNotBefore(start, ReadTimeout);
    }

    [Theory]
    [Hosts]
    public async Task A_client_that_never_reads_is_given_up_after_the_write_timeout(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Large);
        using Client client = await Client.ConnectAsync(server.Port);
        client.ReceiveBufferSize = 4096;
        await client.SendAsync("x");
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "the child has ended");
    }

    [Theory]
    [Hosts]
    public async Task Beyond_the_limit_connections_wait_and_are_served_in_their_turn(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        var waiting = new List<Task<string>>();
        using Client first = await Client.ConnectAsync(server.Port);
        using Client second = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 2, "both places are taken");
        for (int i = 0; i < 10; i++)
        {
            waiting.Add(Client.ExchangeAsync(server.Port, "x"));
        }

        await Task.Delay(300);
        Assert.Equal(2, ProcFile.Children(server.Pid).Count);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        await first.SendAsync("x");
        Assert.Equal("limited\n", await first.ReadToEndAsync());
        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal("limited\n", response));
    }

    [Theory]
    [Hosts]
    public async Task A_parent_that_ignored_SIGCHLD_does_no_harm(Host host)
    {
        string executable = await Programs.ExecutableAsync(host, Programs.Limits);
        await using ServerProcess server = await ServerProcess.StartAsync(["sh", "-c", "trap '' CHLD; exec \"$@\"", "sh"], executable);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("limited\n", await Client.ExchangeAsync(server.Port, "x"));
        }
    }

    [Theory]
    [Hosts]
    public async Task A_killed_child_is_no_loss_but_for_its_own_client(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Limits);
        for (int i = 0; i < 5; i++)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
            ServerProcess.Signal("KILL", ProcFile.Children(server.Pid)[0]);
            Assert.Equal("", await client.ReadToEndAsync());
            await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 0, "the child is reaped");
        }

        Assert.Equal("limited\n", await Client.ExchangeAsync(server.Port, "x"));
    }

    [Theory]
    [Hosts(NotUnderQemu = HostDataAttribute.LimitsQemu)]
    public async Task Without_descriptors_the_server_waits_and_does_not_spin(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        int[] taken = [.. ProcFile.Descriptors(server.Pid).Select(path => int.Parse(path[(path.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture))];
        int lowestFree = Enumerable.Range(0, int.MaxValue).First(number => !taken.Contains(number));
        await Command.OutputOfAsync("prlimit", ["--pid", $"{server.Pid}", $"--nofile={lowestFree}:"]);
        Task<string> waiting = Client.ExchangeAsync(server.Port, "x");
        await ServerProcess.EventuallyAsync(() => server.Error.Contains("retrying accept: too many open files (EMFILE)\n", StringComparison.Ordinal), "the shortage is reported");
        long before = ProcFile.CpuTicks(server.Pid);
        await Task.Delay(1000);
        Assert.InRange(ProcFile.CpuTicks(server.Pid) - before, 0, 20); // hundredths of a second
        Assert.False(waiting.IsCompleted);
        Assert.Single(server.Error.Split('\n'), line => line.Contains("EMFILE", StringComparison.Ordinal));
        await Command.OutputOfAsync("prlimit", ["--pid", $"{server.Pid}", $"--nofile={lowestFree + 100}:"]);
        Assert.NotEmpty(await waiting);
    }

    [Theory]
    [Hosts(NotUnderQemu = HostDataAttribute.LimitsQemu)]
    public async Task Without_processes_the_server_waits_and_keeps_the_connection(Host host)
    {
        // The limit does not hold for root. Only a process of the same user may change it from outside.
        string[] asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        string executable = await Programs.ExecutableAsync(host, Programs.Hello);
        await using ServerProcess server = await ServerProcess.StartAsync(asNobody, executable);
        await Client.ExchangeAsync(server.Port, "x");
        await Command.OutputOfAsync(asNobody[0], [.. asNobody[1..], "prlimit", "--pid", $"{server.Pid}", "--nproc=1:"]);
        Task<string> waiting = Client.ExchangeAsync(server.Port, "x");
        await ServerProcess.EventuallyAsync(() => server.Error.Contains("retrying fork: resource temporarily unavailable (EAGAIN)\n", StringComparison.Ordinal), "the shortage is reported");
        Assert.False(waiting.IsCompleted);
        await Command.OutputOfAsync(asNobody[0], [.. asNobody[1..], "prlimit", "--pid", $"{server.Pid}", "--nproc=500:"]);
        Assert.NotEmpty(await waiting);
    }

    // Not under the JIT, which writes code: there the server has switched off what hides that, see ManagedHost.
    [Theory]
    [InlineData(Host.NativeAot)]
    [InlineData(Host.Freestanding)]
    public async Task No_memory_is_writable_and_executable(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Hello);
        using Client client = await Client.ConnectAsync(server.Port);
        await ServerProcess.EventuallyAsync(() => ProcFile.Children(server.Pid).Count == 1, "the client has its child");
        Assert.DoesNotContain(ProcFile.Maps(server.Pid).Concat(ProcFile.Maps(ProcFile.Children(server.Pid)[0])), line => line.Contains(" rwx", StringComparison.Ordinal));
    }

    /// <summary>The server's clock begins later than a test's, and may be a tenth of a second coarse.</summary>
    private static void AssertNotBefore(long start, int seconds) => Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, seconds - 0.1, double.MaxValue);
}
