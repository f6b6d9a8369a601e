namespace SyscallServer.Internal.Kernel;

/// <summary>The pages of memory.</summary>
internal static partial class Pages
{
    /// <summary>So many bytes, in whole pages.</summary>
    internal static nint Round(nint size) => (size + Size - 1) & -Size;

    /// <summary>Whether what mmap(2) has returned is no address.</summary>
    internal static bool IsError(nint result) => result is < 0 and > -Size;
}
