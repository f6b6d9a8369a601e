using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>An attribute as the user wrote it: the values of its arguments, and where each of them stands.</summary>
internal sealed class AttributeReader
{
    private readonly AttributeData _attribute;

    private AttributeReader(AttributeData attribute, CancellationToken cancellationToken)
    {
        _attribute = attribute;
        Syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellationToken);
    }

    /// <summary>The full name of the attribute's class.</summary>
    internal string Name => _attribute.AttributeClass!.ToDisplayString();

    internal AttributeSyntax Syntax { get; }

    internal Location Location => Syntax.GetLocation();

    /// <summary>Whether every argument has a value. Of the others the compiler says what is wrong.</summary>
    internal bool Compiles
        => _attribute.AttributeConstructor is not null
            && _attribute.ConstructorArguments.Concat(_attribute.NamedArguments.Select(named => named.Value)).All(argument => argument.Kind != TypedConstantKind.Error);

    /// <summary>The attributes that stand in the source of a class or a member, in order.</summary>
    internal static IEnumerable<AttributeReader> All(ISymbol symbol, CancellationToken cancellationToken)
        => symbol.GetAttributes()
            .Where(attribute => attribute.AttributeClass is not null && attribute.ApplicationSyntaxReference is not null)
            .Select(attribute => new AttributeReader(attribute, cancellationToken));

    internal static IEnumerable<AttributeReader> All(ISymbol symbol, string name, CancellationToken cancellationToken)
        => All(symbol, cancellationToken).Where(attribute => attribute.Name == name);

    /// <summary>The value of a property that is set, or of a parameter of the constructor; null where there is none of that name.</summary>
    internal TypedConstant? Argument(string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in _attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        int parameter = ParameterIndex(name);
        return parameter >= 0 && parameter < _attribute.ConstructorArguments.Length ? _attribute.ConstructorArguments[parameter] : null;
    }

    internal bool Has(string name) => Argument(name) is not null;

    internal string? Text(string name) => Argument(name) is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    internal int Number(string name, int defaultValue) => Argument(name) is { Value: int number } ? number : defaultValue;

    /// <summary>A number that has limits, outside of which it is a problem.</summary>
    internal int Number(string name, Limit limit, Problems problems)
    {
        int number = Number(name, limit.Default);
        if (number < limit.Least || number > limit.Greatest)
        {
            problems.Report(Descriptors.OutOfRange, LocationOf(name), name, number, limit.Least, limit.Greatest, limit.Hint);
        }

        return number;
    }

    internal long LongNumber(string name, long defaultValue) => Argument(name) is { Value: long number } ? number : defaultValue;

    internal bool Flag(string name, bool defaultValue) => Argument(name) is { Value: bool flag } ? flag : defaultValue;

    internal ImmutableArray<TypedConstant> Elements(string name)
        => Argument(name) is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values : ImmutableArray<TypedConstant>.Empty;

    /// <summary>The expression of an argument; the whole attribute where it is not written.</summary>
    internal Location LocationOf(string name) => Expression(name)?.GetLocation() ?? Location;

    /// <summary>The expression of an element, where the argument is an array whose elements are written there.</summary>
    internal Location LocationOf(string name, int element)
    {
        IReadOnlyList<SyntaxNode> elements = Expression(name) switch
        {
            ArrayCreationExpressionSyntax { Initializer.Expressions: var expressions } => expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var expressions } => expressions,
            CollectionExpressionSyntax { Elements: var expressions } => expressions,
            _ => [],
        };
        return element < elements.Count ? elements[element].GetLocation() : LocationOf(name);
    }

    /// <summary>The expression of an argument of a <c>params</c> parameter, which is the constructor's only one.</summary>
    internal Location LocationOfParams(int element)
    {
        AttributeArgumentSyntax[] arguments = Syntax.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).ToArray() ?? [];
        return arguments.Length > 1 || arguments.All(argument => argument.Expression is LiteralExpressionSyntax) && arguments.Length == 1 ? arguments[element].Expression.GetLocation()
            : arguments.Length == 1 ? LocationOf(_attribute.AttributeConstructor!.Parameters[0].Name, element)
            : Location;
    }

    /// <summary>The expression of an argument of a <c>params</c> parameter that comes after others.</summary>
    internal Location LocationOfParams(string name, int element)
    {
        AttributeArgumentSyntax[] arguments = Syntax.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).ToArray() ?? [];
        int first = ParameterIndex(name);
        return arguments.Length == first + 1 && Expression(name) is not LiteralExpressionSyntax ? LocationOf(name, element)
            : first + element < arguments.Length ? arguments[first + element].Expression.GetLocation()
            : Location;
    }

    private ExpressionSyntax? Expression(string name)
    {
        if (Syntax.ArgumentList is not { Arguments: var arguments })
        {
            return null;
        }

        if (arguments.FirstOrDefault(argument => (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == name) is { } named)
        {
            return named.Expression;
        }

        int parameter = ParameterIndex(name);
        return parameter >= 0 && parameter < arguments.Count && arguments[parameter] is { NameEquals: null, NameColon: null } positional ? positional.Expression : null;
    }

    private int ParameterIndex(string name)
    {
        ImmutableArray<IParameterSymbol> parameters = _attribute.AttributeConstructor?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
