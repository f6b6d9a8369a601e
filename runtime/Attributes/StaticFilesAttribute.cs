using System;

namespace SyscallServer;

/// <summary>Answers the path of every file below a folder with that file, which is part of the program.</summary>
/// <remarks>
/// <para>
/// <c>index.html</c> is the answer to the path of its folder, too: <c>/docs/</c> besides <c>/docs/index.html</c>; and <c>/docs</c> gets 301 to it, with the query. Names that begin with a dot are left out, but for
/// <c>.well-known</c>. A route for the same path goes before a file; what is not among the files gets whatever other routes say.
/// </para>
/// <para>
/// The media type is the one that belongs to the extension; text is taken for UTF-8.
/// </para>
/// </remarks>
/// <inheritdoc cref="EmbeddedFileAttribute" path="/remarks/para"/>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [StaticFiles("/", "wwwroot", CacheControl = "no-cache")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StaticFilesAttribute : EmbeddedFileAttribute
{
    /// <summary>The files below a folder.</summary>
    /// <param name="prefix">What stands for the folder at the beginning of a path: begins and ends with a slash.</param>
    /// <param name="folder">The folder, from that of the project file on, with slashes.</param>
    public StaticFilesAttribute(string prefix, string folder)
    {
        Prefix = prefix;
        Folder = folder;
    }

    /// <summary>What stands for the folder at the beginning of a path.</summary>
    public string Prefix { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>
    /// What is left out: patterns as in <c>.gitignore</c>, of paths from the folder on. <c>*</c> stands for any characters of a name, <c>?</c> for one, <c>**</c> for any folders: <c>["*.map", "drafts/", "docs/**/*.psd"]</c>. A pattern without
    /// a slash, but at its end, means names in every folder. Default: nothing. One that leaves nothing out is a warning (SYSC089).
    /// </summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// The value of Cache-Control for some of the files: a pattern as in <see cref="Exclude"/>, a colon, and the value. <c>["*.html: no-cache", "assets/**: public, max-age=31536000, immutable"]</c>. Of several for a file the first decides; it goes before
    /// <see cref="ResponseAttribute.CacheControl"/> and <see cref="HashedNames"/>. Default: none. One that is for no file is a warning (SYSC145).
    /// </summary>
    public string[] CacheRules { get; set; } = [];

    /// <summary>
    /// Whether files whose names say what is in them may be kept for ever: then those have <c>Cache-Control: public, max-age=31536000, immutable</c> (RFC 8246), whatever
    /// <see cref="ResponseAttribute.CacheControl"/> says of the others. Default true.
    /// </summary>
    /// <remarks>
    /// Such a name has a hash in it, as bundlers write it: <c>app.3f9a1c2b.js</c>, <c>chunk-4XQ2TT7E.js</c>, <c>index-BxY3abcd.css</c>. That is, before the last point, and behind a point or a hyphen, 8 to 64
    /// hexadecimal digits, letters and digits among them; or 8 to 24 letters, digits and underscores, where a letter comes somewhere behind a digit. No name of an HTML file is taken for one.
    /// </remarks>
    public bool HashedNames { get; set; } = true;

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
}
