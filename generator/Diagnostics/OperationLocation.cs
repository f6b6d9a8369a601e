using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>What of an operation a message points at.</summary>
internal static class OperationLocation
{
    /// <summary>The name in a call: <c>Console.WriteLine</c> where it is static, <c>Add</c> where a long expression may stand before it.</summary>
    internal static Location OfName(SyntaxNode syntax)
    {
        while (true)
        {
            switch (syntax)
            {
                case InvocationExpressionSyntax call:
                    syntax = call.Expression;
                    break;
                case MemberAccessExpressionSyntax { Expression: not (SimpleNameSyntax or PredefinedTypeSyntax or MemberAccessExpressionSyntax) } access:
                    syntax = access.Name;
                    break;
                case MemberBindingExpressionSyntax binding:
                    syntax = binding.Name;
                    break;
                default:
                    return syntax.GetLocation();
            }
        }
    }

    /// <summary>The arguments that are made into an array; where there are none, the call.</summary>
    internal static Location OfParams(IArrayCreationOperation array)
        => array.Initializer is { ElementValues: { Length: > 0 } elements }
            ? Between(array.Syntax, elements[0].Syntax.SpanStart, elements[elements.Length - 1].Syntax.Span.End)
            : OfName(array.Syntax);

    internal static Location Between(SyntaxNode node, int start, int end) => Location.Create(node.SyntaxTree, TextSpan.FromBounds(start, end));
}
