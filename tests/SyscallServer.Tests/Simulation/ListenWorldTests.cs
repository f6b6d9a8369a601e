using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>Servers that start on one path in simulated worlds: see <see cref="Schedules"/>.</summary>
public class ListenWorldTests
{
    [Fact]
    public void Of_servers_that_start_at_one_moment_on_one_stale_path_exactly_one_listens()
    {
        Coverage? coverage = Schedules.Run(Simulations.Listen);
        if (coverage is not null)
        {
            int schedules = Schedules.Count;
            Assert.True(
                coverage["alone"] > schedules / 4 && coverage["waited"] > schedules / 20 && coverage["without a lock"] > schedules / 20
                && coverage["Nothing"] > schedules / 20 && coverage["StaleSocket"] > schedules / 20 && coverage["LiveServer"] > schedules / 20 && coverage["RegularFile"] > schedules / 20,
                coverage.ToString());
        }
    }
}
