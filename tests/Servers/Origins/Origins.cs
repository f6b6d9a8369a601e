using SyscallServer;

// What pages of other origins may do, and what they may not. OriginsPrefork and OriginsLoop are the same with other engines.
[TcpServer(
    Address = "127.0.0.1",
    ReadTimeoutSeconds = 5,
    SecurityHeaders = true
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 8
#endif
    )]
[StaticResponse("/", "<title>A page</title>", ContentType = "text/html")]
[StaticResponse("/closed", "closed\n")]
[StaticResponse("/api/text", "text\n", Headers = ["ETag-Like: x"])]
[StaticResponse("/api/text", "put\n", Method = "PUT")]
[StaticResponse("/api/admin/x", "secret\n")]
[StaticResponse("/open/text", "open\n")]
[Redirect("/api/old", "/api/text")]
[Files("/api/files/", "files")]
[Upload("/api/files/", "files")]
[BasicAuth("/api/admin/*", "Admin area", Users = "ADMIN_USERS")]
[Cors("/api/*", Origins = ["http://app.site.example", "http://other.example"], Methods = ["GET", "PUT", "POST"], Headers = ["Content-Type", "Authorization"], Credentials = true, MaxAge = 600, ExposeHeaders = ["ETag", "ETag-Like"], PrivateNetwork = true)]
[Cors("/open/*", Origins = ["*"])]
[Headers("/", "!Content-Security-Policy")]
[Headers("/api/*", "X-Robots-Tag: noindex", "!Strict-Transport-Security")]
static partial class Origins
{
    [Get("/api/cookie")]
    static void Cookie(in Request request, ref ResponseWriter response) => response.Write(request.Header("cookie"u8));

    [Post("/api/json")]
    static void Json(in Request request, ref ResponseWriter response) => response.Write(request.Body);
}
