using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SyscallServer.Generator.Parse;

/// <summary>The constant value of a member with <c>[Route]</c>.</summary>
internal static class RouteMember
{
    /// <summary>Reads the value of a constant or a property.</summary>
    /// <returns>Null where it is no constant.</returns>
    internal static Content? Read(ISymbol member, Compilation compilation, CancellationToken cancellationToken)
    {
        SyntaxNode syntax = member.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        switch (member)
        {
            case IFieldSymbol { IsConst: true, Type.SpecialType: SpecialType.System_String } field:
                Location location = syntax is VariableDeclaratorSyntax { Initializer.Value: { } initializer } ? initializer.GetLocation() : member.Locations[0];
                return field.HasConstantValue ? new Content(field.ConstantValue as string, bytes: null, location) : new Content("", bytes: null, location) { Compiles = false };
            case IPropertySymbol { IsStatic: true, SetMethod: null } property when IsBytes(property.Type) && Value(syntax) is { } value:
                return OfExpression(value, compilation.GetSemanticModel(syntax.SyntaxTree), cancellationToken);
            default:
                return null;
        }
    }

    private static bool IsBytes(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "ReadOnlySpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } span
            && span.TypeArguments.Length == 1 && span.TypeArguments[0].SpecialType == SpecialType.System_Byte;

    /// <summary><c>=> value</c>, <c>{ get => value; }</c> or <c>{ get { return value; } }</c>.</summary>
    private static ExpressionSyntax? Value(SyntaxNode property)
    {
        if (property is not PropertyDeclarationSyntax declaration)
        {
            return null;
        }

        if (declaration.ExpressionBody is { } body)
        {
            return body.Expression;
        }

        AccessorDeclarationSyntax? getter = declaration.AccessorList?.Accessors.FirstOrDefault();
        return getter?.ExpressionBody?.Expression ?? (getter?.Body is { Statements.Count: 1 } block ? (block.Statements[0] as ReturnStatementSyntax)?.Expression : null);
    }

    private static Content? OfExpression(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Text(expression) is { } text)
        {
            return new Content(text, bytes: null, expression.GetLocation());
        }

        IEnumerable<ExpressionSyntax?>? elements = WithoutParentheses(expression) switch
        {
            CollectionExpressionSyntax collection => collection.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
            _ => null,
        };
        if (elements is null)
        {
            return null;
        }

        var bytes = new List<byte>();
        foreach (ExpressionSyntax? element in elements)
        {
            if (element is null || Byte(model.GetConstantValue(element, cancellationToken)) is not { } value)
            {
                return null;
            }

            bytes.Add(value);
        }

        return new Content(text: null, bytes.ToArray(), expression.GetLocation());
    }

    /// <summary>A literal of UTF-8, or several with <c>+</c> between them.</summary>
    private static string? Text(ExpressionSyntax expression)
    {
        // A long chain leans to the left, so it is walked down there and not recursed into.
        var parts = new Stack<string>();
        expression = WithoutParentheses(expression);
        while (expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            if (Text(sum.Right) is not { } right)
            {
                return null;
            }

            parts.Push(right);
            expression = WithoutParentheses(sum.Left);
        }

        if (!expression.IsKind(SyntaxKind.Utf8StringLiteralExpression))
        {
            return null;
        }

        parts.Push(((LiteralExpressionSyntax)expression).Token.ValueText);
        return string.Concat(parts);
    }

    private static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    /// <summary>An element as the byte that the compiler makes of it.</summary>
    private static byte? Byte(Optional<object?> constant) => constant.Value switch
    {
        byte value => value,
        int value and >= 0 and <= 255 => (byte)value,
        sbyte value and >= 0 => (byte)value,
        short value and >= 0 and <= 255 => (byte)value,
        ushort value and <= 255 => (byte)value,
        uint value and <= 255 => (byte)value,
        long value and >= 0 and <= 255 => (byte)value,
        ulong value and <= 255 => (byte)value,
        char value and <= (char)255 => (byte)value,
        _ => null,
    };
}
