using System;
using System.Linq;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>The layout of a program that lies elsewhere each time, and whose pages have no more rights than they need.</summary>
public class HardenedLayoutTests
{
    private const uint Read = Elf.PF_R;
    private const uint ReadExecute = Elf.PF_R | Elf.PF_X;
    private const uint ReadWrite = Elf.PF_R | Elf.PF_W;

    private static readonly byte[] Four = [0, 0, 0, 0];

    [Fact]
    public void The_kernel_may_put_it_anywhere()
    {
        LinkResult result = Linking.Harden(new ElfBuilder().Code("_start", [1]));
        Assert.Equal(Elf.ET_DYN, BitConverter.ToUInt16(result.Image, 16));
        Assert.Equal(0ul, Linking.Segments(result.Image)[0].Address);
    }

    [Fact]
    public void It_starts_with_what_makes_it_ready_for_its_place_which_goes_on_to_the_program()
    {
        LinkResult result = Linking.Harden(new ElfBuilder().Code("_start", [7]));
        int entry = (int)BitConverter.ToUInt64(result.Image, 24);
        int program = entry + BitConverter.ToInt32(result.Image, entry);
        Assert.Equal(7, result.Image[program]);
    }

    [Fact]
    public void Constants_are_only_read_code_is_never_written_and_variables_are_never_executed()
    {
        byte[] image = Linking.Harden(new ElfBuilder().Code("_start", new byte[8]).To("constant", 0).To("variable", 4).Constant("constant", [1, 2, 3]).Variable("variable", [4, 5], 4)).Image;
        var segments = Linking.Segments(image);
        Assert.Equal([Read, ReadExecute, ReadWrite, ReadWrite], segments.Select(segment => segment.Flags));
        Assert.Equal(Elf.PT_GNU_STACK, segments[^1].Type);
        AssertHolds(image, 0, [1, 2, 3]);
        AssertHolds(image, 2, [4, 5]);
    }

    /// <summary>A page is mapped whole: what shares a block of the file with code could be executed.</summary>
    [Fact]
    public void In_the_file_nothing_else_is_in_the_blocks_of_4_KiB_that_have_code()
    {
        byte[] image = Linking.Harden(new ElfBuilder().Code("_start", new byte[8]).To("constant", 0).To("variable", 4).Constant("constant", new byte[5000]).Variable("variable", [4, 5], 4)).Image;
        var segments = Linking.Segments(image);
        Assert.Equal(0ul, segments[1].Offset % 0x1000);
        Assert.True(segments[0].FileSize <= segments[1].Offset);
        Assert.Equal(0ul, segments[2].Offset % 0x1000);
        Assert.True(segments[1].Offset + segments[1].FileSize <= segments[2].Offset);
    }

    [Fact]
    public void Where_all_variables_are_zero_the_file_ends_with_the_code()
    {
        byte[] image = Linking.Harden(new ElfBuilder().Code("_start", [1])).Image;
        var segments = Linking.Segments(image);
        Assert.Equal((0ul, 8ul), (segments[2].FileSize, segments[2].MemorySize)); // the canary
        Assert.Equal((ulong)image.Length, segments[1].Offset + segments[1].FileSize);
    }

    [Fact]
    public void What_has_addresses_has_a_segment_of_its_own_and_each_of_them_a_place_in_the_table()
    {
        ElfBuilder program = new ElfBuilder()
            .Code("_start", [.. Four, .. Four, .. Four]).To("table", 0).To("_ZTV6String", 4).To("variable", 8)
            .Constant("table", new byte[24], 8).To("_start", 16, ElfBuilder.R64, 2)
            .Variable("_ZTV6String", new byte[8], 8).To("_start", 0, ElfBuilder.R64)
            .Variable("variable", new byte[8], 8).To("table", 0, ElfBuilder.R64);
        byte[] image = Linking.Harden(program).Image;
        var segments = Linking.Segments(image);
        Assert.Equal([Read, ReadExecute, ReadWrite, ReadWrite], segments.Where(segment => segment.Type == Elf.PT_LOAD).Select(segment => segment.Flags));
        Assert.Equal((32ul, 32ul), (segments[2].FileSize, segments[2].MemorySize)); // what is constant once it has them
        Assert.Equal((8ul, 16ul), (segments[3].FileSize, segments[3].MemorySize)); // the variable, and the canary

        int entry = (int)BitConverter.ToUInt64(image, 24);
        int table = Target(image, entry + 4);
        int end = Target(image, entry + 8);
        ulong[] places = [.. Enumerable.Range(0, (end - table) / 4).Select(index => (ulong)BitConverter.ToUInt32(image, table + (index * 4)))];
        Assert.Equal([segments[2].Address + 16, segments[2].Address + 24, segments[3].Address], places);
        Assert.Equal((int)segments[2].Address, Target(image, entry + 16));
        Assert.Equal((int)segments[2].Address + 32, Target(image, entry + 20));

        // What stands there is the distance from the start of the image.
        ulong program_start = BitConverter.ToUInt64(image, (int)segments[2].Offset + 24);
        Assert.Equal(program_start + 2, BitConverter.ToUInt64(image, (int)segments[2].Offset + 16));
        Assert.Equal(segments[2].Address, BitConverter.ToUInt64(image, (int)segments[3].Offset));
    }

    [Fact]
    public void Where_nothing_has_addresses_nothing_is_to_be_protected()
    {
        byte[] image = Linking.Harden(new ElfBuilder().Code("_start", [1])).Image;
        int entry = (int)BitConverter.ToUInt64(image, 24);
        Assert.Equal(Target(image, entry + 4), Target(image, entry + 8));
        Assert.Equal((0, 0), (Target(image, entry + 16), Target(image, entry + 20)));
    }

    [Fact]
    public void A_number_stays_what_it_is()
    {
        ElfBuilder program = new ElfBuilder().Code("_start", Four).To("variable", 0).Variable("variable", new byte[16], 8).To("seven", 0, ElfBuilder.R64).To("missing", 8, ElfBuilder.R64)
            .Symbol("seven", Elf.STB_GLOBAL, Elf.SHN_ABS, 7).Symbol("missing", Elf.STB_WEAK, Elf.SHN_UNDEF);
        byte[] image = Linking.Harden(program).Image;
        Assert.Equal([.. BitConverter.GetBytes(7L), .. new byte[8]], image[(int)Linking.Segments(image)[2].Offset..]);
        int entry = (int)BitConverter.ToUInt64(image, 24);
        Assert.Equal(Target(image, entry + 4), Target(image, entry + 8));
    }

    [Theory]
    [InlineData(ElfBuilder.R32, "far", "R_X86_64_32 for 'far'")]
    [InlineData(ElfBuilder.R32S, "far", "R_X86_64_32S for 'far'")]
    [InlineData(ElfBuilder.R64, "far", "R_X86_64_64 for 'far'")] // in code, which nobody may write to
    [InlineData(ElfBuilder.Pc32, "missing", "R_X86_64_PC32 for 'missing'")] // zero is elsewhere each time, seen from here
    [InlineData(ElfBuilder.Pc32, "seven", "R_X86_64_PC32 for 'seven'")]
    public void What_only_a_program_can_have_whose_place_is_known_is_an_error_that_names_the_way_out(uint type, string symbol, string named)
    {
        ElfBuilder program = new ElfBuilder().Code("_start", new byte[8]).Label("far", 4).To(symbol, 0, type).Symbol("seven", Elf.STB_GLOBAL, Elf.SHN_ABS, 7).Symbol("missing", Elf.STB_WEAK, Elf.SHN_UNDEF);
        Assert.Equal(
            $"'a.o' has {named} in section '__managedcode', which a program cannot have that lies elsewhere each time. With <SyscallServerLayout>Small</SyscallServerLayout> in the project file it lies where it was linked for.",
            Assert.Throws<LinkException>(() => Linking.Harden(program)).Message);
    }

    [Fact]
    public void What_is_aligned_to_more_than_a_page_is_an_error()
        => Assert.Equal(
            "Section '.rodata' of 'a.o' is aligned to 8192 bytes, and the kernel puts the program at any multiple of 4096.",
            Assert.Throws<LinkException>(() => Linking.Harden(new ElfBuilder().Code("_start", Four).To("wide", 0).Constant("wide", [1], 8192))).Message);

    /// <summary>A kernel with pages of 64 KiB maps no segment at a place within a page, and gives a page one kind of rights.</summary>
    [Fact]
    public void For_arm64_segments_lie_in_pages_of_their_own_where_a_page_has_64_KiB()
    {
        byte[] image = Linking.Harden(new ElfBuilder { Machine = (byte)Elf.EM_AARCH64 }.Code("_start", Four).To("v", 0, 0).To("t", 0, 0).To("c", 0, 0).Constant("c", [1]).Variable("v", [1, 2], 8).Variable("_ZTV1T", new byte[8], 8).Label("t", 0).To("c", 0, 257)).Image;
        var segments = Linking.Segments(image).Where(segment => segment.Type == Elf.PT_LOAD).ToArray();
        Assert.Equal([Read, ReadExecute, ReadWrite, ReadWrite], segments.Select(segment => segment.Flags));
        Assert.All(segments, segment => Assert.Equal(0ul, (segment.Address - segment.Offset) % 0x10000));
        Assert.Equal(segments.Length, segments.SelectMany(segment => new[] { segment.Address / 0x10000, (segment.Address + segment.MemorySize - 1) / 0x10000 }).Distinct().Count());
    }

    /// <summary>What a relocation of the start's leads to: an address, which is the offset where nothing comes between.</summary>
    private static int Target(byte[] image, int at) => at + BitConverter.ToInt32(image, at);

    private static void AssertHolds(byte[] image, int segment, byte[] content)
    {
        var (_, _, offset, _, size, _) = Linking.Segments(image)[segment];
        Assert.True(image.AsSpan((int)offset, (int)size).IndexOf(content) >= 0);
        Assert.Equal(image.AsSpan().IndexOf(content), (int)offset + image.AsSpan((int)offset, (int)size).IndexOf(content));
    }
}
