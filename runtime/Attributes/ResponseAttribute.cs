using System;

namespace SyscallServer;

/// <summary>What can be said of every response of an HTTP server: fields of its head.</summary>
/// <remarks>
/// Everything is checked when the program is compiled, and written into it byte for byte. What the server can work out it writes itself,
/// always right: Content-Length, Content-Encoding, Date, ETag, Connection, Allow, Transfer-Encoding. To give one of these by hand is an error.
/// </remarks>
public abstract class ResponseAttribute : Attribute
{
    private protected ResponseAttribute()
    {
    }

    /// <summary>
    /// Further field lines, each as <c>"Name: value"</c>, sent in this order: <c>["X-Content-Type-Options: nosniff"]</c>. A name is a token, a
    /// value is printable ASCII (RFC 9110, sections 5.1 and 5.5); the blanks around it are not sent. Default: none.
    /// </summary>
    public string[]? Headers { get; set; }

    /// <summary>
    /// The value of Cache-Control (RFC 9111, section 5.2), such as <c>"max-age=3600"</c> or <c>"no-store"</c>. Default: none is sent.
    /// </summary>
    public string? CacheControl { get; set; }
}
