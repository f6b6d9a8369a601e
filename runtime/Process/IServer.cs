using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;

namespace SyscallServer.Internal.Process;

/// <summary>What the attribute says of a server, as constants that the compilers see.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IServer
{
    /// <summary>Whether it writes messages for people.</summary>
    static virtual bool HasMessages => true;

    /// <summary>Whether shortages are said by the clock (<see cref="Shortage"/>): not with a raw response, of which the parent asks for no time.</summary>
    static virtual bool TimesShortages => true;

    /// <summary>
    /// Whether SIGTERM is sent on to the children: those that wait for a further request of their client end then. Others would only
    /// ignore it.
    /// </summary>
    static virtual bool TellsChildren => false;

    /// <summary>
    /// Whether there is more to listen at than an IPv4 address and a port (<see cref="Endpoints"/>). Always so where there are workers; with a process for each
    /// connection it is code that others do without.
    /// </summary>
    static virtual bool HasEndpoints => false;

    /// <summary>Whether endpoints differ in more than where they are (<see cref="EndpointRoles"/>). Only with <see cref="HasEndpoints"/>.</summary>
    static virtual bool HasEndpointRoles => false;

    /// <summary>The role of an endpoint of which nothing else is said.</summary>
    static virtual EndpointRole OrdinaryRole => EndpointRole.Ordinary;

    /// <summary>What the text of an endpoint ends with whose connections begin with a preamble: a blank and a word, which is also the name of such a socket that is passed. Empty where it may not.</summary>
    static virtual ReadOnlySpan<byte> PreambleWord => default;

    /// <summary>The name of the endpoint of management, for a socket that is passed; empty where there is no such endpoint.</summary>
    static virtual ReadOnlySpan<byte> ManagementName => default;

    /// <summary>What is said when it listens there, as with <see cref="Endpoints.Announce"/>: of TCP, a NUL, and of a Unix socket.</summary>
    static virtual ReadOnlySpan<byte> ManagementMessages => default;

    /// <summary>Whether it takes over sockets that are passed to it, and says when it is ready and when it is about to end (<see cref="ServiceManager"/>).</summary>
    static virtual bool HasServiceManager => false;

    /// <summary>Whether the kernel keeps connections until something has come on them (<see cref="TcpServerAttribute.DeferAccept"/>).</summary>
    static virtual bool DefersAccept => false;

    /// <summary>Whether <c>--access-log</c> turns on the access log.</summary>
    static virtual bool HasAccessLogOption => false;

    /// <summary>
    /// Whether the server may go on for a while when it is told to end. Then SIGTERM and SIGINT begin a delay, in which each response is the last of its connection, and SIGALRM ends it, also in
    /// children and workers.
    /// </summary>
    static virtual bool HasDrainDelay => false;

    /// <summary>
    /// The options of the command line, each with a NUL behind it; those with an equals sign take a value. What stands where, <see cref="Contract.CommandLineOptions"/> says.
    /// </summary>
    static virtual ReadOnlySpan<byte> Options => "--help\0--version\0--quiet\0--port=\0--address=\0"u8;

    /// <summary>Whether <c>--healthcheck</c> asks a running server whether it is well.</summary>
    static virtual bool HasHealthCheckOption => false;

    /// <summary>The path that it asks for where it is told none; empty where the server does not speak HTTP.</summary>
    static virtual ReadOnlySpan<byte> HealthCheckPath => "/"u8;

    /// <summary>What it sends before that path.</summary>
    static virtual ReadOnlySpan<byte> HealthCheckStart => "GET "u8;

    /// <summary>The mode of the files of Unix sockets, chmod(2); -1 for what the umask leaves.</summary>
    static virtual int SocketMode => -1;

    /// <summary>
    /// Whether each worker has a listener of its own, among which the kernel distributes the connections (SO_REUSEPORT, socket(7)). A second
    /// server of the same user may then listen there, too: so one takes over from another without a gap.
    /// </summary>
    static virtual bool ListensPerWorker => false;

    /// <summary>Whether an event loop runs code of the user's, whose faults end its process: without a runtime, see <see cref="Supervisor{TServer}.IsAlone"/>.</summary>
    static virtual bool RunsUserCode => false;

    /// <summary>How many workers there are where connections have no process of their own; 0 for as many as there are CPUs.</summary>
    static virtual int Workers => 0;

    /// <summary>Whether a process serves one connection after the other, so that a client that is idle keeps it from others.</summary>
    static virtual bool ServesInTurn => false;

    /// <summary>Seconds that a connection may be idle between two requests; only of HTTP.</summary>
    static virtual int IdleTimeout => 0;

    /// <summary>How many connections may wait to be accepted, listen(2).</summary>
    static abstract int Backlog { get; }

    /// <summary>How many connections there may be at the same time; with a process for each, also how many children.</summary>
    static abstract int MaxConnections { get; }

    /// <summary>Seconds that a read from an accepted connection may wait.</summary>
    static abstract int ReadTimeout { get; }

    /// <summary>Seconds that a write to an accepted connection may wait.</summary>
    static abstract int WriteTimeout { get; }

    /// <summary>Seconds that children may go on after SIGTERM or SIGINT.</summary>
    static abstract int GracePeriod { get; }

    // What counts: see IApp.

    /// <summary>In the parent of children: one was forked for a connection.</summary>
    static virtual void ChildBegan()
    {
    }

    /// <summary>In the parent of children: one has ended, and with it its connection.</summary>
    static virtual void ChildEnded()
    {
    }

    /// <summary>This process is a worker from now on.</summary>
    /// <param name="worker">Which, from 0 on: one that takes the place of another has its number.</param>
    static virtual void WorkerBegan(int worker)
    {
    }

    /// <summary>In the supervisor: a worker has ended in whose place there will be another.</summary>
    /// <param name="worker">Which.</param>
    static virtual void WorkerEnded(int worker)
    {
    }
}
