using System.ComponentModel;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The table of field lines that responses have for the paths of their requests (<c>IApp.FieldSets</c>), in 32-bit words. Each set has two: the entry of the response to a preflight, 0 where it is for none, and where its lines begin
/// in the table. It ends where the next one begins; behind the last set are two words more for that. A line is a word: where it lies among the texts (<c>IApp.FieldSetTexts</c>). The generator compiles this file too.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FieldSetTable
{
    /// <summary>Words of a set.</summary>
    public const int WordsOfSet = 2;

    /// <summary>Bytes before a line: its kind, and in 16 bits its length with the CRLF.</summary>
    public const int LineHead = 3;

    /// <summary>No response has a line of this name by itself: it is simply added.</summary>
    public const byte Added = 0;

    /// <summary>Where the response has a line of this name by itself, that one stays, and this one is not added.</summary>
    public const byte AddedUnlessThere = 1;

    /// <summary>Where the response has a Vary by itself, the members that it lacks are added to that.</summary>
    public const byte Vary = 2;
}
