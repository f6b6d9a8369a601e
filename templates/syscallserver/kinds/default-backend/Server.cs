using SyscallServer;

/// <summary>
/// What an ingress controller or a proxy asks for the pages of errors: for the status in X-Code or in the path; otherwise 404. Browsers get HTML, programs JSON.
/// </summary>
[TcpServer(Port = 8080, Concurrency = Concurrency.Fork)]
[HealthCheck("/healthz")]
[ErrorBackend("errors", CacheControl = "no-store")]
static partial class Server;
