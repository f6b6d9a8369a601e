using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Finds in a body what the freestanding host cannot do. A thing is told once: not what merely follows from another thing that
/// is told, such as the boxing for a parameter of a method that is not there.
/// </summary>
internal sealed class FreestandingWalker : OperationWalker
{
    private readonly Action<Diagnostic> _report;

    /// <summary>The functions of which it was said that they are iterators.</summary>
    private readonly HashSet<SyntaxNode> _iterators = new();

    /// <summary>Whether what is looked at is a part of a decimal number of which it was said that there are none.</summary>
    private bool _isInDecimal;

    internal FreestandingWalker(Action<Diagnostic> report) => _report = report;

    internal static Diagnostic Lacking(ISymbol symbol, Location location)
        => new Problem(Descriptors.NotInFreestandingApi, location, Name(symbol)).ToDiagnostic();

    internal static Diagnostic NeedsRuntime(string what, string instead, Location location)
        => new Problem(Descriptors.NeedsRuntime, location, what, instead).ToDiagnostic();

    /// <summary>Whether the compilers make data of a static's initial value.</summary>
    internal static bool IsData(IOperation value)
    {
        value = WithoutConversions(value);
        return value.ConstantValue.HasValue
            || value is IDefaultValueOperation or IObjectCreationOperation { Constructor.IsImplicitlyDeclared: true, Arguments.Length: 0, Initializer: null };
    }

    public override void Visit(IOperation? operation)
    {
        if (operation is not null && !_isInDecimal && IsDecimal(operation) && ReportIfLacking(operation.Type, operation.Syntax.GetLocation()))
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

    public override void VisitInvocation(IInvocationOperation operation)
    {
        if (operation.IsImplicit)
        {
            base.VisitInvocation(operation);
            return;
        }

        if (CheckCall(operation.TargetMethod, operation.Instance, operation.Arguments, NameLocation(operation.Syntax)))
        {
            return;
        }

        CheckWritten(operation.TargetMethod, operation.Syntax);
        if (operation.TargetMethod is { Name: "ToString", ContainingType.SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
            && operation.Instance?.Type is not { IsValueType: true, TypeKind: not TypeKind.TypeParameter })
        {
            // Only a string has a text without the runtime, and here it is not known to be one.
            Report(operation.TargetMethod.OverriddenMethod ?? operation.TargetMethod, NameLocation(operation.Syntax));
        }
        else if (operation.TargetMethod.ContainingType.SpecialType == SpecialType.System_ValueType && operation.Instance is IInstanceReferenceOperation { Type: { SpecialType: SpecialType.System_ValueType } }
            && operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.ContainingType is { } self)
        {
            // What the base of a struct compares and hashes is an object.
            Report($"Boxing '{Name(self)}'", "use a type parameter", operation.Syntax);
        }
        else if (operation.Instance?.Type is { IsValueType: true, TypeKind: not TypeKind.TypeParameter }
            && operation.TargetMethod.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum)
        {
            ReportBoxing(operation.Instance, operation.Syntax);
        }
    }

    public override void VisitPropertyReference(IPropertyReferenceOperation operation)
        => CheckCall(operation.Property, operation.Instance, operation.Arguments, NameLocation(operation.Syntax));

    public override void VisitFieldReference(IFieldReferenceOperation operation)
        => CheckCall(operation.Field.CorrespondingTupleField ?? operation.Field, operation.Instance, [], NameLocation(operation.Syntax));

    public override void VisitEventReference(IEventReferenceOperation operation)
        => CheckCall(operation.Event, operation.Instance, [], NameLocation(operation.Syntax));

    public override void VisitMethodReference(IMethodReferenceOperation operation)
        => CheckCall(operation.Method, operation.Instance, [], NameLocation(operation.Syntax));

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Constructor is { } constructor && FreestandingApi.Lacks(constructor))
        {
            Report(FreestandingApi.Lacks(constructor.ContainingType) ? constructor.ContainingType : constructor,
                operation.Syntax is ObjectCreationExpressionSyntax creation ? creation.Type.GetLocation() : operation.Syntax.GetLocation());
            VisitConsequences(operation.Arguments);
            return;
        }

        if (operation.Type is { IsReferenceType: true } type)
        {
            Report($"Allocating '{Name(type)}'", $"use a struct instead of the class '{Name(type)}'", operation.Syntax);
        }
        else if (operation.Constructor is { } made)
        {
            CheckConstraints(made, operation.Syntax is ObjectCreationExpressionSyntax creation ? creation.Type.GetLocation() : operation.Syntax.GetLocation());
        }

        if (IsReadOnlySpan(operation.Type) && operation.Arguments.Length == 1 && IsDataOfSpan(operation.Arguments[0].Value))
        {
            return;
        }

        base.VisitObjectCreation(operation);
    }

    public override void VisitAnonymousObjectCreation(IAnonymousObjectCreationOperation operation)
    {
        Report("Allocating an anonymous object", "use a struct or a tuple", operation.Syntax);
        base.VisitAnonymousObjectCreation(operation);
    }

    public override void VisitTypeParameterObjectCreation(ITypeParameterObjectCreationOperation operation)
    {
        if (!FreestandingApi.Has("M:System.Activator.CreateInstance``1"))
        {
            Report($"'new {operation.Type?.Name}()'", $"write 'default({operation.Type?.Name})' of a struct", operation.Syntax);
        }

        base.VisitTypeParameterObjectCreation(operation);
    }

    public override void VisitWith(IWithOperation operation)
    {
        if (operation.Type is { IsReferenceType: true } type)
        {
            Report($"Allocating '{Name(type)}'", $"use a struct instead of the class '{Name(type)}'", operation.Syntax);
        }

        base.VisitWith(operation);
    }

    public override void VisitArrayCreation(IArrayCreationOperation operation)
    {
        if (operation is { IsImplicit: true, Parent: IArgumentOperation { ArgumentKind: ArgumentKind.ParamArray } })
        {
            Report("Allocating an array for 'params'", "call a method that has a parameter for each, or one of a span", ParamsLocation(operation));
        }
        else
        {
            Report("Allocating an array", "use stackalloc, or a ReadOnlySpan of constants", operation.Syntax);
        }

        base.VisitArrayCreation(operation);
    }

    public override void VisitArrayElementReference(IArrayElementReferenceOperation operation)
    {
        if (operation.Indices.Any(index => index.Type is { Name: "Range", ContainingNamespace.Name: "System" }))
        {
            Report("Allocating a part of an array", "slice a span", operation.Syntax);
            Visit(operation.ArrayReference);
            return;
        }

        // Whether what is stored belongs into the array is asked at run time, unless no other type of array can be there.
        if (operation.Type is { IsReferenceType: true, IsSealed: false } element && IsWritten(operation))
        {
            Report($"Storing into an array of '{Name(element)}'", "use an array of a struct, or a span", operation.Syntax);
        }

        base.VisitArrayElementReference(operation);

        static bool IsWritten(IOperation place)
            => place.Parent is IAssignmentOperation assignment && assignment.Target == place
                || place.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IAddressOfOperation
                || place.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } };
    }

    public override void VisitConversion(IConversionOperation operation)
    {
        if (IsReadOnlySpan(operation.Type) && IsDataOfSpan(operation.Operand))
        {
            return;
        }

        Conversion conversion = operation.GetConversion();
        SyntaxNode syntax = operation.IsImplicit ? operation.Operand.Syntax : operation.Syntax;
        if (operation.OperatorMethod is { } method)
        {
            if (FreestandingApi.Lacks(method) && !IsLacking(operation.Operand))
            {
                Report(method, syntax.GetLocation());
            }
        }
        else if (conversion.IsBoxing)
        {
            ReportBoxing(operation.Operand, syntax);
        }
        else if (conversion.IsUnboxing || conversion is { IsReference: true, IsExplicit: true })
        {
            Report($"The cast to '{Name(operation.Type!)}'", "use a type parameter", syntax);
        }
        else if (operation.Operand.Type is { SpecialType: SpecialType.System_String } && IsReadOnlySpan(operation.Type) && !FreestandingApi.Has(FreestandingApi.StringAsSpan))
        {
            _report(new Problem(Descriptors.NotInFreestandingApi, syntax.GetLocation(), "MemoryExtensions.AsSpan").ToDiagnostic());
        }

        base.VisitConversion(operation);
    }

    public override void VisitDelegateCreation(IDelegateCreationOperation operation)
    {
        if (operation.Target is IMethodReferenceOperation method)
        {
            Report("A delegate", $"call the method, or use a function pointer: &{method.Method.Name}", operation.Syntax);
            Visit(method.Instance);
            return;
        }

        Report(operation.Target is IAnonymousFunctionOperation ? "A lambda" : "A delegate", "use a local function, or a function pointer to a static method", operation.Syntax);
        VisitConsequence(operation.Target);
    }

    public override void VisitAnonymousFunction(IAnonymousFunctionOperation operation)
        => Report("An expression tree", "write the code that it stands for", operation.Syntax);

    public override void VisitLocalFunction(ILocalFunctionOperation operation)
    {
        if (operation.Symbol.IsAsync)
        {
            _report(NeedsRuntime("An async method", "call the kernel and wait for the result", operation.Symbol.Locations[0]));
        }

        base.VisitLocalFunction(operation);
    }

    public override void VisitReturn(IReturnOperation operation)
    {
        if (operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak
            && _iterators.Add(operation.Syntax.Ancestors().First(node => node is LocalFunctionStatementSyntax or MemberDeclarationSyntax or AccessorDeclarationSyntax)))
        {
            Report("An iterator", "write a struct with MoveNext and Current", operation.Syntax);
        }

        base.VisitReturn(operation);
    }

    public override void VisitThrow(IThrowOperation operation)
    {
        // Without the semicolon of a statement. What is thrown is not worth another word.
        SyntaxToken end = operation.Syntax is ThrowStatementSyntax statement ? statement.SemicolonToken.GetPreviousToken() : operation.Syntax.GetLastToken();
        Report("An exception", "return a value that says what is wrong", Between(operation.Syntax, operation.Syntax.SpanStart, end.Span.End));
    }

    public override void VisitTry(ITryOperation operation)
    {
        // Without exceptions a finally block is merely the code that follows, so it may stay.
        Visit(operation.Body);
        foreach (ICatchClauseOperation clause in operation.Catches)
        {
            Report("An exception handler", "look at what is returned", ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation());
            Visit(clause.Filter);
            Visit(clause.Handler);
        }

        Visit(operation.Finally);
    }

    public override void VisitLock(ILockOperation operation)
    {
        SyntaxToken end = operation.Syntax is LockStatementSyntax statement ? statement.CloseParenToken : operation.Syntax.GetLastToken();
        Report("A lock", "leave it out, as there is one thread", Between(operation.Syntax, operation.Syntax.SpanStart, end.Span.End));
        Visit(operation.LockedValue);
        Visit(operation.Body);
    }

    public override void VisitForEachLoop(IForEachLoopOperation operation)
    {
        if (operation.Syntax is CommonForEachStatementSyntax syntax && !IsLacking(operation.Collection)
            && WithoutConversions(operation.Collection).Type is { } type and not IArrayTypeSymbol && operation.SemanticModel is { } model)
        {
            Location location = syntax.Expression.GetLocation();
            ForEachStatementInfo loop = model.GetForEachStatementInfo(syntax);
            if (type.SpecialType == SpecialType.System_String)
            {
                ReportIfLacking(type.GetMembers().OfType<IPropertySymbol>().First(property => property.IsIndexer), location);
            }
            else if (!ReportIfLacking(loop.GetEnumeratorMethod, location))
            {
                if (loop.GetEnumeratorMethod?.ReturnType is { IsReferenceType: true })
                {
                    Report($"The enumerator of '{Name(type)}'", "loop over a span or an index", location);
                }
                else if (!ReportIfLacking(loop.MoveNextMethod, location))
                {
                    ReportIfLacking(loop.CurrentProperty, location);
                }
            }
        }

        // Not the conversion of the collection, which is no more than a part of the loop.
        Visit(WithoutConversions(operation.Collection));
        Visit(operation.LoopControlVariable);
        Visit(operation.Body);
    }

    public override void VisitUsing(IUsingOperation operation)
    {
        CheckResource(operation.Resources);
        base.VisitUsing(operation);
    }

    public override void VisitUsingDeclaration(IUsingDeclarationOperation operation)
    {
        CheckResource(operation.DeclarationGroup);
        base.VisitUsingDeclaration(operation);
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
        if (operation.DeconstructSymbol is not { Name: "ITuple" } parts || !ReportIfLacking(parts, operation.Syntax.GetLocation()))
        {
            CheckTest(operation.InputType, operation.MatchedType, operation.Syntax);
        }

        base.VisitRecursivePattern(operation);
    }

    public override void VisitTranslatedQuery(ITranslatedQueryOperation operation)
        => Report("A query", "write a loop", operation.Syntax);

    public override void VisitDynamicInvocation(IDynamicInvocationOperation operation) => ReportDynamic(operation);

    public override void VisitDynamicMemberReference(IDynamicMemberReferenceOperation operation) => ReportDynamic(operation);

    public override void VisitDynamicObjectCreation(IDynamicObjectCreationOperation operation) => ReportDynamic(operation);

    public override void VisitDynamicIndexerAccess(IDynamicIndexerAccessOperation operation) => ReportDynamic(operation);

    public override void VisitInterpolatedString(IInterpolatedStringOperation operation)
    {
        if (operation.Parent is not IInterpolatedStringHandlerCreationOperation { Type: { } handler } || FreestandingApi.Lacks(handler))
        {
            Report("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
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

    public override void VisitBinaryOperator(IBinaryOperation operation)
    {
        if (IsConcatenation(operation))
        {
            Report("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
            VisitParts(operation);
            return;
        }

        CheckOperator(operation, operation.OperatorMethod);
        CheckDelegates(operation);
        if (operation.OperatorMethod is { ContainingType: { Name: "Type", ContainingNamespace.Name: "System" } })
        {
            // typeof(T) == typeof(int) is decided when a generic method is compiled, where there is the operator.
            return;
        }

        base.VisitBinaryOperator(operation);

        void VisitParts(IOperation part)
        {
            part = WithoutConversions(part);
            if (part is IBinaryOperation binary && IsConcatenation(binary))
            {
                VisitParts(binary.LeftOperand);
                VisitParts(binary.RightOperand);
                return;
            }

            Visit(part);
        }
    }

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        if (operation.Type is { SpecialType: SpecialType.System_String })
        {
            Report("Building a string", "write its parts as bytes, one after the other", operation.Syntax);
            Visit(operation.Target);
            VisitConsequence(operation.Value);
            return;
        }

        CheckOperator(operation, operation.OperatorMethod);
        if (operation.Type is { TypeKind: TypeKind.Delegate } && operation.OperatorMethod is null)
        {
            ReportDelegateMember(operation, operation.OperatorKind == BinaryOperatorKind.Add ? "Combine" : "Remove", operation.Value);
        }

        base.VisitCompoundAssignment(operation);
    }

    public override void VisitEventAssignment(IEventAssignmentOperation operation)
    {
        // What the compiler writes for an event that is declared like a field.
        if (operation.EventReference is IEventReferenceOperation { Event: { IsAbstract: false, AddMethod.IsImplicitlyDeclared: true, Type.TypeKind: TypeKind.Delegate } })
        {
            ReportDelegateMember(operation, operation.Adds ? "Combine" : "Remove", operation.HandlerValue);
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

    public override void VisitSwitchExpression(ISwitchExpressionOperation operation)
    {
        if (!operation.IsExhaustive)
        {
            Report("An exception, for want of an arm that matches,", "add an arm '_ => ...'", ((SwitchExpressionSyntax)operation.Syntax).SwitchKeyword.GetLocation());
        }

        base.VisitSwitchExpression(operation);
    }

    public override void VisitListPattern(IListPatternOperation operation)
    {
        if (!ReportIfLacking(operation.LengthSymbol, operation.Syntax.GetLocation()))
        {
            ReportIfLacking(operation.IndexerSymbol, operation.Syntax.GetLocation());
        }

        base.VisitListPattern(operation);
    }

    public override void VisitSlicePattern(ISlicePatternOperation operation)
    {
        if (operation is { SliceSymbol: null, InputType: IArrayTypeSymbol, Pattern: not (null or IDiscardPatternOperation) })
        {
            Report("Allocating a part of an array", "slice a span", operation.Syntax);
        }

        ReportIfLacking(operation.SliceSymbol, operation.Syntax.GetLocation());
        base.VisitSlicePattern(operation);
    }

    public override void VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation operation)
    {
        if (!ReportIfLacking(operation.LengthSymbol, operation.Syntax.GetLocation()))
        {
            ReportIfLacking(operation.IndexerSymbol, operation.Syntax.GetLocation());
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
        ReportIfLacking(operation.Type, operation.Syntax.GetLocation());
        base.VisitRangeOperation(operation);
    }

    public override void VisitTuple(ITupleOperation operation)
    {
        // A deconstruction takes its tuples apart when it is compiled.
        if (operation.Parent is not (IDeconstructionAssignmentOperation or ITupleOperation or IConversionOperation { Parent: IDeconstructionAssignmentOperation } or ITupleBinaryOperation))
        {
            ReportIfLacking(operation.Type, operation.Syntax.GetLocation());
        }

        base.VisitTuple(operation);
    }

    public override void VisitTypeOf(ITypeOfOperation operation) => Report("A type as an object", "use a type parameter", operation.Syntax);

    /// <summary>A call, or the use of another member.</summary>
    /// <returns>Whether the member is not there.</returns>
    private bool CheckCall(ISymbol member, IOperation? instance, IEnumerable<IArgumentOperation> arguments, Location location)
    {
        IOperation? receiver = instance ?? (member is IMethodSymbol { IsExtensionMethod: true } ? arguments.FirstOrDefault()?.Value : null);
        bool follows = receiver is not null && IsLacking(receiver);
        bool lacks = FreestandingApi.Lacks(member);
        if (lacks && !follows)
        {
            Report(member, location);
        }

        if (!lacks && !follows && instance is { Type: { TypeKind: TypeKind.Interface } type } and not IInstanceReferenceOperation)
        {
            ReportInterface(type, location);
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
            Report($"A call through the interface '{Name(contract)}'", $"have a struct as '{parameter.Name}' instead of '{Name(argument)}'", location);
        }
    }

    private void CheckOperator(IOperation operation, IMethodSymbol? method)
    {
        if (operation.Type is IDynamicTypeSymbol)
        {
            ReportDynamic(operation);
        }
        else if (method is not null)
        {
            if (!ReportIfLacking(method, operation.Syntax.GetLocation()))
            {
                CheckWritten(method, operation.Syntax);
            }
        }
        else if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat })
        {
            ReportIfLacking(operation.Type, operation.Syntax.GetLocation());
        }
    }

    /// <summary>Two delegates, compared or put together. One and null is a comparison of two addresses.</summary>
    private void CheckDelegates(IBinaryOperation operation)
    {
        if (operation.OperatorMethod is not null || operation.LeftOperand.Type is not { TypeKind: TypeKind.Delegate } || operation.RightOperand.Type is not { TypeKind: TypeKind.Delegate })
        {
            return;
        }

        string? member = operation.OperatorKind switch
        {
            BinaryOperatorKind.Add => "Combine",
            BinaryOperatorKind.Subtract => "Remove",
            BinaryOperatorKind.Equals when !IsNull(operation.LeftOperand) && !IsNull(operation.RightOperand) => WellKnownMemberNames.EqualityOperatorName,
            BinaryOperatorKind.NotEquals when !IsNull(operation.LeftOperand) && !IsNull(operation.RightOperand) => WellKnownMemberNames.InequalityOperatorName,
            _ => null,
        };
        if (member is not null)
        {
            ReportDelegateMember(operation, member, operation.LeftOperand, operation.RightOperand);
        }

        static bool IsNull(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null } || WithoutConversions(operand).ConstantValue is { HasValue: true, Value: null };
    }

    /// <summary>A member of Delegate that the compiler calls, unless it is told of an operand that it is a delegate made here.</summary>
    private void ReportDelegateMember(IOperation operation, string name, params IOperation[] operands)
    {
        if (operands.Any(operand => WithoutConversions(operand) is IDelegateCreationOperation || IsLacking(operand)))
        {
            return;
        }

        INamedTypeSymbol? type = operation.SemanticModel?.Compilation.GetTypeByMetadataName("System.Delegate");
        ReportIfLacking(type?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 2), operation.Syntax.GetLocation());
    }

    /// <summary>A member that the compiler has written into a record, or that compares the parts of a tuple or hashes a nullable value.</summary>
    private void CheckWritten(IMethodSymbol method, SyntaxNode syntax)
    {
        INamedTypeSymbol type = method.ContainingType;
        bool isWritten = RecordEquality.IsWritten(method);
        bool isComparer = type is { Name: "EqualityComparer", ContainingNamespace.Name: "Generic" };
        // A search in a span compares its elements.
        bool isSearch = type is { Name: "MemoryExtensions", ContainingNamespace.Name: "System" } && method.TypeParameters.Length == 1 && method.TypeParameters[0].ConstraintTypes.Length > 0;
        if (isWritten && method.Name == "ToString")
        {
            Report("Building a string", "write its parts as bytes, one after the other", syntax);
        }
        else if (!isWritten && !type.IsTupleType && !isComparer && !isSearch && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            return;
        }

        ITypeSymbol compared = isSearch ? method.TypeArguments[0] : isComparer ? type.TypeArguments[0] : type;
        if ((isComparer || isSearch) && RecordEquality.SharedRecord(compared) is { } record)
        {
            Report($"Comparing '{Name(record)}'", RecordEquality.OwnToString, syntax);
        }
        else if (method.Name == "GetHashCode" && RecordEquality.Unhashable(compared) is { } unhashable)
        {
            Report($"The hash of '{Name(unhashable)}'", $"override GetHashCode in '{Name(unhashable)}'", syntax);
        }
        else if (((method.Name == "Equals" && !RecordEquality.IsOwnEquals(method)) || isSearch || (isWritten && method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.BuiltinOperator && RecordEquality.HasWrittenEquals(type)))
            && RecordEquality.Incomparable(compared) is { } incomparable)
        {
            Report($"Comparing '{Name(incomparable)}'", "compare its parts, in an Equals of your own", syntax);
        }
    }

    private void CheckResource(IOperation resource)
    {
        ITypeSymbol? type = resource is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(declaration => declaration.Declarators).FirstOrDefault()?.Symbol.Type
            : WithoutConversions(resource).Type;
        if (type is { TypeKind: TypeKind.Interface })
        {
            ReportInterface(type, resource.Syntax.GetLocation());
        }
    }

    /// <summary>A test for a type. One for a type that no other derives from is a comparison; one for others asks the runtime.</summary>
    private void CheckTest(ITypeSymbol? input, ITypeSymbol? type, SyntaxNode syntax)
    {
        if (input is null or { IsValueType: true } || type is null or { IsValueType: true } or { IsSealed: true, TypeKind: TypeKind.Class } || IsOrDerivesFrom(input, type) || FreestandingApi.Lacks(type))
        {
            return;
        }

        Report($"The test for '{Name(type)}'", "use a type parameter", syntax);

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

    private void CheckCollection(IOperation operation, CollectionExpressionSyntax syntax)
    {
        ITypeSymbol? type = CollectionType(operation);
        bool isSpan = type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System", Arity: 1 };
        bool isData = isSpan && type!.Name == "ReadOnlySpan" && IsPrimitive(((INamedTypeSymbol)type).TypeArguments[0])
            && syntax.Elements.All(element => element is ExpressionElementSyntax item && operation.SemanticModel!.GetConstantValue(item.Expression).HasValue);

        // A span of few elements lies on the stack: the compiler lets none escape that does.
        bool isOnStack = isSpan && FreestandingApi.Has(FreestandingApi.InlineArray) && !syntax.Elements.Any(element => element is SpreadElementSyntax);
        if (syntax.Elements.Count == 0 && isSpan || isData || isOnStack || type is null or IErrorTypeSymbol)
        {
            return;
        }

        Report(type is IArrayTypeSymbol ? "Allocating an array" : "Allocating a collection", "use stackalloc, or a ReadOnlySpan of constants", syntax);
    }

    /// <summary>What a collection expression becomes. Under a cast it has no type that it is converted to: the cast has.</summary>
    internal static ITypeSymbol? CollectionType(IOperation collection)
        => collection.SemanticModel?.GetTypeInfo(collection.Syntax).ConvertedType ?? collection.Type ?? (collection.Parent as IConversionOperation)?.Type;

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

    /// <summary>Whether something is reached through a member that is not there: then that is told, and not what is done with it.</summary>
    private static bool IsLacking(IOperation operation)
    {
        operation = WithoutConversions(operation);
        return operation switch
        {
            IInvocationOperation call => FreestandingApi.Lacks(call.TargetMethod)
                || (call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null)) is { } receiver && IsLacking(receiver),
            IMemberReferenceOperation member => FreestandingApi.Lacks(member.Member) || member.Instance is { } receiver && IsLacking(receiver),
            IObjectCreationOperation { Constructor: { } constructor } => FreestandingApi.Lacks(constructor),
            _ => false,
        };
    }

    private static bool IsConcatenation(IBinaryOperation operation)
        => operation is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false };

    /// <summary>An array of constants that becomes a ReadOnlySpan is data of the program; no array is made.</summary>
    internal static bool IsDataOfSpan(IOperation value)
        => WithoutConversions(value) is IArrayCreationOperation { Type: IArrayTypeSymbol { Rank: 1, ElementType: var element } } array && IsPrimitive(element)
            && (array.Initializer is { } initializer
                ? initializer.ElementValues.All(item => item.ConstantValue.HasValue)
                : array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: 0 });

    private static bool IsPrimitive(ITypeSymbol type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type).SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => true,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64
            or SpecialType.System_UInt64 or SpecialType.System_Char or SpecialType.System_Single or SpecialType.System_Double => FreestandingApi.Has(FreestandingApi.CreateSpan),
        _ => false,
    };

    private static bool IsReadOnlySpan(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: "System" };

    internal static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>A value of decimal, which the compiler makes without a call that would be seen: what is made here, and has not its type written beside it.</summary>
    private static bool IsDecimal(IOperation operation)
        => operation is { Type.SpecialType: SpecialType.System_Decimal } and (ILiteralOperation or IBinaryOperation or IUnaryOperation or IInvocationOperation or IConversionOperation { Syntax: not CastExpressionSyntax })
            && operation.Parent is not IArgumentOperation { Parameter.OriginalDefinition.Type.SpecialType: SpecialType.System_Decimal }
            && !(operation.ConstantValue.HasValue && operation.Parent is IVariableInitializerOperation or IFieldInitializerOperation
                && operation.Syntax.FirstAncestorOrSelf<VariableDeclarationSyntax>() is { Type.IsVar: false })
            && !IsLacking(operation);

    private void ReportInterface(ITypeSymbol type, Location location) => Report($"A call through the interface '{Name(type)}'", "use a type parameter", location);

    private void ReportDynamic(IOperation operation) => Report("A dynamic operation", "write the type instead of 'dynamic'", operation.Syntax);

    private void ReportBoxing(IOperation operand, SyntaxNode syntax)
        => Report($"Boxing '{(operand.Type is null ? "a value" : Name(operand.Type))}'", "use a type parameter", syntax);

    private bool ReportIfLacking(ISymbol? symbol, Location location)
    {
        if (symbol is null || !FreestandingApi.Lacks(symbol))
        {
            return false;
        }

        Report(symbol, location);
        return true;
    }

    private void Report(ISymbol symbol, Location location) => _report(Lacking(symbol, location));

    private void Report(string what, string instead, SyntaxNode syntax) => Report(what, instead, syntax.GetLocation());

    private void Report(string what, string instead, Location location) => _report(NeedsRuntime(what, instead, location));

    /// <summary>The name in a call: <c>Console.WriteLine</c> where it is static, <c>Add</c> where a long expression may stand before it.</summary>
    private static Location NameLocation(SyntaxNode syntax)
    {
        while (true)
        {
            switch (syntax)
            {
                case InvocationExpressionSyntax call:
                    syntax = call.Expression;
                    break;
                case MemberAccessExpressionSyntax { Expression: not (SimpleNameSyntax or PredefinedTypeSyntax or MemberAccessExpressionSyntax) } access:
                    syntax = access.Name;
                    break;
                case MemberBindingExpressionSyntax binding:
                    syntax = binding.Name;
                    break;
                default:
                    return syntax.GetLocation();
            }
        }
    }

    /// <summary>The arguments that are made into an array; where there are none, the call.</summary>
    private static Location ParamsLocation(IArrayCreationOperation array)
        => array.Initializer is { ElementValues: { Length: > 0 } elements }
            ? Between(array.Syntax, elements[0].Syntax.SpanStart, elements[elements.Length - 1].Syntax.Span.End)
            : NameLocation(array.Syntax);

    private static Location Between(SyntaxNode node, int start, int end) => Location.Create(node.SyntaxTree, TextSpan.FromBounds(start, end));

    /// <summary>
    /// The name as it is written. The parameters are left out, unless there is the same name with others.
    /// </summary>
    private static string Name(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !FreestandingApi.HasOverloadOf(symbol))
        {
            symbol = constructor.ContainingType;
        }

        return symbol.ToDisplayString(FreestandingApi.HasOverloadOf(symbol) ? WithParameters : WithoutParameters);
    }

    private static readonly SymbolDisplayFormat WithoutParameters = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static readonly SymbolDisplayFormat WithParameters = WithoutParameters.AddMemberOptions(SymbolDisplayMemberOptions.IncludeParameters);
}
