namespace SyscallServer.Tasks.Link;

/// <summary>Numbers of the ELF format, by their names in the System V ABI (gABI) and, where that leaves them to a processor or a system, in the psABIs for x86-64 and arm64, and elf(5).</summary>
internal static class Elf
{
    // Where fields of the ELF header are, of those that are read or written by name.
    internal const int e_entry = 24;
    internal const int e_phoff = 32;
    internal const int e_shoff = 40;
    internal const int e_phnum = 56;
    internal const int e_shentsize = 58;
    internal const int e_shnum = 60;
    internal const int e_shstrndx = 62;

    internal const int HeaderBytes = 64; // sizeof(Elf64_Ehdr)
    internal const int ProgramHeaderBytes = 56; // sizeof(Elf64_Phdr)
    internal const int SectionHeaderBytes = 64; // sizeof(Elf64_Shdr)
    internal const int SymbolBytes = 24; // sizeof(Elf64_Sym)
    internal const int RelocationBytes = 24; // sizeof(Elf64_Rela)

    internal const uint Magic = 0x464C457F; // 0x7F "ELF", little-endian
    internal const byte ELFCLASS64 = 2;
    internal const byte ELFDATA2LSB = 1;
    internal const byte EV_CURRENT = 1;
    internal const ushort ET_REL = 1;
    internal const ushort ET_EXEC = 2;
    internal const ushort ET_DYN = 3;
    internal const ushort EM_X86_64 = 62;
    internal const ushort EM_AARCH64 = 183;

    internal const uint SHT_NULL = 0;
    internal const uint SHT_PROGBITS = 1;
    internal const uint SHT_SYMTAB = 2;
    internal const uint SHT_STRTAB = 3;
    internal const uint SHT_RELA = 4;
    internal const uint SHT_NOBITS = 8;
    internal const uint SHT_REL = 9;
    internal const uint SHT_SYMTAB_SHNDX = 18;

    internal const ulong SHF_WRITE = 1;
    internal const ulong SHF_ALLOC = 2;
    internal const ulong SHF_EXECINSTR = 4;
    internal const ulong SHF_TLS = 0x400;
    internal const ulong SHF_COMPRESSED = 0x800;

    internal const uint SHN_UNDEF = 0;
    internal const uint SHN_LORESERVE = 0xFF00;
    internal const uint SHN_ABS = 0xFFF1;
    internal const uint SHN_XINDEX = 0xFFFF;

    internal const int STB_LOCAL = 0;
    internal const int STB_GLOBAL = 1;
    internal const int STB_WEAK = 2;
    internal const int STT_NOTYPE = 0;
    internal const int STT_FUNC = 2;
    internal const int STT_SECTION = 3;
    internal const int STT_FILE = 4;

    internal const uint PT_LOAD = 1;
    internal const uint PT_GNU_STACK = 0x6474E551;
    internal const uint PF_X = 1;
    internal const uint PF_W = 2;
    internal const uint PF_R = 4;
}
