using SyscallServer;

// What is measured beside other servers (docs/benchmarks.md). MaxConnections leaves room above the 512 connections of the largest load.
[TcpServer(Port = 0, Address = "127.0.0.1", MaxConnections = 1024, Concurrency = Bench.Mode)]
[StaticResponse("/", "Hello, World!\n")]
static partial class Bench
{
    // One line for each mode; the project file says which.
#if Fork
    private const Concurrency Mode = Concurrency.Fork;
#endif
}
