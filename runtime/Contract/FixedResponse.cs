using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The responses that every HTTP server has: the first entries of its table, in this order. The generator, which compiles this file too, plans them, and
/// the engine finds them, by these numbers.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FixedResponse
{
    /// <summary>400 (Bad Request).</summary>
    public const int BadRequest = 0;

    /// <summary>404 (Not Found): no route has the path.</summary>
    public const int NotFound = 1;

    /// <summary>406 (Not Acceptable): the client refuses every content coding that there is, the identity among them.</summary>
    public const int NotAcceptable = 2;

    /// <summary>408 (Request Timeout).</summary>
    public const int RequestTimeout = 3;

    /// <summary>412 (Precondition Failed).</summary>
    public const int PreconditionFailed = 4;

    /// <summary>413 (Content Too Large).</summary>
    public const int ContentTooLarge = 5;

    /// <summary>414 (URI Too Long).</summary>
    public const int UriTooLong = 6;

    /// <summary>417 (Expectation Failed).</summary>
    public const int ExpectationFailed = 7;

    /// <summary>431 (Request Header Fields Too Large; RFC 6585).</summary>
    public const int HeaderFieldsTooLarge = 8;

    /// <summary>501 (Not Implemented): an unknown method.</summary>
    public const int NotImplemented = 9;

    /// <summary>503 (Service Unavailable).</summary>
    public const int ServiceUnavailable = 10;

    /// <summary>505 (HTTP Version Not Supported).</summary>
    public const int VersionNotSupported = 11;

    /// <summary>204 (No Content) for <c>OPTIONS *</c>, with every method of the server in Allow.</summary>
    public const int OptionsAsterisk = 12;

    /// <summary>How many there are.</summary>
    public const int Count = 13;

    /// <summary>What <c>IApp.Route</c> returns for the first action: more than the entries of any table.</summary>
    public const int FirstAction = 1 << 24;

    /// <summary>The statuses of the entries up to <see cref="VersionNotSupported"/>, less <see cref="FirstStatus"/>.</summary>
    internal static ReadOnlySpan<byte> Statuses => [0, 4, 6, 8, 12, 13, 14, 17, 31, 101, 103, 105];

    /// <summary>What <see cref="Statuses"/> begin with.</summary>
    internal const int FirstStatus = 400;
}
