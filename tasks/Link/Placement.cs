using System;

namespace SyscallServer.Tasks.Link;

/// <summary>Bytes that go into the place of a constant: no compiler has to read them, and code finds them where it finds the constant.</summary>
/// <param name="Place">What the constant has; zeros may follow.</param>
/// <param name="Content">What is to be there.</param>
internal sealed record Placement(byte[] Place, byte[] Content)
{
    /// <summary>Whether that is the constant.</summary>
    internal bool IsFor(ElfSection section)
    {
        ReadOnlySpan<byte> content = section.Content.Span;
        return section is { IsInMemory: true, IsCode: false, Relocations.Count: 0 } && content.StartsWith(Place) && !content[Place.Length..].ContainsAnyExcept((byte)0);
    }
}
