using SyscallServer;

// A raw response at more than a port.
[TcpServer(Listen = ["127.0.0.1:0", "unix:@SyscallServer.ListenRaw"], ReadTimeoutSeconds = 5, WriteTimeoutSeconds = 5, GracePeriodSeconds = 600, HealthCheckOption = true)]
[RawResponse("raw\n")]
static partial class ListenRaw;
