using System;
using System.Collections.Generic;
using System.Numerics;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// Reads a relocatable ELF object: gABI, chapters "ELF Header", "Sections", "Symbol Table" and "Relocation". What stands there is not trusted: the file may be any.
/// </summary>
internal sealed class ElfReader(string file, ReadOnlyMemory<byte> bytes)
{
    private readonly record struct Header(string Name, uint Type, ulong Flags, ulong Offset, ulong Size, uint Link, uint Info, ulong Alignment);

    private readonly ElfBytes _bytes = new(file, bytes);
    private Header[] _headers = [];
    private ElfSection[] _sections = [];
    private ElfSymbol[] _symbols = [];

    internal ElfObject Read()
    {
        Architecture architecture = ReadArchitecture();
        ReadHeaders();
        _sections = Array.ConvertAll(_headers, ReadSection);
        int table = Array.FindIndex(_headers, header => header.Type == Elf.SHT_SYMTAB);
        _symbols = table < 0 ? [] : ReadSymbols(table);
        for (int index = 0; index < _headers.Length; index++)
        {
            ReadRelocations(_headers[index], table);
        }

        return new ElfObject(file, architecture, _sections, _symbols);
    }

    private Architecture ReadArchitecture()
    {
        if (_bytes.Length < Elf.HeaderBytes || _bytes.UInt32(0) != Elf.Magic)
        {
            throw Fault("it does not begin as one");
        }

        if (_bytes.UInt8(4) != Elf.ELFCLASS64 || _bytes.UInt8(5) != Elf.ELFDATA2LSB || _bytes.UInt8(6) != Elf.EV_CURRENT)
        {
            throw Fault("it is not of 64 bits, little-endian and version 1");
        }

        if (_bytes.UInt16(16) != Elf.ET_REL)
        {
            throw Fault($"its type is {_bytes.UInt16(16)}, and that of a relocatable object {Elf.ET_REL}");
        }

        return Architecture.Of(_bytes.UInt16(18)) ?? throw Fault($"it is for the machine {_bytes.UInt16(18)}, which this linker does not know");
    }

    private void ReadHeaders()
    {
        ulong offset = _bytes.UInt64(Elf.e_shoff);
        ulong count = _bytes.UInt16(Elf.e_shnum);
        uint names = _bytes.UInt16(Elf.e_shstrndx);
        if (offset == 0)
        {
            throw Fault("it has no sections");
        }

        if (_bytes.UInt16(Elf.e_shentsize) != Elf.SectionHeaderBytes)
        {
            throw Fault($"its section headers are said to have {_bytes.UInt16(Elf.e_shentsize)} bytes");
        }

        // Numbers that two bytes do not hold are in the first header, which is that of no section.
        count = count == 0 ? _bytes.UInt64(Add(offset, 32)) : count;
        names = names == Elf.SHN_XINDEX ? _bytes.UInt32(Add(offset, 40)) : names;
        if (count > _bytes.Length / Elf.SectionHeaderBytes)
        {
            throw Fault($"{count} sections have no room in it");
        }

        var headers = new ElfBytes(file, _bytes.Slice(offset, count * Elf.SectionHeaderBytes));
        if (names >= count)
        {
            throw Fault($"the names of its sections are said to be in section {names}, and it has {count}");
        }

        ElfBytes texts = Content(headers, names);
        _headers = new Header[count];
        for (ulong index = 0; index < count; index++)
        {
            ulong at = index * Elf.SectionHeaderBytes;
            _headers[index] = new Header(
                texts.Text(headers.UInt32(at)), headers.UInt32(at + 4), headers.UInt64(at + 8), headers.UInt64(at + 24), headers.UInt64(at + 32), headers.UInt32(at + 40), headers.UInt32(at + 44), headers.UInt64(at + 48));
        }
    }

    private ElfBytes Content(ElfBytes headers, uint index) => new(file, _bytes.Slice(headers.UInt64((index * (ulong)Elf.SectionHeaderBytes) + 24), headers.UInt64((index * (ulong)Elf.SectionHeaderBytes) + 32)));

    private ElfSection ReadSection(Header header)
    {
        ulong alignment = Math.Max(header.Alignment, 1);
        if (header.Type != Elf.SHT_NULL && !BitOperations.IsPow2(alignment))
        {
            throw Fault($"the alignment of section '{header.Name}' is {alignment}, which is no power of two");
        }

        bool hasContent = header.Type is not (Elf.SHT_NOBITS or Elf.SHT_NULL);
        ulong size = header.Type == Elf.SHT_NULL ? 0 : header.Size;
        if (size > int.MaxValue || alignment > int.MaxValue)
        {
            throw Fault($"section '{header.Name}' is said to have {size} bytes, aligned to {alignment}");
        }

        return new ElfSection(file, header.Name, header.Type, header.Flags, alignment, size, hasContent ? _bytes.Slice(header.Offset, size) : default);
    }

    private ElfSymbol[] ReadSymbols(int table)
    {
        Header header = _headers[table];
        ElfBytes entries = Table(header, Elf.SymbolBytes);
        var texts = new ElfBytes(file, Section(header.Link, "the names of symbols").Content);
        var symbols = new ElfSymbol[entries.Length / Elf.SymbolBytes];

        // The indices of sections that two bytes do not hold.
        int extended = Array.FindIndex(_headers, candidate => candidate.Type == Elf.SHT_SYMTAB_SHNDX && candidate.Link == table);
        ElfBytes indices = new(file, extended < 0 ? default : _sections[extended].Content);
        for (int index = 0; index < symbols.Length; index++)
        {
            ulong at = (ulong)index * Elf.SymbolBytes;
            string name = texts.Text(entries.UInt32(at));
            byte info = entries.UInt8(at + 4);
            uint section = entries.UInt16(at + 6);
            bool isReserved = section is >= Elf.SHN_LORESERVE and not Elf.SHN_XINDEX;
            section = section == Elf.SHN_XINDEX ? indices.UInt32((ulong)index * sizeof(uint)) : section;
            ElfSection? place = isReserved || section == Elf.SHN_UNDEF ? null : Section(section, $"the symbol '{name}'");
            ulong value = entries.UInt64(at + 8);
            if (place is not null && value > place.Size)
            {
                throw Fault($"the symbol '{name}' lies at byte {value} of section '{place.Name}', which has {place.Size}");
            }

            symbols[index] = new ElfSymbol(name, info >> 4, info & 15, place, section, value, entries.UInt64(at + 16));
        }

        return symbols;
    }

    private void ReadRelocations(Header header, int table)
    {
        if (header.Type is not (Elf.SHT_RELA or Elf.SHT_REL))
        {
            return;
        }

        ElfSection target = Section(header.Info, $"'{header.Name}'");
        if (header.Type == Elf.SHT_REL)
        {
            throw Fault($"section '{header.Name}' has relocations without addends, which none of the architectures uses");
        }

        if (header.Link != table)
        {
            throw Fault($"section '{header.Name}' is said to use section {header.Link}, which is not the table of symbols");
        }

        ElfBytes entries = Table(header, Elf.RelocationBytes);
        var relocations = new List<ElfRelocation>((int)(entries.Length / Elf.RelocationBytes));
        for (ulong at = 0; at < entries.Length; at += Elf.RelocationBytes)
        {
            ulong info = entries.UInt64(at + 8);
            ulong symbol = info >> 32;
            if (symbol >= (ulong)_symbols.Length)
            {
                throw Fault($"a relocation of section '{target.Name}' is for symbol {symbol}, and there are {_symbols.Length}");
            }

            relocations.Add(new ElfRelocation(entries.UInt64(at), (uint)info, _symbols[symbol], (long)entries.UInt64(at + 16)));
        }

        target.Relocations = [.. target.Relocations, .. relocations];
    }

    private ElfBytes Table(Header header, int entryBytes)
        => header.Size % (ulong)entryBytes == 0
            ? new ElfBytes(file, _bytes.Slice(header.Offset, header.Size))
            : throw Fault($"section '{header.Name}' has {header.Size} bytes, which is no number of entries of {entryBytes}");

    private ElfSection Section(uint index, string user)
        => index < (uint)_sections.Length ? _sections[index] : throw Fault($"{user} is said to be for section {index}, and there are {_sections.Length}");

    private ulong Add(ulong offset, ulong more) => offset <= _bytes.Length ? offset + more : throw Fault($"its section headers are said to begin at byte {offset} of {_bytes.Length}");

    private LinkException Fault(string what) => new($"'{file}' is no object that can be linked: {what}.");
}
