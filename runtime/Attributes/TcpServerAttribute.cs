using System;

namespace SyscallServer;

/// <summary>
/// Makes the partial class a TCP server: the source generator adds <c>static int Run(string[] args)</c> to it and,
/// where the project has no entry point of its own, the entry point that calls it.
/// </summary>
/// <remarks>
/// <para>
/// What the server answers is said by a second attribute: <see cref="RawResponseAttribute"/>.
/// </para>
/// <para>
/// All values are constants of the program, checked when it is compiled. Two of them can be changed when it is started:
/// the port with <c>--port</c> or the environment variable <c>PORT</c>, the address with <c>--address</c>; unless
/// <see cref="CommandLineInterface"/> is false.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using SyscallServer;
///
/// [TcpServer(Port = 8080)]
/// [RawResponse("HTTP/1.0 200 OK\r\n\r\n")]
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
    public int Port { get; set; } = 8080;

    /// <summary>
    /// The IPv4 address to bind, as four decimal numbers (<c>"127.0.0.1"</c>). Default <c>"0.0.0.0"</c>: every address
    /// of the machine. <c>--address</c> wins over this.
    /// </summary>
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>
    /// How many connections may wait in the kernel until they are accepted: 1 to 65535, default 4096, which is also what
    /// Linux allows (<c>net.core.somaxconn</c>; it silently lowers a larger value). See listen(2).
    /// </summary>
    public int Backlog { get; set; } = 4096;

    /// <summary>How connections are served at the same time. Default <see cref="Concurrency.Fork"/>.</summary>
    public Concurrency Concurrency { get; set; } = Concurrency.Fork;

    /// <summary>
    /// How many connections are served at the same time: 1 to 32768, default 1024. Further ones wait in the backlog. With
    /// <see cref="Concurrency.Fork"/> this is also the greatest number of child processes.
    /// </summary>
    public int MaxConnections { get; set; } = 1024;

    /// <summary>
    /// How long, in seconds, a client may keep the server waiting for its first byte, and after the response for its
    /// closing of the connection: 1 to 3600, default 10. Then the connection is closed.
    /// </summary>
    public int ReadTimeout { get; set; } = 10;

    /// <summary>
    /// How long, in seconds, a client may take nothing of a response that is being written: 1 to 3600, default 30. Then
    /// the connection is closed. A client that takes some, however slowly, is given the time it needs.
    /// </summary>
    public int WriteTimeout { get; set; } = 30;

    /// <summary>
    /// How long, in seconds, connections may go on after SIGTERM or SIGINT: 0 to 3600, default 8, so that the server ends by
    /// itself before <c>docker stop</c> (10 s) and Kubernetes (30 s) kill it. What is still running then is
    /// ended; a second signal does the same at once.
    /// </summary>
    public int GracePeriod { get; set; } = 8;

    /// <summary>
    /// Whether the program has a command-line interface. Default true: it reads its options and <c>PORT</c>, and says on standard error
    /// where it listens and what goes wrong. Where false, it is the smallest there is: arguments and environment are not
    /// looked at, so it listens where <see cref="Address"/> and <see cref="Port"/> say, and nothing is ever written to standard output or
    /// standard error. Signals, limits and exit codes stay: 0 after an orderly end, 1 where the server could not start or go
    /// on.
    /// </summary>
    public bool CommandLineInterface { get; set; } = true;
}
