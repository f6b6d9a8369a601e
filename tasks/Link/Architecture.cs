using System;

namespace SyscallServer.Tasks.Link;

/// <summary>What a linker knows of a processor: how addresses stand in its instructions and data.</summary>
internal abstract class Architecture
{
    /// <summary>What the AOT compiler calls it (--targetarch), and its messages.</summary>
    internal abstract string Name { get; }

    /// <summary>e_machine of ELF.</summary>
    internal abstract ushort Machine { get; }

    /// <summary>Bytes of the largest page that a kernel for it may have. Segments with other rights lie so far apart.</summary>
    internal abstract ulong LargestPage { get; }

    /// <summary>What the addresses of instructions are multiples of.</summary>
    internal abstract ulong CodeAlignment { get; }

    /// <summary>What fills the gaps between functions, where nothing is ever executed.</summary>
    /// <param name="gap">The gap.</param>
    internal abstract void FillCode(Span<byte> gap);

    /// <summary>How many bytes a relocation writes.</summary>
    /// <param name="type">Its kind.</param>
    /// <returns>0 where nothing is to be done; null where the kind is not known.</returns>
    internal abstract int? Bytes(uint type);

    /// <summary>Whether a relocation writes an address, which is another one where the kernel moves the image, and no distance and no part of an address that stays.</summary>
    /// <param name="type">Its kind.</param>
    internal abstract bool IsAddress(uint type);

    /// <summary>What a relocation writes: an address, or the distance to it.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="target">The address that is meant, with the addend.</param>
    /// <param name="at">The address of what is written.</param>
    internal abstract long Value(uint type, long target, long at);

    /// <summary>Writes an address, or a distance, to a place.</summary>
    /// <param name="place">The bytes at the place, as many as <see cref="Bytes"/>.</param>
    /// <param name="type">The kind of the relocation.</param>
    /// <param name="value">See <see cref="Value"/>.</param>
    /// <returns>Whether the value fits.</returns>
    internal abstract bool TryWrite(Span<byte> place, uint type, long value);

    /// <summary>The name of a kind of relocation, for messages.</summary>
    internal abstract string NameOf(uint type);

    /// <summary>The architecture with a number; null where it is not known.</summary>
    internal static Architecture? Of(ushort machine) => machine switch
    {
        Elf.EM_X86_64 => new X64Architecture(),
        Elf.EM_AARCH64 => new Arm64Architecture(),
        _ => null,
    };
}
