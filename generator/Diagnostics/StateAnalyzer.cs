using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Parse;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Says where a handler, or what it calls, writes static state of which each process of the server has a copy of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.StateOfOneProcess);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeTable.TcpServer) is not null)
            {
                HandlerReach<ISymbol>.Start(
                    start,
                    (block, find, call) => new StateWalker(find, call).Visit(block),
                    (member, location, handler) => new Problem(Descriptors.StateOfOneProcess, location, member.Name, handler.Name));
            }
        });
    }
}
