using SyscallServer;

// Files that are filled in when the server starts, files in several languages, and rules for files. VariantsPrefork and VariantsLoop are the same with other engines.
[TcpServer(
    Address = "127.0.0.1",
    ReadTimeoutSeconds = 5
#if EVENT_LOOP
    , Concurrency = Concurrency.EventLoop, Workers = 2
#elif PREFORK
    , Concurrency = Concurrency.Prefork, Workers = 8
#endif
    )]
[StaticFile("/config.js", "assets/config.js", Variables = ["API_URL", "TITLE"], CacheControl = "no-cache")]
[StaticFile("/config.json", "assets/config.json", Variables = ["TITLE"])]
[StaticFile("/page", "assets/page.html", Variables = ["API_URL", "TITLE"])]
[StaticFile("/style.css", "assets/style.css", Variables = ["TITLE"])]
[StaticFile("/title.txt", "assets/title.txt", Variables = ["TITLE", "BUILD"])]
[StaticFile("/", "assets/index.html", Language = "en", DefaultLanguage = true)]
[StaticFile("/", "assets/index.de.html", Language = "de")]
[StaticFile("/", "assets/index.fr.html", Language = "fr-CA")]
[Files("/files/", ".", CacheControl = "max-age=60", Exclude = ["*.map", "drafts/", "secret.html"], CacheRules = ["*.html: no-cache", "assets/**: public, max-age=31536000, immutable"])]
[Files("/pages/", ".", CleanUrls = true, Fallback = "index.html", NotFound = "404.html", Exclude = ["secret.html", "drafts/", "404.html"])]
[Files("/all/", ".")]
static partial class Variants;
