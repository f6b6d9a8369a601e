using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What the compiler accepts means the same on every host: initial values of all kinds, and the constructs of C#, a line for each.</summary>
[Collection(Alone.Name)]
public class LanguageTests
{
    private const string Project = "tests/Servers/Language";

    /// <summary>One of each length in UTF-8, and nothing.</summary>
    private static readonly string[] Arguments = ["one", "é€\U0001F600", ""];

    [Theory]
    [InlineData(Host.NativeAot)]
    [InlineData(Host.Freestanding)]
    public async Task Every_initial_value_and_every_construct_is_what_it_is_under_the_jit(Host host)
        => AssertSame(await UnderTheJitAsync(), await Command.RunAsync(await Programs.ExecutableAsync(host, Project), Arguments));

    /// <summary>Each version of the AOT compiler computes initial values by itself, and calls other helpers.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public async Task So_it_is_with_each_version_of_the_compiler(string framework)
        => AssertSame(await UnderTheJitAsync(), await Command.RunAsync(await Programs.PublishAsync(Project, $"-{framework}", $"-p:SampleFramework={framework}"), Arguments));

    private static async Task<string> UnderTheJitAsync() => await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), Arguments);

    private static void AssertSame(string expected, Command.Result actual)
    {
        Assert.True(expected.Count(character => character == '\n') > 300, expected);
        Assert.Equal(new(0, expected, ""), actual);
    }
}
