using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What others have written to speak HTTP: curl, ab, wrk.</summary>
public class ClientTests
{
    [Theory]
    [SomeEngines]
    public async Task Curl_gets_a_page(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        Assert.Equal("hello\n", await CurlAsync(server, "--fail", "/hello"));
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_gets_a_head(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        Assert.Matches("^HTTP/1.1 200 OK\r\n(?s:.*)Content-Length: 6\r\n(?s:.*)\r\n\r\n$", await CurlAsync(server, "--head", "/hello"));
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_posts(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        Assert.Equal("posted\n", await CurlAsync(server, "--data", "a=b", "/post"));
        Assert.Equal("posted\n", await CurlAsync(server, "--data", "a=b", "--header", "Transfer-Encoding: chunked", "/post"));
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_waits_for_100_before_it_sends_a_large_body(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, new byte[90_000]);
            string trace = await TraceAsync(server, "--expect100-timeout", Patience.Argument, "--header", "Expect: 100-continue", "--data-binary", "@" + file, "/post");
            Assert.Contains("< HTTP/1.1 100 Continue", trace, StringComparison.Ordinal);
            Assert.Contains("< HTTP/1.1 200 OK", trace, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, new byte[2_000_000]);
            trace = await TraceAsync(server, "--header", "Expect: 100-continue", "--data-binary", "@" + file, "/post");
            Assert.DoesNotContain("100 Continue", trace, StringComparison.Ordinal);
            Assert.Contains("< HTTP/1.1 413 ", trace, StringComparison.Ordinal);
            trace = await TraceAsync(server, "--header", "Expect:", "--data-binary", "@" + file, "/post");
            Assert.Contains("< HTTP/1.1 413 ", trace, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_decompresses(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        Assert.Equal(await CurlAsync(server, "/lines"), await CurlAsync(server, "--compressed", "/lines"));
        Assert.Matches("^[1-9][0-9]{2}$", await CurlAsync(server, "--compressed", "--output", "/dev/null", "--write-out", "%{size_download}", "/lines")); // fewer than 1000
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_follows_redirects(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        foreach (string path in new[] { "/301", "/302", "/303", "/307", "/308", "/moved/x" })
        {
            Assert.Equal("hello\n", await CurlAsync(server, "--location", path));
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_speaks_HTTP_1_0(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        Assert.Equal("hello\n", await CurlAsync(server, "--http1.0", "/hello"));
        Assert.Equal("hello\nhello\n", await CurlAsync(server, "--http1.0", "--header", "Connection: keep-alive", "/hello", "/hello"));
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_comes_back_with_a_condition(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        string tags = Path.GetTempFileName();
        try
        {
            Assert.Equal("200", await CurlAsync(server, "--etag-save", tags, "--output", "/dev/null", "--write-out", "%{http_code}", "/lines"));
            Assert.Equal("304", await CurlAsync(server, "--etag-compare", tags, "--output", "/dev/null", "--write-out", "%{http_code}", "/lines"));
            Assert.Equal("200", await CurlAsync(server, "--etag-compare", tags, "--output", "/dev/null", "--write-out", "%{http_code}", "/hello"));
            Assert.Equal("200", await CurlAsync(server, "--time-cond", "2030-01-01", "--output", "/dev/null", "--write-out", "%{http_code}", "/lines"));
        }
        finally
        {
            File.Delete(tags);
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Curl_uses_one_connection_for_many_pages(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        string counts = await CurlAsync(server, [.. "--silent --write-out %{num_connects}%{http_code}\\n".Split(' '), .. HttpServer.Paths.SelectMany(path => (string[])["--output", "/dev/null", path])]);
        string[] lines = counts.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(HttpServer.Paths.Length, lines.Length);
        Assert.StartsWith("1", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("0", line, StringComparison.Ordinal));
    }

    [Theory]
    [SomeEngines]
    public async Task Ab_keeps_its_connections_and_sees_no_failure(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        foreach ((string path, string[] options) in new[] { ("/hello", (string[])["-k", "-n", "20000"]), ("/lines", ["-k", "-n", "5000", "-H", "Accept-Encoding: gzip"]), ("/hello", ["-n", "1000"]) })
        {
            string report = await Command.OutputOfAsync("ab", [.. options, "-q", "-s", Patience.Argument, "-c", "8", $"http://127.0.0.1:{server.Port}{path}"]);
            string count = options[Array.IndexOf(options, "-n") + 1];
            Assert.Matches($@"Complete requests:\s+{count}\n", report);
            Assert.Matches(@"Failed requests:\s+0\n", report);
            Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
            Assert.Equal(options.Contains("-k"), Regex.IsMatch(report, $@"Keep-Alive requests:\s+{count}\n"));
        }
    }

    [Theory]
    [SomeEngines]
    public async Task Wrk_sees_no_failure(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        string report = await Command.OutputOfAsync("wrk", ["-t", "1", "-c", "16", "-d", "1s", "--timeout", Patience.Argument, $"http://127.0.0.1:{server.Port}/hello"]);
        Assert.Matches(@"[1-9][0-9]* requests in", report);
        Assert.DoesNotContain("Socket errors", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
    }

    /// <summary>What curl prints; arguments that begin with a slash (but are no file in /dev) are paths on the server.</summary>
    private static Task<string> CurlAsync(ServerProcess server, params string[] arguments)
        => Command.OutputOfAsync("curl", ["--silent", "--show-error", .. Urls(server, arguments)]);

    /// <summary>What curl tells of its exchange.</summary>
    private static async Task<string> TraceAsync(ServerProcess server, params string[] arguments)
    {
        Command.Result result = await Command.RunAsync("curl", ["--silent", "--verbose", "--max-time", Patience.Argument, .. Urls(server, arguments)]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Error;
    }

    private static string[] Urls(ServerProcess server, string[] arguments)
        => [.. arguments.Select((argument, index) => argument.StartsWith('/') && (index == 0 || arguments[index - 1] is not ("--output" or "--etag-save" or "--etag-compare")) ? $"http://127.0.0.1:{server.Port}{argument}" : argument)];
}
