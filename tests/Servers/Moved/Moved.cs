using SyscallServer;

// A file of redirects beside routes, embedded files, and a folder on the disk. MovedPrefork and MovedEventLoop are the same with other engines, and with the file of this one.
[TcpServer(
    Address = "127.0.0.1",
    AccessLog = AccessLogMode.Optional
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 8
#endif
    )]
[Redirects("../Moved/_redirects", CacheControl = "max-age=60")]
[StaticResponse("/", "here\n")]
[StaticResponse("/route", "route\n")]
[StaticFiles("/", "wwwroot")]
[Files("/disk/", "/etc")]
[Files("/pages/", "/etc", Fallback = "passwd", NotFound = "group")]
[HealthCheck("/healthz")]
static partial class Moved;
