using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Methods of the user's that answer: tests/Servers/Handlers with every engine on every host, and sample/Api as a client sees it.</summary>
public class HandlerTests
{
    private const int LongestEcho = 100 * 1024;

    private static Task<ServerProcess> StartAsync(Host host, Concurrency engine) => ServerProcess.StartAsync(host, Project(engine));

    internal static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Handlers,
        Concurrency.Prefork => Programs.HandlersPrefork,
        _ => Programs.HandlersLoop,
    };

    private static string Get(string target, string fields = "") => $"GET {target} HTTP/1.1\r\nHost: h\r\n{fields}\r\n";

    private static string Post(string target, string body, string fields = "") => $"POST {target} HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    [Theory]
    [SomeEngines(OnArm64 = true)]
    public async Task A_redirect_takes_the_rest_of_the_path_and_the_query_along(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        string answer = await Command.OutputOfAsync("curl", ["-sSL", "--path-as-is", "-A", "", $"http://127.0.0.1:{server.Port}/moved/caf%C3%A9/%5B%2f/?q=%21"]);
        Assert.StartsWith("path=/star/caf\u00E9/[%2F/\nquery=q=%21\nhost=127.0.0.1\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [SomeEngines(OnArm64 = true)]
    public async Task What_a_handler_logs_is_on_standard_error(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, Get("/log", $"X-Line: {new string('a', 5000)}\r\nConnection: close\r\n"))).Status);
        await ServerProcess.EventuallyAsync(() => server.Error.EndsWith("\n" + new string('a', 4095) + "\ncaf\u00E9 \"1\"\\x0D\\x0A\\x09\\\\x7F\n", StringComparison.Ordinal), $"both lines are there: {server.Error}");
    }

    [Theory]
    [SomeEngines]
    public async Task Requests_and_responses_of_every_kind_share_a_connection(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        string longest = string.Concat(Enumerable.Range(0, LongestEcho / 8).Select(i => i.ToString("D8", CultureInfo.InvariantCulture)));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("planned\n", await AskAsync(Get("/planned")));
            Assert.Equal("abc", await AskAsync(Post("/echo", "abc")));
            Assert.Equal(longest, await AskAsync(Post("/echo", longest)));
            Assert.Equal("", await AskAsync(Get("/echo")));
            Assert.Equal("planned, after a body\n", await AskAsync(Post("/planned", "body")));
            Assert.Equal("chunked", await AskAsync("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nchu\r\n4\r\nnked\r\n0\r\n\r\n"));
            Assert.Equal(
                "path=/request/1/\u00FC\nquery=q=%21&r\nhost=h\na=1\nb=\u00FC\nrest=\nsegment=\nagent=test\nsecond=2\nbody=\nq there: !",
                await AskAsync(Get("/request/1/%C3%BC?q=%21&r", "X-Twice: 1\r\nuser-agent: test\r\nx-twice: 2\r\n")));
            Assert.Equal("path=/star/x/y\nquery=\nhost=h\na=\nb=\nrest=x/y\nsegment=y\nagent=\nsecond=\nbody=\nq not there: ", await AskAsync(Get("/star/x/y")));
            Assert.Equal("\u00FC\u20AC\U0001F600 -42 0000beef", await AskAsync(Get("/made"), status: 201));
            Assert.Equal("", await AskAsync(Get("/nothing"), status: 204));
            long time = long.Parse(await AskAsync(Get("/time")), CultureInfo.InvariantCulture);
            Assert.InRange(time, (DateTimeOffset.UtcNow - Patience.Time).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeMilliseconds());
            Assert.Equal("127.0.0.1", await AskAsync(Get("/client")));
        }

        async Task<string> AskAsync(string request, int status = 200)
        {
            await client.SendAsync(request);
            HttpResponse response = await reader.ReadAsync(request.Split(' ')[0]);
            Assert.Equal(status, response.Status);
            return response.Text;
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Pipelined_requests_have_their_answers_in_order(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? Get("/planned") : i % 3 == 1 ? Get($"/star/{i}") : Post("/echo", new string('x', i * 10)))));
        var reader = new ResponseReader(client);
        for (int i = 0; i < 200; i++)
        {
            string text = (await reader.ReadAsync("GET")).Text;
            Assert.True(i % 3 == 0 ? text == "planned\n" : i % 3 == 1 ? text.Contains($"rest={i}\n", StringComparison.Ordinal) : text.Length == i * 10, $"{i}: {text}");
        }
    }

    [Theory]
    [SomeEngines]
    public async Task What_goes_wrong_is_a_500_and_a_line_on_standard_error_and_the_server_lives(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await ExpectLossAsync("/long", "GET /long: the body of the response does not fit; see MaxResponseBytes");
        await ExpectLossAsync("/split", "GET /split: the response has a header that cannot be sent");
        if (host.HasRuntime())
        {
            await ExpectLossAsync("/throw", "GET /throw: System.InvalidOperationException: out of?order");
            await ExpectLossAsync("/null", "GET /null: System.NullReferenceException: Object reference not set to an instance of an object.");
            for (int i = 0; i < 100; i++)
            {
                await ExpectLossAsync("/throw", "out of?order");
            }
        }

        using Client another = await Client.ConnectAsync(server.Port);
        await another.SendAsync(Get("/planned"));
        Assert.Equal(200, (await new ResponseReader(another).ReadAsync("GET")).Status);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());

        async Task ExpectLossAsync(string path, string line)
        {
            await client.SendAsync(Get(path));
            HttpResponse response = await reader.ReadAsync("GET");
            Assert.Equal((500, "This server is at a loss.\n"), (response.Status, response.Text));
            await ServerProcess.EventuallyAsync(() => server.Error.Contains(line + "\n", StringComparison.Ordinal), $"standard error has: {line}");
        }
    }

    /// <summary>There is nobody to catch anything there.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Without_a_runtime_a_fault_in_a_handler_ends_its_process_and_the_next_request_is_answered(Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine);
        (string Request, string Line)[] faults = [(Post("/divide", ""), "division by zero, or overflow of a division"), (Get("/null"), "null reference")];
        for (int i = 0; i < 2; i++)
        {
            foreach ((string request, string line) in faults)
            {
                using Client client = await Client.ConnectAsync(server.Port);
                await client.SendAsync(request);
                Assert.Equal("", await client.ReadToEndAsync());
                await ServerProcess.EventuallyAsync(() => Lines(line) == i + 1, $"standard error has: {line}");
                Assert.Equal("1", (await HttpServer.ExchangeAsync(server.Port, Post("/divide", "x"))).Text);
            }
        }

        // The supervisor says so, and goes on to be the process that was started.
        int replaced = engine == Concurrency.Fork ? 0 : 2 * faults.Length;
        await ServerProcess.EventuallyAsync(() => Lines(" has ended; another takes its place") == replaced, "each worker that has ended is replaced");
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());

        int Lines(string end) => server.Error.Split(end + "\n").Length - 1;
    }

    /// <summary>With a runtime it is one process, which is not forked; without one there is a supervisor beside it, and what it holds is as it was at the start when it was replaced.</summary>
    [Theory]
    [Hosts]
    public async Task The_state_of_an_event_loop_with_one_worker_lasts_as_long_as_the_worker(Host host)
    {
        await using ServerProcess server = await StartAsync(host, Concurrency.EventLoop);
        Assert.Equal(!host.HasRuntime() ? 1 : 0, ProcFile.Children(server.Pid).Count);
        foreach (int count in new[] { 11, 12, 13 })
        {
            Assert.Equal($"{count}", (await HttpServer.ExchangeAsync(server.Port, Post("/count", ""))).Text);
        }

        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(Post("/divide", ""));
        if (!host.HasRuntime())
        {
            Assert.Equal("", await client.ReadToEndAsync());
        }
        else
        {
            Assert.Equal(500, (await new ResponseReader(client).ReadAsync("POST")).Status);
        }

        Assert.Equal(!host.HasRuntime() ? "11" : "14", (await HttpServer.ExchangeAsync(server.Port, Post("/count", ""))).Text);
    }

    [Theory]
    [SomeEngines]
    public async Task Too_long_a_body_is_refused(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal(413, (await HttpServer.ExchangeAsync(server.Port, Post("/echo", new string('x', LongestEcho + 1)))).Status);
        Assert.Equal(413, (await HttpServer.ExchangeAsync(server.Port, "GET /made HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx")).Status);
    }

    [Theory]
    [SomeEngines]
    public async Task A_client_that_does_not_send_its_body_gets_408(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal(408, (await HttpServer.ExchangeAsync(server.Port, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")).Status);
    }

    [Theory]
    [Hosts(OnArm64 = true)]
    public async Task The_sample_echoes_tells_the_time_and_greets(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.Api);
        string root = $"http://127.0.0.1:{server.Port}";
        string file = Path.GetTempFileName();
        try
        {
            byte[] noise = new byte[60_000];
            new Random(1).NextBytes(noise);
            await File.WriteAllBytesAsync(file, noise);
            await Command.OutputOfAsync("curl", ["-sSf", "--data-binary", "@" + file, "-o", file + ".echo", root + "/echo"]);
            Assert.Equal(noise, await File.ReadAllBytesAsync(file + ".echo"));
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".echo");
        }

        Assert.Matches("^{\"seconds\":[0-9]{10,},\"milliseconds\":[0-9]{1,3}}\n$", await Command.OutputOfAsync("curl", ["-sSf", root + "/time"]));
        Assert.Contains("<form method=\"post\">", await Command.OutputOfAsync("curl", ["-sSfL", root + "/"]), StringComparison.Ordinal);
        Assert.EndsWith(
            "<p>Hello, &lt;b&gt;J\u00FCrgen &amp; Co!\n",
            await Command.OutputOfAsync("curl", ["-sSf", "--data-urlencode", "name=<b>J\u00FCrgen & Co", root + "/form"]),
            StringComparison.Ordinal);
        Assert.Equal("{\"user\":\"a \\\"b\",\"post\":\"7\"}\n", await Command.OutputOfAsync("curl", ["-sSf", root + "/users/a%20%22b/posts/7"]));
    }
}
