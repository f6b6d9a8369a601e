using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Tasks.Link;

namespace SyscallServer.Tests.Link;

/// <summary>Writes small objects for tests, byte for byte: gABI, "Sections", "Symbol Table" and "Relocation".</summary>
internal sealed class ElfBuilder
{
    internal const uint R64 = 1;
    internal const uint Pc32 = 2;
    internal const uint Plt32 = 4;
    internal const uint R32 = 10;
    internal const uint R32S = 11;
    internal const uint Pc64 = 24;

    private const ulong Alloc = Elf.SHF_ALLOC;

    /// <summary>e_machine.</summary>
    internal byte Machine { get; init; } = (byte)Elf.EM_X86_64;

    private sealed record Section(string Name, uint Type, ulong Flags, ulong Alignment, byte[] Content, int Size)
    {
        internal List<(ulong Offset, uint Type, string Symbol, long Addend)> Relocations { get; } = [];
    }

    private readonly List<Section> _sections = [];
    private readonly List<(string Name, int Binding, int Section, uint Value, uint Size, byte Type)> _symbols = [];

    internal ElfBuilder Code(string name, byte[] content, string section = "__managedcode", ulong alignment = 1) => Add(name, section, Elf.SHT_PROGBITS, Alloc | Elf.SHF_EXECINSTR, alignment, content, content.Length, 2);

    internal ElfBuilder Constant(string name, byte[] content, ulong alignment = 1, string section = ".rodata") => Add(name, section, Elf.SHT_PROGBITS, Alloc, alignment, content, content.Length, 0);

    internal ElfBuilder Variable(string name, byte[] content, ulong alignment = 1) => Add(name, ".data", Elf.SHT_PROGBITS, Alloc | Elf.SHF_WRITE, alignment, content, content.Length, 0);

    internal ElfBuilder Zeros(string name, int size, ulong alignment = 1) => Add(name, ".bss", Elf.SHT_NOBITS, Alloc | Elf.SHF_WRITE, alignment, [], size, 0);

    internal ElfBuilder OfSection(string name, string section, uint type, ulong flags, byte[] content) => Add(name, section, type, flags, 1, content, content.Length, 0);

    /// <summary>A relocation in the section added last.</summary>
    internal ElfBuilder To(string symbol, ulong offset, uint type = Plt32, long addend = 0)
    {
        _sections[^1].Relocations.Add((offset, type, symbol, addend));
        return this;
    }

    /// <summary>A further symbol in the section added last.</summary>
    internal ElfBuilder Label(string name, uint value, int binding = Elf.STB_GLOBAL)
    {
        _symbols.Add((name, binding, _sections.Count, value, 0, 0));
        return this;
    }

    /// <summary>A symbol that is defined elsewhere, or a number.</summary>
    internal ElfBuilder Symbol(string name, int binding, uint section, uint value = 0)
    {
        _symbols.Add((name, binding, (int)section, value, 0, 0));
        return this;
    }

    internal ElfObject Read(string file = "test.o") => ElfObject.Read(file, Bytes());

    internal byte[] Bytes()
    {
        foreach (string undefined in _sections.SelectMany(section => section.Relocations).Select(relocation => relocation.Symbol).Distinct().Where(name => !_symbols.Exists(symbol => symbol.Name == name)).ToArray())
        {
            Symbol(undefined, Elf.STB_GLOBAL, Elf.SHN_UNDEF);
        }

        var symbols = _symbols.OrderBy(symbol => symbol.Binding != Elf.STB_LOCAL).ToList();
        var texts = new List<byte> { 0 };
        int symbolTable = _sections.Count + 1;
        List<byte[]> headers = [new byte[Elf.SectionHeaderBytes]];
        var file = new List<byte>(new byte[Elf.HeaderBytes]);
        foreach (Section section in _sections)
        {
            headers.Add(Header(section.Name, section.Type, section.Flags, section.Content, 0, 0, section.Alignment, section.Size));
        }

        headers.Add(Header(".symtab", Elf.SHT_SYMTAB, 0, [.. new byte[Elf.SymbolBytes], .. symbols.SelectMany(Entry)], (uint)symbolTable + 1, 1, 8));
        int strings = headers.Count;
        headers.Add([]);
        for (int index = 0; index < _sections.Count; index++)
        {
            byte[] entries = [.. _sections[index].Relocations.SelectMany(relocation => Relocation(relocation.Offset, relocation.Type, 1 + symbols.FindIndex(symbol => symbol.Name == relocation.Symbol), relocation.Addend))];
            if (entries.Length > 0)
            {
                headers.Add(Header(".rela" + _sections[index].Name, Elf.SHT_RELA, 0, entries, (uint)symbolTable, (uint)index + 1, 8));
            }
        }

        headers[strings] = Header(".strtab", Elf.SHT_STRTAB, 0, [.. texts, .. ".strtab\0"u8], 0, 0, 1);
        byte[] all = [.. file, .. headers.SelectMany(header => header)];
        BinaryPrimitives.WriteUInt32LittleEndian(all, Elf.Magic);
        (all[4], all[5], all[6], all[16], all[18], all[52], all[58], all[60], all[62]) = (2, 1, 1, 1, Machine, 64, 64, (byte)headers.Count, (byte)strings);
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(40), file.Count);
        return all;

        uint Text(string text)
        {
            int found = texts.Count;
            texts.AddRange(Encoding.UTF8.GetBytes(text + '\0'));
            return (uint)found;
        }

        byte[] Entry((string Name, int Binding, int Section, uint Value, uint Size, byte Type) symbol)
            => [.. Bytes4(Text(symbol.Name)), (byte)((symbol.Binding << 4) | symbol.Type), 0, (byte)symbol.Section, (byte)(symbol.Section >> 8), .. Bytes8(symbol.Value), .. Bytes8(symbol.Size)];

        byte[] Header(string name, uint type, ulong flags, byte[] content, uint link, uint info, ulong alignment, int size = -1)
        {
            ulong offset = (ulong)file.Count;
            file.AddRange(content);
            return [.. Bytes4(Text(name)), .. Bytes4(type), .. Bytes8(flags), .. Bytes8(0), .. Bytes8(offset), .. Bytes8((ulong)(size < 0 ? content.Length : size)), .. Bytes4(link), .. Bytes4(info), .. Bytes8(alignment), .. Bytes8(0)];
        }
    }

    private ElfBuilder Add(string name, string section, uint type, ulong flags, ulong alignment, byte[] content, int size, byte kind)
    {
        _sections.Add(new Section(section, type, flags, alignment, content, size));
        _symbols.Add((name, Elf.STB_GLOBAL, _sections.Count, 0, kind == 2 ? (uint)size : 0, kind));
        return this;
    }

    private static byte[] Relocation(ulong offset, uint type, int symbol, long addend) => [.. Bytes8(offset), .. Bytes4(type), .. Bytes4((uint)symbol), .. Bytes8((ulong)addend)];

    private static byte[] Bytes4(uint value) => BitConverter.GetBytes(value);

    private static byte[] Bytes8(ulong value) => BitConverter.GetBytes(value);
}
