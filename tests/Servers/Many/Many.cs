using SyscallServer;

// An event loop with the limits that a server has by default; only that ten thousand clients of a test take their time.
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 2, ReadTimeoutSeconds = 600, IdleTimeoutSeconds = 3600)]
[StaticResponse("/", "many\n")]
static partial class Many;
