using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What is not there without the .NET runtime and what the generator does not see: the linker's words for it.</summary>
public sealed class MissingMemberTests : OutsideTests
{
    [Fact]
    public async Task What_only_the_linker_misses_is_named_with_the_way_out()
    {
        // What the compiler of C# would refuse at the line, had it not been told to be silent: an array needs a heap, and the AOT compiler calls the runtime for it.
        string project = await ProjectAsync(
            "Array",
            "<SyscallServerHost>Freestanding</SyscallServerHost>",
            """
            #pragma warning disable SYSC021
            int[] array = new int[args is null ? 7 : 5];
            return array.Length + Site.Run(args!);

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;
            """);
        Command.Result publish = await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
        Assert.NotEqual(0, publish.ExitCode);
        AssertOnlyError(
            "SYSC102: Memory for a new array (RhpNewArray) is not there without the .NET runtime, and 'Program.<Main>$' uses it: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.",
            publish.Output);
    }

    [Theory]
    [InlineData(
        "public static int F(string text) => text.Contains('a') ? 1 : 0;",
        "SYSC102: 'Boolean System.String.Contains(Char)' is not there without the .NET runtime", ", and 'Other.F(String)' uses it: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.")]
    [InlineData(
        "public static int F(string text) { var thing = new Thing { Text = text }; thing.Next = thing; s_thing = thing; return s_thing.Text.Length; }\nstatic Thing s_thing = null!;\nclass Thing { public string Text = null!; public Thing Next = null!; }",
        "SYSC102: Memory for a new object (RhpNewFast) is not there without the .NET runtime, and 'Other.F' uses it", ": write it otherwise")]
    [InlineData(
        "public static int F(string text) => text.Length;\n[System.Runtime.CompilerServices.ModuleInitializer] internal static void Begin() { }",
        "SYSC102: The assembly 'Other' has a module initializer, which nothing runs without the .NET runtime. Do without the library, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.", "")]
    public async Task What_a_library_misses_is_named_with_the_method_that_uses_it(string members, string expected, string end)
    {
        string project = await ProjectAsync(
            "User",
            "<SyscallServerHost>Freestanding</SyscallServerHost>",
            """
            return Other.F(args.Length > 3 ? "a" : "b") + Site.Run(args);

            [SyscallServer.TcpServer] [SyscallServer.RawResponse("x")] static partial class Site;
            """);
        string library = Path.Combine(Folder, "Other");
        Directory.CreateDirectory(library);
        await File.WriteAllTextAsync(Path.Combine(library, "Other.cs"), $"public static class Other {{ {members} }}");
        await File.WriteAllTextAsync(
            Path.Combine(library, "Other.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk" TreatAsLocalProperty="PublishAot;RuntimeIdentifier;SelfContained">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <PublishAot>false</PublishAot>
                <RuntimeIdentifier></RuntimeIdentifier>
                <SelfContained>false</SelfContained>
              </PropertyGroup>
            </Project>
            """);
        await Package.ConfigureAsync(library);
        await InsertAsync(project, "<ItemGroup><ProjectReference Include=\"../Other/Other.csproj\" /></ItemGroup>");
        Command.Result publish = await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-m:1"]);
        Assert.NotEqual(0, publish.ExitCode);
        AssertOnlyError(expected, publish.Output);
        AssertOnlyError(end, publish.Output);
    }

    /// <summary>The raw words of compilers stand above, and are no errors of their own.</summary>
    private static void AssertOnlyError(string expected, string output)
        => Assert.Contains(expected, Assert.Single(output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()), StringComparison.Ordinal);
}
