using SyscallServer;

/// <summary>The files in wwwroot, which become part of the executable. /about is about.html.</summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.Fork, SecurityHeaders = true)]
[StaticFiles("/", "wwwroot", NotFound = "404.html", CleanUrls = true)]
[HealthCheck("/healthz")]
static partial class Server;
