using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using SyscallServer.Documentation;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>The pages as a site (docs/site), which sample/Docs serves.</summary>
[Trait("Category", "Documents")]
public sealed partial class SiteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-site-");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_page_is_there_and_every_link_leads_to_a_file_and_a_place_in_it()
    {
        Dictionary<string, string> files = Build("a");
        Assert.Empty(Page.Paths.Where(path => path.StartsWith("docs/", StringComparison.Ordinal)).Select(Read).Where(page => !files.ContainsKey(page.File)).Select(page => page.Source));
        foreach ((string name, string text) in files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            foreach (string link in Reference().Matches(text).Select(match => match.Groups[1].Value).Where(link => link.StartsWith('/') || link.StartsWith('#')))
            {
                string[] parts = link.Split('#');
                string file = parts[0].Length == 0 ? name : FileOf(parts[0], files);
                Assert.True(files.ContainsKey(file), $"{name}: {link}");
                Assert.True(parts.Length == 1 || Ids(files[file]).Contains(parts[1]), $"{name}: {link}");
            }
        }
    }

    /// <summary>What search engines and people without eyes go by; axe looks for more (docs/site/check.sh).</summary>
    [Fact]
    public void Every_page_has_a_language_a_title_of_its_own_a_description_one_main_heading_and_ids_that_differ()
    {
        KeyValuePair<string, string>[] pages = [.. Build("a").Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal))];
        Assert.Equal(pages.Length, pages.Select(page => Title().Match(page.Value).Groups[1].Value).Distinct().Count());
        Assert.All(pages, page =>
        {
            Assert.Contains("<html lang=\"en\">", page.Value, StringComparison.Ordinal);
            Assert.Matches("<meta name=\"description\" content=\".+\">", page.Value);
            Assert.Equal(1, MainHeading().Count(page.Value));
            string[] ids = [.. Ids(page.Value)];
            Assert.Equal(ids.Distinct(), ids);
        });
    }

    /// <summary>A Content-Security-Policy without exceptions is the server's, so the browser would leave this out.</summary>
    [Fact]
    public void No_page_has_a_style_or_a_script_in_itself()
        => Assert.All(Build("a").Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)), page => Assert.DoesNotMatch("<style|<script>| style=| on[a-z]+=\"", page.Value));

    [Fact]
    public void The_same_pages_make_the_same_bytes() => Assert.Equal(Build("a"), Build("b"));

    /// <summary>So caches may keep them for ever, and a page asks for those that it was made with.</summary>
    [Fact]
    public void What_is_kept_for_ever_has_a_hash_in_its_name()
        => Assert.Equal(4, Build("a").Keys.Count(name => Hashed().IsMatch(name)));

    [Fact]
    public void The_search_finds_headings_and_what_stands_below_them()
    {
        Dictionary<string, string> files = Build("a");
        string[][] entries = JsonSerializer.Deserialize<string[][]>(files.Single(file => file.Key.StartsWith("search.", StringComparison.Ordinal)).Value)!;
        string[] entry = entries.Single(entry => entry[2] == "/diagnostics#sysc003");
        Assert.Equal("SYSC003", entry[1]);
        Assert.Contains("WriteTimeoutSeconds", entry[3], StringComparison.Ordinal);
        Assert.Equal(entries.Length, entries.Select(entry => entry[2]).Distinct().Count());
    }

    private static SitePage Read(string path) => new(path, File.ReadAllText(Repository.Path(path)));

    private Dictionary<string, string> Build(string name)
    {
        string output = Path.Combine(_folder.FullName, name);
        Assert.Empty(new SyscallServer.Documentation.Site(Repository.Path()).Write(output));
        return Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(output, file), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>What CleanUrls of [StaticFiles] finds.</summary>
    private static string FileOf(string path, Dictionary<string, string> files)
        => path.EndsWith('/') ? path[1..] + "index.html" : files.ContainsKey(path[1..]) ? path[1..] : path[1..] + ".html";

    private static IEnumerable<string> Ids(string text) => Id().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(" (?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<title>(.*)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<h1\\b")]
    private static partial Regex MainHeading();

    [GeneratedRegex(@"\.[0-9a-f]{8}\.(?:css|js|json)$")]
    private static partial Regex Hashed();
}
