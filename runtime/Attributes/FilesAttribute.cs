using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Answers GET and HEAD of every path below a prefix with a file on the disk, as it is at that moment.</summary>
/// <remarks>
/// <para>
/// Nothing outside of the root can be reached, by whatever path or symbolic link (openat2(2) with RESOLVE_BENEATH; Linux 5.6 or later). Only regular files are sent; a path that ends with a
/// slash is that of its index.html, that of a folder without the slash gets 301, and there is no listing. Names that begin with a dot are not there, but for <c>.well-known</c>.
/// What the process may not read gets 403.
/// </para>
/// <para>
/// Responses have an entity tag and Last-Modified, and ranges are answered (RFC 9110, section 14), at most 16 in one response. The tag is strong when the file was not changed for more than two seconds, and weak before; that of a file
/// which another program has mapped into its memory (mmap(2)) and writes to can be the same for two contents. The body goes from the file to the socket (sendfile(2)), however long it is,
/// and takes no memory. With <see cref="Concurrency.EventLoop"/> a worker serves nobody else while the kernel waits for the disk.
/// </para>
/// <para>A file is replaced by renaming another one over it: one that is written in place can be sent half old and half new.</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [Files("/", "/srv/www", CacheControl = "max-age=60")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FilesAttribute : ResponseAttribute
{
    /// <summary>The most roots of a server: each is a descriptor.</summary>
    public const int MaxRoots = Limits.MaxRoots;

    /// <summary>Files below a folder.</summary>
    /// <param name="prefix">What stands for the folder at the beginning of a path: begins and ends with a slash. Routes for paths and longer prefixes below it go before it.</param>
    /// <param name="root">The folder. It must be there when the server starts; one that is relative begins at the folder that the server is started in.</param>
    public FilesAttribute(string prefix, string root)
    {
        Prefix = prefix;
        Root = root;
    }

    /// <summary>What stands for the folder at the beginning of a path.</summary>
    public string Prefix { get; }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>
    /// Whether clients that accept it get <c>x.br</c>, <c>x.zst</c> or <c>x.gz</c>, where there is one, in the place of <c>x</c> (Content-Encoding; RFC 9110, section 8.4), with <c>Vary: Accept-Encoding</c>. Of equal weights they are looked for in
    /// this order. Browsers take zstd with a window of at most 8 MB (RFC 9659). Default true, but false where <see cref="UploadAttribute"/> has the same folder, or one below or above it: whoever may upload <c>x.gz</c> would decide what clients get for <c>x</c>. To look for one that is not there costs a
    /// system call.
    /// </summary>
    public bool Precompressed { get; set; } = true;

    /// <summary>Whether browsers store the files instead of showing them: <c>Content-Disposition: attachment</c> (RFC 6266), under the name that the path has. Default false.</summary>
    public bool Download { get; set; }

    /// <summary>
    /// Files that are left out: patterns as in <c>.gitignore</c>, of paths from the root on. <c>*</c> stands for any characters of a name, <c>?</c> for one, <c>**</c> for any folders: <c>["*.map", "drafts/", "docs/**/*.psd"]</c>. A pattern
    /// without a slash, but at its end, means names in every folder. It is asked of the path of the file, however a request writes it, and of its coded neighbours. Letter case matters. Default: nothing.
    /// </summary>
    /// <remarks><see cref="Fallback"/> and <see cref="NotFound"/> may be left out: then they are not found by their own paths. A link is a file of its own: leave out what leads to a file that is left out.</remarks>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// The value of Cache-Control for some of the files: a pattern as in <see cref="Exclude"/>, a colon, and the value. <c>["*.html: no-cache", "assets/**: public, max-age=31536000, immutable"]</c>. Of several for a file the first decides; it goes before
    /// <see cref="ResponseAttribute.CacheControl"/>. Default: none.
    /// </summary>
    public string[] CacheRules { get; set; } = [];

    /// <summary>
    /// The file that requests for pages get where there is none with their path, such as <c>"index.html"</c>: apps of one page (SPA) have their own routes. From the folder on. Default: none, they get 404.
    /// </summary>
    /// <remarks>A request is for a page if its method is GET or HEAD, the last segment of its path has no point in it, and Accept prefers HTML to JSON and text, or is not there. What is missing otherwise, such as <c>/app.js</c>, stays 404.</remarks>
    public string? Fallback { get; set; }

    /// <summary>The file that comes with 404 where there is no file, such as <c>"404.html"</c>. From the folder on. Default: the server's own page (<see cref="NotFoundAttribute"/>).</summary>
    public string? NotFound { get; set; }

    /// <summary>The value of Cache-Control of that 404. Default: none is sent; that of <see cref="ResponseAttribute.CacheControl"/> is for the files.</summary>
    public string? NotFoundCacheControl { get; set; }

    /// <summary>
    /// Whether pages are found without their extension: <c>/about</c> is <c>about.html</c>. Then <c>/about.html</c> and <c>/about/</c> get 301 to <c>/about</c>, and <c>/docs/index.html</c> to <c>/docs/</c>, with the query. A page
    /// goes before a folder of its name, but not before the index.html that <c>/about/</c> is. Default false.
    /// </summary>
    public bool CleanUrls { get; set; }

    /// <summary>The virtual host that the files are for; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
