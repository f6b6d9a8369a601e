using System;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Servers that are replaced under load: by a service manager, or by another one beside them.</summary>
public sealed class RestartTests
{
    [Theory]
    [Engines("")]
    [Engines("-k")]
    public async Task Restarted_under_load_on_a_socket_that_is_passed_no_request_fails(Host host, Concurrency engine, string keepAlive)
    {
        string[] options = keepAlive.Length > 0 ? [keepAlive, "-n", "50000"] : ["-n", host == Host.Jit && engine == Concurrency.Fork ? "4000" : "10000"]; // to fork a process with a JIT takes 3.5 ms of CPU
        await using ServiceManager manager = await ServiceManager.BeginAsync(await ListenTests.ExecutableAsync(host, engine));
        int server = await manager.StartAsync();
        await ServerProcess.EventuallyAsync(() => manager.Error == "Listening on socket 3, which was passed (LISTEN_FDS)\n", "it says where it listens");
        Task<string> load = Command.OutputOfAsync("ab", [.. options, "-q", "-s", Patience.Argument, "-c", "8", $"http://127.0.0.1:{manager.Port}/"]);
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(200);
            Assert.Equal(0, await manager.StopAsync(server));
            server = await manager.StartAsync();
        }

        string report = await load;
        Assert.Matches($@"Complete requests:\s+{options[^1]}\n", report);
        Assert.Matches(@"Failed requests:\s+0\n", report);
        Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
        Assert.Equal(0, await manager.StopAsync(server));
    }

    [Theory]
    [Hosts("-k")]
    [Hosts("")]
    public async Task A_new_server_takes_over_under_load_and_no_request_fails(Host host, string keepAlive)
    {
        // Without it, Linux resets handshakes that are under way when one of several listeners is closed.
        using var migration = new KernelSetting("net/ipv4/tcp_migrate_req", "1");
        string executable = await Programs.ExecutableAsync(host, Programs.Many);
        await using ServerProcess old = await ServerProcess.StartAsync([], executable);
        string[] options = keepAlive.Length > 0 ? [keepAlive, "-n", "100000"] : ["-n", "20000"];
        Task<string> load = Command.OutputOfAsync("ab", [.. options, "-q", "-s", Patience.Argument, "-c", "8", $"http://127.0.0.1:{old.Port}/"]);
        await ServerProcess.EventuallyAsync(() => ProcFile.Connections(old.Pid) > 0 || load.IsCompleted, "the load has begun");
        await using ServerProcess another = await ServerProcess.StartAsync([], executable, "--port", $"{old.Port}");
        old.Signal("TERM");
        Assert.Equal(0, await old.ExitAsync());
        string report = await load;
        Assert.Matches($@"Complete requests:\s+{options[^1]}\n", report);
        Assert.Matches(@"Failed requests:\s+0\n", report);
        Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
    }
}
