using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Our System.Runtime does what the class library does, as far as it goes; and where a rule is broken, it ends the process.</summary>
public class SystemRuntimeTests
{
    internal const string Project = "tests/Servers/SystemRuntime";

    private static readonly Lazy<Task<string>> Published = new(() => Programs.ExecutableAsync(Host.Freestanding, Project));
    private static readonly Lazy<Task<string>> PublishedForArm64 = new(() => Programs.PublishForArm64Async(Project));

    /// <summary>With the SDK's own AOT compiler; <see cref="AotCompilerTests"/> have each that is known.</summary>
    [Fact]
    public async Task The_same_program_prints_the_same_with_the_class_library_and_with_ours()
    {
        string program = await Published.Value;
        await VerifyAsync(program, Repository.Path(Project, "bin", "Release", "net10.0", "linux-x64", "native", "SystemRuntime.dbg"));
    }

    /// <summary>What the program does for a letter on standard input (Faults.cs), and the line that it ends with.</summary>
    public static TheoryData<char, string> Faults => new()
    {
        { 'i', "index out of range\n" },
        { 's', "argument out of range\n" },
        { 'n', "argument out of range\n" },
        { 'c', "argument not allowed\n" },
        { 'o', "arithmetic overflow\n" },
        { 't', "null reference\n" },
        { 'r', "null reference\n" },
        { 'p', "null reference\n" },
        { 'N', "no value\n" },
        { 'w', "a pointer to nowhere\n" },
        { 'd', "division by zero, or overflow of a division\n" },
        { 'D', "division by zero, or overflow of a division\n" },
        { 'S', "stack overflow\n" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_broken_rule_ends_the_process_with_a_line_and_the_status_of_abort(char fault, string message)
        => Assert.Equal(new(134, "", message), await RunAsync(await Published.Value, $"printf {fault}"));

    /// <summary>What only x86-64 has is left out there; all else is the same.</summary>
    [Fact]
    public async Task The_same_program_prints_the_same_on_arm64()
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), []);
        string[] lines = [.. expected.Split('\n').Where(line => !line.StartsWith("vector instructions ", StringComparison.Ordinal))];
        Assert.Equal(new(0, string.Join('\n', lines), ""), await RunAsync(await PublishedForArm64.Value, "true"));
    }

    /// <summary>
    /// The same on arm64, where the compiler looks at divisors, and so knows what was wrong with them; and where an instruction of x86-64 is refused. The end of the stack is left out: the qemu of these tests (7.2) does not
    /// know SS_AUTODISARM, and so refuses the stack of the handler.
    /// </summary>
    public static TheoryData<char, string> FaultsOnArm64
    {
        get
        {
            var faults = new TheoryData<char, string> { { 'v', "not supported\n" }, { 'd', "division by zero\n" }, { 'D', "arithmetic overflow\n" } };
            foreach (object[] row in Faults.Where(row => (char)row[0] is not ('d' or 'D' or 'S')))
            {
                faults.Add((char)row[0], (string)row[1]);
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(FaultsOnArm64))]
    public async Task A_broken_rule_ends_the_process_on_arm64_too(char fault, string message)
        => Assert.Equal(new(134, "", message), await RunAsync(await PublishedForArm64.Value, $"printf {fault}"));

    /// <summary>Compares what a freestanding program prints with what it prints under the JIT.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="symbols">The linked file with its symbols.</param>
    internal static async Task VerifyAsync(string program, string symbols)
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), []);
        Assert.NotEmpty(expected);
        Assert.Equal(new(0, expected, ""), await RunAsync(program, "true"));

        // Each version of the AOT compiler knows other members by name, and writes instructions in their place. A vector that it does not know would be calls, or the end of the program.
        string code = await Command.OutputOfAsync("objdump", ["-d", "--no-show-raw-insn", "--disassemble=SystemRuntime_SyscallServer_Freestanding_Tests_Checks__FieldEnd", symbols]);
        Assert.Contains("pmovmskb", code, StringComparison.Ordinal);
        Assert.DoesNotContain("\tcall", code, StringComparison.Ordinal);
    }

    /// <summary>Runs a program behind another one, whose output it reads.</summary>
    internal static Task<Command.Result> RunAsync(string program, string input) => Command.RunAsync("bash", ["-c", $"{input} | {program}"]);
}
