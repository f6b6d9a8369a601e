using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>What a parser has found wrong so far.</summary>
internal sealed class Problems
{
    private readonly List<Problem> _problems = new();

    internal IReadOnlyList<Problem> All => _problems;

    internal bool HasErrors => _problems.Any(problem => problem.IsError);

    internal void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
        => _problems.Add(new Problem(descriptor, location, arguments));

    internal void Report(Problem problem) => _problems.Add(problem);
}
