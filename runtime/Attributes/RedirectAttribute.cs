using System;

namespace SyscallServer;

/// <summary>Sends requests for a path elsewhere (RFC 9110, section 15.4).</summary>
/// <remarks>
/// The target is the same whatever is asked: neither the query nor, of a prefix, the rest of the path is carried over. Redirects that lead back to
/// themselves, by however many steps, are an error when the program is compiled.
/// </remarks>
/// <example>
/// <code>
/// [Redirect("/old", "/new", Status = 301)]
/// [Redirect("/*", "https://www.example.com/", Host = "example.com")]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RedirectAttribute : ResponseAttribute
{
    /// <summary>A redirect.</summary>
    /// <param name="from">The path to answer; see <see cref="RoutedContentAttribute.Path"/>.</param>
    /// <param name="to">
    /// What Location says: a path of the same host (<c>"/new?x=1"</c>), or a whole URI (<c>"https://example.com/"</c>). Blanks and what is not ASCII
    /// are percent-encoded in it.
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

    /// <summary>The virtual host that the redirect is for; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
