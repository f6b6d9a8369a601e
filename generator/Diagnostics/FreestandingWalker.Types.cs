using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Conversions, tests and patterns, by which the runtime would be asked for the type of an object; and the types of ranges and tuples.</summary>
internal sealed partial class FreestandingWalker
{
    public override void VisitConversion(IConversionOperation operation)
    {
        if (ConstantData.IsReadOnlySpan(operation.Type) && ConstantData.IsDataOfSpan(operation.Operand))
        {
            return;
        }

        Conversion conversion = operation.GetConversion();
        SyntaxNode syntax = operation.IsImplicit ? operation.Operand.Syntax : operation.Syntax;
        if (operation.OperatorMethod is { } method)
        {
            if (FreestandingApi.Lacks(method) && !IsLacking(operation.Operand))
            {
                _report.Add(method, syntax.GetLocation());
            }
        }
        else if (conversion.IsBoxing)
        {
            _report.AddBoxing(operation.Operand, syntax);
        }
        else if (conversion.IsUnboxing || conversion is { IsReference: true, IsExplicit: true })
        {
            _report.Add($"The cast to '{FreestandingReport.Name(operation.Type!)}'", "use a type parameter", syntax);
        }
        else if (operation.Operand.Type is { SpecialType: SpecialType.System_String } && ConstantData.IsReadOnlySpan(operation.Type) && !FreestandingApi.Has(FreestandingApi.StringAsSpan))
        {
            _report.Add(new Problem(Descriptors.NotInFreestandingApi, syntax.GetLocation(), "MemoryExtensions.AsSpan"));
        }

        base.VisitConversion(operation);
    }

    public override void VisitIsType(IIsTypeOperation operation)
    {
        CheckTest(operation.ValueOperand.Type, operation.TypeOperand, operation.Syntax);
        base.VisitIsType(operation);
    }

    public override void VisitTypePattern(ITypePatternOperation operation)
    {
        CheckTest(operation.InputType, operation.MatchedType, operation.Syntax);
        base.VisitTypePattern(operation);
    }

    public override void VisitDeclarationPattern(IDeclarationPatternOperation operation)
    {
        CheckTest(operation.InputType, operation.MatchedType, operation.Syntax);
        base.VisitDeclarationPattern(operation);
    }

    public override void VisitRecursivePattern(IRecursivePatternOperation operation)
    {
        // Of what is not known to have parts, they are asked for by an interface.
        if (operation.DeconstructSymbol is not { Name: "ITuple" } parts || !_report.AddIfLacking(parts, operation.Syntax.GetLocation()))
        {
            CheckTest(operation.InputType, operation.MatchedType, operation.Syntax);
        }

        base.VisitRecursivePattern(operation);
    }

    /// <summary>A test for a type. One for a type that no other derives from is a comparison; one for others asks the runtime.</summary>
    private void CheckTest(ITypeSymbol? input, ITypeSymbol? type, SyntaxNode syntax)
    {
        if (input is null or { IsValueType: true } || type is null or { IsValueType: true } or { IsSealed: true, TypeKind: TypeKind.Class } || IsOrDerivesFrom(input, type) || FreestandingApi.Lacks(type))
        {
            return;
        }

        _report.Add($"The test for '{FreestandingReport.Name(type)}'", "use a type parameter", syntax);

        static bool IsOrDerivesFrom(ITypeSymbol input, ITypeSymbol type)
        {
            for (ITypeSymbol? candidate = input; candidate is not null; candidate = candidate.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(candidate, type))
                {
                    return true;
                }
            }

            return type.SpecialType == SpecialType.System_Object || input.AllInterfaces.Contains(type, SymbolEqualityComparer.Default);
        }
    }

    public override void VisitListPattern(IListPatternOperation operation)
    {
        if (!_report.AddIfLacking(operation.LengthSymbol, operation.Syntax.GetLocation()))
        {
            _report.AddIfLacking(operation.IndexerSymbol, operation.Syntax.GetLocation());
        }

        base.VisitListPattern(operation);
    }

    public override void VisitSlicePattern(ISlicePatternOperation operation)
    {
        if (operation is { SliceSymbol: null, InputType: IArrayTypeSymbol, Pattern: not (null or IDiscardPatternOperation) })
        {
            _report.Add("Allocating a part of an array", "slice a span", operation.Syntax);
        }

        _report.AddIfLacking(operation.SliceSymbol, operation.Syntax.GetLocation());
        base.VisitSlicePattern(operation);
    }

    public override void VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation operation)
    {
        if (!_report.AddIfLacking(operation.LengthSymbol, operation.Syntax.GetLocation()))
        {
            _report.AddIfLacking(operation.IndexerSymbol, operation.Syntax.GetLocation());
        }

        Visit(operation.Instance);

        // Neither a Range nor an Index is made of the bounds.
        if (operation.Argument is IRangeOperation range)
        {
            Visit(WithoutHat(range.LeftOperand));
            Visit(WithoutHat(range.RightOperand));
        }
        else
        {
            Visit(WithoutHat(operation.Argument));
        }

        static IOperation? WithoutHat(IOperation? bound)
        {
            while (bound is IConversionOperation conversion)
            {
                bound = conversion.Operand;
            }

            return bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? hat.Operand : bound;
        }
    }

    public override void VisitRangeOperation(IRangeOperation operation)
    {
        _report.AddIfLacking(operation.Type, operation.Syntax.GetLocation());
        base.VisitRangeOperation(operation);
    }

    public override void VisitTuple(ITupleOperation operation)
    {
        // A deconstruction takes its tuples apart when it is compiled.
        if (operation.Parent is not (IDeconstructionAssignmentOperation or ITupleOperation or IConversionOperation { Parent: IDeconstructionAssignmentOperation } or ITupleBinaryOperation))
        {
            _report.AddIfLacking(operation.Type, operation.Syntax.GetLocation());
        }

        base.VisitTuple(operation);
    }

    public override void VisitTypeOf(ITypeOfOperation operation) => _report.Add("A type as an object", "use a type parameter", operation.Syntax);
}
