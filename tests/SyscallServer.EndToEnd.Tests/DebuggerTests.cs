using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What docs/debugging.md does, with a project of a user's: gdb, and the file that the linker has written for it.</summary>
public sealed class DebuggerTests : OutsideTests
{
    private const string Source =
        """
        using SyscallServer;

        [TcpServer(Port = 8080)]
        static partial class Division
        {
            [Get("/hundred/{by}")]
            static void Divide(in Request request, ref ResponseWriter response)
            {
                int divisor = request.Parameter("by"u8)[0] - '0';
                response.Write(100 / divisor);
            }
        }

        """;

    private static readonly string[] Gdb = ["gdb", "-nx", "-batch", "-ex", "set follow-fork-mode child"];

    /// <summary>With either layout: where the program lies, gdb finds out.</summary>
    [Theory]
    [InlineData("Small")]
    [InlineData("Hardened")]
    public async Task A_breakpoint_in_a_handler_and_a_crash_are_shown_with_their_lines(string layout)
    {
        string project = await ProjectAsync("Division", $"<SyscallServerLayout>{layout}</SyscallServerLayout>", Source);
        await Command.OutputOfAsync("dotnet", ["publish", project, "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
        string folder = Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net9.0", "linux-x64");
        string symbols = Path.Combine(folder, "native", "Division.dbg");

        string stopped = await DebugAsync(symbols, "/hundred/7", "-ex", "break Division.cs:9", "-ex", "run", "-ex", "list", "-ex", "print response._capacity", "-ex", "backtrace 2", "-ex", "next", "-ex", "continue");
        Assert.Matches(@"hit Breakpoint 1, .*Divide \(request=\.\.\., response=\.\.\.\) at .*/Division\.cs:9\n9\t +int divisor", stopped);
        Assert.Contains("\n7\t    static void Divide(in Request request, ref ResponseWriter response)\n", stopped, StringComparison.Ordinal);
        Assert.Matches(@"\$1 = [0-9]+\n#0 .*Divide \(.*\) at .*/Division\.cs:9\n#1 .*HandlerResponse__Answer.* at .*/HandlerResponse\.cs:[0-9]+\n", stopped);

        string crashed = await DebugAsync(symbols, "/hundred/0", "-ex", "run", "-ex", "backtrace");
        Assert.Matches(@"received signal SIGFPE, Arithmetic exception\.\n(?:\[Switching .*\n)?.*Divide \(.*\) at .*/Division\.cs:10\n", crashed);
        Assert.Matches(@"\n#0 .*Divide \(.*\) at .*/Division\.cs:10\n#1 .*HandlerResponse__Answer.*(?:\n#[0-9]+ .*)*\n#[0-9]+ .* _start \(\)\n", crashed);

        // The one that is published has no symbols, and runs.
        await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(folder, "publish", "Division"));
        string running = await Command.OutputOfAsync("gdb", ["-nx", "-batch", "-ex", "backtrace", "-p", $"{server.Pid}", symbols]);
        Assert.Matches(@"\n#0 .*\bpoll \(\)\n#1 .*__Wait\b.* at .*/ForkParent\.cs:[0-9]+\n(?:#[0-9]+ .*\n)*#[0-9]+ .* _start \(\)\n", running);
    }

    /// <summary>Runs the server in gdb, sends a request, and waits until gdb has nothing more to do.</summary>
    private static async Task<string> DebugAsync(string symbols, string path, params string[] commands)
    {
        await using ServerProcess gdb = await ServerProcess.StartAsync([.. Gdb, .. commands, "-ex", "echo finished\\n", "--args"], symbols);
        using Client client = await Client.ConnectAsync(gdb.Port);
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await ServerProcess.EventuallyAsync(() => gdb.Output.Contains("finished\n", StringComparison.Ordinal), "gdb has nothing more to do");
        gdb.Signal("KILL"); // the parent, which gdb has let go
        _ = await gdb.ExitAsync();
        return gdb.Output;
    }
}
