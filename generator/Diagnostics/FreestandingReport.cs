using System;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Tells what the freestanding host cannot do: a part of the framework that is not there, or something that needs a runtime.</summary>
internal sealed class FreestandingReport
{
    private readonly Action<Diagnostic> _report;

    internal FreestandingReport(Action<Diagnostic> report) => _report = report;

    internal static Diagnostic Lacking(ISymbol symbol, Location location)
        => new Problem(Descriptors.NotInFreestandingApi, location, Name(symbol)).ToDiagnostic();

    internal static Diagnostic NeedsRuntime(string what, string instead, Location location)
        => new Problem(Descriptors.NeedsRuntime, location, what, instead).ToDiagnostic();

    internal void Add(Problem problem) => _report(problem.ToDiagnostic());

    internal bool AddIfLacking(ISymbol? symbol, Location location)
    {
        if (symbol is null || !FreestandingApi.Lacks(symbol))
        {
            return false;
        }

        Add(symbol, location);
        return true;
    }

    internal void Add(ISymbol symbol, Location location) => _report(Lacking(symbol, location));

    internal void Add(string what, string instead, SyntaxNode syntax) => Add(what, instead, syntax.GetLocation());

    internal void Add(string what, string instead, Location location) => _report(NeedsRuntime(what, instead, location));

    internal void AddInterfaceCall(ITypeSymbol type, Location location)
        => Add($"A call through the interface '{Name(type)}'", "use a type parameter", location);

    internal void AddDynamic(IOperation operation)
        => Add("A dynamic operation", "write the type instead of 'dynamic'", operation.Syntax);

    internal void AddBoxing(IOperation operand, SyntaxNode syntax)
        => Add($"Boxing '{(operand.Type is null ? "a value" : Name(operand.Type))}'", "use a type parameter", syntax);

    /// <summary>
    /// The name as it is written. The parameters are left out, unless there is the same name with others.
    /// </summary>
    internal static string Name(ISymbol symbol)
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
