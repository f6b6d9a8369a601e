using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Says where a handler allocates in a process that was forked, of a program that is published with the .NET runtime. (Without it <see cref="FreestandingAnalyzer"/> says that it cannot.)
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.AllocationAfterFork);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(AnalyzeBody);
    }

    private static void AnalyzeBody(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol { ContainingType: { } type } method
            || !HttpParser.IsHandler(method, context.CancellationToken)
            || AttributeReader.All(type, ServerParser.TcpServerAttribute, context.CancellationToken).FirstOrDefault() is not { } server
            || !IsForked(server))
        {
            return;
        }

        ProgramSpec program = ProgramParser.Parse(context.Compilation, context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, context.CancellationToken);
        if (program.Host(FreestandingAnalyzer.CountServers(context.Compilation.Assembly.GlobalNamespace, context.CancellationToken)) != Host.NativeAot)
        {
            return;
        }

        foreach (IOperation block in context.OperationBlocks)
        {
            new AllocationWalker((what, location) => context.ReportDiagnostic(new Problem(Descriptors.AllocationAfterFork, location, what, method.Name).ToDiagnostic())).Visit(block);
        }
    }

    /// <summary>Whether requests are answered in a process that was forked: in all but an event loop that is alone.</summary>
    internal static bool IsForked(AttributeReader server)
        => (ConcurrencyKind)server.Number("Concurrency", (int)ConcurrencyKind.Fork) != ConcurrencyKind.EventLoop || server.Number("Workers", Limits.EventLoopWorkers.Default) != 1;
}
