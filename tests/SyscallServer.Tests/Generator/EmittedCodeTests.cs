using System;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the emitted code says of itself, read back from the compiled program.</summary>
public class EmittedCodeTests
{
    private delegate ReadOnlySpan<byte> Bytes();

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("\"quoted\" \\ and 'apostrophes' {braces} \"\"\" $@")]
    [InlineData("\0\a\b\t\v\f\u001B\u007F\u0085\u00A0\u00AD\u200B\u2028\u2029\uFEFF")]
    [InlineData("\0" + "123 a NUL before digits")]
    [InlineData("gr\u00FC\u00DFe \u4E16\u754C \U0001F600")]
    public void Text_arrives_as_its_utf8_bytes(string text)
        => Assert.Equal(Encoding.UTF8.GetBytes(text), ResponseOf(Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true)));

    [Theory]
    [InlineData("new byte[] { 0, 255, 128, 10 }", new byte[] { 0, 255, 128, 10 })]
    [InlineData("new byte[] { 0xC0, 0x80 }", new byte[] { 0xC0, 0x80 })] // an overlong NUL is no UTF-8
    [InlineData("new byte[] { 0xED, 0xA0, 0x80 }", new byte[] { 0xED, 0xA0, 0x80 })] // nor is a surrogate
    [InlineData("new byte[] { }", new byte[0])]
    [InlineData("new byte[] { 0xEF, 0xBB, 0xBF, 65 }", new byte[] { 0xEF, 0xBB, 0xBF, 65 })] // a byte order mark stays
    [InlineData("[1, 2]", new byte[] { 1, 2 })]
    public void Bytes_arrive_as_they_are(string expression, byte[] expected) => Assert.Equal(expected, ResponseOf(expression));

    /// <summary>The comments name folders and files, in whose names there may be anything but a NUL.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("*/ class")]
    public void A_folder_may_have_a_name_that_ends_a_line_of_C_sharp(string name)
    {
        string folder = Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral($"a{name}b", quote: true);
        GeneratorRun.Of($"using SyscallServer; [TcpServer] [Files(\"/\", {folder})] [Upload(\"/\", {folder}, Public = true)] partial class Site;").AssertCompiles();
    }

    [Fact]
    public void Random_bytes_arrive_as_they_are()
    {
        var random = new Random(1);
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, ResponseOf($"new byte[] {{ {string.Join(", ", bytes)} }}"));
        }
    }

    [Fact]
    public void The_longest_response_is_compiled()
    {
        byte[] response = ResponseOf($"\"{new string('x', RawResponseAttribute.MaxLength)}\"");
        Assert.Equal(RawResponseAttribute.MaxLength, response.Length);
    }

    /// <summary>The stubs are machine code of x86-64, for the hosts with a .NET runtime. Without one, and for arm64, the start code calls the kernel.</summary>
    [Theory]
    [InlineData("linux-arm64", false)]
    [InlineData("linux-musl-arm64", false)]
    [InlineData("linux-x64", true)]
    [InlineData("", true)]
    public void Only_what_is_for_x86_64_has_its_machine_code(string platform, bool hasStubs)
    {
        string text = GeneratorRun.Of(
            "System.Environment.ExitCode = Site.Run(args); [SyscallServer.TcpServer] [SyscallServer.StaticResponse(\"/\", \"x\")] static partial class Site;",
            OutputKind.ConsoleApplication,
            ("RuntimeIdentifier", platform)).Files["Site.g.cs"];
        Assert.Equal(hasStubs, text.Contains("private struct Kernel", StringComparison.Ordinal));
        Assert.Equal(hasStubs, text.Contains("syscall; ret", StringComparison.Ordinal));
        Assert.Contains("Serve<EngineKernel::FreestandingKernel>(EngineStartup::ManagedHost.Arguments(args)", text, StringComparison.Ordinal);
        Assert.Equal(hasStubs, text.Contains("Serve<Kernel>(EngineStartup::ManagedHost.Arguments(args)", StringComparison.Ordinal));
        Assert.Equal(!hasStubs, text.Contains("RefuseArm64", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_end_with_a_line_feed_and_have_no_trailing_blanks()
    {
        string text = GeneratorRun.Of("[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"\")] partial class Site;").Files["Site.g.cs"];
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public void A_library_gets_no_entry_point()
    {
        GeneratorRun run = GeneratorRun.Of("[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"\")] partial class Site;", OutputKind.DynamicallyLinkedLibrary);
        run.AssertCompiles();
        Assert.DoesNotContain("Main(", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static class Program { static int Main(string[] args) => Site.Run(args); }")]
    [InlineData("static class Program { static async System.Threading.Tasks.Task Main() { await System.Threading.Tasks.Task.Yield(); } }")]
    public void A_Main_of_the_users_own_is_the_entry_point(string main)
    {
        GeneratorRun run = GeneratorRun.Of("[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"\")] partial class Site; " + main);
        run.AssertCompiles();
        Assert.DoesNotContain("Main(", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Top_level_statements_are_the_entry_point()
    {
        GeneratorRun run = GeneratorRun.Of("return Site.Run(args); [SyscallServer.TcpServer] [SyscallServer.RawResponse(\"\")] partial class Site;");
        run.AssertCompiles();
        Assert.DoesNotContain("Main(", run.Files["Site.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_servers_live_beside_each_other_and_a_Main_chooses()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            return args.Length == 0 ? A.Site.Run(args) : B.Site.Run(args);

            namespace A { [SyscallServer.TcpServer] [SyscallServer.RawResponse("a")] static partial class Site; }
            namespace B { [SyscallServer.TcpServer] [SyscallServer.RawResponse("b")] static partial class Site; }
            """);
        run.AssertCompiles();
        Assert.Equal(["A.Site.g.cs", "B.Site.g.cs"], run.Files.Keys.Order());
    }

    [Fact]
    public void Names_of_the_users_own_that_hide_those_of_the_library_do_no_harm()
        => GeneratorRun.Of(
            """
            namespace Company.SyscallServer.Engine
            {
                class System; class Connection; class Listener; class IKernel; class CommandLine;

                [global::SyscallServer.TcpServer] [global::SyscallServer.RawResponse("")] partial class Site { class Engine; class SyscallServer; }
            }
            """).AssertCompiles();

    /// <summary>The aliases at the top of an emitted file, types of the engine and of the framework, and what else emitted code names.</summary>
    private static readonly string[] NamesOfEmittedCode =
    [
        "CompilerServices", "InteropServices", "EngineApi", "EngineContract", "EngineFeatures", "EngineHttp", "EngineKernel", "EngineListening", "EngineModels", "EngineProcess", "EngineStartup", "EngineTransport",
        "System", "SyscallServer", "Internal", "Unsafe", "MemoryMarshal", "ReadOnlySpan", "RuntimeFeature", "SkipLocalsInit", "MethodImpl", "StructLayout", "FieldOffset", "GeneratedCode",
        "EventLoop", "PreforkWorker", "Supervisor", "ForkParent", "HttpChild", "Output", "RequestHead", "PlannedResponse", "FixedResponse", "RouteTemplate", "IApp", "IServer", "IKernel", "HttpMethod", "Request", "ResponseWriter",
        "Endpoints", "Listener", "ServerOptions", "ServiceManager", "CommandLine", "ManagedHost", "Signals", "Connection", "FreestandingKernel", "sockaddr_in", "pollfd",
        "FileRoot", "FileResponse", "Upload", "HandlerResponse",
        "App", "Kernel", "Settings", "Memory", "Serve", "Start", "Accept", "Respond", "Work", "Response", "Table", "Messages", "Types", "Main",
    ];

    public static TheoryData<string> Servers => new()
    {
        """[global::SyscallServer.TcpServer] [global::SyscallServer.RawResponse("")]""",
        """[global::SyscallServer.TcpServer(Listen = ["[::]:80", "unix:/a"])] [global::SyscallServer.RawResponse("")]""",
        """[global::SyscallServer.TcpServer(AccessLog = global::SyscallServer.AccessLogMode.Always)] [global::SyscallServer.StaticResponse("/", "")] [global::SyscallServer.Upload("/u/", "u", Public = true)] [global::SyscallServer.Files("/f/", "f")]""",
        """[global::SyscallServer.TcpServer(Concurrency = (global::SyscallServer.Concurrency)1)] [global::SyscallServer.StaticResponse("/", "", Host = "a")] [global::SyscallServer.Files("/f/", "f")]""",
        """[global::SyscallServer.TcpServer(Concurrency = (global::SyscallServer.Concurrency)2, AccessLog = global::SyscallServer.AccessLogMode.Always)] [global::SyscallServer.Upload("/u/", "u", Public = true)]""",
        """[global::SyscallServer.TcpServer(AccessLog = global::SyscallServer.AccessLogMode.Always, AccessLogFormat = global::SyscallServer.AccessLogFormat.Json, TrustedProxies = ["::1"], ProxyProtocol = true)] [global::SyscallServer.StaticResponse("/", "")]""",
        """[global::SyscallServer.TcpServer(Listen = ["[::]:80", "unix:/a proxy"], AccessLog = global::SyscallServer.AccessLogMode.Always)] [global::SyscallServer.StaticResponse("/", "", Host = "a")] [global::SyscallServer.Metrics("/metrics", Listen = "127.0.0.1:9090")]""",
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_namespace_may_have_types_under_every_name_of_emitted_code(string attributes)
        => Compiles($$"""namespace Company { {{Types("public class")}} {{attributes}} partial class Site; }""");

    [Theory]
    [MemberData(nameof(Servers))]
    public void Types_without_a_namespace_may_have_every_name_of_emitted_code(string attributes)
        => Compiles($$"""{{Types("public class", "SyscallServer", "System")}} {{attributes}} partial class Site;""");

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_namespace_may_have_parts_under_every_name_of_emitted_code(string attributes)
        => Compiles($$"""{{string.Concat(NamesOfEmittedCode.Select(name => $"namespace Company.{name} {{ }} "))}} namespace Company { {{attributes}} partial class Site; }""");

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_may_have_members_under_every_name_of_emitted_code(string attributes)
        => Compiles($$"""{{attributes}} partial class Site { {{Types("public class", "Main")}} }""");

    [Theory]
    [InlineData("")]
    [InlineData("(Concurrency = global::SyscallServer.Concurrency.Prefork)")]
    [InlineData("(Concurrency = global::SyscallServer.Concurrency.EventLoop)")]
    public void A_handler_may_have_every_name_of_emitted_code(string arguments)
    {
        string handlers = string.Concat(NamesOfEmittedCode.Where(name => name != "Main").Select(name =>
            $"[global::SyscallServer.Get(\"/{name}\")] static void {name}(in global::SyscallServer.Request request, ref global::SyscallServer.ResponseWriter response) {{ }} "));
        Compiles($$"""[global::SyscallServer.TcpServer{{arguments}}] partial class Site { {{handlers}} }""");
    }

    [Theory]
    [InlineData("App")]
    [InlineData("Kernel")]
    [InlineData("EngineHttp")]
    [InlineData("EventLoop")]
    public void A_server_may_be_called_like_a_part_of_emitted_code(string name)
        => Compiles($$"""[global::SyscallServer.TcpServer] [global::SyscallServer.StaticResponse("/", "")] partial class {{name}};""");

    [Theory]
    [MemberData(nameof(Servers))]
    public void Only_the_aliases_that_are_used_are_there(string attributes)
    {
        string[] lines = GeneratorRun.Of($"{attributes} partial class Site;").Files["Site.g.cs"].Split('\n');
        string[] aliases = lines.Where(IsAlias).Select(line => line.Split(' ')[1]).ToArray();
        string code = string.Join('\n', lines.Where(line => !IsAlias(line)));
        Assert.NotEmpty(aliases);
        Assert.All(aliases, alias => Assert.Contains(alias + "::", code, StringComparison.Ordinal));
        Assert.DoesNotContain("global::SyscallServer", code, StringComparison.Ordinal);

        static bool IsAlias(string line) => line.StartsWith("using ", StringComparison.Ordinal);
    }

    private static string Types(string kind, params string[] without) => string.Concat(NamesOfEmittedCode.Except(without).Select(name => $"{kind} {name}; "));

    /// <summary>Whether the program is right, but for names that the language has for itself.</summary>
    private static void Compiles(string source) => GeneratorRun.Of("#pragma warning disable CS8981\n" + source).AssertCompiles();

    private static byte[] ResponseOf(string expression)
    {
        Assembly assembly = GeneratorRun.Of($"[SyscallServer.TcpServer] [SyscallServer.RawResponse({expression})] partial class Site;").Load();
        MethodInfo getter = assembly.GetType("Site")!.Emitted().GetProperty("Response", BindingFlags.Static | BindingFlags.NonPublic)!.GetMethod!;
        return getter.CreateDelegate<Bytes>()().ToArray();
    }
}
