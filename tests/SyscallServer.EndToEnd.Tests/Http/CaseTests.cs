using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Every case, in every way.</summary>
public class CaseTests
{
    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Cases_sent_whole(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        await Ways.RunAsync(server.Port, await HttpServer.CasesAsync(server.Port), Ways.Whole);
    }

    [Theory]
    [SomeEngines]
    public async Task Cases_sent_byte_by_byte(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        await Ways.RunAsync(server.Port, await HttpServer.CasesAsync(server.Port), Ways.ByteByByte);
    }

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Cases_pipelined_between_two_other_requests(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        await Ways.RunAsync(server.Port, await HttpServer.CasesAsync(server.Port), Ways.Pipelined);
    }

    [Theory]
    [Engines]
    public async Task Cases_sent_by_a_client_that_ends_its_side(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        await Ways.RunAsync(server.Port, await HttpServer.CasesAsync(server.Port), Ways.HalfClosed);
    }

    [Fact]
    public void Cases_have_names_of_their_own()
        => Assert.Empty(HttpCases.All.Concat(HttpCases.Conditional("\"a\"", "\"b\"")).GroupBy(one => one.Name).Where(group => group.Count() > 1).Select(group => group.Key));
}

/// <summary>Those that take longest, a class of its own: what is in one class, xunit runs one after the other.</summary>
public class SplitCaseTests
{
    [Theory]
    [SomeEngines]
    public async Task Cases_split_at_each_place(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        await Ways.RunAsync(server.Port, await HttpServer.CasesAsync(server.Port), SplitAsync, parallel: engine == Concurrency.Prefork ? 1 : 2); // a worker for each connection

        // A request that is malformed costs a connection, and so a process, for each place. That is cheap without a runtime; the code is the same on
        // each host.
        Task SplitAsync(int port, HttpCase one) => one.Closes && host.HasRuntime() ? Ways.SplitAsync(port, one, most: 2) : Ways.SplitAsync(port, one);
    }
}
