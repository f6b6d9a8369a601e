using System;

namespace SyscallServer;

/// <summary>Field lines of responses by the path of their request, from a file of the form that Netlify and Cloudflare Pages have: <c>_headers</c>.</summary>
/// <remarks>
/// <para>
/// The file is read when the program is compiled. A line that begins without a blank is a pattern of paths; the lines below it that begin with a blank are field lines, or <c>! Name</c>, which takes away what was said before. A <c>*</c>
/// stands for any characters, and a <c>:name</c> for one segment. <c>https://example.com/*</c> is for that host, whatever the port and the scheme. A <c>#</c> begins a comment.
/// </para>
/// <para>All rules that match apply, in their order, and values of one name are one list. What cannot be done, is an error at its line.</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [StaticFiles("/", "wwwroot")]
/// [HeadersFile("wwwroot/_headers")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HeadersFileAttribute : Attribute
{
    /// <summary>Field lines of responses, from a file.</summary>
    /// <param name="file">The file, from the folder of the project file on. A file of another name than <c>_headers</c> is named in the project file, too: <c>&lt;AdditionalFiles Include="headers.txt" /&gt;</c>.</param>
    public HeadersFileAttribute(string file) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }
}
