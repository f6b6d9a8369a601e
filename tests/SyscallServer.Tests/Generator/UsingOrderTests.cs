using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>
/// What "dotnet format whitespace" does not look at, and "dotnet format style --diagnostics IMPORTS" only after it has loaded all projects, which takes half a minute. It puts them in this order.
/// </summary>
public class UsingOrderTests
{
    [Theory]
    [InlineData("generator")]
    [InlineData("runtime")]
    [InlineData("tasks")]
    [InlineData("codefixes")]
    [InlineData("sample")]
    [InlineData("tests")]
    public void Namespaces_come_first_those_of_System_at_the_top_then_static_classes_then_aliases(string folder)
    {
        string[] files = Repository.Sources(folder).ToArray();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => !IsInOrder(File.ReadAllText(Repository.Path(folder, file))));
    }

    [Theory]
    [InlineData("using System; using System.IO; using A; using static System.Math; using B = System.Byte;", true)]
    [InlineData("using B;\n#if !C\nusing System;\nusing D;\n#endif\nusing E;", true)]
    [InlineData("using System.Linq; using System.IO;", false)]
    [InlineData("using A; using System;", false)]
    [InlineData("using static System.Math; using System;", false)]
    [InlineData("using B = System.Byte; using static System.Math;", false)]
    [InlineData("using B = System.Byte; using A = System.Byte;", false)]
    public void The_order_is_seen(string usings, bool isInOrder)
        => Assert.Equal(isInOrder, IsInOrder(usings));

    private static bool IsInOrder(string source)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source).GetRoot();
        return root.DescendantNodesAndSelf(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Select(node => node switch
            {
                CompilationUnitSyntax unit => unit.Usings.ToArray(),
                BaseNamespaceDeclarationSyntax space => space.Usings.ToArray(),
                _ => [],
            })
            .All(usings => usings.Zip(usings.Skip(1)).All(pair => pair.Second.ContainsDirectives || Order.Compare(pair.First, pair.Second) <= 0)); // what #if has to itself begins anew
    }

    private static readonly Comparer<UsingDirectiveSyntax> Order = Comparer<UsingDirectiveSyntax>.Create((left, right) => Place(left).CompareTo(Place(right)) is not 0 and int place ? place : string.Compare(Name(left), Name(right), StringComparison.OrdinalIgnoreCase));

    private static int Place(UsingDirectiveSyntax directive)
        => directive.Alias is not null ? 3
        : directive.StaticKeyword.RawKind != 0 ? 2
        : Name(directive) == "System" || Name(directive).StartsWith("System.", StringComparison.Ordinal) ? 0 : 1;

    private static string Name(UsingDirectiveSyntax directive) => directive.Alias?.Name.ToString() ?? directive.NamespaceOrType.ToString();
}
