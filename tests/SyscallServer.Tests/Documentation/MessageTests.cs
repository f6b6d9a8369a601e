using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>
/// docs/troubleshooting.md explains what a server can say and how it can end: all of it, and nothing else. In messages of the engine <c>$</c> stands for a text, <c>@</c> for an address, <c>#</c> for a number and <c>!</c> for an error of the
/// kernel (see Message); the page has words in capitals in their place.
/// </summary>
[Trait("Category", "Documents")]
public sealed partial class MessageTests
{
    /// <summary>Where the engine has texts for people. The others have those of HTTP, and of the kernel (below).</summary>
    private static readonly string[] Rooms = ["Process", "Features", "Listening", "Transport", "Models", "Startup"];

    /// <summary>Of these, texts that are sent to clients.</summary>
    private static readonly string[] ForClients = ["Features/Metrics/MetricsPage.cs", "Features/Handlers/ResponseWriter.cs"];

    /// <summary>What is above the tables of these messages.</summary>
    private static readonly string[] Headings = ["It starts", "Arguments", "It does not start", "Secrets", "Variables", "While it runs", "Handlers", "Health checks"];

    private static readonly Page Troubleshooting = Page.Read("docs/troubleshooting.md");

    [Fact]
    public void Every_message_of_the_engine_is_explained_and_none_else()
    {
        // What an exception says is put together from a route, a type and a message.
        IEnumerable<string> written = Literals(file => Rooms.Contains(file.Split('/')[0]) && !ForClients.Contains(file))
            .SelectMany(text => text.Split('\0'))
            .Where(IsMessage)
            .Select(text => text == "$" ? "$: $: $" : text.Replace('@', '$'));
        AssertSame(written, Headings.SelectMany(Explained).Select(text => Result().Replace(Number().Replace(Name().Replace(text, "$"), "#"), "!")));
    }

    [Fact]
    public void Every_line_of_a_program_that_breaks_a_rule_is_explained_and_none_else()
    {
        IEnumerable<string> starts = Directory.GetFiles(Repository.Path("runtime", "Freestanding"), "*.S", SearchOption.AllDirectories)
            .SelectMany(file => Asciz().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        IEnumerable<string> aborts = Literals(file => file.StartsWith("Freestanding/System.Runtime/", StringComparison.Ordinal)).Where(text => text.EndsWith('\n')).Select(text => text[..^1]);
        AssertSame(starts.Concat(aborts).Concat(Exceptions().Select(text => Interpolation().Replace(text, "$"))), Explained("Faults").Select(text => Number().Replace(Name().Replace(text, "$"), "$")));
    }

    [Fact]
    public void Every_reason_is_explained_and_none_else()
        => AssertSame(
            Literals(file => file == "Kernel/Errno.cs").Select(text => text[1..].TrimEnd('\0')),
            Explained("Reasons").Select(text => Number().Replace(text, "#")));

    /// <summary>Those that Run documents in every program, and that of the start code for a program that broke a rule.</summary>
    [Fact]
    public void Every_exit_code_is_explained_and_none_else()
    {
        string emitted = File.ReadAllText(Repository.Path("tests", "SyscallServer.Tests", "Snapshots", "Hello.verified.txt"));
        string documented = emitted[emitted.IndexOf("The exit code for Main to return:", StringComparison.Ordinal)..].Split("</returns>")[0];
        string start = File.ReadAllText(Repository.Path("runtime", "Freestanding", "linux-x64", "StartCode.S"));
        string[] codes = [.. Documented().Matches(documented).Select(match => match.Groups[1].Value), Aborted().Match(start).Groups[1].Value];
        Assert.Equal(codes, Troubleshooting.Rows("Exit codes").Select(row => row[0]));
    }

    /// <summary>The messages in the first column of the tables below a heading.</summary>
    private static IEnumerable<string> Explained(string heading)
        => Troubleshooting.Rows(heading).SelectMany(row => CodeSpan().Matches(row[0]).Select(match => match.Groups[1].Value));

    private static void AssertSame(IEnumerable<string> written, IEnumerable<string> explained)
        => Assert.Equal(written.Distinct().Order(StringComparer.Ordinal), explained.Distinct().Order(StringComparer.Ordinal));

    /// <summary>A text for people has a place for something else, or several words. What is sent has ends of lines, quotes or braces, but for those of a hash among secrets.</summary>
    private static bool IsMessage(string text)
        => text.Replace("{SHA256}", "", StringComparison.Ordinal).AsSpan().IndexOfAny("\r\n\"<{") < 0 && (text.EndsWith('!') || text.AsSpan().IndexOfAny("$@#") >= 0 || Sentence().IsMatch(text));

    private static IEnumerable<string> Literals(Func<string, bool> isWanted)
        => from file in Repository.Sources("runtime")
           where isWanted(file)
           from literal in CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path("runtime", file))).GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
           where literal.IsKind(SyntaxKind.Utf8StringLiteralExpression)
           select literal.Token.ValueText;

    /// <summary>What the host with a runtime throws when a server starts.</summary>
    private static IEnumerable<string> Exceptions()
        => from creation in CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path("runtime", "Startup", "ManagedHost.cs"))).GetRoot().DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
           where creation.Type.ToString().EndsWith("Exception", StringComparison.Ordinal)
           select creation.ArgumentList!.Arguments[0].Expression switch
           {
               InterpolatedStringExpressionSyntax text => text.Contents.ToString(),
               LiteralExpressionSyntax text => text.Token.ValueText,
               ExpressionSyntax other => other.ToString(),
           };

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\b(?:ARGUMENT|ASSEMBLY|ENDPOINT|FOLDER|MESSAGE|NAME|PATH|PLATFORM|ROUTE|SOURCE|TYPE|VALUE)\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bN\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"\bREASON\b")]
    private static partial Regex Result();

    [GeneratedRegex("^[A-Za-z][^ ]* [^ ]+ [^ ]")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Interpolation();

    [GeneratedRegex(@"\.asciz +""([^""]*)\\n""")]
    private static partial Regex Asciz();

    [GeneratedRegex(@"(\d) (?:after|where)")]
    private static partial Regex Documented();

    [GeneratedRegex(@"mov +edi, (\d+) +/\* 128 \+ SIGABRT \*/")]
    private static partial Regex Aborted();
}
