using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Comparing and hashing: what the compiler has written for it into records, and what EqualityComparer, tuples and searches do.</summary>
internal sealed class EqualityCheck
{
    private readonly FreestandingReport _report;

    internal EqualityCheck(FreestandingReport report) => _report = report;

    /// <summary>A member that the compiler has written into a record, or that compares the parts of a tuple or hashes a nullable value.</summary>
    internal void Check(IMethodSymbol method, SyntaxNode syntax)
    {
        INamedTypeSymbol type = method.ContainingType;
        bool isWritten = RecordEquality.IsWritten(method);
        bool isComparer = type is { Name: "EqualityComparer", ContainingNamespace.Name: "Generic" };
        // A search in a span compares its elements.
        bool isSearch = type is { Name: "MemoryExtensions", ContainingNamespace.Name: "System" } && method.TypeParameters.Length == 1 && method.TypeParameters[0].ConstraintTypes.Length > 0;
        if (isWritten && method.Name == "ToString")
        {
            _report.Add("Building a string", "write its parts as bytes, one after the other", syntax);
        }
        else if (!isWritten && !type.IsTupleType && !isComparer && !isSearch && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            return;
        }

        ITypeSymbol compared = isSearch ? method.TypeArguments[0] : isComparer ? type.TypeArguments[0] : type;
        if ((isComparer || isSearch) && RecordEquality.SharedRecord(compared) is { } record)
        {
            _report.Add($"Comparing '{FreestandingReport.Name(record)}'", RecordEquality.OwnToString, syntax);
        }
        else if (method.Name == "GetHashCode" && RecordEquality.Unhashable(compared) is { } unhashable)
        {
            _report.Add($"The hash of '{FreestandingReport.Name(unhashable)}'", $"override GetHashCode in '{FreestandingReport.Name(unhashable)}'", syntax);
        }
        else if (((method.Name == "Equals" && !RecordEquality.IsOwnEquals(method)) || isSearch || (isWritten && method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.BuiltinOperator && RecordEquality.HasWrittenEquals(type)))
            && RecordEquality.Incomparable(compared) is { } incomparable)
        {
            _report.Add($"Comparing '{FreestandingReport.Name(incomparable)}'", "compare its parts, in an Equals of your own", syntax);
        }
    }
}
