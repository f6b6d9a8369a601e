using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// The lines of the source that code was compiled from: DWARF 4, section 6.2, "Line Number Information", which is what the AOT compiler writes (DWARF 2 and 3 differ little). Other versions are passed over.
/// </summary>
internal sealed class LineTable
{
    private readonly record struct Row(ElfSection Section, ulong Offset, string File, int Line);

    /// <summary>The header of a unit, as far as its program needs it.</summary>
    private sealed record Unit(int MinimumLength, int LineBase, int LineRange, byte[] OperandCounts, IReadOnlyList<string> Files);

    private const int ExtendedOpcode = 0;
    private const int Copy = 1;
    private const int AdvanceAddress = 2;
    private const int AdvanceLine = 3;
    private const int SetFile = 4;
    private const int ConstantAdvance = 8;
    private const int FixedAdvance = 9;
    private const int EndSequence = 1;
    private const int SetAddress = 2;

    private readonly List<Row> _rows = [];

    private LineTable()
    {
    }

    /// <summary>Reads the lines of an object. It is for messages only, so what does not hold together is passed over.</summary>
    internal static LineTable Of(ElfObject source)
    {
        var table = new LineTable();
        foreach (ElfSection section in source.Sections.Where(section => section.Name == ".debug_line"))
        {
            try
            {
                table.Read(section);
            }
            catch (LinkException)
            {
                // The rows before it hold.
            }
        }

        return table;
    }

    /// <summary>The line that the code at an offset of a section was compiled from; null where that is not known.</summary>
    internal (string File, int Line)? Find(ElfSection section, ulong offset)
    {
        // Of several rows for one address, the last one holds: the instructions of those before it are none.
        Row[] before = [.. _rows.Where(row => row.Section == section && row.Offset <= offset && row.Line > 0).OrderBy(row => row.Offset)];
        return before.Length == 0 ? null : (before[^1].File, before[^1].Line);
    }

    private void Read(ElfSection section)
    {
        var bytes = new DwarfReader(section);
        while (!bytes.IsAtEnd)
        {
            uint length = bytes.UInt32();
            ulong end = bytes.Offset + length;
            if (bytes.UInt16() is >= 2 and <= 4 and var version)
            {
                Run(ReadHeader(bytes, version), bytes, end);
            }

            bytes.Offset = end;
        }
    }

    private static Unit ReadHeader(DwarfReader bytes, int version)
    {
        uint length = bytes.UInt32();
        ulong program = bytes.Offset + length;
        int minimumLength = bytes.UInt8();
        bytes.Offset += version >= 4 ? 2UL : 1UL; // maximum_operations_per_instruction, default_is_stmt
        int lineBase = (sbyte)bytes.UInt8();
        int lineRange = Math.Max((int)bytes.UInt8(), 1);
        byte[] counts = new byte[Math.Max((int)bytes.UInt8(), 1)];
        for (int opcode = 1; opcode < counts.Length; opcode++)
        {
            counts[opcode] = bytes.UInt8();
        }

        List<string> folders = [""];
        while (bytes.Text() is { Length: > 0 } folder)
        {
            folders.Add(folder);
        }

        List<string> files = [""];
        while (bytes.Text() is { Length: > 0 } file)
        {
            ulong folder = bytes.Unsigned();
            bytes.Unsigned(); // time
            bytes.Unsigned(); // size
            files.Add(folder is > 0 && folder < (ulong)folders.Count ? $"{folders[(int)folder].TrimEnd('/')}/{file}" : file);
        }

        bytes.Offset = program;
        return new Unit(minimumLength, lineBase, lineRange, counts, files);
    }

    /// <summary>DWARF 4, section 6.2.5: instructions that move an address and a line, and write rows.</summary>
    private void Run(Unit unit, DwarfReader bytes, ulong end)
    {
        (ElfSection? section, ulong offset, ulong file, long line) = (null, 0, 1, 1);
        while (bytes.Offset < end)
        {
            int opcode = bytes.UInt8();
            if (opcode >= unit.OperandCounts.Length)
            {
                (long operation, long lines) = Math.DivRem(opcode - unit.OperandCounts.Length, unit.LineRange);
                offset += (ulong)(operation * unit.MinimumLength);
                line += unit.LineBase + lines;
                Add();
                continue;
            }

            switch (opcode)
            {
                case ExtendedOpcode:
                    ulong next = bytes.BlockEnd();
                    int extended = bytes.UInt8();
                    (section, offset, file, line) = extended switch
                    {
                        EndSequence => (null, 0UL, 1UL, 1L),
                        SetAddress => bytes.Address() is { Symbol.Section: { } target } to ? (target, to.Symbol.Value + (ulong)to.Addend, file, line) : (null, 0, file, line),
                        _ => (section, offset, file, line),
                    };
                    bytes.Offset = next;
                    break;
                case Copy:
                    Add();
                    break;
                case AdvanceAddress:
                    offset += bytes.Unsigned() * (ulong)unit.MinimumLength;
                    break;
                case AdvanceLine:
                    line += bytes.Signed();
                    break;
                case SetFile:
                    file = bytes.Unsigned();
                    break;
                case ConstantAdvance:
                    offset += (ulong)((255 - unit.OperandCounts.Length) / unit.LineRange * unit.MinimumLength);
                    break;
                case FixedAdvance:
                    offset += bytes.UInt16();
                    break;
                default:
                    bytes.Skip(unit.OperandCounts[opcode]);
                    break;
            }
        }

        void Add()
        {
            if (section is not null && file < (ulong)unit.Files.Count && line is >= 0 and <= int.MaxValue)
            {
                _rows.Add(new Row(section, offset, unit.Files[(int)file], (int)line));
            }
        }
    }
}
