using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace SyscallServer.Documentation;

/// <summary>Makes HTML of a page, as assistive technology wants it and a strict Content-Security-Policy: what can be scrolled can be reached by the keyboard, and there is no style in attributes.</summary>
internal static partial class PageRenderer
{
    internal static string Render(SitePage page)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeRenderer());
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new LinkedHeadingRenderer());
        renderer.ObjectRenderers.Insert(0, new TableRenderer());
        renderer.Render(page.Document);
        return writer.ToString();
    }

    /// <summary>A heading that links to itself, so that people can pass the link on.</summary>
    private sealed class LinkedHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
        {
            string name = heading.GetAttributes().Id!;
            renderer.Write($"<h{heading.Level} id=\"{name}\">");
            renderer.WriteLeafInline(heading);
            if (heading.Level > 1)
            {
                renderer.Write($" <a class=\"anchor\" href=\"#{name}\" aria-label=\"Link to this section: {WebUtility.HtmlEncode(SitePage.PlainText(heading.Inline))}\">#</a>");
            }

            renderer.Write($"</h{heading.Level}>\n");
        }
    }

    /// <summary>A table that is scrolled by itself where it is wider than the page.</summary>
    private sealed class TableRenderer : HtmlObjectRenderer<Table>
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            string heading = table.Parent!.TakeWhile(block => block != table).OfType<HeadingBlock>().LastOrDefault() is { } above ? SitePage.PlainText(above.Inline) : "";
            renderer.Write($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table: {WebUtility.HtmlEncode(heading)}\">\n<table>\n");
            bool isBody = false;
            foreach (TableRow row in table.OfType<TableRow>())
            {
                renderer.Write(row.IsHeader ? "<thead>\n<tr>" : isBody ? "<tr>" : "<tbody>\n<tr>");
                isBody |= !row.IsHeader;
                for (int i = 0; i < row.Count; i++)
                {
                    var cell = (TableCell)row[i];
                    bool isEmpty = cell.Count == 0 || cell.Descendants<Markdig.Syntax.Inlines.Inline>().All(inline => inline is Markdig.Syntax.Inlines.ContainerInline);
                    string tag = row.IsHeader && !isEmpty ? "th" : "td";
                    bool isRight = table.ColumnDefinitions.Count > i && table.ColumnDefinitions[i].Alignment is TableColumnAlign.Right;
                    renderer.Write($"<{tag}{(tag == "th" ? " scope=\"col\"" : "")}{(isRight ? " class=\"right\"" : "")}>");
                    renderer.ImplicitParagraph = true;
                    renderer.Write(cell);
                    renderer.ImplicitParagraph = false;
                    renderer.Write($"</{tag}>");
                }

                renderer.Write(row.IsHeader ? "</tr>\n</thead>\n" : "</tr>\n");
            }

            renderer.Write(isBody ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n");
        }
    }

    /// <summary>Code with a few colours; a drawing of Mermaid as the list of its arrows, for no script here draws.</summary>
    private sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            string language = (block as FencedCodeBlock)?.Info ?? "";
            string code = string.Join('\n', block.Lines.Lines.Take(block.Lines.Count).Select(line => line.Slice.ToString()));
            if (language == "mermaid")
            {
                foreach (IGrouping<string, Match> arrows in Arrow().Matches(code).GroupBy(match => match.Groups[1].Value))
                {
                    renderer.Write($"<p class=\"arrows\"><b>{arrows.Key}</b> uses {string.Join(", ", arrows.Select(arrow => arrow.Groups[2].Value))}.</p>\n");
                }

                return;
            }

            renderer.Write("<pre tabindex=\"0\"><code>").Write(Colour(code, language)).Write("\n</code></pre>\n");
        }
    }

    private static string Colour(string code, string language)
    {
        var text = new StringBuilder();
        int end = 0;
        foreach (Match match in Token().Matches(code))
        {
            string? kind = match.Groups["comment"].Success ? "c" : match.Groups["string"].Success ? "s" : match.Groups["word"].Success && language is "csharp" or "cs" or "" ? "k" : null;
            text.Append(WebUtility.HtmlEncode(code[end..match.Index]));
            string token = WebUtility.HtmlEncode(match.Value);
            text.Append(kind is null ? token : $"<span class=\"{kind}\">{token}</span>");
            end = match.Index + match.Length;
        }

        return text.Append(WebUtility.HtmlEncode(code[end..])).ToString();
    }

    [GeneratedRegex(@"(\w+) --> (\w+)")]
    private static partial Regex Arrow();

    [GeneratedRegex("""(?<comment>(?<=^|\s)//[^\n]*|(?<=^|\s)#(?!pragma)[^\n]*|<!--[^\n]*?-->)|(?<string>"(?:\\.|[^"\\\n])*")|(?<word>\b(?:using|static|partial|class|struct|readonly|private|public|internal|void|int|byte|string|const|return|if|else|in|ref|new|for|foreach|while|namespace)\b)""", RegexOptions.Multiline)]
    private static partial Regex Token();
}
