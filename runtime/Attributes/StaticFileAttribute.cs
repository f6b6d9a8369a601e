using System;

namespace SyscallServer;

/// <summary>Answers a path with a file that is part of the program.</summary>
/// <inheritdoc cref="EmbeddedFileAttribute" path="/remarks"/>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [StaticFile("/logo.png", "assets/logo.png", CacheControl = "max-age=86400")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StaticFileAttribute : EmbeddedFileAttribute
{
    /// <summary>A file.</summary>
    /// <param name="path">The path to answer; see <see cref="RoutedContentAttribute.Path"/>.</param>
    /// <param name="file">The file, from the folder of the project file on, with slashes.</param>
    public StaticFileAttribute(string path, string file)
    {
        Path = path;
        File = file;
    }

    /// <summary>The path to answer.</summary>
    public string Path { get; }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>
    /// The media type (RFC 9110, section 8.3.1). Default: the one that belongs to the extension of the file, and of the path where the file has none; text is
    /// taken for UTF-8; otherwise <c>application/octet-stream</c>.
    /// </summary>
    public string? ContentType { get; set; }

    /// <summary>
    /// Names of variables of the environment whose values the file gets when the server starts: <c>${API_URL}</c> stands for the value of API_URL, and <c>${API_URL:-/api}</c> for <c>/api</c> where there is none. The value is written as
    /// the place needs it: in a string of JavaScript or JSON, in text and attributes of HTML and XML, in an address, in a string of CSS, in plain text. Other places are errors. What is not named here stays as it is, so scripts may have
    /// template literals. Without a value and a default the server does not start (exit code 2). Such a file is not compressed, and has no Last-Modified. At most 16,384 bytes a value. Default: none.
    /// </summary>
    /// <example><c>[StaticFile("/config.js", "config.js", Variables = ["API_URL"])]</c>, of a file with <c>const api = "${API_URL}";</c></example>
    public string[] Variables { get; set; } = [];

    /// <summary>
    /// The language of the file, as a tag (RFC 5646) such as <c>"de"</c> or <c>"pt-BR"</c>: it is sent in Content-Language. Several files of one path, each in a language of its own, are chosen from by Accept-Language (RFC 9110, section 12.5.4; lookup of
    /// RFC 4647): a client that asks for <c>de-AT</c> gets <c>de</c>. One is for all others: the one without a language, or with <see cref="DefaultLanguage"/>. At most 32 for a path. Default: not said.
    /// </summary>
    /// <example><c>[StaticFile("/", "index.html", Language = "en", DefaultLanguage = true)] [StaticFile("/", "index.de.html", Language = "de")]</c></example>
    public string? Language { get; set; }

    /// <summary>Whether clients get this file that ask for no language in which the path has one. Default: <see langword="false"/>.</summary>
    public bool DefaultLanguage { get; set; }
}
