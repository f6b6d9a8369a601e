namespace SyscallServer.Generator.Model;

/// <summary>What answers a route at run time, in the place of a response that is planned.</summary>
internal abstract record ActionSpec;

/// <summary>A method of the user's.</summary>
/// <param name="Method">Its name, escaped with @ where it is a keyword.</param>
/// <param name="MaxBodyBytes">The longest body of a request.</param>
/// <param name="MaxResponseBytes">The longest body of a response.</param>
internal sealed record HandlerSpec(string Method, int MaxBodyBytes, int MaxResponseBytes) : ActionSpec;

/// <summary>Files below a folder of the disk.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Fields">Field lines of every response.</param>
/// <param name="IsEncoded">Whether neighbours with a content coding are looked for.</param>
internal sealed record FilesSpec(string Root, EquatableArray<FieldLine> Fields, bool IsEncoded) : ActionSpec
{
    /// <summary>What stands for files that are not there.</summary>
    internal FolderPagesSpec Pages { get; init; } = FolderPagesSpec.None;

    /// <summary>Patterns of the paths that are left out.</summary>
    internal EquatableArray<string> Excluded { get; init; }

    /// <summary>How long some of the files may be kept: of those for a file the first.</summary>
    internal EquatableArray<CacheRule> CacheRules { get; init; }
}

/// <summary>The path of a folder without the slash at its end: the client is sent to the path with it, and its query.</summary>
internal sealed record FolderRedirectSpec : ActionSpec;

/// <summary>Uploads to a folder of the disk.</summary>
/// <param name="Root">The folder.</param>
/// <param name="MaxBytes">The longest file.</param>
/// <param name="Origins">The origins whose pages may upload besides the server's own.</param>
internal sealed record UploadSpec(string Root, long MaxBytes, EquatableArray<string> Origins) : ActionSpec;

/// <summary>A redirect whose Location has parts of what was asked for.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Fields">Field lines besides.</param>
/// <param name="Target">The location, in the engine's form (CarryingRedirect).</param>
internal sealed record RedirectSpec(int Status, EquatableArray<FieldLine> Fields, EquatableArray<byte> Target) : ActionSpec;

/// <summary>What the server has counted.</summary>
internal sealed record MetricsSpec : ActionSpec;
