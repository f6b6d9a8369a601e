using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What is wrong with files of [HeadersFile], and where. (What each line may be is a table of docs/headers.md, which has a test.)</summary>
public class FieldRuleDiagnosticTests
{
    private const string Source = """
        using SyscallServer;

        [TcpServer]
        [StaticResponse("/", "x")]
        [HeadersFile("_headers")]
        static partial class Site;
        """;

    [Theory]
    [InlineData("SYSC048", 7700, 0)]
    [InlineData("SYSC138", 1, 15)]
    public async Task What_is_too_much_is_said_at_the_attribute(string id, int length, int patterns)
    {
        string rules = $"/*\n  X-Long: {new string('x', length)}\n" + string.Concat(Enumerable.Range(0, patterns).Select(i => $"/*.{i}\n  X-{i}: 1\n"));
        (Diagnostic diagnostic, string squiggled) = Assert.Single(await GeneratorRun.Of(GeneratorRun.Compile(Source), [new TextFile("_headers", rules)], TextFile.Project).AnalyzeAsync());
        Assert.Equal((id, "\"_headers\""), (diagnostic.Id, squiggled));
    }

    [Theory]
    [InlineData("# a\n\n  /*  \n\tContent-Length: 5 \n", "Content-Length: 5", "(3,1)-(3,18)", "'Content-Length: 5' cannot be sent as a header: 'Content-Length' is written by the server itself")]
    [InlineData("/*\r\n  X: \u00e9\r\n", "X: \u00e9", "(1,2)-(1,6)", "its value holds")]
    [InlineData("/a b\n  X: 1", "/a b", "(0,0)-(0,4)", "it has a blank: write %20")]
    [InlineData("/a?b\n  X: 1", "/a?b", "(0,0)-(0,4)", "it has a query")]
    [InlineData("/a%00\n  X: 1", "/a%00", "(0,0)-(0,5)", "no client can ask for it")]
    [InlineData("/a%01\n  X: 1", "/a%01", "(0,0)-(0,5)", "it has a control character")]
    [InlineData("https://a_b!.example/\n  X: 1", "https://a_b!.example/", "(0,0)-(0,21)", "is no pattern of paths")]
    [InlineData("/*\n  X:\n", "X:", "(1,2)-(1,4)", "it has no value: write \"!X\"")]
    [InlineData("/*\n  ! X: 1\n", "! X: 1", "(1,2)-(1,8)", "the name 'X: 1' is not a token")]
    public async Task A_line_that_cannot_be_done_is_named(string rules, string squiggled, string place, string message)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of(GeneratorRun.Compile(Source), [new TextFile("_headers", rules)], TextFile.Project).AnalyzeAsync());
        Assert.Equal(("SYSC139", squiggled, $"/project/_headers: {place}"), (diagnostic.Id, text, diagnostic.Location.GetLineSpan().ToString()));
        Assert.Contains(message, diagnostic.GetMessage(null), System.StringComparison.Ordinal);
    }
}
