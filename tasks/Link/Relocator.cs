using System;
using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>Writes addresses to the places that want them.</summary>
internal sealed class Relocator(Architecture architecture, SymbolTable symbols, Layout layout)
{
    /// <summary>Applies the relocations of a section that is part of the program. What is not defined is zero: only weak symbols are left so.</summary>
    /// <param name="section">The section.</param>
    /// <param name="content">A copy of its bytes.</param>
    /// <exception cref="LinkException">A relocation is not known, does not lie in the section, or wants what does not fit.</exception>
    internal void Apply(ElfSection section, Span<byte> content)
    {
        ulong address = layout.AddressOf(section);
        foreach (ElfRelocation relocation in section.Relocations)
        {
            Apply(section, relocation, Place(section, relocation, content), address + relocation.Offset, ValueOf(relocation, address + relocation.Offset) ?? ValueOf(0, relocation, address + relocation.Offset));
        }
    }

    /// <summary>Applies relocations of a section for a debugger, which names also what is no part of the program.</summary>
    /// <param name="section">The section.</param>
    /// <param name="relocations">Those of its relocations that are wanted.</param>
    /// <param name="content">A copy of its bytes.</param>
    /// <param name="address">Where it begins in what it is a part of, from whose start distances are counted: it lies nowhere in memory.</param>
    /// <param name="debug">Where the sections for debuggers begin among those of their kind.</param>
    /// <param name="absent">What stands for the address of what is no part of the program.</param>
    internal void ApplyDebug(ElfSection section, IEnumerable<ElfRelocation> relocations, Span<byte> content, ulong address, IReadOnlyDictionary<ElfSection, ulong> debug, long absent)
    {
        foreach (ElfRelocation relocation in relocations)
        {
            Span<byte> place = Place(section, relocation, content);
            ulong at = address + relocation.Offset;
            long value = symbols.Find(relocation.Symbol) is { Section: { } target } definition && debug.TryGetValue(target, out ulong offset)
                ? (long)(offset + definition.Value) + relocation.Addend
                : ValueOf(relocation, at) ?? absent;
            Apply(section, relocation, place, at, value);
        }
    }

    /// <summary>What a relocation writes; null where its symbol is no part of the program.</summary>
    private long? ValueOf(ElfRelocation relocation, ulong at)
    {
        ulong? address = symbols.Find(relocation.Symbol) is { } definition ? layout.AddressOf(definition) : null;
        return address is null ? null : ValueOf(address.Value, relocation, at);
    }

    private long ValueOf(ulong address, ElfRelocation relocation, ulong at) => architecture.Value(relocation.Type, (long)address + relocation.Addend, (long)at);

    private Span<byte> Place(ElfSection section, ElfRelocation relocation, Span<byte> content)
    {
        int bytes = architecture.Bytes(relocation.Type)
            ?? throw new LinkException($"'{section.File}' has a relocation of the kind {architecture.NameOf(relocation.Type)} for '{relocation.Symbol.Name}' in section '{section.Name}', which this linker does not know.");
        return relocation.Offset <= (ulong)content.Length && (ulong)bytes <= (ulong)content.Length - relocation.Offset
            ? content.Slice((int)relocation.Offset, bytes)
            : throw new LinkException($"'{section.File}' is no object that can be linked: a relocation is for byte {relocation.Offset} of section '{section.Name}', which has {content.Length}.");
    }

    private void Apply(ElfSection section, ElfRelocation relocation, Span<byte> place, ulong at, long value)
    {
        if (place.Length > 0 && !architecture.TryWrite(place, relocation.Type, value))
        {
            throw new LinkException($"'{relocation.Symbol.Name}' is out of reach: {architecture.NameOf(relocation.Type)} at 0x{at:x}, in section '{section.Name}' of '{section.File}', cannot hold {value}.");
        }
    }
}
