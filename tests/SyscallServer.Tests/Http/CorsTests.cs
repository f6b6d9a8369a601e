using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Tests.Handlers;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[Cors]: what browsers look for is in every response below the path, whatever it is, and in no other.</summary>
public class CorsTests
{
    private const string App = "Origin: https://app.example\r\n";
    private const string Admin = "Authorization: Basic YTox\r\n"; // a:1

    /// <summary>One response of each kind: planned, of handlers, of redirects, and errors of all parts of the server.</summary>
    private static readonly (string Request, int Status)[] s_responses =
    [
        ("GET /api HTTP/1.1\r\nHost: h\r\n$\r\n", 200),
        ("HEAD /api/x HTTP/1.1\r\nHost: h\r\n$\r\n", 200),
        ("GET /%61pi/./x HTTP/1.1\r\nHost: h\r\n$\r\n", 200),
        ("GET /api/long HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n$\r\n", 200),
        ("GET /api/tag HTTP/1.1\r\nHost: h\r\nIf-None-Match: *\r\n$\r\n", 304),
        ("GET /api/tag HTTP/1.1\r\nHost: h\r\nIf-Match: \"other\"\r\n$\r\n", 412),
        ("GET /api/x HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity;q=0\r\n$\r\n", 406),
        ("OPTIONS /api/x HTTP/1.1\r\nHost: h\r\n$\r\n", 204),
        ("DELETE /api/x HTTP/1.1\r\nHost: h\r\n$\r\n", 405),
        ("FOO /api/x HTTP/1.1\r\nHost: h\r\n$\r\n", 501),
        ("GET /api/none HTTP/1.1\r\nHost: h\r\n$\r\n", 404),
        ("GET /api/old HTTP/1.1\r\nHost: h\r\n$\r\n", 302),
        ("GET /api/carry/a?b HTTP/1.1\r\nHost: h\r\n$\r\n", 308),
        ("GET /api/handler HTTP/1.1\r\nHost: h\r\n$\r\n", 200),
        ("GET /api/broken HTTP/1.1\r\nHost: h\r\n$\r\n", 500),
        ("POST /api/echo HTTP/1.1\r\nHost: h\r\n$Content-Length: 3\r\n\r\nabc", 200),
        ("POST /api/echo HTTP/1.1\r\nHost: h\r\n$Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
        ("POST /api/echo HTTP/1.1\r\nHost: h\r\n$Content-Length: 30000\r\n\r\n", 413),
        ("POST /api/echo HTTP/1.1\r\nHost: h\r\n$Transfer-Encoding: chunked\r\n\r\nx\r\n", 400),
        ("GET /api/admin/x HTTP/1.1\r\nHost: h\r\n$\r\n", 401),
        ("GET /api/admin/none HTTP/1.1\r\nHost: h\r\n" + Admin + "$\r\n", 404),
        ("PUT /api/admin/x HTTP/1.1\r\nHost: h\r\n$Content-Length: 3\r\n\r\n", 401),
        ("GET /api/inside HTTP/1.1\r\nHost: h\r\n$\r\n", 403),
        ("GET /api/files/x HTTP/1.1\r\nHost: h\r\n$\r\n", 500), // there is no kernel that has files
        ("PUT /api/up/x HTTP/1.1\r\nHost: h\r\n$\r\n", 411),
        ("GET /api/metrics HTTP/1.1\r\nHost: h\r\n$\r\n", 404),
    ];

    private static string Send(Type site, string request, params int[] pieces)
    {
        if (site == typeof(CorsSite))
        {
            Assert.Equal("", SecretsKernel.Start(site, "USERS=a:1"));
        }

        MessageKernel.Client = [2, 0, 0, 80, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        return HandlerExchange.Of(site, request, pieces);
    }

    /// <summary>Status, and field lines by their names. No name may be there twice.</summary>
    internal static (int Status, Dictionary<string, string> Fields) Read(string response)
    {
        string[] lines = response[..response.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            Assert.True(colon > 0, response);
            Assert.True(fields.TryAdd(line[..colon], line[(colon + 2)..]), response);
        }

        return (int.Parse(lines[0].AsSpan(9, 3), null), fields);
    }

    public static TheoryData<string, int> Responses
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach ((string request, int status) in s_responses)
            {
                data.Add(request, status);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_page_that_is_allowed_may_read_every_response_and_others_none(string request, int status)
    {
        foreach ((string lines, string? origin) in new[]
        {
            (App, "https://app.example"), ("origin:\thttp://localhost:5173 \r\n", "http://localhost:5173"), ("", null),
            ("Origin: https://evil.example\r\n", null), ("Origin: https://app.example.evil\r\n", null), ("Origin: https://app.exampl\r\n", null), ("Origin: http://app.example\r\n", null),
            ("Origin: HTTPS://APP.EXAMPLE\r\n", null), ("Origin: null\r\n", null), ("Origin:\r\n", null), ("Origin: *\r\n", null), (App + App, null), ("Origin: https://app.example, https://app.example\r\n", null),
        })
        {
            (int sent, Dictionary<string, string> fields) = Read(Send(typeof(CorsSite), request.Replace("$", lines, StringComparison.Ordinal)));
            // Uploads of pages that are not allowed are refused, which has a test of its own.
            Assert.True(sent == status || (status == 411 && lines.Length > 0 && origin is null), $"{request} {lines} {sent}");
            Assert.Equal(origin, fields.GetValueOrDefault("Access-Control-Allow-Origin"));
            Assert.Equal(origin is null ? null : "true", fields.GetValueOrDefault("Access-Control-Allow-Credentials"));
            Assert.Equal(origin is null ? null : "ETag, X-Time", fields.GetValueOrDefault("Access-Control-Expose-Headers"));
            Assert.Contains("Origin", fields["Vary"].Split(", "));
            Assert.Equal(fields["Vary"].Split(", ").Distinct(), fields["Vary"].Split(", "));
            Assert.DoesNotContain(fields.Keys, name => name.StartsWith("Access-Control-Allow-M", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Elsewhere_and_after_a_request_for_elsewhere_nothing_is_said(string request, int status)
    {
        _ = status;
        string response = Send(typeof(CorsSite), request.Replace("$", App, StringComparison.Ordinal).Replace("/api", "/other", StringComparison.Ordinal).Replace("/%61pi", "/other", StringComparison.Ordinal));
        Assert.DoesNotContain("Access-Control", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Origin", response, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_several_requests_has_its_own()
    {
        string requests = string.Concat(Enumerable.Repeat(
            $"GET /api/x HTTP/1.1\r\nHost: h\r\n{App}\r\nGET / HTTP/1.1\r\nHost: h\r\n{App}\r\nGET /api/x HTTP/1.1\r\nHost: h\r\n\r\nPOST /api/echo HTTP/1.1\r\nHost: h\r\n{App}Content-Length: 1\r\n\r\naGET /api/x HTTP/1.1\r\nHost: h\r\nOrigin: http://localhost:5173\r\n\r\n", 5)) + "GET / HTTP/9.9\r\n\r\n";
        string all = Send(typeof(CorsSite), requests);
        for (int piece = 1; piece < requests.Length; piece += 7)
        {
            Assert.Equal(all, Send(typeof(CorsSite), requests, piece));
        }

        string[] responses = all.Split("HTTP/1.1 ")[1..];
        Assert.Equal(26, responses.Length);
        string?[] expected = [.. Enumerable.Repeat<string?[]>(["https://app.example", null, null, "https://app.example", "http://localhost:5173"], 5).SelectMany(each => each), null];
        Assert.Equal(expected, responses.Select(response => Read("HTTP/1.1 " + response).Fields.GetValueOrDefault("Access-Control-Allow-Origin")));
        Assert.DoesNotContain("Vary", responses[^1], StringComparison.Ordinal); // 505: no path is known, and nothing is said of every path
    }

    [Theory]
    [InlineData("/api/x")]
    [InlineData("/api")]
    [InlineData("/api/none")]
    [InlineData("/api/up/x")]
    [InlineData("/api/files/x")]
    [InlineData("/api/admin/x")]
    [InlineData("/api/handler")]
    public void A_preflight_is_answered_before_the_route_and_before_credentials_are_asked_for(string path)
    {
        Assert.Equal(
            "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Methods: GET, HEAD, PUT, DELETE\r\nAccess-Control-Allow-Headers: Content-Type, Authorization\r\nAccess-Control-Max-Age: 600\r\nX-Common: 1\r\n"
                + "Access-Control-Allow-Origin: https://app.example\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n\r\n",
            Send(typeof(CorsSite), $"OPTIONS {path} HTTP/1.1\r\nHost: h\r\n{App}Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: content-type\r\n\r\n"));
    }

    [Theory]
    [InlineData("Origin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n", "/api/x", 204)]
    [InlineData("Access-Control-Request-Method: PUT\r\n", "/api/x", 204)]
    [InlineData(App, "/api/x", 204)]
    [InlineData("Origin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n", "/api/admin/x", 401)]
    [InlineData("Access-Control-Request-Method: PUT\r\n", "/api/admin/x", 401)]
    [InlineData(App, "/api/admin/x", 401)]
    [InlineData(App + "Access-Control-Request-Method: PUT\r\n", "/api/inside", 403)]
    public void What_is_no_preflight_of_an_allowed_page_is_an_OPTIONS_like_others(string lines, string path, int status)
    {
        (int sent, Dictionary<string, string> fields) = Read(Send(typeof(CorsSite), $"OPTIONS {path} HTTP/1.1\r\nHost: h\r\n{lines}\r\n"));
        Assert.Equal(status, sent);
        Assert.Equal(status == 204, fields.ContainsKey("Allow"));
        Assert.False(fields.ContainsKey("Access-Control-Allow-Methods"));
        Assert.Equal("Origin", fields["Vary"]);
    }

    [Fact]
    public void A_request_with_another_method_is_no_preflight()
    {
        string response = Send(typeof(CorsSite), $"GET /api/admin/x HTTP/1.1\r\nHost: h\r\n{App}Access-Control-Request-Method: PUT\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", response, StringComparison.Ordinal);
    }

    [Fact]
    public void Vary_is_one_line_whoever_has_written_it()
    {
        Assert.Equal("Accept-Encoding, Origin", Vary("/api/long"));
        Assert.Equal("accept-language, ORIGIN", Vary("/api/vary"));
        Assert.Equal("*", Vary("/api/star"));
        Assert.Equal("Accept, Origin", Vary("/api/handler"));
        Assert.Equal("Origin", Vary("/api/x"));

        static string Vary(string path) => Read(Send(typeof(CorsSite), $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n")).Fields["Vary"];
    }

    [Theory]
    [InlineData("GET", "", "*", null)]
    [InlineData("GET", "Origin: https://any.example\r\n", "*", null)]
    [InlineData("GET", "Origin: null\r\n", "*", null)]
    [InlineData("OPTIONS", "Origin: https://any.example\r\n", "*", null)]
    [InlineData("OPTIONS", "Origin: https://any.example\r\nAccess-Control-Request-Method: GET\r\n", "*", "GET, HEAD, POST")]
    [InlineData("OPTIONS", "Access-Control-Request-Method: GET\r\n", "*", null)]
    public void For_every_origin_the_line_is_always_the_same(string method, string lines, string origin, string? methods)
    {
        (int _, Dictionary<string, string> fields) = Read(Send(typeof(CorsSite), $"{method} /api/public/x HTTP/1.1\r\nHost: h\r\n{lines}\r\n"));
        Assert.Equal(origin, fields["Access-Control-Allow-Origin"]);
        Assert.Equal(methods, fields.GetValueOrDefault("Access-Control-Allow-Methods"));
        Assert.Equal(methods is null ? null : "true", fields.GetValueOrDefault("Access-Control-Allow-Private-Network"));
        Assert.False(fields.ContainsKey("Access-Control-Allow-Credentials"));
        Assert.False(fields.ContainsKey("Vary"));
    }

    [Fact]
    public void One_origin_is_named_to_everybody()
    {
        foreach (string lines in new[] { "", App, "Origin: https://other.example\r\n" })
        {
            (int _, Dictionary<string, string> fields) = Read(Send(typeof(OneOriginSite), $"GET / HTTP/1.1\r\nHost: h\r\n{lines}\r\n"));
            Assert.Equal(("https://app.example", "true"), (fields["Access-Control-Allow-Origin"], fields["Access-Control-Allow-Credentials"]));
            Assert.False(fields.ContainsKey("Vary"));
        }

        // Also where the request is so bad that its path is not known, for the path is every path.
        foreach (string request in new[] { "GET / HTTP/1.1\r\n\r\n", "GET /" + new string('x', 9000), "GET / HTTP/3.0\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n" })
        {
            Assert.Equal("https://app.example", Read(Send(typeof(OneOriginSite), request)).Fields["Access-Control-Allow-Origin"]);
        }
    }

    [Theory]
    [InlineData("PUT", "/api/up/x", App, 411)]
    [InlineData("PUT", "/api/up/x", App + "Sec-Fetch-Site: cross-site\r\n", 411)]
    [InlineData("POST", "/api/up/x", App, 403)] // which [Cors] does not list
    [InlineData("PUT", "/api/up/x", "Origin: https://evil.example\r\n", 403)]
    [InlineData("PUT", "/api/up/x", "Origin: https://uploads.example\r\n", 411)] // AllowedOrigins
    [InlineData("POST", "/api/up/x", "Origin: https://uploads.example\r\n", 411)]
    [InlineData("PUT", "/api/up/x", "", 411)]
    [InlineData("PUT", "/other/up/x", App, 403)]
    [InlineData("PUT", "/other/up/open/x", App, 403)]
    [InlineData("POST", "/other/up/open/x", App, 411)]
    [InlineData("POST", "/other/up/open/x", "Origin: null\r\n", 411)]
    [InlineData("POST", "/other/up/opens", App, 403)]
    public void Pages_that_are_allowed_may_upload_by_the_methods_that_are(string method, string path, string lines, int status)
        => Assert.Equal(status, Read(Send(typeof(CorsSite), $"{method} {path} HTTP/1.1\r\nHost: h\r\n{lines}\r\n")).Status);
}

[TcpServer(DateHeader = false, Headers = ["X-Common: 1"])]
[StaticResponse("/", "x")]
[StaticResponse("/other", "x")]
[StaticResponse("/other/x", "x")]
[StaticResponse("/api", "x")]
[StaticResponse("/api/x", "x")]
[StaticResponse("/api/tag", "x", Headers = ["Cache-Control: no-cache"])]
[StaticResponse("/api/vary", "x", Headers = ["Vary: accept-language, ORIGIN"])]
[StaticResponse("/api/star", "x", Headers = ["Vary: *"])]
[StaticResponse("/api/admin/x", "x")]
[StaticResponse("/api/inside", "x")]
[StaticResponse("/api/public/x", "x")]
[Redirect("/api/old", "/api/x")]
[Redirect("/api/carry/*", "/api/to/*", Status = 308)]
[Files("/api/files/", "root")]
[Upload("/api/up/", "root", AllowedOrigins = ["https://uploads.example"], Public = true)]
[Upload("/other/up/", "root", Public = true)]
[BasicAuth("/api/admin/*", "x", Users = "USERS")]
[AllowFrom("10.0.0.0/8", Path = "/api/inside")]
[Cors("/api/*", Origins = ["https://app.example", "http://localhost:5173"], Methods = ["GET", "PUT", "DELETE"], Headers = ["Content-Type", "Authorization"], Credentials = true, MaxAge = 600, ExposeHeaders = ["ETag", "X-Time"])]
[Cors("/api/public/*", Origins = ["*"], PrivateNetwork = true)]
[Cors("/other/up/open/*", Origins = ["*"])]
internal static partial class CorsSite
{
    private const string Ten = "0123456789";

    [Route("/api/long")]
    private const string Long = Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten;

    [Get("/api/handler")]
    private static void Handle(in Request request, ref ResponseWriter response)
    {
        response.AddHeader("vary"u8, "Accept"u8);
        response.Write("x");
    }

    [Get("/api/broken")]
    private static void Break(in Request request, ref ResponseWriter response) => response.AddHeader("X"u8, "\n"u8);

    [Post("/api/echo")]
    private static void Echo(in Request request, ref ResponseWriter response) => response.Write(request.Body);
}

[TcpServer(DateHeader = false)]
[StaticResponse("/", "x")]
[Cors("/*", Origins = ["https://app.example"], Credentials = true)]
internal static partial class OneOriginSite
{
    [Get("/handler")]
    private static void Handle(in Request request, ref ResponseWriter response) => response.Write("x");
}
