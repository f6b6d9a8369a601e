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
}
