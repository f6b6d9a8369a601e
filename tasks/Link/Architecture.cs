using System;

namespace SyscallServer.Tasks.Link;

/// <summary>What a linker knows of a processor: how addresses stand in its instructions and data.</summary>
internal abstract class Architecture
{
    /// <summary>e_machine of ELF.</summary>
    internal abstract ushort Machine { get; }

    /// <summary>What fills the gaps between functions: instructions that do nothing.</summary>
    /// <param name="gap">The gap.</param>
    internal abstract void FillCode(Span<byte> gap);

    /// <summary>How many bytes a relocation writes.</summary>
    /// <param name="type">Its kind.</param>
    /// <returns>0 where nothing is to be done; null where the kind is not known.</returns>
    internal abstract int? Bytes(uint type);

    /// <summary>Whether the linker writes a distance rather than an address, which moves with the image.</summary>
    internal abstract bool IsRelative(uint type);

    /// <summary>Writes an address, or a distance, to a place.</summary>
    /// <param name="place">The bytes at the place, as many as <see cref="Bytes"/>.</param>
    /// <param name="type">The kind of the relocation.</param>
    /// <param name="value">The address that is meant, with the addend; a distance, where <see cref="IsRelative"/>.</param>
    /// <returns>Whether the value fits.</returns>
    internal abstract bool TryWrite(Span<byte> place, uint type, long value);

    /// <summary>The name of a kind of relocation, for messages.</summary>
    internal abstract string Name(uint type);

    /// <summary>The architecture with a number; null where it is not known.</summary>
    internal static Architecture? Of(ushort machine) => machine == Elf.EM_X86_64 ? new X64Architecture() : null;
}
