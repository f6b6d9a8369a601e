using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads what concerns the project as a whole.</summary>
internal static class ProgramParser
{
    internal static ProgramSpec Parse(Compilation compilation, AnalyzerConfigOptions options, CancellationToken cancellationToken)
    {
        // The version of the project file, where the package makes it visible; otherwise that of the assembly.
        string version = options.TryGetValue("build_property.Version", out string? property) && property.Length > 0
            ? property
            : compilation.Assembly.Identity.Version.ToString();
        string host = options.TryGetValue("build_property.SyscallServerHost", out property) ? property.Trim() : "";
        string platform = options.TryGetValue("build_property.RuntimeIdentifier", out property) ? property.Trim() : "";
        bool hasLiveAssets = options.TryGetValue("build_property.SyscallServerLiveAssets", out property) && string.Equals(property.Trim(), "true", StringComparison.OrdinalIgnoreCase);
        return new ProgramSpec(compilation.AssemblyName ?? "server", version, NeedsEntryPoint(compilation, cancellationToken), host, platform) { HasLiveAssets = hasLiveAssets };
    }

    /// <summary>Whether the compilation is to be a program and has no entry point of the user's.</summary>
    internal static bool NeedsEntryPoint(Compilation compilation, CancellationToken cancellationToken)
        => compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
            && compilation.GetEntryPoint(cancellationToken)?.Locations.Any(ServerDeclaration.IsWrittenByUser) != true;
}
