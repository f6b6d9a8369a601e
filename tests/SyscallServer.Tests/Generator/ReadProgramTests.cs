using System;
using System.IO;
using System.Linq;
using System.Text;
using SyscallServer.Tasks;
using SyscallServer.Tasks.Image;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the generator leaves in an assembly, and the build reads.</summary>
public class ReadProgramTests
{
    private const string Constant = "[SyscallServer.TcpServer] [SyscallServer.StaticResponse(\"/\", \"x\")] static partial class Site;";
    private const string Handler = "[SyscallServer.TcpServer] static partial class Api { [SyscallServer.Get(\"/\")] static void Root(in SyscallServer.Request request, ref SyscallServer.ResponseWriter response) { } }";
    private const string Main = "static class Program { static int Main() => 0; }";

    [Theory]
    [InlineData(Constant, true, false)]
    [InlineData(Handler, true, true)]
    [InlineData(Constant + Main, false, false)]
    [InlineData(Handler + Main, false, true)]
    [InlineData(Constant + Handler + Main, false, true)]
    [InlineData(Main + "static class HandlerResponse { const string Text = \"SyscallServerStart\"; static void SyscallServerStart() { } }", false, false)]
    [InlineData("[assembly: System.Reflection.AssemblyMetadata(\"Other\", \"EntryPoint\")]" + Main, false, false)]
    public void The_build_knows_whose_entry_point_a_program_has_and_whether_it_has_handlers(string source, bool hasEntryPoint, bool hasHandlers)
    {
        WithAssembly(source, file =>
        {
            var task = new ReadProgram { Assembly = file };
            Assert.True(task.Execute());
            Assert.Equal((hasEntryPoint, hasHandlers), (task.HasEntryPoint, task.HasHandlers));
        });
    }

    [Theory]
    [InlineData(Constant, false)]
    [InlineData("[SyscallServer.TcpServer(Concurrency = SyscallServer.Concurrency.Prefork)] [SyscallServer.StaticResponse(\"/\", \"x\")] static partial class Site;", false)]
    [InlineData("[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"x\")] static partial class Raw;", false)]
    [InlineData("[SyscallServer.TcpServer(Concurrency = SyscallServer.Concurrency.EventLoop)] [SyscallServer.StaticResponse(\"/\", \"x\")] static partial class Site;", true)]
    [InlineData("[SyscallServer.TcpServer] [SyscallServer.Files(\"/f/\", \"/srv\")] static partial class Site;", true)]
    [InlineData("[SyscallServer.TcpServer(Address = \"127.0.0.1\")] [SyscallServer.Upload(\"/u/\", \"/srv\")] static partial class Site;", true)]
    [InlineData(Handler, true)]
    [InlineData(Constant + Handler + Main, true)]
    public void The_build_knows_which_layout_a_program_is_to_have(string source, bool isHardened)
    {
        WithAssembly(source, file =>
        {
            var task = new ReadProgram { Assembly = file };
            Assert.True(task.Execute());
            Assert.Equal(isHardened, task.IsHardened);
        });
    }

    [Theory]
    [InlineData("Listen = [\"1.2.3.4:080\", \"[::]:80\", \"[::1]:0\", \"unix:/run/site/a.sock\", \"unix:/b\", \"unix:@c\"]", "Port=80", "WritableFolder=/run/site", "WritableFolder=/")]
    [InlineData("Port = 8443", "Port=8443")]
    [InlineData("Port = 0")]
    public void The_build_knows_where_it_listens(string settings, params string[] expected)
        => WithAssembly($"[SyscallServer.TcpServer({settings})] [SyscallServer.StaticResponse(\"/\", \"x\")] static partial class Site;", file => Assert.Equal(["EntryPoint", .. expected], ProgramValues.Of(file).Where(value => !value.StartsWith("Calls=", StringComparison.Ordinal))));

    /// <summary>Where the kernel of arm64 has no call of a name, the profile has the one that does the same.</summary>
    [Fact]
    public void The_profile_of_system_calls_has_the_names_of_each_processor()
        => WithAssembly(Constant, file =>
        {
            Check(["x64"], "\"SCMP_ARCH_X86_64\"]", "accept fork poll alarm exit_group mprotect restart_syscall", "clone ppoll setitimer");
            Check(["arm64"], "\"SCMP_ARCH_AARCH64\"]", "accept clone ppoll setitimer exit_group mprotect restart_syscall", "fork poll alarm");
            Check(["arm64", "x64"], "\"SCMP_ARCH_AARCH64\",\"SCMP_ARCH_X86_64\"]", "clone fork", "openat2");

            void Check(string[] processors, string architectures, string calls, string others)
            {
                string profile = Encoding.UTF8.GetString(SeccompProfile.Write(ProgramValues.Of(file), processors));
                Assert.Contains(architectures, profile, StringComparison.Ordinal);
                Assert.All(calls.Split(' '), call => Assert.Contains($"\"{call}\"", profile, StringComparison.Ordinal));
                Assert.All(others.Split(' '), call => Assert.DoesNotContain($"\"{call}\"", profile, StringComparison.Ordinal));
            }
        });

    private static void WithAssembly(string source, Action<string> check)
    {
        string file = Path.GetTempFileName();
        try
        {
            GeneratorRun run = GeneratorRun.Of(source);
            run.AssertCompiles();
            using (FileStream stream = File.Create(file))
            {
                Assert.True(run.After.Emit(stream).Success);
            }

            check(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
