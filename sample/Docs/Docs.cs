using SyscallServer;

/// <summary>
/// The documentation as a site: http://localhost:8080/. docs/site makes HTML of the pages when this is built, and all of it is part of the executable. /internals/fork is internals/fork.html, and what is not there gets 404.html.
/// _redirects has a line for each diagnostic (/diagnostics/sysc003), and _headers says what may be kept for how long.
/// </summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.EventLoop, SecurityHeaders = true)]
[StaticFiles("/", "site", CleanUrls = true, NotFound = "404.html")]
[Redirects("_redirects", Status = 302)]
[HeadersFile("_headers")]
[HealthCheck("/healthz")]
static partial class Docs;
