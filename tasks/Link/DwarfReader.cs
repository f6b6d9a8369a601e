using System.Collections.Generic;
using System.Text;

namespace SyscallServer.Tasks.Link;

/// <summary>Reads the numbers of DWARF one after the other (DWARF 4, section 7).</summary>
internal sealed class DwarfReader
{
    private readonly ElfBytes _bytes;
    private readonly Dictionary<ulong, ElfRelocation> _relocations = [];

    internal DwarfReader(ElfSection section)
    {
        _bytes = new ElfBytes(section.File, section.Content);
        foreach (ElfRelocation relocation in section.Relocations)
        {
            _relocations[relocation.Offset] = relocation;
        }
    }

    /// <summary>Where the next number is.</summary>
    internal ulong Offset { get; set; }

    internal bool IsAtEnd => Offset >= _bytes.Length;

    internal byte UInt8() => _bytes.UInt8(Offset++);

    internal ushort UInt16() => _bytes.UInt16((Offset += sizeof(ushort)) - sizeof(ushort));

    internal uint UInt32() => _bytes.UInt32((Offset += sizeof(uint)) - sizeof(uint));

    internal string Text()
    {
        string text = _bytes.Text(Offset);
        Offset += (ulong)Encoding.UTF8.GetByteCount(text) + 1;
        return text;
    }

    /// <summary>The relocation of an address; null where it is a number. What follows is not read yet.</summary>
    internal ElfRelocation? Address() => _relocations.TryGetValue(Offset, out ElfRelocation relocation) ? relocation : null;

    /// <summary>The end of what begins with its length.</summary>
    internal ulong BlockEnd()
    {
        ulong length = Unsigned();
        _bytes.Slice(Offset, length);
        return Offset + length;
    }

    /// <summary>An unsigned LEB128.</summary>
    internal ulong Unsigned() => Leb128(out _, out _);

    /// <summary>A signed LEB128.</summary>
    internal long Signed()
    {
        long value = (long)Leb128(out int bits, out bool isNegative);
        return isNegative && bits < 64 ? value | (-1L << bits) : value;
    }

    /// <summary>Seven bits in each byte, the lowest ones first; bit 7 says that another byte follows. What is above 64 bits is lost.</summary>
    /// <param name="bits">How many there were.</param>
    /// <param name="isNegative">Whether the highest one is set, which is the sign where there is one.</param>
    private ulong Leb128(out int bits, out bool isNegative)
    {
        ulong value = 0;
        bits = 0;
        byte part;
        do
        {
            part = UInt8();
            value |= bits < 64 ? (ulong)(part & 0x7F) << bits : 0;
            bits += 7;
        }
        while ((part & 0x80) != 0);
        isNegative = (part & 0x40) != 0;
        return value;
    }

    /// <summary>Passes over operands.</summary>
    internal void Skip(int operands)
    {
        for (; operands > 0; operands--)
        {
            Unsigned();
        }
    }
}
