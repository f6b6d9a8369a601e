using System.ComponentModel;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The table of <c>[ErrorBackend]</c>: a byte for each error that has pages. In the table of responses the pages lie one behind the other, in the same order: of each error its text, its JSON, and, where there is some, its HTML. The generator compiles this file too.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ErrorPages
{
    /// <summary>What a byte has is how far a status is from here: at most 111, for 511 is the highest that has a name.</summary>
    public const int LowestStatus = 400;

    /// <summary>How far the JSON of an error lies behind its text.</summary>
    public const int Json = 1;

    /// <summary>How far its HTML does, and, where there is none, the next error.</summary>
    public const int Html = 2;

    /// <summary>The bit of a byte that says that there is HTML.</summary>
    public const int HasHtml = 0x80;
}
