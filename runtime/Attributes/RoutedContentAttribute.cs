namespace SyscallServer;

/// <summary>What can be said of a route whose response is known when the program is compiled.</summary>
public abstract class RoutedContentAttribute : ContentAttribute
{
    private protected RoutedContentAttribute(string path) => Path = path;

    /// <summary>
    /// The path to answer: begins with a slash, without a query. <c>/docs/*</c> means every path that begins with <c>/docs/</c>, and
    /// <c>/*</c> all that no other route has. An exact path goes before a prefix, and a longer prefix before a shorter one.
    /// </summary>
    /// <remarks>
    /// It is compared with the path of a request after percent-encodings are decoded and dot segments removed (RFC 3986, sections 6.2.2.2 and 5.2.4), so
    /// <c>"/café"</c> and <c>"/caf%C3%A9"</c> are the same, and so are <c>"/a b"</c> and <c>"/a%20b"</c>. Text that is not
    /// ASCII is UTF-8. An encoded slash stays one: <c>%2F</c> separates no segments. A star that is meant as one is written <c>%2A</c>. Letter case matters.
    /// </remarks>
    public string Path { get; }

    /// <summary>
    /// The request method, in capitals: <c>"GET"</c> (the default, which answers HEAD too), <c>"POST"</c>, <c>"PUT"</c>, <c>"DELETE"</c> or
    /// <c>"PATCH"</c>. Others get 405 with an Allow, and OPTIONS gets 204 with one.
    /// </summary>
    public string Method { get; set; } = "GET";

    /// <summary>
    /// The virtual host that the route is for, without a port (<c>"example.com"</c>); letter case does not matter. Default: every host.
    /// For a request to a host that has routes of its own, those go before the routes of every host.
    /// </summary>
    public string? Host { get; set; }

    /// <summary>
    /// The status code: 200 (the default) to 599. Not those that only the server itself can give rightly: 206, 304, 405, and 426. With 204 and 205 the
    /// body must be empty. 301, 302, 303, 307 and 308 need a Location among <see cref="ResponseAttribute.Headers"/>; see also <see cref="RedirectAttribute"/>.
    /// </summary>
    public int Status { get; set; } = 200;

    /// <summary>
    /// Whether clients that accept gzip get it where that is smaller (RFC 9110, section 12.5.3), with <c>Vary: Accept-Encoding</c>. Default true.
    /// It is compressed when the program is compiled, and costs nothing when it is sent.
    /// </summary>
    public bool Compress { get; set; } = true;
}
