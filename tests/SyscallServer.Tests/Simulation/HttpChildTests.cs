using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The process that serves one connection, in simulated worlds: see <see cref="Schedules"/>.</summary>
public class HttpChildTests
{
    [Fact]
    public void It_gives_every_request_its_answer_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.HttpChild);
        if (coverage is not null)
        {
            Assert.True(coverage["answers"] > Schedules.Count && coverage["stopped"] > Schedules.Count / 20 && coverage["drained"] > Schedules.Count / 50, coverage.ToString());
        }
    }

    [Fact]
    public void The_planned_memory_is_what_a_child_needs()
    {
        HttpSpec spec = Site.Of() with { MaxTargetBytes = 8000, MaxHeaderBytes = 8192 };
        Assert.Equal(SimulatedSite.MemorySize, ServerPlanner.HttpMemorySize(spec, spec.Plan()));

        var files = new RouteSpec("", new EquatableArray<byte>([(byte)'/']), IsPrefix: true, "GET", Response: null) { Action = new FilesSpec("root", default, IsEncoded: true) };
        RouteSpec upload = files with { Method = "PUT", Action = new UploadSpec("root", 1, default) };
        RouteSpec handler = files with { Action = new HandlerSpec("Echo", SimulatedSite.MaxBody, MaxResponseBytes: 8192) };
        spec = spec with { Routes = new EquatableArray<RouteSpec>([files, upload, handler]), AccessLog = new AccessLogSpec(AccessLogKind.Always, default) };
        Assert.Equal(FileSite.MemorySize, ServerPlanner.HttpMemorySize(spec, spec.Plan()));
    }
}
