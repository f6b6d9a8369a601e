using System.IO;
using System.Linq;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>The emitted code, to be read: every file is what the generator writes for a small program.</summary>
public class SnapshotTests
{
    [Fact]
    public void Hello_is_the_server_of_the_article()
        => Verify(GeneratorRun.Of(GeneratorRun.Compile(File.ReadAllText(Repository.Path("sample", "Hello", "Hello.cs")), name: "Hello")), "Hello");

    [Fact]
    public void Site_is_a_small_site()
    {
        using var assets = new Assets();
        assets.AddFolder(Repository.Path("sample", "Site"), "wwwroot");
        Verify(GeneratorRun.Of(GeneratorRun.Compile(File.ReadAllText(Repository.Path("sample", "Site", "Site.cs")), name: "Site"), assets.Manifest()), "Site");
    }

    [Fact]
    public void Variants_are_filled_in_chosen_and_left_out()
    {
        using var assets = new Assets();
        assets.AddFolder(Repository.Path("tests", "Servers", "Variants"), "assets");
        Verify(GeneratorRun.Of(GeneratorRun.Compile(File.ReadAllText(Repository.Path("tests", "Servers", "Variants", "Variants.cs")), name: "Variants"), assets.Manifest()), "Variants");
    }

    [Fact]
    public void A_server_with_an_endpoint_for_metrics_and_one_for_a_proxy()
        => Verify(
            GeneratorRun.Of(
                """
                using SyscallServer;

                [TcpServer(Listen = ["0.0.0.0:8080", "0.0.0.0:8081 proxy"], HealthCheckOption = true)]
                [StaticResponse("/", "Hello, World!\n")]
                [Metrics("/metrics", Listen = "127.0.0.1:9090")]
                static partial class Roles;
                """),
            "Roles");

    [Fact]
    public void Guards_are_asked_before_the_router() => Verify(
        GeneratorRun.Of(
            """
            using SyscallServer;

            [TcpServer(Concurrency = Concurrency.EventLoop)]
            [StaticResponse("/", "Hello, World!\n")]
            [StaticResponse("/files/x", "x", Method = "PUT")]
            [HealthCheck("/healthz")]
            [AllowFrom("10.0.0.0/8", "unix:", Path = "/files/*")]
            [BasicAuth("/*", "Everything", Users = "USERS", UserHashes = ["8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918"])]
            [BearerAuth("/files/*", "Files", TokensFile = "tokens", Methods = ["PUT"])]
            static partial class Guards;
            """),
        "Guards");

    [Fact]
    public void Api_has_handlers()
        => Verify(GeneratorRun.Of(GeneratorRun.Compile(File.ReadAllText(Repository.Path("sample", "Api", "Api.cs")), name: "Api")), "Api");

    [Fact]
    public void A_server_with_everything_that_HTTP_content_can_have() => Verify(
        GeneratorRun.Of(
            """
            using System;
            using SyscallServer;

            [TcpServer(IdleTimeoutSeconds = 5, MaxTargetBytes = 1000, MaxHeaderBytes = 2000, MaxBodyBytes = 3000, DateHeader = false, ServerHeader = "SyscallServer")]
            [StaticResponse("/", "Welcome to <every> host & its \"routes\"\n", Headers = ["X-Content-Type-Options: nosniff"], CacheControl = "max-age=60")]
            [StaticResponse("/", "Welcome to example.com\n", Host = "example.com")]
            [StaticResponse("/", "Welcome to example.com\n", Host = "www.example.com")]
            [StaticResponse("/", "Welcome to example.org\n", Host = "example.org")]
            [StaticResponse("/form", "The form\n")]
            [StaticResponse("/form", "Thank you\n", Method = "POST", Status = 201)]
            [StaticResponse("/form", "", Method = "DELETE", Status = 204)]
            [StaticResponse("/caf\u00E9 au lait", "caf\u00E9\n", Compress = false)]
            [StaticResponse("/pages/a.html", "a")]
            [StaticResponse("/pages/b.html", "b")]
            [StaticResponse("/pages/c.html", "c")]
            [StaticResponse("/other/a.html", "a")]
            [StaticResponse("/docs/*", "No documents yet\n", Status = 503)]
            [StaticResponse("/docs/api/*", "No interface yet\n", Status = 503)]
            [Redirect("/old", "/", Status = 308)]
            [NotFound("<h1>Not here</h1>\n", ContentType = "text/html")]
            [ErrorPage(405, "Not so\n")]
            static partial class Everything
            {
                [Route("/robots.txt")]
                private const string Robots = "User-agent: *\nDisallow:\n";

                [Route("/robots.css")]
                private static ReadOnlySpan<byte> Style => "body { margin: auto }"u8;
            }
            """),
        "Everything");

    [Theory]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public void A_server_with_workers(Concurrency concurrency) => Verify(
        GeneratorRun.Of(
            $"""
            using SyscallServer;

            [TcpServer(Concurrency = Concurrency.{concurrency})]
            [StaticResponse("/", "Hello, World!\n")]
            static partial class {concurrency};
            """),
        concurrency.ToString());

    [Fact]
    public void A_server_with_endpoints() => Verify(
        GeneratorRun.Of(
            """
            using SyscallServer;

            [TcpServer(Listen = ["0.0.0.0:8080", "[::]:8080", "unix:/run/listen.sock"], SocketMode = "0660", Systemd = true)]
            [RawResponse("listening\n")]
            static partial class Listening;
            """),
        "Listening");

    [Fact]
    public void A_server_keeps_its_place_in_namespaces_and_types_and_a_Main_is_left_alone() => Verify(
        GeneratorRun.Of(
            """
            using SyscallServer;

            namespace Company.@event
            {
                partial record struct Outer<T> { }

                public partial interface IOuter
                {
                    internal sealed partial record Site
                    {
                        [TcpServer(Port = 0, Address = "127.0.0.1", Backlog = 1, MaxConnections = 2, ReadTimeoutSeconds = 3, WriteTimeoutSeconds = 4, GracePeriodSeconds = 0, Concurrency = Concurrency.Fork)]
                        [RawResponse(new byte[] { 0xFF, 0x00 })]
                        private abstract partial class @class { public static int Begin(string[] args) => Run(args); }

                        public static int Start(string[] args) => @class.Begin(args);
                    }

                    public static int Start(string[] args) => Site.Start(args);
                }

                static class Program { static int Main(string[] args) => IOuter.Start(args); }
            }
            """),
        "Nested");

    [Fact]
    public void A_server_without_a_command_line_interface_reads_and_says_nothing() => Verify(
        GeneratorRun.Of(GeneratorRun.Compile(File.ReadAllText(Repository.Path("tests", "Servers", "Silent", "Silent.cs")), name: "Silent")),
        "Silent");

    private static void Verify(GeneratorRun run, string name)
    {
        run.AssertCompiles();
        Snapshot.Verify(
            string.Join("\n", run.Files.OrderBy(file => file.Key).Select(file => $"// File: {file.Key}\n{file.Value}")).Replace(
                typeof(TcpServerGenerator).Assembly.GetName().Version!.ToString(3), "{version}"),
            name);
    }
}
