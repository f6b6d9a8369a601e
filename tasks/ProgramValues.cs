using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks;

/// <summary>What the generator has left in a program's assembly (<see cref="ProgramMetadata"/>).</summary>
internal static class ProgramValues
{
    /// <summary>The values, in their order.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    internal static IReadOnlyList<string> Of(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        MetadataReader reader = image.GetMetadataReader();
        var values = new List<string>();
        foreach (CustomAttribute attribute in reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute).Where(attribute => IsMetadata(reader, attribute)))
        {
            // ECMA-335, partition II, section 23.3: a prolog of two bytes, then the arguments of the constructor, two strings.
            BlobReader value = reader.GetBlobReader(attribute.Value);
            value.Offset = sizeof(ushort);
            if (value.ReadSerializedString() == ProgramMetadata.Key && value.ReadSerializedString() is string text)
            {
                values.Add(text);
            }
        }

        return values;
    }

    /// <summary>The values of several assemblies.</summary>
    internal static IEnumerable<string> Of(IEnumerable<ITaskItem> assemblies) => assemblies.SelectMany(assembly => Of(assembly.GetMetadata("FullPath")));

    /// <summary>What is behind a key in those that begin with it.</summary>
    /// <param name="values">The values.</param>
    /// <param name="key">One of the keys that something follows.</param>
    internal static IEnumerable<string> Behind(IEnumerable<string> values, string key)
        => values.Where(value => value.StartsWith(key, StringComparison.Ordinal)).Select(value => value[key.Length..]).Distinct();

    private static bool IsMetadata(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference || reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } parent)
        {
            return false;
        }

        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Namespace, "System.Reflection") && reader.StringComparer.Equals(type.Name, "AssemblyMetadataAttribute");
    }
}
