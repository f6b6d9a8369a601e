using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>The analyzer allows what our System.Runtime has, neither more nor less.</summary>
public class FreestandingApiTests
{
    [Fact]
    public void The_list_of_the_analyzer_is_the_public_surface_of_the_assembly()
    {
        string assembly = Repository.Path("runtime", "Freestanding", "System.Runtime", "bin", "Release", "net8.0", "System.Runtime.dll");
        Assert.True(File.Exists(assembly), $"{assembly} is not built: dotnet build runtime/Freestanding/System.Runtime");
        Snapshot.VerifyFile(string.Concat(PublicSurface(assembly).Select(id => id + "\n")), Repository.Path("generator", "Diagnostics", "FreestandingApi.txt"));
    }

    /// <summary>The documentation ids of all public and protected types and members, apart from what only compilers call.</summary>
    internal static IReadOnlyList<string> PublicSurface(string assembly)
    {
        var reference = MetadataReference.CreateFromFile(assembly);
        var compilation = CSharpCompilation.Create("Surface", references: [reference]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        return Types(symbol.GlobalNamespace)
            .SelectMany(type => type.GetMembers().Where(IsOffered).Prepend(type))
            .Select(member => member.GetDocumentationCommentId()!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        if (container is INamespaceSymbol { Name: "Internal", ContainingNamespace.IsGlobalNamespace: true })
        {
            return [];
        }

        IEnumerable<INamedTypeSymbol> types = container.GetTypeMembers().Where(IsVisible).SelectMany(type => Types(type).Prepend(type));
        return container is INamespaceSymbol outer ? types.Concat(outer.GetNamespaceMembers().SelectMany(Types)) : types;
    }

    /// <summary>Accessors are listed as their property; the constructor of a struct without one is there of itself.</summary>
    private static bool IsOffered(ISymbol member)
        => member is not INamedTypeSymbol && IsVisible(member) && !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null };

    private static bool IsVisible(ISymbol symbol)
        => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
