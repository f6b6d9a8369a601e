using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>The kernel's structures and constants as the freestanding host for arm64 has them: the same files, compiled with its symbol.</summary>
internal static class Arm64Kernel
{
    private static readonly string[] Files = ["Linux.cs", "Structures.cs", "X64.cs", "Arm64.cs", "Pages.cs"];

    private static readonly Lazy<Assembly> Compiled = new(Compile);

    internal static Assembly Assembly => Compiled.Value;

    private static Assembly Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["ARM64"]);
        string[] files = [.. Files.Select(name => Repository.Path("runtime", "Kernel", name))];
        var compilation = CSharpCompilation.Create(
            "Arm64Kernel",
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            GeneratorRun.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
