using System.Linq;
using System.Reflection;

namespace SyscallServer.Tests.Simulation;

/// <summary>The simulations: each makes the world of a seed, runs an engine in it, and counts what it came across.</summary>
internal static class Simulations
{
    private const string Host = "Host: localhost\r\n";

    private static readonly string LongField = new('x', 3000);

    private static readonly SimulatedClient.Exchange[] Exchanges =
    [
        new($"GET / HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"GET / HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"\r\n\r\nGET /?q HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Small),
        new($"GET /long HTTP/1.1\r\n{Host}X: {LongField}\r\n\r\n", 200, SimulatedSite.Long),
        new($"GET /huge HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Huge),
        new($"HEAD /huge HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Huge, Head: true),
        new($"GET /none HTTP/1.1\r\n{Host}\r\n", 404, SimulatedSite.NoSuchPage),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 5\r\n\r\nabcde", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 1000\r\n\r\n{new string('b', 1000)}", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde", 200, SimulatedSite.Small, HasInterim: true),
        new($"POST /post HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nabcde\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", 200, SimulatedSite.Small),
        new($"POST /post HTTP/1.1\r\n{Host}Content-Length: 1001\r\n\r\n", 413, "413 Content Too Large\n", Closes: true),
        new($"GET / HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 200, SimulatedSite.Small, Closes: true),
        new("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, SimulatedSite.Small),
        new("GET / HTTP/1.0\r\n\r\n", 200, SimulatedSite.Small, Closes: true),
        new("GET / HTTP/1.1\r\n\r\n", 400, "400 Bad Request\n", Closes: true),
        new("GET / HTTP/2.0\r\n\r\n", 505, "505 HTTP Version Not Supported\n", Closes: true),
    ];

    private static readonly string Sixteen = "bytes=" + string.Join(',', Enumerable.Range(0, 16).Select(i => $"{i * 3000}-{i * 3000}"));

    /// <summary>What comes of parts of the huge file; what begins before 0 is at its end.</summary>
    private static string Multipart(params (int First, int Length)[] parts)
        => string.Concat(parts.Select(part =>
        {
            int size = SimulatedSite.Huge.Length;
            int first = part.First < 0 ? size + part.First : part.First;
            return $"\r\n--{SimulatedClient.Exchange.Boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes {first}-{first + part.Length - 1}/{size}\r\n\r\n{SimulatedSite.Huge.Substring(first, part.Length)}";
        })) + $"\r\n--{SimulatedClient.Exchange.Boundary}--\r\n";

    private static readonly SimulatedClient.Exchange[] OfFilesAndHandlers =
    [
        new($"GET /files/small HTTP/1.1\r\n{Host}\r\n", 200, SimulatedFiles.Small, OfFile: true),
        new($"GET /files/small HTTP/1.1\r\n{Host}Accept-Encoding: br, gzip\r\n\r\n", 200, SimulatedFiles.Small, OfFile: true),
        new($"GET /files/small HTTP/1.1\r\n{Host}Range: bytes=4-6\r\n\r\n", 206, SimulatedFiles.Small[4..7], OfFile: true),
        new($"GET /files/small HTTP/1.1\r\n{Host}Range: bytes=99-\r\n\r\n", 416, "", OfFile: true),
        new($"GET /files/small HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 200, SimulatedFiles.Small, Closes: true, OfFile: true),
        new($"HEAD /files/small HTTP/1.1\r\n{Host}\r\n", 200, SimulatedFiles.Small, Head: true, OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}\r\n", 200, SimulatedSite.Huge, OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}Range: bytes=10000-39999\r\n\r\n", 206, SimulatedSite.Huge[10_000..40_000], OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}Range: bytes=-5,20000-44999,300-399,50-59\r\n\r\n", 206, Multipart((-5, 5), (20_000, 25_000), (300, 100), (50, 10)), OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}Range: {Sixteen}\r\n\r\n", 206, Multipart([.. Enumerable.Range(0, 16).Select(i => (i * 3000, 1))]), OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}Range: {Sixteen},48000-\r\n\r\n", 200, SimulatedSite.Huge, OfFile: true),
        new($"GET /files/huge HTTP/1.1\r\n{Host}Connection: close\r\nRange: bytes=0-0,10000-30000,-1\r\n\r\n", 206, Multipart((0, 1), (10_000, 20_001), (-1, 1)), Closes: true, OfFile: true),
        new($"HEAD /files/huge HTTP/1.1\r\n{Host}Range: {Sixteen}\r\n\r\n", 200, SimulatedSite.Huge, Head: true, OfFile: true),
        new($"GET /files/empty HTTP/1.1\r\n{Host}\r\n", 200, "", OfFile: true),
        new($"GET /files/none HTTP/1.1\r\n{Host}\r\n", 404, SimulatedSite.NoSuchPage, OfFile: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}Content-Length: 900\r\n\r\n{SimulatedFiles.Upload}", 201, "201 Created\n", OfFile: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}Content-Length: 900\r\n\r\n{SimulatedFiles.Upload}", 201, "201 Created\n", OfFile: true),
        new($"POST /files/up2 HTTP/1.1\r\n{Host}Content-Length: 900\r\nExpect: 100-continue\r\n\r\n{SimulatedFiles.Upload}", 201, "201 Created\n", OfFile: true, HasInterim: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n64\r\n{SimulatedFiles.Upload[..100]}\r\n320;x=y\r\n{SimulatedFiles.Upload[100..]}\r\n0\r\n\r\n", 201, "201 Created\n", OfFile: true),
        new($"PUT /files/up3 HTTP/1.1\r\n{Host}If-None-Match: *\r\nContent-Length: 900\r\n\r\n{SimulatedFiles.Upload}", 201, "201 Created\n", OfFile: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}If-Match: *\r\nContent-Length: 900\r\n\r\n{SimulatedFiles.Upload}", 204, "", OfFile: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}Content-Length: 1001\r\n\r\n", 413, "413 Content Too Large\n", Closes: true),
        new($"GET /say/this?and=that HTTP/1.1\r\n{Host}\r\n", 200, "this"),
        new($"HEAD /say/this HTTP/1.1\r\n{Host}\r\n", 200, "this", Head: true),
        new($"GET /say/the%20last HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 200, "the last", Closes: true),
        new($"POST /echo HTTP/1.1\r\n{Host}Content-Length: 900\r\n\r\n{SimulatedFiles.Upload}", 200, SimulatedFiles.Upload),
        new($"POST /echo HTTP/1.1\r\n{Host}Content-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde", 200, "abcde", HasInterim: true),
        new($"POST /echo HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n64\r\n{SimulatedFiles.Upload[..100]}\r\n320;x=y\r\n{SimulatedFiles.Upload[100..]}\r\n0\r\n\r\n", 200, SimulatedFiles.Upload),
        new($"POST /echo HTTP/1.1\r\n{Host}Content-Length: 1001\r\n\r\n", 413, "413 Content Too Large\n", Closes: true),
        new($"GET /say/this HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n", 200, "this"),
        new($"GET /say/%74his HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 413, "413 Content Too Large\n", Closes: true),
        new($"PUT /files/up HTTP/1.1\r\n{Host}Origin: https://other.example\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n{new string('b', 1001)}\r\n0\r\n\r\n", 403, "403 Forbidden\n", Closes: true), // and not 413
        new($"DELETE /files/small HTTP/1.1\r\n{Host}\r\n", 405, "405 Method Not Allowed\n"),
    ];

    /// <summary>What the servers with files and handlers can be asked besides.</summary>
    private static readonly SimulatedClient.Exchange[] FileExchanges =
    [
        .. ((SimulatedClient.Exchange[])[.. Exchanges, .. OfFilesAndHandlers]).Select(exchange => exchange.AskedOfHandlers()),
    ];

    /// <summary>For the tests of these simulations: how an engine, by its simulation's name, fails in the first so many worlds.</summary>
    internal static string? FirstFailure(string simulation, int schedules)
        => Schedules.FirstFailure(typeof(Simulations).GetMethod(simulation, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Schedules.Simulation>(), 1, schedules, new Coverage());

    /// <summary>The forking server, from its command line to its exit code, or one of its children.</summary>
    internal static void ForkServer(int seed, bool isTraced, Coverage coverage)
    {
        // A third have no command line, and a third a delay before the end, which may be none.
        bool isSilent = seed % 3 == 0;
        int? drainDelay = seed % 3 == 1 ? DrainDelay(seed) : null;
        var world = new World(seed, FaultRate(seed), clients: seed % 23, mayFollowChild: seed % 2 == 0, isTraced) { DrainDelay = drainDelay ?? 0 };
        try
        {
            int exitCode = drainDelay is null ? SimulatedServer.RunIn(world, silently: isSilent) : SimulatedServer.DrainIn(world, $"--drain-delay={drainDelay}");
            world.CheckParentEnded(exitCode, isSilent);
            coverage.Add("failed for good", exitCode);
            coverage.Add("served", world.AnyoneServed ? 1 : 0);
            coverage.Add("drained", world.HasDrained ? 1 : 0);
        }
        catch (ChildExitException exit)
        {
            world.CheckChildEnded(exit.Status);
            coverage.Add("children followed");
        }
    }

    /// <summary>The process that serves one connection.</summary>
    internal static void HttpChild(int seed, bool isTraced, Coverage coverage)
    {
        if (HasFiles(seed))
        {
            FileSite.ServeIn(new ClientWorld(seed, FaultRate(seed), isTraced, FileExchanges, coverage, hasDrainDelay: true));
        }
        else
        {
            SimulatedSite.ServeIn(new ClientWorld(seed, FaultRate(seed), isTraced, Exchanges, coverage));
        }
    }

    /// <summary>A worker that serves one connection at a time.</summary>
    internal static void PreforkWorker(int seed, bool isTraced, Coverage coverage)
    {
        if (HasFiles(seed))
        {
            PreforkFileSite.WorkIn(new PreforkWorld(seed, FaultRate(seed), isTraced, FileExchanges, coverage, DrainDelay(seed)));
        }
        else
        {
            PreforkSite.WorkIn(new PreforkWorld(seed, FaultRate(seed), isTraced, Exchanges, coverage));
        }
    }

    /// <summary>An event loop.</summary>
    internal static unsafe void EventLoop(int seed, bool isTraced, Coverage coverage)
    {
        if (HasFiles(seed))
        {
            new LoopWorld(seed, FaultRate(seed), isTraced, FileExchanges, coverage, DrainDelay(seed)).Run(&EventLoopFileSite.Loop, logsAccess: seed % 3 == 0);
        }
        else
        {
            new LoopWorld(seed, FaultRate(seed), isTraced, Exchanges, coverage).Run(&EventLoopSite.Loop);
        }
    }

    /// <summary>The supervisor of workers, or one of the workers until it begins its own work.</summary>
    internal static void Supervisor(int seed, bool isTraced, Coverage coverage)
        => new SupervisorWorld(seed, FaultRate(seed), isTraced, coverage).Run();

    /// <summary>Servers that start at one moment at the path of one Unix socket.</summary>
    internal static void Listen(int seed, bool isTraced, Coverage coverage)
        => new ListenWorld(seed, FaultRate(seed), isTraced, coverage).Run();

    /// <summary>Where servers have a delay before the end: none, or seconds.</summary>
    private static int DrainDelay(int seed) => (seed >> 3) % 5 switch { 0 => 0, 1 => 1, 2 => 2, 3 => 5, _ => 30 };

    /// <summary>Half of the worlds have files; with and without, the engines are compiled anew.</summary>
    private static bool HasFiles(int seed) => (seed & 4) != 0;

    /// <summary>In every fourth world nothing fails.</summary>
    private static double FaultRate(int seed) => seed % 4 * 0.02;
}
