namespace SyscallServer.Generator.Model;

/// <summary>What lies under a published program.</summary>
internal enum Host
{
    /// <summary>The .NET runtime, linked in.</summary>
    NativeAot,

    /// <summary>Nothing but the kernel.</summary>
    Freestanding,
}
