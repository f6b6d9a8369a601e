using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.Tests.Simulation;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>The machine code of the stubs, held against the assembler and the engine.</summary>
public partial class MachineCodeTests
{
    [Fact]
    public async Task Every_stub_is_what_the_assembler_makes_of_the_comment_beside_it()
    {
        string emitted = GeneratorRun.Of("[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"\")] partial class Site;").Files["Site.g.cs"];
        var bytes = new List<byte>();
        var assembly = new StringBuilder(".intel_syntax noprefix\n");
        foreach (Match routine in Routines().Matches(emitted))
        {
            // Each comment begins with the offset at which its routine is called.
            Assert.Equal(bytes.Count, int.Parse(routine.Groups["offset"].Value, null));
            assembly.AppendJoin('\n', routine.Groups["assembly"].Value.Split("; ")).Append('\n');
            bytes.AddRange(routine.Groups["bytes"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => Convert.ToByte(text.Trim(), 16)));
        }

        Assert.Equal(24, Routines().Count(emitted)); // 22 calls, and two routines for signals
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string source = Path.Combine(folder.FullName, "stubs.s");
            string binary = Path.Combine(folder.FullName, "stubs.bin");
            await File.WriteAllTextAsync(source, assembly.ToString());
            await Tool.RunAsync("as", "-o", source + ".o", source);
            await Tool.RunAsync("objcopy", "-O", "binary", "-j", ".text", source + ".o", binary);
            Assert.Equal(Convert.ToHexString(await File.ReadAllBytesAsync(binary)), Convert.ToHexString([.. bytes]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(typeof(SimulatedServer))]
    [InlineData(typeof(SilentServer))]
    [InlineData(typeof(LongWindedServer))]
    [InlineData(typeof(SimulatedSite))]
    [InlineData(typeof(PreforkSite))]
    [InlineData(typeof(EventLoopSite))]
    [InlineData(typeof(FileSite))]
    [InlineData(typeof(PreforkFileSite))]
    [InlineData(typeof(EventLoopFileSite))]
    [InlineData(typeof(ListeningServer))]
    [InlineData(typeof(ListeningSite))]
    [InlineData(typeof(SilentListener))]
    [InlineData(typeof(Handlers.HandlerSite))]
    [InlineData(typeof(Handlers.HandlerLoop))]
    public void A_server_has_a_stub_for_every_call_it_can_reach_and_for_no_other(Type server)
    {
        MethodInfo serve = server.Emitted().GetMethod("Serve", BindingFlags.Static | BindingFlags.NonPublic)!;
        Type kernel = server.Emitted().GetNestedType("Kernel", BindingFlags.NonPublic)!;
        Type settings = server.Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!;
        Type? app = server.Emitted().GetNestedType("App", BindingFlags.NonPublic) ?? server.Emitted().GetNestedType("App`1", BindingFlags.NonPublic);
        IEnumerable<string> emitted = kernel.GetMethods(BindingFlags.Static | BindingFlags.Public).Where(method => !method.IsSpecialName).Select(method => method.Name);
        Assert.Equal(CallGraph.ReachableFrom(serve, settings, app).Where(method => !method.IsSpecialName).Select(method => method.Name).Order(), emitted.Order());
    }

    [GeneratedRegex(@"// (?<offset>\d+): \w+: (?<assembly>[^\n]+)\n\s+(?<bytes>[0-9A-Fx, ]+)\n")]
    private static partial Regex Routines();
}
