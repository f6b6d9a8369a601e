using SyscallServer;

/// <summary>A host that has moved: every path leads to the same path of the new one, with its query.</summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.Fork)]
[Redirect("/blog/*", "https://blog.example.com/*", Status = 308)]
[Redirect("/*", "https://www.example.com/*", Status = 308)]
[HealthCheck("/healthz")]
static partial class Server;
