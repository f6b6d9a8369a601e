using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>A file of redirects beside routes, embedded files and files on the disk.</summary>
public class RedirectFileTests
{
    private static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Moved,
        Concurrency.Prefork => Programs.MovedPrefork,
        _ => Programs.MovedEventLoop,
    };

    [Theory]
    [SomeEngines]
    public async Task Lines_answer_what_nothing_else_does(Host host, Concurrency engine)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Project(engine));
        foreach ((string start, string name, int status, string? location) in new[]
        {
            ("GET /old/a%20b?c=d", "h", 308, "/new/a%20b?c=d"),
            ("POST /old/", "h", 308, "/new/"),
            ("HEAD /users/7/posts/", "h", 301, "/posts/of/7"),
            ("POST /users/7/posts", "h", 405, null),
            ("OPTIONS /users/7/posts", "h", 204, null),
            ("GET /users//posts", "h", 404, null),
            ("GET /route", "h", 301, "/elsewhere"),
            ("GET /gone", "h", 302, "https://www.example.com/"),
            ("GET /", "h", 200, null),
            ("GET /disk/hostname", "h", 200, null),
            ("GET /disk/old/x", "h", 302, "/disk/hostname"),
            ("HEAD /disk/old", "h", 302, "/disk/hostname"),
            ("GET /disk/none", "h", 404, null),
            ("GET /pages/old/passwd", "h", 302, "/pages/passwd"),
            ("GET /pages/old/x/y", "h", 200, null),
            ("GET /pages/none.js", "h", 404, null),
            ("GET /old/a", "WWW.moved.example:80", 301, "https://moved.example/old/a"),
            ("GET /", "www.moved.example", 301, "https://moved.example/"),
            ("GET /healthz", "h", 200, null),
            ("GET /caf%c3%a9/", "h", 301, "/bar"),
            ("GET /app/users/7", "h", 200, null),
            ("GET /app/none.js", "h", 404, null),
            ("GET /en/none", "h", 404, null),
            ("GET /_redirects", "h", 404, null),
            ("GET /page.html", "h", 200, null),
        })
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync($"{start} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
            HttpResponse response = await new ResponseReader(client).ReadAsync(start.Split(' ')[0]);
            Assert.Equal($"{start} {status} {location}", $"{start} {response.Status} {response["Location"]}");
            Assert.Equal(location is null ? response["Cache-Control"] : "max-age=60", response["Cache-Control"]);
        }

        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>As one client after the other would get them, on one connection and in one piece.</summary>
    [Theory]
    [SomeEngines]
    public async Task Many_requests_at_once_are_answered_in_order(Host host, Concurrency engine)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Project(engine));
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "GET / HTTP/1.1\r\nHost: h\r\n\r\n" : FormattableString.Invariant($"GET /disk/old/{i} HTTP/1.1\r\nHost: h\r\n\r\nGET /old/{i} HTTP/1.1\r\nHost: h\r\n\r\n"))));
        var reader = new ResponseReader(client);
        for (int i = 0; i < 200; i++)
        {
            if (i % 3 == 0)
            {
                Assert.Equal(200, (await reader.ReadAsync("GET")).Status);
                continue;
            }

            Assert.Equal(302, (await reader.ReadAsync("GET")).Status);
            Assert.Equal(FormattableString.Invariant($"/new/{i}"), (await reader.ReadAsync("GET"))["Location"]);
        }
    }
}
