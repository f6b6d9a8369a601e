using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>The planned responses, as the bytes that go to the client.</summary>
public class ResponsePlanTests
{
    private static readonly string Page = string.Concat(Enumerable.Repeat("<p>All work and no play makes Jack a dull boy.</p>\n", 40));

    [Fact]
    public void A_response_is_head_and_empty_line_and_body()
    {
        HttpPlan plan = Site.Of(Site.Route("/", "Hello, World!\n")).Plan();
        ResponsePlan response = plan.Responses[Entry(plan, "/")];
        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 14\r\nETag: {EntityTag(response)}\r\n",
            Head(response));
        Assert.Equal("Hello, World!\n", Body(response));
        Assert.Matches("^\"[A-Za-z0-9_-]{12}\"$", EntityTag(response));
    }

    [Fact]
    public void Every_head_is_a_status_line_and_field_lines_with_a_right_length()
    {
        Assert.All(EveryFeature().Plan().Responses, response =>
        {
            string head = Head(response);
            Assert.Matches("^HTTP/1\\.1 [2-5][0-9][0-9] [ -~]*\r\n([!#$%&'*+.^_`|~0-9A-Za-z-]+: [ -~]*\r\n)*$", head);
            Assert.StartsWith($"HTTP/1.1 {response.Message.Status} ", head, StringComparison.Ordinal);
            Assert.Equal(response.Message.Status is 204 or 304 ? null : $"{response.Message.Body.Length}", Field(response, "Content-Length"));
            Assert.Equal(response.Message.Body.Length == 0, Field(response, "Content-Type") is null);
            Assert.Null(Field(response, "Connection"));
        });
    }

    [Fact]
    public void The_table_begins_with_the_responses_that_every_server_has()
    {
        HttpPlan plan = Site.Of().Plan();
        Assert.Equal(
            typeof(FixedResponse).GetFields().Where(field => field.Name is not (nameof(FixedResponse.Count) or nameof(FixedResponse.FirstAction))).Select(field => (int)field.GetRawConstantValue()!),
            Enumerable.Range(0, FixedResponse.Count));
        foreach (int status in new[] { 400, 408, 413, 414, 417, 431, 501, 505 })
        {
            Assert.Equal(status, plan.Responses[RequestError.EntryOf(status)].Message.Status);
        }

        Assert.Equal(404, plan.Responses[FixedResponse.NotFound].Message.Status);
        Assert.Equal(406, plan.Responses[FixedResponse.NotAcceptable].Message.Status);
        Assert.Equal(412, plan.Responses[FixedResponse.PreconditionFailed].Message.Status);
        Assert.Equal(503, plan.Responses[FixedResponse.ServiceUnavailable].Message.Status);
        Assert.Equal(204, plan.Responses[FixedResponse.OptionsAsterisk].Message.Status);
        Assert.Equal("HTTP/1.1 414 URI Too Long\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n", Head(plan.Responses[FixedResponse.UriTooLong]));
        Assert.Equal("414 URI Too Long\n", Body(plan.Responses[FixedResponse.UriTooLong]));
    }

    [Fact]
    public void Gzip_is_planned_where_the_whole_response_gets_smaller()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Page), Site.Route("/small", "ok")).Plan();
        ResponsePlan identity = plan.Responses[Entry(plan, "/")];
        ResponsePlan gzip = plan.Responses[identity.Gzip];
        Assert.Equal("gzip", Field(gzip, "Content-Encoding"));
        Assert.Null(Field(identity, "Content-Encoding"));
        Assert.Equal("Accept-Encoding", Field(gzip, "Vary"));
        Assert.Equal("Accept-Encoding", Field(identity, "Vary"));
        Assert.NotEqual(EntityTag(identity), EntityTag(gzip));
        Assert.True(gzip.Message.Length < identity.Message.Length);
        Assert.Equal(Page, Decompressed(gzip));

        ResponsePlan small = plan.Responses[Entry(plan, "/small")];
        Assert.Equal(0, small.Gzip);
        Assert.Null(Field(small, "Vary"));
    }

    [Fact]
    public void Nothing_smaller_with_gzip_is_left_out_and_nothing_larger_put_in()
    {
        // Around the size at which it begins to pay, one byte at a time.
        for (int length = 60; length < 140; length++)
        {
            HttpPlan plan = Site.Of(Site.Route("/", Page[..length])).Plan();
            ResponsePlan identity = plan.Responses[Entry(plan, "/")];
            HttpPlan without = Site.Of(Site.Route("/", Site.Response(Page[..length], compress: false))).Plan();
            Assert.True(identity.Gzip == 0 || plan.Responses[identity.Gzip].Message.Length < without.Responses[Entry(without, "/")].Message.Length);
        }
    }

    [Fact]
    public void Gzip_says_nothing_of_when_and_where_it_was_made()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Page)).Plan();
        byte[] body = plan.Responses[plan.Responses[Entry(plan, "/")].Gzip].Message.Body.Bytes.ToArray();
        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255], body[..10]);
    }

    [Theory]
    [InlineData(false, 200, null)]
    [InlineData(true, 404, null)]
    [InlineData(true, 200, "br")]
    public void Gzip_is_not_planned_where_it_is_not_wanted_or_nobody_would_choose_it(bool compress, int status, string? coding)
    {
        FieldLine[] fields = coding is null ? [] : [new FieldLine("content-encoding", coding)];
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response(Page, status, compress: compress, fields: fields))).Plan();
        Assert.Equal(0, plan.Responses[Entry(plan, "/")].Gzip);
    }

    [Fact]
    public void Each_variant_has_its_304_with_what_a_cache_must_know()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response(Page, fields:
        [
            new FieldLine("Cache-Control", "max-age=60"),
            new FieldLine("X-Frame-Options", "DENY"),
            new FieldLine("Expires", "Thu, 01 Jan 2099 00:00:00 GMT"),
            new FieldLine("Content-Location", "/index.html"),
            new FieldLine("Content-Language", "en"),
        ]))).Plan();
        ResponsePlan identity = plan.Responses[Entry(plan, "/")];
        foreach (ResponsePlan variant in new[] { identity, plan.Responses[identity.Gzip] })
        {
            ResponsePlan notModified = plan.Responses[variant.NotModified];
            Assert.Equal(
                $"HTTP/1.1 304 Not Modified\r\nETag: {EntityTag(variant)}\r\nVary: Accept-Encoding\r\nCache-Control: max-age=60\r\n" +
                "Expires: Thu, 01 Jan 2099 00:00:00 GMT\r\nContent-Location: /index.html\r\n",
                Head(notModified));
            Assert.Equal(0, notModified.Message.Body.Length);
            Assert.Equal("DENY", Field(variant, "X-Frame-Options"));
        }
    }

    [Theory]
    [InlineData("POST", 200)]
    [InlineData("GET", 201)]
    [InlineData("GET", 404)]
    public void Only_a_200_to_GET_has_an_entity_tag(string method, int status)
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response("x", status), method)).Plan();
        ResponsePlan response = plan.Responses[Entry(plan, "/")];
        Assert.Equal(0, response.NotModified);
        Assert.Equal(0, response.Message.EntityTag);
        Assert.Null(Field(response, "ETag"));
    }

    [Fact]
    public void The_entity_tag_is_that_of_the_content_and_its_type()
    {
        string[] tags = new[] { Site.Response("a"), Site.Response("a"), Site.Response("b"), Site.Response("a", contentType: "text/html") }
            .Select(response => Site.Of(Site.Route("/", response)).Plan())
            .Select(plan => EntityTag(plan.Responses[Entry(plan, "/")]))
            .ToArray();
        Assert.Equal(tags[0], tags[1]);
        Assert.Equal(3, tags.Distinct().Count());
    }

    [Fact]
    public void An_entity_tag_of_the_users_own_stays_and_is_another_one_for_gzip()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response(Page, fields: [new FieldLine("ETag", "\"v1\"")]))).Plan();
        ResponsePlan identity = plan.Responses[Entry(plan, "/")];
        Assert.Equal("\"v1\"", EntityTag(identity));
        Assert.Equal("\"v1-gzip\"", EntityTag(plan.Responses[identity.Gzip]));
        Assert.Single(Regex.Matches(Head(identity), "ETag"));
    }

    [Fact]
    public void A_weak_entity_tag_is_sent_and_not_compared_with()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response("x", fields: [new FieldLine("ETag", "W/\"v1\"")]))).Plan();
        ResponsePlan response = plan.Responses[Entry(plan, "/")];
        Assert.Equal("W/\"v1\"", Field(response, "ETag"));
        Assert.Equal((0, 0, 0), (response.Message.EntityTag, response.Message.EntityTagLength, response.NotModified));
    }

    [Theory]
    [InlineData("Origin", "Origin, Accept-Encoding")]
    [InlineData("origin, accept-encoding", "origin, accept-encoding")]
    [InlineData("*", "*")]
    public void Vary_joins_the_users_own(string own, string expected)
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response(Page, fields: [new FieldLine("vary", own)]))).Plan();
        ResponsePlan response = plan.Responses[Entry(plan, "/")];
        Assert.Equal(expected, Field(response, "Vary"));
        Assert.Equal(expected, Field(plan.Responses[response.Gzip], "Vary"));
        Assert.Equal(expected, Field(plan.Responses[response.NotModified], "Vary"));
    }

    [Fact]
    public void A_redirect_has_its_location_and_a_length_of_zero()
    {
        HttpPlan plan = Site.Of(Site.Route("/old", Site.Response("", 308, contentType: null, fields: [new FieldLine("Location", "/new")]))).Plan();
        Assert.Equal("HTTP/1.1 308 Permanent Redirect\r\nContent-Length: 0\r\nLocation: /new\r\n", Head(plan.Responses[Entry(plan, "/old")]));
    }

    [Fact]
    public void A_204_has_no_length_and_no_type()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response("", 204))).Plan();
        Assert.Equal("HTTP/1.1 204 No Content\r\n", Head(plan.Responses[Entry(plan, "/")]));
    }

    [Fact]
    public void A_status_without_a_name_has_the_space_before_it()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Site.Response("x", 299))).Plan();
        Assert.StartsWith("HTTP/1.1 299 \r\n", Head(plan.Responses[Entry(plan, "/")]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_resource_does_not_allow_gets_405_with_what_it_does()
    {
        HttpPlan plan = Site.Of(Site.Route("/", "x"), Site.Route("/both", "x", "PATCH"), Site.Route("/both", "x"), Site.Route("/post", "x", "POST")).Plan();
        Assert.Equal(
            ["GET, HEAD, OPTIONS", "GET, HEAD, PATCH, OPTIONS", "POST, OPTIONS"],
            plan.Methods.Select(methods => Field(plan.Responses[methods.NotAllowed], "Allow")));
        Assert.All(plan.Methods, methods =>
        {
            Assert.Equal(405, plan.Responses[methods.NotAllowed].Message.Status);
            Assert.Equal($"HTTP/1.1 204 No Content\r\nAllow: {methods.Allow}\r\n", Head(plan.Responses[methods.Options]));
        });
        Assert.Equal("GET, HEAD, POST, PATCH, OPTIONS", Field(plan.Responses[FixedResponse.OptionsAsterisk], "Allow"));
    }

    [Fact]
    public void Pages_of_the_users_own_take_the_place_of_the_errors()
    {
        HttpPlan plan = Site.Of(Site.Route("/", "x"))
            .WithErrorPage(404, Site.Response("<h1>Gone fishing</h1>", contentType: "text/html", fields: [new FieldLine("Cache-Control", "no-store")]))
            .WithErrorPage(405, Site.Response("No.", 405))
            .Plan();
        Assert.Equal("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 21\r\nCache-Control: no-store\r\n", Head(plan.Responses[FixedResponse.NotFound]));
        Assert.Equal("<h1>Gone fishing</h1>", Body(plan.Responses[FixedResponse.NotFound]));
        ResponsePlan notAllowed = plan.Responses[plan.Methods.Single().NotAllowed];
        Assert.Equal("No.", Body(notAllowed));
        Assert.Equal("GET, HEAD, OPTIONS", Field(notAllowed, "Allow"));
    }

    [Fact]
    public void The_server_is_named_in_every_response_where_that_is_asked_for()
        => Assert.All((EveryFeature() with { Server = "ours" }).Plan().Responses, response => Assert.Equal("ours", Field(response, "Server")));

    [Fact]
    public void Equal_responses_are_one()
    {
        HttpPlan plan = Site.Of(Site.Route("/", Page), Site.Route("/index.html", Page), Site.Route("/other", Page + Page)).Plan();
        Assert.Equal(Entry(plan, "/"), Entry(plan, "/index.html"));
        Assert.Equal("GET /; GET /index.html", plan.Responses[Entry(plan, "/")].Name);
        Assert.Equal(plan.Responses.Count, plan.Responses.Select(response => response.Message).Distinct().Count());
        Assert.Equal(FixedResponse.Count + 4 + 4 + 1, plan.Responses.Count); // two of four forms, 405; the 204 is that of OPTIONS *
    }

    [Fact]
    public void A_plan_equals_another_of_the_same_content() => Assert.Equal(EveryFeature().PlanServer(), EveryFeature().PlanServer());

    internal static HttpSpec EveryFeature() => Site.Of(
        Site.Route("/", Site.Response(Page, contentType: "text/html; charset=utf-8", fields: [new FieldLine("Cache-Control", "no-cache")])),
        Site.Route("/healthz", Site.Response("ok\n", compress: false)),
        Site.Route("/healthz", Site.Response("", 204, null), "POST"),
        Site.Route("/docs/*", "documents"),
        Site.Route("/old", Site.Response("", 301, null, fields: [new FieldLine("Location", "/new")])),
        Site.Route("/", "another", host: "www.example.com"));

    /// <summary>The entry that answers the first method of a path, for every host.</summary>
    private static int Entry(HttpPlan plan, string path) => plan.Routers[plan.Routers.Count - 1].Resources.Single(resource => resource.Path == path).Responses[0];

    private static string Head(ResponsePlan response) => Encoding.UTF8.GetString(response.Message.Head.ToArray());

    private static string Body(ResponsePlan response) => Encoding.UTF8.GetString(response.Message.Body.Bytes.ToArray());

    private static string EntityTag(ResponsePlan response) => Head(response).Substring(response.Message.EntityTag, response.Message.EntityTagLength);

    private static string? Field(ResponsePlan response, string name)
    {
        Match match = Regex.Match(Head(response), $"^{name}: (.*)\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string Decompressed(ResponsePlan response)
    {
        using var gzip = new GZipStream(new MemoryStream(response.Message.Body.Bytes.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
