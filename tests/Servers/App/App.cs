using SyscallServer;

/// <summary>An app of one page, which draws what its path says, in the executable and from disk; with what tells browsers to be strict.</summary>
[TcpServer(Port = 8080, SecurityHeaders = true)]
[StaticFiles("/", "wwwroot", Fallback = "index.html", NotFound = "404.html", CleanUrls = true)]
[Files("/disk/", "wwwroot", Fallback = "index.html", NotFound = "404.html", CleanUrls = true)]
static partial class App;
