using System;

namespace SyscallServer;

/// <summary>Answers every request with the page of an error that another server has met: the backend that an ingress controller or a proxy asks for error pages.</summary>
/// <remarks>
/// <para>
/// The error is the status in <c>X-Code</c>, as ingress-nginx sends it; without that the one in the path, <c>/503</c> or <c>/503.html</c>, as Traefik and nginx ask for it; without either 404. The response has that status. A code that has no name in
/// IANA's registry is taken for the first of its class, 400 or 500 (RFC 9110, section 15). Routes of the server go before; in the place of their 404 come these pages, also where a file of <see cref="FilesAttribute"/> is not there.
/// </para>
/// <para>
/// The form is that of the extension in such a path, otherwise the one that <c>X-Format</c> asks for, otherwise Accept: HTML, JSON or text; of equal weights in this order, and HTML where nothing is asked for. HTML is a file of the folder, <c>503.html</c>, or
/// <c>5xx.html</c> for all errors of the class that have none of their own. JSON is a file (<c>503.json</c>, <c>5xx.json</c>), or <c>{"status":503,"title":"Service Unavailable"}</c> (<c>application/problem+json</c>, RFC 9457). Text is a
/// file (<c>503.txt</c>, <c>5xx.txt</c>), or the status with its name; it is also sent where there is no HTML.
/// </para>
/// <para>
/// The method does not matter, and of a body nothing is read but its end. Field lines that belong to a status, as Allow to 405, an error backend cannot know.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [HealthCheck("/healthz")]
/// [ErrorBackend("errors", CacheControl = "no-store")]
/// static partial class DefaultBackend;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class ErrorBackendAttribute : ResponseAttribute
{
    /// <summary>The pages of errors.</summary>
    /// <param name="folder">The folder of the pages, from that of the project file on, with slashes. They are assets of the project. All files in it are pages, but those whose names begin with a dot.</param>
    public ErrorBackendAttribute(string folder) => Folder = folder;

    /// <summary>The folder of the pages.</summary>
    public string Folder { get; }
}
