using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Finds in a body what asks the garbage collector for memory, as far as the line itself says so. What is thrown is left out: an exception ends the request anyway.
/// </summary>
internal sealed class AllocationWalker : OperationWalker
{
    private readonly Action<string, Location> _report;

    /// <param name="report">What allocates, and where.</param>
    internal AllocationWalker(Action<string, Location> report) => _report = report;

    public override void Visit(IOperation? operation)
    {
        if (operation is null or IAttributeOperation or IParameterInitializerOperation or IThrowOperation || operation.ConstantValue.HasValue)
        {
            return;
        }

        if (operation.Syntax is CollectionExpressionSyntax && operation is not IConversionOperation
            && (operation.Parent is IConversionOperation || operation.Parent?.Syntax != operation.Syntax)
            && ConstantData.CollectionType(operation) is { } type && !IsSpan(type))
        {
            Report("A collection", operation);
            return;
        }

        base.Visit(operation);
    }

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Type is { IsReferenceType: true } type)
        {
            Report($"A new '{type.Name}'", operation);
        }

        base.VisitObjectCreation(operation);
    }

    public override void VisitAnonymousObjectCreation(IAnonymousObjectCreationOperation operation) => Report("An anonymous object", operation);

    public override void VisitWith(IWithOperation operation)
    {
        if (operation.Type is { IsReferenceType: true } type)
        {
            Report($"A new '{type.Name}'", operation);
        }

        base.VisitWith(operation);
    }

    public override void VisitArrayCreation(IArrayCreationOperation operation)
    {
        // Of constants that become a ReadOnlySpan no array is made.
        if (!ConstantData.IsDataOfSpan(operation) || !IsMadeSpan(operation))
        {
            Report("An array", operation);
        }
    }

    public override void VisitConversion(IConversionOperation operation)
    {
        if (operation.OperatorMethod is null && operation.GetConversion().IsBoxing)
        {
            Report("Boxing", operation.IsImplicit ? operation.Operand : operation);
        }

        base.VisitConversion(operation);
    }

    public override void VisitDelegateCreation(IDelegateCreationOperation operation) => Report(operation.Target is IAnonymousFunctionOperation ? "A lambda" : "A delegate", operation);

    public override void VisitTranslatedQuery(ITranslatedQueryOperation operation) => Report("A query", operation);

    public override void VisitInterpolatedString(IInterpolatedStringOperation operation)
    {
        if (operation.Type?.SpecialType == SpecialType.System_String)
        {
            Report("A string that is put together", operation);
            return;
        }

        base.VisitInterpolatedString(operation);
    }

    public override void VisitBinaryOperator(IBinaryOperation operation)
    {
        if (operation is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String })
        {
            Report("A string that is put together", operation);
            return;
        }

        base.VisitBinaryOperator(operation);
    }

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        if (operation.Type?.SpecialType == SpecialType.System_String)
        {
            Report("A string that is put together", operation);
            return;
        }

        base.VisitCompoundAssignment(operation);
    }

    public override void VisitInvocation(IInvocationOperation operation)
    {
        // What the user's own code returns may have been there before.
        if (operation.TargetMethod is { ReturnType: { SpecialType: SpecialType.System_String } or IArrayTypeSymbol } method && method.DeclaringSyntaxReferences.IsEmpty)
        {
            Report($"What '{method.Name}' returns", operation);
            return;
        }

        base.VisitInvocation(operation);
    }

    private static bool IsMadeSpan(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation conversion && !IsSpan(conversion.Type))
        {
            parent = parent.Parent;
        }

        return IsSpan(parent?.Type);
    }

    private static bool IsSpan(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: "System" };

    private void Report(string what, IOperation operation) => _report(what, operation.Syntax.GetLocation());
}
