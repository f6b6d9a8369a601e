using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SyscallServer.Documentation;

/// <summary>The pages of docs/ and README.md as a site. The same pages make the same bytes.</summary>
internal sealed partial class Site
{
    private const string Sources = "https://github.com/SyscallServer/SyscallServer";

    private readonly string _repository;
    private readonly List<string> _problems = [];

    internal Site(string repository)
    {
        _repository = Path.GetFullPath(repository);
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(_repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_repository, file).Replace('\\', '/'))
            .Where(file => !file.EndsWith(".received.md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Pages = [.. files.Prepend("README.md").Select(file => new SitePage(file, File.ReadAllText(Path.Combine(_repository, file))))];
    }

    internal IReadOnlyList<SitePage> Pages { get; }

    /// <summary>Writes all files, and removes what is there otherwise.</summary>
    /// <returns>What is wrong with the pages, in the form of a compiler.</returns>
    internal IReadOnlyList<string> Write(string output)
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        // The menu is written from the links of the index, before those are what they are on the site.
        Menu menu = Menu.Read(Pages.Single(page => page.Source == "docs/README.md"), link => Find("docs/README.md", link));
        foreach (SitePage page in Pages)
        {
            ResolveLinks(page);
        }

        string style = WriteNamed(output, "site", ".css", Asset("site.css"));
        string theme = WriteNamed(output, "theme", ".js", Asset("theme.js"));
        string search = WriteNamed(output, "search", ".json", SearchIndex.Write(Pages));
        string script = WriteNamed(output, "site", ".js", Asset("site.js").Replace("SEARCH_INDEX", search, StringComparison.Ordinal));
        var template = new Template(menu, style, theme, script);
        foreach (SitePage page in Pages)
        {
            WriteFile(output, page.File, template.Write(page, PageRenderer.Render(page), $"{Sources}/edit/main/{page.Source}"));
        }

        WriteFile(output, "404.html", template.WriteNotFound());
        WriteFile(output, "favicon.svg", Asset("favicon.svg"));
        WriteFile(output, "robots.txt", "User-agent: *\nAllow: /\n");
        foreach (string image in Directory.EnumerateFiles(Path.Combine(_repository, "docs", "images")).Order(StringComparer.Ordinal))
        {
            Directory.CreateDirectory(Path.Combine(output, "images"));
            File.Copy(image, Path.Combine(output, "images", Path.GetFileName(image)));
        }

        return _problems;
    }

    /// <summary>Makes links between pages paths of the site, and those to other files links to the repository.</summary>
    private void ResolveLinks(SitePage page)
    {
        foreach (LinkInline link in page.Document.Descendants<LinkInline>().Where(link => link.Url is { } url && !url.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Url!.Split('#');
            string anchor = parts.Length > 1 ? "#" + parts[1] : "";
            SitePage? target = parts[0].Length == 0 ? page : Find(page.Source, parts[0]);
            string path = parts[0].Length == 0 ? page.Source : PathOf(page.Source, parts[0]);
            string full = Path.Combine(_repository, path);
            if (target is not null && (anchor.Length == 0 || target.Headings.Any(heading => heading.Name == parts[1])))
            {
                link.Url = parts[0].Length == 0 ? anchor : target.Path + anchor;
            }
            else if (target is not null || !(File.Exists(full) || Directory.Exists(full)))
            {
                _problems.Add($"{page.Source}({link.Line + 1}): error SITE: '{link.Url}' leads nowhere");
            }
            else if (path.StartsWith("docs/images/", StringComparison.Ordinal))
            {
                link.Url = path["docs".Length..];
                (int width, int height) = SizeOf(full);
                HtmlAttributes attributes = link.GetAttributes();
                attributes.AddProperty("width", width.ToString(CultureInfo.InvariantCulture));
                attributes.AddProperty("height", height.ToString(CultureInfo.InvariantCulture));
                attributes.AddProperty("loading", "lazy");
            }
            else
            {
                link.Url = $"{Sources}/{(File.Exists(full) ? "blob" : "tree")}/main/{path.TrimEnd('/')}{anchor}";
            }
        }
    }

    /// <summary>The size of a picture, so that nothing moves when it comes: of a PNG it is in its first chunk, of an SVG in its first element.</summary>
    private static (int Width, int Height) SizeOf(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (file.EndsWith(".png", StringComparison.Ordinal))
        {
            return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        }

        Match size = ViewBox().Match(Encoding.UTF8.GetString(bytes));
        return (int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private SitePage? Find(string source, string link)
    {
        string path = PathOf(source, link.Split('#')[0]).TrimEnd('/');
        return Pages.FirstOrDefault(page => page.Source == path || page.Source == path + "/README.md");
    }

    private string PathOf(string source, string link)
        => Path.GetRelativePath(_repository, Path.GetFullPath(Path.Combine(_repository, Path.GetDirectoryName(source)!, Uri.UnescapeDataString(link)))).Replace('\\', '/');

    private static string Asset(string name)
    {
        using Stream stream = typeof(Site).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Writes a file with a hash in its name, so that caches may keep it for ever (<c>HashedNames</c> of [StaticFiles]).</summary>
    /// <returns>Its path on the site.</returns>
    private static string WriteNamed(string output, string name, string extension, string text)
    {
        string file = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4))}{extension}";
        WriteFile(output, file, text);
        return "/" + file;
    }

    private static void WriteFile(string output, string file, string text)
    {
        string path = Path.Combine(output, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }

    [GeneratedRegex("viewBox=\"0 0 (\\d+) (\\d+)\"")]
    private static partial Regex ViewBox();
}
