using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>"dotnet run" at a terminal, which script(1) is.</summary>
public class RouteListTests
{
    /// <summary>No machine has this address (RFC 5737), so the server ends where it would begin to listen.</summary>
    private const string NowhereToListen = "--address 192.0.2.1";

    [Fact]
    public async Task A_program_that_is_debugged_at_a_terminal_lists_its_routes()
    {
        string output = await AtTerminalAsync($"{await Programs.ExecutableAsync(Host.Jit, Programs.Api)} {NowhereToListen}");
        Assert.StartsWith("Api answers:\r\n  GET", output);
    }

    [Fact]
    public async Task With_quiet_or_without_a_terminal_it_says_nothing_of_them()
    {
        string program = await Programs.ExecutableAsync(Host.Jit, Programs.Api);
        Assert.DoesNotContain("answers", await AtTerminalAsync($"{program} --quiet {NowhereToListen}"));
        Assert.DoesNotContain("answers", (await Command.RunAsync(program, NowhereToListen.Split(' '))).Error);
    }

    [Fact]
    public async Task A_published_program_has_no_list()
        => Assert.DoesNotContain("answers", await AtTerminalAsync($"{await Programs.ExecutableAsync(Host.Freestanding, Programs.Api)} {NowhereToListen}"));

    /// <summary>The exit code is the program's, 1: it could not listen.</summary>
    private static async Task<string> AtTerminalAsync(string command) => (await Command.RunAsync("script", ["--quiet", "--return", "--command", command, "/dev/null"])).Output;
}
