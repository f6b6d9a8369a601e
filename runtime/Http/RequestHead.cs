using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Http;

/// <summary>
/// The head of a request, as <see cref="RequestParser"/> found it: pointers into the buffer it was received in, good
/// until the buffer changes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct RequestHead
{
    /// <summary>The method. It is set as soon as it is known, even where the rest of the head turns out to be bad.</summary>
    public HttpMethod Method;

    /// <summary>What the head says in yes and no.</summary>
    public RequestFlags Flags;

    /// <summary>
    /// The path of the target: percent-encodings decoded (except <c>%2F</c> and <c>%25</c>, which would change its meaning; their
    /// digits are upper-case), dot segments removed (RFC 3986, section 5.2.4); begins with a slash. <c>*</c> for <c>OPTIONS *</c>.
    /// </summary>
    public byte* Path;

    /// <summary>Bytes of <see cref="Path"/>.</summary>
    public int PathLength;

    /// <summary>What follows the question mark of the target, as it was sent. Null where there is no question mark.</summary>
    public byte* Query;

    /// <summary>Bytes of <see cref="Query"/>.</summary>
    public int QueryLength;

    /// <summary>
    /// The host, without its port, in the letter case it was sent in: from an absolute target, otherwise from the Host field. Null where a
    /// request of HTTP/1.0 has none.
    /// </summary>
    public byte* Host;

    /// <summary>Bytes of <see cref="Host"/>.</summary>
    public int HostLength;

    /// <summary>The field lines: from the first to behind the CRLF of the last. For <see cref="FieldLines"/>.</summary>
    public byte* Fields;

    /// <summary>Bytes of <see cref="Fields"/>.</summary>
    public int FieldsLength;

    /// <summary>The value of Content-Length; 0 where there is none.</summary>
    public ulong ContentLength;
}

/// <summary>What the head of a request says in yes and no.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RequestFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The version is HTTP/1.0.</summary>
    Http10 = 1 << 0,

    /// <summary>The connection may go on after the response: HTTP/1.1 without <c>close</c>, or HTTP/1.0 with <c>keep-alive</c> (RFC 9112, section 9.3).</summary>
    KeepAlive = 1 << 1,

    /// <summary>The body is chunked (RFC 9112, section 7.1).</summary>
    Chunked = 1 << 2,

    /// <summary>There is a Content-Length.</summary>
    HasContentLength = 1 << 3,

    /// <summary><c>Expect: 100-continue</c> in HTTP/1.1 (RFC 9110, section 10.1.1).</summary>
    ExpectsContinue = 1 << 4,

    // That a field is there at all, so that nobody looks for one that is not.

    /// <summary>There is an If-Match.</summary>
    HasIfMatch = 1 << 5,

    /// <summary>There is an If-None-Match.</summary>
    HasIfNoneMatch = 1 << 6,

    /// <summary>There is an If-Modified-Since.</summary>
    HasIfModifiedSince = 1 << 7,

    /// <summary>There is an If-Unmodified-Since.</summary>
    HasIfUnmodifiedSince = 1 << 8,

    /// <summary>There is an Accept-Encoding.</summary>
    HasAcceptEncoding = 1 << 9,

    /// <summary>There is a Range.</summary>
    HasRange = 1 << 10,

    /// <summary>There is an If-Range.</summary>
    HasIfRange = 1 << 11,

    // What an action that looks for another file than the one that was asked for changes in its copy of the head.

    /// <summary>The path lacks the extension of HTML.</summary>
    LacksExtension = 1 << 12,

    /// <summary>The path is that of a page which says that there is nothing: the status is 404.</summary>
    IsOfErrorPage = 1 << 13,

    /// <summary>There is a precondition (RFC 9110, section 13.1).</summary>
    IsConditional = HasIfMatch | HasIfNoneMatch | HasIfModifiedSince | HasIfUnmodifiedSince,
}
