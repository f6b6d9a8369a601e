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

    [Fact]
    public async Task The_same_program_prints_the_same_with_the_class_library_and_with_ours()
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), []);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Freestanding, Project), []));
    }

    [Theory]
    [InlineData("FAULT_INDEX", "index out of range\n")]
    [InlineData("FAULT_OVERFLOW", "arithmetic overflow\n")]
    [InlineData("FAULT_THROW", "null reference\n")]
    public async Task A_broken_rule_ends_the_process_with_a_line_and_the_status_of_abort(string fault, string message)
    {
        string folder = Repository.Path("artifacts", "end-to-end", fault);
        await Command.OutputOfAsync("dotnet", ["publish", Repository.Path(Project), "-r", "linux-x64", "-p:PublishAot=true", "-p:SyscallServerHost=Freestanding", $"-p:Fault={fault}", "-o", folder, "-nodeReuse:false"]);
        Assert.Equal(new(134, "", message), await Command.RunAsync(Path.Combine(folder, "SystemRuntime"), [], timeoutSeconds: 10));
    }
}
