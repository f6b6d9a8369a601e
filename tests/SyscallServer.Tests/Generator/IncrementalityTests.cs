using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What an edit makes run again. (That a repeated run finds everything cached is part of every <see cref="GeneratorRun"/>.)</summary>
public class IncrementalityTests
{
    private const string Server =
        """
        using SyscallServer;

        [TcpServer(Port = 8080)]
        [RawResponse("a")]
        static partial class Site;
        """;

    [Fact]
    public void An_edit_in_another_file_reruns_nothing()
    {
        GeneratorRun run = GeneratorRun.Of(Server);
        SyntaxTree other = CSharpSyntaxTree.ParseText("class Other { int field; }", (CSharpParseOptions)run.Before.SyntaxTrees[0].Options, "/src/Other.cs");
        GeneratorRunResult added = Rerun(run, run.Before.AddSyntaxTrees(other), out GeneratorDriver driver);
        GeneratorRun.AssertCached(added);

        SyntaxTree edited = CSharpSyntaxTree.ParseText("class Other { string field = \"\"; void Method() { } }", (CSharpParseOptions)other.Options, "/src/Other.cs");
        GeneratorRun.AssertCached(driver.RunGenerators(run.Before.AddSyntaxTrees(edited)).GetRunResult().Results.Single());
    }

    [Fact]
    public void An_edit_in_the_same_file_that_does_not_concern_the_server_writes_nothing_anew()
    {
        GeneratorRun run = GeneratorRun.Of(Server);
        GeneratorRunResult result = Rerun(run, Edit(run, Server + "\n\nclass Other { int field; }"), out _);
        GeneratorRun.AssertCached(result);
    }

    [Fact]
    public void An_edit_of_the_response_writes_the_server_anew()
    {
        GeneratorRun run = GeneratorRun.Of(Server);
        GeneratorRunResult result = Rerun(run, Edit(run, Server.Replace("\"a\"", "\"b\"")), out _);
        Assert.Contains((IncrementalStepRunReason.Modified, TcpServerGenerator.ParseStep), GeneratorRun.Outputs(result));
        Assert.Contains("\"b\"u8", result.GeneratedSources.Single().SourceText.ToString(), System.StringComparison.Ordinal);
    }

    private const string HttpServer =
        """
        using System;
        using SyscallServer;

        [TcpServer]
        [StaticResponse("/", "a", Headers = ["X: y"])]
        [Redirect("/old", "/", Status = 308)]
        [NotFound("n")]
        static partial class Site
        {
            [Route("/b")] private static ReadOnlySpan<byte> B => "b"u8;
            [Route("/c")] private const string C = Other.Text;
        }
        """;

    [Fact]
    public void An_edit_that_does_not_concern_the_content_writes_nothing_anew()
    {
        const string other = " static class Other { internal const string Text = \"c\"; }";
        GeneratorRun run = GeneratorRun.Of(HttpServer + other);
        GeneratorRun.AssertCached(Rerun(run, Edit(run, "// A comment.\n" + HttpServer + other.Replace("\"c\"", "\"\" + \"c\" /* the same */")), out _));
        GeneratorRun.AssertCached(Rerun(run, Edit(run, HttpServer.Replace("\"b\"u8", "\"\"u8 + \"b\"u8") + other), out _));
    }

    [Fact]
    public void An_edit_of_the_value_of_a_member_writes_the_server_anew()
    {
        GeneratorRun run = GeneratorRun.Of(HttpServer + " static class Other { internal const string Text = \"c\"; }");
        foreach (string edited in new[] { HttpServer + " static class Other { internal const string Text = \"d\"; }", run.Before.SyntaxTrees[0].ToString().Replace("\"b\"u8", "\"B\"u8") })
        {
            Assert.Contains((IncrementalStepRunReason.Modified, TcpServerGenerator.ParseStep), GeneratorRun.Outputs(Rerun(run, Edit(run, edited), out _)));
        }
    }

    [Fact]
    public void An_edit_of_one_server_writes_only_that_one_anew()
    {
        const string main = "static class Program { static int Main() => 0; }\n";
        GeneratorRun run = GeneratorRun.Of(main + Server.Replace("using SyscallServer;", "").Replace("[", "[SyscallServer.") + "\n[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"x\")] partial class Other;");
        GeneratorRunResult result = Rerun(run, Edit(run, run.Before.SyntaxTrees[0].ToString().Replace("\"x\"", "\"y\"")), out _);
        IEnumerable<IncrementalStepRunReason> outputs = result.TrackedOutputSteps.SelectMany(step => step.Value)
            .Where(step => step.Inputs.Length > 0)
            .SelectMany(step => step.Outputs.Select(output => output.Reason));
        Assert.Equal(1, outputs.Count(reason => reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void A_Main_that_appears_takes_the_entry_point_away()
    {
        GeneratorRun run = GeneratorRun.Of(Server);
        Assert.Contains("Main(", run.Files["Site.g.cs"], System.StringComparison.Ordinal);
        GeneratorRunResult result = Rerun(run, Edit(run, Server + "\nstatic class Program { static int Main(string[] args) => Site.Run(args); }"), out _);
        Assert.DoesNotContain("Main(", result.GeneratedSources.Single().SourceText.ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Of_text_files_those_that_are_named_matter_and_no_others()
    {
        GeneratorRun run = RedirectServer.Generate("/a /b\n");
        AdditionalText text = run.Texts.Single();
        var other = new TextFile("other.txt", "1");
        GeneratorDriver driver = run.Driver.AddAdditionalTexts([other]).RunGenerators(run.Before);
        GeneratorRun.AssertCached(driver.GetRunResult().Results.Single());
        driver = driver.ReplaceAdditionalText(other, new TextFile("other.txt", "2")).RunGenerators(run.Before);
        GeneratorRun.AssertCached(driver.GetRunResult().Results.Single());
        driver = driver.ReplaceAdditionalText(text, new TextFile("_redirects", "# A comment.\n/a /b\n")).RunGenerators(run.Before);
        Assert.DoesNotContain(GeneratorRun.Outputs(driver.GetRunResult().Results.Single()), output => output is (IncrementalStepRunReason.Modified, TcpServerGenerator.ResolveStep or TcpServerGenerator.PlanStep));
        Assert.Equal(0, other.Reads);
        driver = run.Driver.ReplaceAdditionalText(text, new TextFile("_redirects", "/a /c\n")).RunGenerators(run.Before);
        Assert.Contains((IncrementalStepRunReason.Modified, TcpServerGenerator.ResolveStep), GeneratorRun.Outputs(driver.GetRunResult().Results.Single()));
    }

    private static CSharpCompilation Edit(GeneratorRun run, string source)
    {
        SyntaxTree old = run.Before.SyntaxTrees[0];
        return run.Before.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)old.Options, old.FilePath));
    }

    private static GeneratorRunResult Rerun(GeneratorRun run, CSharpCompilation compilation, out GeneratorDriver driver)
    {
        driver = run.Driver.RunGenerators(compilation);
        return driver.GetRunResult().Results.Single();
    }
}
