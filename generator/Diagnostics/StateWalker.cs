using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Finds in a body which static state it writes, and what it calls.</summary>
internal sealed class StateWalker : OperationWalker
{
    private readonly Action<ISymbol, Location> _write;
    private readonly Action<IMethodSymbol> _call;

    /// <param name="write">A static member that is written, or through which something is, and where.</param>
    /// <param name="call">A method that is called, or of which a delegate or a function pointer is made.</param>
    internal StateWalker(Action<ISymbol, Location> write, Action<IMethodSymbol> call)
    {
        _write = write;
        _call = call;
    }

    public override void VisitSimpleAssignment(ISimpleAssignmentOperation operation)
    {
        // A local variable that refers to it may be written anywhere.
        Written(operation.IsRef ? operation.Value : operation.Target);
        base.VisitSimpleAssignment(operation);
    }

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        Written(operation.Target);
        base.VisitCompoundAssignment(operation);
    }

    public override void VisitCoalesceAssignment(ICoalesceAssignmentOperation operation)
    {
        Written(operation.Target);
        base.VisitCoalesceAssignment(operation);
    }

    public override void VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation)
    {
        Written(operation.Target);
        base.VisitIncrementOrDecrement(operation);
    }

    public override void VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation)
    {
        WrittenEach(operation.Target);
        base.VisitDeconstructionAssignment(operation);
    }

    public override void VisitEventAssignment(IEventAssignmentOperation operation)
    {
        Written(operation.EventReference);
        if (operation.EventReference is IEventReferenceOperation { Event: { } member } && (operation.Adds ? member.AddMethod : member.RemoveMethod) is { } accessor)
        {
            _call(accessor);
        }

        base.VisitEventAssignment(operation);
    }

    public override void VisitArgument(IArgumentOperation operation)
    {
        if (operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
        {
            Written(operation.Value);
        }

        base.VisitArgument(operation);
    }

    public override void VisitAddressOf(IAddressOfOperation operation)
    {
        Written(operation.Reference);
        base.VisitAddressOf(operation);
    }

    public override void VisitVariableDeclarator(IVariableDeclaratorOperation operation)
    {
        if (operation is { Symbol.RefKind: RefKind.Ref, Initializer.Value: { } value })
        {
            Written(value);
        }

        base.VisitVariableDeclarator(operation);
    }

    public override void VisitInvocation(IInvocationOperation operation)
    {
        _call(operation.TargetMethod);
        base.VisitInvocation(operation);
    }

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Constructor is { } constructor)
        {
            _call(constructor);
        }

        base.VisitObjectCreation(operation);
    }

    public override void VisitMethodReference(IMethodReferenceOperation operation)
    {
        _call(operation.Method);
        base.VisitMethodReference(operation);
    }

    public override void VisitPropertyReference(IPropertyReferenceOperation operation)
    {
        bool isAssigned = operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation;
        bool isChanged = operation.Parent is ICompoundAssignmentOperation compound && compound.Target == operation
            || operation.Parent is IIncrementOrDecrementOperation or ICoalesceAssignmentOperation or ITupleOperation;
        if (!isAssigned && operation.Property.GetMethod is { } getter)
        {
            _call(getter);
        }

        if ((isAssigned || isChanged) && operation.Property.SetMethod is { } setter)
        {
            _call(setter);
        }

        base.VisitPropertyReference(operation);
    }

    private void WrittenEach(IOperation target)
    {
        if (target is ITupleOperation tuple)
        {
            foreach (IOperation element in tuple.Elements)
            {
                WrittenEach(element);
            }
        }
        else
        {
            Written(target);
        }
    }

    private void Written(IOperation target)
    {
        if (Root(target) is { } member)
        {
            _write(member, target.Syntax.GetLocation());
        }
    }

    /// <summary>The static member that a place belongs to: the field itself, or what an element, a field or a span of it is reached by.</summary>
    private static ISymbol? Root(IOperation? place) => place switch
    {
        IFieldReferenceOperation { Field.IsStatic: true } field => IsOfThread(field.Field) ? null : field.Field,
        IFieldReferenceOperation field => Root(field.Instance),
        IEventReferenceOperation { Event.IsStatic: true } member => member.Event,
        IPropertyReferenceOperation { Property.IsStatic: true } property => IsAuto(property.Property) ? property.Property : null,
        IPropertyReferenceOperation property => Root(property.Instance),
        IArrayElementReferenceOperation element => Root(element.ArrayReference),
        IConversionOperation conversion => Root(conversion.Operand),
        IInvocationOperation { Type: { } type } call when IsSpan(type) => Root(call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
        _ => null,
    };

    private static bool IsOfThread(IFieldSymbol field) => field.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.ThreadStaticAttribute");

    /// <summary>Whether the compiler makes a field for it. What another does in its accessors is seen there.</summary>
    private static bool IsAuto(IPropertySymbol property)
        => property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsSpan(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Span", Arity: 1, ContainingNamespace.Name: "System" };
}
