namespace SyscallServer.Internal.Contract;

/// <summary>What the generator leaves in an assembly for the build, as <c>[assembly: AssemblyMetadata("SyscallServer", "...")]</c>. The task that reads it compiles this file too.</summary>
internal static class ProgramMetadata
{
    /// <summary>The key of each.</summary>
    internal const string Key = "SyscallServer";

    /// <summary>The program's entry point is the generated one.</summary>
    internal const string EntryPoint = "EntryPoint";

    /// <summary>A server calls handlers.</summary>
    internal const string Handlers = "Handlers";
}
