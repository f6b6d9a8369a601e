using System.Linq;
using System.Net;
using System.Text;

namespace SyscallServer.Documentation;

/// <summary>What is around a page: the head, the menu, the list of its headings, the page before and the page after it.</summary>
internal sealed class Template(Menu menu, string style, string theme, string script)
{
    /// <summary>Fewer headings need no list, and more are listed by the page itself.</summary>
    private const int FewestHeadings = 3;
    private const int MostHeadings = 40;

    internal string Write(SitePage page, string content, string edit)
    {
        SiteHeading[] headings = [.. page.Headings.Where(heading => heading.Level == 2)];
        string list = headings.Length is >= FewestHeadings and <= MostHeadings
            ? $"<nav class=\"toc\" aria-labelledby=\"site-toc\"><p id=\"site-toc\">On this page</p><ul>{string.Concat(headings.Select(heading => $"<li><a href=\"#{heading.Name}\">{Encode(heading.Text)}</a></li>"))}</ul></nav>\n"
            : "";
        MenuItem[] items = [.. menu.Items];
        int place = System.Array.FindIndex(items, item => item.Page == page);
        string before = place > 0 ? $"<a rel=\"prev\" href=\"{items[place - 1].Page.Path}\">← {Encode(items[place - 1].Text)}</a>" : "<span></span>";
        string after = place >= 0 && place < items.Length - 1 ? $"<a rel=\"next\" href=\"{items[place + 1].Page.Path}\">{Encode(items[place + 1].Text)} →</a>" : page.Path == "/" ? $"<a rel=\"next\" href=\"{items[0].Page.Path}\">{Encode(items[0].Text)} →</a>" : "<span></span>";
        string title = page.Path == "/" ? "SyscallServer: tiny HTTP servers from a C# class" : $"{page.Title} · SyscallServer";
        return Write(title, page.Description, page, $"""
            <main id="site-main">
            {content}<div class="around">{before}{after}</div>
            <p class="edit"><a href="{edit}">Edit this page</a></p>
            </main>
            {list}
            """);
    }

    internal string WriteNotFound() => Write("Not found · SyscallServer", "There is no such page.", null, """
        <main id="site-main">
        <h1>Nothing is here</h1>
        <p>There is no page with this address. Search above, or begin <a href="/">at the beginning</a>.</p>
        </main>

        """);

    private string Write(string title, string description, SitePage? page, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)}</title>
        <meta name="description" content="{Encode(description)}">
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <script src="{theme}"></script>
        <link rel="stylesheet" href="{style}">
        <script src="{script}" defer></script>
        </head>
        <body>
        <a class="skip" href="#site-main">Skip to the page</a>
        <header>
        <a class="name" href="/">SyscallServer</a>
        <form id="site-search" role="search" hidden><input type="search" name="q" aria-label="Search" placeholder="Search  /" autocomplete="off"><ul id="site-results" aria-label="Results" hidden></ul><p id="site-count" class="hidden" role="status"></p></form>
        <button type="button" id="site-theme" aria-label="Dark theme" aria-pressed="false" hidden><span aria-hidden="true">◐</span></button>
        <a class="menu" href="#site-pages">Menu</a>
        </header>
        <div class="columns">
        {body}<nav id="site-pages" aria-label="Pages">
        {MenuOf(page)}</nav>
        </div>
        <footer>Served by SyscallServer: these pages are part of one static executable. MIT licence. <a href="https://github.com/SyscallServer/SyscallServer">Sources</a></footer>
        </body>
        </html>

        """;

    private string MenuOf(SitePage? page)
    {
        var text = new StringBuilder();
        foreach (MenuSection section in menu.Sections)
        {
            text.Append("<p>").Append(Encode(section.Title)).Append("</p>\n<ul>\n");
            foreach (MenuItem item in section.Items)
            {
                text.Append("<li><a href=\"").Append(item.Page.Path).Append('"').Append(item.Page == page ? " aria-current=\"page\"" : "").Append('>').Append(Encode(item.Text)).Append("</a></li>\n");
            }

            text.Append("</ul>\n");
        }

        return text.ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
