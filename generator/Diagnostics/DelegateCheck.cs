using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Members of Delegate that the compiler calls for an operator or an event.</summary>
internal sealed class DelegateCheck
{
    private readonly FreestandingReport _report;

    internal DelegateCheck(FreestandingReport report) => _report = report;

    /// <summary>Two delegates, compared or put together. One and null is a comparison of two addresses.</summary>
    internal void Check(IBinaryOperation operation)
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
            CheckMember(operation, member, operation.LeftOperand, operation.RightOperand);
        }

        static bool IsNull(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: null } || ConstantData.WithoutConversions(operand).ConstantValue is { HasValue: true, Value: null };
    }

    /// <summary>A member of Delegate that the compiler calls, unless it is told of an operand that it is a delegate made here.</summary>
    internal void CheckMember(IOperation operation, string name, params IOperation[] operands)
    {
        if (operands.Any(operand => ConstantData.WithoutConversions(operand) is IDelegateCreationOperation || FreestandingWalker.IsLacking(operand)))
        {
            return;
        }

        INamedTypeSymbol? type = operation.SemanticModel?.Compilation.GetTypeByMetadataName("System.Delegate");
        _report.AddIfLacking(type?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 2), operation.Syntax.GetLocation());
    }
}
