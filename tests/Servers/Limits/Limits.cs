using SyscallServer;

// Every limit as small as a test can wait for.
[TcpServer(Port = 0, Address = "127.0.0.1", Backlog = 16, MaxConnections = 2, ReadTimeout = 1, WriteTimeout = 1, GracePeriod = 2)]
[RawResponse("limited\n")]
static partial class Limits;
