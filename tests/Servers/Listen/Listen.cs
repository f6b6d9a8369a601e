using SyscallServer;

// Listens at more than a port, and lets itself be started by a service manager. ListenPrefork and ListenEventLoop are the same with other engines.
[TcpServer(
    Listen = ["127.0.0.1:0", "[::1]:0"],
    SocketMode = "0640",
    ReadTimeoutSeconds = 10,
    IdleTimeoutSeconds = 60,
    WriteTimeoutSeconds = 5,
    GracePeriodSeconds = 60,
    HealthCheckOption = true
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 16
#else
    , Systemd = true
#endif
    )]
[StaticResponse("/", "listening\n")]
static partial class Listen;
