using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Parse;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// What happens in handlers whose process was forked, and in the methods of the project that they call. The bodies are looked at one by one; which of them handlers reach is known when all were.
/// </summary>
/// <typeparam name="T">What is looked for.</typeparam>
internal sealed class HandlerReach<T>
{
    /// <summary>Looks at a body.</summary>
    /// <param name="block">The body.</param>
    /// <param name="find">Is told what is found, and where.</param>
    /// <param name="call">Is told what is called.</param>
    internal delegate void Look(IOperation block, Action<T, Location> find, Action<IMethodSymbol> call);

    private readonly ConcurrentDictionary<IMethodSymbol, Body> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<IMethodSymbol> _handlers = new();
    private readonly Look _look;

    private HandlerReach(Look look) => _look = look;

    /// <summary>Looks at all bodies of a compilation, and reports each finding once, with the first handler by name that reaches it.</summary>
    internal static void Start(CompilationStartAnalysisContext context, Look look, Func<T, Location, IMethodSymbol, Problem> problem)
    {
        var reach = new HandlerReach<T>(look);
        context.RegisterOperationBlockAction(reach.LookAt);
        context.RegisterCompilationEndAction(end =>
        {
            var reported = new HashSet<Location>();
            foreach (IMethodSymbol handler in reach._handlers.OrderBy(handler => handler.ToDisplayString(), StringComparer.Ordinal))
            {
                foreach ((T found, Location location) in reach.Of(handler).Where(item => reported.Add(item.Location)))
                {
                    end.ReportDiagnostic(problem(found, location, handler).ToDiagnostic());
                }
            }
        });
    }

    private void LookAt(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol { MethodKind: not MethodKind.StaticConstructor } method)
        {
            return;
        }

        var body = new Body();
        foreach (IOperation block in context.OperationBlocks)
        {
            _look(block, (found, location) => body.Found.Add((found, location)), called => body.Calls.Add(Definition(called)));
        }

        _bodies[Definition(method)] = body;
        if (ServerMembers.IsHandler(method, context.CancellationToken)
            && AttributeReader.All(method.ContainingType, AttributeTable.TcpServer, context.CancellationToken).FirstOrDefault() is { } server
            && HandlerAnalyzer.IsForked(server))
        {
            _handlers.Add(Definition(method));
        }
    }

    private IEnumerable<(T Found, Location Location)> Of(IMethodSymbol handler)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { handler };
        var next = new Queue<IMethodSymbol>(seen);
        while (next.Count > 0)
        {
            if (!_bodies.TryGetValue(next.Dequeue(), out Body? body))
            {
                continue;
            }

            foreach ((T, Location) found in body.Found)
            {
                yield return found;
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

    private sealed class Body
    {
        internal List<(T Found, Location Location)> Found { get; } = new();

        internal List<IMethodSymbol> Calls { get; } = new();
    }
}
