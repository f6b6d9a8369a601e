using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Arrays as the initial values of static fields. The AOT compiler lays them out in the program where it can compute all initial values of their type; what it
/// cannot compute, runs when the type is first used, and there an array would need a heap. Its rules are its own (what it finds impossible does not
/// link): here is the part of them that can be said in a sentence.
/// </summary>
internal sealed class StaticArrayAnalysis
{
    /// <summary>TypePreinit.MaximumInterpretedArraySize of the AOT compiler, in elements.</summary>
    private const int MaxLength = 8192;

    private readonly INamedTypeSymbol _type;
    private readonly ConcurrentBag<(string Name, Location Location)> _arrays = new();
    private readonly ConcurrentBag<string> _computed = new();

    private StaticArrayAnalysis(INamedTypeSymbol type)
    {
        _type = type;
        if (type.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared))
        {
            _computed.Add($"the static constructor of '{type.Name}' runs");
        }
    }

    /// <summary>Looks at a type from its first member to its last.</summary>
    internal static void Start(SymbolStartAnalysisContext context)
    {
        var analysis = new StaticArrayAnalysis((INamedTypeSymbol)context.Symbol);
        context.RegisterOperationBlockAction(analysis.AnalyzeBlocks);
        context.RegisterSymbolEndAction(analysis.Report);
    }

    /// <summary>Whether an initial value is an array that the compiler lays out, as far as that is a matter of the array.</summary>
    internal static bool IsArray(IOperation initializer)
    {
        IOperation value = ConstantData.WithoutConversions(initializer);
        if (value is IArrayCreationOperation array)
        {
            return IsElement(((IArrayTypeSymbol)array.Type!).ElementType)
                && array.DimensionSizes.Length == 1 && array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: int and >= 0 and <= MaxLength }
                && (array.Initializer is null || array.Initializer.ElementValues.All(IsValue));
        }

        return value.Syntax is CollectionExpressionSyntax collection
            && ConstantData.CollectionType(value) is IArrayTypeSymbol { Rank: 1, ElementType: var element } && IsElement(element)
            && collection.Elements.Count is > 0 and <= MaxLength // an empty one is a call of Array.Empty
            && collection.Elements.All(item => item is ExpressionElementSyntax { Expression: var expression } && initializer.SemanticModel!.GetConstantValue(expression).HasValue);
    }

    /// <summary>
    /// The record struct that such an array is of, where the compiler has written its ToString: the description of the type, which the array has, has all of its virtual methods, and this one needs a heap.
    /// </summary>
    internal static INamedTypeSymbol? RecordWithWrittenToString(IOperation initializer)
    {
        ITypeSymbol? type = ConstantData.WithoutConversions(initializer) is IArrayCreationOperation array ? array.Type : initializer.SemanticModel?.GetTypeInfo(initializer.Syntax).ConvertedType;
        return type is IArrayTypeSymbol { ElementType: INamedTypeSymbol { IsRecord: true } record } && RecordEquality.HasWrittenToString(record) ? record : null;
    }

    private static bool IsElement(ITypeSymbol element) => element.IsUnmanagedType && element is not IPointerTypeSymbol and not IFunctionPointerTypeSymbol;

    /// <summary>A constant, or a struct of constants.</summary>
    private static bool IsValue(IOperation value)
    {
        value = ConstantData.WithoutConversions(value);
        return ConstantData.IsData(value)
            || (value is IObjectCreationOperation { Type.IsUnmanagedType: true } creation && creation.Arguments.All(argument => IsValue(argument.Value))
                && (creation.Initializer is null || creation.Initializer.Initializers.All(item => item is ISimpleAssignmentOperation assignment && IsValue(assignment.Value))));
    }

    private void AnalyzeBlocks(OperationBlockAnalysisContext context)
    {
        ISymbol member = context.OwningSymbol;
        if (!member.IsStatic || !SymbolEqualityComparer.Default.Equals(member.ContainingType, _type))
        {
            return;
        }

        foreach (ISymbolInitializerOperation initializer in context.OperationBlocks.OfType<ISymbolInitializerOperation>())
        {
            if (IsArray(initializer.Value))
            {
                _arrays.Add((member.Name, initializer.Value.Syntax.GetLocation()));
            }
            else if (!IsValue(initializer.Value) || initializer.Value.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol)
            {
                _computed.Add($"the initial value of '{member.Name}' is computed");
            }
        }
    }

    private void Report(SymbolAnalysisContext context)
    {
        if (_computed.OrderBy(name => name, System.StringComparer.Ordinal).FirstOrDefault() is not { } computed)
        {
            return;
        }

        foreach ((string name, Location location) in _arrays)
        {
            context.ReportDiagnostic(new Problem(Descriptors.ArrayBesideComputedValue, location, name, computed).ToDiagnostic());
        }
    }
}
