using System;
using SyscallServer;

// Every feature of an HTTP server. The tests know it as HttpServer.cs beside them describes it. HttpPrefork and HttpEventLoop are the same with other engines.
[TcpServer(
    Port = 0,
    Address = "127.0.0.1",
    ReadTimeoutSeconds = 5,
    IdleTimeoutSeconds = 10,
    WriteTimeoutSeconds = 5,
    DrainDelaySeconds = 0,
    GracePeriodSeconds = 60,
    MaxBodyBytes = 100_000,
    AccessLog = AccessLogMode.Optional
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork
#endif
    )]

// Pages as a browser asks for them.
[StaticResponse("/", Text.Page, ContentType = "text/html", CacheControl = "no-cache")]
[StaticResponse("/style.css", "h1 { color: rgb(1, 2, 3); }\n", CacheControl = "no-cache")]
[StaticResponse("/script.js", "document.getElementById('scripted').textContent = getComputedStyle(document.querySelector('h1')).color;\n", CacheControl = "max-age=3600")]
[StaticResponse("/data.json", "{\"a\":1}\n")]

[HealthCheck("/healthz")]

// Small and plain.
[StaticResponse("/hello", "hello\n")]
[StaticResponse("/empty", "")]
[StaticResponse("/created", "created\n", Status = 201)]
[StaticResponse("/no-content", "", Status = 204)]
[StaticResponse("/teapot", "short and stout\n", Status = 418)]
[StaticResponse("/unavailable", "later\n", Status = 503, Headers = ["Retry-After: 120"])]
[StaticResponse("/latin", "caf\u00e9\n", ContentType = "text/plain", Charset = "iso-8859-1")]
[StaticResponse("/secure", "secure\n", CacheControl = "public, max-age=31536000, immutable", Headers = ["X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'self'"])]

// Methods.
[StaticResponse("/post", "posted\n", Method = "POST")]
[StaticResponse("/both", "got\n")]
[StaticResponse("/both", "posted\n", Method = "POST")]
[StaticResponse("/both", "put\n", Method = "PUT")]
[StaticResponse("/both", "deleted\n", Method = "DELETE")]
[StaticResponse("/both", "patched\n", Method = "PATCH")]

// Large ones: with and without a variant in gzip.
[StaticResponse("/lines", Text.Lines, ContentType = "text/plain")]
[StaticResponse("/uncompressed", Text.Lines, ContentType = "text/plain", Compress = false)]
[StaticResponse("/large", Text.Mebibyte, ContentType = "application/octet-stream", Compress = false)]

// Redirects.
[Redirect("/301", "/hello", Status = 301)]
[Redirect("/302", "/hello", Status = 302)]
[Redirect("/303", "/hello", Status = 303)]
[Redirect("/307", "/hello", Status = 307)]
[Redirect("/308", "/hello", Status = 308)]
[Redirect("/elsewhere", "https://example.org/there?x=1", Status = 302)]
[Redirect("/moved/*", "/hello", Status = 301)]

// Files below the folder that the server is started in.
[Files("/files/", ".", CacheControl = "max-age=60")]
[Files("/plain/", ".", Precompressed = false, Headers = ["X-Content-Type-Options: nosniff"])]
[Files("/virtual/", ".", Host = "files.example.com")]
[Files("/pages/", ".", CleanUrls = true, Fallback = "index.html", NotFound = "errors/404.html", NotFoundCacheControl = "no-store", CacheControl = "max-age=60")]
[Upload("/files/", ".", MaxBodyBytes = 10_000_000, AllowedOrigins = ["https://app.example"])]

// Prefixes; what is exact or longer comes first.
[StaticResponse("/prefix/*", "prefix\n")]
[StaticResponse("/prefix/exact", "exact\n")]
[StaticResponse("/prefix/deep/*", "deep\n")]
[StaticResponse("/with space", "space\n")]
[StaticResponse("/a/b", "a, b\n")]

// Virtual hosts.
[StaticResponse("/host", "any host\n")]
[StaticResponse("/host", "host a\n", Host = "a.example")]
[StaticResponse("/host", "host b\n", Host = "b.example")]
[StaticResponse("/only-a", "only a\n", Host = "a.example")]

[NotFound("nothing here\n")]
[ErrorPage(414, "too long\n")]

// What tests send behind another request, to see that the server stands where they do.
[StaticResponse("/sentinel-0", "sentinel 0\n")]
[StaticResponse("/sentinel-1", "sentinel 1\n")]
[StaticResponse("/sentinel-2", "sentinel 2\n")]
[StaticResponse("/sentinel-3", "sentinel 3\n")]
[StaticResponse("/sentinel-4", "sentinel 4\n")]
[StaticResponse("/sentinel-5", "sentinel 5\n")]
[StaticResponse("/sentinel-6", "sentinel 6\n")]
[StaticResponse("/sentinel-7", "sentinel 7\n")]
static partial class Http
{
    [Route("/const")]
    const string Constant = "a constant\n";

    [Route("/u8")]
    static ReadOnlySpan<byte> Bytes => "bytes\n"u8;
}

static class Text
{
    public const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>A page</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <h1>Hello</h1>
        <p id="scripted">no script</p>
        <script src="/script.js"></script>
        </body>
        </html>

        """;

    public const string Lines = Kibibyte + Kibibyte + Kibibyte + Kibibyte + Kibibyte + Kibibyte + Kibibyte + Kibibyte;

    public const string Mebibyte = Eighth + Eighth + Eighth + Eighth + Eighth + Eighth + Eighth + Eighth;
    private const string Eighth = Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen + Sixteen;
    private const string Sixteen = Lines + Lines;
    private const string Kibibyte = Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line;
    private const string Line = "The quick brown fox jumps over the lazy dog 0123456789 abcdefg.\n";
}
