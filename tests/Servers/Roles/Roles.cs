using SyscallServer;

// An endpoint of its own for metrics, and one for a proxy beside one for everybody. RolesPrefork and RolesEventLoop are the same with other engines.
[TcpServer(
    Listen = ["127.0.0.1:0", "127.0.0.1:0 proxy"],
    ReadTimeoutSeconds = 5,
    AccessLog = AccessLogMode.Always,
    HealthCheckOption = true
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 8
#else
    , Systemd = true
#endif
    )]
[StaticResponse("/", "roles\n")]
[Metrics("/metrics", Listen = "127.0.0.1:0")]
static partial class Roles;
