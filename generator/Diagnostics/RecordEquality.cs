using System.Linq;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// What the compiler writes into records, and EqualityComparer and tuples do, without a runtime: which types can be compared, and hashed, without an object being made of them.
/// </summary>
internal static class RecordEquality
{
    /// <summary>Whether the compiler has written a member of a record.</summary>
    internal static bool IsWritten(IMethodSymbol method)
        => method is { IsImplicitlyDeclared: true, ContainingType.IsRecord: true };

    /// <summary>The type for whose sake two values of a type cannot be compared; null where they can.</summary>
    internal static ITypeSymbol? Incomparable(ITypeSymbol type)
    {
        switch (type)
        {
            case ITypeParameterSymbol or { TypeKind: TypeKind.Enum } or IArrayTypeSymbol or { SpecialType: not (SpecialType.None or SpecialType.System_Nullable_T) }:
                return null;
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return SharedElement(tuple) ?? tuple.TupleElements.Select(element => Incomparable(element.Type)).FirstOrDefault(found => found is not null);
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return IsEquatable(nullable.TypeArguments[0]) ? Incomparable(nullable.TypeArguments[0]) : nullable;
            case { IsReferenceType: true }:
                // Object.Equals is called, which a class may not have overridden.
                return IsEquatable(type) ? type : null;
            case INamedTypeSymbol { IsRecord: true } record when HasWrittenEquals(record):
                return Fields(record, field => SharedRecord(field) ?? Incomparable(field));
            default:
                return IsEquatable(type) || FreestandingApi.Lacks(type) ? null : type;
        }
    }

    /// <summary>The type for whose sake a value of a type has no hash; null where it has one.</summary>
    internal static ITypeSymbol? Unhashable(ITypeSymbol type)
    {
        switch (type)
        {
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return SharedElement(tuple) ?? tuple.TupleElements.Select(element => Unhashable(element.Type)).FirstOrDefault(found => found is not null);
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return Unhashable(nullable.TypeArguments[0]);
            case not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None }:
                return null;
            case INamedTypeSymbol { IsRecord: true } record when record.GetMembers("GetHashCode").OfType<IMethodSymbol>().Any(IsWritten):
                return Fields(record, field => SharedRecord(field) ?? Unhashable(field));
            default:
                return type.GetMembers("GetHashCode").OfType<IMethodSymbol>().Any(method => method.IsOverride) || FreestandingApi.Lacks(type) ? null : type;
        }
    }

    /// <summary>
    /// An element of a tuple that is a generic struct over a reference, as another tuple may be. The AOT compiler has one code for all tuples with such an element, in which it does not know whether that can be
    /// compared.
    /// </summary>
    private static ITypeSymbol? SharedElement(INamedTypeSymbol tuple)
        => tuple.TupleElements.Select(element => element.Type).FirstOrDefault(IsShared);

    /// <summary>The type itself, where it is a generic record struct over a reference: the code for all of them calls by way of their description, which has the ToString that the compiler has written, and that needs a heap.</summary>
    internal static ITypeSymbol? SharedRecord(ITypeSymbol type)
        => type is INamedTypeSymbol { IsRecord: true } record && IsShared(record) && HasWrittenToString(record) ? type : null;

    private static bool IsShared(ITypeSymbol type)
        => type is INamedTypeSymbol { IsValueType: true, TypeArguments.Length: > 0 } generic && generic.TypeArguments.Any(argument => argument.IsReferenceType || IsShared(argument));

    /// <summary>What to write in a record whose own ToString is in the way.</summary>
    internal const string OwnToString = "write ToString there, public override readonly string ToString() => \"\"";

    /// <summary>Whether the ToString of a record is the compiler's.</summary>
    internal static bool HasWrittenToString(INamedTypeSymbol record) => record.GetMembers("ToString").OfType<IMethodSymbol>().Any(IsWritten);

    /// <summary>Whether the Equals that takes the type itself is the compiler's: == is so always, and calls it.</summary>
    internal static bool HasWrittenEquals(INamedTypeSymbol record)
        => record.GetMembers("Equals").OfType<IMethodSymbol>().Any(method => IsWritten(method) && IsOfSelf(method));

    /// <summary>
    /// Whether an Equals of a record class comes to one that somebody wrote. The one that takes an object tests for the class first, which is a comparison only where
    /// no other class derives from it.
    /// </summary>
    internal static bool IsOwnEquals(IMethodSymbol method)
        => method is { ContainingType: { IsRecord: true, IsReferenceType: true, IsSealed: true } type } && !HasWrittenEquals(type);

    private static bool IsOfSelf(IMethodSymbol method)
        => method.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, method.ContainingType);

    private static ITypeSymbol? Fields(INamedTypeSymbol record, System.Func<ITypeSymbol, ITypeSymbol?> check)
        => record.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).Select(field => check(field.Type)).FirstOrDefault(found => found is not null);

    private static bool IsEquatable(ITypeSymbol type)
        => type.AllInterfaces.Any(candidate => candidate is { Name: "IEquatable", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));
}
