using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Http;

/// <summary>The content codings that a response can have (RFC 9110, section 8.4.1; br: RFC 7932).</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ContentCodings
{
    /// <summary>None: nothing of what there is, is acceptable.</summary>
    None = 0,

    /// <summary>No coding.</summary>
    Identity = 1,

    /// <summary>gzip, which is also called x-gzip.</summary>
    Gzip = 2,

    /// <summary>br.</summary>
    Brotli = 4,
}
