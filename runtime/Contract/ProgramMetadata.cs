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

    /// <summary>A server has what an attacker could make use of: methods of the user's, files from disk, uploads, or a process that serves many clients at once.</summary>
    internal const string Hardened = "Hardened";

    /// <summary>A server has assets: their entries in the assembly's block (<see cref="AssetBlock"/>), with commas between.</summary>
    internal const string Assets = "Assets=";

    /// <summary>The system calls that a server can make, by their names on x86-64, with commas between.</summary>
    internal const string Calls = "Calls=";

    // What an image of the program needs (tasks/Image), each followed by a value.

    /// <summary>A TCP port that a server listens at, unless it is told otherwise when it is started.</summary>
    internal const string Port = "Port=";

    /// <summary>A folder that a server reads files from.</summary>
    internal const string Folder = "Folder=";

    /// <summary>A folder that a server writes to: for uploads, or for the file of a Unix socket.</summary>
    internal const string WritableFolder = "WritableFolder=";

    /// <summary>The program has <c>--healthcheck</c>. No value follows.</summary>
    internal const string HealthCheck = "HealthCheck";
}
