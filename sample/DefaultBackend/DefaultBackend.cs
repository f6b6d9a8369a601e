using SyscallServer;

/// <summary>
/// What an ingress controller or a proxy asks for the pages of errors: for the status in X-Code, as ingress-nginx sends it, or in the path, as Traefik and nginx ask; otherwise 404, for whatever no rule
/// of the ingress has. Browsers get HTML, programs JSON.
/// </summary>
[TcpServer(Port = 8080)]
[HealthCheck("/healthz")]
[ErrorBackend("errors", CacheControl = "no-store")]
static partial class DefaultBackend;
