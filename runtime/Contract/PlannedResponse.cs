using System.ComponentModel;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// Where a response, decided when the program was compiled, lies among the planned bytes (<c>IApp.Bytes</c>). The generator compiles this file too, and packs the bytes by its numbers.
/// </summary>
/// <remarks>
/// <para>
/// Heads say much the same, and what several of them have is there once, as a phrase. From <see cref="Head"/> on lie the field lines, each with its CRLF, without those that the engine adds
/// (Date, Connection): a byte of <see cref="FirstLiteral"/> or more stands for itself, one of <see cref="FirstPhrase"/> or more for a phrase. The byte that
/// ends them says where the body is: behind it (<see cref="BodyFollows"/>); that it is the status (<see cref="BodyIsStatus"/>), as in an error; or that it is an asset (<see cref="BodyIsAsset"/>).
/// </para>
/// <para>
/// Phrase p begins at <c>IApp.Phrases</c>[p] and ends where the next one begins; they lie at the beginning of the planned bytes.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PlannedResponse
{
    /// <summary>Ends the field lines: the body is what follows.</summary>
    public const byte BodyFollows = 0;

    /// <summary>Ends the field lines: the body is the status, with its LF.</summary>
    public const byte BodyIsStatus = 1;

    /// <summary>Ends the field lines: what follows is, in 32 bits, the entry of the body among the app's assets (<c>AssetBlock</c>). Only with <c>IApp.HasAssets</c>.</summary>
    public const byte BodyIsAsset = 2;

    /// <summary>Stands for the first phrase.</summary>
    public const byte FirstPhrase = 3;

    /// <summary>The first byte that stands for itself.</summary>
    public const byte FirstLiteral = 0x20;

    /// <summary>Where the field lines begin.</summary>
    public int Head;

    /// <summary>Bytes of the body.</summary>
    public int BodyLength;

    /// <summary>Where the status begins: the status line from the code on, with a LF for its end.</summary>
    public ushort Status;

    /// <summary>
    /// Where the entity tag begins, with its quotes, from <see cref="Head"/> on; 0 where there is none. Where there is one, the next entry is the 304 (Not
    /// Modified) for this response. <see cref="HasGzip"/> is added where the entry behind that is the same response with the content coding gzip, and
    /// <see cref="HasBrotli"/> where there is one with br, which comes last. Each of them has its 304 behind it, where there is an entity tag.
    /// </summary>
    public ushort Variants;

    /// <summary>See <see cref="Variants"/>.</summary>
    public const ushort HasGzip = 0x8000;

    /// <summary>See <see cref="Variants"/>; only with <c>IApp.HasBrotli</c>.</summary>
    public const ushort HasBrotli = 0x4000;

    /// <summary>Where the entity tag begins, from <see cref="Head"/> on; 0 where there is none.</summary>
    internal readonly int EntityTag => Variants & ~(HasGzip | HasBrotli);

    /// <summary>
    /// When what the response has was last changed, in seconds since 1970; 0 where nobody knows. It lies before the field lines of a response with an entity tag,
    /// with <c>IApp.HasParts</c>.
    /// </summary>
    internal const int LastModifiedLength = sizeof(uint);
}
