using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What a server must have, so that a load can be sent to it.</summary>
internal enum Content
{
    /// <summary>Hello, World! at /, and at whatever else is not there.</summary>
    Hello,

    /// <summary>A file of 100 MB on the disk.</summary>
    LargeFile,

    /// <summary>HttpArena's /baseline11: sums of what stands in the query and in the body.</summary>
    Sums,

    /// <summary>HttpArena's /pipeline: two bytes.</summary>
    Pipeline,

    /// <summary>HttpArena's /static: 20 files on the disk.</summary>
    Static,

    /// <summary>The echo and the JSON of sample/Api.</summary>
    Api,
}

/// <summary>What happens to a server in the middle of a load.</summary>
internal enum Incident
{
    None,

    /// <summary>One of its workers gets SIGTERM.</summary>
    Termination,

    /// <summary>One of its workers is killed.</summary>
    Death,
}

/// <summary>A request, and how the answer to it ends.</summary>
internal sealed record Exchange(string Request, string Answer);

/// <summary>A kind of load.</summary>
/// <param name="Connections">How many at the same time.</param>
/// <param name="Pipelined">How many requests a connection sends before it waits for the responses; 0 where each connection has one request only.</param>
internal sealed record Workload(string Name, string Title, string Description, int Connections, int Pipelined)
{
    private const string Floor = "floor";

    internal static Workload KeepAlive64 { get; } = new("keep-alive-64", "64 connections", "64 connections that stay open", 64, 1);

    /// <summary>What servers of files are for, and no other.</summary>
    internal static Workload LargeFile { get; } = new("file", "a file of 100 MB", "2 connections that stay open, a file of 100 MB from the disk", 2, 1)
    {
        Needs = Content.LargeFile,
        Path = "100MB",
        BodyLength = 100_000_000,
        Anchor = "nginx-files",
    };

    /// <summary>What is asked for, behind the first slash.</summary>
    internal string Path { get; init; } = "";

    /// <summary>Bytes that each response has at least.</summary>
    internal int BodyLength { get; init; }

    internal Content Needs { get; init; }

    /// <summary>The server that others are compared with, by its name.</summary>
    internal string Anchor { get; init; } = Floor;

    /// <summary>What is sent in turn; nothing where it is GET of the path.</summary>
    internal IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>Each so many requests one of them ends its connection; 0 where none does.</summary>
    internal int RequestsPerConnection { get; init; }

    /// <summary>Requests come at a constant rate: so many in a hundred of what the server can answer. 0 where they come as fast as they are answered.</summary>
    internal int PercentOfCapacity { get; init; }

    internal Incident Incident { get; init; }

    internal static IReadOnlyList<Workload> All { get; } =
    [
        new("keep-alive-1", "1 connection", "1 connection that stays open", 1, 1),
        KeepAlive64,
        new("keep-alive-512", "512 connections", "512 connections that stay open", 512, 1),
        new("pipelined", "pipelined", "64 connections that stay open, 16 requests at once", 64, 16),
        new("connections", "one request each", "16 connections at the same time, each for one request", 16, 0) { Anchor = "floor-close" },
        LargeFile,
        .. Handlers(),
        .. Latencies(),
        .. Arena(),
    ];

    internal bool ConnectionsStay => Pipelined > 0;

    /// <summary>
    /// Whether client and server never work at the same time. They then share a processor: to wake another one costs more than the rest
    /// together, on a virtual machine ten times as much.
    /// </summary>
    internal bool TakesTurns => Connections == 1;

    /// <summary>What sample/Api answers by handlers.</summary>
    private static IEnumerable<Workload> Handlers()
    {
        const string Host = "Host: localhost:8080\r\n";
        string body = new('x', 1024);
        yield return new("api-echo", "echo of 1 KiB", "64 connections that stay open, a body of 1 KiB and back", 64, 1)
        {
            Needs = Content.Api,
            Anchor = "kestrel",
            Exchanges = [new($"POST /echo HTTP/1.1\r\n{Host}Content-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}", body)],
        };
        yield return new("api-json", "JSON of a path", "64 connections that stay open, JSON of two parameters of the path", 64, 1)
        {
            Needs = Content.Api,
            Anchor = "kestrel",
            Exchanges = [new($"GET /users/ann/posts/42 HTTP/1.1\r\n{Host}\r\n", "{\"user\":\"ann\",\"post\":\"42\"}\n")],
        };
    }

    private static IEnumerable<Workload> Latencies()
    {
        foreach (int percent in (int[])[20, 50, 80])
        {
            yield return new($"latency-{percent}", $"{percent}% of capacity", $"64 connections, a constant rate of {percent}% of what the server can answer", 64, 1) { PercentOfCapacity = percent };
        }

        yield return new("latency-term", "50%, SIGTERM", "50%, and one of two workers gets SIGTERM", 64, 1) { PercentOfCapacity = 50, Incident = Incident.Termination };
        yield return new("latency-death", "50%, SIGKILL", "50%, and one of two workers is killed", 64, 1) { PercentOfCapacity = 50, Incident = Incident.Death };
    }

    /// <summary>The shapes of HttpArena (https://www.http-arena.com), with as many connections as one processor can be shown with.</summary>
    private static IEnumerable<Workload> Arena()
    {
        const string Host = "Host: localhost:8080\r\n";
        const string Query = "/baseline11?a=13&b=42 HTTP/1.1\r\n" + Host;
        Exchange[] sums =
        [
            new($"GET {Query}\r\n", "\r\n\r\n55"),
            new($"POST {Query}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n20", "\r\n\r\n75"),
            new($"POST {Query}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n20\r\n0\r\n\r\n", "\r\n\r\n75"),
        ];
        Exchange[] files = [.. StaticFiles.Names.Select(name => new Exchange($"GET /static/{name} HTTP/1.1\r\n{Host}Accept-Encoding: br;q=1, gzip;q=0.8\r\n\r\n", StaticFiles.End))];
        yield return new("arena-baseline", "baseline", "HttpArena: 512 connections, sums by GET, POST and POST in chunks", 512, 1) { Needs = Content.Sums, Anchor = "kestrel", Exchanges = sums };
        yield return new("arena-limited", "limited-conn", "the same, and each tenth request ends its connection", 512, 1) { Needs = Content.Sums, Anchor = "kestrel", Exchanges = sums, RequestsPerConnection = 10 };
        yield return new("arena-pipelined", "pipelined", "HttpArena: 512 connections, 16 requests for two bytes at once", 512, 16)
        {
            Needs = Content.Pipeline,
            Anchor = "nginx",
            Exchanges = [new($"GET /pipeline HTTP/1.1\r\n{Host}\r\n", "ok")],
        };
        yield return new("arena-static", "static", "HttpArena: 1,024 connections, 20 files from the disk", 1024, 1) { Needs = Content.Static, Anchor = "nginx", Exchanges = files };
    }
}
