using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SyscallServer.Tests.Http;

/// <summary>Files with redirects: which line answers which request, and with what.</summary>
public class RedirectTableTests(ITestOutputHelper output)
{
    private const string File = """
        # Comments, and lines with nothing but blanks

        	   # so
        /home              /
        /blog/my-post.php  /blog/my-post   302   # behind a line
        /news              /blog           303
        /cuties            https://www.petsofnetlify.example/  307
        /authors/sarah     /authors/c%C3%A9line!  308
        /caf%C3%A9/menü    /menu
        /%E4               /latin1
        /wiki/*            https://wiki.example.org/:splat
        /old/*             /new/:splat
        /deep/*            /to/:splat/there?x=1#part
        /root/*            /:splat
        /mid/*             /:splat/x
        /store/*           /shop?from=store
        /news/:month/:date/:year/:slug  /blog/:year/:month/:date/:slug
        /:lang/docs/*      https://docs.example.org/:splat/:lang  301
        /added             /added/
        /removed/          /removed
        /both              /one
        /both/             /two
        /forced            /instead        301!
        /route             /never
        http://blog.example.com/*  https://www.example.com/blog/:splat  301!
        https://Docs.Example.com/a /a-of-docs
        /same/*            /first
        /q                 /t?a=b
        /f                 /t#part
        """;

    private const string Attributes = """
        [Redirects("_redirects", Headers = ["X-From: file"], CacheControl = "max-age=60")]
        [StaticResponse("/route", "route\n")] [StaticResponse("/forced", "forced\n")] [StaticResponse("/", "root\n")] [StaticResponse("/posted", "x", Method = "POST")]
        """;

    private static readonly Lazy<RedirectServer> Server = new(() => new RedirectServer(File, Attributes));

    [Theory]
    [InlineData("/home", "301 /")]
    [InlineData("/home/", "301 /")]
    [InlineData("/home//", "404")]
    [InlineData("/home?x=1", "301 /?x=1")]
    [InlineData("/hom", "404")]
    [InlineData("/homee", "404")]
    [InlineData("/x/../home", "301 /")]
    [InlineData("/%68ome", "301 /")]
    [InlineData("/blog/my-post.php", "302 /blog/my-post")]
    [InlineData("/news", "303 /blog")]
    [InlineData("/cuties?a", "307 https://www.petsofnetlify.example/?a")]
    [InlineData("/authors/sarah", "308 /authors/c%C3%A9line!")]
    [InlineData("/caf%c3%a9/men%C3%BC/", "301 /menu")]
    [InlineData("/%e4", "301 /latin1")]
    [InlineData("/%C3%A4", "404")]
    [InlineData("/wiki/", "301 https://wiki.example.org/")]
    [InlineData("/wiki", "301 https://wiki.example.org/")]
    [InlineData("/wiki/a/b/?c=d&e", "301 https://wiki.example.org/a/b/?c=d&e")]
    [InlineData("/wikia", "404")]
    [InlineData("/wiki//evil", "301 https://wiki.example.org//evil")]
    [InlineData("/old/a%20b/%2F%25", "301 /new/a%20b/%2F%25")]
    [InlineData("/deep/x?q", "301 /to/x/there?x=1#part")]
    [InlineData("/root/a", "301 /a")]
    [InlineData("/root", "301 /")]
    [InlineData("/root//evil.example", "301 /%2Fevil.example")]
    [InlineData("/root/%5C%5Cevil", "301 /%5C%5Cevil")]
    [InlineData("/mid", "301 /x")]
    [InlineData("/mid/", "301 /x")]
    [InlineData("/mid//x", "301 /%2Fx/x")]
    [InlineData("/store/1?x", "301 /shop?from=store")]
    [InlineData("/news/02/12/2004/my-story", "301 /blog/2004/02/12/my-story")]
    [InlineData("/news/02/12/2004/my-story/", "301 /blog/2004/02/12/my-story")]
    [InlineData("/news/02/12/2004/", "404")]
    [InlineData("/news/02//2004/x", "404")]
    [InlineData("/en/docs/a/b", "301 https://docs.example.org/a/b/en")]
    [InlineData("/en/docs", "301 https://docs.example.org//en")]
    [InlineData("/en/docs/", "301 https://docs.example.org//en")]
    [InlineData("/added", "301 /added/")]
    [InlineData("/added/", "404")]
    [InlineData("/removed", "404")]
    [InlineData("/removed/", "301 /removed")]
    [InlineData("/both", "301 /one")]
    [InlineData("/both/", "301 /two")]
    [InlineData("/en/do", "404")]
    [InlineData("/forced", "301 /instead")]
    [InlineData("/forced/", "301 /instead")]
    [InlineData("/route", "200")]
    [InlineData("/route/", "301 /never")]
    [InlineData("/", "200")]
    [InlineData("/same/a", "301 /first")]
    [InlineData("/q?c", "301 /t?a=b")]
    [InlineData("/f?c", "301 /t?c#part")]
    [InlineData("/posted", "405")]
    public void The_first_line_that_has_a_path_answers(string target, string expected) => Assert.Equal(expected, Server.Value.Get(target));

    [Theory]
    [InlineData("blog.example.com", "/", "301 https://www.example.com/blog/")]
    [InlineData("BLOG.Example.com.:8080", "/other?x", "301 https://www.example.com/blog/other?x")]
    [InlineData("blog.example.org", "/route", "200")]
    [InlineData("docs.example.com", "/a", "301 /a-of-docs")]
    [InlineData("docs.example.com", "/home", "301 /")]
    [InlineData("h", "/a", "404")]
    public void A_line_with_a_host_is_for_that_host(string host, string target, string expected) => Assert.Equal(expected, Server.Value.Get(target, host));

    [Theory]
    [InlineData("HEAD", "/home", "301 /")]
    [InlineData("POST", "/home", "405")]
    [InlineData("OPTIONS", "/home", "204")]
    [InlineData("DELETE", "/news", "303 /blog")]
    [InlineData("POST", "/cuties", "307 https://www.petsofnetlify.example/")]
    [InlineData("PATCH", "/authors/sarah", "308 /authors/c%C3%A9line!")]
    [InlineData("POST", "/nothing", "404")]
    public void Methods_are_those_of_redirects(string method, string target, string expected) => Assert.Equal(expected, Server.Value.Get(target, method: method));

    [Fact]
    public void The_head_is_that_of_a_redirect()
    {
        Assert.Equal("HTTP/1.1 301 Moved Permanently\r\nX-From: file\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\nLocation: /\r\n\r\n", Server.Value.Send("GET /home HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()));
        Assert.Contains("\r\nAllow: GET, HEAD, OPTIONS\r\n", Server.Value.Send("PUT /home HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS\r\n", Server.Value.Send("OPTIONS /news HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 204 ", Server.Value.Send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 301 ", Server.Value.Send("GET /home HTTP/1.0\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_is_passed_over_and_the_next_request_is_answered()
        => Assert.Equal(2, Regex.Count(Server.Value.Send("POST /cuties HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /home HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()), "HTTP/1.1 30[17]"));

    [Fact]
    public void A_location_that_would_be_too_long_is_414()
    {
        Assert.Equal("301 /new/" + new string('a', 7994), Server.Value.Get("/old/" + new string('a', 7994)));
        Assert.Equal("414", Server.Value.Get("/old/" + new string('[', 2700)));
    }

    /// <summary>The first line of a file in another way: one regular expression after the other.</summary>
    [Fact]
    public void Random_files_answer_as_one_line_after_the_other_would()
    {
        string[] segments = ["a", "b", "ab", "", ":x", ":y", "*", "%C3%A9"];
        for (int seed = 0; seed < (Setting.Number("FUZZ_ITERATIONS") ?? 50_000) / 5000; seed++)
        {
            var random = new Random(seed);
            var paths = new List<string>();
            for (int i = 0; i < random.Next(1, 60); i++)
            {
                List<string> path = [];
                for (int depth = random.Next(5); depth >= 0; depth--)
                {
                    string segment = segments[random.Next(depth == 0 ? segments.Length : segments.Length - 2)];
                    path.Add(path.Contains(segment) && segment.StartsWith(':') ? "a" : segment);
                }

                if (path.Count > 1 && path[0].Length == 0)
                {
                    path[0] = "b"; // two slashes begin the name of a host
                }

                paths.Add((random.Next(4) == 0 ? "http://" + (random.Next(2) == 0 ? "one" : "two") + ".example" : "") + "/" + string.Join('/', path));
            }

            string file = string.Concat(paths.Select((path, i) => $"{path} https://elsewhere.example/{i}\n"));
            var server = new RedirectServer(file);
            for (int i = 0; i < 500; i++)
            {
                string target = "/" + string.Join('/', Enumerable.Range(0, random.Next(6)).Select(_ => ((string[])["a", "b", "ab", "", "c", "%C3%A9"])[random.Next(6)]));
                string host = ((string[])["one.example", "TWO.example", "h"])[random.Next(3)];
                int line = paths.FindIndex(path => IsLine(path, target, host, paths));
                string expected = line < 0 ? "404" : $"301 https://elsewhere.example/{line}";
                Assert.True(expected == server.Get(target, host), $"{host} {target} is {server.Get(target, host)} and not {expected}, by:\n{file}");
            }
        }
    }

    private static bool IsLine(string path, string target, string host, List<string> all)
    {
        Match origin = Regex.Match(path, "^http://([a-z.]+)/");
        if (origin.Success && !origin.Groups[1].Value.Equals(host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        path = origin.Success ? path[(origin.Length - 1)..] : path;
        string pattern = Regex.Replace(Regex.Escape(path), "/:[xy](?=/|$)", "/[^/]+");
        bool isExact = pattern == Regex.Escape(path) && !path.EndsWith('*');
        string other = path.EndsWith('/') ? path[..^1] : path + "/";
        pattern = pattern.EndsWith("/\\*", StringComparison.Ordinal) ? pattern[..^3] + "(/.*)?"
            : isExact && path.Length > 1 && all.Contains((origin.Success ? origin.Value[..^1] : "") + other) ? pattern // both are there
            : Regex.Replace(pattern, "/$", "") + "/?";
        return Regex.IsMatch(target, "^" + pattern + "$");
    }

    /// <summary>However a path is made: the location stays on the host that the line says, has no control character, and is no longer than it may be. FUZZ_ITERATIONS says how many there are.</summary>
    [Fact]
    public void No_path_leads_elsewhere()
    {
        string[] pieces = ["/", "//", "\\", "%2f", "%5c", "..", ".", "%2e", "%00", "%0d%0a", "\r\n", "@", ":", "evil.example", "https:", "?", "#", "%", "%25", "\u00E9", "%C3%A9", "%ff", "a", " ", "\t", "{", "}", "*", ":splat", "%252f", ";", "&", "[", "%09", "%7f"];
        string[] starts = ["/home", "/wiki/", "/old/", "/deep/", "/root/", "/root", "/mid/", "/mid", "/store/", "/news/1/2/3/", "/news/", "/en/docs/", "//docs/", "/docs", "/forced", "/same/", "/", ""];
        HashSet<string> hosts = ["h", "www.petsofnetlify.example", "wiki.example.org", "www.example.com", "docs.example.org"];
        var random = new Random(2);
        int answered = 0;
        int count = Setting.Number("FUZZ_ITERATIONS") ?? 50_000;
        for (int i = 0; i < count; i++)
        {
            string target = starts[random.Next(starts.Length)] + string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (random.Next(8) == 0)
            {
                char[] mutated = target.ToCharArray();
                for (int j = 0; j < mutated.Length && j < 3; j++)
                {
                    mutated[random.Next(mutated.Length)] = (char)random.Next(256);
                }

                target = new string(mutated);
            }

            string response = Server.Value.Send(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {(random.Next(4) == 0 ? "blog.example.com" : "h")}\r\n\r\n"));
            if (!response.StartsWith("HTTP/1.1 3", StringComparison.Ordinal))
            {
                continue;
            }

            answered++;
            string location = RedirectServer.Location(response)!;
            Assert.True(!location.StartsWith("//", StringComparison.Ordinal) && !location.StartsWith("/\\", StringComparison.Ordinal), $"{target} leads to {location}");
            Assert.True(location.All(character => character is > ' ' and < '\u007F' and not '\\'), $"{target} leads to {location}");
            Assert.Contains(new Uri(new Uri("http://h/"), location).Host, hosts);
            Assert.InRange(location.Length, 1, 8000 + 60);
        }

        Assert.True(answered > count / 10, $"only {answered} of {count} are answered with a redirect");
    }

    /// <summary>Lines of all kinds. A build has its other steps besides.</summary>
    [Fact]
    public void Ten_thousand_lines_take_less_than_64_bytes_each_beside_their_text_and_no_more_than_5_seconds()
    {
        string[] words = ["news", "blog", "articles", "products", "archive", "about"];
        string[] lines = [.. Enumerable.Range(0, 10_000).Select(i => (i % 40) switch
        {
            0 => FormattableString.Invariant($"/{words[i % 6]}/{i}/* /moved/{words[i % 5]}/{i}/:splat"),
            1 => FormattableString.Invariant($"/{words[i % 6]}/{i}/:id/:page https://{words[i % 5]}.example.com/:page/:id"),
            2 => FormattableString.Invariant($"http://host{i}.example.com/* https://example.com/:splat"),
            _ => FormattableString.Invariant($"/{words[i % 6]}/{words[i % 5]}/page-{i}.html /{words[i % 5]}/{i}"),
        })];
        string file = string.Join('\n', lines);
        TimeSpan time = TimeOfBuild(file);
        var server = new RedirectServer(file);
        Match table = Regex.Match(server.Run.Files["Site.g.cs"], "10,000 redirects, ([0-9,]+) bytes");
        int bytes = int.Parse(table.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        output.WriteLine(FormattableString.Invariant($"{(bytes - lines.Sum(line => line.Length - 1)) / 10_000.0} bytes beside the text, {time.TotalSeconds} s"));
        Assert.InRange(bytes, 1, lines.Sum(line => line.Length - 1 + 64));
        Assert.InRange(time.TotalSeconds, 0, 5);
        foreach (int i in new[] { 0, 41, 4_000, 9_997, 9_999 })
        {
            string[] words2 = lines[i].Split(' ');
            Assert.StartsWith("301 " + words2[1].Split(':')[0], server.Get(words2[0].Replace("*", "x", StringComparison.Ordinal).Replace(":id", "7", StringComparison.Ordinal).Replace(":page", "8", StringComparison.Ordinal)), StringComparison.Ordinal);
        }

        Assert.Equal("301 https://example.com/a", server.Get("/a", "host82.example.com"));
        Assert.Equal("404", server.Get("/news/blog/page-10000.html"));
    }

    /// <summary>How long generator and compiler have with it: time of the processor, for other tests run beside this one. The analyzer does what the generator does before it plans.</summary>
    private static TimeSpan TimeOfBuild(string file)
    {
        CSharpCompilation compilation = GeneratorRun.Compile("using SyscallServer; [TcpServer] [Redirects(\"_redirects\")] static partial class Site;");
        compilation = compilation.WithOptions(compilation.Options.WithConcurrentBuild(false));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new TcpServerGenerator().AsSourceGenerator()], [new TextFile("_redirects", file)], (CSharpParseOptions)compilation.SyntaxTrees[0].Options, TextFile.Options);
        TimeSpan before = OfThread();
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out _);
        using var stream = new System.IO.MemoryStream();
        Assert.True(after.Emit(stream).Success);
        return OfThread() - before;
    }

    private static TimeSpan OfThread()
    {
        const int threadTime = 3; // CLOCK_THREAD_CPUTIME_ID
        Assert.Equal(0, GetTime(threadTime, out Time time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);

    private struct Time
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    [Fact]
    public void Paths_with_thousands_of_slashes_and_of_equal_beginnings_are_answered()
    {
        string nested = string.Concat(Enumerable.Range(1, 200).Reverse().Select(depth => string.Concat(Enumerable.Repeat("/a", depth)) + $"/* /depth/{depth}\n"));
        var server = new RedirectServer(nested + "/:a/:b/:c/x /placeholders\n");
        Assert.Equal("301 /depth/200", server.Get(string.Concat(Enumerable.Repeat("/a", 3900))));
        Assert.Equal("301 /depth/7", server.Get(string.Concat(Enumerable.Repeat("/a", 7)) + string.Concat(Enumerable.Repeat("/", 7900))));
        Assert.Equal("404", server.Get(string.Concat(Enumerable.Repeat("/", 7999))));
        Assert.Equal("301 /placeholders", server.Get("/b/b/b/x"));
    }
}
