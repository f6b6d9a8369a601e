namespace SyscallServer;

/// <summary>What can be said of a response that has a body.</summary>
public abstract class ContentAttribute : ResponseAttribute
{
    private protected ContentAttribute()
    {
    }

    /// <summary>
    /// The media type of the body (RFC 9110, section 8.3.1), such as <c>"application/json"</c>. Default: the one that belongs to the
    /// extension of the path (<c>/style.css</c>: <c>text/css</c>); where it has none that is known, <c>text/plain</c> for text and
    /// <c>application/octet-stream</c> for bytes. An error page is <c>text/plain</c>.
    /// </summary>
    /// <remarks>
    /// To a type <c>text/...</c> of a body that was given as text, <c>; charset=...</c> is added where it is not there already.
    /// </remarks>
    public string? ContentType { get; set; }

    /// <summary>
    /// The encoding of the body. A body that was given as text is written in it: <c>"utf-8"</c> (the default), <c>"us-ascii"</c> or
    /// <c>"iso-8859-1"</c>, and it is an error if the text has a character that the encoding lacks. Of one given as bytes it
    /// is what the bytes are in, any name of a character set; by default nothing is said of them.
    /// </summary>
    public string Charset { get; set; } = "utf-8";
}
