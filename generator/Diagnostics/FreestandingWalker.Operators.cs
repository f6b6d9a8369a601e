using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Operators, and what is decided about their operands at run time.</summary>
internal sealed partial class FreestandingWalker
{
    public override void VisitBinaryOperator(IBinaryOperation operation)
    {
        if (IsConcatenation(operation))
        {
            _report.Add("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
            VisitParts(operation);
            return;
        }

        CheckOperator(operation, operation.OperatorMethod);
        _delegates.Check(operation);
        if (operation.OperatorMethod is { ContainingType: { Name: "Type", ContainingNamespace.Name: "System" } })
        {
            // typeof(T) == typeof(int) is decided when a generic method is compiled, where there is the operator.
            return;
        }

        base.VisitBinaryOperator(operation);

        void VisitParts(IOperation part)
        {
            part = ConstantData.WithoutConversions(part);
            if (part is IBinaryOperation binary && IsConcatenation(binary))
            {
                VisitParts(binary.LeftOperand);
                VisitParts(binary.RightOperand);
                return;
            }

            Visit(part);
        }
    }

    private static bool IsConcatenation(IBinaryOperation operation)
        => operation is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false };

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        if (operation.Type is { SpecialType: SpecialType.System_String })
        {
            _report.Add("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
            Visit(operation.Target);
            VisitConsequence(operation.Value);
            return;
        }

        CheckOperator(operation, operation.OperatorMethod);
        if (operation.Type is { TypeKind: TypeKind.Delegate } && operation.OperatorMethod is null)
        {
            _delegates.CheckMember(operation, operation.OperatorKind == BinaryOperatorKind.Add ? "Combine" : "Remove", operation.Value);
        }

        base.VisitCompoundAssignment(operation);
    }

    public override void VisitEventAssignment(IEventAssignmentOperation operation)
    {
        // What the compiler writes for an event that is declared like a field.
        if (operation.EventReference is IEventReferenceOperation { Event: { IsAbstract: false, AddMethod.IsImplicitlyDeclared: true, Type.TypeKind: TypeKind.Delegate } })
        {
            _delegates.CheckMember(operation, operation.Adds ? "Combine" : "Remove", operation.HandlerValue);
        }

        base.VisitEventAssignment(operation);
    }

    public override void VisitUnaryOperator(IUnaryOperation operation)
    {
        CheckOperator(operation, operation.OperatorMethod);
        base.VisitUnaryOperator(operation);
    }

    public override void VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation)
    {
        CheckOperator(operation, operation.OperatorMethod);
        base.VisitIncrementOrDecrement(operation);
    }

    private void CheckOperator(IOperation operation, IMethodSymbol? method)
    {
        if (operation.Type is IDynamicTypeSymbol)
        {
            _report.AddDynamic(operation);
        }
        else if (method is not null)
        {
            if (!_report.AddIfLacking(method, operation.Syntax.GetLocation()))
            {
                _equality.Check(method, operation.Syntax);
            }
        }
        else if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat })
        {
            _report.AddIfLacking(operation.Type, operation.Syntax.GetLocation());
        }
    }

    public override void VisitDynamicInvocation(IDynamicInvocationOperation operation) => _report.AddDynamic(operation);

    public override void VisitDynamicMemberReference(IDynamicMemberReferenceOperation operation) => _report.AddDynamic(operation);

    public override void VisitDynamicObjectCreation(IDynamicObjectCreationOperation operation) => _report.AddDynamic(operation);

    public override void VisitDynamicIndexerAccess(IDynamicIndexerAccessOperation operation) => _report.AddDynamic(operation);
}
