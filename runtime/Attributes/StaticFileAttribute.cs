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
}
