using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace SyscallServer.Tests.Support;

/// <summary>Lets the C compiler check claims about the kernel's headers.</summary>
internal static class CAssertions
{
    internal static Task CompileAsync(IEnumerable<string> headers, IEnumerable<string> assertions) => CompileAsync("gcc", headers, assertions);

    internal static Task CompileForArm64Async(IEnumerable<string> headers, IEnumerable<string> assertions) => CompileAsync(Tool.Arm64 + "gcc", headers, assertions);

    private static async Task CompileAsync(string compiler, IEnumerable<string> headers, IEnumerable<string> assertions)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, ["#define _GNU_SOURCE", "#include <stddef.h>", .. System.Linq.Enumerable.Select(headers, header => $"#include <{header}>"), .. assertions]);
            await Tool.RunAsync(compiler, "-x", "c", "-std=c11", "-fsyntax-only", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
