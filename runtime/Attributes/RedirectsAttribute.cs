using System;

namespace SyscallServer;

/// <summary>Sends requests elsewhere that no route answers, as the lines of a file say: <c>_redirects</c>, in the form that Netlify and Cloudflare Pages have for it.</summary>
/// <remarks>
/// <para>
/// A line is <c>/from /to 301</c>. <c>/old/*</c> is all below a path, and <c>:splat</c> in the target the rest; <c>:name</c> is one segment. The first line that has a path answers. Behind <c>#</c> is a comment. A line whose status ends
/// with <c>!</c> goes before the routes, the others come behind them. What cannot be done is an error at its line, and so are lines that lead back to where a client was.
/// </para>
/// <para>To find a line takes as long in a file of 10,000 lines as in one of ten. A line needs less than 64 bytes of the program besides its text.</para>
/// <para>As with <see cref="RedirectAttribute"/>, 303, 307 and 308 answer every method, 301 and 302 GET and HEAD.</para>
/// </remarks>
/// <example>
/// <code>
/// [Redirects("_redirects")]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RedirectsAttribute : ResponseAttribute
{
    /// <summary>The redirects of a file.</summary>
    /// <param name="file">
    /// The file, from the folder of the project file on. The compiler reads <c>_redirects</c> there, in <c>wwwroot</c> and in <c>assets</c> by itself; others need a line with AdditionalFiles in the project file.
    /// </param>
    public RedirectsAttribute(string file) => File = file;

    /// <summary>The file, from the folder of the project file on.</summary>
    public string File { get; }

    /// <summary>The status of lines that have none: 301 (the default, as with Netlify), 302 (as with Cloudflare), 303, 307 or 308.</summary>
    public int Status { get; set; } = 301;

    /// <summary>The virtual host of lines whose path has none; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
