using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>The class of a server as it is declared: its name, the types around it, and whether another part of it can be written.</summary>
internal sealed class ServerDeclaration
{
    /// <summary>What is emitted into the class: the method that runs the server, and the class that holds everything else.</summary>
    private static readonly string[] EmittedMembers = ["Run", ServerSpec.EmittedClass];

    private static readonly SymbolDisplayFormat FullNameFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private readonly INamedTypeSymbol _type;
    private readonly Problems _problems;
    private readonly CancellationToken _cancellationToken;

    internal ServerDeclaration(INamedTypeSymbol type, Problems problems, CancellationToken cancellationToken)
    {
        _type = type;
        _problems = problems;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The namespace; empty for the global one.</summary>
    internal string Namespace => _type.ContainingNamespace.IsGlobalNamespace ? "" : _type.ContainingNamespace.ToDisplayString(FullNameFormat);

    /// <summary>The type last, before it the types that it is nested in, outermost first.</summary>
    internal EquatableArray<TypeHeader> Headers => new(TypesAround().Select(Header));

    /// <summary>The analyzer also sees what the generator has written.</summary>
    internal static bool IsWrittenByUser(Location location)
        => location.SourceTree is { } tree && !tree.FilePath.Replace('\\', '/').Contains("/" + typeof(TcpServerGenerator).FullName + "/");

    /// <summary>Whether another part of the class can be written, and whether what is written can be compiled.</summary>
    internal void Check(Compilation compilation)
    {
        if (!IsPartial(_type))
        {
            _problems.Report(Descriptors.NotPartial, Identifier(_type), _type.Name);
        }

        if (_type.IsFileLocal)
        {
            _problems.Report(Descriptors.FileLocal, Identifier(_type), _type.Name);
        }

        foreach (INamedTypeSymbol type in TypesAround())
        {
            if (!SymbolEqualityComparer.Default.Equals(type, _type) && !IsPartial(type))
            {
                _problems.Report(Descriptors.ContainingTypeNotPartial, Identifier(type), type.Name, _type.Name, Header(type).Keyword);
            }

            if (type.TypeParameters.Length > 0)
            {
                _problems.Report(Descriptors.Generic, Identifier(type), type.Name);
            }
        }

        if (compilation is CSharpCompilation { Options.AllowUnsafe: false })
        {
            _problems.Report(Descriptors.UnsafeNotAllowed, Identifier(_type), _type.Name);
        }

        if (_type.DeclaringSyntaxReferences[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 } options)
        {
            _problems.Report(Descriptors.LanguageTooOld, Identifier(_type), _type.Name, options.LanguageVersion.ToDisplayString());
        }
    }

    /// <summary>Whether the class has members of its own under the names of what is emitted into it.</summary>
    internal void CheckMembers()
    {
        foreach (string name in EmittedMembers)
        {
            ISymbol? member = _type.GetMembers(name).FirstOrDefault(candidate => candidate.Locations.Any(IsWrittenByUser));
            if (member is not null)
            {
                _problems.Report(Descriptors.MemberNameTaken, member.Locations.First(IsWrittenByUser), _type.Name, name);
            }
        }
    }

    /// <summary>The type last, before it the types that it is nested in, outermost first.</summary>
    private Stack<INamedTypeSymbol> TypesAround()
    {
        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? type = _type; type is not null; type = type.ContainingType)
        {
            types.Push(type);
        }

        return types;
    }

    private static TypeHeader Header(INamedTypeSymbol type)
    {
        string kind = type.TypeKind switch
        {
            TypeKind.Struct => "struct",
            TypeKind.Interface => "interface",
            _ => "class",
        };
        return new TypeHeader(
            type.IsRecord ? "record " + kind : kind,
            SyntaxFacts.GetKeywordKind(type.Name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(type.Name) == SyntaxKind.None ? type.Name : "@" + type.Name);
    }

    private bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(_cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private Location Identifier(INamedTypeSymbol type)
        => ((BaseTypeDeclarationSyntax)type.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken)).Identifier.GetLocation();
}
