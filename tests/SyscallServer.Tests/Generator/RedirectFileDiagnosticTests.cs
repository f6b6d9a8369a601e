using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What is wrong with the lines of a file of redirects. (What Netlify and Cloudflare have, is in docs/redirects.md, each row of which is run.)</summary>
public class RedirectFileDiagnosticTests
{
    [Theory]
    [InlineData("SYSC129", "a line is a path, where it leads, and a status", "/old", "/old")]
    [InlineData("SYSC129", "begins with '/', 'http://' or 'https://'", "new", "/old new")]
    [InlineData("SYSC129", "begins with '/', 'http://' or 'https://'", "301", "/old 301")]
    [InlineData("SYSC129", "do not depend on the query", "id=:id", "/old id=:id /new")]
    [InlineData("SYSC129", "a redirect has 301, 302, 303, 307 or 308; 200 and 404 are for", "300", "/old /new 300")]
    [InlineData("SYSC129", "a redirect has 301", "99999999999!", "/old /new 99999999999!")]
    [InlineData("SYSC129", "nothing behind the status but a comment", "301", "/old /new 301 301")]
    [InlineData("SYSC129", "nothing behind the status but a comment", "301!!", "/old /new 301!!")]
    [InlineData("SYSC129", "in which country", "country=au,nz", "/old /new 302 country=au,nz")]
    [InlineData("SYSC129", "do not depend on languages", "Language=de", "/old /new Language=de")]
    [InlineData("SYSC129", "[BasicAuth]", "Role=admin", "/old /new 301 Role=admin")]
    [InlineData("SYSC129", "do not depend on cookies", "Cookie=a", "/old /new 301 Cookie=a")]
    [InlineData("SYSC129", "nothing is fetched", "Signed=KEY", "/old /new 301 Signed=KEY")]
    [InlineData("SYSC129", "begins with '/', or with", "old", "old /new")]
    [InlineData("SYSC129", "two slashes begin the name of a host", "//example.com/old", "//example.com/old /new")]
    [InlineData("SYSC129", "a question mark itself is written %3F", "/old?a=b", "/old?a=b /new")]
    [InlineData("SYSC129", "a fragment is never sent", "/old#a", "/old#a /new")]
    [InlineData("SYSC129", "write '/' instead", "/old\\a", "/old\\a /new")]
    [InlineData("SYSC129", "not followed by two hexadecimal digits", "/old%2", "/old%2 /new")]
    [InlineData("SYSC129", "bad (400)", "/old%00", "/old%00 /new")]
    [InlineData("SYSC129", "without '.' and '..'", "/a/../old", "/a/../old /new")]
    [InlineData("SYSC129", "without '.' and '..'", "/a/%2E", "/a/%2E /new")]
    [InlineData("SYSC129", "a star itself is written %2A", "/a/*/b", "/a/*/b /new")]
    [InlineData("SYSC129", "a star itself is written %2A", "/a*", "/a* /new")]
    [InlineData("SYSC129", "':1' is no placeholder", "/a/:1", "/a/:1 /new")]
    [InlineData("SYSC129", "':a-b' is no placeholder", "/a/:a-b", "/a/:a-b /new")]
    [InlineData("SYSC129", "a placeholder is a whole segment", "/a/b:c", "/a/b:c /new")]
    [InlineData("SYSC129", "give the placeholder another name", "/a/:splat", "/a/:splat /new")]
    [InlineData("SYSC129", "have the same name", "/:a/:a", "/:a/:a /new")]
    [InlineData("SYSC129", "write it without a port", "http://example.com:80/a", "http://example.com:80/a /new")]
    [InlineData("SYSC129", "no '/*' at its end for ':splat'", "/new/:splat", "/old /new/:splat")]
    [InlineData("SYSC129", "has no ':b' for ':b'", "/new/:b", "/old/:a /new/:b")]
    [InlineData("SYSC129", "a colon itself is written %3A", "/wiki/Special:Search", "/old /wiki/Special:Search")]
    [InlineData("SYSC129", "the rest of the path is ':splat' here", "/new/*", "/old/* /new/*")]
    [InlineData("SYSC129", "the rest of the path is ':splat' here", "/new?x=*", "/old/* /new?x=*")]
    [InlineData("SYSC129", "can stand in the path only", "/new?id=:id", "/old/:id /new?id=:id")]
    [InlineData("SYSC129", "two slashes begin the name of a host", "//example.com/", "/old //example.com/")]
    [InlineData("SYSC129", "no client can choose the host", "https://:a.example/", "/:a https://:a.example/")]
    [InlineData("SYSC129", "no client can choose the host", "https://example.com:splat", "/old/* https://example.com:splat")]
    [InlineData("SYSC129", "its host holds", "https://a@example.com/", "/old https://a@example.com/")]
    [InlineData("SYSC129", "it is not UTF-8 here", "\uFFFD", "/old\uFFFD /new")]
    [InlineData("SYSC129", "it holds the control character U+0001", "\u0001", "/old /new\u0001")]
    [InlineData("SYSC129", "only '/*' and '/folder/*'", "/index.html", "/old /index.html 200")]
    [InlineData("SYSC129", "only '/*' and '/folder/*'", "/404.html", "/old/:a/* /404.html 404")]
    [InlineData("SYSC129", "let a proxy in front do it", "https://api.example.com/:splat", "/api/* https://api.example.com/:splat 200")]
    [InlineData("SYSC129", "cannot go before what is there", "/index.html", "/* /index.html 200!")]
    [InlineData("SYSC129", "no embedded file has this path", "/none.html", "/* /none.html 200")]
    [InlineData("SYSC129", "no embedded file has this path", "/page", "/* /page 404")]
    [InlineData("SYSC129", "would answer the health check '/healthz'", "/*", "/* https://example.com/:splat 301!")]
    [InlineData("SYSC130", "line 1, '/old', has all such requests", "/old", "/old /new\n/old /newer")]
    [InlineData("SYSC130", "line 2, '/old/*', has all such requests", "/old/a", "# first\n/old/* /new\n/old/a /newer")]
    [InlineData("SYSC130", "line 1, '/old/*', has all such requests", "/old/:a/b/*", "/old/* /new\n/old/:a/b/* /newer")]
    [InlineData("SYSC130", "line 1, '/:a', has all such requests", "/:b", "/:a https://example.com/:a\n/:b /newer")]
    [InlineData("SYSC130", "line 1, '/*', has all such requests", "http://example.com/a", "/* https://example.com/x\nhttp://example.com/a /newer")]
    [InlineData("SYSC130", "line 1, '/*', has all such requests", "/old", "/* /index.html 200\n/old /new")]
    [InlineData("SYSC130", "line 2, '/a/', has all such requests", "/a/", "/a /b\n/a/ /b\n/a/ /c")]
    [InlineData("SYSC130", "the server has '/', and a line goes before that only where its status ends with '!'", "/", "/ /home")]
    [InlineData("SYSC130", "the server has '/handled/*'", "/handled/old", "/handled/old /new")]
    [InlineData("SYSC037", "to itself, so a client would never arrive: /a -> /a -> /a", "/a", "/a /a")]
    [InlineData("SYSC037", "to itself", "/a/?x", "/a/ /a/?x")]
    [InlineData("SYSC037", "where it began, so a client would never arrive: /a -> /b -> /a -> /b", "/b", "/a /b\n/b /a")]
    [InlineData("SYSC037", "/a -> /b/x -> /a", "/b/x", "/a /b/x\n/b/* /a")]
    [InlineData("SYSC037", "where it began, for some paths", "/c/b/:splat", "/c/* /c/b/:splat")]
    [InlineData("SYSC037", "/routed -> /a -> /a/b/ -> /a/b/b/", "/a/b/:splat", "/a/* /a/b/:splat")]
    [InlineData("SYSC037", "where it began, for some paths", "/c/:splat", "/c/* /d/:splat\n/d/* /c/:splat")]
    [InlineData("SYSC037", "where it began, for some paths", "/:x/:x", "/x/:x /:x/:x")]
    [InlineData("SYSC037", "/routed -> /a -> /routed", "/routed", "/a /routed")]
    [InlineData("SYSC129", "does not see whether a client came by TLS", "https://Example.com/:splat", "http://example.com/* https://Example.com/:splat 301!")]
    [InlineData("SYSC037", "for some paths", "https://example.com/b/:splat", "http://example.com/* https://example.com/b/:splat 301!")]
    [InlineData("SYSC037", "http://b.example/x -> http://a.example/x", "http://b.example/x", "http://a.example/x http://b.example/x\nhttp://b.example/x http://a.example/x")]
    public async Task A_mistake_is_named_in_its_line(string id, string message, string squiggled, string file)
    {
        using Assets assets = new();
        assets.Add("wwwroot/index.html", "x").Add("wwwroot/404.html", "x");
        GeneratorRun run = RedirectServer.Generate(
            file,
            "[Redirects(\"_redirects\")] [StaticFiles(\"/\", \"wwwroot\")] [HealthCheck(\"/healthz\")] [StaticResponse(\"/handled/*\", \"x\")] [Redirect(\"/routed\", \"/a\")] [StaticResponse(\"/page\", \"x\")]",
            assets);
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("/project/_redirects", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Error, run.Files.Count == 0 || !run.Files.ContainsKey("Site.g.cs"));
    }

    [Theory]
    [InlineData("/a /a/\n")]
    [InlineData("/a/ /a\n")]
    [InlineData("/a/* /:splat\n/b/* /a/:splat\n")]
    [InlineData("/a /b\n/b/ /c\n/b /c\n")]
    [InlineData("/a/* /b/x\n/b/* /c/:splat\n")]
    [InlineData("/* https://www.example.com/:splat\n")]
    [InlineData("http://example.com/* https://www.example.com/:splat 301!\n")]
    [InlineData("http://www.example.com/x /y\nhttp://example.com/* https://www.example.com/:splat 301!\n")]
    [InlineData("/old /page\n/page /old 302\n")]
    public async Task What_ends_is_no_loop(string file)
        => Assert.DoesNotContain(await RedirectServer.Generate(file, "[Redirects(\"_redirects\")] [StaticResponse(\"/page\", \"x\")]").AnalyzeAsync(), found => found.Diagnostic.Id == "SYSC037");

    [Fact]
    public async Task All_lines_are_told_at_once_and_beside_other_mistakes()
    {
        GeneratorRun run = RedirectServer.Generate("/a b\n/b /b\n/c c\n", "[Redirects(\"_redirects\", Status = 200)] [StaticResponse(\"x\", \"x\")]");
        Assert.Equal(["SYSC030 \"x\"", "SYSC038 200", "SYSC129 b", "SYSC129 c"], (await run.AnalyzeAsync()).Select(found => $"{found.Diagnostic.Id} {found.Squiggled}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_of_two_files_and_hosts_are_one_table()
    {
        IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)> found = await RedirectServer.Generate(
            "/a /b\n", "[Redirects(\"_redirects\", Host = \"Example.com\")] [Redirects(\"_redirects\", Status = 307)] [Redirects(\"./_redirects\")]").AnalyzeAsync();
        Assert.Equal("'/a' is never reached: line 1 of '_redirects', '/a', has all such requests", Assert.Single(found).Diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task As_many_lines_may_begin_alike_as_are_compared()
    {
        string file = string.Concat(Enumerable.Range(0, 101).Select(i => FormattableString.Invariant($"/users/:id/page{i} /new/{i}\n")));
        Assert.Equal("/users/:id/page100", Assert.Single(await RedirectServer.Generate(file).AnalyzeAsync()).Squiggled);
        Assert.Empty(await RedirectServer.Generate(file[..file.LastIndexOf("/users/:id/page100", StringComparison.Ordinal)]).AnalyzeAsync());
    }

    [Fact]
    public async Task A_file_with_nothing_but_comments_is_no_mistake()
    {
        GeneratorRun run = RedirectServer.Generate("# nothing\n\n", "[Redirects(\"_redirects\")]");
        Assert.Empty(await run.AnalyzeAsync());
        run.AssertCompiles();
        Assert.DoesNotContain("RedirectTable", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }
}
