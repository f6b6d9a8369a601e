using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>[Metrics] beside what clients have counted, and as Prometheus reads it.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Answered = "http_requests_total{method=\"GET\",code=\"2xx\"}";
    private const string NotFound = "http_requests_total{method=\"GET\",code=\"4xx\"}";

    /// <summary>The ports of the servers in deploy/.</summary>
    private static readonly string[] Written = ["8081", "8082", "8083"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<ServerProcess> StartAsync(Host host, Concurrency engine) => ServerProcess.StartAsync(host, HandlerTests.Project(engine));

    private static async Task<string> PageAsync(int port)
        => (await HttpServer.ExchangeAsync(port, "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).Text;

    /// <summary>The numbers of a page by their names and labels.</summary>
    private static Dictionary<string, double> Numbers(string page)
        => page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static async Task<Dictionary<string, double>> NumbersAsync(int port) => Numbers(await PageAsync(port));

    /// <summary>Waits for a number that a process counts in its own time.</summary>
    private static Task EventuallyAsync(int port, string name, double expected)
        => ServerProcess.EventuallyAsync(() => NumbersAsync(port).GetAwaiter().GetResult()[name] == expected, $"{name} is {expected}");

    // What is counted of clients is not found, so that it is told from the requests for the numbers.

    [Theory]
    [SomeEngines(OnArm64 = true)]
    public async Task Each_request_and_each_connection_is_counted(Host host, Concurrency engine)
    {
        const int requests = 400;
        const int connections = 2; // as many as there are workers
        await using ServerProcess server = await StartAsync(host, engine);
        double sent = 0;
        foreach (string[] options in new string[][] { ["-k"], [] })
        {
            string report = await Command.OutputOfAsync("ab", [.. options, "-q", "-n", $"{requests}", "-c", $"{connections}", "-s", Patience.Argument, $"http://127.0.0.1:{server.Port}/nowhere"]);
            Assert.Matches($@"Complete requests:\s+{requests}\n", report);
            sent += double.Parse(Regex.Match(report, @"Total transferred:\s+(\d+)").Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }

        await EventuallyAsync(server.Port, "http_connections", 1); // this one
        Dictionary<string, double> numbers = await NumbersAsync(server.Port);
        double scrapes = numbers[Answered]; // without this one
        Assert.Equal(2 * requests, numbers[NotFound]);

        // This connection may be counted already, where its parent does that. And at its end ab may have opened one more for each, which it does not use.
        const int used = requests + connections;
        Assert.InRange(numbers["http_connections_accepted_total"] - scrapes, used, used + 1 + 2 * connections);
        Assert.InRange((numbers["http_sent_bytes_total"] - sent) / scrapes, 2000, 5000); // what is left over are the pages
        Assert.InRange(numbers["http_request_duration_seconds_sum"], 0, 3600);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds((long)numbers["process_start_time_seconds"]), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);

        // A response is counted before it is sent, and its duration behind that.
        await ServerProcess.EventuallyAsync(() => NumbersAsync(server.Port).GetAwaiter().GetResult() is var now && now["http_request_duration_seconds_count"] == now[Answered] + now[NotFound], "all that are answered have a duration");
    }

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task What_wrk_has_counted_is_counted(Concurrency engine)
    {
        const int connections = 2;
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine);
        string report = await Command.OutputOfAsync("wrk", ["-t", "1", "-c", $"{connections}", "-d", "1s", $"http://127.0.0.1:{server.Port}/nowhere"]);
        int answered = int.Parse(Regex.Match(report, @"(\d+) requests in").Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        await EventuallyAsync(server.Port, "http_connections", 1);
        Assert.InRange((await NumbersAsync(server.Port))[NotFound], answered, answered + connections); // wrk does not wait for the last ones
    }

    [Theory]
    [InlineData(Concurrency.Prefork, 2)]
    [InlineData(Concurrency.EventLoop, 1)]
    public async Task A_worker_that_is_killed_leaves_what_it_has_counted_and_takes_its_connections_along(Concurrency engine, int workers)
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /planned HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).Status);
        }

        using Client open = await Client.ConnectAsync(server.Port);
        await open.SendAsync("GET /planned HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(200, (await new ResponseReader(open).ReadAsync("GET")).Status);
        int worker = ProcFile.Children(server.Pid).Single(child => ProcFile.Connections(child) > 0);
        ServerProcess.Signal("KILL", worker);
        await EventuallyAsync(server.Port, "server_worker_restarts_total", 1);
        await EventuallyAsync(server.Port, "server_workers", workers);
        await EventuallyAsync(server.Port, "http_connections", 1);
        Assert.InRange((await NumbersAsync(server.Port))[Answered], 11, double.MaxValue);
    }

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task A_client_that_is_silent_for_too_long_is_counted(Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("GET /planned HTTP/1.1\r\n");
        Assert.Equal(408, (await new ResponseReader(client).ReadAsync("GET")).Status);
        Dictionary<string, double> numbers = await NumbersAsync(server.Port);
        Assert.Equal((0, 1, 0), (numbers["http_timeouts_total{kind=\"idle\"}"], numbers["http_timeouts_total{kind=\"read\"}"], numbers["http_timeouts_total{kind=\"write\"}"]));
        Assert.Equal(1, numbers[NotFound]);
        Assert.InRange(numbers["http_request_duration_seconds_sum"], 4.9, 3600);
    }

    [Fact]
    public async Task Promtool_finds_nothing_to_complain_of()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        using Process promtool = Command.Start("promtool", ["check", "metrics"], redirectInput: true);
        await promtool.StandardInput.WriteAsync(await PageAsync(server.Port));
        promtool.StandardInput.Close();
        Assert.Equal("", await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        Assert.Equal(0, promtool.ExitCode);
    }

    /// <summary>Prometheus asks for OpenMetrics, and with the rules in deploy/.</summary>
    [Fact]
    public async Task Prometheus_reads_the_numbers_of_three_servers()
    {
        int[] ports = FreePort.ToStay(4);
        string configuration = DeployFile.WithPorts(await File.ReadAllTextAsync(Repository.Path("deploy", "prometheus", "prometheus.yml")), Written.Zip(ports[1..])).Replace("15s", "1s", StringComparison.Ordinal);
        string file = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        File.Copy(Repository.Path("deploy", "prometheus", "rules.yml"), Path.Combine(_folder.FullName, "rules.yml"));
        Assert.Contains("SUCCESS", await Command.OutputOfAsync("promtool", ["check", "config", file]), StringComparison.Ordinal);
        var servers = new List<ServerProcess>();
        foreach ((int port, Concurrency engine) in ports[1..].Zip(Enum.GetValues<Concurrency>()))
        {
            servers.Add(await ServerProcess.StartAsync(Host.Freestanding, HandlerTests.Project(engine), "--port", $"{port}"));
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(404, (await HttpServer.ExchangeAsync(port, "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).Status);
            }
        }

        using Process prometheus = Command.Start("prometheus", [$"--config.file={file}", $"--storage.tsdb.path={_folder.FullName}/data", $"--web.listen-address=127.0.0.1:{ports[0]}", "--log.level=error"]);
        try
        {
            await ServerProcess.EventuallyAsync(() => prometheus.HasExited || ProcFile.Listens(prometheus.Id), "Prometheus serves");
            Assert.False(prometheus.HasExited, prometheus.HasExited ? await prometheus.StandardError.ReadToEndAsync() : "");
            await EqualsAsync("sum(up)", 3);
            await EqualsAsync("sum(http_requests_total{code=\"4xx\"})", 15);
            await EqualsAsync("count(http_request_duration_seconds_bucket{le=\"1.0\"})", 3);
            await EqualsAsync("count(server_build_info{version=\"0.1.0\"})", 3);
            await EqualsAsync("sum(server_workers)", 3);
        }
        finally
        {
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync();
            foreach (ServerProcess server in servers)
            {
                await server.DisposeAsync();
            }
        }

        Task EqualsAsync(string query, int expected)
        {
            string last = "";
            return ServerProcess.EventuallyAsync(
                () =>
                {
                    last = Command.RunAsync("curl", ["-sS", "-G", "--data-urlencode", $"query={query}", $"http://127.0.0.1:{ports[0]}/api/v1/query"]).GetAwaiter().GetResult().Output;
                    return last.StartsWith('{') && JsonDocument.Parse(last).RootElement.GetProperty("data").GetProperty("result") is { } result
                        && result.GetArrayLength() == 1 && result[0].GetProperty("value")[1].GetString() == $"{expected}";
                },
                $"{query} is {expected}");
        }
    }
}
