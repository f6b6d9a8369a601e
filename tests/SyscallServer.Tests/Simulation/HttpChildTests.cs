using System;
using System.Globalization;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// The process that serves one connection, in simulated worlds. SIMULATION_SCHEDULES says how many (default 100,000), SIMULATION_SEED which one
/// alone: a failure names its seed.
/// </summary>
public class HttpChildTests
{
    private const string Host = "Host: localhost\r\n";

    private static readonly string LongField = new('x', 3000);

    private static readonly SimulatedClient.Exchange[] Exchanges =
    [
        new($"GET / HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"GET / HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"\r\n\r\nGET /?q HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"GET /long HTTP/1.1\r\n{Host}X: {LongField}\r\n\r\n", 200, SimulatedSite.Long),
        new($"GET /huge HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Huge),
        new($"HEAD /huge HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Huge, Head: true),
        new($"GET /none HTTP/1.1\r\n{Host}\r\n", 404, SimulatedSite.NoSuchPage),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 5\r\n\r\nabcde", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 1000\r\n\r\n{new string('b', 1000)}", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde", 200, SimulatedSite.Small, HasInterim: true),
        new($"POST /post HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nabcde\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 1001\r\n\r\n", 413, "413 Content Too Large\n", Closes: true),
        new($"GET / HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 200, SimulatedSite.Small, Closes: true),
        new("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, SimulatedSite.Small),
        new("GET / HTTP/1.0\r\n\r\n", 200, SimulatedSite.Small, Closes: true),
        new("GET / HTTP/1.1\r\n\r\n", 400, "400 Bad Request\n", Closes: true),
        new("GET / HTTP/2.0\r\n\r\n", 505, "505 HTTP Version Not Supported\n", Closes: true),
    ];

    [Fact]
    public void It_gives_every_request_its_answer_whatever_fails_whenever()
    {
        int schedules = Setting("SIMULATION_SCHEDULES") ?? 100_000;
        int first = Setting("SIMULATION_SEED") ?? 1;
        int last = Setting("SIMULATION_SEED") ?? schedules;
        int answers = 0, stopped = 0;
        for (int seed = first; seed <= last; seed++)
        {
            var world = new ClientWorld(seed, faultRate: seed % 4 * 0.02, Exchanges);
            try
            {
                SimulatedSite.ServeIn(world);
            }
            catch (XunitException exception)
            {
                throw new XunitException($"SIMULATION_SEED={seed}: {exception.Message}");
            }

            answers += world.Answers;
            stopped += world.WasStopped ? 1 : 0;
        }

        // The schedules are of use only if they reach the interesting places.
        Assert.True(first == last || (answers > schedules && stopped > schedules / 20), $"{answers} answers, {stopped} stopped");
    }

    [Fact]
    public void The_planned_memory_is_what_a_child_needs()
    {
        HttpSpec spec = Site.Of() with { MaxTargetBytes = 8000, MaxHeaderBytes = 8192 };
        Assert.Equal(SimulatedSite.MemorySize, ServerPlanner.HttpMemorySize(spec));
    }

    private static int? Setting(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
