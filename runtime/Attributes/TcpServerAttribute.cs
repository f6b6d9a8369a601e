using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>
/// Makes the partial class a TCP server: the source generator adds <c>static int Run(string[] args)</c> to it and,
/// where the project has no entry point of its own, the entry point that calls it.
/// </summary>
/// <remarks>
/// <para>
/// What the server answers is said by further attributes. It speaks HTTP/1.1 where there are routes: <see cref="StaticResponseAttribute"/>,
/// <see cref="RedirectAttribute"/>, <see cref="RouteAttribute"/>. <see cref="RawResponseAttribute"/> replaces HTTP altogether.
/// </para>
/// <para>
/// All values are constants of the program, checked when it is compiled. Where it listens can be changed when it is started:
/// the port with <c>--port</c> or the environment variable <c>PORT</c>, the address with <c>--address</c>, and where there is <see cref="Listen"/>, or workers,
/// all of it with <c>--listen</c>; unless <see cref="CommandLineInterface"/> is false.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using SyscallServer;
///
/// [TcpServer(Port = 8080)]
/// [StaticResponse("/", "Hello, World!\n")]
/// static partial class Hello;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class TcpServerAttribute : Attribute
{
    /// <summary>
    /// The TCP port to listen on: 0 to 65535; 0 lets the kernel choose a free one, which the start-up line then names.
    /// Default 8080. <c>--port</c> wins over <c>PORT</c>, and <c>PORT</c> over this.
    /// </summary>
    public int Port { get; set; } = Limits.Port.Default;

    /// <summary>
    /// The IP address to bind, of IPv4 as four decimal numbers (<c>"127.0.0.1"</c>), or of IPv6 (<c>"::1"</c>; RFC 4291, section 2.2). Default
    /// <c>"0.0.0.0"</c>: every IPv4 address of the machine; <c>"::"</c> is every one of both. <c>--address</c> wins over this.
    /// </summary>
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>
    /// All that the server listens at, in the place of <see cref="Port"/> and <see cref="Address"/>: 1 to 8 endpoints. Default: those two.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>"0.0.0.0:8080"</c> is an IPv4 address and a port, <c>"[::1]:8080"</c> one of IPv6. <c>"[::]:8080"</c> takes connections of IPv4, too (dual stack,
    /// ipv6(7)), unless an IPv4 endpoint in the list has the same port. Port 0 lets the kernel choose.
    /// </para>
    /// <para>
    /// <c>"unix:/run/site.sock"</c> is a Unix socket (unix(7)) with an absolute path of at most 107 bytes. A socket file that is there already is replaced where
    /// nobody listens at it any more; anything else is left alone, and the server does not start. The file is removed when the server is told to end.
    /// <c>"unix:@name"</c> is a name in the abstract namespace, which has no file.
    /// </para>
    /// <para>
    /// <c>"0.0.0.0:8081 proxy"</c> is an endpoint whose connections begin with the header of the PROXY protocol, as with <see cref="ProxyProtocol"/>. A server that has such an endpoint takes the word in <c>--listen</c> and <c>--metrics-listen</c>, too.
    /// </para>
    /// <para>
    /// <c>--listen</c>, as often as there are endpoints, takes the place of the whole list; otherwise <c>--port</c> and <c>PORT</c> set the port of all in it.
    /// </para>
    /// </remarks>
    public string[]? Listen { get; set; }

    /// <summary>
    /// The mode of the files of Unix sockets, as three octal digits (chmod(2)): <c>"0660"</c> lets owner and group connect, who need to write to it. Default: what the
    /// umask leaves.
    /// </summary>
    public string? SocketMode { get; set; }

    /// <summary>
    /// Whether the server takes over sockets that systemd, or whoever starts it, passes to it (<c>LISTEN_FDS</c>, sd_listen_fds(3)), in the place of its endpoints, and
    /// says when it is ready and when it is about to end (<c>NOTIFY_SOCKET</c>, sd_notify(3)). Default false; with <see cref="Concurrency.Prefork"/> and
    /// <see cref="Concurrency.EventLoop"/> it always does, as only with <see cref="Concurrency.Fork"/> the code for it, about 6 kB with that of
    /// <see cref="Listen"/>, would count beside the rest.
    /// </summary>
    public bool Systemd { get; set; }

    /// <summary>
    /// How many connections may wait in the kernel until they are accepted: 1 to 65535, default 4096, which is also what
    /// Linux allows (<c>net.core.somaxconn</c>; it silently lowers a larger value). See listen(2).
    /// </summary>
    public int Backlog { get; set; } = Limits.Backlog.Default;

    /// <summary>
    /// Whether the kernel keeps a new connection of TCP until something has come on it, or for a second (TCP_DEFER_ACCEPT, tcp(7)). Default false. Where most connections bring one request, that
    /// saves up to a third of the CPU time: the server need not wait for what has come already.
    /// </summary>
    /// <remarks>
    /// What the kernel keeps is reset when the server ends, and its client may just have been about to ask. So it is not for a server that another one replaces while clients
    /// connect to it directly. A proxy asks the next server; <see cref="DrainDelaySeconds"/> gives it the time to do so before. Of sockets that systemd passes, <c>DeferAcceptSec=</c> decides
    /// (systemd.socket(5)), and they outlive the server. A raw response cannot have it: its clients need not send anything.
    /// </remarks>
    public bool DeferAccept { get; set; }

    /// <summary>How connections are served at the same time. Default <see cref="Concurrency.Fork"/>.</summary>
    public Concurrency Concurrency { get; set; } = Concurrency.Fork;

    /// <summary>
    /// How many worker processes there are with <see cref="Concurrency.Prefork"/> and <see cref="Concurrency.EventLoop"/>: 1 to 256. Default 0, which stands for 32 with
    /// <see cref="Concurrency.Prefork"/>, and with <see cref="Concurrency.EventLoop"/> for as many as there are CPUs that the process may use. One that dies is replaced. An event loop with one worker is a single
    /// process, except in the freestanding host with handlers: there another process replaces a worker that a handler's fault ends.
    /// </summary>
    public int Workers { get; set; }

    /// <summary>
    /// How many connections are served at the same time. A connection counts from its acceptance to its end, also while it is idle
    /// between requests. Default 0, which stands for what is usual with <see cref="Concurrency"/>: 1024 with <see cref="Concurrency.Fork"/>, 65536 with
    /// <see cref="Concurrency.EventLoop"/>.
    /// </summary>
    /// <remarks>
    /// With <see cref="Concurrency.Fork"/>: 1 to 32768; this is also the greatest number of child processes, and further
    /// connections wait in the backlog. With <see cref="Concurrency.EventLoop"/>: 1 to 1048576, divided among the workers; then the
    /// connection that has been idle for longest gives way, and where there is none, the new one gets 503 (Service Unavailable). The limit of
    /// open descriptors is raised as far as it may be (RLIMIT_NOFILE, getrlimit(2)). With <see cref="Concurrency.Prefork"/> it is
    /// the number of <see cref="Workers"/>, and this has no effect.
    /// </remarks>
    public int MaxConnections { get; set; }

    /// <summary>
    /// How long, in seconds, a client may keep the server waiting: 1 to 3600, default 10.
    /// </summary>
    /// <remarks>
    /// With HTTP: from the first byte of a request to the end of its head, however many pieces it comes in; then the answer is 408 (Request Timeout;
    /// RFC 9110, section 15.5.9) and the connection is closed. The same holds for the body: each 16 KiB of it, or its end, must come within this time, so that 1.6 kB a second are enough by
    /// default; a slower client gets 408. A new connection on which no byte comes within this time is closed without a word; between two requests it is <see cref="IdleTimeoutSeconds"/>.
    /// With a raw response: for the first byte, and again for the client's closing of the connection after the response.
    /// </remarks>
    public int ReadTimeoutSeconds { get; set; } = Limits.ReadTimeout.Default;

    /// <summary>
    /// How long, in seconds, a client may take nothing of a response that is being written: 1 to 3600, default 30. Then
    /// the connection is closed. A client that takes some, however slowly, is given the time it needs: there is no least rate.
    /// </summary>
    public int WriteTimeoutSeconds { get; set; } = Limits.WriteTimeout.Default;

    /// <summary>
    /// How long, in seconds, the server goes on after SIGTERM or SIGINT before it begins to end: 0 to 240, default 0. It accepts and answers as before, each response is the last of its connection, and <see cref="HealthCheckAttribute"/> says 503:
    /// so a load balancer has time to take the server out before anybody is refused. Then the grace period begins. A second signal ends the delay at once.
    /// </summary>
    /// <remarks>
    /// A server for which this is set, be it to 0, has the option <c>--drain-delay</c>. Whoever ends the server must have patience for both, the delay and <see cref="GracePeriodSeconds"/>.
    /// </remarks>
    public int DrainDelaySeconds { get; set; } = Limits.DrainDelay.Default;

    /// <summary>
    /// How long, in seconds, connections may go on after SIGTERM or SIGINT: 0 to 3600, default 8, so that the server ends by
    /// itself before <c>docker stop</c> (10 s) and Kubernetes (30 s) kill it. A request that is being answered is finished, and its
    /// connection closed. What is still running then is ended; a second signal does the same at once.
    /// </summary>
    public int GracePeriodSeconds { get; set; } = Limits.GracePeriod.Default;

    /// <summary>
    /// How long, in seconds, a connection may be idle between two requests: 1 to 3600, default 60. Then it is closed without a word, as there is no request to
    /// answer (RFC 9112, section 9.5); so is one that sends no byte of its first request within <see cref="ReadTimeoutSeconds"/>. HTTP only. A shorter one frees
    /// the connection for another client (<see cref="MaxConnections"/>), a longer one saves clients from connecting anew. Where a load balancer keeps
    /// connections open, its own timeout should be the shorter one, so that it does not send into a connection that is just being closed. Where others wait and no place is
    /// free, idle connections end sooner: with <see cref="Concurrency.EventLoop"/> when <see cref="MaxConnections"/> are open, with <see cref="Concurrency.Prefork"/> when all workers
    /// have a client and this one has asked for nothing for a second.
    /// </summary>
    public int IdleTimeoutSeconds { get; set; } = Limits.IdleTimeout.Default;

    /// <summary>
    /// The longest request target (path and query), in bytes: 64 to 65536, default 8000, which is what RFC 9112, section 3, recommends at least for a
    /// request line. A longer one gets 414 (URI Too Long). HTTP only. Together with <see cref="MaxHeaderBytes"/> it is the
    /// memory that a connection needs to receive a request.
    /// </summary>
    public int MaxTargetBytes { get; set; } = Limits.TargetBytes.Default;

    /// <summary>
    /// The most bytes that the field lines of a request may have together, line ends included: 256 to 65536, default 8192. More get 431 (Request Header
    /// Fields Too Large; RFC 6585, section 5). HTTP only. A browser sends about 1,000, and its cookies.
    /// </summary>
    public int MaxHeaderBytes { get; set; } = Limits.HeaderBytes.Default;

    /// <summary>
    /// The longest request body, in bytes, without the framing of chunks: 0 to 1073741824 (1 GiB), default 1048576 (1 MiB). A longer one gets 413 (Content
    /// Too Large), before it is read where its length is known. HTTP only. A body that no route wants is read and thrown away, piece by piece, so it needs no memory;
    /// this bounds the time that one client can take.
    /// </summary>
    public int MaxBodyBytes { get; set; } = Limits.BodyBytes.Default;

    /// <summary>
    /// How much memory, in bytes, each process of an event loop has for requests to handlers and uploads whose bodies are still to come: 2097152 (2 MiB) to 1073741824 (1 GiB), default 134217728
    /// (128 MiB). Each of these requests takes its longest head and the longest body of any handler; where no more of them fit, the next one gets 503 (Service Unavailable). As much again, at most, is for heads that are
    /// not complete and responses that are not taken yet. All of it is address space, of which the kernel gives the pages that are used, and gets them back. <see cref="Concurrency.EventLoop"/> only.
    /// </summary>
    public int MaxRequestMemoryBytes { get; set; } = Limits.RequestMemory.Default;

    /// <summary>
    /// Whether responses carry a Date. Default true: a server with a clock must send it (RFC 9110, section 6.6.1). False is for a machine without one. HTTP only.
    /// </summary>
    public bool DateHeader { get; set; } = true;

    /// <summary>
    /// The value of the Server field of every response (RFC 9110, section 10.2.4), such as <c>"Example/1.0"</c>. Default: none is sent. HTTP only.
    /// </summary>
    public string? ServerHeader { get; set; }

    /// <summary>
    /// Field lines of every response that has content, or says that something has none, each as <c>"Name: value"</c> (see <see cref="ResponseAttribute.Headers"/>, which goes before one of the same name): of routes, files, handlers, redirects
    /// and errors. 304 has those of them that caches need (RFC 9110, section 15.4.5), and the 204 for OPTIONS none. Default: none. HTTP only.
    /// </summary>
    public string[]? Headers { get; set; }

    /// <summary>
    /// Whether responses have the field lines that tell browsers to be strict. Default false. HTTP only.
    /// </summary>
    /// <remarks>
    /// They are <c>Content-Security-Policy: default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'</c>, <c>Cross-Origin-Opener-Policy: same-origin</c>,
    /// <c>Cross-Origin-Resource-Policy: same-origin</c>, <c>Referrer-Policy: strict-origin-when-cross-origin</c>, <c>Strict-Transport-Security: max-age=31536000</c> (which browsers follow where a proxy speaks TLS), <c>X-Content-Type-Options: nosniff</c>
    /// and <c>X-Frame-Options: DENY</c>. One of the same name in <see cref="Headers"/>, or in those of a route, takes the place of such a line; with an empty value there is none.
    /// </remarks>
    public bool SecurityHeaders { get; set; }

    /// <summary>
    /// Whether there is a line on standard output for each response, when it was sent or broken off, in the form of <see cref="AccessLogFormat"/>. Default <see cref="AccessLogMode.Never"/>. HTTP only.
    /// </summary>
    /// <remarks>
    /// The lines of the requests that were answered together are written together, behind the responses. What
    /// standard output does not take for now is waited for, as with any program; where it is closed, the lines are lost.
    /// </remarks>
    public AccessLogMode AccessLog { get; set; } = AccessLogMode.Never;

    /// <summary>The form of the lines of the <see cref="AccessLog"/>. Default <see cref="AccessLogFormat.Common"/>. HTTP only.</summary>
    public AccessLogFormat AccessLogFormat { get; set; } = AccessLogFormat.Common;

    /// <summary>
    /// The clients that ask for others, and say for whom in <see cref="ClientAddressField"/>: blocks of addresses such as <c>"10.0.0.0/8"</c> or <c>"2001:db8::/32"</c>, addresses, and <c>"unix:"</c> for those that come
    /// by a Unix socket. The <see cref="AccessLog"/> and <see cref="Request.ClientAddress"/> then name the rightmost address in that field that is not one of these. Default: none, and they name who has connected. HTTP only.
    /// </summary>
    /// <remarks>What stands in the field left of that address, any client can have written. So trust only machines of yours that add to the field, and let nobody else reach the server from their addresses.</remarks>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// The field in which <see cref="TrustedProxies"/> say for whom they ask: a list of addresses, perhaps with ports, as in <c>"X-Forwarded-For"</c> (the default) or <c>"X-Real-IP"</c>; or <c>"Forwarded"</c> (RFC 7239). It must be
    /// the one that the proxies write: they pass on any other as the client has sent it. HTTP only.
    /// </summary>
    public string ClientAddressField { get; set; } = "X-Forwarded-For";

    /// <summary>
    /// Whether each connection begins with the header of the PROXY protocol (proxy-protocol.txt of HAProxy), version 1 or 2, in which a proxy says whose connection it is: HAProxy's <c>send-proxy</c>, nginx's
    /// <c>proxy_protocol on</c>, and network load balancers. The <see cref="AccessLog"/> names that client. A connection without it is closed without a response, after <see cref="ReadTimeoutSeconds"/> at the latest.
    /// It holds for all endpoints but that of <see cref="MetricsAttribute.Listen"/>; for some only, there is a word in <see cref="Listen"/>. Default false. HTTP only.
    /// </summary>
    /// <remarks>Whoever reaches the server can say to be anybody: let nobody but the proxy reach it. <c>--healthcheck</c> sends the header too.</remarks>
    public bool ProxyProtocol { get; set; }

    /// <summary>
    /// Whether the program has a command-line interface. Default true: it reads its options and <c>PORT</c>, and says on standard error
    /// where it listens and what goes wrong. Where false, it is the smallest there is: arguments and environment are not
    /// looked at, so it listens where <see cref="Address"/> and <see cref="Port"/> say, and nothing is ever written to standard output (but an <see cref="AccessLog"/>) or
    /// standard error. Signals, limits and exit codes stay: 0 after an orderly end, 1 where the server could not start or go
    /// on.
    /// </summary>
    public bool CommandLineInterface { get; set; } = true;

    /// <summary>
    /// Whether the program has the option <c>--healthcheck</c>, with which it asks the server that runs already whether it is well, and ends with 0 or 1: so an image that holds nothing but
    /// the executable can be asked for its health. Default: true for a class with <see cref="HealthCheckAttribute"/>, whose path it asks for; false for others, where it costs about 1,000 bytes. There it
    /// asks for <c>/</c>, or a path that it is told; with <see cref="RawResponseAttribute"/> it asks for nothing, and the server is well when it accepts.
    /// </summary>
    public bool HealthCheckOption { get; set; }
}
