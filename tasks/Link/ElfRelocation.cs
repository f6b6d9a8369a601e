namespace SyscallServer.Tasks.Link;

/// <summary>A place in a section that the linker writes an address to (Elf64_Rela).</summary>
/// <param name="Offset">The place, from the start of the section on.</param>
/// <param name="Type">What is written, of the kinds that the architecture has.</param>
/// <param name="Symbol">What the address is that of.</param>
/// <param name="Addend">What is added to it.</param>
internal readonly record struct ElfRelocation(ulong Offset, uint Type, ElfSymbol Symbol, long Addend);
