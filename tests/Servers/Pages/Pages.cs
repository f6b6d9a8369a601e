using System;
using SyscallServer;

/// <summary>A small site whose pages are constants: what all of HTTP takes, without a file.</summary>
[TcpServer(Port = 8080)]
[StaticResponse("/healthz", "ok\n", CacheControl = "no-store")]
[StaticResponse("/robots.txt", "User-agent: *\nDisallow: /healthz\n", CacheControl = Day)]
[Redirect("/index.html", "/", Status = 301)]
[Redirect("/docs/*", "https://www.rfc-editor.org/rfc/rfc9110.html")]
[NotFound(NotFoundPage, ContentType = "text/html", Headers = [Security])]
static partial class Pages
{
    private const string Day = "max-age=86400";
    private const string Security = "Content-Security-Policy: default-src 'self'";

    [Route("/", ContentType = "text/html", CacheControl = "no-cache", Headers = [Security])]
    private const string Index = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>A site without a web server</title>
          <link rel="stylesheet" href="/style.css">
          <link rel="icon" href="/icon.svg">
          <script src="/clock.js" defer></script>
        </head>
        <body>
          <main>
            <h1>A site without a web server</h1>
            <p>This page is a constant of a program of a few kilobytes. There is no runtime under it, no C library and no
              file system: the program asks the kernel for a connection, compares a few words, and writes.</p>
            <h2>What happened when you came here</h2>
            <ol>
              <li><code>accept</code> took your connection, and <code>fork</code> gave it a process of its own.</li>
              <li>The request was read and checked to the letter of RFC 9112.</li>
              <li>Its path has one byte, and the byte is a slash: that is this page.</li>
              <li>Your browser takes gzip, so it got the copy that was compressed when the program was built.</li>
              <li>Reload, and it gets a 304: the entity tag was computed then, too.</li>
            </ol>
            <p>It is <time id="clock">some time of the day</time> where you are. The numbers of this server are
              <a href="/about.json">here</a>, what it speaks is <a href="/docs/">there</a>, and
              <a href="/nowhere">this</a> leads nowhere.</p>
          </main>
        </body>
        </html>

        """;

    [Route("/style.css", CacheControl = Day)]
    private static ReadOnlySpan<byte> Style => """
        :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif }
        main { max-width: 38rem; margin: 4rem auto; padding: 0 1rem }
        h1 { font-size: 2rem; line-height: 1.2; color: #06c }
        h2 { font-size: 1.2rem }
        code { font: .95em ui-monospace, monospace }
        a { color: #06c }
        @media (prefers-color-scheme: dark) {
          body { background: #111; color: #ddd }
          h1, a { color: #6bf }
        }

        """u8;

    [Route("/clock.js", CacheControl = Day)]
    private const string Clock = """
        const clock = document.getElementById("clock");
        const tick = () => clock.textContent = new Date().toLocaleTimeString();
        tick();
        setInterval(tick, 1000);

        """;

    [Route("/icon.svg", CacheControl = Day)]
    private const string Icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#06c"/><path d="M2 2h1v4H2zm2 0h2v1H4z" fill="#fff"/></svg>

        """;

    [Route("/about.json", Headers = ["Access-Control-Allow-Origin: *"])]
    private const string About = """
        { "protocol": "HTTP/1.1", "runtime": null, "allocations": 0, "files": 0 }

        """;

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
