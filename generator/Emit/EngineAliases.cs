using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Emit;

/// <summary>
/// The namespaces of which emitted code uses types, each under an alias: <c>EngineHttp::Output</c>. What stands before <c>::</c> is looked for among the aliases of the file alone, so
/// no type, member or namespace of the user's hides it.
/// </summary>
internal static class EngineAliases
{
    private static readonly (string Alias, string Namespace)[] All =
    [
        ("CompilerServices", "System.Runtime.CompilerServices"),
        ("EngineApi", "SyscallServer"),
        ("EngineContract", "SyscallServer.Internal.Contract"),
        ("EngineFeatures", "SyscallServer.Internal.Features"),
        ("EngineHttp", "SyscallServer.Internal.Http"),
        ("EngineKernel", "SyscallServer.Internal.Kernel"),
        ("EngineListening", "SyscallServer.Internal.Listening"),
        ("EngineModels", "SyscallServer.Internal.Models"),
        ("EngineProcess", "SyscallServer.Internal.Process"),
        ("EngineStartup", "SyscallServer.Internal.Startup"),
        ("EngineTransport", "SyscallServer.Internal.Transport"),
        ("InteropServices", "System.Runtime.InteropServices"),
    ];

    /// <summary>The directives for the aliases that occur in the text.</summary>
    internal static IEnumerable<string> DirectivesFor(string text)
        => All.Where(each => text.IndexOf(each.Alias + "::", StringComparison.Ordinal) >= 0).Select(each => $"using {each.Alias} = global::{each.Namespace};");
}
