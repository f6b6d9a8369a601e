using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Says which lines cannot be compiled for the freestanding host, which has no .NET runtime: no heap, no exceptions, and of the framework
/// only <see cref="FreestandingApi"/>. Here are declarations and the names of types; what happens in bodies is in
/// <see cref="FreestandingWalker"/>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FreestandingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.NotInFreestandingApi, Descriptors.NeedsRuntime, Descriptors.UnknownHost, Descriptors.ArrayBesideComputedValue);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            int servers = start.Compilation.GetTypeByMetadataName(AttributeTable.TcpServer) is null ? 0 : CountServers(start.Compilation.Assembly.GlobalNamespace, start.CancellationToken);
            if (servers == 0)
            {
                return;
            }

            ProgramSpec program = ProgramParser.Parse(start.Compilation, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions, start.CancellationToken);
            switch (program.Host(servers))
            {
                case null:
                    start.RegisterCompilationEndAction(end => end.ReportDiagnostic(new Problem(Descriptors.UnknownHost, Location.None, program.HostProperty).ToDiagnostic()));
                    break;
                case Host.Freestanding:
                    start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
                    start.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
                    start.RegisterSymbolAction(AnalyzeField, SymbolKind.Field);
                    start.RegisterSyntaxNodeAction(AnalyzeTypeName, SyntaxKind.IdentifierName, SyntaxKind.GenericName, SyntaxKind.PredefinedType);
                    start.RegisterSyntaxNodeAction(AnalyzeTypedReference, TypedReferences);
                    start.RegisterOperationBlockAction(AnalyzeBody);
                    start.RegisterSymbolStartAction(StaticArrayAnalysis.Start, SymbolKind.NamedType);
                    break;
            }
        });
    }

    internal static int CountServers(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        int count = container is INamedTypeSymbol type && ServerParser.IsServer(type, cancellationToken) ? 1 : 0;
        return count + container.GetMembers().OfType<INamespaceOrTypeSymbol>().Sum(member => CountServers(member, cancellationToken));
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        // A record struct has interfaces that nobody wrote; those of other types are names in the source.
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is { IsRecord: true, IsValueType: true } && type.Interfaces.FirstOrDefault(FreestandingApi.Lacks) is { } lacking)
        {
            context.ReportDiagnostic(FreestandingReport.Lacking(lacking, type.Locations[0]));
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.IsImplicitlyDeclared || method.AssociatedSymbol is not null)
        {
            return;
        }

        if (HasAttribute(method, "System.Runtime.CompilerServices.ModuleInitializerAttribute"))
        {
            Report("A module initializer", "call the method where the program starts");
        }
        else if (method.MethodKind == MethodKind.Destructor)
        {
            Report("A finalizer", "release what is held in a method that is called");
        }
        else if (method.IsAsync)
        {
            Report("An async method", "call the kernel and wait for the result");
        }
        else if ((method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0)
        {
            Report("A lock", "leave it out, as there is one thread");
        }
        else if (method.GetDllImportData() is not null || HasAttribute(method, "System.Runtime.InteropServices.LibraryImportAttribute"))
        {
            Report($"The library of '{method.Name}'", "call the kernel instead of a C library");
        }
        else if (Overridden(method) is { } overridden && FreestandingApi.Lacks(overridden))
        {
            context.ReportDiagnostic(FreestandingReport.Lacking(overridden, method.Locations[0]));
        }

        void Report(string what, string instead) => context.ReportDiagnostic(FreestandingReport.NeedsRuntime(what, instead, method.Locations[0]));
    }

    /// <summary>The method that an override goes back to.</summary>
    private static IMethodSymbol? Overridden(IMethodSymbol method)
    {
        IMethodSymbol? root = method.OverriddenMethod;
        while (root?.OverriddenMethod is { } next)
        {
            root = next;
        }

        return root;
    }

    private static void AnalyzeField(SymbolAnalysisContext context)
    {
        if (HasAttribute(context.Symbol, "System.ThreadStaticAttribute"))
        {
            context.ReportDiagnostic(FreestandingReport.NeedsRuntime(
                $"The thread-static field '{context.Symbol.Name}'", "make it an ordinary static field, as there is one thread", context.Symbol.Locations[0]));
        }
    }

    private static bool HasAttribute(ISymbol symbol, string name)
        => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static void AnalyzeBody(OperationBlockAnalysisContext context)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            if (context.OwningSymbol.IsStatic && block is ISymbolInitializerOperation initializer and not IParameterInitializerOperation && StaticArrayAnalysis.IsArray(initializer.Value))
            {
                if (StaticArrayAnalysis.RecordWithWrittenToString(initializer.Value) is { } record)
                {
                    context.ReportDiagnostic(FreestandingReport.NeedsRuntime(
                        $"An array of the record struct '{record.Name}', whose ToString the compiler writes,", RecordEquality.OwnToString, initializer.Value.Syntax.GetLocation()));
                }

                continue;
            }

            new FreestandingWalker(context.ReportDiagnostic).Visit(block);
        }
    }

    /// <summary>A type that is named in a declaration, a cast or a type argument.</summary>
    private static void AnalyzeTypeName(SyntaxNodeAnalysisContext context)
    {
        var name = (TypeSyntax)context.Node;
        if (name.IsVar || name.Parent is MemberAccessExpressionSyntax)
        {
            return;
        }

        // The whole of System.Collections.Generic.List<int>, of which this is the last part.
        TypeSyntax whole = name;
        while (whole.Parent is QualifiedNameSyntax qualified && qualified.Right == whole || whole.Parent is AliasQualifiedNameSyntax alias && alias.Name == whole)
        {
            whole = (TypeSyntax)whole.Parent;
        }

        if (whole.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberAccessExpressionSyntax or TypeOfExpressionSyntax
            || whole.Parent is ObjectCreationExpressionSyntax
            || IsToldElsewhere(whole, context.SemanticModel)
            || Lacking(name) is not { } lacking
            || name.Ancestors().TakeWhile(node => node is TypeSyntax or TypeArgumentListSyntax).OfType<GenericNameSyntax>().Any(outer => Lacking(outer) is not null))
        {
            return;
        }

        context.ReportDiagnostic(FreestandingReport.Lacking(lacking, whole.GetLocation()));

        INamedTypeSymbol? Lacking(TypeSyntax syntax)
            => context.SemanticModel.GetSymbolInfo(syntax, context.CancellationToken).Symbol is INamedTypeSymbol { TypeKind: not TypeKind.Error } type
                && type.SpecialType != SpecialType.System_Void
                && FreestandingApi.Lacks(type) ? type : null;
    }

    /// <summary>Where a type has no code of its own at run time, or what is done with it is reported.</summary>
    private static bool IsToldElsewhere(TypeSyntax type, SemanticModel model)
    {
        foreach (SyntaxNode node in type.Ancestors())
        {
            switch (node)
            {
                case AttributeSyntax or UsingDirectiveSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or CatchDeclarationSyntax or QueryExpressionSyntax:
                case VariableDeclarationSyntax variables when variables.Type.Span.Contains(type.Span) && variables.Variables.Any(variable => variable.Initializer is { Value: var value } && !model.GetConstantValue(value).HasValue):
                case PropertyDeclarationSyntax { Initializer: not null } property when property.Type.Span.Contains(type.Span):
                case ForEachStatementSyntax loop when loop.Type.Span.Contains(type.Span):
                case MethodDeclarationSyntax method when method.ReturnType.Span.Contains(type.Span) && IsAsyncOrIterator(method, method.Modifiers):
                case LocalFunctionStatementSyntax function when function.ReturnType.Span.Contains(type.Span) && IsAsyncOrIterator(function, function.Modifiers):
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } }:
                    return true;
                case StatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The keywords for references that know their type, of which there are no operations.</summary>
    private static readonly SyntaxKind[] TypedReferences = [SyntaxKind.MakeRefExpression, SyntaxKind.RefValueExpression, SyntaxKind.RefTypeExpression, SyntaxKind.ArgListExpression];

    private static void AnalyzeTypedReference(SyntaxNodeAnalysisContext context)
    {
        // What is inside of another one is told with it.
        if (context.Node.Ancestors().TakeWhile(node => node is ExpressionSyntax).Any(node => TypedReferences.Contains(node.Kind())))
        {
            return;
        }

        string instead = context.Node.IsKind(SyntaxKind.ArgListExpression) ? "pass a span" : "use a pointer, or a type parameter";
        context.ReportDiagnostic(FreestandingReport.NeedsRuntime($"'{context.Node.GetFirstToken().Text}'", instead, context.Node.GetLocation()));
    }

    private static bool IsAsyncOrIterator(SyntaxNode method, SyntaxTokenList modifiers)
        => modifiers.Any(SyntaxKind.AsyncKeyword)
            || method.DescendantNodes(node => node == method || node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(node => node is YieldStatementSyntax);
}
