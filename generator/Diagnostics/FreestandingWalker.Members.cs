using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Calls and other uses of members: those that are not there, and those that are reached through an interface or an object.</summary>
internal sealed partial class FreestandingWalker
{
    public override void VisitInvocation(IInvocationOperation operation)
    {
        if (operation.IsImplicit)
        {
            base.VisitInvocation(operation);
            return;
        }

        if (CheckCall(operation.TargetMethod, operation.Instance, operation.Arguments, OperationLocation.OfName(operation.Syntax)))
        {
            return;
        }

        _equality.Check(operation.TargetMethod, operation.Syntax);
        if (operation.TargetMethod is { Name: "ToString", ContainingType.SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
            && operation.Instance?.Type is not { IsValueType: true, TypeKind: not TypeKind.TypeParameter })
        {
            // Only a string has a text without the runtime, and here it is not known to be one.
            _report.Add(operation.TargetMethod.OverriddenMethod ?? operation.TargetMethod, OperationLocation.OfName(operation.Syntax));
        }
        else if (operation.TargetMethod.ContainingType.SpecialType == SpecialType.System_ValueType && operation.Instance is IInstanceReferenceOperation { Type: { SpecialType: SpecialType.System_ValueType } }
            && operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.ContainingType is { } self)
        {
            // What the base of a struct compares and hashes is an object.
            _report.Add($"Boxing '{FreestandingReport.Name(self)}'", "use a type parameter", operation.Syntax);
        }
        else if (operation.Instance?.Type is { IsValueType: true, TypeKind: not TypeKind.TypeParameter }
            && operation.TargetMethod.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum)
        {
            _report.AddBoxing(operation.Instance, operation.Syntax);
        }
    }

    public override void VisitPropertyReference(IPropertyReferenceOperation operation)
        => CheckCall(operation.Property, operation.Instance, operation.Arguments, OperationLocation.OfName(operation.Syntax));

    public override void VisitFieldReference(IFieldReferenceOperation operation)
        => CheckCall(operation.Field.CorrespondingTupleField ?? operation.Field, operation.Instance, [], OperationLocation.OfName(operation.Syntax));

    public override void VisitEventReference(IEventReferenceOperation operation)
        => CheckCall(operation.Event, operation.Instance, [], OperationLocation.OfName(operation.Syntax));

    public override void VisitMethodReference(IMethodReferenceOperation operation)
        => CheckCall(operation.Method, operation.Instance, [], OperationLocation.OfName(operation.Syntax));

    /// <summary>A call, or the use of another member.</summary>
    /// <returns>Whether the member is not there.</returns>
    private bool CheckCall(ISymbol member, IOperation? instance, IEnumerable<IArgumentOperation> arguments, Location location)
    {
        IOperation? receiver = instance ?? (member is IMethodSymbol { IsExtensionMethod: true } ? arguments.FirstOrDefault()?.Value : null);
        bool follows = receiver is not null && IsLacking(receiver);
        bool lacks = FreestandingApi.Lacks(member);
        if (lacks && !follows)
        {
            _report.Add(member, location);
        }

        if (!lacks && !follows && instance is { Type: { TypeKind: TypeKind.Interface } type } and not IInstanceReferenceOperation)
        {
            _report.AddInterfaceCall(type, location);
        }

        if (!lacks && !follows)
        {
            CheckConstraints(member, location);
        }

        Visit(instance);
        if (lacks)
        {
            VisitConsequences(arguments);
        }
        else
        {
            foreach (IArgumentOperation argument in arguments)
            {
                // A default value is a constant.
                if (argument.ArgumentKind != ArgumentKind.DefaultValue)
                {
                    Visit(argument);
                }
            }
        }

        return lacks;
    }

    /// <summary>What a class has to do with the interface of a constraint, is found by the runtime when it is called.</summary>
    private void CheckConstraints(ISymbol member, Location location)
    {
        if (ConstrainedCalls.Find(member) is var (contract, parameter, argument))
        {
            _report.Add($"A call through the interface '{FreestandingReport.Name(contract)}'", $"have a struct as '{parameter.Name}' instead of '{FreestandingReport.Name(argument)}'", location);
        }
        else if (ConstrainedCalls.FindGenericDefault(member) is var (method, type))
        {
            _report.Add($"The generic method '{FreestandingReport.Name(method.ContainingType)}.{method.Name}' with a body in the interface", $"implement it in '{FreestandingReport.Name(type)}'", location);
        }
    }

    /// <summary>Whether something is reached through a member that is not there: then that is told, and not what is done with it.</summary>
    internal static bool IsLacking(IOperation operation)
    {
        operation = ConstantData.WithoutConversions(operation);
        return operation switch
        {
            IInvocationOperation call => FreestandingApi.Lacks(call.TargetMethod)
                || (call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null)) is { } receiver && IsLacking(receiver),
            IMemberReferenceOperation member => FreestandingApi.Lacks(member.Member) || member.Instance is { } receiver && IsLacking(receiver),
            IObjectCreationOperation { Constructor: { } constructor } => FreestandingApi.Lacks(constructor),
            _ => false,
        };
    }
}
