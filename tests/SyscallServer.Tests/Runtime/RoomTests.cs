using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>The rooms of runtime/: the folders, each of which uses only those that come before it.</summary>
[Trait("Category", "Documents")]
public class RoomTests
{
    /// <summary>From the bottom to the top.</summary>
    private static readonly string[] Rooms = ["Contract", "Attributes", "Text", "Kernel", "Process", "Http", "Features", "Listening", "Transport", "Models", "Startup"];

    private static readonly Lazy<Use[]> Uses = new(Find);

    /// <summary>A place in one file at which it uses what another one declares.</summary>
    /// <param name="From">The file, from runtime/ on.</param>
    /// <param name="Line">Its line, from 1 on.</param>
    /// <param name="To">The other file.</param>
    /// <param name="Name">What is used.</param>
    private sealed record Use(string From, int Line, string To, string Name)
    {
        internal (int From, int To) Rooms => (Room(From), Room(To));

        public override string ToString() => $"runtime/{From}:{Line} uses {Name} of runtime/{To}";
    }

    [Fact]
    public void A_room_uses_only_what_lies_below_it()
        => Assert.DoesNotContain(Uses.Value, use => use.Rooms.From < use.Rooms.To);

    [Fact]
    public void A_feature_uses_no_other_but_uploads_go_to_where_files_are_and_metrics_are_told_by_a_handler()
        => Assert.DoesNotContain(Uses.Value, use => Feature(use.From) is { } from && Feature(use.To) is { } to && from != to && (from, to) is not (("Uploads", "Files") or ("Metrics", "Handlers")));

    [Fact]
    public void The_drawing_in_docs_is_that_of_the_sources()
    {
        var drawing = new StringBuilder("""
            # The rooms of runtime/

            An arrow goes from a room to each that it uses, all of them further down. The drawing is made from
            the sources: `SNAPSHOTS=accept ./test.sh --filter RoomTests` draws it anew, and the test fails where
            a room uses one above it.

            ```mermaid
            graph TD

            """);
        foreach ((int From, int To) use in Uses.Value.Select(use => use.Rooms).Where(use => use.From != use.To).Distinct().OrderByDescending(use => use.From).ThenByDescending(use => use.To))
        {
            drawing.Append("    " + Rooms[use.From] + " --> " + Rooms[use.To] + "\n");
        }

        drawing.Append("```\n");
        Snapshot.VerifyFile(drawing.ToString(), Repository.Path("docs", "internals", "rooms.md"));
    }

    private static int Room(string file) => Array.IndexOf(Rooms, file[..file.IndexOf('/', StringComparison.Ordinal)]);

    private static string? Feature(string file) => file.Split('/') is ["Features", { } feature, _] ? feature : null;

    /// <summary>Everything that a file names and another one declares, comments left aside.</summary>
    private static Use[] Find()
    {
        SyntaxTree[] trees = [.. Repository.Sources("runtime")
            .Where(file => !file.StartsWith("Freestanding/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path("runtime", file)), new CSharpParseOptions(LanguageVersion.Latest), file))];
        Assert.All(trees, tree => Assert.True(Room(tree.FilePath) >= 0, $"runtime/{tree.FilePath}: no room; they are {string.Join(", ", Rooms)}"));
        var compilation = CSharpCompilation.Create(
            "Rooms",
            trees,
            GeneratorRun.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        return [.. trees.SelectMany(tree => In(tree, compilation.GetSemanticModel(tree)))];
    }

    private static IEnumerable<Use> In(SyntaxTree tree, SemanticModel model)
        => from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
           let symbol = model.GetSymbolInfo(name).Symbol
           where symbol is INamedTypeSymbol or IMethodSymbol or IFieldSymbol or IPropertySymbol
           from declaration in symbol.OriginalDefinition.DeclaringSyntaxReferences
           where declaration.SyntaxTree != tree
           select new Use(tree.FilePath, name.GetLocation().GetLineSpan().StartLinePosition.Line + 1, declaration.SyntaxTree.FilePath, symbol.Name);
}
