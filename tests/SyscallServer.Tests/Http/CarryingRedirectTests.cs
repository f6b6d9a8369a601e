using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Redirects whose Location has parts of what was asked for.</summary>
public class CarryingRedirectTests
{
    [Theory]
    [InlineData("/old/", "/new/")]
    [InlineData("/old/a/b", "/new/a/b")]
    [InlineData("/old/a?x=1&y", "/new/a?x=1&y")]
    [InlineData("/old/a?", "/new/a?")]
    [InlineData("/old/caf%C3%A9/%7e%2f%25", "/new/caf%C3%A9/~%2F%25")]
    [InlineData("/old/%22%3C%3E%5C%7C%0B", "/new/%22%3C%3E%5C%7C%0B")]
    [InlineData("/old/%0D%0ASet-Cookie:a", null)]
    [InlineData("/old/a:b@c[d]", "/new/a%3Ab%40c%5Bd%5D")]
    [InlineData("/old//evil.example", "/new//evil.example")]
    [InlineData("/old/../old/./x", "/new/x")]
    [InlineData("/root//evil.example/x", "/%2Fevil.example/x")]
    [InlineData("/root///evil.example", "/%2F/evil.example")]
    [InlineData("/root/%5Cevil.example", "/%5Cevil.example")]
    [InlineData("/root/", "/")]
    [InlineData("/users/7/posts", "/posts/of/7")]
    [InlineData("/users/a%2Fb/posts", "/posts/of/a%2Fb")]
    [InlineData("/users//posts", null)]
    [InlineData("/swap/1/2?q", "/swapped/2/1/1?fixed=1")]
    [InlineData("/kept/1/2?q", "/to/2?fixed=1&q#there")]
    [InlineData("/kept/1/2", "/to/2?fixed=1#there")]
    [InlineData("/exact?a=b", "/there?a=b")]
    [InlineData("/exact", "/there")]
    [InlineData("/dropped/x?a", "/plain")]
    [InlineData("/away/x/y?z", "https://www.example.com/x/y?z")]
    [InlineData("/away//evil", "https://www.example.com//evil")]
    public void What_is_carried_over_is_encoded_as_it_has_to_be(string target, string? location)
    {
        string response = Answer(typeof(RedirectSite), $"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(location, Location(response));
        Assert.StartsWith(location is null ? "HTTP/1.1 40" : "HTTP/1.1 30", response, StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_is_that_of_a_redirect()
        => Assert.Equal(
            "HTTP/1.1 308 Permanent Redirect\r\nX-Old: yes\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\nLocation: https://www.a.example/x?y\r\n\r\n",
            Answer(typeof(RedirectSite), "POST /x?y HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\n\r\nabc"));

    [Fact]
    public void The_host_is_the_one_of_the_attribute_whatever_a_client_writes()
        => Assert.Equal("https://www.a.example/x", Location(Answer(typeof(RedirectSite), "GET http://A.EXAMPLE.:81/x HTTP/1.1\r\nHost: evil.example\r\n\r\n")));

    [Fact]
    public void A_location_is_no_longer_than_a_target_may_be()
    {
        Assert.Equal("/new/" + new string('a', 60 - 2), Location(Answer(typeof(ShortRedirectSite), $"GET /o/{new string('a', 60 - 2)} HTTP/1.1\r\nHost: h\r\n\r\n")));
        Assert.StartsWith("HTTP/1.1 414 ", Answer(typeof(ShortRedirectSite), $"GET /o/{new string('[', 21)} HTTP/1.1\r\nHost: h\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", Answer(typeof(ShortRedirectSite), $"GET /o/{new string('[', 20)}?{new string('q', 10)} HTTP/1.1\r\nHost: h\r\n\r\n"), StringComparison.Ordinal);
    }

    /// <summary>However a path is made: the location begins as the attribute says, has no control character, and is no longer than it may be. FUZZ_ITERATIONS says how many there are.</summary>
    [Fact]
    public void No_path_leads_elsewhere()
    {
        string[] pieces = ["/", "//", "\\", "%2f", "%5c", "..", ".", "%2e", "%00", "%0d%0a", "\r\n", "@", ":", "evil.example", "https:", "?", "#", "%", "%25", "\u00E9", "%C3%A9", "a", " ", "\t", "{", "}", "*", "%252f", ";", "&"];
        (string From, string To)[] redirects = [("/old/", "/new/"), ("/root/", "/"), ("/users/", "/posts/of/"), ("/swap/", "/swapped/"), ("/away/", "https://www.example.com/")];
        var random = new Random(1);
        int answered = 0;
        int count = Setting.Number("FUZZ_ITERATIONS") ?? 50_000;
        Func<string, string> answer = Answerer(typeof(RedirectSite));
        for (int i = 0; i < count; i++)
        {
            (string from, string to) = redirects[random.Next(redirects.Length)];
            string target = from + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])) + (from == "/users/" ? "/posts" : from == "/swap/" ? "/x" : "");
            string response = answer($"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n");
            if (!response.StartsWith("HTTP/1.1 3", StringComparison.Ordinal))
            {
                continue;
            }

            answered++;
            string location = Location(response)!;
            Assert.True(location.StartsWith(to, StringComparison.Ordinal) || location is "/plain", $"{target} leads to {location}");
            Assert.True(!location.StartsWith("//", StringComparison.Ordinal) && !location.StartsWith("/\\", StringComparison.Ordinal), $"{target} leads to {location}");
            Assert.True(location.All(character => character is > ' ' and < '\u007F' and not '\\'), $"{target} leads to {location}");
            Assert.Equal(to.StartsWith('/') ? "h" : "www.example.com", new Uri(new Uri("http://h/"), location).Host);
            Assert.InRange(location.Length, 1, 8000 + 40);
        }

        Assert.True(answered > count / 10, $"only {answered} of {count} are answered with a redirect");
    }

    [Theory]
    [InlineData("SYSC036", "'/old' has no star at its end", "\"/new/*\"", """[Redirect("/old", "/new/*")]""")]
    [InlineData("SYSC036", "'/old/{a}' has no parameter 'b'", "\"/new/{b}\"", """[Redirect("/old/{a}", "/new/{b}")]""")]
    [InlineData("SYSC036", "write Host", "\"https://{host}/\"", """[Redirect("/old", "https://{host}/")]""")]
    [InlineData("SYSC036", "no client can choose the host", "\"https://{a}/\"", """[Redirect("/old/{a}", "https://{a}/")]""")]
    [InlineData("SYSC036", "no client can choose the host", "\"https://{a}.example/x\"", """[Redirect("/old/{a}", "https://{a}.example/x")]""")]
    [InlineData("SYSC036", "no client can choose the host", "\"{a}/x\"", """[Redirect("/old/{a}", "{a}/x")]""")]
    [InlineData("SYSC036", "can stand in the path only", "\"/new?x={a}\"", """[Redirect("/old/{a}", "/new?x={a}")]""")]
    [InlineData("SYSC036", "at the end of the path, behind a slash", "\"/new?x=*\"", """[Redirect("/old/*", "/new?x=*")]""")]
    [InlineData("SYSC036", "at the end of the path, behind a slash", "\"/new/*/x\"", """[Redirect("/old/*", "/new/*/x")]""")]
    [InlineData("SYSC036", "can stand in the path only", "\"/new/*?x={a}\"", """[Redirect("/old/*", "/new/*?x={a}")]""")]
    [InlineData("SYSC036", "two slashes begin the name of a host", "\"//{a}\"", """[Redirect("/old/{a}", "//{a}")]""")]
    [InlineData("SYSC031", "stands for the rest of a path", "\"/old*\"", """[Redirect("/old*", "/new")]""")]
    [InlineData("SYSC037", "to itself, so a client would never arrive: /a/* -> /a/*", "\"/a/b/*\"", """[Redirect("/a/*", "/a/b/*")]""")]
    [InlineData("SYSC037", "/a/* -> /b/* -> /a/*", "\"/b/*\"", """[Redirect("/a/*", "/b/*")] [Redirect("/b/*", "/a/*")]""")]
    [InlineData("SYSC037", "for some paths, so a client would never arrive", "\"/b/*\"", """[Redirect("/a/*", "/b/*")] [Redirect("/b/x", "/a/x")]""")]
    [InlineData("SYSC037", "for some paths, so a client would never arrive", "\"/*\"", """[Redirect("/old/*", "/*")] [Redirect("/x", "/old/x")]""")]
    [InlineData("SYSC037", "for some paths", "\"/{a}/{a}\"", """[Redirect("/x/{a}", "/{a}/{a}")]""")]
    public async Task Each_mistake_is_named(string id, string message, string squiggled, string attributes)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of($"using SyscallServer; [TcpServer] {attributes} static partial class Site;").AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[Redirect("/old/*", "/*")]""")]
    [InlineData("""[Redirect("/old/*", "/*")] [Redirect("/older/*", "/old/*")]""")]
    [InlineData("""[Redirect("/old", "/new?x=*")] [Redirect("/older/*", "/new/*?x=%2A")]""")]
    [InlineData("""[Redirect("/docs/*", "/docs/v2/*")] [Files("/docs/v2/", ".")]""")]
    [InlineData("""[Redirect("/a/*", "/b/*")] [Redirect("/b/x", "/c")]""")]
    [InlineData("""[Redirect("/*", "https://www.{host}/*", Host = "example.com")] [StaticResponse("/", "x")]""")]
    [InlineData("""[Redirect("/a/{x}/{y}", "/a/{y}")]""")]
    [InlineData("""[Redirect("/a", "/b", KeepQuery = true)] [Redirect("/b/{x}", "/a{x}{x}")]""")]
    [InlineData("""[Redirect("/a/{x}", "/{x}/../b")]""")]
    public async Task What_ends_is_no_loop(string attributes) => Assert.Empty(await GeneratorRun.Of($"using SyscallServer; [TcpServer] {attributes} static partial class Site;").AnalyzeAsync());

    [Fact]
    public void A_redirect_that_carries_nothing_is_planned()
    {
        GeneratorRun run = GeneratorRun.Of("""using SyscallServer; [TcpServer] [Redirect("/old", "/new")] [Redirect("/x/*", "/y", KeepQuery = false)] static partial class Site;""");
        Assert.DoesNotContain("CarryingRedirect", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }

    private static string? Location(string response) => response.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location: ", StringComparison.Ordinal))?[10..];

    private static string Answer(Type site, string request) => Answerer(site)(request);

    private static Func<string, string> Answerer(Type site)
    {
        Type app = Array.Find(site.Emitted().GetNestedTypes(BindingFlags.NonPublic), type => type.Name == "App`1")!.MakeGenericType(typeof(NoKernel));
        return typeof(CarryingRedirectTests).GetMethod(nameof(With), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(app).CreateDelegate<Func<string, string>>();
    }

    private static unsafe string With<TApp>(string request)
        where TApp : struct, IApp
    {
        using var memory = new GuardedBuffer(Output.CapacityOf<TApp>());
        byte* date = stackalloc byte[128];
        var output = new Output(memory.AtEnd(new byte[Output.CapacityOf<TApp>()]), date);
        Exchange exchange = default;
        output.Exchange = &exchange;
        HttpConnection http = default;
        byte[] input = [.. Encoding.Latin1.GetBytes(request), .. new byte[64]];
        fixed (byte* first = input)
        {
            _ = http.Receive<TApp>(first, request.Length, &output);
        }

        return Encoding.ASCII.GetString(output.Buffer, output.Length);
    }

    private readonly struct NoKernel : SyscallServer.Internal.Kernel.IKernel;
}

[TcpServer(DateHeader = false)]
[Redirect("/old/*", "/new/*")]
[Redirect("/root/*", "/*", Status = 301)]
[Redirect("/users/{id}/posts", "/posts/of/{id}")]
[Redirect("/swap/{a}/{b}", "/swapped/{b}/{a}/{a}?fixed=1")]
[Redirect("/kept/{a}/{b}", "/to/{b}?fixed=1#there", KeepQuery = true)]
[Redirect("/exact", "/there", KeepQuery = true)]
[Redirect("/dropped/{a}", "/plain")]
[Redirect("/away/*", "https://www.example.com/*", Status = 307)]
[Redirect("/*", "https://www.{host}/*", Host = "a.example", Status = 308, Headers = ["X-Old: yes"], CacheControl = "max-age=60")]
internal static partial class RedirectSite;

[TcpServer(DateHeader = false, MaxTargetBytes = 64)]
[Redirect("/o/*", "/new/*")]
internal static partial class ShortRedirectSite;
