namespace SyscallServer.Tasks.Link;

/// <summary>A symbol of an object: a name, and where that is defined, if it is.</summary>
/// <param name="Name">The name. Symbols of sections have none.</param>
/// <param name="Binding">One of STB_LOCAL, STB_GLOBAL, STB_WEAK.</param>
/// <param name="Type">STT_FUNC and the like.</param>
/// <param name="Section">The section that it lies in; null where it lies in none, which <paramref name="SectionIndex"/> explains.</param>
/// <param name="SectionIndex">SHN_UNDEF where the symbol is defined elsewhere, SHN_ABS where it is a number.</param>
/// <param name="Value">The offset in the section, or the number.</param>
/// <param name="Size">The bytes of what it names; 0 where that is not known.</param>
internal sealed record ElfSymbol(string Name, int Binding, int Type, ElfSection? Section, uint SectionIndex, ulong Value, ulong Size)
{
    internal bool IsDefined => Section is not null || SectionIndex == Elf.SHN_ABS;
}
