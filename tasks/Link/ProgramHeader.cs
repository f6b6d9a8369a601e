namespace SyscallServer.Tasks.Link;

/// <summary>A program header (gABI, "Program Header").</summary>
/// <param name="Type">PT_LOAD and the like.</param>
/// <param name="Flags">PF_R and the like.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Address">Where it begins in memory.</param>
/// <param name="FileSize">Its bytes in the file.</param>
/// <param name="MemorySize">Its bytes in memory: what the file has not is zero.</param>
/// <param name="Alignment">Of what the address and the offset have the same remainder.</param>
internal readonly record struct ProgramHeader(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment)
{
    /// <summary>Before Linux 5.8 a program without it has an executable stack.</summary>
    internal static ProgramHeader Stack => new(Elf.PT_GNU_STACK, Elf.PF_R | Elf.PF_W, 0, 0, 0, 0, 16);
}
