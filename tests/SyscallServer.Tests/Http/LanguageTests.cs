using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Tests.Generator;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Language of [StaticFile]: which of several files of one path a client gets.</summary>
public sealed class LanguageTests
{
    private static readonly string[] Tags = ["en", "de", "de-AT", "pt-BR", "zh-Hant", "fr"];

    private static readonly Lazy<CompiledServer> Server = new(() => Compile(
        "[StaticFile(\"/\", \"a.en.html\", Language = \"en\", DefaultLanguage = true)]" + string.Concat(Tags.Skip(1).Select(tag => $"[StaticFile(\"/\", \"a.{tag}.html\", Language = \"{tag}\")]"))
        + """
        [StaticFile("/neutral", "a.en.html")] [StaticFile("/neutral", "a.de.html", Language = "DE", CacheControl = "no-cache", Headers = ["Vary: Origin"])]
        [StaticFile("/same", "a.en.html", Language = "en", DefaultLanguage = true)] [StaticFile("/same", "a.en.html", Language = "fr")]
        [StaticFile("/other", "a.en.html", Language = "en", DefaultLanguage = true)] [StaticFile("/other", "a.fr.html", Language = "de")]
        [StaticFile("/alone", "a.fr.html", Language = "fr")]
        [StaticFile("/rest/*", "a.en.html")] [StaticFile("/rest/*", "a.de.html", Language = "de")]
        [StaticFile("/host", "a.en.html")] [StaticFile("/host", "a.de.html", Language = "de")] [StaticFile("/host", "a.fr.html", Host = "other.example", Language = "fr")]
        [StaticResponse("/host", "posted", Method = "POST")]
        """));

    private static CompiledServer Compile(string attributes)
    {
        using var assets = new Assets();
        foreach (string tag in Tags)
        {
            assets.Add($"a.{tag}.html", $"<p>{tag} {string.Concat(Enumerable.Repeat(tag, 200))}");
        }

        return CompiledServer.Of($"using SyscallServer; [TcpServer] {attributes} partial class Site;", assets);
    }

    private static string Body(Response response) => Encoding.UTF8.GetString(response.Body).Split(' ')[0][3..];

    [Theory]
    [InlineData("", "en")]
    [InlineData("Accept-Language: de", "de")]
    [InlineData("accept-language:DE", "de")]
    [InlineData("Accept-Language: de-CH", "de")]
    [InlineData("Accept-Language: de-AT", "de-AT")]
    [InlineData("Accept-Language: de-at-1901-x-y", "de-AT")]
    [InlineData("Accept-Language: de-A", "de")]
    [InlineData("Accept-Language: dex", "en")]
    [InlineData("Accept-Language: d", "en")]
    [InlineData("Accept-Language: pt", "en")] // a range is not longer than what it looks for
    [InlineData("Accept-Language: pt-BR", "pt-BR")]
    [InlineData("Accept-Language: zh-Hant-TW, de", "zh-Hant")]
    [InlineData("Accept-Language: zh-Hans, de;q=0.1", "de")]
    [InlineData("Accept-Language: es, it", "en")]
    [InlineData("Accept-Language: fr;q=0.5, de;q=0.6", "de")]
    [InlineData("Accept-Language: fr;q=0.6, de;q=0.6", "fr")]
    [InlineData("Accept-Language: fr ; Q=0.001 , de ;q=0.000", "fr")]
    [InlineData("Accept-Language: *", "en")]
    [InlineData("Accept-Language: *, de;q=0.5", "de")] // a star looks for nothing
    [InlineData("Accept-Language: de;q=0", "en")]
    [InlineData("Accept-Language: en;q=0", "en")] // as good as nothing
    [InlineData("Accept-Language: de-AT, de-AT;q=0", "de")]
    [InlineData("Accept-Language: de-CH, de;q=0, fr;q=0.1", "fr")]
    [InlineData("Accept-Language: ,, de ,,", "de")]
    [InlineData("Accept-Language: es\r\nAccept-Language: fr;q=0.4\r\nX: y\r\naccept-language: de;q=0.5", "de")]
    [InlineData("Accept-Language: ", "en")]
    // What is malformed says nothing.
    [InlineData("Accept-Language: de;q=1.1", "en")]
    [InlineData("Accept-Language: de;q=0.1234", "en")]
    [InlineData("Accept-Language: de;q=-1", "en")]
    [InlineData("Accept-Language: de;q=", "en")]
    [InlineData("Accept-Language: de;", "en")]
    [InlineData("Accept-Language: de;level=1", "en")]
    [InlineData("Accept-Language: de fr", "en")]
    [InlineData("Accept-Language: de, f\u00fc", "en")]
    [InlineData("Accept-Language: de_DE, fr", "en")]
    [InlineData("Accept-Language: de-", "en")]
    [InlineData("Accept-Language: -de", "en")]
    [InlineData("Accept-Language: de--AT", "en")]
    [InlineData("Accept-Language: abcdefghi, de", "en")]
    [InlineData("Accept-Language: de, *-CH", "en")]
    [InlineData("Accept-Language: de, \"fr\"", "en")]
    public void The_language_is_the_one_that_the_client_likes_best(string line, string language)
    {
        Response response = Server.Value.Get("/", line.Length == 0 ? "" : line + "\r\n");
        Assert.Equal((200, language, language, "Accept-Language, Accept-Encoding"), (response.Status, Body(response), response["Content-Language"], response["Vary"]));
    }

    [Fact]
    public void A_client_may_name_100_languages()
    {
        string ranges = string.Concat(Enumerable.Repeat("es,", 99));
        Assert.Equal("de", Body(Server.Value.Get("/", $"Accept-Language: {ranges}de\r\n")));
        Assert.Equal("en", Body(Server.Value.Get("/", $"Accept-Language: {ranges}es,de\r\n")));
    }

    [Fact]
    public void Each_language_has_its_tags_its_codings_and_its_304()
    {
        var tags = new HashSet<string>();
        foreach (string tag in Tags)
        {
            foreach (string coding in (string[])["identity", "gzip", "br"])
            {
                Response whole = Server.Value.Get("/", $"Accept-Language: {tag}\r\nAccept-Encoding: {coding}\r\n");
                Assert.Equal((200, coding == "identity" ? null : coding, tag), (whole.Status, whole["Content-Encoding"], whole["Content-Language"]));
                Assert.True(tags.Add(whole["ETag"]!));
                Response not = Server.Value.Get("/", $"Accept-Language: {tag}\r\nAccept-Encoding: {coding}\r\nIf-None-Match: {whole["ETag"]}\r\n");
                Assert.Equal((304, whole["ETag"], "Accept-Language, Accept-Encoding", null), (not.Status, not["ETag"], not["Vary"], not["Content-Language"]));
                Assert.Equal(200, Server.Value.Get("/", $"Accept-Language: {(tag == "fr" ? "de" : "fr")}\r\nAccept-Encoding: {coding}\r\nIf-None-Match: {whole["ETag"]}\r\n").Status);
                Response part = Server.Value.Get("/", $"Accept-Language: {tag}\r\nAccept-Encoding: {coding}\r\nRange: bytes=3-7\r\n");
                Assert.Equal((206, tag), (part.Status, part["Content-Language"]));
                Assert.Equal(whole.Body[3..8], part.Body);
                Response head = Server.Value.Exchange(("HEAD", $"HEAD / HTTP/1.1\r\nHost: a\r\nAccept-Language: {tag}\r\nAccept-Encoding: {coding}\r\n\r\n"))[0];
                Assert.Equal(string.Join('\n', whole.Lines), string.Join('\n', head.Lines));
            }
        }
    }

    [Fact]
    public void A_file_without_a_language_is_for_all_others()
    {
        Response neutral = Server.Value.Get("/neutral", "Accept-Language: fr\r\n");
        Assert.Equal(("en", null, "Accept-Language, Accept-Encoding", null), (Body(neutral), neutral["Content-Language"], neutral["Vary"], neutral["Cache-Control"]));
        Response german = Server.Value.Get("/neutral", "Accept-Language: de\r\n");
        Assert.Equal(("de", "DE", "Origin, Accept-Language, Accept-Encoding", "no-cache"), (Body(german), german["Content-Language"], german["Vary"], german["Cache-Control"]));
    }

    [Fact]
    public void Paths_have_their_own_languages_and_other_methods_have_none()
    {
        // The same file at two paths, of which the others differ.
        Assert.Equal("fr", Body(Server.Value.Get("/other", "Accept-Language: de\r\n")));
        Assert.Equal("de", Body(Server.Value.Get("/", "Accept-Language: de\r\n")));
        Assert.Equal("en", Body(Server.Value.Get("/other", "Accept-Language: fr\r\n")));

        // The same file in two languages.
        Response english = Server.Value.Get("/same", "");
        Response french = Server.Value.Get("/same", "Accept-Language: fr\r\n");
        Assert.Equal(english.Body, french.Body);
        Assert.Equal(("en", "fr"), (english["Content-Language"], french["Content-Language"]));
        Assert.NotEqual(english["ETag"], french["ETag"]);

        // One alone is no matter of choice.
        Response alone = Server.Value.Get("/alone", "Accept-Language: de\r\n");
        Assert.Equal(("fr", "fr", "Accept-Encoding"), (Body(alone), alone["Content-Language"], alone["Vary"]));
        Assert.Equal("de", Body(Server.Value.Get("/rest/x/y", "Accept-Language: de\r\n")));
        Assert.Equal("de", Body(Server.Value.Get("/host", "Accept-Language: de\r\n")));
        string Host(string language) => Body(Server.Value.Exchange(("GET", $"GET /host HTTP/1.1\r\nHost: other.example\r\nAccept-Language: {language}\r\n\r\n"))[0]);
        Assert.Equal(("fr", "fr"), (Host("de"), Host("fr")));
        Response[] others = Server.Value.Exchange(
            ("POST", "POST /host HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nAccept-Language: de\r\n\r\n"), ("OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: a\r\nAccept-Language: de\r\n\r\n"), ("PUT", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nAccept-Language: de\r\n\r\n"));
        Assert.Equal([200, 204, 405], others.Select(other => other.Status));
        Assert.Equal(404, Server.Value.Get("/none", "Accept-Language: de\r\n").Status);
    }

    /// <summary>A second opinion on the lookup of RFC 4647, for fields of all forms.</summary>
    [Fact]
    public void Random_fields_are_answered_as_the_model_says()
    {
        string[] names = ["en", "de", "de-at", "de-ch", "de-at-1901", "pt", "pt-br", "zh-hant-tw", "fr", "es", "*"];
        string[] weights = ["", ";q=0", ";q=1", ";q=0.5", "; q=0.25", ";q=0.999", ";q=1.000", ";q=0.0"];
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            (string Name, string Weight)[] ranges = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => (names[random.Next(names.Length)], weights[random.Next(weights.Length)]))];
            var refused = ranges.Where(range => Number(range.Weight) == 0).Select(range => range.Name).ToHashSet();
            string expected = ranges.Where(range => Number(range.Weight) > 0)
                .Select(range => (Weight: Number(range.Weight), Tag: Lookup(range.Name, refused)))
                .Where(range => range.Tag is not null).OrderByDescending(range => range.Weight).FirstOrDefault().Tag ?? "en";
            string field = string.Join(random.Next(2) == 0 ? "," : " , ", ranges.Select(range => range.Name + range.Weight));
            Assert.Equal($"{field}: {expected}", $"{field}: {Body(Server.Value.Get("/", $"Accept-Language: {field}\r\n"))}");
        }

        static double Number(string weight) => weight.Length == 0 ? 1 : double.Parse(weight.Split('=')[1], CultureInfo.InvariantCulture);

        static string? Lookup(string range, HashSet<string> refused)
        {
            for (string rest = range; rest.Length > 0; rest = rest.Contains('-', StringComparison.Ordinal) ? rest[..rest.LastIndexOf('-')] : "")
            {
                if (Tags.FirstOrDefault(tag => tag.Equals(rest, StringComparison.OrdinalIgnoreCase) && !refused.Contains(tag.ToLowerInvariant())) is { } tag)
                {
                    return tag;
                }
            }

            return null;
        }
    }

    [Fact]
    public async Task A_field_that_says_the_language_again_is_an_error()
    {
        using var assets = new Assets();
        GeneratorRun run = GeneratorRun.Of(
            GeneratorRun.Compile("using SyscallServer; [TcpServer] [StaticFile(\"/\", \"a.txt\", Language = \"de\", Headers = [\"content-language: en\"])] partial class Site;"), assets.Add("a.txt", "a").Manifest());
        Assert.Equal("SYSC047", Assert.Single(await run.AnalyzeAsync()).Diagnostic.Id);
    }

    /// <summary>Files with values of the environment are chosen as others.</summary>
    [Fact]
    public void Each_language_gets_its_values()
    {
        using var assets = new Assets();
        assets.Add("en.txt", "Hello ${NAME}").Add("de.txt", "Hallo ${NAME}").Add("fr.txt", "Salut ${NOM:-toi}");
        CompiledServer server = CompiledServer.Of(
            "using SyscallServer; [TcpServer] [StaticFile(\"/\", \"en.txt\", Variables = [\"NAME\"])] [StaticFile(\"/\", \"de.txt\", Language = \"de\", Variables = [\"NAME\"])] [StaticFile(\"/\", \"fr.txt\", Language = \"fr\", Variables = [\"NOM\"])] partial class Site;", assets);
        Assert.Equal("", server.Fill("NAME=Welt"));
        Assert.Equal("Hallo Welt", Encoding.UTF8.GetString(server.Get("/", "Accept-Language: de\r\n").Body));
        Assert.Equal("Hello Welt", Encoding.UTF8.GetString(server.Get("/", "Accept-Language: en\r\n").Body));
        Assert.Equal("Salut toi", Encoding.UTF8.GetString(server.Get("/", "Accept-Language: fr\r\n").Body));
    }
}
