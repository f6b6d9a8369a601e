using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>The rows of docs/redirects.md: what the documentation of Netlify and of Cloudflare has of lines, and what becomes of them.</summary>
[Trait("Category", "Documents")]
public class RedirectRowTests
{
    private const string Attributes = "[Redirects(\"_redirects\")] [StaticFiles(\"/\", \"wwwroot\")] [StaticResponse(\"/route\", \"x\")]";

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (string[] row in Page.Read("docs/redirects.md").Rows("What Netlify and Cloudflare have"))
            {
                rows.Add(Code(row[0]), Code(row[2]), row[3]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_row_is_so(string line, string request, string answer)
    {
        using var assets = new Assets();
        assets.Add("wwwroot/index.html", "<p>index").Add("wwwroot/404.html", "<p>404").Add("wwwroot/en/404.html", "<p>en");
        if (answer.StartsWith("refused: ", StringComparison.Ordinal))
        {
            (Diagnostic diagnostic, _) = Assert.Single(await RedirectServer.Generate(line, Attributes, assets).AnalyzeAsync());
            Assert.Contains(diagnostic.Id, (IEnumerable<string>)["SYSC129", "SYSC037"]);
            return;
        }

        Match origin = Regex.Match(request, "^http://([^/]+)");
        Assert.Equal(Code(answer), new RedirectServer(line, Attributes, assets).Get(request[origin.Length..], origin.Success ? origin.Groups[1].Value : "h"));
    }

    [Fact]
    public void There_are_lines_of_both() => Assert.InRange(Rows.Count, 30, 100);

    /// <summary>What stands between the first two backticks.</summary>
    private static string Code(string cell) => cell.Split('`')[1];
}
