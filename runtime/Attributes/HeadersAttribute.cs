using System;

namespace SyscallServer;

/// <summary>Field lines of all responses to requests for some paths: of routes, files, redirects and errors.</summary>
/// <remarks>
/// <para>
/// A line <c>"!Name"</c> takes away what a shorter path, <see cref="TcpServerAttribute.Headers"/> or <see cref="TcpServerAttribute.SecurityHeaders"/> say of a field. Of several lines of one name, the first of these is sent: that of the
/// route, file or page itself; that of the attribute with the longest path; that of <see cref="HeadersFileAttribute"/>; that of the server. Several lines of one name in one attribute are all sent. <c>Vary</c> is joined.
/// </para>
/// <para>
/// The path is the one that the router looks for, decoded and without dot segments. <c>/api/*</c> is every path below <c>/api/</c>, and <c>/api</c> itself. The lines are there with every status, on every host. A response to a request that is so
/// malformed or long that its path is not known (400, 414, 431) has those of <c>/*</c>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080, SecurityHeaders = true)]
/// [StaticFiles("/", "wwwroot")]
/// [Headers("/drafts/*", "X-Robots-Tag: noindex", "Cache-Control: no-store")]
/// [Headers("/embed/*", "!X-Frame-Options", "Content-Security-Policy: frame-ancestors https://partner.example")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HeadersAttribute : Attribute
{
    /// <summary>Field lines of all responses to requests for some paths.</summary>
    /// <param name="path">The path, or a prefix with a star: <c>/api/*</c>.</param>
    /// <param name="lines">The lines: <c>"X-Robots-Tag: noindex"</c>, or <c>"!X-Frame-Options"</c>.</param>
    public HeadersAttribute(string path, params string[] lines)
    {
        Path = path;
        Lines = lines;
    }

    /// <summary>The path, or a prefix with a star.</summary>
    public string Path { get; }

    /// <summary>The lines.</summary>
    public string[] Lines { get; }
}
