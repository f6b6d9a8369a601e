using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SyscallServer.Documentation;

/// <summary>A page: a file of Markdown, and where it is on the site.</summary>
internal sealed class SitePage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    private const int LongestDescription = 155;

    internal SitePage(string source, string text)
    {
        Source = source;
        Document = Markdown.Parse(text, Pipeline);
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        Headings = [.. Document.Descendants<HeadingBlock>().Select(block => new SiteHeading(block.Level, NameOf(block, taken), PlainText(block.Inline), block))];
        Title = Headings.FirstOrDefault(heading => heading.Level == 1)?.Text ?? source;
        string first = Document.OfType<ParagraphBlock>().Select(paragraph => PlainText(paragraph.Inline)).FirstOrDefault() ?? Title;
        Description = first.Length <= LongestDescription ? first : string.Concat(first.AsSpan(0, first.LastIndexOf(' ', LongestDescription)), " …");
    }

    /// <summary>The path from the root of the repository on.</summary>
    internal string Source { get; }

    internal MarkdownDocument Document { get; }

    internal IReadOnlyList<SiteHeading> Headings { get; }

    internal string Title { get; }

    /// <summary>The first paragraph, as search engines show it.</summary>
    internal string Description { get; }

    /// <summary>The path of a request: README.md of the repository is the first page, and one of a folder is the page of that folder.</summary>
    internal string Path => Source switch
    {
        "README.md" => "/",
        "docs/README.md" => "/contents",
        _ when Source.EndsWith("/README.md", StringComparison.Ordinal) => Source["docs".Length..^"README.md".Length],
        _ => Source["docs".Length..^".md".Length],
    };

    /// <summary>The file, from the folder of the site on. <c>CleanUrls</c> of [StaticFiles] leads there.</summary>
    internal string File => Path.EndsWith('/') ? Path[1..] + "index.html" : Path[1..] + ".html";

    internal static string PlainText(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (MarkdownObject inline in inlines?.Descendants() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>The name of a heading in links, as GitHub makes it: the same links lead to the same places there and here.</summary>
    private static string NameOf(HeadingBlock block, Dictionary<string, int> taken)
    {
        string name = string.Concat(PlainText(block.Inline).ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-');
        taken[name] = taken.GetValueOrDefault(name, -1) + 1;
        string unique = taken[name] == 0 ? name : $"{name}-{taken[name]}";
        block.GetAttributes().Id = unique;
        return unique;
    }
}

/// <summary>A heading: its level, its name in links, and its text.</summary>
internal sealed record SiteHeading(int Level, string Name, string Text, HeadingBlock Block);
