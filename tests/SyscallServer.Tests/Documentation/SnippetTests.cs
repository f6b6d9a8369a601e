using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>The code on the pages: programs compile without a warning, and what is quoted stands so in the sources.</summary>
[Trait("Category", "Documents")]
public sealed class SnippetTests : IDisposable
{
    private readonly Assets _assets = new();

    public SnippetTests()
    {
        foreach (string file in new[] { "wwwroot/index.html", "wwwroot/404.html", "wwwroot/app.js", "wwwroot/app.js.map", "wwwroot/drafts/a.html", "assets/docs/index.html", "assets/docs/404.html", "wwwroot/index.de.html", "wwwroot/fonts/a.woff2" })
        {
            _assets.Add(file, "x");
        }

        _assets.Add("wwwroot/config.js", "const api = \"${API_URL}\";");
    }

    public static TheoryData<string> WithCode => [.. Page.Paths.Where(path => Page.Read(path).Blocks("csharp").Any())];

    public static TheoryData<string, string, string> WithQuotes => new()
    {
        { "docs/from-the-article.md", "cs", "tests/SyscallServer.Tests/Snapshots/Hello.verified.txt" },
        { "docs/from-the-article.md", "asm", "tests/Reference/server.s" },
    };

    public void Dispose() => _assets.Dispose();

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task Code_compiles_without_a_warning(string path)
    {
        foreach ((int line, string code) in Page.Read(path).Blocks("csharp"))
        {
            string[] problems = code.Contains("using Xunit;", StringComparison.Ordinal) ? CompileTests(code) : await CompileServerAsync(code);
            Assert.True(problems.Length == 0, $"{path}:{line}:\n{string.Join('\n', problems)}");
        }
    }

    [Theory]
    [MemberData(nameof(WithQuotes))]
    public void What_is_quoted_stands_so_in_the_sources(string path, string language, string source)
    {
        string text = File.ReadAllText(Repository.Path(source));
        (int Line, string Code)[] quotes = [.. Page.Read(path).Blocks(language)];
        Assert.NotEmpty(quotes);
        Assert.All(quotes, quote => Assert.True(text.Contains(quote.Code, StringComparison.Ordinal), $"{path}:{quote.Line} is not in {source}"));
    }

    /// <summary>A program as a project without the implicit usings has it; members alone stand in a server of their own.</summary>
    private async Task<string[]> CompileServerAsync(string code)
    {
        bool isMembers = !CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Any();
        string program = isMembers ? $"[TcpServer]\nstatic partial class Site\n{{\n{code}}}\n" : code;
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile(program.Contains("using SyscallServer;", StringComparison.Ordinal) ? program : "using SyscallServer;\n" + program), [_assets.Manifest(), new TextFile("_redirects", "/old /new\n")], TextFile.Project);
        run.AssertCompiles();
        return [.. (await run.AnalyzeAsync()).Select(found => $"{found.Diagnostic.Id}: {found.Diagnostic.GetMessage(null)}")];
    }

    private static string[] CompileTests(string code)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(code, OutputKind.DynamicallyLinkedLibrary)
            .AddReferences(GeneratorRun.Platform(name => name is "xunit.core.dll" or "xunit.assert.dll" or "xunit.abstractions.dll"));

        // CS1701: xunit was built for an earlier .NET, which the SDK knows to be no fault.
        return [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701").Select(diagnostic => diagnostic.ToString())];
    }
}
