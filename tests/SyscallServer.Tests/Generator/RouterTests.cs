using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

using Request = SyscallServer.Internal.Http.RequestHead;

/// <summary>The emitted router, compiled and called as the engine calls it, with paths and hosts flush against an unmapped page.</summary>
public class RouterTests
{
    private static readonly string[] TemplateSegments = ["a", "b", "ab", "{}", "{}"];
    private static readonly string[] PathSegments = ["a", "b", "ab", "abc", "", "*"];
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options, HttpMethod.Trace];

    [Fact]
    public void A_whole_path_goes_before_a_prefix_and_a_longer_prefix_before_a_shorter()
    {
        using var router = new Router(Site.Of(
            Site.Route("/*", "root"),
            Site.Route("/docs/*", "docs"),
            Site.Route("/docs/api/*", "api"),
            Site.Route("/docs/api/index", "index")));
        Assert.Equal("index", router.Body("/docs/api/index"));
        Assert.Equal("api", router.Body("/docs/api/index2"));
        Assert.Equal("api", router.Body("/docs/api/"));
        Assert.Equal("docs", router.Body("/docs/ap"));
        Assert.Equal("root", router.Body("/docs"));
        Assert.Equal("root", router.Body("/"));
    }

    [Fact]
    public void The_path_decides_before_the_method()
    {
        using var router = new Router(Site.Of(Site.Route("/*", "root"), Site.Route("/form", "form", "POST")));
        Assert.Equal(405, router.Status("/form"));
        Assert.Equal("form", router.Body("/form", HttpMethod.Post));
        Assert.Equal(405, router.Status("/other", HttpMethod.Post));
    }

    [Theory]
    [InlineData(HttpMethod.Get, 200, null)]
    [InlineData(HttpMethod.Head, 200, null)]
    [InlineData(HttpMethod.Options, 204, "Allow: GET, HEAD, OPTIONS\r\n")]
    [InlineData(HttpMethod.Post, 405, "Allow: GET, HEAD, OPTIONS\r\n")]
    [InlineData(HttpMethod.Trace, 405, "Allow: GET, HEAD, OPTIONS\r\n")]
    [InlineData(HttpMethod.Connect, 405, "Allow: GET, HEAD, OPTIONS\r\n")]
    public void GET_answers_HEAD_and_the_others_are_told_what_is_allowed(HttpMethod method, int status, string? allow)
    {
        using var router = new Router(Site.Of(Site.Route("/", "x"), Site.Route("/post", "x", "POST")));
        Assert.Equal(status, router.Status("/", method));
        Assert.Contains(allow ?? "", router.Head("/", method), StringComparison.Ordinal);
    }

    [Fact]
    public void OPTIONS_asterisk_is_of_the_server_on_every_host()
    {
        using var router = new Router(Site.Of(Site.Route("/", "x", host: "a"), Site.Route("/*", "x", "PUT")));
        Assert.Equal(FixedResponse.OptionsAsterisk, router.Route("*", HttpMethod.Options, "a"));
        Assert.Equal(FixedResponse.OptionsAsterisk, router.Route("*", HttpMethod.Options, null));
    }

    [Fact]
    public void A_server_without_routes_has_nothing()
    {
        using var router = new Router(Site.Of());
        Assert.Equal(FixedResponse.NotFound, router.Route("/", HttpMethod.Get, "localhost"));
        Assert.Equal(FixedResponse.OptionsAsterisk, router.Route("*", HttpMethod.Options, "localhost"));
    }

    [Theory]
    [InlineData("example.com", "virtual")]
    [InlineData("EXAMPLE.com", "virtual")]
    [InlineData("eXaMpLe.CoM.", "virtual")]
    [InlineData("www.example.com", "virtual")]
    [InlineData("example.org", "other")]
    [InlineData("[::1]", "loopback")]
    [InlineData("example.co", "every")]
    [InlineData("example.comm", "every")]
    [InlineData("exampleNcom", "every")] // N | 0x20 is n, not a dot
    [InlineData(".", "every")]
    [InlineData("", "every")]
    [InlineData(null, "every")]
    public void A_virtual_host_is_found_in_any_letter_case(string? host, string body)
    {
        using var router = new Router(Site.Of(
            Site.Route("/", "every"),
            Site.Route("/", "virtual", host: "example.com"),
            Site.Route("/", "virtual", host: "www.example.com"),
            Site.Route("/", "other", host: "example.org"),
            Site.Route("/", "loopback", host: "[::1]")));
        Assert.Equal(body, router.Body("/", HttpMethod.Get, host));
    }

    [Fact]
    public void What_a_virtual_host_lacks_is_what_every_host_has_and_what_it_has_is_its_own_matter()
    {
        using var router = new Router(Site.Of(
            Site.Route("/healthz", "ok"),
            Site.Route("/form", "form"),
            Site.Route("/form", "posted", "POST", "a.example"),
            Site.Route("/files/*", "file", host: "a.example")));
        Assert.Equal("ok", router.Body("/healthz", HttpMethod.Get, "a.example"));
        Assert.Equal(405, router.Status("/form", HttpMethod.Get, "a.example"));
        Assert.Equal("form", router.Body("/form", HttpMethod.Get, "b.example"));
        Assert.Equal(404, router.Status("/files/x", HttpMethod.Get, "b.example"));
        Assert.Equal(404, router.Status("/none", HttpMethod.Get, "a.example"));
    }

    [Fact]
    public void A_404_of_a_virtual_hosts_own_is_not_taken_for_none()
    {
        using var router = new Router(Site.Of(
            Site.Route("/x", "every"),
            Site.Route("/x", Site.Response("404 Not Found\n", 404, "text/plain"), host: "a.example")));
        Assert.Equal(404, router.Status("/x", HttpMethod.Get, "a.example"));
    }

    /// <summary>
    /// Random sets of routes. What the emitted router says of every path, near miss and method must be what a naive one says, which goes through the routes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_agrees_with_a_naive_one(int seed)
    {
        var random = new Random(seed);
        RouteSpec[] routes = RandomRoutes(random);
        using var router = new Router(Site.Of(routes));
        byte[][] paths = routes.Select(route => route.Path.ToArray()).Distinct().SelectMany(path => NearMisses(random, path)).Append([(byte)'/']).ToArray();
        string?[] hosts = routes.Select(route => route.Host).Distinct().SelectMany(host => new[] { host, host + "x", host.ToUpperInvariant() }).Append(null).ToArray();
        foreach (byte[] path in paths)
        {
            string? host = hosts[random.Next(hosts.Length)];
            HttpMethod method = random.Next(4) > 0 ? HttpMethod.Get : Methods[random.Next(Methods.Length)];
            (int status, string body) = Naive(routes, host, path, method);
            int entry = router.Route(path, method, host is null ? null : Encoding.ASCII.GetBytes(host));
            Assert.True(
                (status, body) == (router.StatusOf(entry), router.BodyOf(entry)),
                $"seed {seed}: {method} {host} {Encoding.Latin1.GetString(path)}: {router.StatusOf(entry)} {router.BodyOf(entry)} instead of {status} {body}");
        }
    }

    /// <summary>The same with parameters, where it is the segments that are compared.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void With_parameters_it_agrees_with_a_naive_one(int seed)
    {
        var random = new Random(seed);
        string[][] templates = Enumerable.Range(0, random.Next(1, 30))
            .Select(_ => Enumerable.Range(0, random.Next(1, 5)).Select(_ => TemplateSegments[random.Next(TemplateSegments.Length)]).Append("*").SkipLast(random.Next(2)).ToArray())
            .Where(template => template[^1] != "*" || !template.Contains("{}"))
            .GroupBy(template => string.Join('/', template))
            .Select(group => group.First())
            .ToArray();
        using var router = new Router(Site.Of([
            Site.Route("/", "root"),
            .. templates.Select((template, i) => Site.Route("/" + string.Join('/', template).Replace("{}", "\0", StringComparison.Ordinal), $"{i}") with
            {
                Parameters = new EquatableArray<string>(template.Where(segment => segment == "{}").Select((_, parameter) => $"p{parameter}")),
            }),
        ]));
        for (int i = 0; i < 300; i++)
        {
            string[] path = Enumerable.Range(0, random.Next(1, 6)).Select(_ => PathSegments[random.Next(PathSegments.Length)]).ToArray();
            int? best = Enumerable.Range(0, templates.Length)
                .Where(index => HasForm(path, templates[index]))
                .OrderBy(index => string.Concat(templates[index].Select(segment => segment == "*" ? '2' : segment == "{}" ? '1' : '0')), StringComparer.Ordinal)
                .Select(index => (int?)index)
                .FirstOrDefault();
            string text = "/" + string.Join('/', path);
            Assert.True((best?.ToString(CultureInfo.InvariantCulture) ?? (text == "/" ? "root" : "404 Not Found\n")) == router.Body(text), $"seed {seed}: {text} is {router.Body(text)} and not {best}");
        }

        static bool HasForm(string[] path, string[] template)
            => (template[^1] == "*" ? path.Length >= template.Length : path.Length == template.Length)
                && template.Zip(path, (expected, segment) => expected == "*" || (expected == "{}" ? segment.Length > 0 : segment == expected)).All(fits => fits);
    }

    public static TheoryData<int> Seeds() => new(Enumerable.Range(1, Setting.Number("ROUTER_SEEDS") ?? 12));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Hundreds_of_paths_of_one_length_are_told_apart_in_few_steps(int seed)
    {
        var random = new Random(seed);
        byte[][] paths = Enumerable.Range(0, 400).Select(i => Encoding.ASCII.GetBytes($"/articles/{(seed == 1 ? i : random.Next(9_000_000)):D7}/index.html")).ToArray();
        RouteTree tree = RouteTreeBuilder.Build(paths, _ => false);
        Assert.InRange(Depth(tree), 1, 5);
    }

    private static int Depth(RouteTree tree) => 1 + (tree switch
    {
        RouteTree.Found => -1,
        RouteTree.Compare compare => Depth(compare.Then),
        RouteTree.AtLeast atLeast => Depth(atLeast.Then),
        RouteTree.Choose choose => choose.Cases.Max(item => Depth(item.Then)),
        RouteTree.ChooseLength choose => choose.Cases.Max(item => Depth(item.Then)),
        RouteTree.Sequence sequence => sequence.Nodes.Max(Depth),
        _ => throw new ArgumentOutOfRangeException(nameof(tree)),
    });

    private static RouteSpec[] RandomRoutes(Random random)
    {
        int count = random.Next(4) switch
        {
            0 => random.Next(1, 6),
            1 => random.Next(10, 40),
            2 => random.Next(40, 120),
            _ => random.Next(200, 400),
        };
        string[] hosts = random.Next(3) == 0 ? ["", "a", "example.com", "www.example.com", "[2001:db8::1]"] : [""];
        string[] beginnings = Enumerable.Range(0, random.Next(1, 8)).Select(_ => "/" + RandomText(random, random.Next(14))).ToArray();
        string[] methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH"];
        int length = random.Next(1, 20);
        return Enumerable.Range(0, count)
            .Select(i =>
            {
                string path = random.Next(4) switch
                {
                    0 => beginnings[random.Next(beginnings.Length)],
                    1 => beginnings[random.Next(beginnings.Length)] + RandomText(random, random.Next(1, 30)),
                    2 => "/" + RandomText(random, length),
                    _ => beginnings[0] + i.ToString("D4", null),
                };
                return Site.Route(path + (random.Next(6) == 0 ? "*" : ""), $"response {i}", methods[random.Next(methods.Length)], hosts[random.Next(hosts.Length)]);
            })
            .GroupBy(route => (route.Host, route.Path, route.IsPrefix, route.Method))
            .Select(group => group.First())
            .ToArray();
    }

    /// <summary>Text of few characters, so that much is shared; some take several bytes of UTF-8.</summary>
    private static string RandomText(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "aab/-.Z\u00E9"[random.Next(8)]));

    /// <summary>A path, and what is nearly that path.</summary>
    private static IEnumerable<byte[]> NearMisses(Random random, byte[] path)
    {
        yield return path;
        yield return [.. path, (byte)"/ax"[random.Next(3)]];
        yield return [.. path, .. Encoding.UTF8.GetBytes(RandomText(random, random.Next(1, 20)))];
        if (path.Length > 1)
        {
            yield return path[..^1];
            yield return path[..random.Next(1, path.Length)];
        }

        // Each byte changed, one at a time: no byte may go uncompared.
        for (int i = 0; i < path.Length; i++)
        {
            byte[] changed = [.. path];
            changed[i] ^= (byte)(1 << random.Next(8));
            yield return changed;
        }
    }

    private static (int Status, string Body) Naive(RouteSpec[] routes, string? host, byte[] path, HttpMethod method)
    {
        foreach (string candidate in new[] { host?.ToLowerInvariant() ?? "", "" })
        {
            RouteSpec? best = routes
                .Where(route => route.Host == candidate && (route.IsPrefix ? path.AsSpan().StartsWith(route.Path.ToArray()) : path.AsSpan().SequenceEqual(route.Path.ToArray())))
                .OrderBy(route => route.IsPrefix)
                .ThenByDescending(route => route.Path.Count)
                .FirstOrDefault();
            if (best is not null)
            {
                string name = method == HttpMethod.Head ? "GET" : method.ToString().ToUpperInvariant();
                RouteSpec? found = routes.FirstOrDefault(route => route.Host == candidate && route.Path.Equals(best.Path) && route.IsPrefix == best.IsPrefix && route.Method == name);
                return found is not null ? (200, Encoding.UTF8.GetString(found.Response!.Body.ToArray()))
                    : method == HttpMethod.Options ? (204, "")
                    : (405, "405 Method Not Allowed\n");
            }
        }

        return (404, "404 Not Found\n");
    }

    /// <summary>An emitted router and memory to call it with.</summary>
    private sealed unsafe class Router(HttpSpec http) : IDisposable
    {
        private readonly EmittedApp _app = http.Load();
        private readonly GuardedMemory _path = new();
        private readonly GuardedMemory _host = new();

        internal int Route(byte[] path, HttpMethod method, byte[]? host)
        {
            var request = new Request { Method = method, Path = _path.Put(path), PathLength = path.Length };
            if (host is not null)
            {
                request.Host = _host.Put(host);
                request.HostLength = host.Length;
            }

            return _app.Route(&request);
        }

        internal int Route(string path, HttpMethod method = HttpMethod.Get, string? host = null)
            => Route(Encoding.UTF8.GetBytes(path), method, host is null ? null : Encoding.UTF8.GetBytes(host));

        internal int Status(string path, HttpMethod method = HttpMethod.Get, string? host = null) => StatusOf(Route(path, method, host));

        internal string Body(string path, HttpMethod method = HttpMethod.Get, string? host = null) => BodyOf(Route(path, method, host));

        internal string Head(string path, HttpMethod method) => _app.Head(Route(path, method));

        internal int StatusOf(int entry) => int.Parse(_app.Head(entry).AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);

        internal string BodyOf(int entry) => Encoding.UTF8.GetString(_app.Body(entry));

        public void Dispose()
        {
            _path.Dispose();
            _host.Dispose();
        }
    }
}
