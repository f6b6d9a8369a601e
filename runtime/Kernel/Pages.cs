namespace SyscallServer.Internal.Kernel;

/// <summary>The pages of memory.</summary>
internal static class Pages
{
    /// <summary>Bytes of a page of x86-64.</summary>
    internal const int Size = 4096;

    /// <summary>So many bytes, in whole pages.</summary>
    internal static nint Round(nint size) => (size + Size - 1) & -Size;
}
