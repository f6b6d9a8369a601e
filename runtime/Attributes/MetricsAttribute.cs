using System;

namespace SyscallServer;

/// <summary>Counts what the server does, and answers with the numbers: for Prometheus, and whatever reads its format.</summary>
/// <remarks>
/// <para>
/// GET and HEAD get the text format of Prometheus (version 0.0.4), or that of OpenMetrics (1.0) where Accept names it and does not prefer the other. The numbers are those of the server since it began: of all its processes
/// together, also of those that have ended. There are
/// </para>
/// <list type="bullet">
/// <item><description><c>http_requests_total</c>: requests that were answered, by <c>method</c> and by class of the status (<c>code</c>)</description></item>
/// <item><description><c>http_request_duration_seconds</c>: a histogram; from the moment that the process wakes up and reads the first bytes of a request to the moment that the response, and all that was asked for at the same time, is handed to the kernel; of
/// a file from the disk its first part</description></item>
/// <item><description><c>http_connections</c>, <c>http_connections_accepted_total</c>, <c>http_connections_refused_total</c>: those that are open, were accepted, and had no place and so got 503</description></item>
/// <item><description><c>http_timeouts_total</c>: connections whose client took too long, by <c>kind</c>: with its next request (<c>idle</c>), with a request (<c>read</c>), or to take the response (<c>write</c>)</description></item>
/// <item><description><c>http_received_bytes_total</c>, <c>http_sent_bytes_total</c></description></item>
/// <item><description><c>server_workers</c>, <c>server_worker_restarts_total</c>: processes that serve, and how often another took the place of one that had died; not with <see cref="Concurrency.Fork"/></description></item>
/// <item><description><c>process_start_time_seconds</c>, <c>server_build_info</c></description></item>
/// </list>
/// <para>Whoever can reach the path can read the numbers: ask who they are (<see cref="BasicAuthAttribute"/>, <see cref="AllowFromAttribute"/>), or give them an endpoint of their own (<see cref="Listen"/>).</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [Metrics("/metrics")]
/// [StaticFiles("/", "wwwroot")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class MetricsAttribute : Attribute
{
    /// <summary>The page of the numbers.</summary>
    /// <param name="path">The path to answer, for every host: <c>/metrics</c>. It has no <c>*</c>.</param>
    public MetricsAttribute(string path) => Path = path;

    /// <summary>The path to answer.</summary>
    public string Path { get; }

    /// <summary>
    /// An endpoint of their own, such as <c>"127.0.0.1:9090"</c> or <c>"unix:/run/metrics.sock"</c>: the numbers are there, with nothing beside them, and nowhere else. It counts among the eight endpoints of a server. <c>--metrics-listen</c>, or
    /// a socket of the name <c>metrics</c> that systemd passes, takes its place. By default the path is one of all endpoints.
    /// </summary>
    public string? Listen { get; set; }
}
