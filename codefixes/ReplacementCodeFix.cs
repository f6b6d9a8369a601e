using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SyscallServer.CodeFixes;

/// <summary>Writes the text that a diagnostic knows to be right: a path with its slash or without dot segments, a method in capitals.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplacementCodeFix : CodeFixProvider
{
    /// <summary>Where the analyzer puts the text; the name is the analyzer's.</summary>
    private const string ReplacementProperty = "Replacement";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SYSC030", "SYSC032", "SYSC041");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        Diagnostic diagnostic = context.Diagnostics[0];

        // Text that is put together of several parts, or has a name, is changed where it is written.
        if (!diagnostic.Properties.TryGetValue(ReplacementProperty, out string? replacement) || replacement is null
            || root?.FindNode(context.Span, getInnermostNodeForTie: true) is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            return;
        }

        LiteralExpressionSyntax right = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(replacement)).WithTriviaFrom(literal);
        context.RegisterCodeFix(
            CodeAction.Create($"Write \"{replacement}\"", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(literal, right))), nameof(ReplacementCodeFix)),
            diagnostic);
    }
}
