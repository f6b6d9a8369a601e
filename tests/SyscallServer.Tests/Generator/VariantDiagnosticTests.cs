using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What can be wrong with Variables, Language, Exclude and CacheRules: each at its line.</summary>
public class VariantDiagnosticTests
{
    [Theory]
    [InlineData("SYSC141", "\"A-B\"", "'A-B' is no variable of the file: it is not the name of a variable", "a.txt", "Variables = [\"X\", \"A-B\"]")]
    [InlineData("SYSC141", "\"X\"", "it is named twice", "a.txt", "Variables = [\"X\", \"X\"]")]
    [InlineData("SYSC141", "\"S\"", "it has the secrets of a guard", "a.txt", "Variables = [\"S\"]")]
    [InlineData("SYSC142", "\"a.txt\"", "a.txt: there is no ${Z} in it", "a.txt", "Variables = [\"X\", \"Z\"]")]
    [InlineData("SYSC142", "\"a.js\"", "a.js, line 2: ${X} stands outside of a string", "a.js", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"a.html\"", "a.html, line 1: ${X} stands in a comment", "a.html", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"a.md\"", "a file of a type in which values cannot be written", "a.md", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"a.txt\"", "which is not that of 'text/html'", "a.txt", "Variables = [\"X\"], ContentType = \"text/html\"")]
    [InlineData("SYSC142", "\"b.txt\"", "${X} has no default that can be read", "b.txt", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"many.txt\"", "a server fills in at most 1000 places", "many.txt", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"large.txt\"", "a file with Variables has at most 1048576", "large.txt", "Variables = [\"X\"]")]
    [InlineData("SYSC142", "\"latin.txt\"", "a file that is not UTF-8", "latin.txt", "Variables = [\"X\"]")]
    public async Task What_cannot_be_filled_in_is_an_error_at_the_line(string id, string squiggled, string message, string file, string settings)
    {
        using var assets = new Assets();
        assets.Add("a.txt", "${X}").Add("b.txt", "${X:-\"}").Add("a.js", "\na = ${X}").Add("a.html", "<!-- ${X} -->").Add("a.md", "${X}").Add("many.txt", string.Concat(Enumerable.Repeat("${X}", 1001)))
            .Add("large.txt", "${X}" + new string(' ', 1 << 20)).Add("latin.txt", [0xE9, .. "${X}"u8]);
        GeneratorRun run = GeneratorRun.Of(
            GeneratorRun.Compile($"using SyscallServer; [TcpServer] [BasicAuth(\"/b\", \"r\", Users = \"S\")] [StaticResponse(\"/b\", \"b\")] [StaticFile(\"/\", \"{file}\", {settings})] partial class Site;"), assets.Manifest());
        await AssertSaysAsync(run, id, squiggled, message);
    }

    [Theory]
    [InlineData("SYSC143", "\"de_DE\"", "\"de_DE\" is not the tag of a language: write a hyphen: \"de-DE\"", "[StaticFile(\"/\", \"a.txt\", Language = \"de_DE\")]")]
    [InlineData("SYSC143", "\"\"", "is not the tag of a language", "[StaticFile(\"/\", \"a.txt\", Language = \"\")]")]
    [InlineData("SYSC143", "\"1a\"", "is not the tag of a language", "[StaticFile(\"/\", \"a.txt\", Language = \"1a\")]")]
    [InlineData("SYSC143", "\"abcdefghi\"", "is not the tag of a language", "[StaticFile(\"/\", \"a.txt\", Language = \"abcdefghi\")]")]
    [InlineData("SYSC143", "\"*\"", "is not the tag of a language", "[StaticFile(\"/\", \"a.txt\", Language = \"*\")]")]
    [InlineData("SYSC143", "\"DE\"", "'/' has another file in the language 'DE'", "[StaticFile(\"/\", \"a.txt\")] [StaticFile(\"/\", \"b.txt\", Language = \"de\")] [StaticFile(\"/\", \"b.txt\", Language = \"DE\")]")]
    [InlineData("SYSC143", "\"de\"", "No file of '/' is for clients that ask for another language", "[StaticFile(\"/\", \"a.txt\", Language = \"de\")] [StaticFile(\"/\", \"b.txt\", Language = \"en\")]")]
    [InlineData("SYSC143", "StaticFile(\"/\", \"b.txt\")", "'/' has two files for clients that ask for another language", "[StaticFile(\"/\", \"a.txt\", Language = \"de\", DefaultLanguage = true)] [StaticFile(\"/\", \"b.txt\")]")]
    [InlineData("SYSC143", "\"en\"", "'/' has two files for clients that ask for another language", "[StaticFile(\"/\", \"a.txt\", Language = \"de\", DefaultLanguage = true)] [StaticFile(\"/\", \"b.txt\", Language = \"en\", DefaultLanguage = true)]")]
    [InlineData("SYSC034", "\"/\"", "", "[StaticFile(\"/\", \"a.txt\")] [StaticFile(\"/\", \"b.txt\")] [StaticFile(\"/\", \"b.txt\", Language = \"en\")]")]
    [InlineData("SYSC034", "\"/\"", "", "[StaticFile(\"/\", \"a.txt\", Language = \"en\")] [StaticResponse(\"/\", \"b\")]")]
    [InlineData("SYSC080", "\"c.txt\"", "", "[StaticFile(\"/\", \"a.txt\")] [StaticFile(\"/\", \"c.txt\", Language = \"en\")]")]
    public async Task What_cannot_be_chosen_is_an_error_at_the_line(string id, string squiggled, string message, string attributes)
    {
        using var assets = new Assets();
        assets.Add("a.txt", "a").Add("b.txt", "b");
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer] {attributes} partial class Site;"), assets.Manifest());
        await AssertSaysAsync(run, id, squiggled, message);
    }

    [Theory]
    [InlineData("SYSC144", "\"/a\"", "without a slash at its beginning", "[Files(\"/f/\", \"r\", Exclude = [\"/a\"])]")]
    [InlineData("SYSC144", "\"a**b\"", "write it between slashes", "[Files(\"/f/\", \"r\", Exclude = [\"a**b\"])]")]
    [InlineData("SYSC144", "\".git/\"", "no client sees what begins with a dot", "[Files(\"/f/\", \"r\", Exclude = [\".git/\"])]")]
    [InlineData("SYSC144", "\"\"", "", "[Files(\"/f/\", \"r\", Exclude = [\"\"])]")]
    [InlineData("SYSC144", "\"a//b\"", "write one slash", "[Files(\"/f/\", \"r\", Exclude = [\"a//b\"])]")]
    [InlineData("SYSC144", "\"*.html\"", "write a pattern, a colon and the value", "[Files(\"/f/\", \"r\", CacheRules = [\"*.html\"])]")]
    [InlineData("SYSC144", "\"*.html:\"", "write a pattern, a colon and the value", "[StaticFiles(\"/f/\", \"w\", CacheRules = [\"*.html:\"])]")]
    [InlineData("SYSC144", "\"/x: y\"", "without a slash at its beginning", "[StaticFiles(\"/f/\", \"w\", CacheRules = [\"/x: y\"])]")]
    [InlineData("SYSC045", "\"a: \\n\"", "", "[Files(\"/f/\", \"r\", CacheRules = [\"a: \\n\"])]")]
    [InlineData("SYSC145", "\"w\"", "The pattern '*.css' of CacheRules is for no file below 'w' that no rule before it is for", "[StaticFiles(\"/f/\", \"w\", CacheRules = [\"*.txt: no-cache\", \"*.css: no-store\"])]")]
    [InlineData("SYSC145", "\"w\"", "The pattern 'a.*' of CacheRules", "[StaticFiles(\"/f/\", \"w\", CacheRules = [\"*.txt: no-cache\", \"a.*: no-store\"])]")]
    [InlineData("SYSC126", "\"/f/\"", "'public'", "[Files(\"/f/\", \"r\", CacheRules = [\"*.txt: public\"])] [BasicAuth(\"/f/*\", \"r\", Users = \"U\")]")]
    [InlineData("SYSC126", "\"w\"", "'s-maxage'", "[StaticFiles(\"/f/\", \"w\", CacheRules = [\"*.txt: s-maxage=1\"])] [BasicAuth(\"/f/*\", \"r\", Users = \"U\")]")]
    public async Task A_rule_that_cannot_hold_is_named_at_the_line(string id, string squiggled, string message, string attributes)
    {
        using var assets = new Assets();
        assets.Add("w/a.txt", "a");
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.Compile($"using SyscallServer; [TcpServer] {attributes} partial class Site;"), assets.Manifest());
        await AssertSaysAsync(run, id, squiggled, message);
    }

    /// <summary>Whether there is this diagnostic at this place, and no other.</summary>
    private static async Task AssertSaysAsync(GeneratorRun run, string id, string squiggled, string message)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
