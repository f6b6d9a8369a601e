using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Our System.Runtime does what the class library does, as far as it goes; and where a rule is broken, it ends the process.</summary>
[Collection(Alone.Name)]
public class SystemRuntimeTests
{
    private const string Project = "tests/Servers/SystemRuntime";
    private const string Framework = "net10.0";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Published = new();

    /// <summary>Each version of the AOT compiler knows other members by name, and writes instructions in their place.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    [InlineData(Framework)]
    public async Task The_same_program_prints_the_same_with_the_class_library_and_with_ours(string framework)
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), []);
        Assert.NotEmpty(expected);
        Assert.Equal(new(0, expected, ""), await RunAsync(await PublishAsync(framework), "true"));

        // A vector that no version knows would be calls, or the end of the program.
        string symbols = Repository.Path(Project, "bin", "Release", framework, "linux-x64", "native", "SystemRuntime.dbg");
        string code = await Command.OutputOfAsync("objdump", ["-d", "--no-show-raw-insn", "--disassemble=SystemRuntime_SyscallServer_Freestanding_Tests_Checks__FieldEnd", symbols]);
        Assert.Contains("pmovmskb", code, StringComparison.Ordinal);
        Assert.DoesNotContain("\tcall", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('i', "index out of range\n")]
    [InlineData('s', "argument out of range\n")]
    [InlineData('n', "argument out of range\n")]
    [InlineData('c', "argument not allowed\n")]
    [InlineData('o', "arithmetic overflow\n")]
    [InlineData('t', "null reference\n")]
    [InlineData('r', "null reference\n")]
    [InlineData('p', "null reference\n")]
    [InlineData('N', "no value\n")]
    [InlineData('w', "a pointer to nowhere\n")]
    [InlineData('d', "division by zero, or overflow of a division\n")]
    [InlineData('D', "division by zero, or overflow of a division\n")]
    [InlineData('S', "stack overflow\n")]
    public async Task A_broken_rule_ends_the_process_with_a_line_and_the_status_of_abort(char fault, string message)
    {
        string program = await PublishAsync(Framework);
        Assert.Equal(new(134, "", message), await RunAsync(program, $"printf {fault}"));
    }

    /// <summary>Runs a program behind another one, whose output it reads.</summary>
    private static Task<Command.Result> RunAsync(string program, string input) => Command.RunAsync("bash", ["-c", $"{input} | {program}"], timeoutSeconds: 10);

    /// <summary>The path of the executable, freestanding, for a framework: published once.</summary>
    private static Task<string> PublishAsync(string framework)
        => Published.GetOrAdd(framework, _ => new Lazy<Task<string>>(() => Programs.PublishAsync(Project, $"-{framework}", $"-p:SampleFramework={framework}"))).Value;
}
