using SyscallServer;

// What some may have, and others not. GuardsPrefork and GuardsEventLoop are the same with other engines.
[TcpServer(
    Address = "127.0.0.1",
    ReadTimeoutSeconds = 5
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 8
#endif
    )]
[StaticResponse("/", "open\n")]
[StaticResponse("/admin/page", "<title>Admin</title><p id=page>secret", ContentType = "text/html")]
[StaticResponse("/files/x", "x\n")]
[StaticResponse("/files/x", "put\n", Method = "PUT")]
[StaticResponse("/local/x", "local\n")]
[HealthCheck("/healthz")]
[BasicAuth("/admin/*", "Admin area", Users = "ADMIN_USERS")]
[BearerAuth("/files/*", "files", TokensFile = "tokens", Methods = ["PUT"])]
[AllowFrom("127.0.0.2", Path = "/local/*")]
static partial class Guards;
