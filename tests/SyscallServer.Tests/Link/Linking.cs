using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Tasks.Link;

namespace SyscallServer.Tests.Link;

/// <summary>Links for tests, and looks into what came of it.</summary>
internal static class Linking
{
    internal static LinkResult Link(params ElfBuilder[] objects) => Link(1, [], objects);

    /// <summary>With the hardened layout, and what the start code has for it: here the distances to all that it knows.</summary>
    internal static LinkResult Harden(params ElfBuilder[] objects)
    {
        uint distance = objects[0].Machine == Elf.EM_AARCH64 ? 261 : ElfBuilder.Pc32; // R_AARCH64_PREL32
        string[] names = ["start_program", "address_table", "address_table_end", "image_start", "addresses_start", "addresses_end", "__security_cookie"];
        objects[0].Code("start_hardened", new byte[4 * names.Length], ".text");
        for (int index = 0; index < names.Length; index++)
        {
            objects[0].To(names[index], 4 * (ulong)index, distance);
        }

        objects[0].Zeros("random_security_cookie", 8, 8);
        ElfObject[] read = Read(objects);
        return Linker.Link(new LinkRequest(read, "_start", new Dictionary<string, string>(), 1, read[0].Architecture.Name, [], IsHardened: true));
    }

    internal static LinkResult Link(int functionAlignment, (string Name, string Other)[] aliases, params ElfBuilder[] objects)
        => Link(Read(objects), "_start", functionAlignment, aliases);

    internal static LinkResult Link(IReadOnlyList<ElfObject> objects, string entryPoint, int functionAlignment = 1, params (string Name, string Other)[] aliases)
        => Linker.Link(new LinkRequest(objects, entryPoint, aliases.ToDictionary(alias => alias.Name, alias => alias.Other), functionAlignment, objects[0].Architecture.Name, []));

    internal static LinkResult Link(Placement placement, ElfBuilder program)
    {
        ElfObject[] read = Read([program]);
        return Linker.Link(new LinkRequest(read, "_start", new Dictionary<string, string>(), 1, read[0].Architecture.Name, [placement]));
    }

    /// <summary>As a.o, b.o and so on.</summary>
    private static ElfObject[] Read(ElfBuilder[] objects) => [.. objects.Select((builder, index) => builder.Read($"{(char)('a' + index)}.o"))];

    /// <summary>The bytes between the ELF header and the program headers.</summary>
    internal static byte[] Contents(LinkResult result) => result.Image[Elf.HeaderBytes..(int)BitConverter.ToUInt64(result.Image, 32)];

    /// <summary>The program headers: type, flags, offset, address, size in the file, size in memory.</summary>
    internal static (uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize)[] Segments(byte[] image)
        => [.. Enumerable.Range(0, BitConverter.ToUInt16(image, 56)).Select(index =>
        {
            int at = (int)BitConverter.ToUInt64(image, 32) + (index * Elf.ProgramHeaderBytes);
            return (BitConverter.ToUInt32(image, at), BitConverter.ToUInt32(image, at + 4), BitConverter.ToUInt64(image, at + 8), BitConverter.ToUInt64(image, at + 16), BitConverter.ToUInt64(image, at + 32), BitConverter.ToUInt64(image, at + 40));
        })];
}
