using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Type arguments whose members are called by way of an interface. For each struct a generic method is compiled anew, with calls of the struct's own methods; all
/// classes share one, which has to look for theirs in the table of interfaces of each object.
/// </summary>
internal static class ConstrainedCalls
{
    /// <summary>The interface by which a generic member calls what it was given, the type parameter that asks for it, and the class in its place; null where there is none.</summary>
    internal static (ITypeSymbol Contract, ITypeParameterSymbol Parameter, ITypeSymbol Argument)? Find(ISymbol member)
    {
        foreach ((ITypeParameterSymbol parameter, ITypeSymbol argument) in Arguments(member))
        {
            // Inside of what is generic its parameters are arguments too: what stands for them is seen where it is given.
            if (argument.IsReferenceType && !SymbolEqualityComparer.Default.Equals(parameter, argument)
                && parameter.ConstraintTypes.FirstOrDefault(HasMembers) is { } contract)
            {
                return (contract, parameter, argument);
            }
        }

        return null;
    }

    /// <summary>
    /// A generic method that has a body in the interface of a constraint and none in the struct that is given: it is called with the struct as an object, and which of its versions it is, is
    /// looked up by the runtime. Null where there is none.
    /// </summary>
    internal static (IMethodSymbol Method, ITypeSymbol Argument)? FindGenericDefault(ISymbol member)
    {
        foreach ((ITypeParameterSymbol parameter, ITypeSymbol argument) in Arguments(member))
        {
            if (argument is INamedTypeSymbol { IsValueType: true }
                && Contracts(parameter, argument).SelectMany(contract => contract.GetMembers().OfType<IMethodSymbol>()).FirstOrDefault(IsLeftToInterface) is { } method)
            {
                return (method, argument);
            }

            bool IsLeftToInterface(IMethodSymbol method)
                => method is { IsStatic: false, IsGenericMethod: true, IsAbstract: false } && argument.FindImplementationForInterfaceMember(method) is not { ContainingType.TypeKind: TypeKind.Struct };
        }

        return null;
    }

    /// <summary>The interfaces of the constraints, as the argument has them.</summary>
    private static IEnumerable<INamedTypeSymbol> Contracts(ITypeParameterSymbol parameter, ITypeSymbol argument)
    {
        var asked = parameter.ConstraintTypes.OfType<INamedTypeSymbol>().SelectMany(contract => contract.AllInterfaces.Concat(new[] { contract })).Select(contract => contract.OriginalDefinition).ToList();
        return argument.AllInterfaces.Where(contract => asked.Contains(contract.OriginalDefinition, SymbolEqualityComparer.Default));
    }

    /// <summary>The type arguments of what is called; none of what calls nothing, or is of the framework, which is looked up by name.</summary>
    private static IEnumerable<(ITypeParameterSymbol Parameter, ITypeSymbol Argument)> Arguments(ISymbol member)
    {
        if (member is IFieldSymbol || FreestandingApi.IsFramework(member.ContainingAssembly))
        {
            yield break;
        }

        if (member is IMethodSymbol method)
        {
            for (int i = 0; i < method.Arity; i++)
            {
                yield return (method.TypeParameters[i], method.TypeArguments[i]);
            }
        }

        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.ContainingType)
        {
            for (int i = 0; i < type.Arity; i++)
            {
                yield return (type.TypeParameters[i], type.TypeArguments[i]);
            }
        }
    }

    /// <summary>Static members belong to the type, for which there is no search.</summary>
    private static bool HasMembers(ITypeSymbol constraint)
        => constraint.TypeKind == TypeKind.Interface
            && constraint.AllInterfaces.Concat(new[] { (INamedTypeSymbol)constraint }).Any(contract => contract.GetMembers().Any(part => part is { IsStatic: false, Kind: not SymbolKind.NamedType }));
}
