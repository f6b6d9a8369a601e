extern alias Generator;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

using GeneratorLimits = Generator::SyscallServer.Internal.Contract.Limits;

/// <summary>Each mistake, what is said of it, and which text is underlined. Nothing else may be said.</summary>
[Trait("Category", "Documents")]
public class DiagnosticTests
{
    private const string Attributes = "[TcpServer] [RawResponse(\"x\")] ";

    private static string NinePorts => $"[{string.Join(", ", Enumerable.Range(1, 9).Select(port => $"\"0.0.0.0:{port}\""))}]";

    private static string EightPorts => NinePorts.Replace(", \"0.0.0.0:9\"", "", StringComparison.Ordinal);

    /// <summary>Id, a part of the message, the squiggled text, the source.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "SYSC001", "declare it as 'partial class Site'", "Site", Attributes + "class Site { }" },
        { "SYSC003", "Port is 65536, but must be from 0 to 65535", "65536", "[TcpServer(Port = 65536)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "Port is -1, but must be from 0 to 65535", "-1", "[TcpServer(Port = -1)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "Backlog is 0, but must be from 1 to 65535", "0", "[TcpServer(Backlog = 0)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "MaxConnections is 32769, but must be from 1 to 32768", "32769", "[TcpServer(MaxConnections = 32769)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "ReadTimeoutSeconds is 0, but must be from 1 to 3600", "0", "[TcpServer(ReadTimeoutSeconds = 0)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "WriteTimeoutSeconds is 3601, but must be from 1 to 3600", "3600 + 1", "[TcpServer(WriteTimeoutSeconds = 3600 + 1)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC003", "GracePeriodSeconds is -1, but must be from 0 to 3600", "-1", "[TcpServer(GracePeriodSeconds = -1)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC004", "\"localhost\" is not an IP address", "\"localhost\"", "[TcpServer(Address = \"localhost\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC004", "\"[::1]\" is not an IP address", "\"[::1]\"", "[TcpServer(Address = \"[::1]\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC004", "\"10.1\" is not", "\"10.1\"", "[TcpServer(Address = \"10.1\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC004", "\"\" is not", "null!", "[TcpServer(Address = null!)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC005", "'Site' has nothing to answer: add a route", "TcpServer(Port = 1)", "[TcpServer(Port = 1)] partial class Site;" },
        { "SYSC006", "keep one [RawResponse]", "RawResponse(\"y\")", Attributes + "[RawResponse(\"y\")] partial class Site;" },
        { "SYSC007", "The response has 1048577 bytes, but at most 1048576", "Text.Long", Attributes.Replace("\"x\"", "Text.Long") + "partial class Site; static class Text { public const string Long = \"" + new string('x', 1048577) + "\"; }" },
        { "SYSC008", "declare it as 'partial struct Outer', or move 'Site' out of it", "Outer", "struct Outer { " + Attributes + "partial class Site; }" },
        { "SYSC009", "'Site' is generic", "Site", Attributes + "partial class Site<T>;" },
        { "SYSC009", "'Outer' is generic", "Outer", "partial class Outer<T> { " + Attributes + "partial class Site; }" },
        { "SYSC011", "'Site' already has a member 'Run'", "Run", Attributes + "partial class Site { int Run => 1; }" },
        { "SYSC011", "'Site' already has a member 'GeneratedServer'", "GeneratedServer", Attributes + "partial class Site { class GeneratedServer; }" },
        { "SYSC012", "remove 'file'", "Site", Attributes + "file partial class Site;" },
        { "SYSC013", "'7' is not a concurrency", "(Concurrency)7", "[TcpServer(Concurrency = (Concurrency)7)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC014", "lone surrogate at index 1", "\"a\\uD800\"", "[TcpServer] [RawResponse(\"a\\uD800\")] partial class Site;" },
        { "SYSC014", "it is null", "(string)null!", "[TcpServer] [RawResponse((string)null!)] partial class Site;" },
        { "SYSC016", "add [TcpServer]", "RawResponse(\"x\")", "[RawResponse(\"x\")] partial class Site;" },
        { "SYSC052", "SocketMode means nothing to a server that has no Unix socket", "\"0660\"", "[TcpServer(SocketMode = \"0660\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC052", "AccessLogMode.Optional means nothing to a server without a command-line interface", "AccessLogMode.Optional", "[TcpServer(AccessLog = AccessLogMode.Optional, CommandLineInterface = false)] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC003", "AccessLog is 3, but must be from 0 to 2: write AccessLogMode.Never, AccessLogMode.Optional or AccessLogMode.Always", "(AccessLogMode)3", "[TcpServer(AccessLog = (AccessLogMode)3)] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC003", "AccessLogFormat is 3, but must be from 0 to 2: write AccessLogFormat.Common, AccessLogFormat.Combined or AccessLogFormat.Json", "(AccessLogFormat)3", "[TcpServer(AccessLog = AccessLogMode.Always, AccessLogFormat = (AccessLogFormat)3)] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC052", "AccessLogFormat means nothing to a server without an access log", "AccessLogFormat.Json", "[TcpServer(AccessLogFormat = AccessLogFormat.Json)] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC052", "TrustedProxies means nothing to a server with neither an access log, nor handlers, nor [AllowFrom]", "[\"::1\"]", "[TcpServer(TrustedProxies = [\"::1\"])] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC052", "ClientAddressField means nothing to a server that trusts no proxy: TrustedProxies says which it trusts", "\"Forwarded\"", "[TcpServer(AccessLog = AccessLogMode.Always, ClientAddressField = \"Forwarded\")] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC066", "\"X Real\" is no name of a field: write one such as \"X-Forwarded-For\" or \"Forwarded\"", "\"X Real\"", "[TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = [\"::1\"], ClientAddressField = \"X Real\")] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC066", "\"10.0.0.1/8\" is no address of proxies: write a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" (the bits behind its prefix are 0), one address, or \"unix:\"", "\"10.0.0.1/8\"", "[TcpServer(AccessLog = AccessLogMode.Always, TrustedProxies = [\"10.0.0.0/8\", \"10.0.0.1/8\"])] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC052", "AccessLog means nothing to a raw response, which is no HTTP", "AccessLogMode.Always", "[TcpServer(AccessLog = AccessLogMode.Always)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC052", "Systemd means nothing to a server without a command-line interface", "true", "[TcpServer(Systemd = true, CommandLineInterface = false)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC052", "HealthCheckOption means nothing to a server without a command-line interface", "true", "[TcpServer(HealthCheckOption = true, CommandLineInterface = false)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"8080\" is not an endpoint", "\"8080\"", "[TcpServer(Listen = [\"0.0.0.0:80\", \"8080\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"::1:8080\" is not an endpoint", "\"::1:8080\"", "[TcpServer(Listen = new[] { \"::1:8080\" })] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"localhost:8080\" is not", "\"localhost:8080\"", "[TcpServer(Listen = [\"localhost:8080\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"0.0.0.0:65536\" is not", "\"0.0.0.0:65536\"", "[TcpServer(Listen = [\"0.0.0.0:65536\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"unix:site.sock\" is not", "\"unix:site.sock\"", "[TcpServer(Listen = [\"unix:site.sock\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"\" is not an endpoint", "null!", "[TcpServer(Listen = [null!])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC061", "has more than 107 bytes", $"\"unix:/{new string('p', 107)}\"", $"[TcpServer(Listen = [\"unix:/{new string('p', 107)}\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC062", "\"[0::0]:80\" is already in the list", "\"[0::0]:80\"", "[TcpServer(Listen = [\"[::]:80\", \"[0::0]:80\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC062", "\"unix:/a\" is already", "\"unix:/a\"", "[TcpServer(Listen = [\"unix:/a\", \"unix:/a\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC063", "Listen has 0 endpoints, but must have from 1 to 8", "[]", "[TcpServer(Listen = [])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC063", "Listen has 9 endpoints", NinePorts, $"[TcpServer(Listen = {NinePorts})] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC060", "\"127.0.0.1:9090 \" is not an endpoint", "\"127.0.0.1:9090 \"", "[TcpServer] [Metrics(\"/metrics\", Listen = \"127.0.0.1:9090 \")] partial class Site;" },
        { "SYSC060", "\"9090 proxy\" is not an endpoint", "\"9090 proxy\"", "[TcpServer] [Metrics(\"/metrics\", Listen = \"9090 proxy\")] partial class Site;" },
        { "SYSC060", "\"\" is not an endpoint", "null", "[TcpServer] [Metrics(\"/metrics\", Listen = null)] partial class Site;" },
        { "SYSC060", "\"0.0.0.0:80 PROXY\" is not an endpoint", "\"0.0.0.0:80 PROXY\"", "[TcpServer(Listen = [\"0.0.0.0:80 PROXY\"])] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC060", "\"0.0.0.0:80 proxy\" is not an endpoint", "\"0.0.0.0:80 proxy\"", "[TcpServer(Listen = [\"0.0.0.0:80 proxy\"])] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC061", "has more than 107 bytes", $"\"unix:/{new string('p', 107)} proxy\"", $"[TcpServer] [Metrics(\"/metrics\", Listen = \"unix:/{new string('p', 107)} proxy\")] partial class Site;" },
        { "SYSC062", "\"0.0.0.0:80 proxy\" is already", "\"0.0.0.0:80 proxy\"", "[TcpServer(Listen = [\"0.0.0.0:80\", \"0.0.0.0:80 proxy\"])] [StaticResponse(\"/\", \"x\")] partial class Site;" },
        { "SYSC063", "Listen has 8 endpoints, but must have from 1 to 7", EightPorts, $"[TcpServer(Listen = {EightPorts})] [Metrics(\"/metrics\", Listen = \"unix:/m\")] partial class Site;" },
        { "SYSC067", "The server listens at \"0.0.0.0:8080\" for everything else", "\"0.0.0.0:8080\"", "[TcpServer] [Metrics(\"/metrics\", Listen = \"0.0.0.0:8080\")] partial class Site;" },
        { "SYSC067", "The server listens at \"unix:/a proxy\"", "\"unix:/a proxy\"", "[TcpServer(Listen = [\"[::]:80\", \"unix:/a\"])] [Metrics(\"/metrics\", Listen = \"unix:/a proxy\")] partial class Site;" },
        { "SYSC064", "Port is set beside Listen", "80", "[TcpServer(Listen = [\"unix:/a\"], Port = 80)] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC064", "Address is set beside Listen", "\"::1\"", "[TcpServer(Listen = [\"unix:/a\"], Address = \"::1\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC065", "\"660 \" is not the mode of a file", "\"660 \"", "[TcpServer(Listen = [\"unix:/a\"], SocketMode = \"660 \")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC065", "\"1777\" is not", "\"1777\"", "[TcpServer(Listen = [\"unix:/a\"], SocketMode = \"1777\")] [RawResponse(\"x\")] partial class Site;" },
        { "SYSC065", "\"0668\" is not", "\"0668\"", "[TcpServer(Listen = [\"unix:/a\"], SocketMode = \"0668\")] [RawResponse(\"x\")] partial class Site;" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_where_it_is(string id, string message, string squiggled, string source)
    {
        (Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of("using SyscallServer; " + source).AnalyzeAsync());
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(squiggled, text);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_the_only_thing_that_the_compiler_reports(string id, string message, string squiggled, string source)
    {
        _ = (message, squiggled);
        GeneratorRun run = GeneratorRun.Of("using SyscallServer; " + source);
        IEnumerable<string> errors = run.After.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);

        // A response without a server is only a warning; there the program really lacks its Main.
        Assert.Equal(id == "SYSC016" ? ["CS5001"] : [], errors);
    }

    [Fact]
    public async Task Unsafe_code_that_is_not_allowed_is_named()
    {
        var run = GeneratorRun.Of(GeneratorRun.Compile("using SyscallServer; " + Attributes + "partial class Site;", allowUnsafe: false));
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("SYSC002", diagnostic.Id);
        Assert.Equal("Site", text);
        Assert.Contains("<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_language_version_is_named()
    {
        var run = GeneratorRun.Of(GeneratorRun.Compile("using SyscallServer; " + Attributes + "partial class Site { }", language: LanguageVersion.CSharp10));
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("SYSC015", diagnostic.Id);
        Assert.Equal("Site", text);
        Assert.Contains("compiled as C# 10.0", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_servers_without_a_Main_are_each_named()
    {
        GeneratorRun run = GeneratorRun.Of("using SyscallServer; [TcpServer(Port = 1)] [RawResponse(\"a\")] partial class A; [TcpServer(Port = 2)] [RawResponse(\"b\")] partial class B;");
        IReadOnlyList<(Diagnostic Diagnostic, string Squiggled)> diagnostics = await run.AnalyzeAsync();
        Assert.Equal(["SYSC010", "SYSC010"], diagnostics.Select(found => found.Diagnostic.Id));
        Assert.Equal(["TcpServer(Port = 1)", "TcpServer(Port = 2)"], diagnostics.Select(found => found.Squiggled));
        Assert.Contains("The project has 2 servers and no Main", diagnostics[0].Diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("return B.Run(args);", diagnostics[1].Diagnostic.GetMessage(null), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public async Task Several_mistakes_are_all_named_at_once()
    {
        GeneratorRun run = GeneratorRun.Of("using SyscallServer; class Outer { [TcpServer(Port = 99999, Address = \"a\")] class Site { void Run() { } } }");
        Assert.Equal(
            ["SYSC001", "SYSC003", "SYSC004", "SYSC005", "SYSC008", "SYSC011"],
            (await run.AnalyzeAsync()).Select(found => found.Diagnostic.Id).Order());
    }

    [Theory]
    [InlineData(Attributes + "partial class Site;")]
    [InlineData("[TcpServer(Port = 0, Address = \"255.255.255.255\", Backlog = 65535, MaxConnections = 32768, ReadTimeoutSeconds = 3600, WriteTimeoutSeconds = 1, GracePeriodSeconds = 3600)] [RawResponse(\"\")] partial class Site;")]
    [InlineData("[TcpServer(Listen = [\"0.0.0.0:80\", \"[::]:80\", \"[::1]:0\", \"[::1]:0\", \"[::ffff:1.2.3.4]:80\", \"unix:/run/a.sock\", \"unix:@a\", \"1.2.3.4:080\"], SocketMode = \"660\", Systemd = true)] [RawResponse(\"\")] partial class Site;")]
    [InlineData("[TcpServer(Address = \"::1\", Port = 80, SocketMode = \"0600\")] [RawResponse(\"\")] partial class Site;")]
    [InlineData("[TcpServer(Listen = [\"0.0.0.0:80\", \"0.0.0.0:81 proxy\", \"unix:/a proxy\"])] [StaticResponse(\"/metrics\", \"x\")] [Metrics(\"/metrics\", Listen = \"127.0.0.1:80\")] partial class Site;")]
    [InlineData("[TcpServer(ProxyProtocol = true, Concurrency = Concurrency.EventLoop)] [Metrics(\"/\", Listen = \"unix:@m proxy\")] partial class Site;")]
    [InlineData("[TcpServer] [Redirect(\"/a\", \"/metrics\", Status = 307)] [Redirect(\"/metrics\", \"/b\", Status = 307)] [Metrics(\"/metrics\", Listen = \"127.0.0.1:8080\")] partial class Site;")]
    [InlineData(Attributes + "partial class A; [TcpServer] [RawResponse(\"x\")] partial class B; static class Program { static void Main() { } }")]
    [InlineData("partial class Outer { " + Attributes + "partial class Site; }")]
    [InlineData(Attributes + "partial class Site { } partial class Site { int Other; void Runs() { _ = Other; Other = 1; } }")]
    public async Task Of_a_right_server_nothing_is_said(string source)
        => Assert.Empty(await GeneratorRun.Of("using SyscallServer; " + source).AnalyzeAsync());

    [Fact]
    public void Every_diagnostic_has_a_page_a_release_note_and_a_test()
    {
        string documentation = File.ReadAllText(Repository.Path("docs", "diagnostics.md"));
        string releases = File.ReadAllText(Repository.Path("generator", "Diagnostics", "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Repository.Path("generator", "Diagnostics", "AnalyzerReleases.Shipped.md"));
        string tests = string.Concat(Directory.GetFiles(Repository.Path("tests", "SyscallServer.Tests", "Generator"), "*DiagnosticTests.cs").Select(File.ReadAllText));
        foreach (DiagnosticDescriptor descriptor in Descriptors.All)
        {
            Assert.Contains($"\n## {descriptor.Id}\n", documentation, StringComparison.Ordinal);
            Assert.Contains($"\n{descriptor.Id} | SyscallServer | {descriptor.DefaultSeverity} ", releases, StringComparison.Ordinal);
            Assert.Contains($"\"{descriptor.Id}\"", tests, StringComparison.Ordinal);
            Assert.EndsWith("docs/diagnostics.md#" + descriptor.Id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_generator_and_the_attribute_agree_on_concurrency_and_endpoints()
    {
        Assert.Equal(Enum.GetNames<Concurrency>(), Enum.GetNames<ConcurrencyKind>());
        Assert.Equal(Enum.GetValues<Concurrency>().Select(value => (int)value), Enum.GetValues<ConcurrencyKind>().Select(value => (int)value));
        Assert.Equal(GeneratorLimits.AccessLogFormat.Greatest, (int)Enum.GetValues<AccessLogFormat>()[^1]);
        Assert.Equal(Enum.GetNames<AccessLogMode>(), Enum.GetNames<AccessLogKind>());
        Assert.Equal(Enum.GetValues<AccessLogMode>().Select(value => (int)value), Enum.GetValues<AccessLogKind>().Select(value => (int)value));
        Assert.Equal(SyscallServer.Internal.Listening.Endpoints.Max, ListenParser.MaxEndpoints);
    }

    [Theory]
    [InlineData("Concurrency = Concurrency.Fork", 1024, 0)]
    [InlineData("Concurrency = Concurrency.Fork, MaxConnections = 0", 1024, 0)]
    [InlineData("Concurrency = Concurrency.Fork, MaxConnections = 1", 1, 0)]
    [InlineData("Concurrency = Concurrency.Prefork", 0, 32)]
    [InlineData("Concurrency = Concurrency.Prefork, Workers = 0", 0, 32)]
    [InlineData("Concurrency = Concurrency.EventLoop", 65536, 0)]
    [InlineData("Concurrency = Concurrency.EventLoop, MaxConnections = 0", 65536, 0)]
    public void Without_a_number_of_connections_or_workers_it_is_that_of_the_engine(string settings, int connections, int workers)
    {
        Assert.Equal((0, 0), (new TcpServerAttribute().MaxConnections, new TcpServerAttribute().Workers));
        string emitted = GeneratorRun.Of($"using SyscallServer; [TcpServer({settings})] [StaticResponse(\"/\", \"x\")] partial class Site;").Files["Site.g.cs"];
        if (connections > 0)
        {
            Assert.Contains($"int MaxConnections => {connections};", emitted, StringComparison.Ordinal);
        }

        if (workers > 0)
        {
            Assert.Contains($"int Workers => {workers};", emitted, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_generator_and_the_attribute_agree_on_the_defaults()
    {
        var attribute = new TcpServerAttribute();
        string emitted = GeneratorRun.Of("using SyscallServer; " + Attributes + "partial class Site;").Files["Site.g.cs"];
        Assert.Contains($"options.Endpoint.Set(0x00000000, {attribute.Port}); // {attribute.Address}:{attribute.Port}", emitted, StringComparison.Ordinal);
        foreach ((string name, int value) in new[]
        {
            ("Backlog", attribute.Backlog), ("ReadTimeout", attribute.ReadTimeoutSeconds), ("WriteTimeout", attribute.WriteTimeoutSeconds), ("GracePeriod", attribute.GracePeriodSeconds),
        })
        {
            Assert.Contains($"public static int {name} => {value};", emitted, StringComparison.Ordinal);
        }

        Assert.True(attribute.CommandLineInterface);
        Assert.Contains("CommandLine.Read<", emitted, StringComparison.Ordinal);
    }
}
