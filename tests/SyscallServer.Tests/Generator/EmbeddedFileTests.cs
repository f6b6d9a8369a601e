extern alias Runtime;

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Runtime::SyscallServer.Internal.Http;
using Runtime::SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Support;
using Xunit;
using HttpDate = Runtime::SyscallServer.Internal.Text.HttpDate;

namespace SyscallServer.Tests.Generator;

/// <summary>A server with embedded files, compiled and asked.</summary>
public sealed class EmbeddedFileTests : IDisposable
{
    private const string Attributes =
        """
        [StaticFiles("/", "wwwroot")] [StaticFile("/other", "wwwroot/data.bin")] [StaticResponse("/constant", "0123456789", Compress = false)] [StaticResponse("/made", "made", Status = 201)]
        [StaticResponse("/nothing", "", Status = 204)]
        """;

    private static readonly string Text = string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i} of a text that gets smaller\n"));
    private static readonly byte[] Noise = MakeNoise(5000);
    private static readonly string[] Codings = ["br", "gzip", "identity"];

    private static readonly ConcurrentDictionary<string, CompiledServer> Compiled = new();

    private readonly Assets _assets = new Assets().Add("wwwroot/text.txt", Text).Add("wwwroot/data.bin", Noise).Add("wwwroot/empty.txt", "");

    public void Dispose() => _assets.Dispose();

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.4", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("identity, br;q=0.9", null)]
    [InlineData("deflate", null)]
    public void The_coding_is_the_one_that_the_client_likes_best(string? accepted, string? coding)
    {
        CompiledServer server = Compile();
        Response response = server.Get("/text.txt", accepted is null ? "" : $"Accept-Encoding: {accepted}\r\n");
        Assert.Equal((200, coding, "Accept-Encoding", "text/plain; charset=utf-8"), (response.Status, response["Content-Encoding"], response["Vary"], response["Content-Type"]));
        Stream body = new MemoryStream(response.Body);
        body = coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : coding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : body;
        Assert.Equal(Text, new StreamReader(body).ReadToEnd());
        Assert.Equal(Assets.LastModified, response["Last-Modified"]);
        Assert.Equal("bytes", response["Accept-Ranges"]);

        // Each has a tag of its own, and its 304.
        Response again = server.Get("/text.txt", $"Accept-Encoding: {accepted}\r\nIf-None-Match: {response["ETag"]}\r\n");
        Assert.Equal((304, response["ETag"], null, 0), (again.Status, again["ETag"], again["Content-Length"], again.Body.Length));
        Assert.Equal(3, Codings.Select(other => server.Get("/text.txt", $"Accept-Encoding: {other}\r\n")["ETag"]).Distinct().Count());
    }

    [Theory]
    [InlineData("/data.bin", "br, gzip")]
    [InlineData("/constant", "br, gzip")]
    [InlineData("/empty.txt", "br, gzip")]
    public void What_does_not_get_smaller_is_sent_as_it_is(string path, string accepted)
        => Assert.Null(Compile().Get(path, $"Accept-Encoding: {accepted}\r\n")["Content-Encoding"]);

    [Theory]
    [InlineData("If-Modified-Since: " + Assets.LastModified, 304)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT", 304)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 200)]
    [InlineData("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT", 304)]
    [InlineData("If-Modified-Since: Sun Nov  6 08:49:37 1994", 304)]
    [InlineData("If-Modified-Since: yesterday", 200)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: " + Assets.LastModified, 200)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 412)]
    [InlineData("If-Unmodified-Since: " + Assets.LastModified, 200)]
    public void A_file_has_a_time(string line, int status)
    {
        CompiledServer server = Compile();
        Assert.Equal(status, server.Get("/data.bin", line + "\r\n").Status);
        Assert.Equal(200, server.Get("/constant", line + "\r\n").Status); // and a constant none
    }

    [Theory]
    [InlineData("bytes=0-4", 0, 5)]
    [InlineData("bytes=4990-", 4990, 10)]
    [InlineData("bytes=-10", 4990, 10)]
    [InlineData("bytes=0-", 0, 5000)]
    [InlineData("bytes=1-4998", 1, 4998)] // too long to be copied
    [InlineData("bytes=2000-4000,4001-4100", 2000, 2101)]
    public void A_part_is_sent_as_206(string range, int first, int length)
    {
        CompiledServer server = Compile();
        Response whole = server.Get("/data.bin", "");
        Response part = server.Get("/data.bin", $"Range: {range}\r\n");
        Assert.Equal("HTTP/1.1 206 Partial Content", part.StatusLine);
        Assert.Equal(($"bytes {first}-{first + length - 1}/5000", $"{length}"), (part["Content-Range"], part["Content-Length"]));
        Assert.Equal(Noise[first..(first + length)], part.Body);
        Assert.Equal((whole["ETag"], whole["Last-Modified"], whole["Content-Type"]), (part["ETag"], part["Last-Modified"], part["Content-Type"]));
    }

    [Fact]
    public void A_part_is_one_of_the_coded_form()
    {
        CompiledServer server = Compile();
        Response whole = server.Get("/text.txt", "Accept-Encoding: br\r\n");
        Response part = server.Get("/text.txt", "Accept-Encoding: br\r\nRange: bytes=5-9\r\n");
        Assert.Equal((206, "br", whole["ETag"], $"bytes 5-9/{whole.Body.Length}"), (part.Status, part["Content-Encoding"], part["ETag"], part["Content-Range"]));
        Assert.Equal(whole.Body[5..10], part.Body);
    }

    [Theory]
    [InlineData("/data.bin", "", "bytes=0-1,5-9,100-101,4999-", "0-9", "100-101", "4999-4999")] // the first two are near each other
    [InlineData("/data.bin", "", "bytes=3000-4998,-1,0-2499", "3000-4999", "0-2499")] // too long to be copied, in the order of the request
    [InlineData("/text.txt", "Accept-Encoding: br\r\n", "bytes=0-0,5000-,200-201", "0-0", "200-201")] // parts of the coded form; one of them is not there
    public void Several_parts_are_sent_as_multipart_byteranges(string path, string lines, string range, params string[] parts)
    {
        foreach (string concurrency in new[] { "Fork", "EventLoop" })
        {
            CompiledServer server = Compile(concurrency);
            Response whole = server.Get(path, lines);
            Response[] responses = server.Exchange(
                ("GET", $"GET {path} HTTP/1.1\r\nHost: a\r\n{lines}Range: {range}\r\n\r\n"),
                ("HEAD", $"HEAD {path} HTTP/1.1\r\nHost: a\r\n{lines}Range: {range}\r\n\r\n"),
                ("GET", $"GET {path} HTTP/1.1\r\nHost: a\r\n{lines}\r\n"));
            string boundary = whole["ETag"]!.Trim('"');
            byte[] body =
            [
                .. parts.SelectMany(part =>
                {
                    int[] ends = [.. part.Split('-').Select(end => int.Parse(end, null))];
                    return Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-Type: {whole["Content-Type"]}\r\nContent-Range: bytes {part}/{whole.Body.Length}\r\n\r\n").Concat(whole.Body[ends[0]..(ends[1] + 1)]);
                }),
                .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"),
            ];
            Assert.Equal(("HTTP/1.1 206 Partial Content", $"multipart/byteranges; boundary={boundary}", $"{body.Length}"), (responses[0].StatusLine, responses[0]["Content-Type"], responses[0]["Content-Length"]));
            Assert.Equal(body, responses[0].Body);
            Assert.Equal((null, whole["ETag"], whole["Last-Modified"], whole["Content-Encoding"]), (responses[0]["Content-Range"], responses[0]["ETag"], responses[0]["Last-Modified"], responses[0]["Content-Encoding"]));
            Assert.Equal(whole.Lines.Length, responses[0].Lines.Length);

            // A Range means nothing to HEAD, and the next request gets all again.
            Assert.Equal((200, 200), (responses[1].Status, responses[2].Status));
            Assert.Equal(whole.Lines, responses[2].Lines);
            Assert.Equal(whole.Body, responses[2].Body);
        }
    }

    [Theory]
    [InlineData("/data.bin", "bytes=5000-", "bytes */5000")]
    [InlineData("/data.bin", "bytes=-0", "bytes */5000")]
    [InlineData("/constant", "bytes=10-", "bytes */10")]
    [InlineData("/empty.txt", "bytes=0-", "bytes */0")]
    public void Nothing_of_what_is_asked_for_is_416(string path, string range, string contentRange)
    {
        Response response = Compile().Get(path, $"Range: {range}\r\n");
        Assert.Equal((416, contentRange, "416 Range Not Satisfiable\n"), (response.Status, response["Content-Range"], Encoding.ASCII.GetString(response.Body)));
    }

    [Theory]
    [InlineData("/data.bin", "Range: lines=0-4")]
    [InlineData("/data.bin", "Range: bytes=4-0")]
    [InlineData("/data.bin", "Range: bytes=0-4\r\nIf-Range: \"x\"")]
    [InlineData("/data.bin", "Range: bytes=0-4\r\nIf-Range: " + Assets.LastModified)] // times of files on the machine that built it are no strong validators
    [InlineData("/data.bin", "If-Range: \"x\"")]
    [InlineData("/empty.txt", "Range: bytes=-5")]
    public void Otherwise_all_is_sent(string path, string lines)
    {
        Response response = Compile().Get(path, lines + "\r\n");
        Assert.Equal((200, null), (response.Status, response["Content-Range"]));
        Assert.Equal(path == "/data.bin" ? 5000 : 0, response.Body.Length);
    }

    [Fact]
    public void If_range_holds_with_the_tag_of_the_same_form()
    {
        CompiledServer server = Compile();
        string identity = server.Get("/text.txt", "")["ETag"]!;
        Assert.Equal(206, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-Range: {identity}\r\n").Status);
        Assert.Equal(206, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-Range: {identity} \r\n").Status);
        Assert.Equal(200, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-Range: W/{identity}\r\n").Status);
        Assert.Equal(200, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-Range: {identity}, {identity}\r\n").Status);
        Assert.Equal(200, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-Range: {identity}\r\nAccept-Encoding: br\r\n").Status);
        Assert.Equal(304, server.Get("/text.txt", $"Range: bytes=0-4\r\nIf-None-Match: {identity}\r\n").Status); // the condition comes first
        Assert.Equal(412, server.Get("/text.txt", "Range: bytes=0-4\r\nIf-Match: \"x\"\r\n").Status);
    }

    [Theory]
    [InlineData("Fork")]
    [InlineData("EventLoop")]
    public void Neither_HEAD_nor_a_status_nor_the_request_before_changes_what_is_sent(string concurrency)
    {
        // The last response is kept with EventLoop; no part may come out of it, and none get into it.
        CompiledServer server = Compile(concurrency);
        const string host = " HTTP/1.1\r\nHost: a\r\n";
        Response[] responses = server.Exchange(
            ("GET", $"GET /constant{host}\r\n"),
            ("GET", $"GET /constant{host}Range: bytes=2-3\r\n\r\n"),
            ("GET", $"GET /constant{host}\r\n"),
            ("GET", $"GET /constant{host}Range: bytes=10-\r\n\r\n"),
            ("GET", $"GET /empty.txt{host}Range: bytes=0-\r\n\r\n"),
            ("GET", $"GET /constant{host}Range: bytes=2-3\r\n\r\n"),
            ("GET", $"GET /constant{host}Range: bytes=4-5\r\n\r\n"),
            ("HEAD", $"HEAD /constant{host}Range: bytes=4-5\r\n\r\n"),
            ("HEAD", $"HEAD /constant{host}Range: bytes=99-\r\n\r\n"),
            ("GET", $"GET /constant{host}Range: bytes=2-3\r\nContent-Length: 2\r\n\r\nab"),
            ("GET", $"GET /made{host}Range: bytes=2-3\r\n\r\n"),
            ("GET", $"GET /nothing{host}Range: bytes=2-3\r\n\r\n"),
            ("OPTIONS", $"OPTIONS /constant{host}Range: bytes=2-3\r\n\r\n"),
            ("GET", $"GET /missing{host}Range: bytes=2-3\r\n\r\n"),
            ("GET", $"GET /constant{host}\r\n"));
        Assert.Equal(
            [
                "200 10 0123456789", "206 2 23", "200 10 0123456789", "416 26 416 Range Not Satisfiable", "416 26 416 Range Not Satisfiable", "206 2 23", "206 2 45", "200 10 ", "200 10 ",
                "200 10 0123456789", "201 4 made", "204  ", "204  ", "404 14 404 Not Found", "200 10 0123456789",
            ],
            responses.Select(response => $"{response.Status} {response["Content-Length"]} {Encoding.ASCII.GetString(response.Body).TrimEnd('\n')}"));
        Assert.Equal(["bytes */10", "bytes */0"], responses.Where(response => response.Status == 416).Select(response => response["Content-Range"]));
    }

    [Fact]
    public void A_download_is_stored_under_the_name_of_the_file_and_a_page_of_an_error_is_not()
    {
        using Assets assets = new Assets().Add("wwwroot/report.pdf", "report").Add("wwwroot/gr\u00f6\u00dfe \"5%\".txt", "5").Add("wwwroot/404.html", "nothing");
        CompiledServer server = CompiledServer.Of(
            """
            using SyscallServer;
            [TcpServer]
            [StaticFile("/latest", "wwwroot/report.pdf", Download = true, CacheControl = "no-cache")]
            [StaticFile("/size", "wwwroot/gr\u00f6\u00dfe \"5%\".txt", Download = true)]
            [StaticFile("/shown", "wwwroot/report.pdf")]
            [StaticFiles("/all/", "wwwroot", Download = true, NotFound = "404.html")]
            partial class Site;
            """,
            assets);
        string[] paths = ["/latest", "/size", "/shown", "/all/report.pdf", "/all/nothing"];
        Assert.Equal(
            ["attachment; filename=\"report.pdf\"", "attachment; filename=\"gr__e _5__.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%225%25%22.txt", null, "attachment", null],
            paths.Select(path => server.Get(path, "")["Content-Disposition"]));
        Assert.Equal("attachment; filename=\"report.pdf\"", server.Get("/latest", "Range: bytes=0-2\r\n")["Content-Disposition"]);
    }

    [Theory]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs?", "/docs/?")]
    [InlineData("/docs?a=/b&c", "/docs/?a=/b&c")]
    [InlineData("/docs/s%20te?%20", "/docs/s%20te/?%20")]
    public void A_folder_without_the_slash_at_its_end_leads_to_it_with_the_query(string path, string location)
    {
        using Assets assets = new Assets().Add("wwwroot/docs/index.html", "docs").Add("wwwroot/docs/s te/index.html", "s te");
        const string attributes = "[StaticFiles(\"/\", \"wwwroot\")] [StaticResponse(\"/constant\", \"0123456789\", Compress = false)]";
        CompiledServer server = CompiledServer.Of($"using SyscallServer; [TcpServer(Concurrency = Concurrency.EventLoop)] {attributes} partial class Site;", assets);
        Response response = server.Get(path, "");
        Assert.Equal((301, location, "0"), (response.Status, response["Location"], response["Content-Length"]));

        // Whatever a request has besides, and whatever comes before and behind it.
        Response[] responses = server.Exchange(
            ("GET", "GET /constant HTTP/1.1\r\nHost: a\r\nRange: bytes=2-3\r\n\r\n"),
            ("GET", $"GET {path} HTTP/1.1\r\nHost: a\r\nRange: bytes=2-3\r\nIf-None-Match: *\r\nAccept-Encoding: br\r\nContent-Length: 2\r\n\r\nab"),
            ("HEAD", $"HEAD {path} HTTP/1.1\r\nHost: a\r\n\r\n"),
            ("GET", "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal(["206 23", $"301 {location} ", $"301 {location} ", "200 0123456789"], responses.Select(each => $"{each.Status} {(each.Status == 301 ? each["Location"] + " " : "")}{Encoding.ASCII.GetString(each.Body)}"));
    }

    [Fact]
    public void The_path_of_a_folder_that_would_be_too_long_with_its_slash_is_414()
    {
        using Assets assets = new Assets().Add("wwwroot/docs/index.html", "docs");
        CompiledServer server = CompiledServer.Of("using SyscallServer; [TcpServer(MaxTargetBytes = 64)] [StaticFiles(\"/\", \"wwwroot\")] partial class Site;", assets);
        string query = new('q', 64 - "/docs/?".Length);
        Assert.Equal($"/docs/?{query}", server.Get($"/docs?{query}", "")["Location"]);
        Assert.Equal(414, server.Get($"/docs?{query}q", "").Status);
    }

    [Fact]
    public void A_server_without_files_has_nothing_of_them()
    {
        string code = GeneratorRun.Of("using SyscallServer; [TcpServer] [StaticResponse(\"/\", \"x\")] partial class Site;").Files["Site.g.cs"];
        foreach (string word in new[] { "HasParts", "HasBrotli", "EntryOf", "Range" })
        {
            Assert.DoesNotContain(word, code.Replace("416", ""), StringComparison.Ordinal);
        }

        Assert.Contains("Content-Length", code, StringComparison.Ordinal);
    }

    /// <summary>A time is four bytes of the program. As text they would be, one time out of eight, and text takes a byte more.</summary>
    [Fact]
    public void How_large_a_program_is_does_not_depend_on_when_a_file_was_changed()
    {
        using Assets assets = new Assets().Add("assets/file.txt", "Hello, World!\n");
        Assert.Single(new uint[] { 0x01020304, 0x20202020, 0x00ABCDEF, 0x2E808080 }.Select(time => string.Join(' ', Constants(time))).Distinct());

        IEnumerable<int?> Constants(uint time)
            => GeneratorRun.Of(GeneratorRun.Compile("using SyscallServer; [TcpServer, StaticFile(\"/\", \"assets/file.txt\")] partial class Site;"), assets.Manifest(time))
                .Load().GetType("<PrivateImplementationDetails>")!.GetFields(BindingFlags.NonPublic | BindingFlags.Static)
                .Select(constant => constant.FieldType.StructLayoutAttribute?.Size).Order();
    }

    [Fact]
    public void An_edit_elsewhere_plans_nothing_anew_and_an_edit_of_a_file_does()
    {
        GeneratorRun run = GeneratorRun.Of(Source("Fork"), _assets.Manifest());
        SyntaxTree other = CSharpSyntaxTree.ParseText("class Other { int field; }", (CSharpParseOptions)run.Before.SyntaxTrees[0].Options, "/src/Other.cs");
        GeneratorDriver driver = run.Driver.RunGenerators(run.Before.AddSyntaxTrees(other));
        GeneratorRun.AssertCached(driver.GetRunResult().Results.Single());

        // The same manifest, read again.
        AdditionalText old = run.Manifest!;
        driver = run.Driver.ReplaceAdditionalText(old, _assets.Manifest()).RunGenerators(run.Before);
        GeneratorRun.AssertCached(driver.GetRunResult().Results.Single());

        // A file that no attribute names. (One in front of the others would move their entries in the block.)
        driver = run.Driver.ReplaceAdditionalText(old, _assets.Add("zzz/other.txt", "x").Manifest()).RunGenerators(run.Before);
        Assert.DoesNotContain((IncrementalStepRunReason.Modified, TcpServerGenerator.PlanStep), GeneratorRun.Outputs(driver.GetRunResult().Results.Single()));

        driver = run.Driver.ReplaceAdditionalText(old, _assets.Add("wwwroot/text.txt", "changed").Manifest()).RunGenerators(run.Before);
        GeneratorRunResult changed = driver.GetRunResult().Results.Single();
        Assert.Contains((IncrementalStepRunReason.Modified, TcpServerGenerator.PlanStep), GeneratorRun.Outputs(changed));
        Assert.DoesNotContain((IncrementalStepRunReason.Modified, TcpServerGenerator.ParseStep), GeneratorRun.Outputs(changed));
    }

    private static CSharpCompilation Source(string concurrency)
        => GeneratorRun.Compile($"using SyscallServer; [TcpServer(Concurrency = Concurrency.{concurrency}, MaxConnections = 8)] {Attributes} partial class Site;".Replace(
            ", MaxConnections = 8", concurrency == "Fork" ? "" : ", MaxConnections = 8", StringComparison.Ordinal));

    /// <summary>The server, compiled for the first test that asks for it: each request has a connection of its own.</summary>
    private CompiledServer Compile(string concurrency = "Fork") => Compiled.GetOrAdd(
        concurrency,
        _ => CompiledServer.Of(Source(concurrency), _assets));

    private static byte[] MakeNoise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
