using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// As few bytes as possible, at an address that is always the same: one segment that is read and executed, with the ELF header, the constants, the code and the program headers one after the other, and
/// where there are variables a second one that is read and written.
/// </summary>
/// <remarks>
/// The program headers come last, for there are two or three of them. In the file, the variables follow them; in memory they have pages of their own, at the same place in a page.
/// </remarks>
internal sealed class SmallLayout : Layout
{
    /// <summary>Where executables for x86-64 and arm64 lie by custom.</summary>
    internal const ulong Start = 0x400000;

    /// <summary>Lays out a program.</summary>
    /// <param name="sections">The sections of the program, in the order of the objects.</param>
    /// <param name="architecture">What they are for.</param>
    /// <param name="functionAlignment">What the addresses of compiled functions are multiples of.</param>
    /// <exception cref="LinkException">The program is too large, or wants what the layout does not have.</exception>
    internal SmallLayout(IReadOnlyList<ElfSection> sections, Architecture architecture, ulong functionAlignment)
        : base(sections, architecture, functionAlignment)
    {
        Constants = PlaceConstants(Start + Elf.HeaderBytes, Start, AllConstants);
        StartCode = PlaceStartCode(Constants.End, Start);
        Code = PlaceCode();
        ProgramHeadersAddress = Code.End;
        ImageEnd = ProgramHeadersAddress + (2 * Elf.ProgramHeaderBytes);
        ulong variablesOffset = Align(ImageEnd + Elf.ProgramHeaderBytes, VariablesAlignment) - Start;
        Addresses = new LayoutPart(ImageEnd, 0, Start, []);
        Data = PlaceData(Start + variablesOffset + Page, Start + Page, AllVariables);
        Zeros = PlaceZeros();
        CheckSize();
        ulong size = ImageEnd - Start;
        ulong variables = Zeros.End - Data.Address;
        ProgramHeader image = new(Elf.PT_LOAD, Elf.PF_R | Elf.PF_X, 0, Start, size, size, Page);
        ProgramHeaders = variables == 0
            ? [image, ProgramHeader.Stack]
            : [image, ProgramHeader.Stack, new ProgramHeader(Elf.PT_LOAD, Elf.PF_R | Elf.PF_W, variablesOffset, Data.Address, Data.Size, variables, Page)];

        // To the end of what is not zero; of a program whose variables all are, to that of the last program header.
        FileSize = Data.Size > 0 ? Data.FileEnd : ProgramHeadersAddress - Start + ((ulong)ProgramHeaders.Count * Elf.ProgramHeaderBytes);
    }

    internal override ulong ImageStart => Start;

    internal override bool IsMovable => false;
}
