using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What the compiler accepts means the same on every host: initial values of all kinds, and the constructs of C#, a line for each.</summary>
[Collection(Alone.Name)]
public class LanguageTests
{
    internal const string Project = "tests/Servers/Language";

    /// <summary>One of each length in UTF-8, and nothing.</summary>
    private static readonly string[] Arguments = ["one", "é€\U0001F600", ""];

    [Theory]
    [InlineData(Host.NativeAot)]
    [InlineData(Host.Freestanding)]
    [InlineData(Host.FreestandingArm64)]
    public async Task Every_initial_value_and_every_construct_is_what_it_is_under_the_jit(Host host)
        => await VerifyAsync(await Programs.ExecutableAsync(host, Project));

    /// <summary>Compares what a program prints with what it prints under the JIT; <see cref="AotCompilerTests"/> have each AOT compiler that is known, as each computes initial values by itself, and calls other helpers.</summary>
    internal static async Task VerifyAsync(string program)
    {
        string expected = await Command.OutputOfAsync(await Programs.ExecutableAsync(Host.Jit, Project), Arguments);
        Assert.True(expected.Count(character => character == '\n') > 300, expected);
        Assert.Equal(new(0, expected, ""), await Command.RunAsync(program, Arguments));
    }
}
