using SyscallServer;

// An event loop with the limits that a server has by default.
[TcpServer(Port = 0, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 2)]
[StaticResponse("/", "many\n")]
static partial class Many;
