using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace SyscallServer.Tests.Support;

/// <summary>Lets the C compiler check claims about the kernel's headers.</summary>
internal static class CAssertions
{
    internal static async Task CompileAsync(IEnumerable<string> headers, IEnumerable<string> assertions)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, ["#define _GNU_SOURCE", "#include <stddef.h>", .. System.Linq.Enumerable.Select(headers, header => $"#include <{header}>"), .. assertions]);
            await Tool.RunAsync("gcc", "-x", "c", "-std=c11", "-fsyntax-only", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
