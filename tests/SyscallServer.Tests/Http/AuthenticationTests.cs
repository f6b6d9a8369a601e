using System;
using System.Linq;
using System.Text;
using SyscallServer.Tests.Handlers;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[BasicAuth] and [BearerAuth]: raw requests in, raw responses out.</summary>
public class AuthenticationTests
{
    private const string Unauthorized = "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nContent-Length: 17\r\nWWW-Authenticate: Basic realm=\"Admin area\", charset=\"UTF-8\"\r\n";
    private const string Admin = "Authorization: Basic YWRtaW46c2VjcmV0"; // admin:secret

    /// <summary>Each test begins with no failures.</summary>
    public AuthenticationTests()
    {
        Assert.Equal("", SecretsKernel.Start(typeof(GuardedSite), "ADMIN_USERS=admin:secret"));
        Assert.Equal("", SecretsKernel.Start(typeof(MethodsSite), "TOKENS=t0ken"));
        Assert.Equal("", SecretsKernel.Start(typeof(EitherSite), "USERS=ann:1", "TOKENS=t0ken"));
        Assert.Equal("", SecretsKernel.Start(typeof(NestedSite), "ALL=all:1", "SOME=some:1", "ONE=one:1"));
        Assert.Equal("", SecretsKernel.Start(typeof(EverythingSite), "ADMIN_USERS=admin:secret"));
        Assert.Equal("", SecretsKernel.Start(typeof(HashSite)));
        Assert.Equal("", SecretsKernel.Start(typeof(LimitedSite), "USERS=admin:secret"));
        Assert.Equal("", SecretsKernel.Start(typeof(PageSite), "USERS=admin:secret"));
    }

    private static string Send(Type site, string request, params int[] pieces) => HandlerExchange.Of(site, request, pieces);

    private static string Request(string start, params string[] lines) => $"{start} HTTP/1.1\r\nHost: h\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n";

    private static string Basic(string credentials) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    private static int Status(string response) => int.Parse(response.AsSpan(9, 3), null);

    [Fact]
    public void A_request_without_credentials_gets_401_that_says_what_it_needs()
    {
        Assert.Equal(Unauthorized + "\r\n401 Unauthorized\n", Send(typeof(GuardedSite), Request("GET /admin/page")));
        Assert.Equal(Unauthorized + "\r\n", Send(typeof(GuardedSite), Request("HEAD /admin/page")));
    }

    /// <summary>What a page says of the same cannot be right for all guards.</summary>
    [Fact]
    public void The_page_for_401_has_the_challenge_of_the_guard_and_no_other()
        => Assert.Equal(
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 11\r\nWWW-Authenticate: Basic realm=\"Inside\", charset=\"UTF-8\"\r\nX-Page: own\r\n\r\nWho is it?\n",
            Send(typeof(PageSite), Request("GET /")));

    [Fact]
    public void With_them_it_gets_what_it_would_get_without_a_guard()
    {
        foreach (string start in (string[])["GET /admin/page", "HEAD /admin/page", "GET /admin/none", "POST /admin/page", "OPTIONS /admin/page", "GET /admin/handler", "GET /admin/old/x?y", "GET /open", "GET /"])
        {
            Assert.Equal(Send(typeof(OpenSite), Request(start)), Send(typeof(GuardedSite), Request(start, Admin)));
        }
    }

    [Theory]
    [InlineData("GET /admin/page")]
    [InlineData("GET /admin/")]
    [InlineData("GET /admin")]
    [InlineData("GET /admin?x=1")]
    [InlineData("GET /admin/none")]
    [InlineData("GET /admin/old/x")]
    [InlineData("GET /admin/handler")]
    [InlineData("GET /%61dmin/page")]
    [InlineData("GET /%61%64%6D%69%6e/page")]
    [InlineData("GET /admin/%2e/page")]
    [InlineData("GET /./admin/page")]
    [InlineData("GET /%2e/admin/page")]
    [InlineData("GET /x/../admin/page")]
    [InlineData("GET /x/%2E%2e/admin/page")]
    [InlineData("GET /../../admin/page")]
    [InlineData("GET /admin/x/../page")]
    [InlineData("GET /admin/../admin/page")]
    [InlineData("GET //../admin/page")]
    [InlineData("GET /admin//page")]
    [InlineData("GET /admin/%2Fpage")]
    [InlineData("GET /admin/..;/page")]
    [InlineData("GET http://h/admin/page")]
    [InlineData("GET HTTPS://other.example:8443/x/../admin/page")]
    [InlineData("HEAD /admin/page")]
    [InlineData("POST /admin/page")]
    [InlineData("PUT /admin/page")]
    [InlineData("DELETE /admin/page")]
    [InlineData("PATCH /admin/page")]
    [InlineData("OPTIONS /admin/page")]
    [InlineData("TRACE /admin/page")]
    [InlineData("BREW /admin/page")]
    [InlineData("get /admin/page")]
    public void Below_a_prefix_every_request_needs_them_however_it_is_written(string start) => Assert.Equal(401, Status(Send(typeof(GuardedSite), Request(start))));

    [Theory]
    [InlineData("GET /open", 200)]
    [InlineData("GET /administrator", 404)]
    [InlineData("GET /Admin/page", 404)]
    [InlineData("GET /admin%2Fpage", 404)]
    [InlineData("GET //admin/page", 404)]
    [InlineData("GET /admin/../open", 200)]
    [InlineData("GET /none", 404)]
    [InlineData("OPTIONS *", 204)]
    [InlineData("CONNECT admin:80", 501)]
    [InlineData("GET /admin/%00", 400)]
    public void Elsewhere_none_does(string start, int status) => Assert.Equal(status, Status(Send(typeof(GuardedSite), Request(start))));

    /// <summary>All that is below the prefix has the word in its response, be it a route of every host, of one host, a handler, a redirect or a template.</summary>
    [Fact]
    public void No_way_of_writing_a_request_goes_around_it()
    {
        var random = new Random(1);
        string[] segments = ["admin", "%61dmin", "adm%69n", "admin%2F", "Admin", "page", "p%61ge", "handler", "old", "x", ".", "..", "%2e", "%2E%2E", "", "", "users", "7", "%2F", "%25", "open", "..;", ".%2e"];
        string[] methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];
        string[] hosts = ["h", "a.example", "A.EXAMPLE.", "a.example:8080"];
        int reached = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string path = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "/" + segments[random.Next(segments.Length)]));
            string target = (random.Next(4) == 0 ? $"http://{hosts[random.Next(hosts.Length)]}" : "") + path + (random.Next(4) == 0 ? "?q=/admin/" : "");
            string start = $"{methods[random.Next(random.Next(2) == 0 ? 1 : methods.Length)]} {target} HTTP/1.1\r\nHost: {hosts[random.Next(hosts.Length)]}\r\n";
            string open = Send(typeof(OpenSite), start + "\r\n");
            string guarded = Send(typeof(GuardedSite), start + "\r\n");
            if (open.Contains("secret", StringComparison.Ordinal))
            {
                Assert.True(Status(guarded) == 401, start);
                Assert.DoesNotContain("secret", guarded, StringComparison.Ordinal);
                reached++;
            }
            else if (Status(guarded) != 401)
            {
                Assert.Equal(open, guarded);
            }

            Assert.Equal(open, Send(typeof(GuardedSite), start + Admin + "\r\n\r\n"));
        }

        Assert.InRange(reached, 500, 20_000);
    }

    [Theory]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV0", 200)]
    [InlineData("authorization:basic YWRtaW46c2VjcmV0", 200)]
    [InlineData("AUTHORIZATION:  BASIC   YWRtaW46c2VjcmV0 ", 200)]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV", 401)]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV0=", 401)]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV0 x", 401)]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV0, Basic x", 401)]
    [InlineData("Authorization: BasicYWRtaW46c2VjcmV0", 401)]
    [InlineData("Authorization: Basic", 401)]
    [InlineData("Authorization: Basic ", 401)]
    [InlineData("Authorization: ", 401)]
    [InlineData("Authorization: Basic ====", 401)]
    [InlineData("Authorization: Bearer YWRtaW46c2VjcmV0", 401)]
    [InlineData("Authorization: Bearer admin:secret", 401)]
    [InlineData("Authorization: Digest username=\"admin\"", 401)]
    [InlineData("Proxy-Authorization: Basic YWRtaW46c2VjcmV0", 401)]
    [InlineData("X-Authorization: Basic YWRtaW46c2VjcmV0", 401)]
    [InlineData("Cookie: Authorization: Basic YWRtaW46c2VjcmV0", 401)]
    [InlineData("Authorization: Basic YWRtaW46c2VjcmV0\r\nAuthorization: Basic YWRtaW46c2VjcmV0", 401)]
    [InlineData("Authorization: Basic eA==\r\nAuthorization: Basic YWRtaW46c2VjcmV0", 401)]
    public void Credentials_are_one_line_with_the_scheme(string line, int status) => Assert.Equal(status, Status(Send(typeof(GuardedSite), Request("GET /admin/page", line))));

    [Theory]
    [InlineData("admin:secre")]
    [InlineData("admin:secrett")]
    [InlineData("admin:Secret")]
    [InlineData("admin")]
    [InlineData("admin:")]
    [InlineData(":secret")]
    [InlineData("secret:admin")]
    [InlineData("admin:secret\0")]
    [InlineData(" admin:secret")]
    [InlineData("admin:secret\n")]
    public void Others_are_wrong(string credentials) => Assert.Equal(401, Status(Send(typeof(GuardedSite), Request("GET /admin/page", Basic(credentials)))));

    [Fact]
    public void However_long_they_are_they_are_only_wrong()
    {
        for (int length = 1; length < 8000; length += length < 400 ? 1 : 997)
        {
            Assert.True(Status(Send(typeof(GuardedSite), Request("GET /admin/page", "Authorization: Basic " + new string('A', length)))) is 401 or 429);
            Assert.True(Status(Send(typeof(MethodsSite), Request("PUT /files/x", "Authorization: Bearer " + new string('A', length)))) is 401 or 429);
        }
    }

    /// <summary>Nobody is asked for a body, and none is read.</summary>
    [Theory]
    [InlineData("Content-Length: 5", "")]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Content-Length: 5\r\nExpect: 100-continue", "")]
    [InlineData("Content-Length: 99999999999", "")]
    [InlineData("Transfer-Encoding: chunked\r\nExpect: 100-continue", "")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhel")]
    public void It_is_answered_before_the_body_and_ends_the_connection(string lines, string body)
        => Assert.Equal(
            Unauthorized + "Connection: close\r\n\r\n401 Unauthorized\n",
            Send(typeof(GuardedSite), Request("POST /admin/handler", lines) + body + (body.Length > 0 ? Request("GET /admin/page", Admin) : "")));

    [Fact]
    public void Without_a_body_the_connection_goes_on()
        => Assert.Equal(
            [401, 200, 401, 200],
            Send(typeof(GuardedSite), Request("GET /admin/page") + Request("GET /admin/page", Admin) + Request("GET /admin/page") + Request("GET /open"))
                .Split("HTTP/1.1 ")[1..].Select(response => int.Parse(response.AsSpan(0, 3), null)));

    [Fact]
    public void However_a_request_is_cut_it_is_the_same()
    {
        string requests = Request("GET /x/../%61dmin/page") + Request("GET /x/../%61dmin/page", Admin) + Request("POST /admin/handler", Admin, "Content-Length: 5") + "hello" + Request("POST /admin/handler", "Content-Length: 5");
        string whole = Send(typeof(GuardedSite), requests);
        for (int cut = 1; cut < requests.Length; cut++)
        {
            Assert.Equal(whole, Send(typeof(GuardedSite), requests, cut));
        }
    }

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("HEAD", "", 200)]
    [InlineData("OPTIONS", "", 204)]
    [InlineData("PUT", "", 401)]
    [InlineData("DELETE", "", 401)]
    [InlineData("PUT", "Authorization: Bearer t0ken", 200)]
    [InlineData("DELETE", "Authorization: Bearer t0ken", 405)]
    [InlineData("PATCH", "", 405)]
    public void Methods_are_closed_where_others_are_open(string method, string line, int status)
        => Assert.Equal(status, Status(Send(typeof(MethodsSite), Request($"{method} /files/x", line.Length > 0 ? [line] : []))));

    [Fact]
    public void A_wrong_token_is_told_from_none()
    {
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"files\"\r\n", Send(typeof(MethodsSite), Request("PUT /files/x")), StringComparison.Ordinal);
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"files\", error=\"invalid_token\"\r\n", Send(typeof(MethodsSite), Request("PUT /files/x", "Authorization: Bearer wrong")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: Bearer t0ken", 200)]
    [InlineData("Authorization: Basic YW5uOjE=", 200)]
    [InlineData("Authorization: Bearer ann:1", 401)]
    [InlineData("Authorization: Basic dDBrZW4=", 401)] // t0ken
    [InlineData("X: y", 401)]
    public void A_user_or_a_token_is_enough_where_both_are_named(string line, int status)
    {
        string response = Send(typeof(EitherSite), Request("GET /", line));
        Assert.Equal(status, Status(response));
        if (status == 401)
        {
            Assert.Contains("\r\nWWW-Authenticate: Basic realm=\"people\", charset=\"UTF-8\"\r\nWWW-Authenticate: Bearer realm=\"programs\"", response, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/", "all:1")]
    [InlineData("/none", "all:1")]
    [InlineData("/a/", "some:1")]
    [InlineData("/a", "some:1")]
    [InlineData("/a/x", "some:1")]
    [InlineData("/a/b", "one:1")]
    [InlineData("/a/b/", "some:1")]
    public void The_longest_path_decides(string path, string user)
    {
        foreach (string other in (string[])["all:1", "some:1", "one:1"])
        {
            Assert.Equal(user != other, Status(Send(typeof(NestedSite), Request("GET " + path, Basic(other)))) == 401);
        }
    }

    [Theory]
    [InlineData("GET /healthz", "h", 200)]
    [InlineData("HEAD /healthz?x", "h", 200)]
    [InlineData("GET /x/../%68ealthz", "h", 200)]
    [InlineData("POST /healthz", "h", 401)]
    [InlineData("OPTIONS /healthz", "h", 401)]
    [InlineData("GET /healthz", "a.example", 401)] // which has something else there
    [InlineData("GET /healthz/", "h", 401)]
    [InlineData("GET /healthz/x", "h", 401)]
    [InlineData("GET /", "h", 401)]
    [InlineData("GET /none", "h", 401)]
    [InlineData("OPTIONS *", "h", 401)]
    [InlineData("BREW /", "h", 401)]
    [InlineData("CONNECT h:80", "h:80", 501)]
    public void Everything_is_guarded_but_the_health_check(string start, string host, int status)
    {
        Assert.Equal(status, Status(Send(typeof(EverythingSite), $"{start} HTTP/1.1\r\nHost: {host}\r\n\r\n")));
        Assert.NotEqual(401, Status(Send(typeof(EverythingSite), $"{start} HTTP/1.1\r\nHost: {host}\r\n{Admin}\r\n\r\n")));
    }

    [Theory]
    [InlineData("ann:\u00fc", 200)]
    [InlineData("bob:b b", 200)]
    [InlineData("ann:u", 401)]
    public void A_user_may_be_known_by_a_hash_in_the_program(string credentials, int status) => Assert.Equal(status, Status(Send(typeof(HashSite), Request("GET /", Basic(credentials)))));

    /// <summary>Whoever guesses gets 429 in the end; whoever is right never does.</summary>
    [Fact]
    public void After_too_many_wrong_ones_further_ones_get_429()
    {
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(401, Status(Send(typeof(LimitedSite), Request("GET /", Basic($"admin:{i}")))));
            Assert.Equal(401, Status(Send(typeof(LimitedSite), Request("GET /"))));
        }

        string response = Send(typeof(LimitedSite), Request("GET /", Basic("admin:wrong")));
        Assert.Equal("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\nContent-Length: 22\r\nRetry-After: 60\r\n\r\n429 Too Many Requests\n", response);
        Assert.Equal("HTTP/1.1 429 Too Many Requests", Send(typeof(LimitedSite), Request("POST /", Basic("admin:wrong"), "Content-Length: 1")).Split("\r\n")[0]);
        Assert.Equal(401, Status(Send(typeof(LimitedSite), Request("GET /"))));
        Assert.Equal(200, Status(Send(typeof(LimitedSite), Request("GET /", Admin))));
    }

    [Fact]
    public void While_the_JIT_is_shown_the_ways_of_a_child_nobody_comes_in() => Assert.Equal(401, Status(Send(typeof(UnreadSite), Request("GET /", Admin))));
}

[TcpServer(DateHeader = false)]
[StaticResponse("/admin", "secret")]
[StaticResponse("/admin/", "secret")]
[StaticResponse("/admin/page", "secret")]
[StaticResponse("/admin/page", "secret of a", Host = "a.example")]
[StaticResponse("/open", "open")]
[Redirect("/admin/old/*", "/secret/*")]
[BasicAuth("/admin/*", "Admin area", Users = "ADMIN_USERS")]
internal static partial class GuardedSite
{
    [Get("/admin/handler")]
    private static void Get(in Request request, ref ResponseWriter response) => response.Write("secret"u8);

    [Post("/admin/handler")]
    private static void Post(in Request request, ref ResponseWriter response) => response.Write(request.Body);

    [Get("/admin/users/{id}")]
    private static void User(in Request request, ref ResponseWriter response) => response.Write("secret"u8);
}

/// <summary>The same, and open.</summary>
[TcpServer(DateHeader = false)]
[StaticResponse("/admin", "secret")]
[StaticResponse("/admin/", "secret")]
[StaticResponse("/admin/page", "secret")]
[StaticResponse("/admin/page", "secret of a", Host = "a.example")]
[StaticResponse("/open", "open")]
[Redirect("/admin/old/*", "/secret/*")]
internal static partial class OpenSite
{
    [Get("/admin/handler")]
    private static void Get(in Request request, ref ResponseWriter response) => response.Write("secret"u8);

    [Post("/admin/handler")]
    private static void Post(in Request request, ref ResponseWriter response) => response.Write(request.Body);

    [Get("/admin/users/{id}")]
    private static void User(in Request request, ref ResponseWriter response) => response.Write("secret"u8);
}

[TcpServer]
[StaticResponse("/files/x", "x")]
[StaticResponse("/files/x", "put", Method = "PUT")]
[BearerAuth("/files/*", "files", Tokens = "TOKENS", Methods = ["DELETE", "PUT"])]
internal static partial class MethodsSite;

[TcpServer]
[StaticResponse("/", "x")]
[BasicAuth("/", "people", Users = "USERS")]
[BearerAuth("/", "programs", Tokens = "TOKENS")]
internal static partial class EitherSite;

[TcpServer]
[StaticResponse("/*", "x")]
[StaticResponse("/a/b", "x")]
[BasicAuth("/*", "all", Users = "ALL")]
[BasicAuth("/a/b", "one", Users = "ONE")]
[BasicAuth("/a/*", "some", Users = "SOME")]
internal static partial class NestedSite;

[TcpServer(Concurrency = Concurrency.EventLoop)]
[StaticResponse("/", "secret")]
[StaticResponse("/healthz", "secret", Host = "a.example")]
[StaticResponse("/healthz", "secret", Method = "POST")]
[HealthCheck("/healthz")]
[BasicAuth("/*", "All", Users = "ADMIN_USERS")]
internal static partial class EverythingSite;

[TcpServer]
[StaticResponse("/", "x")]
[BasicAuth("/", "x", UserHashes = ["b9da7ef8f29bea9998da1c8e1f0aa74ce610293b4a11781202bc8241e7b9281e", "E79757C6FECAA61DE7FE181080A9E2E81C4BC01740DA4E337AEBC766B1C637FE"])]
internal static partial class HashSite;

[TcpServer(DateHeader = false)]
[StaticResponse("/", "x")]
[BasicAuth("/*", "x", Users = "USERS")]
internal static partial class LimitedSite;

[TcpServer(DateHeader = false)]
[BasicAuth("/*", "Inside", Users = "USERS")]
[ErrorPage(401, "Who is it?\n", Headers = ["www-authenticate: Digest realm=\"x\"", "X-Page: own"])]
[StaticResponse("/", "secret")]
internal static partial class PageSite;

[TcpServer]
[StaticResponse("/", "x")]
[BasicAuth("/*", "x", Users = "USERS")]
internal static partial class UnreadSite;
