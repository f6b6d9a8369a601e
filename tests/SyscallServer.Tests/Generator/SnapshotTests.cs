using System.IO;
using System.Linq;
using SyscallServer.Generator;
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
                        [TcpServer(Port = 0, Address = "127.0.0.1", Backlog = 1, MaxConnections = 2, ReadTimeout = 3, WriteTimeout = 4, GracePeriod = 0, Concurrency = Concurrency.Fork)]
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
