using SyscallServer;

/// <summary>
/// The default backend of a Kubernetes ingress: 200 for the probe, and a page with 404 for whatever no rule of the ingress
/// has.
/// </summary>
[TcpServer(Port = 8080)]
[HealthCheck("/healthz")]
[NotFound(Page, ContentType = "text/html", CacheControl = "no-store")]
static partial class DefaultBackend
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>404 Not Found</title>
        <style>body { font: 1.1rem/1.6 system-ui, sans-serif; margin: 4rem auto; max-width: 32rem; padding: 0 1rem }</style>
        <h1>Not found</h1>
        <p>No service answers this address.</p>

        """;
}
