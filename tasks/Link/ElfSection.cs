using System;
using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>A section of an object. One is told from another by what it is, not by what is in it.</summary>
/// <param name="file">The name of the object.</param>
/// <param name="name">Its name, of which others may have the same.</param>
/// <param name="type">SHT_PROGBITS and the like.</param>
/// <param name="flags">SHF_ALLOC and the like.</param>
/// <param name="alignment">What its address is a multiple of: a power of two.</param>
/// <param name="size">Its bytes in memory.</param>
/// <param name="content">Its bytes in the file: as many, or none where all are zero (SHT_NOBITS).</param>
internal sealed class ElfSection(string file, string name, uint type, ulong flags, ulong alignment, ulong size, ReadOnlyMemory<byte> content)
{
    internal string File => file;

    internal string Name => name;

    internal uint Type => type;

    internal ulong Alignment => alignment;

    internal ulong Size { get; private set; } = size;

    internal ReadOnlyMemory<byte> Content { get; private set; } = content;

    internal bool HasNoBits => type == Elf.SHT_NOBITS;

    internal bool IsInMemory => Has(Elf.SHF_ALLOC);

    internal bool IsCode => Has(Elf.SHF_EXECINSTR);

    internal bool IsWritable => Has(Elf.SHF_WRITE);

    internal bool IsOfThread => Has(Elf.SHF_TLS);

    internal bool IsCompressed => Has(Elf.SHF_COMPRESSED);

    /// <summary>In the order of the object.</summary>
    internal IReadOnlyList<ElfRelocation> Relocations { get; set; } = [];

    /// <summary>Puts other bytes into its place: see <see cref="Placement"/>.</summary>
    internal void Replace(ReadOnlyMemory<byte> other)
    {
        Content = other;
        Size = (ulong)other.Length;
    }

    private bool Has(ulong flag) => (flags & flag) != 0;
}
