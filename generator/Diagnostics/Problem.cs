using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Something wrong with a server's declaration, and where.</summary>
internal readonly struct Problem
{
    private readonly DiagnosticDescriptor _descriptor;
    private readonly Location _location;
    private readonly object[] _arguments;

    internal Problem(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
    {
        _descriptor = descriptor;
        _location = location;
        _arguments = arguments;
    }

    /// <summary>What stands at the location, when it is mended; null where that is not known.</summary>
    internal string? Replacement { get; init; }

    /// <summary>The key under which <see cref="Replacement"/> is found in a diagnostic.</summary>
    internal const string ReplacementProperty = "Replacement";

    /// <summary>Whether the generator says it: where the compiler itself refuses the line, no analyzer is heard.</summary>
    internal bool IsOfGenerator { get; init; }

    /// <summary>The mistake as the generator keeps it.</summary>
    internal HiddenMistake ToHiddenMistake()
        => new((string)_arguments[0], (string)_arguments[1], _location.SourceTree?.FilePath ?? "", _location.SourceSpan, _location.GetLineSpan().Span);

    /// <summary>Whether there is no server because of it.</summary>
    internal bool IsError => _descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    internal Diagnostic ToDiagnostic() => Diagnostic.Create(
        _descriptor,
        _location,
        Replacement is null ? null : ImmutableDictionary<string, string?>.Empty.Add(ReplacementProperty, Replacement),
        _arguments);
}
