using SyscallServer;

// One constant, and one feature besides, which the project file says: what it adds is what it costs (SizeTests).
#if AccessLog
[TcpServer(AccessLog = AccessLogMode.Always)]
#elif OptionalAccessLog
[TcpServer(AccessLog = AccessLogMode.Optional)]
#elif CombinedLog
[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = AccessLogFormat.Combined)]
#elif JsonLog
[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = AccessLogFormat.Json)]
#elif TrustedProxies
[TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = ["127.0.0.1", "unix:"])]
#elif Forwarded
[TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = ["127.0.0.1"], ClientAddressField = "Forwarded")]
#elif ProxyProtocol
[TcpServer(AccessLog = AccessLogMode.Always, ProxyProtocol = true, HealthCheckOption = true)]
#elif ProxiedClientAddress
[TcpServer(TrustedProxies = ["127.0.0.1"])]
#elif ProxyListen
[TcpServer(AccessLog = AccessLogMode.Always, Listen = ["0.0.0.0:8080", "0.0.0.0:8081 proxy"], HealthCheckOption = true)]
#elif Listen
[TcpServer(Listen = ["[::]:8080", "unix:/run/feature.sock"])]
#elif Prefork
[TcpServer(Concurrency = Concurrency.Prefork)]
#elif EventLoop
[TcpServer(Concurrency = Concurrency.EventLoop)]
#elif SecurityHeaders
[TcpServer(SecurityHeaders = true)]
#elif DeferAccept
[TcpServer(DeferAccept = true)]
#elif DeferAcceptLoop
[TcpServer(DeferAccept = true, Concurrency = Concurrency.EventLoop)]
#elif DrainDelay
[TcpServer(DrainDelaySeconds = 5)]
#else
[TcpServer]
#endif
[StaticResponse("/", "Hello, World!\n")]
#if HealthCheck
[HealthCheck("/healthz")]
#elif ErrorBackend
[ErrorBackend("assets/errors")]
#elif Metrics
[Metrics("/metrics")]
#elif MetricsListen
[Metrics("/metrics", Listen = "127.0.0.1:9090")]
#elif BasicAuth
[BasicAuth("/*", "Feature", Users = "FEATURE_USERS")]
#elif BasicAuthFile
[BasicAuth("/*", "Feature", UsersFile = "/run/secrets/feature_users")]
#elif BearerAuth
[BearerAuth("/*", "Feature", Tokens = "FEATURE_TOKENS")]
#elif BasicAndBearerAuth
[BasicAuth("/*", "Feature", Users = "FEATURE_USERS")]
[BearerAuth("/*", "Feature", Tokens = "FEATURE_TOKENS")]
#elif AllowFrom
[AllowFrom("10.0.0.0/8")]
#elif Headers
[Headers("/*", "X-Robots-Tag: noindex")]
#elif HeadersFile
[HeadersFile("_headers")]
#elif Cors
[Cors("/*", Origins = ["https://app.example.com"])]
#elif CorsOfSeveral
[Cors("/*", Origins = ["https://app.example.com", "https://admin.example.com"], Methods = ["GET", "PUT"], Headers = ["Content-Type"], Credentials = true)]
#elif StaticFile
[StaticFile("/file.txt", "assets/file.txt")]
#elif Redirects
[Redirects("_redirects")]
#elif Variables
[StaticFile("/file.txt", "assets/variables.txt", Variables = ["FEATURE"])]
#elif Languages
[StaticFile("/file.txt", "assets/file.txt")]
[StaticFile("/file.txt", "assets/variables.txt", Language = "de")]
#elif FolderPages
[StaticFiles("/files/", "assets", Fallback = "errors/404.html", NotFound = "errors/404.html", CleanUrls = true)]
#elif Files
[Files("/files/", ".")]
#elif FileRules
[Files("/files/", ".", Exclude = ["*.map", "drafts/"], CacheRules = ["*.html: no-cache"])]
#elif FilePages
[Files("/files/", ".", Fallback = "index.html", NotFound = "404.html", CleanUrls = true)]
#elif Upload
[Upload("/files/", ".", Public = true)]
#elif FilesAndUpload
[Files("/files/", ".")]
[Upload("/files/", ".", Public = true)]
#endif
static partial class Feature
{
#if Handler
    [Get("/handler")]
    static void Handle(in Request request, ref ResponseWriter response) => response.Write("Hello, World!\n"u8);
#elif ClientAddress || ProxiedClientAddress
    [Get("/handler")]
    static void Handle(in Request request, ref ResponseWriter response) => response.Write(request.ClientAddress);
#elif HandlerWithBody
    [Post("/handler")]
    static void Handle(in Request request, ref ResponseWriter response) => response.Write(request.Body);
#endif
}
