using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// Writes what a debugger reads: the image once more, and after it symbols, lines (DWARF) and how to find callers, with section headers that name all of it. The program headers are those of the image, by
/// which a debugger recognises it in memory, wherever it lies.
/// </summary>
internal sealed class SymbolFileWriter(IReadOnlyList<ElfObject> objects, SymbolTable symbols, Layout layout, Relocator relocator)
{
    private sealed record Section(string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link = 0, uint Info = 0, ulong Alignment = 1, ulong EntrySize = 0);

    private const ulong CallFramesAlignment = 8;

    private readonly List<byte> _file = [];
    private readonly List<Section> _sections = [new("", Elf.SHT_NULL, 0, 0, 0, 0, Alignment: 0)];
    private readonly Dictionary<ElfSection, int> _indices = [];

    /// <summary>Writes the file.</summary>
    /// <param name="image">What is run.</param>
    internal byte[] Write(ReadOnlySpan<byte> image)
    {
        _file.AddRange(image);
        AddImage();
        AddCallFrames();
        AddDebugSections();
        AddSymbols();
        return Finish();
    }

    /// <summary>The parts of the image, which lie in the file already.</summary>
    private void AddImage()
    {
        ulong code = layout.StartCode.Address;
        AddPart(".rodata", Elf.SHT_PROGBITS, Elf.SHF_ALLOC, layout.Constants.Address, layout.Constants.Size, layout.Constants);
        AddPart(".text", Elf.SHT_PROGBITS, Elf.SHF_ALLOC | Elf.SHF_EXECINSTR, code, layout.Code.End - code, layout.StartCode, layout.Code);
        AddPart(".data.rel.ro", Elf.SHT_PROGBITS, Elf.SHF_ALLOC | Elf.SHF_WRITE, layout.Addresses.Address, layout.Addresses.Size, layout.Addresses);
        AddPart(".data", Elf.SHT_PROGBITS, Elf.SHF_ALLOC | Elf.SHF_WRITE, layout.Data.Address, layout.Data.Size, layout.Data);
        AddPart(".bss", Elf.SHT_NOBITS, Elf.SHF_ALLOC | Elf.SHF_WRITE, layout.Zeros.Address, layout.Zeros.Size, layout.Zeros);
    }

    private void AddPart(string name, uint type, ulong flags, ulong address, ulong size, params LayoutPart[] parts)
    {
        if (size == 0)
        {
            return;
        }

        _sections.Add(new Section(name, type, flags, address, address - parts[0].Origin, size));
        foreach (ElfSection section in parts.SelectMany(part => part.Sections))
        {
            _indices.Add(section, _sections.Count - 1);
        }
    }

    private void AddCallFrames()
    {
        var frames = CallFrames.Of(objects, relocation => symbols.Find(relocation.Symbol) is { Section: { } section } && _indices.ContainsKey(section));
        if (frames.Size > 0)
        {
            AddContent(CallFrames.SectionName, frames.Write(relocator), 0, 0, CallFramesAlignment);
        }
    }

    /// <summary>The sections of each name one after the other, in the order of the objects.</summary>
    private void AddDebugSections()
    {
        var groups = objects.SelectMany(source => source.Sections)
            .Where(section => section.Name.StartsWith(".debug_", StringComparison.Ordinal) && !section.IsInMemory && !section.HasNoBits && !section.IsCompressed && section.Type != Elf.SHT_RELA)
            .GroupBy(section => section.Name, StringComparer.Ordinal)
            .ToArray();
        var offsets = new Dictionary<ElfSection, ulong>();
        foreach (var group in groups)
        {
            ulong end = 0;
            foreach (ElfSection section in group)
            {
                offsets.Add(section, Layout.Align(end, section.Alignment));
                end = offsets[section] + section.Size;
            }
        }

        foreach (var group in groups)
        {
            // DWARF 4, sections 2.6.2 and 2.17.3: two zeros are the end of a list of addresses. So what is no part of the program is empty there, and at 1.
            long absent = group.Key is ".debug_ranges" or ".debug_loc" ? 1 : 0;
            ElfSection last = group.Last();
            byte[] content = new byte[offsets[last] + last.Size];
            foreach (ElfSection section in group)
            {
                Span<byte> part = content.AsSpan((int)offsets[section], (int)section.Size);
                section.Content.Span.CopyTo(part);
                relocator.ApplyDebug(section, section.Relocations, part, 0, offsets, absent);
            }

            AddContent(group.Key, content, 0, 0, group.Max(section => section.Alignment));
        }
    }

    /// <summary>The symbols of the program, and those of the layout, local ones first (gABI, "Symbol Table").</summary>
    private void AddSymbols()
    {
        var texts = new List<byte> { 0 };
        var entries = new List<byte>(new byte[Elf.SymbolBytes]);
        ElfSymbol[] all =
        [
            .. objects.SelectMany(source => source.Symbols).Where(symbol => symbol.Name.Length > 0 && symbol.Type is not (Elf.STT_SECTION or Elf.STT_FILE) && symbol.Section is not null && _indices.ContainsKey(symbol.Section)),
            OfLayout("image_start", layout.ImageStart),
            OfLayout("program_headers", layout.ProgramHeadersAddress),
            OfLayout("image_end", layout.ImageEnd),
        ];
        int locals = all.Count(symbol => symbol.Binding == Elf.STB_LOCAL);
        foreach (ElfSymbol symbol in all.OrderBy(symbol => symbol.Binding != Elf.STB_LOCAL))
        {
            byte[] entry = new byte[Elf.SymbolBytes];
            BinaryPrimitives.WriteInt32LittleEndian(entry, texts.Count);
            entry[4] = (byte)((symbol.Binding << 4) | symbol.Type);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), symbol.Section is null ? (ushort)Elf.SHN_ABS : (ushort)_indices[symbol.Section]);
            BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(8), symbol.Section is null ? symbol.Value : layout.AddressOf(symbol.Section) + symbol.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(16), symbol.Size);
            entries.AddRange(entry);
            texts.AddRange(Encoding.UTF8.GetBytes(symbol.Name));
            texts.Add(0);
        }

        AddContent(".strtab", texts, 0, 0, 1, Elf.SHT_STRTAB);
        AddContent(".symtab", entries, 0, 0, 8, Elf.SHT_SYMTAB);
        _sections[^1] = _sections[^1] with { Link = (uint)_sections.Count - 2, Info = (uint)locals + 1, EntrySize = Elf.SymbolBytes };

        static ElfSymbol OfLayout(string name, ulong address) => new(name, Elf.STB_GLOBAL, Elf.STT_NOTYPE, null, Elf.SHN_ABS, address, 0);
    }

    private void AddContent(string name, IReadOnlyCollection<byte> content, ulong flags, ulong address, ulong alignment, uint type = Elf.SHT_PROGBITS)
    {
        Pad(alignment);
        _sections.Add(new Section(name, type, flags, address, (ulong)_file.Count, (ulong)content.Count, Alignment: alignment));
        _file.AddRange(content);
    }

    private void Pad(ulong alignment) => _file.AddRange(new byte[Layout.Align((ulong)_file.Count, alignment) - (ulong)_file.Count]);

    /// <summary>The names of the sections, their headers, and where those are.</summary>
    private byte[] Finish()
    {
        const string table = ".shstrtab";
        var names = new List<byte>();
        uint[] offsets = [.. _sections.Select(section => section.Name).Append(table).Select(name =>
        {
            uint offset = (uint)names.Count;
            names.AddRange(Encoding.ASCII.GetBytes(name));
            names.Add(0);
            return offset;
        })];
        AddContent(table, names, 0, 0, 1, Elf.SHT_STRTAB);
        Pad(8);
        int start = _file.Count;
        byte[] file = [.. _file, .. new byte[_sections.Count * Elf.SectionHeaderBytes]];
        for (int index = 0; index < _sections.Count; index++)
        {
            WriteHeader(file.AsSpan(start + (index * Elf.SectionHeaderBytes)), offsets[index], _sections[index]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(Elf.e_shoff), (ulong)start);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Elf.e_shentsize), Elf.SectionHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Elf.e_shnum), (ushort)_sections.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Elf.e_shstrndx), (ushort)(_sections.Count - 1));
        return file;
    }

    private static void WriteHeader(Span<byte> header, uint name, Section section)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, name);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], section.Type);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], section.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], section.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], section.Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], section.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], section.Link);
        BinaryPrimitives.WriteUInt32LittleEndian(header[44..], section.Info);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], section.Alignment);
        BinaryPrimitives.WriteUInt64LittleEndian(header[56..], section.EntrySize);
    }
}
