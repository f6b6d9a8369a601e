using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SyscallServer.Documentation;

/// <summary>What the search looks through: for each heading the page, the link and the text below it.</summary>
internal static class SearchIndex
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(IEnumerable<SitePage> pages)
    {
        List<string[]> entries = [];
        foreach (SitePage page in pages)
        {
            SiteHeading? heading = null;
            var text = new StringBuilder();
            foreach (Block block in page.Document)
            {
                if (page.Headings.FirstOrDefault(candidate => candidate.Block == block) is { } next)
                {
                    Add(entries, page, heading, text);
                    heading = next;
                }
                else
                {
                    text.Append(TextOf(block)).Append(' ');
                }
            }

            Add(entries, page, heading, text);
        }

        return JsonSerializer.Serialize(entries, Options);
    }

    private static void Add(List<string[]> entries, SitePage page, SiteHeading? heading, StringBuilder text)
    {
        if (heading is not null)
        {
            entries.Add([page.Title, heading.Text, heading.Level == 1 ? page.Path : $"{page.Path}#{heading.Name}", string.Join(' ', text.ToString().Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries))]);
        }

        text.Clear();
    }

    private static string TextOf(MarkdownObject block) => block switch
    {
        CodeBlock code => code.Lines.ToString(),
        LeafBlock { Inline: { } inline } => SitePage.PlainText(inline),
        ContainerBlock container => string.Join(' ', container.Select(TextOf)),
        _ => "",
    };
}
