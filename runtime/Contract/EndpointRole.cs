using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Contract;

/// <summary>In what an endpoint differs from others of its server: what comes first on its connections, and what it serves. The generator compiles this file too.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EndpointRole : byte
{
    /// <summary>It serves what the server is there for, and its connections begin with a request.</summary>
    Ordinary = 0,

    /// <summary>Its connections begin with a preamble (<c>IApp.ReadPreamble</c>).</summary>
    Preamble = 1 << 0,

    /// <summary>It serves those who look after the server, and nobody else.</summary>
    Management = 1 << 1,
}
