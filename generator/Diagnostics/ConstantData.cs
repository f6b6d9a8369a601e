using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Values that the compilers lay out in the program, so that nothing is made when it runs.</summary>
internal static class ConstantData
{
    /// <summary>Whether the compilers make data of a static's initial value.</summary>
    internal static bool IsData(IOperation value)
    {
        value = WithoutConversions(value);
        return value.ConstantValue.HasValue
            || value is IDefaultValueOperation or IObjectCreationOperation { Constructor.IsImplicitlyDeclared: true, Arguments.Length: 0, Initializer: null };
    }

    /// <summary>An array of constants that becomes a ReadOnlySpan is data of the program; no array is made.</summary>
    internal static bool IsDataOfSpan(IOperation value)
        => WithoutConversions(value) is IArrayCreationOperation { Type: IArrayTypeSymbol { Rank: 1, ElementType: var element } } array && IsPrimitive(element)
            && (array.Initializer is { } initializer
                ? initializer.ElementValues.All(item => item.ConstantValue.HasValue)
                : array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: 0 });

    internal static bool IsPrimitive(ITypeSymbol type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type).SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => true,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64
            or SpecialType.System_UInt64 or SpecialType.System_Char or SpecialType.System_Single or SpecialType.System_Double => FreestandingApi.Has(FreestandingApi.CreateSpan),
        _ => false,
    };

    internal static bool IsReadOnlySpan(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: "System" };

    internal static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>What a collection expression becomes. Under a cast it has no type that it is converted to: the cast has.</summary>
    internal static ITypeSymbol? CollectionType(IOperation collection)
        => collection.SemanticModel?.GetTypeInfo(collection.Syntax).ConvertedType ?? collection.Type ?? (collection.Parent as IConversionOperation)?.Type;
}
