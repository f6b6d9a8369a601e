using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SyscallServer.CodeFixes;

/// <summary>Removes a header that the server writes by itself, or that is given twice; with the last one, the whole argument.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveHeaderCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SYSC046", "SYSC047");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? header = root?.FindNode(context.Span, getInnermostNodeForTie: true);
        SyntaxNode? element = header?.Parent is ExpressionElementSyntax ofCollection ? ofCollection : header;
        int count = element?.Parent switch
        {
            CollectionExpressionSyntax list => list.Elements.Count,
            InitializerExpressionSyntax list => list.Expressions.Count,
            _ => 0, // The squiggle is under the name of an array whose elements are written elsewhere.
        };
        if ((count > 1 ? element : element?.FirstAncestorOrSelf<AttributeArgumentSyntax>()) is { } removed && count > 0)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Remove the header",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia)!)),
                    nameof(RemoveHeaderCodeFix)),
                context.Diagnostics);
        }
    }
}
