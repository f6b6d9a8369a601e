using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What SIGTERM means for connections: none is cut off in the middle, and none is waited for that has nothing to say.</summary>
public class EndTests
{
    private const string Get = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string GetPlanned = "GET /planned HTTP/1.1\r\nHost: h\r\n\r\n";

    /// <summary>A server whose idle connections, and its grace period, would last for longer than any test waits: where it ends, nobody was waited for.</summary>
    private static async Task<ServerProcess> StartPatientAsync(Host host, Concurrency engine) => await ServerProcess.StartAsync(host, HandlerTests.Project(engine));

    [Theory]
    [SomeEngines("TERM")]
    [SomeEngines("INT")]
    public async Task Idle_connections_are_closed_in_order_and_the_server_ends_promptly(Host host, Concurrency engine, string signal)
    {
        await using ServerProcess server = await StartPatientAsync(host, engine);

        // One after the other is accepted, so the response on the second one says that both are. A server waits for a first request only as long as for a read, so it may have ended the first of them before the signal; that is an end in order, too.
        using Client unused = await Client.ConnectAsync(server.Port);
        using Client used = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(used);
        await used.SendAsync(GetPlanned);
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        server.Signal(signal);
        await reader.EndAsync();
        await new ResponseReader(unused).EndAsync();
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>With a timeout that began anew at each empty line, a few bytes a minute held a place for ever.</summary>
    [Theory]
    [SomeEngines(false)]
    [SomeEngines(true)]
    public async Task A_connection_that_sends_nothing_but_empty_lines_is_idle_and_ends(Host host, Concurrency engine, bool isUsed)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        if (isUsed)
        {
            await client.SendAsync(Get);
            Assert.Equal(200, (await new ResponseReader(client).ReadAsync()).Status);
        }

        Task ended = client.ReadToEndOrResetAsync();
        while (await Task.WhenAny(ended, Task.Delay(1000)) != ended)
        {
            try
            {
                await client.SendAsync("\r\n");
            }
            catch (SocketException)
            {
                // It has ended meanwhile.
            }
        }

        await ended;
    }

    [Theory]
    [SomeEngines("GET /plan", "ned HTTP/1.1\r\nHost: h\r\n\r\n")]
    [SomeEngines("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n01", "234")]
    [SomeEngines("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r", "\nx\r\n0\r\n\r\n")]
    [SomeEngines("GET /planned HTTP/1.0\r\nConnection: keep-alive\r\n", "\r\n")]
    public async Task A_request_that_is_under_way_is_answered_as_the_last(Host host, Concurrency engine, string begun, string rest)
    {
        await using ServerProcess server = await StartPatientAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);

        // Its beginning comes with another request: the response to that one says that the server has it.
        await client.SendAsync(GetPlanned + begun);
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        server.Signal("TERM");
        await Task.Delay(100);
        await client.SendAsync(rest + GetPlanned);
        HttpResponse response = await reader.ReadAsync();
        Assert.Equal((200, true), (response.Status, response.Closes));
        await reader.EndAsync();
        client.Dispose();
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [SomeEngines]
    public async Task A_response_that_is_under_way_arrives_whole(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        client.ReceiveBufferSize = 65536;
        var reader = new ResponseReader(client);
        await client.SendAsync(Get + "GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        server.Signal("TERM");
        await Task.Delay(300);
        Assert.Equal(1 << 20, (await reader.ReadAsync()).Body.Length);
        await reader.EndAsync();
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [SomeEngines]
    public async Task A_request_that_never_ends_does_not_keep_the_server(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartPatientAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(GetPlanned + "GET /plan");
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        server.Signal("TERM");
        Assert.Equal((408, true), (await reader.ReadAsync()) is var response ? (response.Status, response.Closes) : default);
        await reader.EndAsync();
        Assert.Equal(0, await server.ExitAsync());
    }
}
