using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Internal.Features;
using SyscallServer.Tests.Generator;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Exclude and CacheRules of [StaticFiles] and [Files]: which files patterns mean, at build time and at run time alike.</summary>
public sealed class FileRuleTests
{
    /// <summary>The path ends where memory does that is not to be touched.</summary>
    private static readonly GuardedBuffer Memory = new(4096);

    private static bool Matches(string pattern, string path)
    {
        bool isMatch = MatchesAtRunTime(FileRulesPlanner.Compile(pattern), Encoding.UTF8.GetBytes(path));
        Assert.Equal($"{pattern} {path} {new PathPattern(pattern).IsMatch(path)}", $"{pattern} {path} {isMatch}");
        return isMatch;
    }

    private static unsafe bool MatchesAtRunTime(byte[] pattern, byte[] path)
    {
        lock (Memory)
        {
            byte* start = Memory.AtEnd(path);
            fixed (byte* tokens = pattern)
            {
                return FileRules.Matches(tokens, start, start + path.Length);
            }
        }
    }

    [Theory]
    [InlineData("*.map", "a.map", true)]
    [InlineData("*.map", "x/y/a.map", true)]
    [InlineData("*.map", "a.map/b", true)] // a folder of that name, and all that is in it
    [InlineData("*.map", "a.mapx", false)]
    [InlineData("*.map", ".map", true)]
    [InlineData("drafts/", "drafts/a", true)]
    [InlineData("drafts/", "x/drafts/a/b", true)]
    [InlineData("drafts/", "drafts", false)]
    [InlineData("drafts/", "mydrafts/a", false)]
    [InlineData("x/drafts", "x/drafts", true)]
    [InlineData("x/drafts", "x/drafts/a", true)]
    [InlineData("x/drafts", "y/x/drafts", false)]
    [InlineData("x/drafts/", "x/drafts/a", true)]
    [InlineData("x/*", "x/a", true)]
    [InlineData("x/*", "x/a/b", true)]
    [InlineData("x/*.js", "x/a.js", true)]
    [InlineData("x/*.js", "x/y/a.js", false)]
    [InlineData("x/**", "x/y/a.js", true)]
    [InlineData("x/**", "x", false)]
    [InlineData("x/**/a", "x/a", true)]
    [InlineData("x/**/a", "x/y/z/a", true)]
    [InlineData("x/**/a", "x/y/ab", false)]
    [InlineData("**/a/*.js", "a/b.js", true)]
    [InlineData("**/a/*.js", "z/a/b.js", true)]
    [InlineData("**", "x/y", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a\u00e9c", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("A", "a", false)]
    [InlineData("a.b+c(d)", "a.b+c(d)", true)]
    [InlineData("a.b", "aXb", false)]
    public void A_pattern_is_one_of_gitignore(string pattern, string path, bool isMatch) => Assert.Equal(isMatch, Matches(pattern, path));

    [Fact]
    public void Random_patterns_mean_the_same_at_run_time_as_at_build_time()
    {
        string[] pieces = ["a", "b", "ab", "*", "?", "/", "/", "/**/", ".js", "\u00e9"];
        string[] parts = ["a", "b", "ab", "/", "/", ".js", "\u00e9", "aa"];
        var random = new Random(1);
        int matches = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string pattern = Words(random, pieces, 7);
            string path = Words(random, parts, 9).Trim('/');
            if (PathPattern.MistakeAtRunTime(pattern) is null && path.Length > 0 && !path.Contains("//", StringComparison.Ordinal))
            {
                matches += Matches(pattern, path) ? 1 : 0;
            }
        }

        Assert.InRange(matches, 100, 9_000);

        static string Words(Random random, string[] words, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => words[random.Next(words.Length)]));
    }

    /// <summary>The longest path, made to be slow, takes no longer than a request does anyway.</summary>
    [Fact]
    public void No_path_takes_long()
    {
        string path = string.Concat(Enumerable.Repeat(new string('a', 250) + "/", 16)) + "b";
        byte[] pattern = FileRulesPlanner.Compile("*a*a*a*a*c");
        long start = Environment.TickCount64;
        for (int i = 0; i < 100; i++)
        {
            Assert.False(MatchesAtRunTime(pattern, Encoding.ASCII.GetBytes(path)));
        }

        Assert.InRange(Environment.TickCount64 - start, 0, 10_000);
    }

    private static unsafe (bool IsExcluded, string? Line) Ask(string[] excluded, (string Pattern, string Line)[] rules, string path, bool encoded)
    {
        byte[] blob = [(byte)'f', 1, 0, .. excluded.SelectMany(FileRulesPlanner.Compile), 0, .. rules.SelectMany(rule => (byte[])[.. FileRulesPlanner.Compile(rule.Pattern), .. Encoding.UTF8.GetBytes(rule.Line + "\0")]), 0];
        byte[] bytes = Encoding.UTF8.GetBytes(path + "//");
        fixed (byte* fields = blob)
        fixed (byte* start = bytes)
        {
            var span = new ReadOnlySpan<byte>(fields, 1);
            byte* end = start + bytes.Length - 2;
            bool isExcluded = FileRules.Exclude(span, start, end, encoded);
            byte* line = FileRules.CacheControl(span, start, end);
            return (isExcluded, line == null ? null : new string((sbyte*)line));
        }
    }

    [Theory]
    [InlineData("a.map", false, true)]
    [InlineData("a.map.gz", false, false)]
    [InlineData("a.map.gz", true, true)]
    [InlineData("a.map.br", true, true)]
    [InlineData("a.map.zst", true, true)]
    [InlineData("a.map.xz", true, false)]
    [InlineData("a.map.gzz", true, false)]
    [InlineData("gz", true, false)]
    [InlineData(".gz", true, false)]
    [InlineData("x/drafts/a", true, true)]
    public void A_coded_neighbour_is_as_its_file(string path, bool encoded, bool isExcluded) => Assert.Equal(isExcluded, Ask(["*.map", "drafts/"], [], path, encoded).IsExcluded);

    [Theory]
    [InlineData("a.html", "one")]
    [InlineData("x/a.html", "one")]
    [InlineData("assets/a.html", "one")]
    [InlineData("assets/a.js", "two")]
    [InlineData("b.js", "three")]
    public void Of_several_rules_the_first_decides(string path, string line) => Assert.Equal((false, line), Ask([], [("*.html", "one"), ("assets/**", "two"), ("**", "three")], path, encoded: true));

    [Fact]
    public void No_rule_is_no_line() => Assert.Equal((false, null), Ask(["x"], [("y", "one")], "z", encoded: true));

    /// <summary>Whatever length a field line has, what is emitted compiles.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(200)]
    [InlineData(5000)]
    public void A_long_value_is_no_mistake(int length)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile(
            $"using SyscallServer; [TcpServer] [Files(\"/f/\", \"r\", CacheControl = \"{new string('a', length)}\", CacheRules = [\"\u00e9*: {new string('b', length)}\"])] [Files(\"/g/\", \"r\", Headers = [\"X-A: b\"])] partial class Site;"));
        Assert.DoesNotContain(run.After.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Embedded_files_have_the_caching_that_the_first_rule_says()
    {
        using var assets = new Assets();
        assets.Add("w/index.html", "i").Add("w/a.js", "a").Add("w/assets/b.js", "b").Add("w/assets/app.3f9a1c2b.js", "c").Add("w/404.html", "4");
        CompiledServer server = CompiledServer.Of(
            "using SyscallServer; [TcpServer] [StaticFiles(\"/\", \"w\", CacheControl = \"max-age=60\", CacheRules = [\"*.html: no-cache\", \"assets/b.js : public, max-age=9\"], Fallback = \"index.html\", NotFound = \"404.html\")] partial class Site;", assets);
        Assert.Equal("no-cache", server.Get("/", "")["Cache-Control"]);
        Assert.Equal("no-cache", server.Get("/index.html", "")["Cache-Control"]);
        Assert.Equal("no-cache", server.Get("/some/page", "")["Cache-Control"]);
        Assert.Equal("max-age=60", server.Get("/a.js", "")["Cache-Control"]);
        Assert.Equal("public, max-age=9", server.Get("/assets/b.js", "")["Cache-Control"]);
        Assert.Equal("public, max-age=31536000, immutable", server.Get("/assets/app.3f9a1c2b.js", "")["Cache-Control"]);
        Response missing = server.Get("/x.js", "");
        Assert.Equal((404, null), (missing.Status, missing["Cache-Control"]));
        Response whole = server.Get("/assets/b.js", "");
        Assert.Equal("public, max-age=9", server.Get("/assets/b.js", $"If-None-Match: {whole["ETag"]}\r\n")["Cache-Control"]);
    }
}
