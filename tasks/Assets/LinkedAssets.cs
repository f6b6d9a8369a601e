using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Tasks.Link;

namespace SyscallServer.Tasks.Assets;

/// <summary>The assets that the servers of an assembly use, as the linker is to put them into the program.</summary>
internal static class LinkedAssets
{
    /// <summary>What belongs into the places of constants, for the assemblies that have assets.</summary>
    /// <exception cref="LinkException">The assets of an assembly are not those that it was compiled with.</exception>
    internal static IEnumerable<Placement> Of(IEnumerable<string> assemblies)
    {
        foreach (string assembly in assemblies)
        {
            int[] entries =
            [
                .. ProgramValues.Behind(ProgramValues.Of(assembly), ProgramMetadata.Assets)
                    .SelectMany(list => list.Split(','))
                    .Select(entry => int.Parse(entry, CultureInfo.InvariantCulture))
                    .Distinct().Order(),
            ];
            if (entries.Length > 0)
            {
                yield return Of(assembly, entries);
            }
        }
    }

    private static Placement Of(string assembly, int[] entries)
    {
        using FileStream file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        MetadataReader reader = image.GetMetadataReader();
        string name = reader.GetString(reader.GetAssemblyDefinition().Name);
        try
        {
            return new Placement(Encoding.UTF8.GetBytes(AssetBlock.Place + name), Select(Resource(image, reader), entries));
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new LinkException($"the resource '{AssetBlock.Resource}' of {name} is not what it was compiled with: {exception.Message}");
        }
    }

    /// <summary>The block of an assembly: ECMA-335, partition II, section 24.2.4. A resource begins with its length.</summary>
    private static byte[] Resource(PEReader image, MetadataReader reader)
    {
        ManifestResource resource = reader.ManifestResources.Select(reader.GetManifestResource).First(resource => reader.StringComparer.Equals(resource.Name, AssetBlock.Resource));
        PEMemoryBlock resources = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        int length = resources.GetReader((int)resource.Offset, sizeof(int)).ReadInt32();
        return [.. resources.GetContent((int)resource.Offset + sizeof(int), length)];
    }

    /// <summary>A block that has some entries of another one, under the same numbers.</summary>
    /// <param name="block">The other one.</param>
    /// <param name="entries">Which, in their order.</param>
    internal static byte[] Select(ReadOnlySpan<byte> block, IReadOnlyList<int> entries)
    {
        // Contents lie one behind the other, and end where the next one begins, or where the rest does.
        int[] offsets = new int[BinaryPrimitives.ReadUInt32LittleEndian(block) / AssetBlock.EntryLength + 1];
        offsets[^1] = block.Length - AssetBlock.Rest;
        for (int entry = 0; entry < offsets.Length - 1; entry++)
        {
            offsets[entry] = (int)BinaryPrimitives.ReadUInt32LittleEndian(block[(entry * AssetBlock.EntryLength)..]);
        }

        byte[] table = new byte[(entries[^1] + 1) * AssetBlock.EntryLength];
        using var selected = new MemoryStream();
        selected.Write(table);
        foreach (int entry in entries)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(entry * AssetBlock.EntryLength), (uint)selected.Length);
            selected.Write(block[offsets[entry]..offsets[entry + 1]]);
        }

        selected.Write(new byte[AssetBlock.Rest]);
        byte[] bytes = selected.ToArray();
        table.CopyTo(bytes, 0);
        return bytes;
    }
}
