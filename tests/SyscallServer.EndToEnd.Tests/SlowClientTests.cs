using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Clients that take as long as they may. They wait most of the time, and so may other tests beside them.</summary>
public sealed class SlowClientTests
{
    /// <summary>slowhttptest(1) at its work in three ways at once; it looks again and again whether somebody else is served.</summary>
    [Theory]
    [InlineData(Host.Freestanding, Programs.HttpEventLoop)]
    [InlineData(Host.Freestanding, Programs.Http)]
    public async Task Slow_heads_bodies_and_readers_do_not_make_the_server_unavailable(Host host, string program)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, program);
        string[][] attacks =
        [
            ["-H", "-u", $"http://127.0.0.1:{server.Port}/"],
            ["-B", "-s", "90000", "-u", $"http://127.0.0.1:{server.Port}/post"],
            ["-X", "-w", "1", "-y", "1000", "-n", "1", "-u", $"http://127.0.0.1:{server.Port}/large"],
        ];
        string[] reports = await Task.WhenAll(attacks.Select(attack
            => Command.OutputOfAsync("slowhttptest", ["-c", "250", "-r", "250", "-i", "1", "-l", "12", "-p", "10", .. attack])));
        foreach (string report in reports)
        {
            Assert.Matches("service available:.*YES", report);
            Assert.DoesNotMatch("service available:.*NO", report);
        }

        await ServerProcess.EventuallyAsync(() => ProcFile.Connections(server.Pid) == 0, "no connection is left");
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }
}
