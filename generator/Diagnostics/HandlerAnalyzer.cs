using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Says where a handler, or what it calls, allocates in a process that was forked, of a program that is published with the .NET runtime. (Without it <see cref="FreestandingAnalyzer"/> says that it cannot.)
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
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeTable.TcpServer) is null)
            {
                return;
            }

            ProgramSpec program = ProgramParser.Parse(start.Compilation, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions, start.CancellationToken);
            if (program.Host(FreestandingAnalyzer.CountServers(start.Compilation.Assembly.GlobalNamespace, start.CancellationToken)) == Host.NativeAot)
            {
                HandlerReach<string>.Start(
                    start,
                    (block, find, call) =>
                    {
                        new AllocationWalker(find).Visit(block);
                        new StateWalker(static (_, _) => { }, call).Visit(block);
                    },
                    (what, location, handler) => new Problem(Descriptors.AllocationAfterFork, location, what, handler.Name));
            }
        });
    }

    /// <summary>Whether requests are answered in a process that was forked: in all but an event loop that is alone.</summary>
    internal static bool IsForked(AttributeReader server)
        => (ConcurrencyKind)server.Number("Concurrency", (int)ConcurrencyKind.Fork) != ConcurrencyKind.EventLoop || server.Number("Workers", Limits.EventLoopWorkers.Default) != 1;
}
