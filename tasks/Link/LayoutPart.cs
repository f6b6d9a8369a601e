using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>Sections that lie one after the other.</summary>
/// <param name="Address">That of the first.</param>
/// <param name="Size">From there to the end of the last.</param>
/// <param name="Origin">The address less the offset in the file.</param>
/// <param name="Sections">The sections, in their order.</param>
internal sealed record LayoutPart(ulong Address, ulong Size, ulong Origin, IReadOnlyList<ElfSection> Sections)
{
    internal ulong End => Address + Size;

    /// <summary>The offset of the end in the file.</summary>
    internal ulong FileEnd => End - Origin;
}
