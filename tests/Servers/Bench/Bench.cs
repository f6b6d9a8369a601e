using SyscallServer;

// What is measured beside other servers (docs/benchmarks.md), with as few processes as the load allows. The project file says which mode.
#if Fork
[TcpServer(Port = 0, Address = "127.0.0.1", MaxConnections = 1024, DeferAccept = DeferAccept)]
#elif Prefork
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.Prefork, Workers = 64, DeferAccept = DeferAccept)] // each serves one connection at a time
#elif EventLoop
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = Workers, DeferAccept = DeferAccept)]
#endif
#if Files
[Files("/", ".")] // and index.html says the same
#else
[StaticResponse("/", "Hello, World!\n")]
#endif
#if Metrics
[Metrics("/metrics")]
#endif
static partial class Bench
{
#if Deferred
    private const bool DeferAccept = true;
#else
    private const bool DeferAccept = false;
#endif
#if EventLoop
#if Workers64
    private const int Workers = 64;
#elif Workers2
    private const int Workers = 2;
#else
    private const int Workers = 1;
#endif
#endif
#if Handlers

    // As sample/Api has them, which forks.
    [Post("/echo", MaxBodyBytes = 65536, MaxResponseBytes = 65536)]
    static void Echo(in Request request, ref ResponseWriter response)
    {
        response.ContentType = request.ContentType;
        response.Write(request.Body);
    }

    [Get("/users/{user}/posts/{post}")]
    static void Post(in Request request, ref ResponseWriter response)
    {
        response.ContentType = "application/json"u8;
        response.Write("{\"user\":"u8);
        response.WriteJson(request.Parameter("user"u8));
        response.Write(",\"post\":"u8);
        response.WriteJson(request.Parameter("post"u8));
        response.Write("}\n"u8);
    }
#endif
}
