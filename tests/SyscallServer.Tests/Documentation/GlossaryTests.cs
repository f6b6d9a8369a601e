extern alias Generator;

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>docs/contributing/glossary.md: one word for one thing, on the pages, in messages and in the names of types.</summary>
[Trait("Category", "Documents")]
public sealed partial class GlossaryTests
{
    private static readonly Page Glossary = Page.Read("docs/contributing/glossary.md");

    private static readonly string[][] Terms = [.. Glossary.Rows("Glossary")];

    /// <summary>What the page calls words of another meaning.</summary>
    private static readonly string[] WithAnotherMeaning = [.. Glossary.Rows("Words with another meaning").Select(row => row[0])];

    private static readonly string[] Refused = [.. Terms.SelectMany(Others).Distinct().Except(WithAnotherMeaning)];

    private static readonly string[] Sources = ["runtime", "generator", "codefixes", "tasks"];

    public static TheoryData<string> Pages => [.. Page.Paths.Where(path => path != Glossary.Path)];

    [Fact]
    public void Terms_are_in_the_order_of_the_alphabet_and_each_is_explained()
    {
        string[] words = [.. Terms.Select(row => row[0])];
        Assert.Equal(words.Order(StringComparer.Ordinal), words);
        Assert.Equal(WithAnotherMeaning.Order(StringComparer.OrdinalIgnoreCase), WithAnotherMeaning);
        Assert.All(Terms.Concat(Glossary.Rows("Words with another meaning")), row => Assert.NotEmpty(row[1]));
    }

    /// <summary>Otherwise a row would allow something that nobody refuses.</summary>
    [Fact]
    public void A_word_with_another_meaning_is_one_that_stands_in_the_column_of_others()
        => Assert.Empty(WithAnotherMeaning.Except(Terms.SelectMany(Others)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_say_no_other_word(string path)
    {
        string[] found =
        [
            .. from line in Page.Read(path).Lines
               where !line.Text.StartsWith("    ", StringComparison.Ordinal) // code
               let prose = Quoted().Replace(line.Text, "")
               from word in Refused
               where Contains(prose, word)
               select $"{path}:{line.Number}: '{word}'",
        ];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Fact]
    public void Diagnostics_say_no_other_word()
        => Assert.Empty(
            from descriptor in Generator::SyscallServer.Generator.Diagnostics.Descriptors.All
            let text = $"{descriptor.Title.ToString(CultureInfo.InvariantCulture)} {descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture)}"
            from word in Refused
            where Contains(text, word)
            select $"{descriptor.Id}: '{word}'");

    /// <summary>Of a word in the name of a type each begins with a capital.</summary>
    [Fact]
    public void Types_have_no_other_word_in_their_names()
        => Assert.Empty(
            from folder in Sources
            from source in Repository.Sources(folder)
            from Match type in TypeDeclaration().Matches(File.ReadAllText(Repository.Path(folder, source)))
            from word in Refused
            where Regex.IsMatch(type.Groups[1].Value, string.Concat(word.Split(' ').Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "(?![a-z])")
            select $"{folder}/{source}: {type.Groups[1].Value}");

    /// <summary>A word that nobody uses any more is not one of the project.</summary>
    [Fact]
    public void Every_term_is_used_on_a_page_or_in_the_sources()
    {
        string[] texts =
        [
            .. Page.Paths.Where(path => path != Glossary.Path).Select(path => File.ReadAllText(Repository.Path(path))),
            .. Sources.SelectMany(folder => Repository.Sources(folder).Select(source => File.ReadAllText(Repository.Path(folder, source)))),
        ];
        Assert.DoesNotContain(Terms.SelectMany(row => row[0].Split(", ")), term => !texts.Any(text => Contains(Blanks().Replace(text, " "), term)));
    }

    private static IEnumerable<string> Others(string[] row) => row.Length < 3 || row[2].Length == 0 ? [] : row[2].Split(", ");

    private static bool Contains(string text, string word)
        => Regex.IsMatch(text, $@"\b{Regex.Escape(word)}s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Code, and what links lead to.</summary>
    [GeneratedRegex(@"`[^`]*`|\]\([^)]*\)")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:class|struct|record|enum|interface) ([A-Z]\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
