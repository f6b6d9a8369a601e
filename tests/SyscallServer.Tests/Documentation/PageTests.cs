using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>What all pages have to be: whole, findable and readable.</summary>
[Trait("Category", "Documents")]
public sealed partial class PageTests
{
    private const int MaxColumns = 100;

    private const double MaxGrade = 10;

    /// <summary>Pages whose lines are longer.</summary>
    private static readonly string[] WithLongLines = ["CHANGELOG.md", "deploy/README.md", "docs/attributes.md", "docs/benchmarks.md", "docs/diagnostics.md", "docs/dotnet-versions.md", "docs/handlers.md", "docs/reference.md", "docs/running.md"];

    /// <summary>The projects with tests that documents speak of.</summary>
    private static readonly string[] WithTests = ["SyscallServer.Tests", "SyscallServer.EndToEnd.Tests"];

    /// <summary>Attributes that pages speak of, and that are not ours.</summary>
    private static readonly string[] AttributesOfDotnet = ["DllImport", "LibraryImport", "MethodImpl", "ThreadStatic", "Trait"];

    public static TheoryData<string> All => [.. Page.Paths];

    /// <summary>Another host's pages are not asked for: a test that needs the network would fail for reasons of others.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_link_leads_to_a_file_and_to_a_heading_in_it(string path)
    {
        string[] broken =
        [
            .. from link in Page.Read(path).Links
               where !link.Target.Contains("://", StringComparison.Ordinal) && !IsThere(path, link.Target)
               select $"{path}:{link.Line}: {link.Target}",
        ];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void The_index_names_every_page()
    {
        Page index = Page.Read("docs/README.md");
        IEnumerable<string> named = index.Links.Select(link => Path.GetRelativePath(Repository.Path(), Path.GetFullPath(Path.Combine(Repository.Path("docs"), link.Target.Split('#')[0]))));
        Assert.Empty(Page.Paths.Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != index.Path).Except(named));
    }

    /// <summary>What is renamed, or was never there, is found here; programs on the pages are compiled (<see cref="SnippetTests"/>).</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Attributes_and_properties_of_the_project_file_have_the_names_that_the_pages_say(string path)
    {
        string text = File.ReadAllText(Repository.Path(path));
        string build = string.Concat(Directory.GetFiles(Repository.Path("runtime", "buildTransitive")).Append(Repository.Path("runtime", "Freestanding", "linux-x64", "StartCode.S")).Select(File.ReadAllText));
        IEnumerable<string> properties = ProjectProperty().Matches(text).Select(match => match.Value).Where(name => !build.Contains(name, StringComparison.Ordinal));
        IEnumerable<string> attributes = Attribute().Matches(text).Select(match => match.Groups[1].Value).Where(name => !File.Exists(Repository.Path("runtime", "Attributes", name + "Attribute.cs")));
        Assert.Empty(properties.Concat(attributes).Except(AttributesOfDotnet));
    }

    /// <summary>So that the list of what compares documents with the code is whole, and names nothing that is gone. A class that reads a page is one of them.</summary>
    [Fact]
    public void Every_test_of_documents_is_on_the_page_for_those_and_in_their_category()
    {
        (string Name, bool IsMarked, bool ReadsPages)[] classes =
        [
            .. from project in WithTests
               from source in Repository.Sources(Path.Combine("tests", project))
               let text = File.ReadAllText(Repository.Path("tests", project, source))
               from Match type in TestClass().Matches(text)
               select (type.Groups[2].Value, type.Groups[1].Value.Contains("[Trait(\"Category\", \"Documents\")]", StringComparison.Ordinal), ReadsPage().IsMatch(text)),
        ];
        string[] listed = [.. Page.Read("docs/contributing/documents.md").Rows("Documents and code").Select(row => row[0].Trim('`'))];
        Assert.Equal(classes.Where(type => type.IsMarked).Select(type => type.Name).Order(StringComparer.Ordinal), listed);
        Assert.Empty(classes.Where(type => type.ReadsPages).Select(type => type.Name).Except(listed));
    }

    [Fact]
    public void Every_file_in_deploy_is_explained()
    {
        IEnumerable<string> named = Page.Paths.Where(path => path.StartsWith("docs/deployment/", StringComparison.Ordinal) || path == "deploy/README.md").SelectMany(path => Page.Read(path).Links.Select(link => Path.GetFullPath(Path.Combine(Repository.Path(Path.GetDirectoryName(path)!), link.Target.Split('#')[0]))));
        Assert.Empty(Directory.GetFiles(Repository.Path("deploy"), "*", SearchOption.AllDirectories).Except(named.Append(Repository.Path("deploy", "README.md"))));
    }

    /// <summary>A title, no blanks at the ends of lines, one empty line between paragraphs, and a language for each block of code, so that it has colours.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_page_is_well_formed(string path)
    {
        string text = File.ReadAllText(Repository.Path(path));
        Assert.StartsWith("# ", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Malformed(), text);
        Assert.Equal(0, Fence().Matches(text).Where((_, i) => i % 2 == 0).Count(fence => fence.Groups[1].Length == 0));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    public void Who_reads_it_needs_no_more_than_ten_years_of_school(string path)
    {
        double grade = Page.Read(path).Grade;
        Assert.True(grade <= MaxGrade, $"{path} has the Flesch-Kincaid grade {grade:F1}");
    }

    /// <summary>But for tables and for links, which cannot be broken.</summary>
    [Fact]
    public void Lines_have_at_most_100_columns()
    {
        string[] tooLong =
        [
            .. from path in Page.Paths.Except(WithLongLines)
               from line in File.ReadAllLines(Repository.Path(path)).Select((text, i) => (Text: text, Number: i + 1))
               where line.Text.Length > MaxColumns && line.Text[0] != '|' && line.Text.IndexOf(' ', MaxColumns - 1) >= 0 && !IsQuoted(path, line.Text)
               select $"{path}:{line.Number} has {line.Text.Length}",
        ];
        Assert.True(tooLong.Length == 0, string.Join('\n', tooLong));
    }

    /// <summary>So that a figure that was measured anew is not left behind.</summary>
    [Fact]
    public void The_figures_of_the_comparison_are_those_of_the_benchmarks()
    {
        HashSet<string> measured = [.. Figure().Matches(File.ReadAllText(Repository.Path("docs", "benchmarks.md"))).Select(match => match.Value)];
        string[] figures = [.. Page.Read("docs/comparison.md").Rows("Figures").SelectMany(row => row[1..]).Select(cell => Figure().Match(cell).Value)];
        Assert.Equal(6 * 4, figures.Length);
        Assert.All(figures, figure => Assert.Contains(figure, measured));
    }

    /// <summary>Emitted code and assembly stand as they are in the sources.</summary>
    private static bool IsQuoted(string path, string line)
        => Page.Read(path).Blocks("cs").Concat(Page.Read(path).Blocks("asm")).Any(block => block.Code.Contains(line, StringComparison.Ordinal));

    private static bool IsThere(string path, string target)
    {
        string[] parts = target.Split('#');
        string file = parts[0].Length == 0 ? path : Path.GetRelativePath(Repository.Path(), Path.GetFullPath(Path.Combine(Repository.Path(), Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0]))));
        return parts.Length == 1
            ? File.Exists(Repository.Path(file)) || Directory.Exists(Repository.Path(file))
            : File.Exists(Repository.Path(file)) && Page.Read(file).Anchors.Contains(parts[1]);
    }

    [GeneratedRegex(@"^((?:\[.*\]\n)*)public (?:sealed )?(?:partial )?class (\w+Tests)\b", RegexOptions.Multiline)]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bPage\.(?:Read|Paths)\b|Repository\.Path\(""(?:docs|README\.md)""")]
    private static partial Regex ReadsPage();

    [GeneratedRegex(@"[ \t]\n|\n\n\n|\n\n\z")]
    private static partial Regex Malformed();

    [GeneratedRegex(@"\bSyscallServer[A-Z]\w+")]
    private static partial Regex ProjectProperty();

    [GeneratedRegex(@"`\[([A-Z]\w+)[\](]")]
    private static partial Regex Attribute();

    [GeneratedRegex("^```(.*)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?")]
    private static partial Regex Figure();
}
