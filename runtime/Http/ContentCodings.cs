using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Internal.Http;

/// <summary>The content codings that a response can have (RFC 9110, section 8.4.1; br: RFC 7932; zstd: RFC 8878).</summary>
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

    /// <summary>zstd.</summary>
    Zstandard = 8,
}

/// <summary>Which of them a server may have besides those that are always looked for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IContentCodings
{
    /// <summary>Whether there are responses with the content coding zstd: files that lie beside others.</summary>
    static virtual bool HasZstandard => false;
}

/// <summary>The codings in which a planned response is there. The bits of both are the same, in different places.</summary>
internal static unsafe class PlannedCodings
{
    /// <summary>Those of them that every app may have: the identity and gzip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ContentCodings Of(PlannedResponse* response)
        => ContentCodings.Identity | (ContentCodings)(response->Variants / (uint)(PlannedResponse.HasGzip / (int)ContentCodings.Gzip) & (uint)ContentCodings.Gzip);

    /// <summary>br; with <see cref="IApp.HasBrotli"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ContentCodings BrotliOf(PlannedResponse* response)
        => (ContentCodings)(response->Variants / (uint)(PlannedResponse.HasBrotli / (int)ContentCodings.Brotli) & (uint)ContentCodings.Brotli);
}
