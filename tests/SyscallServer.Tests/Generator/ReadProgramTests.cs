using System.IO;
using SyscallServer.Tasks;
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
        string file = Path.GetTempFileName();
        try
        {
            GeneratorRun run = GeneratorRun.Of(source);
            run.AssertCompiles();
            using (FileStream stream = File.Create(file))
            {
                Assert.True(run.After.Emit(stream).Success);
            }

            var task = new ReadProgram { Assembly = file };
            Assert.True(task.Execute());
            Assert.Equal((hasEntryPoint, hasHandlers), (task.HasEntryPoint, task.HasHandlers));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
