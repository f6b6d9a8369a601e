using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SyscallServer.Documentation;

/// <summary>The menu: the headings of docs/README.md, and below each the pages that it names.</summary>
internal sealed class Menu(IReadOnlyList<MenuSection> sections)
{
    internal IReadOnlyList<MenuSection> Sections => sections;

    /// <summary>All pages, in the order in which one reads them.</summary>
    internal IEnumerable<MenuItem> Items => sections.SelectMany(section => section.Items);

    internal static Menu Read(SitePage index, Func<string, SitePage?> find)
    {
        List<MenuSection> sections = [];
        HashSet<SitePage> named = [];
        foreach (Block block in index.Document)
        {
            if (block is HeadingBlock { Level: 2 } heading)
            {
                sections.Add(new MenuSection(SitePage.PlainText(heading.Inline), []));
            }
            else if (block is ListBlock list)
            {
                foreach (LinkInline link in list.Descendants<LinkInline>())
                {
                    if (find(link.Url!) is { } page && named.Add(page))
                    {
                        sections[^1].Items.Add(new MenuItem(Name(SitePage.PlainText(link), page), page));
                    }
                }
            }
        }

        return new Menu(sections);
    }

    /// <summary>What the index says in the middle of a sentence begins with a capital, except names; "a setting" is called as the page calls itself.</summary>
    private static string Name(string text, SitePage page)
        => text.StartsWith("a ", StringComparison.Ordinal) ? page.Title : text is "nginx" or "systemd" ? text : char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>Pages that belong together.</summary>
internal sealed record MenuSection(string Title, List<MenuItem> Items);

/// <summary>A page, and what the index calls it.</summary>
internal sealed record MenuItem(string Text, SitePage Page);
