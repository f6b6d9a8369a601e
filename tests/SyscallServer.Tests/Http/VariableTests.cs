using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SyscallServer.Tests.Generator;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Variables of [StaticFile]: values of the environment, byte for byte as the place needs them.</summary>
public sealed class VariableTests : IDisposable
{
    private const string Script = "const a = \"${X}\", b = '${X}', c = `${X} ${d}`;\n";
    private const string Data = "{\"a\": \"${X}\"}";
    private const string Page = "<p title=\"${X}\">${X}</p><a href=\"${X}\"><a href='https://${X}/${X}'><script>a = '${X}'</script><style>a::before { content: '${X}' }</style>";

    /// <summary>What ends what it stands in, everywhere.</summary>
    private const string Hostile = "</script></style><!--\"'`${alert(1)}\\\\x41&amp;\n\r\t]]> */ // \u2028\u2029 \u00E9\u4E16\U0001F600 javascript:%41 ?#/";

    private readonly Assets _assets = new();

    public void Dispose() => _assets.Dispose();

    private CompiledServer Compile(string path, string content, string variables = "\"X\"", string more = "")
    {
        _assets.Add(path, content);
        return CompiledServer.Of($"using SyscallServer; [TcpServer] [StaticFile(\"/\", \"{path}\", Variables = [{variables}])] {more} partial class Site;", _assets);
    }

    private string Filled(string path, string content, string value)
    {
        CompiledServer server = Compile(path, content);
        Assert.Equal("", server.Fill("Y=y", "X_=z", "XX=z", "X=" + value));
        Response response = server.Get("/", "Accept-Encoding: gzip, br\r\n");
        Assert.Equal((200, null), (response.Status, response["Content-Encoding"]));
        return Encoding.UTF8.GetString(response.Body);
    }

    [Theory]
    [InlineData("a.txt", "<${X}>", "a\n<\"'&", "<a\n<\"'&>")]
    [InlineData("a.js", "a = \"${X}\" + `${b}`", "c", "a = \"c\" + `${b}`")]
    [InlineData("a.js", "'${X}'", "\"'`\\$<>&\n\r\t\u2028\u2029\u202A", "'\\u0022\\u0027\\u0060\\u005C\\u0024\\u003C\\u003E\\u0026\\u000A\\u000D\\u0009\\u2028\\u2029\u202A'")]
    [InlineData("a.json", "\"${X}\"", "</script>", "\"\\u003C/script\\u003E\"")]
    [InlineData("a.css", "'${X}'", "a'b\n\\</style> -_.,;\u00E9", "'a\\27 b\\0A \\5C \\3C \\2F style\\3E  -_.,\\3B \u00E9'")]
    [InlineData("a.html", "${X}", "<b>&\"'\n\t\r`=", "&#60;b&#62;&#38;&#34;&#39;&#10;&#9;&#13;`=")]
    [InlineData("a.html", "<a title='${X}'>", "' onclick='a", "<a title='&#39; onclick=&#39;a'>")]
    [InlineData("a.html", "<a href='${X}'>", "https://u@h:1/p(a)!$*+,;=[]?q&r#s%20 '\"<>\\^`{|}\u00E9\n", "<a href='https://u@h:1/p(a)!$*+,;=[]?q&#38;r#s%20%20%27%22%3C%3E%5C%5E%60%7B%7C%7D%C3%A9%0A'>")]
    [InlineData("a.html", "<a href='http://${X}/'>", "h:80/[::1]@?&", "<a href='http://h:80%2F[::1]%40%3F%26/'>")]
    [InlineData("a.html", "<a href='/${X}'>", "a/b c:&~-._", "<a href='/a%2Fb%20c%3A%26~-._'>")]
    [InlineData("a.svg", "<text a='${X}'>${X}</text>", "<&'", "<text a='&#60;&#38;&#39;'>&#60;&#38;&#39;</text>")]
    [InlineData("a.txt", "[${X:-standard}][${X}]", "", "[standard][]")]
    [InlineData("a.txt", "[${X:-}]", "", "[]")]
    [InlineData("a.html", "${X:-a&b}${Y}", "", "a&#38;b${Y}")]
    [InlineData("a.txt", "${X}${X}a${X}", "bc", "bcbcabc")]
    public void A_value_is_written_as_the_place_needs_it(string path, string content, string value, string expected) => Assert.Equal(expected, Filled(path, content, value));

    [Fact]
    public void A_hostile_value_is_read_back_as_it_was_by_whoever_reads_the_file()
    {
        Assert.Equal(Hostile, JsonDocument.Parse(Filled("a.json", Data, Hostile)).RootElement.GetProperty("a").GetString());
        XElement text = XDocument.Parse(Filled("a.svg", "<text a='${X}'>${X}</text>", Hostile), LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal((Hostile, Hostile), (text.Value, text.Attribute("a")!.Value));
        Assert.Equal(Hostile, Filled("a.txt", "${X}", Hostile));

        // A string of a script is one of JSON, but for its quotes.
        string script = Filled("a.js", Script, Hostile);
        Assert.Equal(Hostile, JsonSerializer.Deserialize<string>(script.AsSpan()[script.IndexOf('"', StringComparison.Ordinal)..(script.IndexOf(", b", StringComparison.Ordinal))]));
        Assert.DoesNotContain("</", Filled("b.js", Script, Hostile).Replace(" ${d}", "", StringComparison.Ordinal), StringComparison.Ordinal);

        // Nothing that is a tag, a quotation mark or a comment comes into a page with it.
        string page = Filled("a.html", Page, Hostile.Replace("javascript:", "", StringComparison.Ordinal));
        Assert.Equal(Page.Count(character => character is '<' or '>' or '"' or '\''), page.Count(character => character is '<' or '>' or '"' or '\''));
        Assert.DoesNotContain('\n', page);
    }

    /// <summary>All that can be in a text, at random, is read back as it was.</summary>
    [Fact]
    public void Random_values_are_read_back_too()
    {
        CompiledServer json = Compile("a.json", Data);
        using var others = new Assets();
        others.Add("a.svg", "<t a='${X}'>${X}</t>");
        CompiledServer svg = CompiledServer.Of("using SyscallServer; [TcpServer] [StaticFile(\"/\", \"a.svg\", Variables = [\"X\"])] partial class Site;", others);
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            string value = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Character(random)));
            Assert.Equal(("", ""), (json.Fill("X=" + value), svg.Fill("X=" + value)));
            Assert.Equal(value, JsonDocument.Parse(json.Get("/", "").Body).RootElement.GetProperty("a").GetString());
            XElement text = XDocument.Parse(Encoding.UTF8.GetString(svg.Get("/", "").Body), LoadOptions.PreserveWhitespace).Root!;
            Assert.Equal((value, value), (text.Value, text.Attribute("a")!.Value));
        }
    }

    private static string Character(Random random)
    {
        while (true)
        {
            int code = random.Next(4) switch { 0 => random.Next(0x20, 0x7F), 1 => random.Next(0xA0, 0x3000), 2 => random.Next(0x110000), _ => "\t\n\r<>&\"'`\\$"[random.Next(11)] };
            if (Rune.IsValid(code) && code is >= 0xA0 or (>= 0x20 and < 0x7F) or '\t' or '\n' or '\r' && code is not (0xFFFD or (>= 0xFDD0 and <= 0xFDEF)) && (code & 0xFFFE) != 0xFFFE)
            {
                return new Rune(code).ToString();
            }
        }
    }

    public static TheoryData<byte[], bool> Values => new()
    {
        { "a"u8.ToArray(), true },
        { "\t\n\r"u8.ToArray(), true },
        { [0x01], false },
        { [0x1F], false },
        { [0x7F], false },
        { [0x80], false },
        { [0xC2, 0x9F], false },
        { [0xC2, 0xA0], true },
        { [0xC0, 0x80], false },
        { [0xC1, 0xBF], false },
        { [0xC3], false },
        { [0xC3, 0x28], false },
        { [0xE0, 0x9F, 0xBF], false },
        { [0xE0, 0xA0, 0x80], true },
        { [0xE2, 0x80], false },
        { [0xED, 0x9F, 0xBF], true },
        { [0xED, 0xA0, 0x80], false },
        { [0xEF, 0xBF, 0xBC], true },
        { [0xEF, 0xBF, 0xBD], false },
        { [0xEF, 0xBF, 0xBE], false },
        { [0xF0, 0x8F, 0xBF, 0xBF], false },
        { [0xF0, 0x90, 0x80, 0x80], true },
        { [0xF4, 0x8F, 0xBF, 0xBD], true },
        { [0xF4, 0x8F, 0xBF, 0xBF], false },
        { [0xF4, 0x90, 0x80, 0x80], false },
        { [0xF5, 0x80, 0x80, 0x80], false },
        { [0xFF], false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void What_is_no_text_ends_the_start(byte[] value, bool isText)
    {
        CompiledServer server = Compile("a.txt", "${X}");
        Assert.Equal(isText ? "" : "X: not UTF-8, or with control characters, which files cannot have\n", server.FillBytes([.. "X="u8, .. value]));
        Assert.Equal(isText ? "" : "X: not UTF-8, or with control characters, which files cannot have\n", server.FillBytes([.. "X=abc"u8, .. value, .. "def"u8]));
        if (isText)
        {
            Assert.Equal([.. "abc"u8, .. value, .. "def"u8], server.Get("/", "").Body);
        }
    }

    [Theory]
    [InlineData("https://a", true)]
    [InlineData("HTTP://a", true)]
    [InlineData("mailto:a", true)]
    [InlineData("tel:1", true)]
    [InlineData("/a:b", true)]
    [InlineData("a/b:c", true)]
    [InlineData("", true)]
    [InlineData(":", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)", false)]
    [InlineData("data:text/html,a", false)]
    [InlineData("httpss:a", false)]
    [InlineData("http-x:a", false)]
    [InlineData("a.b+c-9:d", false)]
    [InlineData(" javascript:a", true)] // the blank is encoded, so it is no scheme
    [InlineData("java\nscript:a", true)] // likewise
    public void An_address_in_a_page_runs_nothing(string value, bool isGood)
        => Assert.Equal(isGood ? "" : "X: the scheme of this address is none of http, https, mailto and tel\n", Compile("a.html", "<a href='${X}'>").Fill("X=" + value));

    [Fact]
    public void A_variable_that_is_not_set_ends_the_start()
    {
        CompiledServer server = Compile("a.txt", "${X}${Y:-y}", "\"X\", \"Y\"");
        Assert.Equal("X: not set; files of the server need this variable of the environment\n", server.Fill());
        Assert.Equal("X: not set; files of the server need this variable of the environment\n", server.Fill("XX=a", "x=a", "Y=b"));
        Assert.Equal("", server.Fill("X="));
        Assert.Equal("y", Encoding.UTF8.GetString(server.Get("/", "").Body));
        Assert.Equal("", server.Fill("X=a", "Y=b", "X=c")); // the first one, as getenv(3)
        Assert.Equal("ab", Encoding.UTF8.GetString(server.Get("/", "").Body));
    }

    [Fact]
    public void A_value_has_16384_bytes_at_most()
    {
        CompiledServer server = Compile("a.css", "'${X}'");
        string longest = new('<', 16384);
        Assert.Equal("", server.Fill("X=" + longest));
        Assert.Equal($"'{string.Concat(Enumerable.Repeat("\\3C ", 16384))}'", Encoding.UTF8.GetString(server.Get("/", "").Body));
        Assert.Equal("X: too long; what files get of it has at most 16384 bytes\n", server.Fill("X=" + longest + "<"));
    }

    [Fact]
    public void Without_memory_it_ends_too()
    {
        CompiledServer server = Compile("a.txt", "${X}");
        SecretsKernel.HasNoMemory = true;
        string message = server.Fill("X=a");
        SecretsKernel.HasNoMemory = false;
        Assert.Equal("mmap: out of memory (ENOMEM)\n", message);
    }

    [Fact]
    public void The_entity_tag_says_what_the_values_are_and_everything_else_is_as_with_other_files()
    {
        CompiledServer server = Compile("a.txt", "0123${X}6789", more: "[StaticFile(\"/plain\", \"a.txt\")] [StaticFile(\"/again\", \"a.txt\", Variables = [\"X\"])] [StaticFile(\"/same.html\", \"a.txt\", ContentType = \"text/plain; charset=utf-8; x=y\", Variables = [\"X\"])]");
        Response before = server.Get("/plain", "");
        var tags = new HashSet<string>();
        foreach (string value in (string[])["45", "", "a", new string('x', 5000), "45"])
        {
            Assert.Equal("", server.Fill("X=" + value));
            Response whole = server.Get("/", "");
            string text = $"0123{value}6789";
            Assert.Equal((200, text, $"{text.Length}", "bytes", null, "text/plain; charset=utf-8"), (whole.Status, Encoding.UTF8.GetString(whole.Body), whole["Content-Length"], whole["Accept-Ranges"], whole["Last-Modified"], whole["Content-Type"]));
            string tag = whole["ETag"]!;
            Assert.Matches("^\"[A-Za-z0-9_-]{12}\"$", tag);
            Assert.NotEqual(before["ETag"], tag);
            Assert.Equal(tag, server.Get("/again", "")["ETag"]);
            Assert.NotEqual(tag, server.Get("/same.html", "")["ETag"]); // another type
            tags.Add(tag);
            Response head = server.Exchange(("HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"))[0];
            Assert.Equal((whole.StatusLine, string.Join('\n', whole.Lines)), (head.StatusLine, string.Join('\n', head.Lines)));
            Response not = server.Get("/", $"If-None-Match: \"x\", {tag}\r\n");
            Assert.Equal((304, tag, null), (not.Status, not["ETag"], not["Content-Length"]));
            Assert.Equal(200, server.Get("/", $"If-None-Match: {before["ETag"]}\r\n").Status);
            Assert.Equal(200, server.Get("/", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\r\n").Status); // nobody knows when
            Assert.Equal(412, server.Get("/", "If-Match: \"x\"\r\n").Status);
            Response part = server.Get("/", $"Range: bytes=2-5\r\nIf-Range: {tag}\r\n");
            Assert.Equal((206, text[2..6], $"bytes 2-5/{text.Length}"), (part.Status, Encoding.UTF8.GetString(part.Body), part["Content-Range"]));
            Response end = server.Get("/", "Range: bytes=-4\r\n");
            Assert.Equal((206, "6789"), (end.Status, Encoding.UTF8.GetString(end.Body)));
            Assert.Equal(416, server.Get("/", $"Range: bytes={text.Length}-\r\n").Status);
            Response several = server.Get("/", "Range: bytes=0-0,-1\r\n");
            Assert.Equal(several.Status == 206 && several["Content-Type"]!.Contains(tag.Trim('"'), StringComparison.Ordinal), text.Length > 100);

            // Nothing else has changed.
            Response plain = server.Get("/plain", "");
            Assert.Equal((string.Join('\n', before.Lines), "0123${X}6789"), (string.Join('\n', plain.Lines), Encoding.UTF8.GetString(plain.Body)));
        }

        Assert.Equal(4, tags.Count);
        Assert.Equal(404, server.Get("/none", "").Status);
    }

    /// <summary>Another process with the same values says the same, so a load balancer may choose any.</summary>
    [Fact]
    public void All_replicas_have_the_same_entity_tag()
    {
        string Tag() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Replica().Get("/", "").Lines))));
        CompiledServer Replica()
        {
            CompiledServer server = Compile("a.js", Script);
            Assert.Equal("", server.Fill("A=b", "X=" + Hostile));
            return server;
        }

        Assert.Equal(Tag(), Tag());
    }

    /// <summary>A program of many template literals is a file as any other, where none of them is named.</summary>
    [Fact]
    public void What_is_not_named_stays_as_it_is()
    {
        const string content = "const a = `${b}${c}${d.e}` + '${Y}' /* ${Z} */ + ${f}; const x = '${X}';";
        Assert.Equal(content.Replace("${X}", "v", StringComparison.Ordinal), Filled("a.js", content, "v"));
    }
}
