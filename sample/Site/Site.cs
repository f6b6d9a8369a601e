using SyscallServer;

/// <summary>
/// A small site, whose files are in wwwroot: http://localhost:8080/ shows it. Every response, with its compressed forms and its 304s, is decided when this is compiled;
/// obj/**/Site.g.cs shows what becomes of it (build with -p:EmitCompilerGeneratedFiles=true).
/// </summary>
[TcpServer(Port = 8080)]
[StaticFiles("/", "wwwroot", CacheControl = "max-age=86400")]
[StaticFile("/", "wwwroot/index.html", CacheControl = "no-cache", Headers = [Security])]
[StaticFile("/about.json", "wwwroot/about.json", Headers = ["Access-Control-Allow-Origin: *"])]
[StaticResponse("/healthz", "ok\n", CacheControl = "no-store")]
[Redirect("/index.html", "/", Status = 301)]
[Redirect("/docs/*", "https://www.rfc-editor.org/rfc/rfc9110.html")]
[NotFound(NotFoundPage, ContentType = "text/html", Headers = [Security])]
static partial class Site
{
    private const string Security = "Content-Security-Policy: default-src 'self'";

    private const string NotFoundPage = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Not found</title>
        <link rel="stylesheet" href="/style.css">
        <main>
          <h1>Nothing is here</h1>
          <p>The path is none of those that were known when the server was compiled. <a href="/">Back</a></p>
        </main>

        """;
}
