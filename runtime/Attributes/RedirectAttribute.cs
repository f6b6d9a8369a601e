using System;

namespace SyscallServer;

/// <summary>Sends requests for a path elsewhere (RFC 9110, section 15.4).</summary>
/// <remarks>
/// <para>
/// A target may have parts of the path that is asked for: <c>*</c> at its end the rest, where <c>from</c> ends with one, and <c>{name}</c> the segment of that parameter. They are percent-encoded as they have to be, and stand behind
/// the host and a slash, so a client chooses neither the host nor a header field. A Location that would be longer than a request target may be is 414. Other targets are the same whatever is asked.
/// </para>
/// <para>Redirects that lead back to themselves, by however many steps, are an error when the program is compiled.</para>
/// </remarks>
/// <example>
/// <code>
/// [Redirect("/old", "/new", Status = 301)]
/// [Redirect("/docs/*", "/manual/*", Status = 308)]
/// [Redirect("/users/{id}/posts", "/posts/of/{id}")]
/// [Redirect("/*", "https://www.{host}/*", Host = "example.com", Status = 301)]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RedirectAttribute : ResponseAttribute
{
    /// <summary>A redirect.</summary>
    /// <param name="from">The path to answer; see <see cref="RoutedContentAttribute.Path"/>. It may have parameters: <c>/users/{id}</c>.</param>
    /// <param name="to">
    /// What Location says: a path of the same host (<c>"/new?x=1"</c>), or a whole URI (<c>"https://example.com/"</c>). Blanks and what is not ASCII
    /// are percent-encoded in it. <c>{host}</c> is the <see cref="Host"/>.
    /// </param>
    public RedirectAttribute(string from, string to)
    {
        From = from;
        To = to;
    }

    /// <summary>The path to answer; see <see cref="RoutedContentAttribute.Path"/>.</summary>
    public string From { get; }

    /// <summary>Where to go.</summary>
    public string To { get; }

    /// <summary>
    /// 302 (the default; found there for now), 301 (moved for good), 303 (look there, with GET), 307 (as 302, with the same method) or 308 (as 301, with the
    /// same method).
    /// </summary>
    /// <remarks>
    /// 303, 307 and 308 answer GET, HEAD, POST, PUT, DELETE and PATCH (those that have no other route on the path). 301 and 302 answer GET and HEAD
    /// only: what a client does with a POST after them differs from client to client (RFC 9110, sections 15.4.2 and 15.4.3).
    /// </remarks>
    public int Status { get; set; } = 302;

    /// <summary>
    /// Whether Location has the query that was asked with, behind that of the target if there is one. Default: <c>true</c> where the target has parts of the path and no query of its own.
    /// </summary>
    public bool KeepQuery { get; set; }

    /// <summary>The virtual host that the redirect is for; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
