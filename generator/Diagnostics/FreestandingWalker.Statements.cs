using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Statements, and functions as a whole: exceptions, locks, loops, iterators, async functions, queries.</summary>
internal sealed partial class FreestandingWalker
{
    public override void VisitLocalFunction(ILocalFunctionOperation operation)
    {
        if (operation.Symbol.IsAsync)
        {
            _report.Add("An async method", "call the kernel and wait for the result", operation.Symbol.Locations[0]);
        }

        base.VisitLocalFunction(operation);
    }

    public override void VisitReturn(IReturnOperation operation)
    {
        if (operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak
            && _iterators.Add(operation.Syntax.Ancestors().First(node => node is LocalFunctionStatementSyntax or MemberDeclarationSyntax or AccessorDeclarationSyntax)))
        {
            _report.Add("An iterator", "write a struct with MoveNext and Current", operation.Syntax);
        }

        base.VisitReturn(operation);
    }

    public override void VisitThrow(IThrowOperation operation)
    {
        // Without the semicolon of a statement. What is thrown is not worth another word.
        SyntaxToken end = operation.Syntax is ThrowStatementSyntax statement ? statement.SemicolonToken.GetPreviousToken() : operation.Syntax.GetLastToken();
        _report.Add("An exception", "return a value that says what is wrong", OperationLocation.Between(operation.Syntax, operation.Syntax.SpanStart, end.Span.End));
    }

    public override void VisitSwitchExpression(ISwitchExpressionOperation operation)
    {
        if (!operation.IsExhaustive)
        {
            _report.Add("An exception, for want of an arm that matches,", "add an arm '_ => ...'", ((SwitchExpressionSyntax)operation.Syntax).SwitchKeyword.GetLocation());
        }

        base.VisitSwitchExpression(operation);
    }

    public override void VisitTry(ITryOperation operation)
    {
        // Without exceptions a finally block is merely the code that follows, so it may stay.
        Visit(operation.Body);
        foreach (ICatchClauseOperation clause in operation.Catches)
        {
            _report.Add("An exception handler", "look at what is returned", ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation());
            Visit(clause.Filter);
            Visit(clause.Handler);
        }

        Visit(operation.Finally);
    }

    public override void VisitLock(ILockOperation operation)
    {
        SyntaxToken end = operation.Syntax is LockStatementSyntax statement ? statement.CloseParenToken : operation.Syntax.GetLastToken();
        _report.Add("A lock", "leave it out, as there is one thread", OperationLocation.Between(operation.Syntax, operation.Syntax.SpanStart, end.Span.End));
        Visit(operation.LockedValue);
        Visit(operation.Body);
    }

    public override void VisitForEachLoop(IForEachLoopOperation operation)
    {
        if (operation.Syntax is CommonForEachStatementSyntax syntax && !IsLacking(operation.Collection)
            && ConstantData.WithoutConversions(operation.Collection).Type is { } type and not IArrayTypeSymbol && operation.SemanticModel is { } model)
        {
            Location location = syntax.Expression.GetLocation();
            ForEachStatementInfo loop = model.GetForEachStatementInfo(syntax);
            if (type.SpecialType == SpecialType.System_String)
            {
                _report.AddIfLacking(type.GetMembers().OfType<IPropertySymbol>().First(property => property.IsIndexer), location);
            }
            else if (!_report.AddIfLacking(loop.GetEnumeratorMethod, location))
            {
                if (loop.GetEnumeratorMethod?.ReturnType is { IsReferenceType: true })
                {
                    _report.Add($"The enumerator of '{FreestandingReport.Name(type)}'", "loop over a span or an index", location);
                }
                else if (!_report.AddIfLacking(loop.MoveNextMethod, location))
                {
                    _report.AddIfLacking(loop.CurrentProperty, location);
                }
            }
        }

        // Not the conversion of the collection, which is no more than a part of the loop.
        Visit(ConstantData.WithoutConversions(operation.Collection));
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

    private void CheckResource(IOperation resource)
    {
        ITypeSymbol? type = resource is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(declaration => declaration.Declarators).FirstOrDefault()?.Symbol.Type
            : ConstantData.WithoutConversions(resource).Type;
        if (type is { TypeKind: TypeKind.Interface })
        {
            _report.AddInterfaceCall(type, resource.Syntax.GetLocation());
        }
    }

    public override void VisitTranslatedQuery(ITranslatedQueryOperation operation)
        => _report.Add("A query", "write a loop", operation.Syntax);
}
