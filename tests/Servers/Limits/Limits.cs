using SyscallServer;

// Every limit as small as a test can wait for, and as large as a client on a busy machine needs.
[TcpServer(Port = 0, Address = "127.0.0.1", Backlog = 16, MaxConnections = 2, ReadTimeoutSeconds = 5, WriteTimeoutSeconds = 5, GracePeriodSeconds = 5)]
[RawResponse("limited\n")]
static partial class Limits;
