using System;
using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>A relocatable object (ET_REL), read and found to hold together: every index is that of something, every offset lies within.</summary>
/// <param name="File">The name of the file, for messages.</param>
/// <param name="Architecture">The processor that it is for.</param>
/// <param name="Sections">The sections in the order of their headers.</param>
/// <param name="Symbols">The symbols in the order of the table.</param>
internal sealed record ElfObject(string File, Architecture Architecture, IReadOnlyList<ElfSection> Sections, IReadOnlyList<ElfSymbol> Symbols)
{
    /// <summary>Reads an object.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <exception cref="LinkException">The file is no object, or none that can be linked.</exception>
    internal static ElfObject Read(string file, ReadOnlyMemory<byte> bytes) => new ElfReader(file, bytes).Read();
}
