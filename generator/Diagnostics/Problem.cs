using Microsoft.CodeAnalysis;

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

    internal Diagnostic ToDiagnostic() => Diagnostic.Create(_descriptor, _location, _arguments);
}
