using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// How a debugger finds the caller of each function: the records of the functions that are part of the program, of all objects in one section. In the objects they are those of the Linux Standard Base,
/// "Exception Frames" (.eh_frame), which lie in memory for who throws exceptions: a length, then 0 for what functions have in common (CIE), or for one function (FDE) the distance back to that; then, in an
/// FDE, where the function begins. Nobody throws here, so they become those of DWARF, section 6.4.1 (.debug_frame), which have the highest number in the place of 0, and the offset of the CIE in that of the
/// distance. What they say of functions stays; that augmentations stay as well is an extension that debuggers know.
/// </summary>
internal sealed class CallFrames
{
    /// <summary>The name of the section that they become.</summary>
    internal const string SectionName = ".debug_frame";

    private const string ObjectSectionName = ".eh_frame";
    private const uint IsCommon = uint.MaxValue;
    private const int FunctionOffset = 8;

    private readonly List<byte> _content = [];
    private readonly List<(ElfSection Section, List<ElfRelocation> Relocations, int Start, int End)> _inputs = [];

    private CallFrames()
    {
    }

    internal int Size => _content.Count;

    /// <summary>Collects the records.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="isPart">Whether what a relocation names is part of the program.</param>
    /// <exception cref="LinkException">The records do not hold together.</exception>
    internal static CallFrames Of(IEnumerable<ElfObject> objects, Func<ElfRelocation, bool> isPart)
    {
        var frames = new CallFrames();
        foreach (ElfSection section in objects.SelectMany(source => source.Sections).Where(section => section.Name == ObjectSectionName && section.IsInMemory && !section.HasNoBits))
        {
            frames.Add(section, isPart);
        }

        return frames;
    }

    /// <summary>The section. It lies nowhere in memory, so distances from it are counted from its start in the file.</summary>
    internal byte[] Write(Relocator relocator)
    {
        byte[] content = [.. _content];
        foreach (var (section, relocations, start, end) in _inputs)
        {
            relocator.ApplyDebug(section, relocations, content.AsSpan(start..end), (ulong)start, new Dictionary<ElfSection, ulong>(), 0);
        }

        return content;
    }

    private void Add(ElfSection section, Func<ElfRelocation, bool> isPart)
    {
        int start = _content.Count;
        var relocations = new List<ElfRelocation>();
        var common = new Dictionary<int, int>();
        ILookup<ulong, ElfRelocation> byRecord = ByRecord(section);
        foreach ((int at, int size) in Records(section))
        {
            ReadOnlySpan<byte> record = section.Content.Span.Slice(at, size);
            uint back = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
            ElfRelocation[] own = [.. byRecord[(ulong)at]];
            if (back != 0 && !own.Any(relocation => relocation.Offset == (ulong)at + FunctionOffset && isPart(relocation)))
            {
                continue;
            }

            int to = _content.Count;
            _content.AddRange(record);
            if (back == 0)
            {
                common[at] = to;
                BinaryPrimitives.WriteUInt32LittleEndian(CollectionsMarshal.AsSpan(_content)[(to + 4)..], IsCommon);
            }
            else if (common.TryGetValue(at + 4 - (int)back, out int cie))
            {
                BinaryPrimitives.WriteInt32LittleEndian(CollectionsMarshal.AsSpan(_content)[(to + 4)..], cie);
            }
            else
            {
                throw Fault(section, at);
            }

            relocations.AddRange(own.Select(relocation => relocation with { Offset = relocation.Offset - (ulong)at + (ulong)(to - start) }));
        }

        _inputs.Add((section, relocations, start, _content.Count));
    }

    /// <summary>The relocations of each record, by where it begins.</summary>
    private static ILookup<ulong, ElfRelocation> ByRecord(ElfSection section)
    {
        int[] starts = [.. Records(section).Select(record => record.At)];
        return section.Relocations.ToLookup(relocation =>
        {
            int index = Array.BinarySearch(starts, (int)Math.Min(relocation.Offset, int.MaxValue));
            index = index >= 0 ? index : ~index - 1;
            return index < 0 ? 0 : (ulong)starts[index];
        });
    }

    private static IEnumerable<(int At, int Size)> Records(ElfSection section)
    {
        int end = section.Content.Length;
        for (int at = 0; at < end;)
        {
            if (end - at < sizeof(uint))
            {
                throw Fault(section, at);
            }

            uint length = BinaryPrimitives.ReadUInt32LittleEndian(section.Content.Span[at..]);
            if (length == 0)
            {
                // The end of the list, in an object: there may be another one after it.
                at += sizeof(uint);
                continue;
            }

            if (length < sizeof(uint) || length > (uint)(end - at - sizeof(uint)))
            {
                throw Fault(section, at);
            }

            yield return (at, (int)length + sizeof(uint));
            at += (int)length + sizeof(uint);
        }
    }

    private static LinkException Fault(ElfSection section, int at) => new($"'{section.File}' is no object that can be linked: the record at byte {at} of section '{section.Name}' does not hold together.");
}
