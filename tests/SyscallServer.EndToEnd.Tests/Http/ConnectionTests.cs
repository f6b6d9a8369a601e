using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What happens on a connection in its time: several requests, bodies that are waited for, timeouts (RFC 9112, section 9).</summary>
public class ConnectionTests
{
    private const string Get = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

    [Theory]
    [SomeEngines]
    public async Task One_connection_serves_request_after_request(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        for (int i = 0; i < 100; i++)
        {
            await client.SendAsync(Sentinel.Request(i));
            Sentinel.Check(await reader.ReadAsync(), i);
        }

        client.EndSending();
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines]
    public async Task Pipelined_requests_are_answered_in_order(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        for (int round = 0; round < 20; round++)
        {
            await client.SendAsync(string.Concat(Enumerable.Range(round, 16).Select(Sentinel.Text)));
            for (int i = round; i < round + 16; i++)
            {
                Sentinel.Check(await reader.ReadAsync(), i);
            }
        }
    }

    [Theory]
    [SomeEngines]
    public async Task A_thousand_requests_sent_at_once_are_answered_in_order_to_a_client_that_ends_its_side(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 1000).Select(Sentinel.Text)));
        client.EndSending();
        for (int i = 0; i < 1000; i++)
        {
            Sentinel.Check(await reader.ReadAsync(), i);
        }

        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines]
    public async Task Large_and_small_responses_are_answered_in_order(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        string[] paths = ["/large", "/hello", "/lines", "/large", "/no-content", "/uncompressed", "/hello"];
        await client.SendAsync(string.Concat(paths.Select(path => $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n")));
        foreach (string path in paths)
        {
            HttpResponse response = await reader.ReadAsync();
            Assert.Equal(path switch { "/large" => 1 << 20, "/hello" => 6, "/no-content" => 0, _ => 8192 }, response.Body.Length);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Nothing_behind_a_bad_request_is_answered(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(Sentinel.Text(0) + Sentinel.Text(1) + "GET /hello\0 HTTP/1.1\r\nHost: h\r\n\r\n" + Get + Get);
        Sentinel.Check(await reader.ReadAsync(), 0);
        Sentinel.Check(await reader.ReadAsync(), 1);
        Assert.Equal((400, true), ((await reader.ReadAsync()) is var bad ? (bad.Status, bad.Closes) : default));
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines]
    public async Task Nothing_behind_a_request_that_closes_is_answered(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + Get);
        Assert.True((await reader.ReadAsync()).Closes);
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("GET /hel")]
    [SomeEngines("GET /hello HTTP/1.1\r\nHost: h\r\n")]
    [SomeEngines("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n012")]
    [SomeEngines("POST /post HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n012")]
    [SomeEngines("POST /post HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")]
    public async Task A_client_that_ends_its_side_in_the_middle_of_a_request_gets_400(Host host, Concurrency engine, string request)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(Get + request);
        client.EndSending();
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        HttpResponse response = await reader.ReadAsync();
        Assert.Equal((400, true), (response.Status, response.Closes));
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines]
    public async Task The_error_for_half_a_HEAD_has_no_body(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("HEAD /hello HTTP/1.1\r\nHost: h\r\n");
        client.EndSending();
        Assert.Equal(400, (await reader.ReadAsync("HEAD")).Status);
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("")]
    [SomeEngines(Get)]
    [SomeEngines(Get + "\r\n")]
    public async Task A_client_that_ends_its_side_between_requests_gets_nothing_more(Host host, Concurrency engine, string request)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(request);
        client.EndSending();
        if (request.Length > 0)
        {
            Assert.Equal(200, (await reader.ReadAsync()).Status);
        }

        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("Content-Length: 3", "tea")]
    [SomeEngines("Transfer-Encoding: chunked", "3;a=b\r\ntea\r\n0\r\nX: y\r\n\r\n")]
    public async Task A_client_that_waits_for_100_gets_it_before_it_sends_the_body(Host host, Concurrency engine, string field, string body)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync($"POST /post HTTP/1.1\r\nHost: h\r\n{field}\r\nExpect: 100-continue\r\n\r\n");
            Assert.Equal(100, (await reader.ReadAsync()).Status);
            await client.SendAsync(body);
            Assert.Equal(200, (await reader.ReadAsync()).Status);
        }

        await client.SendAsync(Sentinel.Request(1));
        Sentinel.Check(await reader.ReadAsync(), 1);
    }

    [Theory]
    [SomeEngines]
    public async Task A_client_that_does_not_wait_gets_no_100(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\ntea" + Sentinel.Text(1));
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        Sentinel.Check(await reader.ReadAsync(), 1);

        // Nor does one that has nothing to wait with.
        await client.SendAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(200, (await reader.ReadAsync()).Status);
    }

    [Theory]
    [SomeEngines]
    public async Task A_client_of_HTTP_1_0_gets_no_100(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("POST /post HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        await Task.Delay(200);
        await client.SendAsync("tea");
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("Content-Length: 100001\r\nExpect: 100-continue", 413)]
    [SomeEngines("Content-Length: 3\r\nExpect: a-miracle", 417)]
    public async Task A_client_that_waits_for_100_in_vain_gets_the_error(Host host, Concurrency engine, string fields, int status)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync($"POST /post HTTP/1.1\r\nHost: h\r\n{fields}\r\n\r\n");
        Assert.Equal(status, (await reader.ReadAsync()).Status);
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("Content-Length: 100001", "")]
    [SomeEngines("Content-Length: 1000000000000", "")]
    [SomeEngines("Transfer-Encoding: chunked", "186a1\r\n")]
    public async Task A_body_over_the_limit_gets_413_before_it_is_read(Host host, Concurrency engine, string field, string body)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync($"POST /post HTTP/1.1\r\nHost: h\r\n{field}\r\n\r\n{body}");
        HttpResponse response = await reader.ReadAsync();
        Assert.Equal((413, true), (response.Status, response.Closes));
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines("Content-Length: 20000000", 413)]
    [SomeEngines("Transfer-Encoding: chunked\r\nContent-Length: 20000000", 400)]
    [SomeEngines("Content-Length: 20000000x", 400)]
    public async Task A_client_that_sends_all_of_a_refused_body_gets_the_answer_and_no_reset(Host host, Concurrency engine, string fields, int status)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync($"POST /post HTTP/1.1\r\nHost: h\r\n{fields}\r\n\r\n");
        await client.SendAsync(new byte[20_000_000]);
        Assert.Equal(status, (await reader.ReadAsync()).Status);
        await reader.EndAsync();
    }

    [Theory]
    [SomeEngines]
    public async Task A_request_that_does_not_finish_in_time_gets_408_and_an_idle_connection_silence(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        const int read = HttpServer.ReadTimeout;
        const int idle = HttpServer.IdleTimeout;
        await Task.WhenAll(
            TimesOutAsync("GET /hel", read),
            TimesOutAsync(Get + "GET /hello HTTP/1.1\r\nHost: h\r\n", read),
            TimesOutAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n012", read),
            TimesOutAsync("POST /post HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n012", read),
            TimesOutAsync("POST /post HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", read),
            TricklesAsync("GET /hello HTTP/1.1\r\nX: "),
            TricklesAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n"),
            IsSilentAsync(Get, idle),
            IsSilentAsync(Get + Get, idle),
            IsSilentAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\ntea\r\n", idle),
            IsSilentAsync("", read));

        async Task TimesOutAsync(string request, int seconds)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            var reader = new ResponseReader(client);
            long start = Stopwatch.GetTimestamp();
            await client.SendAsync(request);
            for (int i = 0; i < request.Split(Get).Length - 1; i++)
            {
                Assert.Equal(200, (await reader.ReadAsync()).Status);
            }

            await TimedOutAsync(reader, start, seconds);
        }

        // Bytes that come one by one do not put it off.
        async Task TricklesAsync(string request)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            var reader = new ResponseReader(client);
            long start = Stopwatch.GetTimestamp();
            await client.SendAsync(request);
            Task timedOut = TimedOutAsync(reader, start, read);
            while (await Task.WhenAny(timedOut, Task.Delay(100)) != timedOut)
            {
                await client.SendAsync("x");
            }

            await timedOut;
        }

        async Task TimedOutAsync(ResponseReader reader, long start, int seconds)
        {
            HttpResponse response = await reader.ReadAsync();
            Assert.Equal((408, true), (response.Status, response.Closes));
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, seconds - 0.1, double.MaxValue);
            await reader.EndAsync();
        }

        async Task IsSilentAsync(string request, int seconds)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            var reader = new ResponseReader(client);
            long start = Stopwatch.GetTimestamp();
            await client.SendAsync(request);
            for (int i = 0; i < request.Split(" HTTP/1.1").Length - 1; i++)
            {
                Assert.Equal(200, (await reader.ReadAsync()).Status);
            }

            await reader.EndAsync();
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, seconds - 0.1, double.MaxValue);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task An_empty_line_behind_a_response_is_no_request(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(Get);
        Assert.Equal(200, (await reader.ReadAsync()).Status);
        await client.SendAsync("\r\n");
        await reader.EndAsync(); // in silence
    }

    [Theory]
    [SomeEngines]
    public async Task A_body_that_comes_steadily_has_the_time_it_needs(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
        for (int i = 0; i < 5; i++)
        {
            await client.SendAsync(new byte[20_000]);
            await Task.Delay(1500); // longer in all than the read timeout
        }

        Assert.Equal(200, (await reader.ReadAsync()).Status);
        await client.SendAsync(Sentinel.Request(1));
        Sentinel.Check(await reader.ReadAsync(), 1);
    }

    [Theory]
    [SomeEngines]
    public async Task A_large_body_arrives_whole_at_a_slow_reader(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        client.ReceiveBufferSize = 65536;
        await client.SendAsync("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        byte[] received = new byte[2 << 20];
        int length = 0;
        for (int count = -1; count != 0; length += count)
        {
            count = await client.ReceiveAsync(received.AsMemory(length, 20_000));
            await Task.Delay(120); // longer in all than the write timeout
        }

        HttpResponse? response = HttpResponse.Take(received.AsSpan(0, length), "GET", out int taken);
        Assert.Equal(length, taken);
        Assert.Equal(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog 0123456789 abcdefg.\n", 16384)), Encoding.ASCII.GetString(response!.Body));
    }

    [Theory]
    [SomeEngines]
    public async Task A_client_that_resets_harms_nobody(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        foreach (string request in new[] { "", "GET /hel", Get, "GET /large HTTP/1.1\r\nHost: h\r\n\r\n", "GET /bad\0 HTTP/1.1\r\n\r\n", "POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n0" })
        {
            Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync(request);
            client.Reset();
        }

        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, Get)).Status);
        await ServerProcess.EventuallyAsync(() => ProcFile.Connections(server.Pid) == 0, "the connections have ended");
        Assert.DoesNotContain("rror", server.Error, StringComparison.Ordinal);
    }
}
