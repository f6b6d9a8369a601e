using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>What makes an object, for which there is no heap.</summary>
internal sealed partial class FreestandingWalker
{
    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Constructor is { } constructor && FreestandingApi.Lacks(constructor))
        {
            _report.Add(FreestandingApi.Lacks(constructor.ContainingType) ? constructor.ContainingType : constructor,
                operation.Syntax is ObjectCreationExpressionSyntax creation ? creation.Type.GetLocation() : operation.Syntax.GetLocation());
            VisitConsequences(operation.Arguments);
            return;
        }

        if (operation.Type is { IsReferenceType: true } type)
        {
            _report.Add($"Allocating '{FreestandingReport.Name(type)}'", $"use a struct instead of the class '{FreestandingReport.Name(type)}'", operation.Syntax);
        }
        else if (operation.Constructor is { } made)
        {
            CheckConstraints(made, operation.Syntax is ObjectCreationExpressionSyntax creation ? creation.Type.GetLocation() : operation.Syntax.GetLocation());
        }

        if (ConstantData.IsReadOnlySpan(operation.Type) && operation.Arguments.Length == 1 && ConstantData.IsDataOfSpan(operation.Arguments[0].Value))
        {
            return;
        }

        base.VisitObjectCreation(operation);
    }

    public override void VisitAnonymousObjectCreation(IAnonymousObjectCreationOperation operation)
    {
        _report.Add("Allocating an anonymous object", "use a struct or a tuple", operation.Syntax);
        base.VisitAnonymousObjectCreation(operation);
    }

    public override void VisitTypeParameterObjectCreation(ITypeParameterObjectCreationOperation operation)
    {
        if (!FreestandingApi.Has("M:System.Activator.CreateInstance``1"))
        {
            _report.Add($"'new {operation.Type?.Name}()'", $"write 'default({operation.Type?.Name})' of a struct", operation.Syntax);
        }

        base.VisitTypeParameterObjectCreation(operation);
    }

    public override void VisitWith(IWithOperation operation)
    {
        if (operation.Type is { IsReferenceType: true } type)
        {
            _report.Add($"Allocating '{FreestandingReport.Name(type)}'", $"use a struct instead of the class '{FreestandingReport.Name(type)}'", operation.Syntax);
        }

        base.VisitWith(operation);
    }

    public override void VisitArrayCreation(IArrayCreationOperation operation)
    {
        if (operation is { IsImplicit: true, Parent: IArgumentOperation { ArgumentKind: ArgumentKind.ParamArray } })
        {
            _report.Add("Allocating an array for 'params'", "call a method that has a parameter for each, or one of a span", OperationLocation.OfParams(operation));
        }
        else
        {
            _report.Add("Allocating an array", "use stackalloc, or a ReadOnlySpan of constants", operation.Syntax);
        }

        base.VisitArrayCreation(operation);
    }

    public override void VisitArrayElementReference(IArrayElementReferenceOperation operation)
    {
        if (operation.Indices.Any(index => index.Type is { Name: "Range", ContainingNamespace.Name: "System" }))
        {
            _report.Add("Allocating a part of an array", "slice a span", operation.Syntax);
            Visit(operation.ArrayReference);
            return;
        }

        // Whether what is stored belongs into the array is asked at run time, unless no other type of array can be there.
        if (operation.Type is { IsReferenceType: true, IsSealed: false } element && IsWritten(operation))
        {
            _report.Add($"Storing into an array of '{FreestandingReport.Name(element)}'", "use an array of a struct, or a span", operation.Syntax);
        }

        base.VisitArrayElementReference(operation);

        static bool IsWritten(IOperation place)
            => place.Parent is IAssignmentOperation assignment && assignment.Target == place
                || place.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IAddressOfOperation
                || place.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } };
    }

    private void CheckCollection(IOperation operation, CollectionExpressionSyntax syntax)
    {
        ITypeSymbol? type = ConstantData.CollectionType(operation);
        bool isSpan = type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System", Arity: 1 };
        bool isData = isSpan && type!.Name == "ReadOnlySpan" && ConstantData.IsPrimitive(((INamedTypeSymbol)type).TypeArguments[0])
            && syntax.Elements.All(element => element is ExpressionElementSyntax item && operation.SemanticModel!.GetConstantValue(item.Expression).HasValue);

        // A span of few elements lies on the stack: the compiler lets none escape that does.
        bool isOnStack = isSpan && FreestandingApi.Has(FreestandingApi.InlineArray) && !syntax.Elements.Any(element => element is SpreadElementSyntax);
        if (syntax.Elements.Count == 0 && isSpan || isData || isOnStack || type is null or IErrorTypeSymbol)
        {
            return;
        }

        _report.Add(type is IArrayTypeSymbol ? "Allocating an array" : "Allocating a collection", "use stackalloc, or a ReadOnlySpan of constants", syntax);
    }

    public override void VisitDelegateCreation(IDelegateCreationOperation operation)
    {
        if (operation.Target is IMethodReferenceOperation method)
        {
            _report.Add("A delegate", $"call the method, or use a function pointer: &{method.Method.Name}", operation.Syntax);
            Visit(method.Instance);
            return;
        }

        _report.Add(operation.Target is IAnonymousFunctionOperation ? "A lambda" : "A delegate", "use a local function, or a function pointer to a static method", operation.Syntax);
        VisitConsequence(operation.Target);
    }

    public override void VisitAnonymousFunction(IAnonymousFunctionOperation operation)
        => _report.Add("An expression tree", "write the code that it stands for", operation.Syntax);

    public override void VisitInterpolatedString(IInterpolatedStringOperation operation)
    {
        if (operation.Parent is not IInterpolatedStringHandlerCreationOperation { Type: { } handler } || FreestandingApi.Lacks(handler))
        {
            _report.Add("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
            foreach (IInterpolationOperation part in operation.Parts.OfType<IInterpolationOperation>())
            {
                VisitConsequence(part.Expression);
            }

            return;
        }

        base.VisitInterpolatedString(operation);
    }

    public override void VisitInterpolatedStringHandlerCreation(IInterpolatedStringHandlerCreationOperation operation)
    {
        // The calls that make up a handler which is not there are no more than the string itself.
        if (operation.Type is { } type && FreestandingApi.Lacks(type))
        {
            Visit(operation.Content);
            return;
        }

        base.VisitInterpolatedStringHandlerCreation(operation);
    }
}
