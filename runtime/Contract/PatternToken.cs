namespace SyscallServer.Internal.Contract;

/// <summary>What stands in the patterns of paths as the engine has them (<c>FileRules</c>), besides characters that stand for themselves. The generator writes them.</summary>
internal static class PatternToken
{
    /// <summary>At the end, with the NUL: the name ends here, so it is that of the file, or of a folder that it is in.</summary>
    internal const byte EndOfName = 0;

    /// <summary>Any characters of a name, also none: <c>*</c>.</summary>
    internal const byte Star = 1;

    /// <summary>One character of a name: <c>?</c>.</summary>
    internal const byte Character = 2;

    /// <summary>Any folders, also none, each with its slash: <c>**/</c>.</summary>
    internal const byte AnyFolders = 3;

    /// <summary>At the end: the name ends here, and is that of a folder that the file is in.</summary>
    internal const byte Folder = 4;

    /// <summary>At the end: whatever follows.</summary>
    internal const byte Everything = 5;

    /// <summary>The first that stands for itself.</summary>
    internal const byte FirstLiteral = 0x20;
}
