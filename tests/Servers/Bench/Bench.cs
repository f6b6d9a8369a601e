using SyscallServer;

// What is measured beside other servers (docs/benchmarks.md), with as few processes as the load allows. The project file says which mode.
#if Fork
[TcpServer(Port = 0, Address = "127.0.0.1", MaxConnections = 1024)]
#elif Prefork
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.Prefork, Workers = 64)] // each serves one connection at a time
#elif EventLoop
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 1)]
#endif
#if Files
[Files("/", ".")] // and index.html says the same
#else
[StaticResponse("/", "Hello, World!\n")]
#endif
#if Metrics
[Metrics("/metrics")]
#endif
static partial class Bench;
