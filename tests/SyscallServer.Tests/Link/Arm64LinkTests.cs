using System;
using System.Buffers.Binary;
using System.Linq;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>What the linker does otherwise for arm64: relocations, the alignment of code, the pages.</summary>
public class Arm64LinkTests
{
    private const uint Abs64 = 257;
    private const uint Abs32 = 258;
    private const uint Prel32 = 261;
    private const uint AdrPrelPgHi21 = 275;
    private const uint AddAbsLo12 = 277;
    private const uint Jump26 = 282;
    private const uint Call26 = 283;
    private const uint Ldst64AbsLo12 = 286;

    private const uint Adrp = 0x90000000; // adrp x0, 0
    private const uint Add = 0x91000000; // add x0, x0, #0
    private const uint Branch = 0x14000000;
    private const uint BranchWithLink = 0x94000000;
    private const uint Load = 0xF9400000; // ldr x0, [x0]

    private static ElfBuilder Arm64 => new() { Machine = (byte)Elf.EM_AARCH64 };

    [Theory]
    [InlineData(0u, 0u, 0, 0u)]
    [InlineData(Abs32, 0u, 5, 0x400045u)]
    [InlineData(Abs32, 0u, 0xFFBFFFBF, 0xFFFFFFFFu)]
    [InlineData(Prel32, 0u, -4, 0xFFFFFFF8u)]
    [InlineData(Jump26, Branch, 8, 0x14000001u)] // b . + 4
    [InlineData(Jump26, Branch, 0x8000000, 0x15FFFFFFu)] // b . + 0x7FFFFFC
    [InlineData(Call26, BranchWithLink, 0, 0x97FFFFFFu)] // bl . - 4
    [InlineData(Call26, BranchWithLink, -0x7FFFFFC, 0x96000000u)] // bl . - 0x8000000
    [InlineData(AdrPrelPgHi21, Adrp, 0, 0x90000000u)]
    [InlineData(AdrPrelPgHi21, Adrp, 0xFC0, 0xB0000000u)] // the next page
    [InlineData(AdrPrelPgHi21, Adrp, 0x4000, 0x90000020u)]
    [InlineData(AdrPrelPgHi21, Adrp, -0x1000, 0xF0FFFFE0u)]
    [InlineData(AdrPrelPgHi21, Adrp, 0xFFFFF000, 0xF07FFFE0u)] // the last page that is in reach
    [InlineData(AddAbsLo12, Add, 5, 0x91011400u)] // add x0, x0, #0x45
    [InlineData(AddAbsLo12, Add, 0x12345FBF, 0x913FFC00u)] // add x0, x0, #0xFFF
    [InlineData(Ldst64AbsLo12, Load, 8, 0xF9402400u)] // ldr x0, [x0, #0x48]
    public void Each_kind_of_relocation_writes_what_AAELF64_says(uint type, uint instruction, long addend, uint expected)
    {
        // At 4 of what begins at 0x400040, to 0x400040.
        LinkResult result = Linking.Link(Arm64.Code("_start", [0, 0, 0, 0, .. BitConverter.GetBytes(instruction)]).To("_start", 4, type, addend));
        Assert.Equal(expected, BitConverter.ToUInt32(Linking.Contents(result), 4));
    }

    [Fact]
    public void An_address_of_eight_bytes_is_written_whole()
        => Assert.Equal(BitConverter.GetBytes(0x400042L), Linking.Contents(Linking.Link(Arm64.Code("_start", new byte[8]).To("_start", 0, Abs64, 2))));

    /// <summary>What an instruction does, and on which registers, is not what the linker writes.</summary>
    [Fact]
    public void Other_bits_of_an_instruction_stay()
    {
        LinkResult result = Linking.Link(Arm64.Code("_start", [.. BitConverter.GetBytes(0xF0FFFFF3), .. BitConverter.GetBytes(0x913FFE73)]).To("_start", 0, AdrPrelPgHi21).To("_start", 4, AddAbsLo12));
        Assert.Equal([.. BitConverter.GetBytes(0x90000013), .. BitConverter.GetBytes(0x91010273)], Linking.Contents(result));
    }

    [Theory]
    [InlineData(274u, 0L, "'a.o' has a relocation of the kind 274 for 'far' in section '__managedcode', which this linker does not know.")]
    [InlineData(Abs32, 0x100000000L, "'far' is out of reach: R_AARCH64_ABS32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 4299161664.")]
    [InlineData(Abs32, -0x500000L, "'far' is out of reach: R_AARCH64_ABS32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold -1048512.")]
    [InlineData(Prel32, 0x80000000L, "'far' is out of reach: R_AARCH64_PREL32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 2147483648.")]
    [InlineData(Prel32, -0x80000001L, "'far' is out of reach: R_AARCH64_PREL32 at 0x400040, in section '__managedcode' of 'a.o', cannot hold -2147483649.")]
    [InlineData(Call26, 0x8000000L, "'far' is out of reach: R_AARCH64_CALL26 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 134217728.")]
    [InlineData(Jump26, -0x8000004L, "'far' is out of reach: R_AARCH64_JUMP26 at 0x400040, in section '__managedcode' of 'a.o', cannot hold -134217732.")]
    [InlineData(Call26, 2L, "'far' is out of reach: R_AARCH64_CALL26 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 2.")]
    [InlineData(AdrPrelPgHi21, 0x100000000L, "'far' is out of reach: R_AARCH64_ADR_PREL_PG_HI21 at 0x400040, in section '__managedcode' of 'a.o', cannot hold 4294967296.")]
    [InlineData(AdrPrelPgHi21, -0x100001000L, "'far' is out of reach: R_AARCH64_ADR_PREL_PG_HI21 at 0x400040, in section '__managedcode' of 'a.o', cannot hold -4294971392.")]
    [InlineData(Ldst64AbsLo12, 4L, "'far' is out of reach: R_AARCH64_LDST64_ABS_LO12_NC at 0x400040, in section '__managedcode' of 'a.o', cannot hold 4194372.")]
    public void A_relocation_that_is_not_known_or_does_not_fit_is_an_error(uint type, long addend, string message)
        => Assert.Equal(message, Assert.Throws<LinkException>(() => Linking.Link(Arm64.Code("_start", new byte[4]).Label("far", 0).To("far", 0, type, addend))).Message);

    [Fact]
    public void Code_lies_at_multiples_of_four_whatever_the_program_wants_and_the_gaps_are_instructions_that_are_undefined()
    {
        ElfBuilder program = Arm64.Code("_start", BitConverter.GetBytes(Branch)).To("b", 0, 0).To("text", 0, 0).Code("b", [.. BitConverter.GetBytes(Branch), 7]).To("c", 0, 0).Code("c", BitConverter.GetBytes(Branch)).Code("text", [1, 2, 3], ".text", 4);
        Assert.Equal([1, 2, 3, 0, .. BitConverter.GetBytes(Branch), .. BitConverter.GetBytes(Branch), 7, 0, 0, 0, .. BitConverter.GetBytes(Branch)], Linking.Contents(Linking.Link(program)));
    }

    /// <summary>A kernel with pages of 64 KiB maps no segment at a place within a page, and gives a page one kind of rights.</summary>
    [Fact]
    public void Segments_lie_in_pages_of_their_own_where_a_page_has_64_KiB()
    {
        byte[] image = Linking.Link(Arm64.Code("_start", new byte[4]).To("v", 0, 0).To("z", 0, 0).Variable("v", [1, 2], 8).Zeros("z", 5)).Image;
        Assert.Equal(Elf.EM_AARCH64, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(18)));
        var segments = Linking.Segments(image).Where(segment => segment.Type == Elf.PT_LOAD).ToArray();
        Assert.Equal(2, segments.Length);
        Assert.All(segments, segment => Assert.Equal(0ul, (segment.Address - segment.Offset) % 0x10000));
        Assert.NotEqual(segments[0].Address / 0x10000, segments[1].Address / 0x10000);
    }

    [Fact]
    public void An_object_for_another_processor_is_an_error_that_names_both()
        => Assert.Equal("'b.o' is for the processor arm64, and the program is for x64.", Assert.Throws<LinkException>(() => Linking.Link(new ElfBuilder().Code("_start", [1]), Arm64.Code("x", new byte[4]))).Message);
}
