using System;

namespace SyscallServer;

/// <summary>Asks for a name and a password (Basic authentication, RFC 7617) before a request is answered.</summary>
/// <remarks>
/// <para>
/// A request without them gets 401 with <c>WWW-Authenticate: Basic realm="...", charset="UTF-8"</c>, before any of its body is read, also where no route has its path. It is decided by the path that the router looks for: decoded, and without dot
/// segments. <c>/admin/*</c> is every path below <c>/admin/</c>, and <c>/admin</c>; <c>/*</c> is everything, on every host and endpoint. Where several attributes have a request, the one with the longest path decides. The path of
/// <see cref="HealthCheckAttribute"/> is always open.
/// </para>
/// <para>
/// Who may come in is said when the server is started: by a variable of the environment, or a file. Each has one or more of these, with white space in between: <c>name:password</c>, or <c>{SHA256}</c> and the 64 hexadecimal digits of the SHA-256 of
/// <c>name:password</c>, in UTF-8. If there is none, or one is malformed, the server says so and ends with exit code 2. A password can be in the executable only as its hash.
/// </para>
/// <para>
/// Passwords have to be long and random (<c>openssl rand -base64 24</c>): SHA-256 is quick, for an attacker who has the hashes too. There is no TLS, so put a proxy in front, or everybody on the way reads them. After 60 wrong ones within a
/// minute further wrong ones get 429; right ones are never refused for those of others.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [StaticFiles("/", "wwwroot")]
/// [BasicAuth("/admin/*", "Admin", Users = "ADMIN_USERS")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BasicAuthAttribute : Attribute
{
    /// <summary>Asks for a name and a password.</summary>
    /// <param name="path">The path, or a prefix with a star: <c>/admin/*</c>.</param>
    /// <param name="realm">What people read where they are asked: 1 to 100 printable ASCII characters, without quotes and backslashes.</param>
    public BasicAuthAttribute(string path, string realm)
    {
        Path = path;
        Realm = realm;
    }

    /// <summary>The path, or a prefix with a star.</summary>
    public string Path { get; }

    /// <summary>What people read where they are asked.</summary>
    public string Realm { get; }

    /// <summary>The name of the variable of the environment that has the users. Default: none.</summary>
    public string? Users { get; set; }

    /// <summary>
    /// The file that has the users, at most 18 kB: an absolute path, such as <c>/run/secrets/admin_users</c>, or the name of a credential of the service (systemd's <c>LoadCredential=</c>), which is in the folder that the variable CREDENTIALS_DIRECTORY
    /// names. Default: none.
    /// </summary>
    public string? UsersFile { get; set; }

    /// <summary>Users in the executable: SHA-256 of <c>name:password</c>, 64 hexadecimal digits each. Default: none.</summary>
    public string[] UserHashes { get; set; } = [];

    /// <summary>The methods that need them, as in <c>["PUT", "DELETE"]</c>: "GET" (which is HEAD too), "POST", "PUT", "DELETE", "PATCH". Default: every method, also those that no route has.</summary>
    public string[] Methods { get; set; } = [];
}
