using System;
using System.Linq;
using SyscallServer.Tests.Generator;
using SyscallServer.Tests.Handlers;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[Headers]: what is said of a path, of shorter ones, of all, and by the route itself.</summary>
public class FieldGroupTests
{
    private static string Get(string path, string start = "GET", string lines = "") => HandlerExchange.Of(typeof(GroupSite), $"{start} {path} HTTP/1.1\r\nHost: h\r\n{lines}\r\n");

    private static string[] Lines(string response) => response[..response.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");

    private static string? Value(string response, string name)
        => Lines(response).Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).Aggregate((string?)null, (all, value) => all is null ? value : $"{all} | {value}");

    [Theory]
    [InlineData("/", "0", "all", "1", "DENY", "max-age=31536000", null)]
    [InlineData("/none", "0", "all", "1", "DENY", "max-age=31536000", null)]
    [InlineData("/b", "0", "all", "1", "DENY", "max-age=31536000", null)]
    [InlineData("/a", "1", "all", null, "SAMEORIGIN", "max-age=31536000", "<a> | <b>")] // its own
    [InlineData("/a/", "1", "all", null, "group", "max-age=31536000", "<a> | <b>")]
    [InlineData("/a/none", "1", "all", null, "group", "max-age=31536000", "<a> | <b>")]
    [InlineData("/a/%62/../c", "1", "all", null, "group", "max-age=31536000", "<a> | <b>")]
    [InlineData("/a/b", "exact", null, "back", "group", null, "<a> | <b>")]
    [InlineData("/a/b/", "2", null, "back", "group", null, "<a> | <b>")]
    [InlineData("/a/b/c", "2", null, "back", "group", null, "<a> | <b>")]
    [InlineData("/a/bc", "1", "all", null, "group", "max-age=31536000", "<a> | <b>")]
    [InlineData("/A/b", "0", "all", "1", "DENY", "max-age=31536000", null)]
    public void The_longest_path_decides_and_the_route_before_it(string path, string level, string? all, string? common, string frame, string? transport, string? link)
    {
        foreach ((string start, string lines) in new[] { ("GET", ""), ("HEAD", ""), ("OPTIONS", ""), ("DELETE", ""), ("FOO", ""), ("GET", "If-None-Match: *\r\n"), ("PUT", "Content-Length: 0\r\n"), ("POST", "Content-Length: 3000000\r\n") })
        {
            string response = Get(path, start, lines);
            Assert.Equal((level, all, common, transport, link), (Value(response, "X-Level"), Value(response, "X-All"), Value(response, "X-Common"), Value(response, "Strict-Transport-Security"), Value(response, "Link")));
            bool isOwn = path == "/a" && Lines(response)[0].Contains("200", StringComparison.Ordinal);
            Assert.Equal(isOwn || frame != "SAMEORIGIN" ? frame : path == "/a" && start is "GET" && lines.Length > 0 ? Value(response, "X-Frame-Options") : "group", Value(response, "X-Frame-Options"));
            Assert.Equal("nosniff", Value(response, "X-Content-Type-Options") ?? (Lines(response)[0].Contains("204", StringComparison.Ordinal) || Lines(response)[0].Contains("304", StringComparison.Ordinal) ? "nosniff" : null));
        }
    }

    [Fact]
    public void What_a_handler_writes_goes_before_what_its_path_has()
    {
        string response = Get("/a/handler");
        Assert.Equal("handler", Value(response, "X-Level"));
        Assert.Equal("all", Value(response, "X-All"));
        Assert.Equal("X-Handler, X-All", Value(response, "Vary"));
        Assert.Equal("<mine>", Value(response, "Link"));
        Assert.EndsWith("\r\n\r\nbody", response, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_whose_path_is_not_known_has_what_every_path_has()
    {
        foreach (string request in new[] { "GET / HTTP/1.1\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a/b HTTP/7.0\r\n\r\n", "GET /a/" + new string('x', 9000) })
        {
            string response = HandlerExchange.Of(typeof(GroupSite), request);
            Assert.Equal(("0", "all", "1"), (Value(response, "X-Level"), Value(response, "X-All"), Value(response, "X-Common")));
        }
    }

    /// <summary>They are put together before the head that comes before them has its end.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Parts_lie_behind_the_longest_lines(int length)
    {
        using var assets = new Assets();
        assets.Add("file.txt", string.Concat(Enumerable.Range(1000, 500)));
        CompiledServer site = CompiledServer.Of(
            $$"""
            using SyscallServer;

            [TcpServer]
            [StaticFile("/f", "file.txt", Compress = false)]
            [Headers("/f", "X-Long: {{new string('v', length)}}")]
            static partial class Site;
            """,
            assets);
        Response response = site.Get("/f", "Range: bytes=0-3,400-403,1000-1003,-4\r\n");
        Assert.Equal((206, length), (response.Status, response["X-Long"]!.Length));
        string boundary = response["Content-Type"]!.Split("boundary=")[1];
        string[] parts = System.Text.Encoding.ASCII.GetString(response.Body).Split("\r\n--" + boundary);
        Assert.Equal(["1000", "1100", "1250", "1499"], parts[1..^1].Select(part => part.Split("\r\n\r\n")[1]));
        Assert.Equal("--\r\n", parts[^1]);
    }

    [Fact]
    public void Responses_are_whole_with_every_length_of_lines()
    {
        using var assets = new Assets();
        string body = new('x', 5000);
        for (int length = 1; length < 4000; length += 97)
        {
            string value = new('v', length);
            CompiledServer site = CompiledServer.Of(
                $$"""
                using SyscallServer;

                [TcpServer(DateHeader = false)]
                [StaticResponse("/g", "{{body}}", Headers = ["Vary: A"])]
                [StaticResponse("/s", "short")]
                [Headers("/*", "X-Long: {{value}}", "Vary: {{string.Join(", ", Enumerable.Range(0, length / 100).Select(i => $"M{i}"))}}{{(length < 100 ? "M" : "")}}")]
                static partial class Site;
                """,
                assets);
            (string, string)[] two = [("GET", "GET /g HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n"), ("GET", "GET /s HTTP/1.1\r\nHost: h\r\n\r\n")];
            Response[] responses = site.Exchange([.. two, .. two, .. two]);
            Assert.All(responses, response => Assert.Equal(value, response["X-Long"]));
            string members = length < 100 ? "M" : string.Join(", ", Enumerable.Range(0, length / 100).Select(i => $"M{i}"));
            Assert.Equal(members, responses[1]["Vary"]);
            Assert.Equal("A, Accept-Encoding, " + members, responses[4]["Vary"]);
            Assert.Equal("short"u8.ToArray(), responses[5].Body);
        }
    }
}

[TcpServer(DateHeader = false, SecurityHeaders = true, Headers = ["X-Common: 1"])]
[StaticResponse("/", "x")]
[StaticResponse("/a", "x", Headers = ["X-Frame-Options: SAMEORIGIN"])]
[StaticResponse("/a/b", "x")]
[StaticResponse("/a/b/c", "x")]
[Headers("/*", "X-All: all", "X-Level: 0", "Vary: X-All")]
[Headers("/a/*", "X-Level: 1", "! X-Common", "x-frame-options: group", "Link: <a>", "Link: <b>")]
[Headers("/a/b/*", "X-Level: 2", "X-Common: back", "!X-All", "!strict-transport-security")]
[Headers("/a/b", "X-LEVEL: exact")]
internal static partial class GroupSite
{
    [Get("/a/handler")]
    private static void Handle(in Request request, ref ResponseWriter response)
    {
        response.AddHeader("x-level"u8, "handler"u8);
        response.AddHeader("Vary"u8, "X-Handler"u8);
        response.AddHeader("Link"u8, "<mine>"u8);
        response.Write("body");
    }
}
