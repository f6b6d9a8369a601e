using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>The pages for those who change something name files, types, members and tests: what is renamed in the sources is found here.</summary>
[Trait("Category", "Documents")]
public sealed partial class NameTests
{
    private static readonly string[] Folders = ["runtime", "generator", "codefixes", "tasks", "tests"];

    /// <summary>What the pages name and the sources do not declare: names of others, and placeholders.</summary>
    private static readonly string[] OfOthers =
    [
        "Version", "PublishAot", "PackageValidationBaselineVersion", "GeneratedServer", "Vector256", "SuppressGCTransition", "AssemblyMetadata", "Internal", "Templates", "Documents",
    ];

    private static readonly Lazy<HashSet<string>> Declared = new(Find);

    public static TheoryData<string> Pages => [.. Page.Paths.Where(path => path.StartsWith("docs/internals/", StringComparison.Ordinal) || path.StartsWith("docs/contributing/", StringComparison.Ordinal) || path == "CONTRIBUTING.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_that_a_page_names_are_there(string path)
    {
        string[] named = [.. Code(path).Where(text => TopFolder().IsMatch(text)).Select(text => text.TrimEnd('/'))];
        Assert.DoesNotContain(named, name => !File.Exists(Repository.Path(name)) && !Directory.Exists(Repository.Path(name)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Types_and_members_that_a_page_names_are_declared(string path)
    {
        IEnumerable<string> named = Code(path).Where(text => Identifier().IsMatch(text) && !Variable().IsMatch(text)).SelectMany(text => text.Split('.'));
        Assert.Empty(named.Where(name => !Declared.Value.Contains(name)).Except(OfOthers).Distinct());
    }

    /// <summary>Files without their folders, as in "RequestTarget.cs": somewhere there is one.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Sources_that_a_page_names_without_a_folder_are_somewhere(string path)
    {
        HashSet<string> files = [.. Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories)).Select(file => Path.GetFileName(file)!)];
        Assert.DoesNotContain(Code(path).Where(text => Source().IsMatch(text) && text.IndexOfAny(['/', '*', ' ']) < 0), name => !files.Contains(name));
    }

    private static IEnumerable<string> Code(string path) => Page.Read(path).Lines.SelectMany(line => Span().Matches(line.Text)).Select(match => match.Groups[1].Value);

    private static HashSet<string> Find()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string file in Folders.SelectMany(folder => Repository.Sources(folder).Select(source => Repository.Path(folder, source))))
        {
            names.UnionWith(CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().Select(NameOf).OfType<string>());
        }

        // Rooms and features are folders.
        names.UnionWith(Folders.SelectMany(folder => Repository.Sources(folder)).SelectMany(source => source.Split('/')));
        return names;
    }

    private static string? NameOf(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        TypeParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^(?:runtime|generator|codefixes|tasks|tests|docs|deploy|templates|\.github)/[\w./-]+$")]
    private static partial Regex TopFolder();

    [GeneratedRegex(@"^[A-Z]\w+(?:\.[A-Z]\w+)*$")]
    private static partial Regex Identifier();

    /// <summary>A variable of the environment; a property of the project file, which <see cref="PageTests"/> look at.</summary>
    [GeneratedRegex(@"^[A-Z_]+$|^SyscallServer")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\.(?:cs|S|targets|props|txt)$")]
    private static partial Regex Source();
}
