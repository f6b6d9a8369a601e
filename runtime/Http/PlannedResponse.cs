namespace SyscallServer.Http;

/// <summary>
/// Where a response, decided when the program was compiled, lies among the planned bytes (<see cref="IApp.Bytes"/>). All fields are
/// ints: the emitted table of these is a constant of ints.
/// </summary>
/// <remarks>
/// <para>
/// From <see cref="Head"/> on lie: the status line and the field lines, the last of them the Date (where the server sends one), without a
/// Connection field; the empty line (CRLF); the body. So the response to a request that keeps the connection is one piece as it
/// goes to the client. A Connection field, where there is to be one, goes between the field lines and the empty line; the
/// response to HEAD ends before the body.
/// </para>
/// <para>
/// The date is a placeholder: 29 bytes (RFC 9110, section 5.6.7) that end 2 bytes before <see cref="Head"/> + <see cref="HeadLength"/>.
/// </para>
/// </remarks>
public struct PlannedResponse
{
    /// <summary>How many ints an entry of the emitted table has.</summary>
    public const int Ints = 8;

    /// <summary>Where the head begins.</summary>
    public int Head;

    /// <summary>Bytes of the status line and the field lines, with their CRLFs, without the empty line.</summary>
    public int HeadLength;

    /// <summary>Bytes of the body, which begins at <see cref="Head"/> + <see cref="HeadLength"/> + 2.</summary>
    public int BodyLength;

    /// <summary>The status code.</summary>
    public int Status;

    /// <summary>Where the entity tag begins, with its quotes; it lies in the head. 0 where there is none.</summary>
    public int EntityTag;

    /// <summary>Bytes of the entity tag.</summary>
    public int EntityTagLength;

    /// <summary>The entry of the 304 (Not Modified) for this response; 0 where there is none (that entry is the 400).</summary>
    public int NotModified;

    /// <summary>The entry of the same response with the content coding gzip; 0 where there is none.</summary>
    public int Gzip;
}
