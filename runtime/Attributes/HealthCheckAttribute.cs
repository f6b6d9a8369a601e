using System;

namespace SyscallServer;

/// <summary>Answers whether the server is to be given requests, for a load balancer or an orchestrator.</summary>
/// <remarks>
/// <para>
/// GET and HEAD get 200 and <c>ok</c>; once the server is told to end (SIGTERM, SIGINT), 503 and <c>draining</c>, as the last response of the connection. Both are <c>text/plain</c>, with
/// <c>Cache-Control: no-store</c> and without an entity tag, and the access log has no line for them.
/// </para>
/// <para>
/// A server that is told to end accepts no more connections, so a load balancer sees the 503 only where it keeps a connection open: unless <see cref="TcpServerAttribute.DrainDelaySeconds"/> gives it time.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [HealthCheck("/healthz")]
/// [StaticFiles("/", "wwwroot")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class HealthCheckAttribute : Attribute
{
    /// <summary>A health check.</summary>
    /// <param name="path">The path to answer, for every host: <c>/healthz</c>. It has no <c>*</c>.</param>
    public HealthCheckAttribute(string path) => Path = path;

    /// <summary>The path to answer.</summary>
    public string Path { get; }

    /// <summary>Whether the access log has a line for each check. Default false.</summary>
    public bool IsLogged { get; set; }
}
