using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Uploads: what comes into the folder, and what never does.</summary>
public sealed partial class UploadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("uploads");

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string[] Names => [.. _folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).Select(entry => entry.Name).Order()];

    private Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] tool)
        => HttpServer.StartAsync(host, engine, [.. tool, "env", $"--chdir={_folder.FullName}"]);

    private static Task<HttpResponse> PutAsync(ServerProcess server, string name, string content, string fields = "", string method = "PUT")
        => HttpServer.ExchangeAsync(server.Port, $"{method} /files/{name} HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n{content}");

    [Theory]
    [SomeEngines]
    public async Task What_is_put_is_there_for_whoever_gets_it(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Directory.CreateDirectory(In("sub"));
        HttpResponse created = await PutAsync(server, "a.txt", "first");
        Assert.Equal((201, "201 Created\n"), (created.Status, created.Text));
        Assert.Equal("first", await File.ReadAllTextAsync(In("a.txt")));
        Assert.Equal(204, (await PutAsync(server, "a.txt", "second")).Status);
        Assert.Equal(204, (await PutAsync(server, "a.txt", "3", method: "POST")).Status);
        Assert.Equal(201, (await PutAsync(server, "sub/%C3%B6%20%25", "percent")).Status);
        Assert.Equal("percent", await File.ReadAllTextAsync(In("sub/\u00f6 %")));
        Assert.Equal(201, (await PutAsync(server, "empty", "")).Status);
        Assert.Equal(201, (await PutAsync(server, new string('n', 255), "longest name")).Status);
        HttpResponse got = await HttpServer.ExchangeAsync(server.Port, "GET /files/a.txt HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal((200, "3"), (got.Status, got.Text));
        Assert.Equal("-rw-r--r--", (await Command.OutputOfAsync("stat", ["-c", "%A", In("a.txt")])).Trim());
        Assert.Equal(["a.txt", "empty", new string('n', 255), "sub"], Names);

        // Chunked, with an extension and a trailer; then another on the same connection.
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        await client.SendAsync("PUT /files/chunked HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0000a\r\n0123456789\r\n0\r\nX-Trailer: y\r\n\r\nPUT /files/next HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nnextGET /files/chunked HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(201, (await reader.ReadAsync("PUT")).Status);
        Assert.Equal(201, (await reader.ReadAsync("PUT")).Status);
        Assert.Equal("abc0123456789", (await reader.ReadAsync()).Text);
        Assert.Equal("next", await File.ReadAllTextAsync(In("next")));
    }

    [Theory]
    [SomeEngines(NotUnderQemu = HostDataAttribute.DoesNotResolve)]
    public async Task What_cannot_be_put_is_refused_and_leaves_nothing(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Directory.CreateDirectory(In("folder"));
        await File.WriteAllTextAsync(In("file"), "old");
        File.CreateSymbolicLink(In("out"), "/tmp");
        File.CreateSymbolicLink(In("link"), "/etc/passwd");
        await Command.OutputOfAsync("mkfifo", [In("fifo")]);
        string[] before = Names;
        (string Name, string Fields, int Status)[] cases =
        [
            ("folder", "", 409), ("nothing/a", "", 409), ("file/a", "", 409), ("fifo", "", 409), ("link", "", 409), ("out/a", "", 403),
            ("", "", 403), ("folder/", "", 403), (".hidden", "", 403), ("a//b", "", 403), ("a%2Fb", "", 403), (new string('n', 256), "", 403),
            ("../a", "", 404), ("file", "If-None-Match: *\r\n", 412), ("file", "If-Match: \"x\"\r\n", 412), ("new", "If-Match: *\r\n", 412),
            ("file", "If-Unmodified-Since: Sat, 29 Feb 2020 12:34:56 GMT\r\n", 412), ("new", "Content-Range: bytes 0-2/3\r\n", 400),
        ];
        foreach ((string name, string fields, int status) in cases)
        {
            Assert.Equal((name, fields, status), (name, fields, (await PutAsync(server, name, "new", fields)).Status));
        }

        Assert.Equal(411, (await HttpServer.ExchangeAsync(server.Port, "PUT /files/new HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
        Assert.Equal(413, (await HttpServer.ExchangeAsync(server.Port, "PUT /files/new HTTP/1.1\r\nHost: h\r\nContent-Length: 10000001\r\n\r\n")).Status);
        Assert.Equal(413, (await HttpServer.ExchangeAsync(server.Port, "PUT /files/new HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n989681\r\n")).Status);
        Assert.Equal(400, (await HttpServer.ExchangeAsync(server.Port, "PUT /files/new HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX")).Status);
        Assert.Equal(405, (await HttpServer.ExchangeAsync(server.Port, "PUT /plain/new HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")).Status);
        Assert.Equal(before, Names);
        Assert.Equal("old", await File.ReadAllTextAsync(In("file")));
        Assert.Equal(201, (await PutAsync(server, "new", "new", "If-None-Match: *\r\n")).Status);
        Assert.Equal(204, (await PutAsync(server, "new", "newer", "If-Match: *\r\n")).Status);
        Assert.Equal([.. before.Append("new").Order()], Names);
    }

    [Theory]
    [SomeEngines]
    public async Task An_upload_that_breaks_off_leaves_the_old_file_and_nothing_else(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        await File.WriteAllTextAsync(In("a"), "old");
        string half = "PUT /files/a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" + new string('x', 500_000);
        using (Client gone = await Client.ConnectAsync(server.Port))
        {
            await gone.SendAsync(half);
            gone.Reset();
        }

        using (Client ended = await Client.ConnectAsync(server.Port))
        {
            await ended.SendAsync(half);
            ended.EndSending();
            Assert.Equal(400, (await new ResponseReader(ended).ReadAsync("PUT")).Status);
        }

        using (Client slow = await Client.ConnectAsync(server.Port))
        {
            await slow.SendAsync(half);
            Assert.Equal(408, (await new ResponseReader(slow).ReadAsync("PUT")).Status); // after ReadTimeoutSeconds
        }

        Assert.Equal(["a"], Names);
        Assert.Equal("old", await File.ReadAllTextAsync(In("a")));

        // And where the server is killed in the middle of it.
        using (Client last = await Client.ConnectAsync(server.Port))
        {
            await last.SendAsync(half);
            await Task.Delay(200);
            foreach (int pid in ProcFile.Children(server.Pid).Append(server.Pid))
            {
                ServerProcess.Signal("KILL", pid);
            }

            await last.ReadToEndOrResetAsync();
        }

        Assert.Equal(["a"], Names);
        Assert.Equal("old", await File.ReadAllTextAsync(In("a")));
    }

    [Theory]
    [SomeEngines]
    public async Task Of_a_hundred_uploads_of_one_name_a_reader_never_sees_a_mix(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        const int size = 200_000;
        Assert.Equal(201, (await PutAsync(server, "a", new string('a', size))).Status);
        using var done = new CancellationTokenSource();
        Task<int> reading = Task.Run(async () =>
        {
            int reads = 0;
            while (!done.IsCancellationRequested)
            {
                HttpResponse response = await HttpServer.ExchangeAsync(server.Port, "GET /files/a HTTP/1.1\r\nHost: h\r\n\r\n");
                Assert.Equal((200, size), (response.Status, response.Body.Length));
                Assert.True(response.Body.AsSpan().IndexOfAnyExcept(response.Body[0]) < 0, "a mix");
                byte[] onDisk = await File.ReadAllBytesAsync(In("a"));
                Assert.True(onDisk.Length == size && onDisk.AsSpan().IndexOfAnyExcept(onDisk[0]) < 0, "a mix on the disk");
                reads++;
            }

            return reads;
        });
        IEnumerable<HttpResponse> responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => PutAsync(server, "a", new string((char)('a' + number % 26), size))));
        await done.CancelAsync();
        Assert.All(responses, response => Assert.Equal(204, response.Status));
        Assert.True(await reading > 0);

        // Of those that may only make it new, one does.
        int[] statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number => (await PutAsync(server, "b", $"{number}", "If-None-Match: *\r\n")).Status));
        Assert.Equal((1, 19), (statuses.Count(status => status == 201), statuses.Count(status => status == 412)));
        Assert.Equal(["a", "b"], Names);
    }

    [Theory]
    [SomeEngines]
    public async Task A_full_disk_gets_507_and_keeps_what_was_there(Host host, Concurrency engine)
    {
        // A file system of a megabyte, which only the server and its children see.
        string[] mount = ["unshare", "-rm", "sh", "-c", $"mount -t tmpfs -o size=1m tmpfs '{_folder.FullName}' && exec \"$@\"", "sh"];
        await using ServerProcess server = await StartAsync(host, engine, mount);
        Assert.Equal(201, (await PutAsync(server, "a", new string('a', 600_000))).Status);
        using (Client client = await Client.ConnectAsync(server.Port))
        {
            await client.SendAsync("PUT /files/a HTTP/1.1\r\nHost: h\r\nContent-Length: 600000\r\n\r\n" + new string('b', 600_000));
            Assert.Equal(507, (await new ResponseReader(client).ReadAsync("PUT")).Status);
        }

        HttpResponse old = await HttpServer.ExchangeAsync(server.Port, "GET /files/a HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(new string('a', 600_000), old.Text);
        Assert.Equal(201, (await PutAsync(server, "b", new string('b', 300_000))).Status); // what broke off takes no room
    }

    [Theory]
    [SomeEngines]
    public async Task Beyond_the_longest_file_of_the_process_is_413_and_the_server_goes_on(Host host, Concurrency engine)
    {
        // Of 512 bytes each. Beyond that write(2) sends SIGXFSZ, which ends a process by default. The memory for code of the .NET runtime would be such a file.
        await using ServerProcess server = await StartAsync(host, engine, "sh", "-c", "ulimit -f 4096 && DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "sh");
        using (Client client = await Client.ConnectAsync(server.Port))
        {
            await client.SendAsync("PUT /files/a HTTP/1.1\r\nHost: h\r\nContent-Length: 2200000\r\n\r\n" + new string('a', 2_200_000));
            Assert.Equal(413, (await new ResponseReader(client).ReadAsync("PUT")).Status);
        }

        Assert.Equal(201, (await PutAsync(server, "b", "b")).Status);
        Assert.Equal(["b"], Names);
    }

    /// <summary>A folder of its own for /proc, with nothing in it, as in an image FROM scratch.</summary>
    private static readonly string[] WithoutProc = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh"];

    /// <summary>No nameless file can be given a name: no /proc is used, and linkat(2) refuses AT_EMPTY_PATH, as before Linux 6.10.</summary>
    private static readonly string[] WithoutLinks = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e", "inject=linkat:error=ENOENT"];

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Without_proc_an_upload_gets_its_name_all_the_same(Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, engine, WithoutProc);
        Assert.Equal(201, (await PutAsync(server, "a", "a")).Status);
        Assert.Equal(204, (await PutAsync(server, "a", "b")).Status);
        Assert.Equal(201, (await PutAsync(server, "b", "b", "If-None-Match: *\r\n")).Status);
        Assert.Equal(["a", "b"], Names);
        Assert.Equal("b", await File.ReadAllTextAsync(In("a")));
    }

    [Fact]
    public async Task Where_files_need_names_one_that_a_killed_server_has_left_is_removed_at_the_next_start()
    {
        const string half = " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nhalf of it";
        Directory.CreateDirectory(In("sub"));
        await File.WriteAllTextAsync(In(".upload.notes"), "somebody's own");
        using Client dies = await UploadHalfAsync("sub/dead", out ServerProcess killed);
        int[] children = [.. ProcFile.Children(killed.Pid)]; // of strace, the supervisor; and its workers
        foreach (int pid in children.SelectMany(ProcFile.Children).Concat(children).Append(killed.Pid))
        {
            ServerProcess.Signal("KILL", pid);
        }

        await dies.ReadToEndOrResetAsync();
        await killed.DisposeAsync();
        Assert.Single(Directory.GetFiles(In("sub"), ".upload.*", new EnumerationOptions { AttributesToSkip = 0 }));

        using Client lives = await UploadHalfAsync("alive", out ServerProcess first);
        Assert.Empty(Directory.GetFiles(In("sub"), ".upload.*", new EnumerationOptions { AttributesToSkip = 0 }));
        Assert.Equal(3, Names.Length);

        // A second server with the same folder leaves what is under way alone.
        await using (ServerProcess second = await StartAsync(Host.Freestanding, Concurrency.EventLoop, WithoutLinks))
        {
            Assert.Equal(201, (await PutAsync(second, "other", "x")).Status);
        }

        await lives.SendAsync(new string('x', 1_000_000 - 10));
        Assert.Equal(201, (await new ResponseReader(lives).ReadAsync("PUT")).Status);
        await first.DisposeAsync();
        Assert.Equal([".upload.notes", "alive", "other", "sub"], Names);

        Task<Client> UploadHalfAsync(string name, out ServerProcess server)
        {
            ServerProcess started = server = StartAsync(Host.Freestanding, Concurrency.EventLoop, WithoutLinks).GetAwaiter().GetResult();
            return BeginAsync();

            async Task<Client> BeginAsync()
            {
                int before = Count();
                Client client = await Client.ConnectAsync(started.Port);
                await client.SendAsync($"PUT /files/{name}{half}");
                await ServerProcess.EventuallyAsync(() => Count() > before, "it is under way");
                return client;
            }
        }

        int Count() => _folder.EnumerateFiles(".upload.*", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }).Count();
    }

    [Theory]
    [InlineData("mount --bind . . && cd \"$PWD\" && mount -o remount,bind,ro . && exec \"$@\"", "root .: uploads cannot be written there, for it is read-only\n")]
    [InlineData("ulimit -n 400 && exec \"$@\"", "root .: the limit of open files is too low; allow 1024 (ulimit -n, LimitNOFILE=)\n")]
    [InlineData("exec strace -qq -o /dev/null -e trace=openat2 -e inject=openat2:error=EPERM \"$@\"", "root .: openat2 is refused; the sandbox (seccomp) must allow it\n")]
    public async Task A_server_that_could_take_no_upload_says_so_and_does_not_start(string how, string message)
    {
        string server = await Programs.ExecutableAsync(Host.Freestanding, Programs.HttpEventLoop);
        Command.Result result = await Command.RunAsync("unshare", ["-m", "sh", "-c", how, "sh", server], folder: _folder.FullName);
        Assert.Equal((1, message), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_soft_limit_of_open_files_is_raised_before_folders_are_opened()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.Fork, "sh", "-c", "ulimit -S -n 100 && exec \"$@\"", "sh");
        Assert.Equal(201, (await PutAsync(server, "a", "a")).Status);
    }

    [Theory]
    [InlineData("", 201)]
    [InlineData("Origin: http://h\r\n", 201)]
    [InlineData("Origin: https://H\r\n", 201)] // TLS may end at a proxy
    [InlineData("Origin: http://h:8080\r\n", 403)]
    [InlineData("Origin: http://evil.example\r\n", 403)]
    [InlineData("Origin: http://h.evil.example\r\n", 403)]
    [InlineData("Origin: null\r\n", 403)]
    [InlineData("Origin: http://h\r\nOrigin: http://evil.example\r\n", 403)]
    [InlineData("Origin: https://app.example\r\n", 201)] // which is allowed
    [InlineData("Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n", 201)]
    [InlineData("Sec-Fetch-Site: cross-site\r\n", 403)]
    [InlineData("Origin: http://h\r\nSec-Fetch-Site: cross-site\r\n", 403)]
    [InlineData("Sec-Fetch-Site: same-site\r\n", 403)]
    [InlineData("Sec-Fetch-Site: none\r\n", 201)]
    [InlineData("Origin: http://changed.by.proxy\r\nSec-Fetch-Site: same-origin\r\n", 201)]
    public async Task A_page_of_another_site_cannot_upload(string fields, int status)
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.Fork);
        Assert.Equal(status, (await PutAsync(server, "a", "content", fields, "POST")).Status);
        Assert.Equal(status == 201 ? ["a"] : [], Names);
    }

    [Fact]
    public async Task The_own_origin_has_the_port_of_the_request()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        foreach ((string target, string host, string origin, int status) in new[]
        {
            ("/files/a", "localhost:8080", "http://localhost:8080", 201), ("/files/b", "localhost:8080", "http://localhost:3000", 403), ("/files/b", "localhost:8080", "http://localhost", 403),
            ("http://localhost:8080/files/c", "localhost:8080", "http://localhost:8080", 201), ("http://localhost:8080/files/d", "localhost:8080", "http://localhost:808", 403), ("/files/e", "[::1]:80", "http://[::1]:80", 201),
        })
        {
            Assert.Equal((target, origin, status), (target, origin, (await HttpServer.ExchangeAsync(server.Port, $"PUT {target} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: 1\r\n\r\nx")).Status));
        }
    }

    [Theory]
    [SomeEngines]
    public async Task An_upload_with_a_condition_replaces_only_what_that_was_true_of(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        await File.WriteAllTextAsync(In("a"), "1");
        await Task.Delay(3100); // until its tag is strong
        string tag = (await HttpServer.ExchangeAsync(server.Port, "GET /files/a HTTP/1.1\r\nHost: h\r\n\r\n"))["ETag"]!;
        Assert.Equal(412, (await PutAsync(server, "a", "2", "If-Match: \"other\"\r\n")).Status);
        Assert.Equal(204, (await PutAsync(server, "a", "2", $"If-Match: {tag}\r\n")).Status);
        Assert.Equal(412, (await PutAsync(server, "a", "3", $"If-Match: {tag}\r\n")).Status);
        Assert.Equal("2", await File.ReadAllTextAsync(In("a")));

        // Of another that comes while its body is under way, it would not know.
        (string Fields, int Status, string Content)[] cases =
        [
            ("If-Match: *\r\n", 412, "another"), ("If-None-Match: \"other\"\r\n", 412, "another"), ("If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n", 412, "another"),
            ("If-Modified-Since: Sat, 29 Feb 2020 12:34:56 GMT\r\n", 204, "new"), ("", 204, "new"),
        ];
        foreach ((string fields, int status, string content) in cases)
        {
            using Client client = await Client.ConnectAsync(server.Port);
            var reader = new ResponseReader(client);
            await client.SendAsync($"PUT /files/a HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            Assert.Equal(100, (await reader.ReadAsync("PUT")).Status);
            Assert.Equal(204, (await PutAsync(server, "a", "another")).Status);
            await client.SendAsync("new");
            Assert.Equal((fields, status), (fields, (await reader.ReadAsync("PUT")).Status));
            Assert.Equal(content, await File.ReadAllTextAsync(In("a")));
            Assert.Equal(["a"], Names);
        }
    }

    [Fact]
    public async Task Of_many_uploads_at_once_that_replace_the_same_one_does()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.Prefork);
        await File.WriteAllTextAsync(In("a"), "0");
        await Task.Delay(3100);
        string tag = (await HttpServer.ExchangeAsync(server.Port, "GET /files/a HTTP/1.1\r\nHost: h\r\n\r\n"))["ETag"]!;
        HttpResponse[] responses = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => PutAsync(server, "a", $"{i}", $"If-Match: {tag}\r\n")));
        Assert.Equal(1, responses.Count(response => response.Status == 204));
        Assert.Equal(39, responses.Count(response => response.Status == 412));
        Assert.Equal(["a"], Names);
    }

    [Fact]
    public async Task Another_content_has_another_entity_tag_however_soon_it_comes()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        var tags = new HashSet<string>();
        for (int i = 0; i < 300; i++)
        {
            await PutAsync(server, "a", $"{i:D6}");
            HttpResponse got = await HttpServer.ExchangeAsync(server.Port, "GET /files/a HTTP/1.1\r\nHost: h\r\n\r\n");
            Assert.Equal($"{i:D6}", got.Text);
            Assert.True(tags.Add(got["ETag"]!), $"{i}: {got["ETag"]}");
        }
    }

    [Fact]
    public async Task Chunks_of_a_byte_cost_one_write_for_what_was_read_at_once()
    {
        string trace = Path.GetTempFileName();
        await using (ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop, "strace", "-f", "-qq", "-y", "-e", "trace=write", "-o", trace))
        {
            string chunks = string.Concat(Enumerable.Range(0, 1000).Select(number => $"1\r\n{(char)('a' + number % 26)}\r\n"));
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync("PUT /files/a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
            Assert.Equal(201, (await new ResponseReader(client).ReadAsync("PUT")).Status);
            Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(number => (char)('a' + number % 26))), await File.ReadAllTextAsync(In("a")));
            server.Signal("TERM");
            await server.ExitAsync();
        }

        // The network may have delivered them in two pieces or three.
        Assert.InRange(File.ReadAllLines(trace).Count(line => line.Contains(_folder.FullName, StringComparison.Ordinal)), 1, 5);
        File.Delete(trace);
    }

    /// <summary>Else the kernel would first clear the rest of the page that a write ends in, and the beginning of that in which the next one goes on.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task No_more_is_received_at_once_than_to_the_end_of_a_page_of_the_file(Concurrency engine)
    {
        string trace = Path.GetTempFileName();
        await using (ServerProcess server = await StartAsync(Host.Freestanding, engine, "strace", "-f", "-qq", "-y", "-e", "trace=recvfrom,write", "-o", trace))
        {
            Assert.Equal(201, (await PutAsync(server, "a", new string('a', 300_000))).Status);
            server.Signal("TERM");
            await server.ExitAsync();
        }

        int written = 0;
        int received = 0;
        foreach (Match call in File.ReadLines(trace).Select(line => CallOfUpload().Match(line)).Where(call => call.Success))
        {
            int count = int.Parse(call.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
            if (call.Groups["file"].Value.StartsWith(_folder.FullName, StringComparison.Ordinal))
            {
                written += count;
            }
            else if (call.Groups["name"].Value == "recvfrom" && written is > 0 and < 300_000)
            {
                Assert.Equal(0, (written + int.Parse(call.Groups["size"].ValueSpan, CultureInfo.InvariantCulture)) % 4096);
                received++;
            }
        }

        Assert.Equal(300_000, written);
        Assert.InRange(received, 18, int.MaxValue); // there is room for 16 kB
        File.Delete(trace);
    }

    [GeneratedRegex("""(?<name>recvfrom|write)\(\d+<(?<file>[^>]+)>(\(deleted\))?, .*, (?<size>\d+)(, 0, NULL, NULL|, MSG_DONTWAIT, NULL, NULL)?\) += (?<count>\d+)$""")]
    private static partial Regex CallOfUpload();

    [Theory]
    [SomeEngines]
    public async Task A_real_client_puts_and_gets_a_file(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        byte[] content = RandomNumberGenerator.GetBytes(5_000_000);
        string source = Path.GetTempFileName();
        await File.WriteAllBytesAsync(source, content);
        try
        {
            string url = $"http://127.0.0.1:{server.Port}/files/";
            Assert.Equal("201", await Command.OutputOfAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "-T", source, url + "put"])); // which waits for 100 (Continue)
            Assert.Equal("201", await Command.OutputOfAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@" + source, url + "posted"]));
            Assert.Equal("201", await Command.OutputOfAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Transfer-Encoding: chunked", "-T", source, url + "chunked"]));
            foreach (string name in new[] { "put", "posted", "chunked" })
            {
                await Command.OutputOfAsync("curl", ["-sS", "-o", source, url + name]);
                Assert.True((await File.ReadAllBytesAsync(source)).AsSpan().SequenceEqual(content), name);
            }
        }
        finally
        {
            File.Delete(source);
        }
    }
}
