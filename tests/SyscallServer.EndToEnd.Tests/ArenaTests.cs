using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The entry for HttpArena, tests/Servers/Arena: what its validation asks, and what a client may ask beyond.</summary>
public sealed class ArenaTests : IDisposable
{
    private const string Sum = "/baseline11?a=13&b=42";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>In pieces, as they are sent; the body of the answer.</summary>
    public static TheoryData<string, string[]> Sums => new()
    {
        { "55", [Get(Sum)] },
        { "75", [Post(Sum, "20")] },
        { "75", [PostInChunks(Sum, "20")] },
        { "75", [PostInChunks(Sum, "2", "0")] },
        { "55", ["GET /baseli", "ne11?a=13&b=42 HTTP/1.1\r\n", "Host: localhost\r\nConnection: close\r\n\r\n"] },
        { "75", [$"POST {Sum} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n", "2", "0"] },
        { "-1", [Get("/baseline11?b=-2&a=1")] },
        { "0", [Post("/baseline11?a=-5&b=2", "3")] },
        { "2999999999999999997", [Post("/baseline11?a=999999999999999999&b=999999999999999999", "999999999999999999")] },
    };

    [Theory]
    [MemberData(nameof(Sums))]
    public async Task Sums_are_those_of_query_and_body_however_they_come(string sum, string[] pieces)
    {
        await using ServerProcess server = await StartAsync();
        using Client client = await Client.ConnectAsync(server.Port);
        foreach (string piece in pieces)
        {
            await client.SendAsync(piece);
            await Task.Delay(20); // a piece of its own
        }

        HttpResponse response = await new ResponseReader(client).ReadAsync(pieces[0].Split(' ')[0]);
        Assert.Equal((200, sum), (response.Status, response.Text));
        Assert.Equal("text/plain", response["Content-Type"]);
    }

    [Fact]
    public async Task Random_numbers_have_their_sum()
    {
        await using ServerProcess server = await StartAsync();
        var random = new Random(15);
        for (int i = 0; i < 200; i++)
        {
            long[] numbers = [.. Enumerable.Range(0, 3).Select(_ => random.NextInt64(-999_999_999_999_999_999, 1_000_000_000_000_000_000))];
            string path = $"/baseline11?a={numbers[0]}&b={numbers[1]}";
            Assert.Equal($"{numbers[0] + numbers[1]}", (await HttpServer.ExchangeAsync(server.Port, Get(path))).Text);
            Assert.Equal($"{numbers.Sum()}", (await HttpServer.ExchangeAsync(server.Port, Post(path, $"{numbers[2]}"))).Text);
        }
    }

    [Theory]
    [InlineData("/baseline11?a=13")]
    [InlineData("/baseline11?a=13&b=")]
    [InlineData("/baseline11?a=13&b=-")]
    [InlineData("/baseline11?a=13&b=4x")]
    [InlineData("/baseline11?a=13&b=1000000000000000000")] // of 19 digits, of which three have no room in 64 bits
    public async Task What_is_no_number_is_refused(string path)
    {
        await using ServerProcess server = await StartAsync();
        Assert.Equal(400, (await HttpServer.ExchangeAsync(server.Port, Get(path))).Status);
        Assert.Equal(400, (await HttpServer.ExchangeAsync(server.Port, Post(Sum, "2 0"))).Status);
    }

    [Fact]
    public async Task Sixteen_requests_at_once_have_sixteen_answers()
    {
        await using ServerProcess server = await StartAsync();
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Repeat("GET /pipeline HTTP/1.1\r\nHost: localhost\r\n\r\n", 16)));
        var reader = new ResponseReader(client);
        for (int i = 0; i < 16; i++)
        {
            HttpResponse response = await reader.ReadAsync("GET");
            Assert.Equal((200, "ok"), (response.Status, response.Text));
            Assert.StartsWith("text/plain", response["Content-Type"], StringComparison.Ordinal); // with a charset or without, as the validation has it
        }
    }

    [Fact]
    public async Task A_file_is_read_from_the_disk_when_it_is_asked_for()
    {
        string file = Path.Combine(_folder.FullName, "static", "app.js");
        await using ServerProcess server = await StartAsync();
        foreach (string text in (string[])["one", "another one"])
        {
            await File.WriteAllTextAsync(file, text);
            HttpResponse response = await HttpServer.ExchangeAsync(server.Port, Get("/static/app.js"));
            Assert.Equal((200, text), (response.Status, response.Text));
            Assert.StartsWith("text/javascript", response["Content-Type"], StringComparison.Ordinal);
        }

        Assert.Equal(404, (await HttpServer.ExchangeAsync(server.Port, Get("/static/nonexistent.txt"))).Status);
    }

    [Fact]
    public void Its_description_names_the_profiles_that_it_can_be_measured_with()
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllText(Repository.Path(Programs.Arena, "meta.json")));
        Assert.Equal(
            ["baseline", "pipelined", "limited-conn", "latency-1m", "latency-10k"],
            meta.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.GetString()));
    }

    /// <summary>Where there is a folder of static files, as in a container of HttpArena.</summary>
    private async Task<ServerProcess> StartAsync()
    {
        _folder.CreateSubdirectory("static");
        return await ServerProcess.StartAsync(["/bin/sh", "-c", $"cd '{_folder.FullName}' && exec \"$@\"", "sh"], await Programs.ExecutableAsync(Host.Freestanding, Programs.Arena));
    }

    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static string Post(string path, string body) => $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string PostInChunks(string path, params string[] chunks)
        => $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(chunks.Select(chunk => $"{chunk.Length:x}\r\n{chunk}\r\n"))}0\r\n\r\n";
}
