using System.Collections.Generic;
using System.Linq;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>What the user said of one server, checked, as plain values.</summary>
/// <param name="Namespace">The namespace of the class; empty for the global one.</param>
/// <param name="Types">The class last, before it the types that it is nested in, outermost first.</param>
/// <param name="Address">The IPv4 address, most significant number first.</param>
/// <param name="Port">The port, 0 to 65535.</param>
/// <param name="Listening">Where to listen, if that is more than the address and the port; otherwise null.</param>
/// <param name="Backlog">The length of the accept queue.</param>
/// <param name="Concurrency">How connections are served at the same time.</param>
/// <param name="Workers">How many processes serve them; 0 for one on each CPU, or for one on each connection.</param>
/// <param name="MaxConnections">The greatest number of connections.</param>
/// <param name="ReadTimeout">Seconds.</param>
/// <param name="WriteTimeout">Seconds.</param>
/// <param name="GracePeriod">Seconds.</param>
/// <param name="HasCommandLineInterface">Whether it reads options and writes messages.</param>
/// <param name="Response">The bytes of the raw response; empty where the server speaks HTTP.</param>
/// <param name="Http">The content of a server that speaks HTTP; null where there is a raw response.</param>
internal sealed record ServerSpec(
    string Namespace,
    EquatableArray<TypeHeader> Types,
    uint Address,
    int Port,
    ListenSpec? Listening,
    int Backlog,
    ConcurrencyKind Concurrency,
    int Workers,
    int MaxConnections,
    int ReadTimeout,
    int WriteTimeout,
    int GracePeriod,
    bool HasCommandLineInterface,
    EquatableArray<byte> Response,
    HttpSpec? Http)
{
    /// <summary>Whether the kernel keeps connections until something has come on them.</summary>
    internal bool DefersAccept { get; init; }

    /// <summary>Seconds that it goes on when it is told to end, before the grace period; null where there is no such delay, and no option for one.</summary>
    internal int? DrainDelay { get; init; }

    /// <summary>What <c>--healthcheck</c> asks for; empty of a server that does not speak HTTP, null where there is no such option.</summary>
    internal string? HealthCheckPath { get; init; }

    /// <summary>The class that is emitted into the user's own, and holds everything but <c>Run</c>: so a handler may be called Accept.</summary>
    internal const string EmittedClass = "GeneratedServer";

    /// <summary>The class as the user would name it: <c>Company.Outer.Site</c>.</summary>
    internal string FullName
    {
        get
        {
            string name = Namespace;
            foreach (TypeHeader type in Types)
            {
                name = name.Length == 0 ? type.Name : name + "." + type.Name;
            }

            return name;
        }
    }
}

/// <summary>Where a server listens, in the form that has endpoints.</summary>
/// <param name="Endpoints">Their texts.</param>
/// <param name="SocketMode">The mode of the files of Unix sockets; -1 for what the umask leaves.</param>
/// <param name="HasServiceManager">Whether sockets may be passed, and the service manager is told how the server is.</param>
internal sealed record ListenSpec(EquatableArray<string> Endpoints, int SocketMode, bool HasServiceManager)
{
    /// <summary>What the text of an endpoint ends with whose connections begin with the header of the PROXY protocol.</summary>
    internal const string ProxyWord = " proxy";

    /// <summary>The endpoint of management, without the word; null where there is none.</summary>
    internal string? Management { get; init; }

    /// <summary>The <see cref="EndpointRole"/> of each endpoint, and last that of the endpoint of management; none where all are ordinary ones and the server knows no others.</summary>
    internal EquatableArray<byte> Roles { get; init; }

    /// <summary>The role of an endpoint that the command line says without a word.</summary>
    internal EndpointRole OrdinaryRole { get; init; }

    /// <summary>Whether endpoints differ in more than where they are.</summary>
    internal bool HasRoles => Roles.Count > 0;

    /// <summary>Whether connections of some begin with the header of the PROXY protocol.</summary>
    internal bool HasPreamble => Roles.Any(role => ((EndpointRole)role & EndpointRole.Preamble) != 0);

    /// <summary>The endpoints as the user writes them, without that of management.</summary>
    internal IEnumerable<string> Texts => Endpoints.Select((endpoint, i) => endpoint + WordOf(i));

    /// <summary>The endpoint of management as the user writes it.</summary>
    internal string? ManagementText => Management is null ? null : Management + WordOf(Endpoints.Count);

    /// <summary>Where it listens: all texts, without words.</summary>
    internal IEnumerable<string> All => Management is null ? Endpoints : Endpoints.Concat([Management]);

    /// <summary>Nothing where the role is that of every such endpoint.</summary>
    private string WordOf(int endpoint)
    {
        EndpointRole role = endpoint < Roles.Count ? (EndpointRole)Roles[endpoint] : EndpointRole.Ordinary;
        return (role & EndpointRole.Preamble) != 0 && role != OrdinaryRole ? ProxyWord : "";
    }

    /// <summary>What the text of a Unix socket begins with; its path or name follows.</summary>
    internal const string UnixScheme = "unix:";

    /// <summary>Whether the text of an endpoint is that of a Unix socket, and not an address with a port.</summary>
    internal static bool IsUnix(string endpoint) => endpoint.StartsWith(UnixScheme, System.StringComparison.Ordinal);
}

/// <summary>What it takes to declare another part of a type.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record class</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The name, escaped with @ where it is a keyword.</param>
internal sealed record TypeHeader(string Keyword, string Name);
