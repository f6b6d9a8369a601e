using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Our System.Runtime does what the class library does, as far as it goes; and where a rule is broken, it ends the process.</summary>
public class SystemRuntimeTests
{
    private const string Project = "tests/Servers/SystemRuntime";

    /// <summary>Each version of the AOT compiler knows other members by name, and writes instructions in their place.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    [InlineData("net10.0")]
    public async Task The_same_program_prints_the_same_with_the_class_library_and_with_ours(string framework)
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), []);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await Command.OutputOfAsync(await PublishAsync(framework, $"-p:SampleFramework={framework}"), []));

        // A vector that no version knows would be calls, or the end of the program.
        string symbols = Repository.Path(Project, "bin", "Release", framework, "linux-x64", "native", "SystemRuntime.dbg");
        string code = await Command.OutputOfAsync("objdump", ["-d", "--no-show-raw-insn", "--disassemble=SystemRuntime_SyscallServer_Freestanding_Tests_Checks__FieldEnd", symbols]);
        Assert.Contains("pmovmskb", code, StringComparison.Ordinal);
        Assert.DoesNotContain("\tcall", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAULT_INDEX", "index out of range\n")]
    [InlineData("FAULT_OVERFLOW", "arithmetic overflow\n")]
    [InlineData("FAULT_THROW", "null reference\n")]
    [InlineData("FAULT_NULL", "null reference\n")]
    [InlineData("FAULT_POINTER", "a pointer to nowhere\n")]
    [InlineData("FAULT_DIVIDE", "division by zero, or overflow of a division\n")]
    [InlineData("FAULT_STACK", "stack overflow\n")]
    public async Task A_broken_rule_ends_the_process_with_a_line_and_the_status_of_abort(string fault, string message)
    {
        string program = await PublishAsync(fault, $"-p:Fault={fault}");
        Assert.Equal(new(134, "", message), await Command.RunAsync(program, [], timeoutSeconds: 10));
    }

    /// <summary>The path of the executable, freestanding, in a folder of its own.</summary>
    private static async Task<string> PublishAsync(string name, string property)
    {
        string folder = Repository.Path("artifacts", "end-to-end", "SystemRuntime", name);
        await Command.OutputOfAsync("dotnet", ["publish", Repository.Path(Project), "-r", "linux-x64", "-p:PublishAot=true", "-p:SyscallServerHost=Freestanding", property, "-o", folder, "-nodeReuse:false"]);
        return Path.Combine(folder, "SystemRuntime");
    }
}
