using System;
using System.Linq;
using System.Text;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>The file for debuggers.</summary>
public class SymbolFileTests
{
    private static readonly byte[] Four = [0, 0, 0, 0];

    [Fact]
    public void It_has_the_image_once_more_with_section_headers()
    {
        LinkResult result = Linking.Link(new ElfBuilder().Code("_start", new byte[8]).To("v", 0).To("z", 4).Variable("v", [1, 2]).Zeros("z", 5));
        Assert.Equal(result.Image[Elf.HeaderBytes..], result.Symbols[Elf.HeaderBytes..result.Image.Length]);
        Assert.Equal([".text", ".data", ".bss", ".strtab", ".symtab", ".shstrtab"], Sections(result).Skip(1).Select(section => section.Name));
        Assert.Equal(Linking.Segments(result.Image), Linking.Segments(result.Symbols));
    }

    [Fact]
    public void It_names_what_is_linked_and_where_the_image_and_its_headers_are()
    {
        LinkResult result = Linking.Link(new ElfBuilder().Code("unused", [1]).Code("_start", [1, .. Four]).To("v", 1).Label("local", 3, Elf.STB_LOCAL).Variable("v", [1]));
        var symbols = Symbols(result);
        Assert.Equal(["local", "_start", "v", "image_start", "program_headers", "image_end"], symbols.Select(symbol => symbol.Name));
        Assert.Equal((SmallLayout.Start + Elf.HeaderBytes, 5ul), (symbols[1].Value, symbols[1].Size));
        Assert.Equal(symbols[1].Value + 3, symbols[0].Value);
        Assert.Equal(Linking.Segments(result.Image)[2].Address, symbols[2].Value);
        Assert.Equal(SmallLayout.Start + BitConverter.ToUInt64(result.Image, 32), symbols[4].Value);

        // gABI: sh_info is one more than the index of the last local symbol.
        int header = Header(result, Sections(result).ToList().FindIndex(section => section.Name == ".symtab"));
        Assert.Equal(2u, BitConverter.ToUInt32(result.Symbols, header + 44));
    }

    [Fact]
    public void Debug_sections_of_all_objects_are_one_after_the_other_and_know_where_things_are()
    {
        ElfBuilder One(string name, string other) => new ElfBuilder().Code(name, [1, .. Four]).To(other, 1).Code("unused_" + name, [1])
            .OfSection("text_" + name, ".debug_str", Elf.SHT_PROGBITS, 0, "ab\0"u8.ToArray())
            .OfSection("info_" + name, ".debug_info", Elf.SHT_PROGBITS, 0, new byte[20]).To(name, 0, ElfBuilder.R64, 1).To("unused_" + name, 8, ElfBuilder.R64, 1).To("text_" + name, 16, ElfBuilder.R32, 1)
            .OfSection("ranges_" + name, ".debug_ranges", Elf.SHT_PROGBITS, 0, new byte[8]).To("unused_" + name, 0, ElfBuilder.R64, 3);
        LinkResult result = Linking.Link(One("_start", "b"), One("b", "_start"));
        ulong start = SmallLayout.Start + Elf.HeaderBytes;
        Assert.Equal("ab\0ab\0"u8.ToArray(), Content(result, ".debug_str"));
        Assert.Equal(
            [.. BitConverter.GetBytes(start + 1), .. new byte[8], 1, 0, 0, 0, .. BitConverter.GetBytes(start + 6), .. new byte[8], 4, 0, 0, 0],
            Content(result, ".debug_info"));

        // A range of what is not there is neither at zero, which would end the list, nor anywhere else.
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], Content(result, ".debug_ranges"));
    }

    [Fact]
    public void How_to_find_callers_is_there_for_what_is_linked()
    {
        // A CIE of 8 bytes, and an FDE of 16 for each of two functions: length, distance to the CIE, function, size.
        byte[] frames = [4, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
        LinkResult result = Linking.Link(new ElfBuilder().Code("unused", [1]).Code("_start", [1, 2]).OfSection("frames", ".eh_frame", Elf.SHT_PROGBITS, Elf.SHF_ALLOC, frames).To("unused", 16, ElfBuilder.Pc32).To("_start", 32, ElfBuilder.Pc32));
        byte[] kept = Content(result, ".debug_frame");
        Assert.Equal([4, 0, 0, 0, 255, 255, 255, 255, 12, 0, 0, 0, 0, 0, 0, 0], kept[..16]);

        // It lies nowhere in memory: what is a distance in the object is one from the start of the section.
        Assert.Equal((int)(SmallLayout.Start + Elf.HeaderBytes) - 16, BitConverter.ToInt32(kept, 16));
        Assert.Equal([2, 0, 0, 0], kept[20..]);
        Assert.Equal(0ul, Sections(result).Single(section => section.Name == ".debug_frame").Address);
    }

    /// <summary>By them a debugger finds out where a program lies that the kernel has moved.</summary>
    [Fact]
    public void Its_program_headers_are_those_of_the_image()
    {
        byte[] frames = [4, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        LinkResult result = Linking.Harden(new ElfBuilder().Code("_start", [1, 2]).OfSection("frames", ".eh_frame", Elf.SHT_PROGBITS, Elf.SHF_ALLOC, frames).To("_start", 16, ElfBuilder.Pc32));
        int end = Elf.HeaderBytes + (4 * Elf.ProgramHeaderBytes);
        Assert.Equal(64ul, BitConverter.ToUInt64(result.Symbols, 32));
        Assert.Equal(result.Image[Elf.HeaderBytes..end], result.Symbols[Elf.HeaderBytes..end]);
        Assert.Contains(Sections(result), section => section.Name == ".debug_frame");
    }

    [Theory]
    [InlineData(new byte[] { 200, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0 })]
    public void Records_that_do_not_hold_together_are_an_error(byte[] frames)
        => Assert.Contains("of section '.eh_frame' does not hold together", Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("_start", [1, 2]).OfSection("frames", ".eh_frame", Elf.SHT_PROGBITS, Elf.SHF_ALLOC, frames).To("_start", 8, 0))).Message, StringComparison.Ordinal);

    private static int Header(LinkResult result, int index) => (int)BitConverter.ToUInt64(result.Symbols, 40) + (index * Elf.SectionHeaderBytes);

    private static (string Name, ulong Address, int Offset, int Size)[] Sections(LinkResult result)
    {
        byte[] file = result.Symbols;
        int names = (int)BitConverter.ToUInt64(file, Header(result, BitConverter.ToUInt16(file, 62)) + 24);
        return [.. Enumerable.Range(0, BitConverter.ToUInt16(file, 60)).Select(index => Header(result, index)).Select(at =>
            (Text(file, names + BitConverter.ToInt32(file, at)), BitConverter.ToUInt64(file, at + 16), (int)BitConverter.ToUInt64(file, at + 24), (int)BitConverter.ToUInt64(file, at + 32)))];
    }

    private static byte[] Content(LinkResult result, string name)
        => Sections(result).Single(section => section.Name == name) is var section ? result.Symbols[section.Offset..(section.Offset + section.Size)] : [];

    private static (string Name, ulong Value, ulong Size)[] Symbols(LinkResult result)
    {
        byte[] table = Content(result, ".symtab");
        byte[] names = Content(result, ".strtab");
        return [.. Enumerable.Range(1, (table.Length / Elf.SymbolBytes) - 1).Select(index => index * Elf.SymbolBytes)
            .Select(at => (Text(names, BitConverter.ToInt32(table, at)), BitConverter.ToUInt64(table, at + 8), BitConverter.ToUInt64(table, at + 16)))];
    }

    private static string Text(byte[] bytes, int offset) => Encoding.UTF8.GetString(bytes[offset..Array.IndexOf(bytes, (byte)0, offset)]);
}
