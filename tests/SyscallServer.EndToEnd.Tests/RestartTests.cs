using System;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Servers that a service manager restarts under load.</summary>
public sealed class RestartTests
{
    [Theory]
    [Engines("")]
    [Engines("-k")]
    public async Task Restarted_under_load_on_a_socket_that_is_passed_no_request_fails(Host host, Concurrency engine, string keepAlive)
    {
        string[] options = keepAlive.Length > 0 ? [keepAlive, "-n", "50000"] : ["-n", "10000"];
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
}
