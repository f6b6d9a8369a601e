using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The supervisor of the workers in simulated worlds: see <see cref="Schedules"/>.</summary>
public class SupervisorTests
{
    [Fact]
    public void It_looks_after_its_workers_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.Supervisor);
        if (coverage is not null)
        {
            int schedules = Schedules.Count;
            Assert.True(
                coverage["ended"] > schedules / 8 && coverage["workers"] > schedules / 8 && coverage["forked"] > schedules && coverage["no room for a worker"] > schedules / 10
                && coverage["killed"] > schedules / 20 && coverage["orphans"] > schedules / 20 && coverage["ended with 1"] > 0
                && coverage["no worker ever"] > schedules / 100 && coverage["refused by a worker"] > schedules / 100 && coverage["alone"] > schedules / 100 && coverage["drained"] > schedules / 20 && coverage["alone but for handlers"] > schedules / 200,
                coverage.ToString());
        }
    }
}
