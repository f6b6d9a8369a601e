using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Finds in a body what the freestanding host cannot do. A thing is told once: not what merely follows from another thing that
/// is told, such as the boxing for a parameter of a method that is not there.
/// </summary>
internal sealed partial class FreestandingWalker : OperationWalker
{
    private readonly FreestandingReport _report;
    private readonly EqualityCheck _equality;
    private readonly DelegateCheck _delegates;

    /// <summary>The functions of which it was said that they are iterators.</summary>
    private readonly HashSet<SyntaxNode> _iterators = new();

    /// <summary>Whether what is looked at is a part of a decimal number of which it was said that there are none.</summary>
    private bool _isInDecimal;

    internal FreestandingWalker(Action<Diagnostic> report)
    {
        _report = new FreestandingReport(report);
        _equality = new EqualityCheck(_report);
        _delegates = new DelegateCheck(_report);
    }

    public override void Visit(IOperation? operation)
    {
        if (operation is not null && !_isInDecimal && IsDecimal(operation) && _report.AddIfLacking(operation.Type, operation.Syntax.GetLocation()))
        {
            _isInDecimal = true;
            Visit(operation);
            _isInDecimal = false;
            return;
        }

        // A constant is gone before the program runs; so are attributes and default values of parameters.
        if (operation is null or IAttributeOperation or IParameterInitializerOperation || operation.ConstantValue.HasValue)
        {
            return;
        }

        // A newer compiler has an operation for this, the one that the generator is built with has none.
        if (operation.Syntax is CollectionExpressionSyntax collection && operation is not IConversionOperation
            && (operation.Parent is IConversionOperation || operation.Parent?.Syntax != operation.Syntax))
        {
            CheckCollection(operation, collection);
        }

        base.Visit(operation);
    }

    /// <summary>What is passed to something that is not there: the conversions that it asks for are not told.</summary>
    private void VisitConsequences(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                VisitConsequence(argument.Value);
            }
        }
    }

    private void VisitConsequence(IOperation value)
    {
        switch (value)
        {
            case IConversionOperation { IsImplicit: true } conversion:
                VisitConsequence(conversion.Operand);
                break;
            case IDelegateCreationOperation { IsImplicit: true } creation:
                VisitConsequence(creation.Target);
                break;
            case IAnonymousFunctionOperation lambda:
                Visit(lambda.Body);
                break;
            case IMethodReferenceOperation method:
                Visit(method.Instance);
                break;
            case IArrayCreationOperation { IsImplicit: true, Initializer: { } elements }:
                foreach (IOperation element in elements.ElementValues)
                {
                    VisitConsequence(element);
                }

                break;
            default:
                Visit(value);
                break;
        }
    }

    /// <summary>A value of decimal, which the compiler makes without a call that would be seen: what is made here, and has not its type written beside it.</summary>
    private static bool IsDecimal(IOperation operation)
        => operation is { Type.SpecialType: SpecialType.System_Decimal } and (ILiteralOperation or IBinaryOperation or IUnaryOperation or IInvocationOperation or IConversionOperation { Syntax: not CastExpressionSyntax })
            && operation.Parent is not IArgumentOperation { Parameter.OriginalDefinition.Type.SpecialType: SpecialType.System_Decimal }
            && !(operation.ConstantValue.HasValue && operation.Parent is IVariableInitializerOperation or IFieldInitializerOperation
                && operation.Syntax.FirstAncestorOrSelf<VariableDeclarationSyntax>() is { Type.IsVar: false })
            && !IsLacking(operation);
}
