using SyscallServer;

/// <summary>
/// The documentation as a site: http://localhost:8080/. docs/site makes HTML of the pages when this is built, and all of it is part of the executable. /internals/fork is internals/fork.html, files with a hash in their name may be
/// kept for ever, and what is not there gets 404.html.
/// </summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.EventLoop, SecurityHeaders = true)]
[StaticFiles("/", "site", CleanUrls = true, NotFound = "404.html", CacheControl = "no-cache")]
[HealthCheck("/healthz")]
static partial class Docs;
