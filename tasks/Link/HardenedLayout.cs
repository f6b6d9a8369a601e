using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// As little as possible that an attacker could make use of: the image lies wherever the kernel puts it, which is elsewhere each time (ET_DYN), and no byte of it is in a page with more rights than it needs.
/// </summary>
/// <remarks>
/// The segments are: ELF header, program headers and constants, which are read; code, which is read and executed; what is read only once the start code has written addresses to it; variables. In the file,
/// code has blocks of 4 KiB of its own, so that where pages are as large nothing else is executable. (A kernel for arm64 with larger pages maps the neighbours in those blocks along.)
/// </remarks>
internal sealed class HardenedLayout : Layout
{
    /// <summary>Bytes of the smallest page that a kernel has.</summary>
    private const ulong SmallestPage = 0x1000;

    /// <summary>Lays out a program.</summary>
    /// <param name="sections">The sections of the program, in the order of the objects.</param>
    /// <param name="isConstant">Whether a section that could be written to never is, once it has its addresses.</param>
    /// <param name="architecture">What they are for.</param>
    /// <param name="functionAlignment">What the addresses of compiled functions are multiples of.</param>
    /// <exception cref="LinkException">The program is too large, or wants what the layout does not have.</exception>
    internal HardenedLayout(IReadOnlyList<ElfSection> sections, Func<ElfSection, bool> isConstant, Architecture architecture, ulong functionAlignment)
        : base(sections, architecture, functionAlignment)
    {
        if (sections.FirstOrDefault(section => section.Alignment > Page) is { } wide)
        {
            throw new LinkException($"Section '{wide.Name}' of '{wide.File}' is aligned to {wide.Alignment} bytes, and the kernel puts the program at any multiple of {Page}.");
        }

        bool hasAddresses(ElfSection section) => section.Relocations.Any(relocation => architecture.IsAddress(relocation.Type));
        bool isFinal(ElfSection section) => section.IsWritable ? isConstant(section) : hasAddresses(section);
        ElfSection[] addresses = [.. AllConstants.Concat(AllVariables).Where(section => isFinal(section) && !section.HasNoBits)];
        var headers = new ProgramHeader[addresses.Length > 0 ? 5 : 4];
        ProgramHeadersAddress = Elf.HeaderBytes;
        Constants = PlaceConstants(ProgramHeadersAddress + ((ulong)headers.Length * Elf.ProgramHeaderBytes), 0, AllConstants.Except(addresses));
        (ulong start, ulong origin) = After(Constants.End, Constants.FileEnd, SmallestPage);
        StartCode = PlaceStartCode(start, origin);
        Code = PlaceCode();
        ImageEnd = Code.End;
        bool isWrittenToFile = addresses.Length > 0 || AllVariables.Any(section => !section.HasNoBits);
        (start, origin) = After(Code.End, Code.FileEnd, isWrittenToFile ? SmallestPage : VariablesAlignment);
        Addresses = PlaceData(start, origin, addresses);
        if (addresses.Length > 0)
        {
            (start, origin) = After(Addresses.End, Addresses.FileEnd, VariablesAlignment);
        }

        Data = PlaceData(start, origin, AllVariables.Except(addresses));
        Zeros = PlaceZeros();
        CheckSize();
        headers[0] = Segment(Elf.PF_R, 0, Constants.FileEnd, 0, Constants.End);
        headers[1] = Segment(Elf.PF_R | Elf.PF_X, StartCode.Address - StartCode.Origin, Code.FileEnd, StartCode.Address, Code.End);
        if (addresses.Length > 0)
        {
            headers[2] = Segment(Elf.PF_R | Elf.PF_W, Addresses.Address - Addresses.Origin, Addresses.FileEnd, Addresses.Address, Addresses.End);
        }

        headers[^2] = Segment(Elf.PF_R | Elf.PF_W, Data.Address - Data.Origin, Data.FileEnd, Data.Address, Zeros.End);
        headers[^1] = ProgramHeader.Stack;
        ProgramHeaders = headers;
        FileSize = Data.Size > 0 ? Data.FileEnd : addresses.Length > 0 ? Addresses.FileEnd : Code.FileEnd;
    }

    internal override ulong ImageStart => 0;

    internal override bool IsMovable => true;

    /// <summary>Where the next segment begins: in pages of its own, and at the same place in a page as in the file.</summary>
    private (ulong Address, ulong Origin) After(ulong end, ulong fileEnd, ulong fileAlignment)
    {
        ulong offset = Align(fileEnd, fileAlignment);
        ulong address = Align(end, Page) + (offset % Page);
        return (address, address - offset);
    }

    private ProgramHeader Segment(uint flags, ulong offset, ulong fileEnd, ulong address, ulong end) => new(Elf.PT_LOAD, flags, offset, address, fileEnd - offset, end - address, Page);
}
