using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The event loop in simulated worlds: see <see cref="Schedules"/>.</summary>
public class EventLoopTests
{
    [Fact]
    public void It_serves_everyone_and_forgets_nobody_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.EventLoop);
        System.Console.WriteLine(coverage);
        if (coverage is not null)
        {
            foreach (string place in new[] { "answers", "turned away" })
            {
                Assert.True(coverage[place] > 0, $"{place}: {coverage}");
            }
        }
    }
}
