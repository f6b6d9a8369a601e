using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// What of the framework there is on the freestanding host: the public surface of our own System.Runtime, listed in
/// FreestandingApi.txt. A test compares that list with the assembly.
/// </summary>
internal static class FreestandingApi
{
    internal const string CreateSpan = "M:System.Runtime.CompilerServices.RuntimeHelpers.CreateSpan``1(System.RuntimeFieldHandle)";
    internal const string InlineArray = "T:System.Runtime.CompilerServices.InlineArrayAttribute";
    internal const string StringAsSpan = "M:System.MemoryExtensions.AsSpan(System.String)";

    /// <summary>The keys with which Microsoft signs the framework. Other libraries are compiled along with the program.</summary>
    private static readonly ImmutableHashSet<string> FrameworkKeys = ImmutableHashSet.Create(
        "7CEC85D7BEA7798E", "B03F5F7F11D50A3A", "B77A5C561934E089", "CC7B13FFCD2DDD51", "ADB9793829DDAE60", "31BF3856AD364E35");

    private static readonly Lazy<ImmutableHashSet<string>> Ids = new(Read);

    internal static bool Has(string documentationId) => Ids.Value.Contains(documentationId);

    /// <summary>Whether a type or member of the framework, or of this library, is not there on the freestanding host.</summary>
    internal static bool Lacks(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        if (symbol is IMethodSymbol { ReducedFrom: { } extension })
        {
            symbol = extension;
        }

        if ((symbol as INamedTypeSymbol ?? symbol.ContainingType) is { Name: "ManagedHost" } host && host.ToDisplayString() == "SyscallServer.Internal.Startup.ManagedHost")
        {
            return true;
        }

        // What a struct does not override is called on object.
        while (symbol is IMethodSymbol { OverriddenMethod: { } overridden, ContainingType.SpecialType: SpecialType.System_ValueType or SpecialType.System_Enum })
        {
            symbol = overridden;
        }

        if (!IsFramework(symbol.ContainingAssembly))
        {
            return false;
        }

        // The length of an array is an instruction; the constructor of a struct that declares none exists wherever the struct does.
        return symbol switch
        {
            IPropertySymbol { Name: "Length", ContainingType.SpecialType: SpecialType.System_Array } => false,
            IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true, ContainingType.IsValueType: true } => !Has(symbol.ContainingType),
            IMethodSymbol { AssociatedSymbol: { } propertyOrEvent } => !Has(propertyOrEvent),
            _ => !Has(symbol),
        };
    }

    /// <summary>Whether there is another overload of a member, so that the message must say which one it means.</summary>
    internal static bool HasOverloadOf(ISymbol member)
        => member is IMethodSymbol && member.ContainingType.OriginalDefinition.GetMembers(member.Name).Any(Has);

    private static bool Has(ISymbol definition) => definition.GetDocumentationCommentId() is not { } id || Has(id);

    internal static bool IsFramework(IAssemblySymbol? assembly)
        => assembly is not null && FrameworkKeys.Contains(string.Concat(assembly.Identity.PublicKeyToken.Select(part => part.ToString("X2", null))));

    private static ImmutableHashSet<string> Read()
    {
        using Stream stream = typeof(FreestandingApi).Assembly.GetManifestResourceStream("FreestandingApi.txt")!;
        using var reader = new StreamReader(stream);
        return Lines(reader).ToImmutableHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
