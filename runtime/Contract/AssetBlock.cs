namespace SyscallServer.Internal.Contract;

/// <summary>
/// The assets that an assembly has: all bytes of all files, in all their codings, in one block. The build writes it, before the compiler is called, and the compiler takes it as a resource, without a look at it. In a
/// program without a runtime the linker puts a block with what is used of it into the place of a constant. The generator, which knows names, lengths and hashes, and the tasks compile this file too.
/// </summary>
/// <remarks>
/// It begins with a table of offsets from its beginning, little-endian in 32 bits: of each file that of its content, of the same with gzip, and of the same with br, as far as there is such and it is not empty, in the order
/// of the files in the manifest; the first content begins behind the table. What a planned response has (<see cref="PlannedResponse.BodyIsAsset"/>) is an entry of that table. Equal contents are there once. Behind the last one are
/// <see cref="Rest"/> bytes more.
/// </remarks>
internal static class AssetBlock
{
    /// <summary>The name of the resource.</summary>
    internal const string Resource = "SyscallServer.Assets";

    /// <summary>What the constant says in whose place the linker puts the block of an assembly, whose name follows. No other constant should be the same.</summary>
    internal const string Place = "SyscallServer.Internal.Contract.AssetBlock of ";

    /// <summary>Bytes of an entry.</summary>
    internal const int EntryLength = sizeof(uint);

    /// <summary>The engine copies a block at a time, and so may read what lies behind the last byte.</summary>
    internal const int Rest = ResponseRoom.Block - 1;
}
