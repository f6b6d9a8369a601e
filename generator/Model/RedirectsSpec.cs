namespace SyscallServer.Generator.Model;

/// <summary>A file with redirects, as its attribute says.</summary>
/// <param name="File">The file.</param>
/// <param name="Host">The virtual host of lines that have none, in lower case; empty where it is every host.</param>
/// <param name="Status">The status of lines that have none.</param>
/// <param name="Fields">Field lines of all of them.</param>
internal sealed record RedirectFileSpec(FileReference File, string Host, int Status, EquatableArray<FieldLine> Fields);

/// <summary>A line of such a file.</summary>
/// <param name="Host">The virtual host in lower case; empty where it is for every host.</param>
/// <param name="Template">The path in the engine's form of RouteTemplate. Without a slash at its end.</param>
/// <param name="KeyLength">How many bytes of it come before the first slash behind which a request decides.</param>
/// <param name="Status">The status.</param>
/// <param name="IsForced">Whether it goes before the routes.</param>
/// <param name="Fields">Field lines besides.</param>
/// <param name="Target">The location in the engine's form of CarryingRedirect.</param>
internal sealed record RedirectLineSpec(string Host, EquatableArray<byte> Template, int KeyLength, int Status, bool IsForced, EquatableArray<FieldLine> Fields, EquatableArray<byte> Target)
{
    /// <summary>Whether a path is meant with a slash at its end, or only without; null where that makes no difference.</summary>
    internal bool? HasSlash { get; init; }

    /// <summary>Whether a request decides a part of the path.</summary>
    internal bool HasPieces => KeyLength < Template.Count;

    /// <summary>Whether the path ends with a star.</summary>
    internal bool HasStar => HasPieces && Template[Template.Count - 1] == '*' && Template[Template.Count - 2] == 0;

    /// <summary>Whether every method gets it, because the status says what becomes of the method (RFC 9110, sections 15.4.4, 15.4.8 and 15.4.9).</summary>
    internal bool KeepsMethod => Status is 303 or 307 or 308;
}
