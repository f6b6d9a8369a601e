using SyscallServer;

// What nginx.conf beside it says to nginx: redirects of a map, pages of files, an area with a password, an added field (NginxTests).
[TcpServer(Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 1)]
[Redirects("_redirects")]
[StaticFiles("/", "wwwroot", NotFound = "404.html", CleanUrls = true, Compress = false)]
[StaticResponse("/admin/", "guarded\n")]
[StaticResponse("/api/data", "data\n")]
[StaticResponse("/plain", "Hello, World!\n")]
[BasicAuth("/admin/*", "Staff", Users = "BESIDE_USERS")]
[Headers("/api/*", "X-Robots-Tag: noindex")]
static partial class Beside;
