using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

public class FunctionLengthTests
{
    /// <summary>What does not fit on a screen is not reviewed.</summary>
    private const int MaxLines = 70;

    [Theory]
    [InlineData("generator")]
    [InlineData("runtime")]
    [InlineData("tasks")]
    [InlineData("codefixes")]
    public void No_function_is_longer_than_a_screen(string folder)
    {
        string[] files = Repository.Sources(folder).ToArray();
        Assert.NotEmpty(files);
        string[] tooLong =
        [
            .. from file in files
               from function in Functions(CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path(folder, file))).GetRoot())
               where function.Lines > MaxLines
               orderby function.Lines descending
               select $"{file}: {function.Name} has {function.Lines} lines",
        ];
        Assert.True(tooLong.Length == 0, $"Functions of more than {MaxLines} lines:\n{string.Join('\n', tooLong)}");
    }

    [Theory]
    [InlineData("void F() { }", "F", 0)]
    [InlineData("void F()\n{\n    G();\n}", "F", 1)]
    [InlineData("C()\n{\n    G();\n\n    H();\n}", "C", 3)]
    [InlineData("int F() =>\n    1 +\n    2;", "F", 2)]
    [InlineData("int P\n{\n    get\n    {\n        return 1;\n    }\n}", "get_P", 1)]
    [InlineData("int P\n    => 1;", "get_P", 1)]
    [InlineData("void F()\n{\n    G(() =>\n    {\n        H();\n    });\n}", "F", 4)]
    public void Lines_are_counted_between_the_braces(string member, string name, int lines)
        => Assert.Equal([(name, lines)], Functions(CSharpSyntaxTree.ParseText($"class C {{ {member} }}").GetRoot()));

    [Fact]
    public void A_local_function_counts_for_itself_and_for_its_method()
        => Assert.Equal(
            [("F", 5), ("G", 1)],
            Functions(CSharpSyntaxTree.ParseText("class C\n{\n    void F()\n    {\n        G();\n        void G()\n        {\n            H();\n        }\n    }\n}").GetRoot()));

    private static IEnumerable<(string Name, int Lines)> Functions(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            (string Name, SyntaxNode? Body) function = node switch
            {
                MethodDeclarationSyntax method => (method.Identifier.Text, (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression),
                ConstructorDeclarationSyntax constructor => (constructor.Identifier.Text, (SyntaxNode?)constructor.Body ?? constructor.ExpressionBody?.Expression),
                BaseMethodDeclarationSyntax other => (other.Kind().ToString(), (SyntaxNode?)other.Body ?? other.ExpressionBody?.Expression),
                LocalFunctionStatementSyntax local => (local.Identifier.Text, (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression),
                AccessorDeclarationSyntax accessor => ($"{accessor.Keyword.Text}_{PropertyName(accessor.Parent!.Parent!)}", (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody?.Expression),
                ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } arrow => ("get_" + PropertyName(property), arrow.Expression),
                _ => default,
            };
            if (function.Body is not null)
            {
                FileLinePositionSpan span = function.Body.GetLocation().GetLineSpan();
                int lines = span.EndLinePosition.Line - span.StartLinePosition.Line;
                yield return (function.Name, function.Body is BlockSyntax ? System.Math.Max(lines - 1, 0) : lines + 1);
            }
        }
    }

    private static string PropertyName(SyntaxNode property) => property switch
    {
        PropertyDeclarationSyntax named => named.Identifier.Text,
        EventDeclarationSyntax named => named.Identifier.Text,
        _ => "this[]",
    };
}
