using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Generator;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[HeadersFile]: each row of the table in docs/headers.md is done, and what cannot be done is said at its line.</summary>
[Trait("Category", "Documents")]
public partial class HeadersFileTests
{
    private const string Source = """
        using SyscallServer;

        [TcpServer(DateHeader = false, Headers = ["X-Frame-Options: SAMEORIGIN"])]
        [StaticFiles("/", "wwwroot")]
        [HeadersFile("wwwroot/_headers")]
        static partial class Site;
        """;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code { get; }

    public static TheoryData<string> Rows => [.. System.IO.File.ReadLines(Repository.Path("docs", "headers.md")).Where(line => line.StartsWith("| by ", StringComparison.Ordinal))];

    private static string[] Codes(string cell) => [.. Code.Matches(cell).Select(match => match.Groups[1].Value)];

    private static Assets Site()
    {
        var assets = new Assets();
        return assets.Add("wwwroot/index.html", "index").Add("wwwroot/a/index.html", "a").Add("wwwroot/app.3f9a1c2b.js", "x");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_the_table_says_is_done(string row)
    {
        string[] cells = row.Split(" | ");
        Assert.Equal(4, cells.Length);
        var file = new TextFile("wwwroot/_headers", string.Concat(Codes(cells[1]).Select(line => (line[0] == '/' || line.Contains("://", StringComparison.Ordinal) ? "" : "  ") + line + "\r\n")));
        using Assets assets = Site();
        if (cells[3].StartsWith("error: ", StringComparison.Ordinal))
        {
            IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)> found = await GeneratorRun.Of(GeneratorRun.Compile(Source), [assets.Manifest(), file], TextFile.Project).AnalyzeAsync();
            (Diagnostic diagnostic, string squiggled) = Assert.Single(found);
            Assert.Equal("SYSC139", diagnostic.Id);
            Assert.Contains(Codes(cells[3])[0], diagnostic.GetMessage(null), StringComparison.Ordinal);
            Assert.Equal("/project/wwwroot/_headers", diagnostic.Location.GetLineSpan().Path);
            Assert.Contains(squiggled, Codes(cells[1]));
            return;
        }

        string target = Codes(cells[2])[0];
        Match absolute = Regex.Match(target, "^https://([^/]+)(/.*)$");
        Response response = CompiledServer.Of(Source, assets, file)
            .Exchange(("GET", $"GET {(absolute.Success ? absolute.Groups[2].Value : target)} HTTP/1.1\r\nHost: {(absolute.Success ? absolute.Groups[1].Value : "h")}\r\n\r\n"))[0];
        foreach (string expected in cells[3].TrimEnd(' ', '|').Split("<br>"))
        {
            string line = Codes(expected)[0];
            if (expected.StartsWith("no ", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(response.Lines, other => other.StartsWith(line + ":", StringComparison.OrdinalIgnoreCase) && other != "X-Frame-Options: SAMEORIGIN");
            }
            else
            {
                Assert.Contains(line, response.Lines);
                string name = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
                Assert.Equal(cells[3].Split(name).Length - 1, response.Lines.Count(other => other.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
            }
        }
    }

    [Fact]
    public void There_is_a_table() => Assert.True(Rows.Count > 30);

    [Theory]
    [InlineData("/app.3f9a1c2b.js", "/*\n  Cache-Control: no-cache", "no-cache")]
    [InlineData("/app.3f9a1c2b.js", "/*.css\n  Cache-Control: no-cache", "public, max-age=31536000, immutable")]
    [InlineData("/app.3f9a1c2b.js", "/x\n  Cache-Control: no-cache", "public, max-age=31536000, immutable")]
    [InlineData("/", "/*\n  X-Frame-Options: DENY", "SAMEORIGIN -> DENY")]
    [InlineData("/", "/*\n  ! X-Frame-Options", "SAMEORIGIN -> none")]
    [InlineData("/", "/a\n  X-Frame-Options: DENY", "SAMEORIGIN")]
    public void What_the_server_says_by_itself_gives_way(string path, string rules, string expected)
    {
        using Assets assets = Site();
        Response response = CompiledServer.Of(Source, assets, new TextFile("wwwroot/_headers", rules)).Get(path, "");
        string? value = path == "/" ? response["X-Frame-Options"] : response["Cache-Control"];
        Assert.Equal(expected.Split(" -> ")[^1], value ?? "none");
    }

    [Fact]
    public void Three_hundred_rules_and_long_values_are_no_matter()
    {
        using Assets assets = Site();
        string rules = string.Concat(Enumerable.Range(0, 300).Select(i => $"/page{i}\n  Link: </{i}.css>; rel=preload\n")) + $"/*\n  X-Long: {new string('x', 5000)}\n/*.css\n  X-A: 1\n/*.js\n  X-A: 2\n";
        CompiledServer server = CompiledServer.Of(Source, assets, new TextFile("wwwroot/_headers", rules));
        Assert.Equal("</299.css>; rel=preload", server.Get("/page299", "")["Link"]);
        Assert.Null(server.Get("/page300", "")["Link"]);
        Assert.Equal(5000, server.Get("/page5", "")["X-Long"]!.Length);
        Assert.Equal("2", server.Get("/app.3f9a1c2b.js", "")["X-A"]);
        Assert.Equal("1", server.Get("/none.css", "")["X-A"]);
    }

    /// <summary>Patterns and paths of a few letters, so that many match; a regular expression says the same.</summary>
    [Fact]
    public unsafe void Patterns_match_what_regular_expressions_do()
    {
        var random = new Random(4711);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] pattern = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => "a/b\0"u8[random.Next(4)])];
            if (random.Next(2) == 0)
            {
                pattern[random.Next(pattern.Length)] = 1;
            }

            byte[] path = [.. Enumerable.Range(0, random.Next(0, 10)).Select(_ => "ab/"u8[random.Next(3)]), (byte)'!'];
            bool expected = Regex.IsMatch(
                System.Text.Encoding.ASCII.GetString(path, 0, path.Length - 1),
                "\\A" + string.Concat(pattern.Select(letter => letter == 0 ? "[^/]+" : letter == 1 ? ".*" : ((char)letter).ToString())) + "\\z");
            byte[] ended = [.. pattern, 0];
            fixed (byte* first = path)
            {
                var request = new SyscallServer.Internal.Http.RequestHead { Path = first, PathLength = path.Length - 1 };
                Assert.True(expected == SyscallServer.Internal.Http.PathGlob.HasPath(ended.AsSpan(0, pattern.Length), &request), $"{Convert.ToHexString(pattern)} {System.Text.Encoding.ASCII.GetString(path)}");
            }

            Assert.Equal(expected, new FieldRuleSpec(new([(byte)'h']), new(pattern), default).HasPath(path[..^1]));
        }
    }
}
