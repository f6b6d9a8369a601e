using System;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What --help prints fits a terminal, whatever options a server has.</summary>
public partial class HelpTests
{
    private const string Everything = "Concurrency = Concurrency.EventLoop, AccessLog = AccessLogMode.Optional, DrainDelaySeconds = 5";

    [Theory]
    [InlineData("[TcpServer]", "")]
    [InlineData("[TcpServer(AccessLog = AccessLogMode.Optional, DrainDelaySeconds = 240)]", "[HealthCheck(\"/healthz\")]")]
    [InlineData("[TcpServer(Address = \"::1\")]", "")]
    [InlineData("[TcpServer(" + Everything + ")]", "[HealthCheck(\"/healthz\")] [Metrics(\"/metrics\", Listen = \"127.0.0.1:9090\")]")]
    [InlineData("[TcpServer(" + Everything + ", Listen = [\"0.0.0.0:8080\", \"[::1]:8080\", \"unix:/run/a-site/site.sock\", \"0.0.0.0:8081 proxy\", \"127.0.0.1:8082\", \"127.0.0.1:8083\", \"unix:@site\"])]", "[HealthCheck(\"/healthz\")] [Metrics(\"/metrics\", Listen = \"127.0.0.1:9090\")]")]
    public void It_has_at_most_80_columns_and_24_lines(string server, string attributes)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; {server} [StaticResponse(\"/\", \"a\")] {attributes} static partial class Site;");
        string[] lines = [.. HelpLine().Matches(run.Files.Values.Single(file => file.Contains("Usage: ", StringComparison.Ordinal))).Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).SkipWhile(line => !line.StartsWith("Usage", StringComparison.Ordinal))];
        int last = Array.IndexOf(lines, "  --version    print the version");
        Assert.NotEqual(-1, last);
        lines = lines[..(last + 1)];
        Assert.InRange(lines.Length, 6, 24);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
    }

    /// <summary>The lines of the texts, as they are emitted.</summary>
    [GeneratedRegex("^ *\"((?:[^\"\\\\]|\\\\\")*)\\\\n\"u8 \\+", RegexOptions.Multiline)]
    private static partial Regex HelpLine();
}
