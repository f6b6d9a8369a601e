using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The worker that serves one connection after the other, in simulated worlds: see <see cref="Schedules"/>.</summary>
public class PreforkTests
{
    /// <summary>What one schedule in a hundred must come across.</summary>
    private static readonly string[] Places =
    [
        "accepted after the signal", "answered after the signal", "answers with status 400", "answers with status 408", "came while another was served", "closed without waiting", "failed", "drained",
        "gave way", "reset", "short of descriptors", "stopped between two connections", "stopped between two requests", "stopped in a request",
        "taken by another worker", "timed out", "timed out, and has room", "timed out while taking",
    ];

    [Fact]
    public void It_serves_one_after_the_other_and_forgets_nobody_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.PreforkWorker);
        if (coverage is not null)
        {
            Assert.All(Places, place => Assert.True(coverage[place] > Schedules.Count / 100, $"{place}: {coverage}"));
            Assert.True(coverage["answers"] > Schedules.Count, coverage.ToString());
        }
    }
}
