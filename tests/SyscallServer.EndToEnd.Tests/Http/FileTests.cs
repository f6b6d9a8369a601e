using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Files on the disk: what is sent of them, and what is not there for anybody.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("files");

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(params string[] path) => Path.Combine([_folder.FullName, .. path]);

    private Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] tool)
        => HttpServer.StartAsync(host, engine, [.. tool, "env", $"--chdir={_folder.FullName}"]);

    private static Task<HttpResponse> GetAsync(ServerProcess server, string path, string fields = "", string method = "GET")
        => HttpServer.ExchangeAsync(server.Port, $"{method} {path} HTTP/1.1\r\nHost: h\r\n{fields}\r\n");

    private void Write(string name, string content, DateTime? changed = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), content);
        File.SetLastWriteTimeUtc(In(name), changed ?? new DateTime(2020, 2, 29, 12, 34, 56, DateTimeKind.Utc));
    }

    [Theory]
    [SomeEngines]
    public async Task A_file_is_sent_with_its_type_its_date_and_a_tag(Host host, Concurrency engine)
    {
        Write("a.txt", "hello\n");
        Write("page.HTML", "<p>");
        Write("x.unknown", "?");
        Write("no-extension", "?");
        Write("empty.css", "");
        Write("names/\u00f6 x%#?&+~'.svg", "<svg/>");
        Write("names/%2F", "percent");
        Write(".well-known/security.txt", "Contact:");
        await using ServerProcess server = await StartAsync(host, engine);
        HttpResponse response = await GetAsync(server, "/files/a.txt");
        Assert.Equal(
            (200, "hello\n", "text/plain; charset=utf-8", "6", "Sat, 29 Feb 2020 12:34:56 GMT", "max-age=60", "bytes", null),
            (response.Status, response.Text, response["Content-Type"], response["Content-Length"], response["Last-Modified"], response["Cache-Control"], response["Accept-Ranges"], response["Vary"]));
        Assert.Matches("^(W/)?\"[0-9A-F-]+\"$", response["ETag"]);
        HttpResponse head = await GetAsync(server, "/files/a.txt", method: "HEAD");
        Assert.Equal((response with { Body = [] }).Normalized, head.Normalized);

        HttpResponse plain = await GetAsync(server, "/plain/a.txt?query");
        Assert.Equal((200, "hello\n", "nosniff", null, null), (plain.Status, plain.Text, plain["X-Content-Type-Options"], plain["Vary"], plain["Cache-Control"]));
        Assert.Equal(404, (await GetAsync(server, "/virtual/a.txt")).Status);
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET /virtual/a.txt HTTP/1.1\r\nHost: FILES.example.com:80\r\n\r\n")).Status);

        (string Path, string Type, string Content)[] others =
        [
            ("/files/page.HTML", "text/html; charset=utf-8", "<p>"),
            ("/files/x.unknown", "application/octet-stream", "?"),
            ("/files/no-extension", "application/octet-stream", "?"),
            ("/files/empty.css", "text/css; charset=utf-8", ""),
            ("/files/names/%C3%B6%20x%25%23%3F&+~'.svg", "image/svg+xml", "<svg/>"),
            ("/files/names/%252F", "application/octet-stream", "percent"),
            ("/files/names/../a.txt", "text/plain; charset=utf-8", "hello\n"),
            ("/files/.well-known/security.txt", "text/plain; charset=utf-8", "Contact:"),
        ];
        foreach ((string path, string type, string content) in others)
        {
            HttpResponse other = await GetAsync(server, path);
            Assert.Equal((path, 200, type, content), (path, other.Status, other["Content-Type"], other.Text));
        }
    }

    [Theory]
    [SomeEngines(NotUnderQemu = HostDataAttribute.DoesNotResolve)]
    public async Task What_lies_outside_or_is_no_file_is_not_there(Host host, Concurrency engine)
    {
        Write("a.txt", "hello\n");
        Write("inside/b.txt", "inside");
        Write(".hidden", "secret");
        Write(".git/config", "secret");
        Write("inside/.env", "secret");
        File.CreateSymbolicLink(In("out"), "/etc/passwd");
        File.CreateSymbolicLink(In("up"), "../..");
        File.CreateSymbolicLink(In("loop"), "loop");
        File.CreateSymbolicLink(In("dangling"), "nowhere");
        File.CreateSymbolicLink(In("in"), "inside/b.txt");
        File.CreateSymbolicLink(In("proc"), "/proc/self/root");
        await Command.OutputOfAsync("mkfifo", [In("fifo")]);
        await using ServerProcess server = await StartAsync(host, engine);
        string[] paths =
        [
            "/files/out", "/files/up/etc/passwd", "/files/loop", "/files/dangling", "/files/proc/etc/passwd", "/files/fifo",
            "/files/.hidden", "/files/.git/config", "/files/inside/.env", "/files/%2Ehidden", "/files/.well-known", "/files/.well-knownx/a",
            "/files/nothing", "/files/a.txt/", "/files/a.txt/b", "/files/inside//b.txt", "/files//a.txt", "/files/inside%2Fb.txt", "/files/", "/files/inside/",
            "/files/../../etc/passwd", "/files/%2e%2e/%2e%2e/etc/passwd", "/files/..%2f..%2fetc/passwd", "/files/..%252f..%252fetc/passwd", "/files//etc/passwd", "/files/%2Fetc/passwd",
            "/files/" + new string('a', 255), "/files/" + new string('a', 256), "/files/" + string.Concat(Enumerable.Repeat("a/", 3000)) + "b",
            "/files", "/files/A.TXT",
        ];
        foreach (string path in paths)
        {
            HttpResponse response = await GetAsync(server, path);
            Assert.Equal((path, 404), (path, response.Status));
        }

        foreach (string path in new[] { "/files/a.txt%00", "/files/%00", "/files/%0d%0a" })
        {
            Assert.Equal((path, 400), (path, (await GetAsync(server, path)).Status));
        }

        Assert.Equal("inside", (await GetAsync(server, "/files/in")).Text);
        foreach (string method in new[] { "POST", "PUT", "DELETE", "PATCH" })
        {
            HttpResponse response = await GetAsync(server, "/plain/a.txt", "Content-Length: 0\r\n", method);
            Assert.Equal((405, "GET, HEAD, OPTIONS"), (response.Status, response["Allow"]));
        }
    }

    [Theory]
    [SomeEngines]
    public async Task A_folder_is_its_index_behind_a_slash(Host host, Concurrency engine)
    {
        Write("index.html", "root");
        Write("sub folder/index.html", "sub");
        Directory.CreateDirectory(In("empty"));
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal("root", (await GetAsync(server, "/files/")).Text);
        Assert.Equal("sub", (await GetAsync(server, "/files/sub%20folder/")).Text);
        HttpResponse redirect = await GetAsync(server, "/files/sub%20folder?a=/b");
        Assert.Equal((301, "/files/sub%20folder/?a=/b"), (redirect.Status, redirect["Location"]));
        Assert.Equal("/files/empty/", (await GetAsync(server, "/files/empty"))["Location"]);
        Assert.Equal(404, (await GetAsync(server, "/files/empty/")).Status);
    }

    [Theory]
    [SomeEngines]
    public async Task What_the_server_may_not_read_is_forbidden_and_what_is_behind_it_unknown(Host host, Concurrency engine)
    {
        Write("a.txt", "hello\n");
        Write("locked.txt", "secret");
        Write("locked/a.txt", "secret");
        await Command.OutputOfAsync("chmod", ["0", In("locked.txt"), In("locked")]);

        // Who runs these tests may be the one to whom no mode applies.
        string[] tool = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
        await using (ServerProcess server = await StartAsync(host, engine, tool))
        {
            Assert.Equal(200, (await GetAsync(server, "/files/a.txt")).Status);
            foreach (string path in new[] { "/files/locked.txt", "/files/locked/a.txt", "/files/locked/nothing" })
            {
                HttpResponse response = await GetAsync(server, path);
                Assert.Equal((path, 403, "403 Forbidden\n"), (path, response.Status, response.Text));
            }
        }

        await Command.OutputOfAsync("chmod", ["700", In("locked")]);
    }

    [Theory]
    [SomeEngines]
    public async Task Conditions_hold_for_what_is_there_now(Host host, Concurrency engine)
    {
        Write("a.txt", "hello\n");
        await using ServerProcess server = await StartAsync(host, engine);

        // A file that could change again before its time does has a weak tag, and then the same, strong.
        string weak = (await GetAsync(server, "/files/a.txt"))["ETag"]!;
        await Task.Delay(3100);
        string tag = (await GetAsync(server, "/files/a.txt"))["ETag"]!;
        Assert.Equal(tag, weak.StartsWith('W') ? weak[2..] : weak);
        const string date = "Sat, 29 Feb 2020 12:34:56 GMT";
        (string Field, int Status)[] cases =
        [
            ($"If-None-Match: {tag}", 304), ("If-None-Match: *", 304), ("If-None-Match: W/\"0\"", 200), ($"If-Modified-Since: {date}", 304),
            ("If-Modified-Since: Sat, 29 Feb 2020 12:34:55 GMT", 200), ($"If-Match: {tag}", 200), ($"If-Match: W/{tag}", 412), ("If-Match: \"0\"", 412), ("If-Match: *", 200), ($"If-Unmodified-Since: {date}", 200),
            ("If-Unmodified-Since: Sat, 29 Feb 2020 12:34:55 GMT", 412), ($"If-None-Match: \"0\"\r\nIf-Modified-Since: {date}", 200), ($"If-None-Match: {tag}\r\nRange: bytes=0-0", 304),
            ($"Range: bytes=0-0\r\nIf-Range: {date}", 206), ($"Range: bytes=0-0\r\nIf-Range: {tag}", 206), ($"Range: bytes=0-0\r\nIf-Range: W/{tag}", 200), ("Range: bytes=0-0\r\nIf-Range: Sat, 29 Feb 2020 12:34:55 GMT", 200),
        ];
        foreach ((string field, int status) in cases)
        {
            HttpResponse response = await GetAsync(server, "/files/a.txt", field + "\r\n");
            Assert.Equal((field, status), (field, response.Status));
            Assert.True(status == 412 || response["ETag"] == tag && response["Last-Modified"] == date, field);
        }

        Write("a.txt", "hallo\n", new DateTime(2020, 2, 29, 12, 34, 57, DateTimeKind.Utc));
        Assert.Equal(200, (await GetAsync(server, "/files/a.txt", $"If-None-Match: {tag}\r\n")).Status);
        Assert.Equal(412, (await GetAsync(server, "/files/a.txt", $"If-Match: {tag}\r\n")).Status);

        // A date to come is none to a client.
        Write("a.txt", "from the future", DateTime.UtcNow.AddDays(1));
        HttpResponse future = await GetAsync(server, "/files/a.txt");
        Assert.True(DateTime.Parse(future["Last-Modified"]!, CultureInfo.InvariantCulture) <= DateTime.Parse(future["Date"]!, CultureInfo.InvariantCulture));
    }

    [Theory]
    [SomeEngines]
    public async Task Ranges_are_parts_of_the_file(Host host, Concurrency engine)
    {
        byte[] content = RandomNumberGenerator.GetBytes(300_000);
        File.WriteAllBytes(In("random.bin"), content);
        Write("empty", "");
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        (string Range, Range Part)[] parts =
        [
            ("0-0", ..1), ("0-", ..), ("299999-", 299_999..), ("-1", ^1..), ("-400000", ..), ("100-199", 100..200), ("1000-1099,1100-1199", 1000..1200), ("250000-999999999999", 250_000..),
        ];
        foreach ((string range, Range part) in parts)
        {
            await client.SendAsync($"GET /files/random.bin HTTP/1.1\r\nHost: h\r\nRange: bytes={range}\r\n\r\n");
            HttpResponse response = await reader.ReadAsync();
            (int offset, int length) = part.GetOffsetAndLength(content.Length);
            Assert.Equal((range, 206, $"bytes {offset}-{offset + length - 1}/300000"), (range, response.Status, response["Content-Range"]));
            Assert.True(response.Body.AsSpan().SequenceEqual(content.AsSpan(part)), range);
        }

        foreach (string range in new[] { "300000-", "-0" })
        {
            await client.SendAsync($"GET /files/random.bin HTTP/1.1\r\nHost: h\r\nRange: bytes={range}\r\n\r\n");
            HttpResponse response = await reader.ReadAsync();
            Assert.Equal((416, "bytes */300000", 0), (response.Status, response["Content-Range"], response.Body.Length));
        }

        (string Range, Range[] Parts)[] multiparts =
        [
            ("0-0,1000-1000", [0..1, 1000..1001]), ("0-1,5-9,200-", [0..10, 200..^0]), ("100000-299999,0-99", [100_000..^0, 0..100]),
            (string.Join(',', Enumerable.Range(0, 16).Select(i => $"{i * 10_000}-{i * 10_000 + i * 500}")), [.. Enumerable.Range(0, 16).Select(i => (i * 10_000)..(i * 10_500 + 1))]),
        ];
        foreach ((string range, Range[] ranges) in multiparts)
        {
            await client.SendAsync($"GET /files/random.bin HTTP/1.1\r\nHost: h\r\nRange: bytes={range}\r\n\r\nGET /files/empty HTTP/1.1\r\nHost: h\r\n\r\n");
            HttpResponse response = await reader.ReadAsync();
            string boundary = response["ETag"]!.Split('"')[1];
            Assert.Equal((range, 206, null, $"multipart/byteranges; boundary={boundary}"), (range, response.Status, response["Content-Range"], response["Content-Type"]));
            byte[] expected =
            [
                .. ranges.SelectMany(part =>
                {
                    (int offset, int length) = part.GetOffsetAndLength(content.Length);
                    return Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes {offset}-{offset + length - 1}/300000\r\n\r\n").Concat(content[part]);
                }),
                .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"),
            ];
            Assert.True(response.Body.AsSpan().SequenceEqual(expected), range);
            Assert.Equal((200, ""), ((await reader.ReadAsync()) is var next ? (next.Status, next.Text) : default));
        }

        string seventeen = "bytes=" + string.Join(',', Enumerable.Range(0, 17).Select(i => $"{i * 100}-{i * 100}"));
        foreach (string range in new[] { seventeen, "bytes=0-200000,250000-,0-200000", "bytes=5-4", "lines=0-1" })
        {
            await client.SendAsync($"GET /files/random.bin HTTP/1.1\r\nHost: h\r\nRange: {range}\r\n\r\n");
            HttpResponse response = await reader.ReadAsync();
            Assert.Equal((200, 300_000, null), (response.Status, response.Body.Length, response["Content-Range"]));
        }

        await client.SendAsync("HEAD /files/random.bin HTTP/1.1\r\nHost: h\r\nRange: bytes=0-0\r\n\r\nGET /files/empty HTTP/1.1\r\nHost: h\r\nRange: bytes=0-\r\n\r\n");
        Assert.Equal((200, "300000"), ((await reader.ReadAsync("HEAD")) is var head ? (head.Status, head["Content-Length"]) : default));
        Assert.Equal(416, (await reader.ReadAsync()).Status);
    }

    [Theory]
    [SomeEngines]
    public async Task An_encoded_neighbour_is_sent_to_whom_it_suits(Host host, Concurrency engine)
    {
        Write("a.css", "identity");
        Write("a.css.gz", "not really gzip");
        Write("a.css.br", "not really brotli");
        Write("a.css.zst", "not really zstd");
        Write("b.css", "only this");
        await using ServerProcess server = await ServerProcess.StartAsync(["env", $"--chdir={_folder.FullName}"], await Programs.ExecutableAsync(host, HandlerTests.Project(engine)));
        (string AcceptEncoding, string? Coding)[] cases =
        [
            ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0.5, gzip;q=0.8", "gzip"), ("br;q=0, *", "zstd"), ("br;q=0, zstd;q=0, *", "gzip"), ("identity", null), ("gzip;q=0.5, identity", null), ("zstd", "zstd"), ("gzip, zstd", "zstd"), ("zstd;q=0.5, gzip", "gzip"), ("deflate", null), ("", null),
        ];
        foreach ((string acceptEncoding, string? coding) in cases)
        {
            HttpResponse response = await GetAsync(server, "/encoded/a.css", $"Accept-Encoding: {acceptEncoding}\r\n");
            Assert.Equal((acceptEncoding, 200, coding, "Accept-Encoding", "text/css; charset=utf-8"), (acceptEncoding, response.Status, response["Content-Encoding"], response["Vary"], response["Content-Type"]));
            Assert.Equal(coding switch { "br" => "not really brotli", "gzip" => "not really gzip", "zstd" => "not really zstd", _ => "identity" }, response.Text);
            HttpResponse other = await GetAsync(server, "/encoded/b.css", $"Accept-Encoding: {acceptEncoding}\r\n");
            Assert.Equal((200, null, "only this"), (other.Status, other["Content-Encoding"], other.Text));
        }

        Assert.Equal(406, (await GetAsync(server, "/encoded/b.css", "Accept-Encoding: identity;q=0, br\r\n")).Status);
        Assert.NotEqual((await GetAsync(server, "/encoded/a.css", "Accept-Encoding: br\r\n"))["ETag"], (await GetAsync(server, "/encoded/a.css"))["ETag"]);
        HttpResponse part = await GetAsync(server, "/encoded/a.css", "Accept-Encoding: zstd\r\nRange: bytes=4-9\r\n");
        Assert.Equal((206, "zstd", "really", "bytes 4-9/15"), (part.Status, part["Content-Encoding"], part.Text, part["Content-Range"]));
    }

    [Fact]
    public async Task Where_clients_can_upload_no_neighbour_is_sent()
    {
        Write("a.css", "identity");
        Write("a.css.gz", "not really gzip");
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        HttpResponse response = await GetAsync(server, "/files/a.css", "Accept-Encoding: gzip\r\n");
        Assert.Equal(("identity", null, null), (response.Text, response["Content-Encoding"], response["Vary"]));
    }

    [Theory]
    [SomeEngines]
    public async Task Of_a_file_of_5_GB_each_byte_can_be_had_and_none_is_kept(Host host, Concurrency engine)
    {
        const long size = 5L << 30;
        using (FileStream sparse = File.Create(In("sparse")))
        {
            sparse.SetLength(size);
            sparse.Position = size - 3;
            sparse.Write("end"u8);
        }

        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal($"{size}", (await GetAsync(server, "/files/sparse", method: "HEAD"))["Content-Length"]);
        HttpResponse end = await GetAsync(server, "/files/sparse", "Range: bytes=-3\r\n");
        Assert.Equal((206, $"bytes {size - 3}-{size - 1}/{size}", "end"), (end.Status, end["Content-Range"], end.Text));

        // A hundred megabytes of it, by a real client.
        string sent = await Command.OutputOfAsync("curl", ["-sS", "-r", "4294967290-4394967289", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", $"http://127.0.0.1:{server.Port}/files/sparse"]);
        Assert.Equal("206 100000000", sent);
    }

    [Theory]
    [SomeEngines]
    public async Task Where_a_file_becomes_shorter_while_it_is_sent_the_connection_ends(Host host, Concurrency engine)
    {
        const int size = 64 << 20;
        using (FileStream file = File.Create(In("shrinking")))
        {
            file.SetLength(size);
        }

        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync("GET /files/shrinking HTTP/1.1\r\nHost: h\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
        byte[] buffer = new byte[1 << 20];
        long received = await client.ReceiveAsync(buffer);
        using (FileStream file = File.OpenWrite(In("shrinking")))
        {
            file.SetLength(1 << 20);
        }

        try
        {
            for (int count; (count = await client.ReceiveAsync(buffer)) > 0;)
            {
                received += count;
            }
        }
        catch (IOException)
        {
            // Reset: there is a request that was not read.
        }

        Assert.InRange(received, 1 << 20, size - 1);
        Assert.Equal(200, (await GetAsync(server, "/hello")).Status); // nobody else has noticed
    }

    [Theory]
    [SomeEngines]
    public async Task Files_and_planned_responses_follow_each_other_in_order(Host host, Concurrency engine)
    {
        byte[] large = RandomNumberGenerator.GetBytes(3_000_000);
        File.WriteAllBytes(In("large"), large);
        Write("small", "small file");
        await using ServerProcess server = await StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        string[] paths = ["/hello", "/files/small", "/files/large", "/hello", "/files/nothing", "/files/small", "/large", "/files/large", "/files/small", "/hello"];
        await client.SendAsync(string.Concat(paths.Select(path => $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n")));
        foreach (string path in paths)
        {
            HttpResponse response = await reader.ReadAsync();
            Assert.Equal((path, path == "/files/nothing" ? 404 : 200), (path, response.Status));
            Assert.True(path switch
            {
                "/hello" => response.Text == "hello\n",
                "/files/small" => response.Text == "small file",
                "/files/large" => response.Body.AsSpan().SequenceEqual(large),
                _ => true,
            }, path);
        }

        // A body of GET means nothing, and the next request begins behind it.
        await client.SendAsync("GET /files/small HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /files/small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal("small file", (await reader.ReadAsync()).Text);
        Assert.Equal("small file", (await reader.ReadAsync()).Text);
        Assert.Equal("hello\n", (await reader.ReadAsync()).Text);
    }

    [Fact]
    public async Task Without_its_root_a_server_does_not_start_and_says_why()
    {
        string server = await Programs.ExecutableAsync(Host.Freestanding, Programs.FileStore);
        string folder = In("without");
        Directory.CreateDirectory(folder);
        Command.Result result = await Command.RunAsync(server, ["--port", "0"], folder: folder);
        Assert.Equal((1, "root files: no such folder; create it, or start the server where it is\n"), (result.ExitCode, result.Error));

        File.WriteAllText(Path.Combine(folder, "files"), "");
        result = await Command.RunAsync(server, ["--port", "0"], folder: folder);
        Assert.Equal((1, "root files: it is no folder\n"), (result.ExitCode, result.Error));
    }
}
