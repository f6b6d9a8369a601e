using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The event loop in simulated worlds: see <see cref="Schedules"/>.</summary>
public class EventLoopTests
{
    /// <summary>What one schedule in a hundred must come across.</summary>
    private static readonly string[] Places =
    [
        "answered after the signal", "closed without waiting", "gave way", "turned away", "timed out", "timed out while taking", "waited for a client to take more", "rested",
        "answers with status 400", "answers with status 408", "answers with status 503", "idle at the end", "ended with open connections", "failed", "drained",
    ];

    [Fact]
    public void It_serves_everyone_and_forgets_nobody_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.EventLoop);
        if (coverage is not null)
        {
            Assert.All(Places, place => Assert.True(coverage[place] > Schedules.Count / 100, $"{place}: {coverage}"));
            Assert.True(coverage["answers"] > Schedules.Count, coverage.ToString());
        }
    }
}
