using System;

namespace SyscallServer;

/// <summary>The body that the server sends with an error of its own. Without one an error has a body of one line of text.</summary>
/// <remarks>
/// <para>
/// The statuses: 400 (a bad request), 404 (no route has the path), 405 (the route has not the method), 406 (every content coding is refused),
/// 408 (the request did not come in time), 412 (a precondition failed), 413 (the body is too long), 414 (the target is too long), 417 (an
/// expectation that there is not), 431 (too many bytes of header), 501 (an unknown method), 503 (too busy), 505 (another version of HTTP).
/// </para>
/// <para>
/// Some servers give further ones: with <see cref="BasicAuthAttribute"/> or <see cref="BearerAuthAttribute"/> 401 (no credentials) and 429 (too many wrong ones); with files on the disk or <see cref="AllowFromAttribute"/> 403 (not allowed);
/// with files 416 (no such range); with <see cref="UploadAttribute"/> 409 (something else has the name), 411 (no length) and 507 (no room on the disk); with files on the disk, uploads and handlers 500 (a fault).
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ErrorPageAttribute : ContentAttribute
{
    /// <summary>A page of text.</summary>
    /// <param name="status">One of the statuses above.</param>
    /// <param name="body">At most <see cref="StaticResponseAttribute.MaxLength"/> bytes; no lone surrogates.</param>
    public ErrorPageAttribute(int status, string body)
    {
        Status = status;
        Body = body;
    }

    /// <summary>A page of bytes.</summary>
    /// <param name="status">One of the statuses above.</param>
    /// <param name="body">At most <see cref="StaticResponseAttribute.MaxLength"/> bytes.</param>
    public ErrorPageAttribute(int status, byte[] body)
    {
        Status = status;
        Bytes = body;
    }

    /// <summary>The status that the page is for.</summary>
    public int Status { get; }

    /// <summary>The page where it was given as text, otherwise null.</summary>
    public string? Body { get; }

    /// <summary>The page where it was given as bytes, otherwise null.</summary>
    public byte[]? Bytes { get; }
}
