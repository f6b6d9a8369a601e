using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Diagnostics;
using Xunit;

namespace SyscallServer.CodeFixes.Tests;

/// <summary>What an editor offers for a mistake, applied: the whole text afterwards.</summary>
public class CodeFixTests
{
    private static readonly CodeFixProvider[] Providers = [new PartialCodeFix(), new ReplacementCodeFix(), new RemoveHeaderCodeFix()];

    private static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "SyscallServer.dll" or "netstandard.dll")
        .Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("/* here */ class Site { }", "/* here */ partial class Site { }")]
    [InlineData("public static class Site;", "public static partial class Site;")]
    [InlineData("/// <summary>Of it.</summary>\nstatic class Site;", "/// <summary>Of it.</summary>\nstatic partial class Site;")]
    [InlineData("record Site;", "partial record Site;")]
    public Task A_class_becomes_partial(string before, string after)
        => AssertFixAsync("SYSC001", "Make 'Site' partial", $"[TcpServer] [RawResponse(\"\")]\n{before}", $"[TcpServer] [RawResponse(\"\")]\n{after}");

    [Fact]
    public Task A_type_around_a_server_becomes_partial()
        => AssertFixAsync(
            "SYSC008",
            "Make 'Outer' partial",
            "internal readonly struct Outer\n{\n    [TcpServer] [RawResponse(\"\")] partial class Site;\n}",
            "internal readonly partial struct Outer\n{\n    [TcpServer] [RawResponse(\"\")] partial class Site;\n}");

    [Theory]
    [InlineData("SYSC030", "Write \"/index.html\"", "[StaticResponse(\"index.html\", \"\")]", "[StaticResponse(\"/index.html\", \"\")]")]
    [InlineData("SYSC030", "Write \"/\"", "[StaticResponse(/* root */ \"\" , body: \"\")]", "[StaticResponse(/* root */ \"/\" , body: \"\")]")]
    [InlineData("SYSC030", "Write \"/old/*\"", "[Redirect(@\"old/*\", \"/\")]", "[Redirect(\"/old/*\", \"/\")]")]
    [InlineData("SYSC032", "Write \"/b\"", "[StaticResponse(\"/a/../b\", \"\")]", "[StaticResponse(\"/b\", \"\")]")]
    [InlineData("SYSC032", "Write \"/caf\u00E9/*\"", "[StaticResponse(\"/caf\u00E9/./*\", \"\")]", "[StaticResponse(\"/caf\u00E9/*\", \"\")]")]
    [InlineData("SYSC041", "Write \"POST\"", "[StaticResponse(\"/\", \"\", Method = \"post\")]", "[StaticResponse(\"/\", \"\", Method = \"POST\")]")]
    [InlineData("SYSC046", "Remove the header", "[StaticResponse(\"/\", \"\", Headers = [\"A: b\", \"Date: x\"])]", "[StaticResponse(\"/\", \"\", Headers = [\"A: b\"])]")]
    [InlineData("SYSC046", "Remove the header", "[StaticResponse(\"/\", \"\", Headers = [\"Connection: close\", \"A: b\"])]", "[StaticResponse(\"/\", \"\", Headers = [\"A: b\"])]")]
    [InlineData("SYSC046", "Remove the header", "[StaticResponse(\"/\", \"\", Headers = new[] { \"A: b\", \"Content-Length: 0\", \"C: d\" })]", "[StaticResponse(\"/\", \"\", Headers = new[] { \"A: b\", \"C: d\" })]")]
    [InlineData("SYSC046", "Remove the header", "[StaticResponse(\"/\", \"\", Headers = [\"ETag: x\"], Compress = false)]", "[StaticResponse(\"/\", \"\", Compress = false)]")]
    [InlineData("SYSC046", "Remove the header", "[Redirect(\"/\", \"/a\", Headers = new string[] { \"TE: x\" })]", "[Redirect(\"/\", \"/a\")]")]
    [InlineData("SYSC047", "Remove the header", "[Redirect(\"/\", \"/a\", Headers = [\"Location: /b\", \"A: b\"])]", "[Redirect(\"/\", \"/a\", Headers = [\"A: b\"])]")]
    public Task What_is_right_is_known_and_written(string id, string title, string before, string after)
        => AssertFixAsync(id, title, $"[TcpServer]\n{before}\npartial class Site;", $"[TcpServer]\n{after}\npartial class Site;");

    [Theory]
    [InlineData("[StaticResponse(\"http://example.com/\", \"\")]")]
    [InlineData("[StaticResponse(\"a\" + \"b\", \"\")]")]
    [InlineData("[StaticResponse(\"/\", \"\", Method = \"BREW\")]")]
    public async Task Where_it_is_not_known_nothing_is_offered(string attribute)
        => Assert.Empty(await OfferedAsync($"using SyscallServer;\n[TcpServer] {attribute} partial class Site;"));

    private static async Task AssertFixAsync(string id, string title, string before, string after)
    {
        (Diagnostic diagnostic, CodeAction action, Document document) = Assert.Single(await OfferedAsync("using SyscallServer;\n" + before));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(title, action.Title);
        ApplyChangesOperation changes = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None)));
        string text = (await changes.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        Assert.Equal("using SyscallServer;\n" + after, text);

        // Nothing more is wrong.
        Assert.Empty(await OfferedAsync(text));
    }

    private static async Task<IReadOnlyList<(Diagnostic Diagnostic, CodeAction Action, Document Document)>> OfferedAsync(string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(),
                VersionStamp.Default,
                "Site",
                "Site",
                LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true),
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp12),
                metadataReferences: References))
            .AddDocument("Site.cs", source);
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([new TcpServerAnalyzer()]).GetAnalyzerDiagnosticsAsync();

        var offered = new List<(Diagnostic, CodeAction, Document)>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach (CodeFixProvider provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add((diagnostic, action, document)), CancellationToken.None));
            }
        }

        return offered;
    }
}
