using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>What has been read so far of what an HTTP server answers, and what the readers of its attributes have to know of it.</summary>
internal sealed class ServerContent
{
    /// <summary>The class.</summary>
    internal INamedTypeSymbol Type { get; init; } = null!;

    /// <summary>Where to say what is wrong.</summary>
    internal Problems Problems { get; init; } = null!;

    internal CancellationToken CancellationToken { get; init; }

    /// <summary>What [TcpServer] says of HTTP.</summary>
    internal HttpSettings Settings { get; init; } = null!;

    /// <summary>Reads what a response consists of.</summary>
    internal ContentParser Responses { get; init; } = null!;

    /// <summary>Where other machines may reach the server; null where they cannot.</summary>
    internal string? PublicEndpoint { get; init; }

    internal bool HasUploads { get; init; }

    /// <summary>Whether there are files on the disk, to be sent or received.</summary>
    internal bool HasFiles { get; init; }

    /// <summary>Whether some responses are decided at run time.</summary>
    internal bool HasActions { get; init; }

    internal bool HasEmbeddedFiles { get; init; }

    /// <summary>Whether some requests need credentials.</summary>
    internal bool HasAuthentication { get; init; }

    /// <summary>Whether some requests may come from some addresses only.</summary>
    internal bool HasAllowFrom { get; init; }

    internal List<ParsedRoute> Routes { get; } = new();

    /// <summary>What refuses requests for who sends them. They are read before the routes.</summary>
    internal List<ParsedGuard> Guards { get; } = new();

    /// <summary>Field lines for groups of routes. They are read before the routes.</summary>
    internal List<ParsedFieldGroup> FieldGroups { get; } = new();

    /// <summary>The files that have such lines.</summary>
    internal List<FileReference> FieldFiles { get; } = new();

    /// <summary>Pages of other origins that may read responses; likewise.</summary>
    internal List<ParsedCors> Cors { get; } = new();

    internal List<(ErrorPageSpec Spec, Location Location)> ErrorPages { get; } = new();

    /// <summary>The pages of other servers' errors; null where there are none.</summary>
    internal ErrorBackendSpec? ErrorBackend { get; set; }

    internal List<FolderSpec> Folders { get; } = new();

    internal List<RedirectFileSpec> RedirectFiles { get; } = new();

    /// <summary>What attributes name of text files whose lines say what the server does.</summary>
    internal List<FileReference> Texts { get; } = new();

    /// <summary>The attributes that name files, and where they do so.</summary>
    internal List<Location> FileLocations { get; } = new();

    /// <summary>What those attributes name to be embedded: files, and folders.</summary>
    internal List<(FileReference Reference, bool IsFolder)> References { get; } = new();
}
