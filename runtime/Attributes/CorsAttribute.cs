using System;

namespace SyscallServer;

/// <summary>Lets pages of other origins read responses to requests for some paths (CORS, the protocol of the Fetch standard). Without it browsers let no page of another origin read any.</summary>
/// <remarks>
/// <para>
/// Every response below the path has the lines that browsers look for: of routes, files, handlers, uploads and redirects, and errors of every status. Where several origins are named, a response names the one that asks, and has
/// <c>Vary: Origin</c>, whoever asks. A preflight (<c>OPTIONS</c> with <c>Origin</c> and <c>Access-Control-Request-Method</c>) of an allowed origin is answered with 204 before credentials are asked for, since browsers send none with it.
/// Of several attributes the one with the longest path decides.
/// </para>
/// <para>An <see cref="UploadAttribute"/> takes requests of pages that are allowed here, by the methods that are. CORS protects nothing else: programs that are no browsers send what they like.</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [Cors("/api/*", Origins = ["https://app.example.com", "http://localhost:5173"], Methods = ["GET", "PUT"], Headers = ["Content-Type"], MaxAge = 3600)]
/// static partial class Api
/// {
///     [Get("/api/time")]
///     static void Time(in Request request, ref ResponseWriter response) => response.Write("now");
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CorsAttribute : Attribute
{
    /// <summary>Lets pages of other origins read responses.</summary>
    /// <param name="path">The path, or a prefix with a star: <c>/api/*</c> is every path below <c>/api/</c>, and <c>/api</c> itself.</param>
    public CorsAttribute(string path) => Path = path;

    /// <summary>The path, or a prefix with a star.</summary>
    public string Path { get; }

    /// <summary>The origins of the pages, 1 to 64, as browsers write them: <c>"https://app.example.com"</c>. <c>"*"</c> alone stands for all.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>The methods that pages may use: "GET" (which is HEAD too), "POST", "PUT", "DELETE", "PATCH". Default: GET and POST, which they may use without asking.</summary>
    public string[] Methods { get; set; } = [];

    /// <summary>Names of header fields that pages may send besides those that need no permission, as <c>["Content-Type", "Authorization"]</c>. (A <c>Content-Type</c> of JSON needs it.) <c>"*"</c> stands for all but Authorization. Default: none.</summary>
    public string[] Headers { get; set; } = [];

    /// <summary>Whether pages may send cookies and passwords along. Then nothing can be <c>"*"</c>. Default: false.</summary>
    public bool Credentials { get; set; }

    /// <summary>For how many seconds browsers may keep the answer to a preflight, 0 to 86400. Default: nothing is said, and they keep it for 5 seconds.</summary>
    public int MaxAge { get; set; }

    /// <summary>Names of header fields that pages may read besides those that need no permission, as <c>["ETag"]</c>. <c>"*"</c> stands for all. Default: none.</summary>
    public string[] ExposeHeaders { get; set; } = [];

    /// <summary>Whether pages of a public network may send requests to a server in a private one (Private Network Access). Default: false.</summary>
    public bool PrivateNetwork { get; set; }
}
