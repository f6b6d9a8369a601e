using System;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Tasks.Assets;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Where in a file a placeholder stands, and so how its value is written there, or why it is not.</summary>
public class PlaceholderTests
{
    private const int PlaceField = 3;
    private const int NameField = 4;

    private static readonly string[] Names =
        ["Plain", "Markup", "Script", "Style", "Url", "UrlHost", "UrlPart", "", "", "", "Code", "Comment", "Tag", "Attribute", "Scheme", "Raw", "Unclear", "Malformed", "NotUtf8", "UnknownType"];

    private static string[][] Of(string path, byte[] content)
        => [.. Placeholders.Of(path, content).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(placeholder => placeholder.Split(' '))];

    /// <summary>The places of those that are called X.</summary>
    private static string Places(string path, string content)
        => string.Join(" ", Of(path, Encoding.UTF8.GetBytes(content)).Where(fields => fields[NameField] == "X").Select(fields => Names[int.Parse(fields[PlaceField], CultureInfo.InvariantCulture)]));

    [Theory]
    [InlineData("a = \"${X}\"", "Script")]
    [InlineData("a = '${X}'", "Script")]
    [InlineData("a = `${X}`", "Script")]
    [InlineData("a = `b${c.d}${X}${ `${X}` + {e: '${X}'} }${X}`", "Script Script Script Script")]
    [InlineData("a = `${b}` + `${c + '}'}${X}`", "Script")]
    [InlineData("a = ${X}", "Code")]
    [InlineData("a = `${ ${X} }`", "Code")]
    [InlineData("a = `\\${X}`; b = '\\'${X}'; c = \"\\\\\"; ${X}", "Script Code")]
    [InlineData("// '${X}'\n'${X}'", "Comment Script")]
    [InlineData("// it's\r'${X}'", "Script")]
    [InlineData("// it's\u2028'${X}'", "Script")]
    [InlineData("/* '\n */ '${X}' /* ${X} */", "Script Comment")]
    [InlineData("#!/usr/bin/it's\n'${X}'", "Script")]
    [InlineData("a = 'b\\\nc${X}'", "Script")]
    [InlineData("a = 'b\\\r\nc${X}'", "Script")]
    [InlineData("a = 'b\nc${X}'; '${X}'", "Unclear Unclear")]
    // A slash divides, or begins a regular expression.
    [InlineData("a / '${X}' / b", "Script")]
    [InlineData("a = /'/; '${X}'", "Script")]
    [InlineData("a = /[/']/g; '${X}'", "Script")]
    [InlineData("a = /\\/'/; '${X}'", "Script")]
    [InlineData("a = /${X}/", "Code")]
    [InlineData("a = (b) / c + '${X}' / d", "Script")]
    [InlineData("Math.floor(x)/60+\"m\"+y/2+\"${X}\"", "Script")]
    [InlineData("if (a) /'/.test(b); '${X}'", "Script")]
    [InlineData("while (f(a)) /'/.test(b); '${X}'", "Script")]
    [InlineData("a.if(b) / '${X}' / 2", "Script")]
    [InlineData("return /'/; '${X}'", "Script")]
    [InlineData("a.return / '${X}' / 2", "Script")]
    [InlineData("a[0] / '${X}' / 2", "Script")]
    [InlineData("a++ / '${X}' / 2", "Script")]
    [InlineData("1. / '${X}' / 2", "Script")]
    [InlineData("`a` / '${X}' / 2", "Script")]
    [InlineData("{} / a / '${X}'", "Script")]
    [InlineData("{} /'/ ; '${X}'", "Unclear")]
    [InlineData("a = {} / '${X}' / 2", "Unclear")]
    [InlineData("{}\n/a/ ; '${X}'", "Script")]
    [InlineData("{} / a; b\n'${X}'", "Script")]
    [InlineData("x = await /'/; '${X}'", "Unclear")]
    // Comments of old scripts.
    [InlineData("<!-- it's\n'${X}'", "Unclear")]
    [InlineData("a\n--> it's\n'${X}'", "Unclear")]
    [InlineData("for (;a-->0;) '${X}'", "Script")]
    // A function reads the text as it is written.
    [InlineData("String.raw`${X}`", "Raw")]
    [InlineData("f()`${X}`", "Raw")]
    [InlineData("return `${X}`", "Script")]
    public void In_a_script_a_value_goes_into_strings(string content, string places) => Assert.Equal(places, Places("a.js", content));

    [Theory]
    [InlineData("{\"a\": \"${X}\", \"b\": ${X}}", "Script Code")]
    [InlineData("{\"${X}\": \"\\\"${X}\\\\\"}${X}", "Script Script Code")]
    [InlineData("{\"a\": '${X}'}", "Code")]
    public void In_json_too(string content, string places) => Assert.Equal(places, Places("a.json", content));

    [Theory]
    [InlineData("a { b: \"${X}\"; c: '${X}'; d: ${X} }", "Style Style Code")]
    [InlineData("/* \" ${X} */ a { b: url(\"${X}\") }", "Comment Style")]
    [InlineData("a { b: url(${X}); c: URL( it's${X} ); d: '${X}' }", "Code Code Style")]
    [InlineData("a::before { content: '\\'${X}' } \\' ${X}", "Style Code")]
    [InlineData("a { b: 'c\n} d { e: '${X}' }", "Style")]
    public void In_a_style_sheet_a_value_goes_into_strings(string content, string places) => Assert.Equal(places, Places("a.css", content));

    [Theory]
    [InlineData("<p>${X}</p>", "Markup")]
    [InlineData("<p title=\"${X}\" lang='${X}' id=${X} ${X}>", "Markup Markup Tag Tag")]
    [InlineData("<${X}> </${X}> <p${X}>", "Markup Comment Tag")] // what does not begin with a letter is no tag
    [InlineData("<p title=\"a > ${X}\">${X}", "Markup Markup")]
    [InlineData("<p title=\"${X}>", "Tag")]
    [InlineData("<!-- ${X} --> ${X} <!--> ${X} <!---> ${X} <!-- --!> ${X}", "Comment Markup Markup Markup Markup")]
    [InlineData("<!DOCTYPE ${X}> <? ${X} > </ ${X}>", "Tag Comment Comment")]
    [InlineData("<title>${X} <b></title> <textarea><p id=${X}></textarea>", "Markup Markup")]
    [InlineData("<xmp>${X}</xmp> <iframe>${X}</iframe> ${X} <plaintext></plaintext>${X}", "Raw Raw Markup Raw")]
    [InlineData("a < b ${X}", "Markup")]
    // Addresses.
    [InlineData("<a href=\"${X}\"> <a HREF = ' ${X}/x'> <img src=\"${X}?a\">", "Url Url Url")]
    [InlineData("<a href=\"${X}:b\"> <a href=\"${X}&#58;b\"> <a href=\"java${X}\">", "Scheme Scheme UrlPart")]
    [InlineData("<a href=\"https://${X}/${X}?${X}#${X}\"> <a href=\"//${X}:${X}/\">", "UrlHost UrlPart UrlPart UrlPart UrlHost UrlHost")]
    [InlineData("<a href=\"/a/${X}\"> <a href=\"${Y}/a/${X}\"> <a href=\"mailto:${X}\">", "UrlPart UrlPart UrlPart")]
    [InlineData("<a href=\"javascript:f('${X}')\"> <a href=\"data:${X}\"> <a href=\"&#106;avascript:${X}\"> <a href=\"java\tscript:${X}\">", "Scheme Scheme Scheme Scheme")]
    [InlineData("<form action='${X}'><button formaction='${X}'><video poster='/${X}'>", "Url Url UrlPart")]
    [InlineData("<p onclick=\"f('${X}')\" style='${X}' :a='${X}' @b='${X}' v-if='${X}' srcset='${X}' data-a='${X}'>", "Attribute Attribute Attribute Attribute Attribute Attribute Markup")]
    // Scripts and styles in it.
    [InlineData("<script>a = '${X}'; ${X}</script>${X}", "Script Code Markup")]
    [InlineData("<SCRIPT TYPE=module>a = \"</scripty>${X}\"</SCRIPT >${X}", "Script Markup")]
    [InlineData("<script type=\"application/ld+json\">{\"a\": \"${X}\"} ${X}</script>", "Script Code")]
    [InlineData("<script type=\"text/template\">'${X}'</script>", "Raw")]
    [InlineData("<script>'<!--'; '${X}'</script>", "Unclear")]
    [InlineData("<script>'</script>${X}'", "Markup")]
    [InlineData("<style>a { b: '${X}' } ${X}</style>${X}", "Style Code Markup")]
    [InlineData("<svg><style>'${X}'</style><script>'${X}'</script><text>${X}</text></svg><style>'${X}'</style>", "Raw Raw Markup Style")]
    [InlineData("<svg><![CDATA[ > ${X}]]>${X}</svg> <![CDATA[ > ${X}]]>", "Raw Markup Markup")]
    public void In_a_page_the_place_decides(string content, string places) => Assert.Equal(places, Places("a.html", content));

    [Theory]
    [InlineData("<a b=\"${X}\">${X}</a>", "Markup Markup")]
    [InlineData("<!DOCTYPE a [ <!ENTITY b \"${X}\"> ]><a>${X}</a>", "Tag Markup")]
    [InlineData("<?xml version=\"1.0\"?><?b > ${X} ?><a>${X}<!-- > ${X} --></a>", "Comment Markup Comment")]
    [InlineData("<svg><style>'${X}'</style><script/><text>${X}</text><a xlink:href='${X}'/></svg>", "Raw Markup Url")]
    [InlineData("<title>${X}<b>${X}</b></title><a><![CDATA[ ${X} ]]></a>", "Markup Markup Raw")]
    public void In_xml_too(string content, string places) => Assert.Equal(places, Places("a.svg", content));

    [Theory]
    [InlineData("a.txt", "'${X}' <${X}>", "Plain Plain")]
    [InlineData("a.md", "${X}", "UnknownType")]
    [InlineData("a.wasm", "${X}", "UnknownType")]
    public void Of_other_files_the_type_decides(string path, string content, string places) => Assert.Equal(places, Places(path, content));

    [Fact]
    public void A_file_that_is_not_UTF8_has_no_places() => Assert.Equal("18", Of("a.txt", [0xFF, .. "${X}"u8])[0][PlaceField]);

    [Theory]
    [InlineData("${X}", "0 4 1 0 X")]
    [InlineData("a\nb\n ${a_B9} ${_}", "5 7 3 0 a_B9;13 4 3 0 _")]
    [InlineData("${X:-}${X:-a b;c-ü,}", "0 6 1 0 X -;6 15 1 0 X -a%20b%3Bc-%C3%BC%2C")]
    [InlineData("${X:-a\"b}", "0 2 1 17 X")]
    [InlineData("${X:=a}${X:+a}${X:?}${X:", "0 2 1 17 X;7 2 1 17 X;14 2 1 17 X;20 2 1 17 X")]
    [InlineData("${}${9}${X.a}${X-a}${X }$X{X}${Ü}${X", "")]
    [InlineData("$${X}", "1 4 1 0 X")]
    [InlineData("${${X}}", "2 4 1 0 X")]
    public void A_placeholder_has_a_name_and_perhaps_a_default(string content, string expected) => Assert.Equal(expected, Placeholders.Of("a.txt", Encoding.UTF8.GetBytes(content)));

    /// <summary>Files are as they are: none may make the build fail, or take long.</summary>
    [Theory]
    [InlineData("a.html")]
    [InlineData("a.svg")]
    [InlineData("a.js")]
    [InlineData("a.css")]
    [InlineData("a.json")]
    public void Whatever_is_in_a_file_it_is_read_to_its_end(string path)
    {
        string[] pieces = ["<", ">", "/", "\"", "'", "`", "${X}", "${", "}", "{", "(", ")", "\\", "\n", "<!--", "-->", "<script>", "</script>", "<style ", "</style>", "a", " href=", "//", "/*", "*/", "url(", "<svg>", "</svg>", "<![CDATA[", "]]>", "${X:-b}", "${X:", "=", "<title", "<?", "#!"];
        for (int seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)])));
            string[][] found = Of(path, content);

            Assert.All(found, fields => Assert.True(content.AsSpan(int.Parse(fields[0], CultureInfo.InvariantCulture)).StartsWith("${"u8), $"seed {seed}"));
            Assert.Equal(found.Select(fields => fields[0]).Distinct().Count(), found.Length);
        }

        // A file that is made to be slow.
        foreach (string piece in (string[])["<script>", "`${", "<a b=\"", "</", "/*", "{}/", "(", "<svg>", "<!--"])
        {
            _ = Of(path, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + "${X}"));
        }
    }
}
