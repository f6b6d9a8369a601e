using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.Tasks.Link;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>Where something is used that nothing defines: the line, as the assembler writes it for a debugger.</summary>
public class LineTableTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_undefined_symbol_is_named_with_the_function_and_the_line_that_use_it(int version)
    {
        (ElfObject source, LinkResult result) = await LinkAsync(version);
        Assert.Equal(
            [new("first", "_start", "/src/my library/Other.cs", 12), new("second", "_start", "/src/my library/Other.cs", 700), new("third", "other", "/src/Third.cs", 3)],
            UndefinedReferences.Of([source], result.Undefined).OrderBy(reference => reference.Symbol, StringComparer.Ordinal));
    }

    /// <summary>DWARF 5 names files otherwise. The AOT compiler does not write it.</summary>
    [Fact]
    public async Task Without_lines_that_can_be_read_the_function_is_named()
    {
        (ElfObject source, LinkResult result) = await LinkAsync(5);
        Assert.Contains(new UndefinedReference("third", "other", "", 0), UndefinedReferences.Of([source], result.Undefined));
    }

    private static async Task<(ElfObject Source, LinkResult Result)> LinkAsync(int version)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string file = Path.Combine(folder.FullName, "lines.s");
            await File.WriteAllTextAsync(file, """
                .file 1 "/src/my library/Other.cs"
                .file 2 "/src/Third.cs"
                .section .text.a, "ax"
                .globl _start
                _start:
                .loc 1 10
                nop
                .loc 1 11
                .loc 1 12
                call first
                .loc 1 700
                nop
                call second
                .skip 300, 0x90
                .loc 1 5
                call other
                .section .text.b, "ax"
                other:
                .loc 2 3
                call third

                """);
            await Tool.RunAsync("as", $"--gdwarf-{version}", "-o", file + ".o", file);
            var source = ElfObject.Read("lines.o", await File.ReadAllBytesAsync(file + ".o"));
            return (source, Linking.Link([source], "_start"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
