using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Parse;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Says where a handler, or what it calls, writes static state of which each process of the server has a copy of its own. The bodies are looked at one by one; which of them handlers reach is known when all were.
/// </summary>
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
            if (start.Compilation.GetTypeByMetadataName(ServerParser.TcpServerAttribute) is null)
            {
                return;
            }

            var bodies = new ConcurrentDictionary<IMethodSymbol, Body>(SymbolEqualityComparer.Default);
            var handlers = new ConcurrentBag<IMethodSymbol>();
            start.RegisterOperationBlockAction(block => Look(block, bodies, handlers));
            start.RegisterCompilationEndAction(end =>
            {
                var reported = new HashSet<Location>();
                foreach (IMethodSymbol handler in handlers.OrderBy(handler => handler.ToDisplayString()))
                {
                    Report(end, handler, bodies, reported);
                }
            });
        });
    }

    private static void Look(OperationBlockAnalysisContext context, ConcurrentDictionary<IMethodSymbol, Body> bodies, ConcurrentBag<IMethodSymbol> handlers)
    {
        if (context.OwningSymbol is not IMethodSymbol { MethodKind: not MethodKind.StaticConstructor } method)
        {
            return;
        }

        var body = new Body();
        var walker = new StateWalker((member, location) => body.Writes.Add((member, location)), called => body.Calls.Add(Definition(called)));
        foreach (IOperation block in context.OperationBlocks)
        {
            walker.Visit(block);
        }

        bodies[Definition(method)] = body;
        if (HttpParser.IsHandler(method, context.CancellationToken)
            && AttributeReader.All(method.ContainingType, ServerParser.TcpServerAttribute, context.CancellationToken).FirstOrDefault() is { } server
            && HandlerAnalyzer.IsForked(server))
        {
            handlers.Add(Definition(method));
        }
    }

    private static void Report(CompilationAnalysisContext context, IMethodSymbol handler, ConcurrentDictionary<IMethodSymbol, Body> bodies, HashSet<Location> reported)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { handler };
        var next = new Queue<IMethodSymbol>(seen);
        while (next.Count > 0)
        {
            if (!bodies.TryGetValue(next.Dequeue(), out Body? body))
            {
                continue;
            }

            foreach ((ISymbol member, Location location) in body.Writes.Where(write => reported.Add(write.Location)))
            {
                context.ReportDiagnostic(new Problem(Descriptors.StateOfOneProcess, location, member.Name, handler.Name).ToDiagnostic());
            }

            foreach (IMethodSymbol called in body.Calls.Where(seen.Add))
            {
                next.Enqueue(called);
            }
        }
    }

    /// <summary>The method as its body is known by: not reduced, without type arguments, and of a partial one the part with the body.</summary>
    private static IMethodSymbol Definition(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialImplementationPart ?? method;
    }

    /// <summary>What a method does, as far as it matters here.</summary>
    private sealed class Body
    {
        internal List<(ISymbol Member, Location Location)> Writes { get; } = new();

        internal List<IMethodSymbol> Calls { get; } = new();
    }
}
