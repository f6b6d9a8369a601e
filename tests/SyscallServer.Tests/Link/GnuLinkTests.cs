using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.Tasks.Link;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>What GNU ld makes of the same objects, by the script that says what the small layout is (tests/Reference/Freestanding.ld), and what the assembler makes of the start code.</summary>
public sealed class GnuLinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-link-");

    private static readonly string StartCode = Repository.Path("runtime", "Freestanding");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".section .data, \"aw\"; .balign 8; v: .quad v; .globl v; .section .more, \"ax\"; .quad v")]
    [InlineData(".section .bss, \"aw\", @nobits; .balign 16; v: .skip 100; .globl v")]
    public async Task The_image_is_that_of_GNU_ld_byte_for_byte(string more)
    {
        string program = await AssembleAsync("", $"""
            .intel_syntax noprefix
            {more}
            .section .text.SyscallServerStart, "ax"
            .globl SyscallServerStart
            SyscallServerStart: call function; lea rax, v[rip]; jmp RhpFallbackFailFast
            .section __managedcode, "ax"
            .globl function
            .balign 16
            function: mov rax, offset constant; call second; call write; call exit; mov eax, __security_cookie[rip]; ret
            .section __unbox, "ax"
            second: nop; ret
            .section .rodata.a, "a"
            constant: .ascii "abc"
            .section .rodata, "a"
            .balign 32
            .quad function
            .section .text.unused, "ax"
            call nowhere
            .weak v
            """);
        await CompareAsync("linux-x64", "", [], program);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".section .data, \"aw\"; .balign 8; v: .quad v; .globl v; .section .text.SyscallServerStart, \"ax\"; adrp x0, v; ldr x1, [x0, :lo12:v]")]
    [InlineData(".section .bss, \"aw\", @nobits; .balign 16; v: .skip 100; .globl v; .section .text.SyscallServerStart, \"ax\"; adrp x0, v; add x1, x0, :lo12:v")]
    [Trait("Category", "CrossTools")]
    public async Task The_image_for_arm64_is_that_of_GNU_ld_byte_for_byte(string more)
    {
        string program = await AssembleAsync(Tool.Arm64, $"""
            {more}
            .section .text.SyscallServerStart, "ax"
            .globl SyscallServerStart
            SyscallServerStart: bl function; adrp x0, constants; add x0, x0, :lo12:constants; b RhpFallbackFailFast
            .section __managedcode, "ax"
            .globl function
            .balign 16
            function: adrp x3, constant; add x3, x3, :lo12:constant; bl second; bl write; bl exit; bl poll; adrp x7, __security_cookie; ldr x8, [x7, :lo12:__security_cookie]; ret
            .section __unbox, "ax"
            second: nop; ret
            .section .rodata.a, "a"
            constant: .ascii "abc"
            .section .rodata, "a"
            .balign 32
            constants: .quad function, v
            .word function - ., constant
            .section .text.unused, "ax"
            bl nowhere
            .weak v
            """);
        await CompareAsync("linux-arm64", Tool.Arm64, ["--defsym=machine=183", "--defsym=page=0x10000"], program);
    }

    private async Task CompareAsync(string platform, string prefix, string[] definitions, string program)
    {
        int least = prefix.Length == 0 ? 1 : 4;
        foreach ((string entryPoint, int alignment) in new[] { ("_start", least), ("report_faults", 4) })
        {
            string[] objects = [.. entryPoint == "_start" ? Array.Empty<string>() : [Path.Combine(StartCode, platform, "Faults.o")], Path.Combine(StartCode, platform, "StartCode.o"), program];
            byte[] image = Linking.Link([.. objects.Select(file => ElfObject.Read(file, File.ReadAllBytes(file)))], entryPoint, alignment).Image;
            byte[] expected = await GnuAsync(prefix, [$"--defsym=function_alignment={alignment}", .. definitions], objects);

            // GNU ld writes the zeros of variables that have no others after them.
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(image) + string.Concat(Enumerable.Repeat("00", expected.Length - image.Length)));
        }
    }

    /// <summary>The objects of the start code are kept with the sources, so that to publish a program takes no assembler. With SNAPSHOTS=accept they are written again.</summary>
    [Theory]
    [InlineData("StartCode")]
    [InlineData("Faults")]
    public Task The_objects_of_the_start_code_are_what_the_assembler_makes_of_its_sources(string name) => CompareObjectAsync("linux-x64", "", name);

    [Theory]
    [InlineData("StartCode")]
    [InlineData("Faults")]
    [Trait("Category", "CrossTools")]
    public Task The_objects_of_the_start_code_for_arm64_are_what_the_assembler_makes_of_its_sources(string name) => CompareObjectAsync("linux-arm64", Tool.Arm64, name);

    private async Task CompareObjectAsync(string platform, string prefix, string name)
    {
        string folder = Path.Combine(StartCode, platform);
        string assembled = Path.Combine(Folder, name + ".o");
        await Tool.RunAsync(prefix + "as", "-I", folder, "-o", assembled, Path.Combine(folder, name + ".S"));
        string kept = Path.Combine(folder, name + ".o");
        if ((!File.Exists(kept) || Described(assembled) != Described(kept)) && Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
        {
            File.Copy(assembled, kept, overwrite: true);
        }

        Assert.Equal(Described(assembled), Described(kept));
    }

    /// <summary>All of an object that becomes part of programs: another version of the assembler may arrange it otherwise.</summary>
    private static string Described(string file)
    {
        var source = ElfObject.Read(Path.GetFileName(file), File.ReadAllBytes(file));
        return string.Join('\n', source.Sections.Where(section => section.IsInMemory && section.Size > 0 && section.Name != ".note.gnu.property").Select(section =>
            $"{section.Name} {section.Type} {section.Alignment} {Convert.ToHexString(section.Content.Span)} "
            + string.Join(' ', section.Relocations.Select(relocation => $"{relocation.Offset}:{relocation.Type}:{relocation.Symbol.Name}:{relocation.Symbol.Section?.Name}:{relocation.Addend}"))
            + string.Join(' ', source.Symbols.Where(symbol => symbol.Section == section && symbol.Name.Length > 0).Select(symbol => $" {symbol.Name}:{symbol.Value}:{symbol.Size}:{symbol.Binding}").Order(StringComparer.Ordinal))));
    }

    private async Task<string> AssembleAsync(string prefix, string text)
    {
        string source = Path.Combine(Folder, "program.s");
        await File.WriteAllTextAsync(source, text + "\n");
        await Tool.RunAsync(prefix + "as", "-o", source + ".o", source);
        return source + ".o";
    }

    private async Task<byte[]> GnuAsync(string prefix, string[] definitions, string[] objects)
    {
        string linked = Path.Combine(Folder, "linked");
        string image = Path.Combine(Folder, "image");
        await Tool.RunAsync(prefix + "ld", ["-nostdlib", "-static", "--gc-sections", "--build-id=none", .. definitions, "-T", Repository.Path("tests", "Reference", "Freestanding.ld"), "-o", linked, .. objects]);
        bool hasVariables = (await Tool.RunAsync(prefix + "size", "-A", linked)).Split('\n').Any(line => line.StartsWith(".variables ", StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] != "0");
        await Tool.RunAsync(prefix + "objcopy", ["-O", "binary", "-j", ".image", "-j", ".start", "-j", ".code", .. hasVariables ? ["-j", ".variables_header", "-j", ".variables"] : Array.Empty<string>(), linked, image]);
        return await File.ReadAllBytesAsync(image);
    }
}
