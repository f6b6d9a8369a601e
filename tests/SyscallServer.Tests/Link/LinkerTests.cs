using System;
using System.Linq;
using System.Text;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>Objects of a few bytes, and the bytes that become of them.</summary>
public class LinkerTests
{
    private static readonly byte[] Four = [0, 0, 0, 0];

    /// <summary>Where the first byte after the ELF header lies.</summary>
    private const ulong First = SmallLayout.Start + Elf.HeaderBytes;

    [Fact]
    public void What_the_entry_point_reaches_is_linked_and_nothing_else()
    {
        ElfBuilder program = new ElfBuilder()
            .Code("unused", [9, 9])
            .Code("b", [2])
            .Code("_start", [1, 0, 0, 0, 0]).To("a", 1)
            .Code("a", [3, 0, 0, 0, 0]).To("b", 1, addend: -4);
        LinkResult result = Linking.Link(program);

        // In the order of the object: b, _start, a.
        Assert.Equal([2, 1, 4, 0, 0, 0, 3, .. BitConverter.GetBytes(-11)], Linking.Contents(result));
        Assert.Equal(First + 1, BitConverter.ToUInt64(result.Image, 24));
        ulong size = (ulong)result.Image.Length;
        Assert.Equal([(Elf.PT_LOAD, 5u, 0ul, SmallLayout.Start, size, size), (Elf.PT_GNU_STACK, 6u, 0ul, 0ul, 0ul, 0ul)], Linking.Segments(result.Image));
    }

    [Fact]
    public void Constants_come_first_those_with_the_largest_alignment_before_the_others_and_then_what_was_assembled()
    {
        LinkResult result = Linking.Link(
            new ElfBuilder().Code("_start", [1, 0, 0, 0, 0], ".text._start").To("main", 1, addend: -4).Constant("cookie", [7], 8),
            new ElfBuilder().Constant("one", [1]).Constant("vector", [2, 2], 16).Code("main", [3, .. Four, .. Four, .. Four]).To("one", 1).To("vector", 5).To("cookie", 9));
        byte[] contents = Linking.Contents(result);
        Assert.Equal([2, 2, 0, 0, 0, 0, 0, 0, 7, 1, 1], contents[..11]);
        Assert.Equal(3, contents[15]);
    }

    [Theory]
    [InlineData("The assets of Site", true)]
    [InlineData("The assets of Site\0\0", true)]
    [InlineData("The assets of Sites", false)]
    [InlineData("The assets of Sit", false)]
    public void Assets_go_into_the_place_of_the_constant_that_names_them(string constant, bool isTheirs)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(constant);
        var assets = new Placement("The assets of Site"u8.ToArray(), [.. Enumerable.Range(1, 100).Select(i => (byte)i)]);
        ElfBuilder program = new ElfBuilder().Code("_start", [0xFE, 0, 0, 0, 0]).To("place", 1, ElfBuilder.Pc32, addend: -4).Constant("place", bytes);
        LinkResult result = Linking.Link(assets, program);
        byte[] expected = isTheirs ? assets.Content : bytes;
        byte[] contents = Linking.Contents(result);
        Assert.Equal(expected, contents[..expected.Length]);

        // What is reached from the code is where the constant was.
        int code = Array.IndexOf(contents, (byte)0xFE);
        Assert.Equal(-(code + 5), BitConverter.ToInt32(contents, code + 1));
    }

    [Theory]
    [InlineData(ElfBuilder.R64, 5, new byte[] { 0x45, 0, 0x40, 0, 0, 0, 0, 0 })]
    [InlineData(ElfBuilder.R32, 5, new byte[] { 0x45, 0, 0x40, 0, 0, 0, 0, 0 })]
    [InlineData(ElfBuilder.R32S, -1, new byte[] { 0x3F, 0, 0x40, 0, 0, 0, 0, 0 })]
    [InlineData(ElfBuilder.Pc32, -4, new byte[] { 0xF8, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 })]
    [InlineData(ElfBuilder.Plt32, 4, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(ElfBuilder.Pc64, 0, new byte[] { 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(0, 5, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Each_kind_of_relocation_writes_what_the_psABI_says(uint type, long addend, byte[] expected)
    {
        // At 4 of what begins at 0x400040, to 0x400040.
        LinkResult result = Linking.Link(new ElfBuilder().Code("_start", new byte[12]).To("_start", 4, type, addend));
        Assert.Equal(expected, Linking.Contents(result)[4..]);
    }

    [Theory]
    [InlineData(9u, 0, 0L, "'a.o' has a relocation of the kind 9 for 'far' in section '__managedcode', which this linker does not know.")]
    [InlineData(ElfBuilder.Pc32, 2, 0L, "'a.o' is no object that can be linked: a relocation is for byte 2 of section '__managedcode', which has 5.")]
    [InlineData(ElfBuilder.Pc32, 0, 0x80000000L, "'far' is out of reach: R_X86_64_PC32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 2147483653.")]
    [InlineData(ElfBuilder.R32, 0, 0x100000000L, "'far' is out of reach: R_X86_64_32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 4299161669.")]
    [InlineData(ElfBuilder.R32, 0, -0x500000L, "'far' is out of reach: R_X86_64_32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold -1048507.")]
    [InlineData(ElfBuilder.R32S, 0, 0x80000000L, "'far' is out of reach: R_X86_64_32S at 0x400040, in section '__managedcode' of 'a.o', cannot hold 2151678021.")]
    public void A_relocation_that_is_not_known_or_does_not_fit_is_an_error(uint type, ulong offset, long addend, string message)
        => Assert.Equal(message, Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("_start", new byte[5]).Label("far", 5).To("far", offset, type, addend))).Message);

    [Fact]
    public void Variables_have_a_segment_of_their_own_of_which_zeros_take_nothing_in_the_file()
    {
        LinkResult result = Linking.Link(new ElfBuilder().Code("_start", new byte[8]).To("zeros", 0).To("variable", 4).Zeros("zeros", 100, 8).Variable("variable", [1, 2, 3], 4));
        (uint _, uint flags, ulong offset, ulong address, ulong fileSize, ulong memorySize) = Linking.Segments(result.Image)[2];
        Assert.Equal((6u, 3ul, 108ul), (flags, fileSize, memorySize));
        Assert.Equal((0ul, 0ul), (offset % 16, (address - offset) % 0x1000));
        Assert.Equal([1, 2, 3], result.Image[(int)offset..]);
        Assert.Equal((int)(address + 8 - First), BitConverter.ToInt32(Linking.Contents(result)));
    }

    [Fact]
    public void Where_all_variables_are_zero_the_file_ends_with_the_program_headers()
    {
        byte[] image = Linking.Link(new ElfBuilder().Code("_start", Four).To("zeros", 0).Zeros("zeros", 100)).Image;
        Assert.Equal((0ul, 100ul), (Linking.Segments(image)[2].FileSize, Linking.Segments(image)[2].MemorySize));
        Assert.Equal(Elf.HeaderBytes + 4 + (3 * Elf.ProgramHeaderBytes), image.Length);
    }

    [Fact]
    public void Compiled_functions_are_aligned_as_the_program_wants_it_and_the_gaps_are_instructions_that_do_nothing()
        => Assert.Equal(
            [1, 0x0F, 0x1F, 0x00, 2, 2, 0x66, 0x90, 3],
            Linking.Contents(Linking.Link(4, [], new ElfBuilder().Code("_start", [1], ".text").To("b", 0, 0).To("c", 0, 0).Code("b", [2, 2], alignment: 32).Code("c", [3], "__unbox"))));

    [Fact]
    public void A_symbol_that_nothing_defines_is_named_once_for_each_section_that_uses_it()
    {
        LinkResult result = Linking.Link(new ElfBuilder().Code("_start", new byte[12]).To("missing", 0).To("missing", 4).To("other", 8).Code("other", Four).To("missing", 0));
        Assert.Equal(["missing", "missing"], result.Undefined.Select(symbol => symbol.Name));
        Assert.Empty(result.Image);
    }

    [Fact]
    public void What_is_not_reached_may_use_what_it_likes()
        => Assert.Empty(Linking.Link(new ElfBuilder().Code("_start", [1]).Code("unused", Four).To("missing", 0)).Undefined);

    [Fact]
    public void A_weak_symbol_that_nothing_defines_is_zero()
        => Assert.Equal([5, 0, 0, 0], Linking.Contents(Linking.Link(new ElfBuilder().Code("_start", Four).To("missing", 0, ElfBuilder.R32, 5).Symbol("missing", Elf.STB_WEAK, Elf.SHN_UNDEF))));

    [Fact]
    public void A_number_is_what_its_symbol_says()
        => Assert.Equal([7, 0, 0, 0], Linking.Contents(Linking.Link(new ElfBuilder().Code("_start", Four).To("seven", 0, ElfBuilder.R32).Symbol("seven", Elf.STB_GLOBAL, Elf.SHN_ABS, 7))));

    [Fact]
    public void A_global_symbol_takes_precedence_over_a_weak_one_in_either_order()
    {
        ElfBuilder weak() => new ElfBuilder().Code("start_weak", [1]).Label("x", 0, Elf.STB_WEAK);
        ElfBuilder strong() => new ElfBuilder().Code("_start", [2]).To("x", 0, 0).Label("x", 0);
        Assert.Equal([2], Linking.Contents(Linking.Link(weak(), strong())));
        Assert.Equal([2], Linking.Contents(Linking.Link(strong(), weak())));
    }

    [Fact]
    public void A_symbol_that_is_defined_twice_is_an_error_that_names_both_objects()
        => Assert.Equal("'x' is defined twice: in 'a.o' and in 'b.o'.", Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("x", [1]), new ElfBuilder().Code("x", [1]))).Message);

    [Fact]
    public void Local_symbols_of_the_same_name_are_those_of_their_objects()
    {
        LinkResult result = Linking.Link(
            new ElfBuilder().Code("_start", new byte[8]).To("local", 0, ElfBuilder.R32).To("other", 4, ElfBuilder.R32).Code("x", [2]).Label("local", 0, Elf.STB_LOCAL),
            new ElfBuilder().Code("other", Four).To("local", 0, ElfBuilder.R32).Code("y", [3]).Label("local", 0, Elf.STB_LOCAL));
        Assert.Equal([.. BitConverter.GetBytes((int)First + 8), .. BitConverter.GetBytes((int)First + 9), 2, .. BitConverter.GetBytes((int)First + 13), 3], Linking.Contents(result));
    }

    [Fact]
    public void An_alias_means_what_the_other_name_does()
        => Assert.Equal([1, 2], Linking.Contents(Linking.Link(1, [("SyscallServerStart", "main")], new ElfBuilder().Code("_start", [1]).To("SyscallServerStart", 0, 0).Code("main", [2]).Code("unused", [3]))));

    [Fact]
    public void Without_an_entry_point_nothing_is_linked()
        => Assert.Equal("The entry point '_start' is not defined in any of the objects.", Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("x", [1]))).Message);

    [Theory]
    [InlineData(Elf.SHF_ALLOC | Elf.SHF_TLS, "it holds variables of threads, and there is but one thread")]
    [InlineData(Elf.SHF_ALLOC | Elf.SHF_COMPRESSED, "it is compressed")]
    [InlineData(0ul, "it is none that lies in memory")]
    public void What_cannot_be_part_of_an_image_is_an_error(ulong flags, string why)
        => Assert.Equal(
            $"The program uses section '.strange' of 'a.o', which cannot be part of it: {why}.",
            Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("_start", Four).To("strange", 0).OfSection("strange", ".strange", Elf.SHT_PROGBITS, flags, Four))).Message);

    [Fact]
    public void A_variable_that_wants_more_than_the_alignment_of_a_vector_is_an_error()
        => Assert.Contains("aligned to 32 bytes, of which 16 are possible", Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("_start", Four).To("v", 0).Variable("v", [1], 32))).Message, StringComparison.Ordinal);

    [Fact]
    public void Where_there_are_static_fields_of_reference_types_the_start_code_that_makes_their_objects_is_linked_and_finds_the_list()
    {
        ElfBuilder start() => new ElfBuilder().Code("_start", [1]).Code("_start_with_reference_statics", [2, .. Four, .. Four]).To("reference_statics", 1, ElfBuilder.R32).To("reference_statics_end", 5, ElfBuilder.R32);
        byte[] contents = Linking.Contents(Linking.Link(start(), new ElfBuilder().Constant("Program__GCStaticRegion", [5, 6, 7, 8])));
        Assert.Equal([5, 6, 7, 8, 2, .. BitConverter.GetBytes((int)First), .. BitConverter.GetBytes((int)First + 4)], contents);

        // A list of nothing.
        Assert.Equal([1], Linking.Contents(Linking.Link(start(), new ElfBuilder().Constant("Program__GCStaticRegion", []))));
    }

    [Fact]
    public void The_same_objects_make_the_same_bytes_whatever_they_are_called()
    {
        ElfBuilder[] objects() => [new ElfBuilder().Code("_start", Four).To("x", 0).Constant("x", [1, 2, 3], 4)];
        LinkResult first = Linking.Link(objects());
        LinkResult second = Linking.Link([objects()[0].Read("/elsewhere/other.o")], "_start");
        Assert.Equal(first.Image, second.Image);
        Assert.Equal(first.Symbols, second.Symbols);
    }
}
