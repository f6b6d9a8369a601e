using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SyscallServer.Generator.Parse;

/// <summary>A method that answers requests.</summary>
internal static class HandlerMember
{
    private const string Request = "SyscallServer.Request";
    private const string ResponseWriter = "SyscallServer.ResponseWriter";

    /// <summary>What is wrong with it; null where nothing is.</summary>
    internal static string? Mistake(IMethodSymbol method)
        => method.MethodKind != MethodKind.Ordinary ? "it is not an ordinary method"
            : !method.IsStatic ? "there is no object that it could be called on, so it must be static"
            : method.IsAsync ? "the response is sent when it returns, so it cannot be async"
            : !method.ReturnsVoid ? "what it returns would be lost, for the response goes into the ResponseWriter"
            : method.IsGenericMethod ? "it has type parameters, and nobody knows their arguments"
            : method.IsAbstract || method is { IsPartialDefinition: true, PartialImplementationPart: null } ? "it has no body"
            : method.Parameters.Length != 2 || !Is(method.Parameters[0], RefKind.In, Request) || !Is(method.Parameters[1], RefKind.Ref, ResponseWriter) ? "its parameters are others"
            : null;

    /// <summary>Whether C# refuses the declaration itself, after which no analyzer is heard.</summary>
    internal static bool IsRefusedByCompiler(IMethodSymbol method)
        => method is { IsStatic: false, ContainingType.IsStatic: true }
            || method.IsAsync && method.Parameters.Any(parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType);

    private static bool Is(IParameterSymbol parameter, RefKind kind, string type) => parameter.RefKind == kind && parameter.Type.ToDisplayString() == type;

    /// <summary>The name as it is written in C#.</summary>
    internal static string Name(IMethodSymbol method)
        => SyntaxFacts.GetKeywordKind(method.Name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(method.Name) == SyntaxKind.None ? method.Name : "@" + method.Name;
}
