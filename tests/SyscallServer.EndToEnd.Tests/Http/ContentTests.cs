using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What holds for every route, and between the variants of one.</summary>
public class ContentTests
{
    [Theory]
    [Engines]
    public async Task HEAD_gets_the_head_of_GET_on_every_route_and_no_body(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        using Client client = await Client.ConnectAsync(server.Port);
        var reader = new ResponseReader(client);
        foreach (string path in HttpServer.Paths)
        {
            foreach (string fields in new[] { "", "Accept-Encoding: gzip\r\n", "If-None-Match: *\r\n", "If-Match: \"x\"\r\n" })
            {
                string rest = $"{path} HTTP/1.1\r\nHost: h\r\n{fields}\r\n";
                await client.SendAsync("GET " + rest);
                HttpResponse get = await reader.ReadAsync("GET");
                await client.SendAsync("HEAD " + rest);
                HttpResponse head = await reader.ReadAsync("HEAD");
                Assert.Empty(head.Body);
                Assert.Equal((get with { Body = [] }).Normalized, head.Normalized);
            }
        }
    }

    [Theory]
    [Engines]
    public async Task Gzip_decodes_to_the_same_body_under_another_tag(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        int smaller = 0;
        foreach (string path in HttpServer.Paths)
        {
            HttpResponse identity = await HttpServer.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n");
            HttpResponse gzip = await HttpServer.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
            Assert.Equal(identity.Status, gzip.Status);
            Assert.Equal(identity["Vary"], gzip["Vary"]);
            Assert.Null(identity["Content-Encoding"]);
            if (gzip["Content-Encoding"] is null)
            {
                Assert.Equal(identity.Normalized, gzip.Normalized);
                continue;
            }

            smaller++;
            Assert.Equal(("gzip", "Accept-Encoding", identity["Content-Type"]), (gzip["Content-Encoding"], gzip["Vary"], gzip["Content-Type"]));
            Assert.NotEqual(identity["ETag"], gzip["ETag"]);
            Assert.True(gzip.Body.Length < identity.Body.Length);
            using var decoded = new MemoryStream();
            using var stream = new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress);
            await stream.CopyToAsync(decoded);
            Assert.Equal(identity.Body, decoded.ToArray());
        }

        Assert.True(smaller > 0);
    }

    [Theory]
    [Engines]
    public async Task Every_200_has_a_strong_tag_that_a_client_can_come_back_with(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        foreach (string path in HttpServer.Paths)
        {
            foreach (string coding in new[] { "identity", "gzip" })
            {
                HttpResponse response = await HttpServer.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: h\r\nAccept-Encoding: {coding}\r\n\r\n");
                if (response.Status != 200)
                {
                    Assert.Null(response["ETag"]);
                    continue;
                }

                string tag = Assert.IsType<string>(response["ETag"]);
                Assert.StartsWith("\"", tag, System.StringComparison.Ordinal);
                HttpResponse again = await HttpServer.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: h\r\nAccept-Encoding: {coding}\r\nIf-None-Match: {tag}\r\n\r\n");
                Assert.Equal(
                    (304, tag, response["Cache-Control"], response["Vary"], 0),
                    (again.Status, again["ETag"], again["Cache-Control"], again["Vary"], again.Body.Length));
            }
        }
    }

    [Theory]
    [Engines]
    public async Task Different_contents_have_different_tags(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        var tags = new System.Collections.Generic.HashSet<string?>();
        foreach (int number in Enumerable.Range(0, Sentinel.Count))
        {
            Assert.True(tags.Add((await HttpServer.ExchangeAsync(server.Port, Sentinel.Text(number)))["ETag"]));
        }
    }

    [Theory]
    [Engines]
    public async Task OPTIONS_of_the_server_names_the_methods_of_all_routes(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        HttpResponse server1 = await HttpServer.ExchangeAsync(server.Port, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
        HttpResponse several = await HttpServer.ExchangeAsync(server.Port, "OPTIONS /both HTTP/1.1\r\nHost: h\r\n\r\n");
        string[] methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
        Assert.Equal(methods, server1["Allow"]!.Split(", ").Order());
        Assert.Equal(methods, several["Allow"]!.Split(", ").Order());
    }
}
