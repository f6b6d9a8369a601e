using System;

namespace SyscallServer;

/// <summary>Asks for a token (<c>Authorization: Bearer</c>, RFC 6750) before a request is answered: for programs, where <see cref="BasicAuthAttribute"/> is for people.</summary>
/// <remarks>
/// <para>
/// All that is said of <see cref="BasicAuthAttribute"/> is so here. With both attributes for the same path and methods, either is enough. A request without a token gets 401 with <c>WWW-Authenticate: Bearer realm="..."</c>, and one with a wrong
/// token the same with <c>error="invalid_token"</c>.
/// </para>
/// <para>A token has letters, digits and <c>-._~+/</c>, and perhaps <c>=</c> at its end. A variable or file has one or more, with white space in between, each as it is or as <c>{SHA256}</c> and the 64 hexadecimal digits of its SHA-256.</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [Files("/files/", "/srv/files")]
/// [Upload("/files/", "/srv/files")]
/// [BearerAuth("/files/*", "Uploads", TokensFile = "/run/secrets/upload_tokens", Methods = ["POST", "PUT"])]
/// static partial class Store;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BearerAuthAttribute : Attribute
{
    /// <summary>Asks for a token.</summary>
    /// <param name="path">The path, or a prefix with a star: <c>/api/*</c>.</param>
    /// <param name="realm">What the token is for: 1 to 100 printable ASCII characters, without quotes and backslashes.</param>
    public BearerAuthAttribute(string path, string realm)
    {
        Path = path;
        Realm = realm;
    }

    /// <summary>The path, or a prefix with a star.</summary>
    public string Path { get; }

    /// <summary>What the token is for.</summary>
    public string Realm { get; }

    /// <summary>The name of the variable of the environment that has the tokens. Default: none.</summary>
    public string? Tokens { get; set; }

    /// <summary>The file that has the tokens; see <see cref="BasicAuthAttribute.UsersFile"/>. Default: none.</summary>
    public string? TokensFile { get; set; }

    /// <summary>Tokens in the executable: SHA-256 of each, 64 hexadecimal digits. Default: none.</summary>
    public string[] TokenHashes { get; set; } = [];

    /// <summary>The methods that need one, as in <c>["PUT", "DELETE"]</c>: "GET" (which is HEAD too), "POST", "PUT", "DELETE", "PATCH". Default: every method, also those that no route has.</summary>
    public string[] Methods { get; set; } = [];
}
