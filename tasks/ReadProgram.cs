using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks;

/// <summary>The step of a publish that reads what the generator has left in the program's assembly (<see cref="ProgramMetadata"/>).</summary>
public sealed class ReadProgram : ITask
{
    /// <summary>The assembly of the program.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>Whether its entry point is the generated one.</summary>
    [Output]
    public bool HasEntryPoint { get; private set; }

    /// <summary>Whether a server of it calls handlers.</summary>
    [Output]
    public bool HasHandlers { get; private set; }

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        string[] values = [.. Values(Assembly)];
        HasEntryPoint = values.Contains(ProgramMetadata.EntryPoint);
        HasHandlers = values.Contains(ProgramMetadata.Handlers);
        return true;
    }

    private static IEnumerable<string> Values(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        MetadataReader reader = image.GetMetadataReader();
        foreach (CustomAttribute attribute in reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute).Where(attribute => IsMetadata(reader, attribute)))
        {
            // ECMA-335, partition II, section 23.3: a prolog of two bytes, then the arguments of the constructor, two strings.
            BlobReader value = reader.GetBlobReader(attribute.Value);
            value.Offset = sizeof(ushort);
            if (value.ReadSerializedString() == ProgramMetadata.Key && value.ReadSerializedString() is string text)
            {
                yield return text;
            }
        }
    }

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
