using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The access log: what its lines say, where they go, and that it is off where nobody asks for it.</summary>
public sealed partial class AccessLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("log");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<ServerProcess> StartAsync(Host host, Concurrency engine, string[] tool, params string[] arguments)
        => await ServerProcess.StartAsync([.. tool, "env", $"--chdir={_folder.FullName}"], await Programs.ExecutableAsync(host, HttpServer.Project(engine)), arguments);

    /// <summary>The lines as soon as there are so many, without their times, which are looked at.</summary>
    private static async Task<string[]> LinesAsync(ServerProcess server, int count)
    {
        await ServerProcess.EventuallyAsync(() => server.Output.Count(character => character == '\n') >= count, $"there are {count} lines in the log: {server.Output}");
        return server.Output.TrimEnd('\n').Split('\n').Select(line =>
        {
            Match time = Time().Match(line);
            var written = DateTimeOffset.ParseExact(time.Groups[1].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture);
            Assert.InRange(written, DateTimeOffset.UtcNow - Patience.Time, DateTimeOffset.UtcNow.AddSeconds(1));
            return line.Replace(time.Value, " - - ", StringComparison.Ordinal);
        }).ToArray();
    }

    [Theory]
    [SomeEngines]
    public async Task Every_response_has_a_line_with_the_request_as_it_was_sent(Host host, Concurrency engine)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a b.txt"), "0123456789");
        await using ServerProcess server = await StartAsync(host, engine, [], "--access-log");
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync(
            "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n" +
            "\r\nHEAD /hello?a=%22 HTTP/1.1\r\nHost: h\r\n\r\n" +
            "GET /a/../nothing/%7Etilde HTTP/1.1\r\nHost: h\r\n\r\n" +
            "GET /no-content HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" +
            "GET /files/./a%20b.txt HTTP/1.1\r\nHost: h\r\nRange: bytes=2-4\r\n\r\n" +
            "PUT /files/new.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nnew");
        foreach (string method in new[] { "GET", "HEAD", "GET", "GET", "GET", "PUT" })
        {
            await reader.ReadAsync(method);
        }

        // In the middle of a request another client has its turn.
        await client.SendAsync("POST /both?x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n12");
        await Task.Delay(50);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /const HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        await client.SendAsync("34");
        await reader.ReadAsync("POST");
        await client.SendAsync("GET /\u00f6\"\\ HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(400, (await reader.ReadAsync()).Status);
        string[] lines = await LinesAsync(server, 9);
        string[] expected =
        [
            "127.0.0.1 - - \"GET /hello HTTP/1.1\" 200 6",
            "127.0.0.1 - - \"HEAD /hello?a=%22 HTTP/1.1\" 200 -",
            "127.0.0.1 - - \"GET /a/../nothing/%7Etilde HTTP/1.1\" 404 13",
            "127.0.0.1 - - \"GET /no-content HTTP/1.0\" 204 -",
            "127.0.0.1 - - \"GET /files/./a%20b.txt HTTP/1.1\" 206 3",
            "127.0.0.1 - - \"PUT /files/new.txt HTTP/1.1\" 201 12",
            "127.0.0.1 - - \"GET /const HTTP/1.1\" 200 11",
            "127.0.0.1 - - \"POST /both?x HTTP/1.1\" 200 7",
            "127.0.0.1 - - \"GET /\\xC3\\xB6\\x22\\x5C HTTP/1.1\" 400 16",
        ];
        Assert.Equal(expected[..6], lines[..6]);
        Assert.Equal(expected.Order(), lines.Order()); // between processes there is no order
    }

    [Theory]
    [SomeEngines]
    public async Task A_request_that_did_not_come_to_its_end_has_a_line_with_what_came_of_it(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, [], "--access-log");
        using Client slow = await Client.ConnectAsync(server.Port);
        await slow.SendAsync("GET /hello HTTP/1.1\r\nHo");
        using Client ended = await Client.ConnectAsync(server.Port);
        await ended.SendAsync("GET /he");
        await Task.Delay(50);
        ended.EndSending();
        Assert.Equal(400, (await new ResponseReader(ended).ReadAsync()).Status);
        Assert.Equal(408, (await new ResponseReader(slow).ReadAsync()).Status);
        Assert.Equal(["127.0.0.1 - - \"GET /he\" 400 16", "127.0.0.1 - - \"GET /hello HTTP/1.1\" 408 20"], await LinesAsync(server, 2));
    }

    /// <summary>More than the kernel holds for a client that does not read.</summary>
    private const int BigFile = 64 << 20;

    private void WriteBigFile()
    {
        using FileStream big = File.Create(Path.Combine(_folder.FullName, "big"));
        big.SetLength(BigFile);
    }

    [Theory]
    [SomeEngines]
    public async Task The_line_of_a_slow_response_comes_when_the_client_has_taken_it(Host host, Concurrency engine)
    {
        WriteBigFile();
        await using ServerProcess server = await StartAsync(host, engine, [], "--access-log");
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
        string hello = "127.0.0.1 - - \"GET /hello HTTP/1.1\" 200 6";
        Assert.Equal([hello], await LinesAsync(server, 1));
        await client.SendAsync("GET /files/big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        await Task.Delay(1200); // it is not written although the timer ticks
        Assert.Equal([hello], await LinesAsync(server, 1));
        Assert.InRange((await client.ReadBytesToEndAsync()).Length, BigFile, BigFile + 1000);
        Assert.Equal([hello, $"127.0.0.1 - - \"GET /files/big HTTP/1.1\" 200 {BigFile}"], await LinesAsync(server, 2));
    }

    [Theory]
    [SomeEngines]
    public async Task Where_a_client_is_gone_in_the_middle_the_line_has_the_bytes_that_were_sent(Host host, Concurrency engine)
    {
        WriteBigFile();
        await using ServerProcess server = await StartAsync(host, engine, [], "--access-log");
        using (Client client = await Client.ConnectAsync(server.Port))
        {
            await client.SendAsync("GET /files/big HTTP/1.1\r\nHost: h\r\n\r\n");
            await client.ReadAsync(100_000);
            client.Reset();
        }

        await LinesAsync(server, 1);
        using (Client client = await Client.ConnectAsync(server.Port))
        {
            // A body that lies in the executable, as often as it takes to fill what the kernel holds.
            await client.SendAsync(string.Concat(Enumerable.Repeat("GET /large HTTP/1.1\r\nHost: h\r\n\r\n", 64)));
            await client.ReadAsync(100_000);
            client.Reset();
        }

        const int mebibyte = 1 << 20;
        await ServerProcess.EventuallyAsync(() => server.Output.EndsWith('\n') && !server.Output.EndsWith($" {mebibyte}\n", StringComparison.Ordinal) && server.Output.Contains("/large", StringComparison.Ordinal), "the last is broken off");
        string[] lines = await LinesAsync(server, 2);
        Assert.InRange(Bytes(lines[0], "/files/big"), 99_000, BigFile - 1);
        Assert.All(lines[1..^1], line => Assert.Equal(mebibyte, Bytes(line, "/large")));
        Assert.InRange(lines[1..].Sum(line => Bytes(line, "/large")), 99_000, 63 * mebibyte);

        static int Bytes(string line, string path)
        {
            string[] parts = line.Split($"\"GET {path} HTTP/1.1\" 200 ");
            return parts[1] == "-" ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task A_client_that_takes_nothing_has_a_line_after_the_write_timeout(Host host, Concurrency engine)
    {
        WriteBigFile();
        await using ServerProcess server = await StartAsync(host, engine, [], "--access-log");
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("GET /files/big HTTP/1.1\r\nHost: h\r\n\r\n");
        string line = Assert.Single(await LinesAsync(server, 1));
        Assert.Matches("^127.0.0.1 - - \"GET /files/big HTTP/1.1\" 200 [0-9]{5,8}$", line);
        Assert.NotEqual($"{BigFile}", line.Split(' ')[^1]);
    }

    [Fact]
    public async Task The_lines_of_requests_that_come_together_are_written_together()
    {
        string trace = Path.Combine(_folder.FullName, "trace");
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop, ["strace", "-f", "-qq", "-e", "trace=write", "-o", trace], "--access-log");
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Repeat("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n", 40)));
        var reader = new ResponseReader(client);
        for (int i = 0; i < 40; i++)
        {
            await reader.ReadAsync();
        }

        Assert.Equal(40, (await LinesAsync(server, 40)).Length);
        server.Signal("TERM");
        await server.ExitAsync();
        Assert.Single(File.ReadAllLines(trace), line => line.Contains("write(1, \"127", StringComparison.Ordinal)); // the first write of all is of no bytes: it asks whether there is a standard output
    }

    [Fact]
    public async Task A_client_is_called_by_its_address_and_one_of_a_Unix_socket_unix()
    {
        string socket = Path.Combine(_folder.FullName, "s");
        await using ServerProcess server = await StartAsync(
            Host.Freestanding, Concurrency.EventLoop, [], "--access-log", "--listen", "[::]:0", "--listen", $"unix:{socket}");
        string log() => server.Output;
        foreach ((string[] curl, string name) in new (string[], string)[] { ([$"http://[::1]:{server.Port}/hello"], "::1"), ([$"http://127.0.0.1:{server.Port}/hello"], "127.0.0.1"), (["--unix-socket", socket, "http://h/hello"], "unix:") })
        {
            await Command.OutputOfAsync("curl", ["-sS", .. curl]);
            await ServerProcess.EventuallyAsync(() => log().Contains($"{name} - - [", StringComparison.Ordinal), $"{name} is in the log: {log()}");
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Without_the_option_nothing_is_written(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, []);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        server.Signal("TERM");
        Assert.Equal((0, ""), (await server.ExitAsync(), server.Output));
    }

    [Fact]
    public async Task The_option_is_among_those_that_help_lists()
    {
        string server = await Programs.ExecutableAsync(Host.Freestanding, Programs.Http);
        Assert.Contains("\n  --access-log a line for each response, to standard output\n", await Command.OutputOfAsync(server, ["--help"]), StringComparison.Ordinal);
        Command.Result result = await Command.RunAsync(server, ["--access-log=yes"]);
        Assert.Equal((2, "--access-log=yes: unknown option; see --help\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task While_nobody_reads_the_log_the_server_hears_that_it_is_to_end(Concurrency engine)
    {
        // A pipe, open for reading also, so that it does not break, and nobody reads.
        string pipe = Path.Combine(_folder.FullName, "pipe");
        await Command.OutputOfAsync("mkfifo", [pipe]);
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine, ["sh", "-c", $"exec 3<>'{pipe}' && exec \"$@\" >&3", "sh"], "--access-log");
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Repeat("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n", 2000)));
        var reader = new ResponseReader(client);
        for (int i = 0; i < 500; i++)
        {
            await reader.ReadAsync();
        }

        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.Matches(@"access log: [0-9]+ lines were dropped at the end, for nobody reads standard output\n", server.Error);
    }

    [Fact]
    public async Task A_client_that_resets_at_once_has_its_address_in_the_log()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop, [], "--access-log");
        for (int i = 0; i < 50; i++)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
            client.Reset();
        }

        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /const HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        await ServerProcess.EventuallyAsync(() => server.Output.Contains("GET /const", StringComparison.Ordinal), "the last is in the log");
        Assert.All(server.Output.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("127.0.0.1 - - [", line, StringComparison.Ordinal));
    }

    /// <summary>A log that nobody reads any more.</summary>
    [Theory]
    [SomeEngines]
    public async Task A_closed_standard_output_does_not_stop_the_server(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, ["sh", "-c", "exec \"$@\" >&-", "sh"], "--access-log");
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        Assert.Equal("", server.Output);
    }

    [GeneratedRegex(@" - - \[([^]]*)\] ")]
    private static partial Regex Time();
}
