using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>
/// An entry of the table of responses: the engine's PlannedResponse, with what it stands for.
/// </summary>
/// <param name="Name">What it answers, for a reader.</param>
/// <param name="Message">Its bytes.</param>
/// <param name="NotModified">The entry of its 304; 0 where there is none.</param>
/// <param name="Gzip">The entry of its variant with gzip; 0 where there is none.</param>
/// <param name="Brotli">The entry of its variant with br; 0 where there is none.</param>
/// <param name="LastModified">When the file that it has was last changed, in seconds since 1970; 0 where it has none.</param>
internal sealed record ResponsePlan(string Name, ResponseMessage Message, int NotModified, int Gzip, int Brotli, uint LastModified)
{
    /// <summary>What of its file is filled in when the server starts.</summary>
    internal EquatableArray<PlaceholderSpec> Placeholders { get; init; }

    /// <summary>The entry that it becomes while the server is ending; 0 where it stays the same.</summary>
    internal int WhileEnding { get; init; }

    /// <summary>Whether the access log has a line for it.</summary>
    internal bool IsLogged { get; init; } = true;

    /// <summary>The file that it is, as it is on the disk; null where it is none, or stays as it was planned.</summary>
    internal LiveFile? Live { get; init; }
}

/// <summary>The bytes of a response. Two responses with the same are one.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">The status line and the field lines, without those that the engine adds (Date, Connection; where files are embedded, Content-Length), and without the empty line.</param>
/// <param name="Body">The body.</param>
/// <param name="EntityTag">Where in the head the entity tag begins; 0 where there is none.</param>
/// <param name="EntityTagLength">Its bytes, with the quotes.</param>
internal sealed record ResponseMessage(int Status, EquatableArray<byte> Head, ResponseBody Body, int EntityTag, int EntityTagLength)
{
    /// <summary>The CRLF between head and body.</summary>
    internal const int EmptyLineLength = 2;

    internal long Length => (long)Head.Count + EmptyLineLength + Body.Length;
}

/// <summary>The body of a response: bytes, or an asset.</summary>
/// <param name="Bytes">The bytes; none where it is an asset.</param>
/// <param name="Asset">The asset; null where it is none.</param>
internal sealed record ResponseBody(EquatableArray<byte> Bytes, AssetContent? Asset)
{
    internal static readonly ResponseBody None = new(default, null);

    internal static ResponseBody Of(EquatableArray<byte> bytes) => new(bytes, null);

    /// <summary>An asset has no body of its own where it is empty.</summary>
    internal static ResponseBody Of(AssetContent asset) => asset.Length == 0 ? None : new ResponseBody(default, asset);

    internal int Length => Asset?.Length ?? Bytes.Count;
}
