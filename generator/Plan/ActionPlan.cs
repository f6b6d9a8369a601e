using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>What answers some routes at run time. The engine knows it by its place in the list.</summary>
/// <param name="Pattern">The routes for a reader.</param>
internal abstract record ActionPlan(string Pattern);

/// <summary>A method of the user's.</summary>
/// <param name="Pattern">The route for a reader, with the method in front of it.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Template">The path of the route where it has parameters or a star, in the engine's form of RouteTemplate; otherwise empty.</param>
/// <param name="MaxBodyBytes">The longest body of a request.</param>
/// <param name="MaxResponseBytes">The longest body of a response.</param>
internal record HandlerPlan(string Pattern, string Method, EquatableArray<byte> Template, int MaxBodyBytes, int MaxResponseBytes) : ActionPlan(Pattern);

/// <summary>What the server has counted: a handler of the engine's.</summary>
/// <param name="Pattern">The route for a reader, with the method in front of it.</param>
internal sealed record MetricsPlan(string Pattern) : HandlerPlan(Pattern, Method: "", Template: [], MaxBodyBytes: 0, Limits.MetricsBytes);

/// <summary>Files below a folder of the disk.</summary>
/// <param name="Pattern">The routes for a reader.</param>
/// <param name="Root">Which of the roots.</param>
/// <param name="PrefixLength">Bytes of a path that stand for the root.</param>
/// <param name="Fields">Field lines of every response, each with a CRLF in front of it.</param>
/// <param name="IsEncoded">Whether neighbours with a content coding are looked for.</param>
internal sealed record FilesPlan(string Pattern, RootPlan Root, int PrefixLength, string Fields, bool IsEncoded) : ActionPlan(Pattern)
{
    /// <summary>What stands for files that are not there.</summary>
    internal FolderPagesSpec Pages { get; init; } = FolderPagesSpec.None;

    /// <summary>Field lines of 404, each with a CRLF in front of it.</summary>
    internal string NotFoundFields { get; init; } = "";

    /// <summary>What is said of some files, in the form of the engine's FileRules; empty where nothing is.</summary>
    internal EquatableArray<byte> Rules { get; init; }

    /// <summary>The longest of the field lines that one of them has.</summary>
    internal int LongestRule { get; init; }

    /// <summary>Whether other files are looked for than those that are asked for.</summary>
    internal bool HasPages => Pages != FolderPagesSpec.None;
}

/// <summary>The paths of folders without the slash at their end: the client is sent to the path with it, and its query.</summary>
internal sealed record FolderRedirectPlan() : ActionPlan("paths of folders without the slash at their end");

/// <summary>A redirect whose Location has parts of what was asked for.</summary>
/// <param name="Pattern">The route for a reader.</param>
/// <param name="Head">The status and field lines, up to the value of Location.</param>
/// <param name="Template">The path of the route in the engine's form of RouteTemplate.</param>
/// <param name="Target">The location in that of CarryingRedirect.</param>
internal sealed record RedirectPlan(string Pattern, string Head, EquatableArray<byte> Template, EquatableArray<byte> Target) : ActionPlan(Pattern);

/// <summary>Uploads to a folder of the disk.</summary>
/// <param name="Pattern">The routes for a reader.</param>
/// <param name="Root">Which of the roots.</param>
/// <param name="PrefixLength">Bytes of a path that stand for the root.</param>
/// <param name="MaxBytes">The longest file.</param>
/// <param name="Origins">The origins whose pages may upload besides the server's own, each ended by a NUL.</param>
internal sealed record UploadPlan(string Pattern, RootPlan Root, int PrefixLength, long MaxBytes, string Origins) : ActionPlan(Pattern)
{
    /// <summary>Pages of other origins that may upload to some paths. The first whose paths have that of a request decides.</summary>
    internal EquatableArray<CorsSpec> Pages { get; init; }
}

/// <summary>A folder that is open for as long as the server runs.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Descriptor">Its descriptor.</param>
internal sealed record RootPlan(string Path, int Descriptor);

/// <summary>The entry of the table of responses for an error that only actions have.</summary>
internal sealed record ErrorEntry(int Status, int Entry);
