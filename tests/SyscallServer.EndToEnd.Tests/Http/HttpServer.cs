using System.Collections.Generic;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The server for these tests, tests/Servers/Http, and what they know of it.</summary>
internal static class HttpServer
{
    // The values of its [TcpServer], in seconds and bytes: as short as a test can wait for them, and as long as a client on a busy machine may take.
    internal const int ReadTimeout = 5;
    internal const int IdleTimeout = 10;
    internal const int MaxBodyBytes = 100_000;

    /// <summary>Every path that answers GET, one of each prefix among them.</summary>
    internal static readonly string[] Paths =
    [
        "/", "/style.css", "/script.js", "/data.json", "/hello", "/empty", "/created", "/no-content", "/teapot", "/unavailable", "/latin", "/secure", "/both", "/lines", "/uncompressed", "/large",
        "/301", "/302", "/303", "/307", "/308", "/elsewhere", "/moved/", "/prefix/x", "/prefix/exact", "/prefix/deep/x", "/with%20space", "/a/b", "/host", "/sentinel-0", "/const", "/u8", "/nothing",
    ];

    internal static Task<ServerProcess> StartAsync(Host host, Concurrency engine) => ServerProcess.StartAsync(host, Project(engine));

    /// <summary>Starts it behind tools, the last of which may be one that chooses the folder whose files it serves.</summary>
    internal static async Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] tool)
        => await ServerProcess.StartAsync(tool, await Programs.ExecutableAsync(host, Project(engine)));

    internal static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Http,
        Concurrency.Prefork => Programs.HttpPrefork,
        _ => Programs.HttpEventLoop,
    };

    /// <summary>All cases, those that need the server's entity tags among them.</summary>
    internal static async Task<HttpCase[]> CasesAsync(int port)
    {
        using Client client = await Client.ConnectAsync(port);
        var reader = new ResponseReader(client);
        var tags = new List<string>();
        foreach (string coding in new[] { "identity", "gzip" })
        {
            await client.SendAsync($"GET /lines HTTP/1.1\r\nHost: h\r\nAccept-Encoding: {coding}\r\n\r\n");
            tags.Add((await reader.ReadAsync())["ETag"] ?? "\"none\"");
        }

        return [.. HttpCases.All, .. HttpCases.Conditional(tags[0], tags[1]), .. HttpCases.Malformed];
    }

    /// <summary>One request on a connection of its own.</summary>
    internal static async Task<HttpResponse> ExchangeAsync(int port, string request)
    {
        using Client client = await Client.ConnectAsync(port);
        await client.SendAsync(request);
        return await new ResponseReader(client).ReadAsync(request.Split(' ')[0]);
    }
}
