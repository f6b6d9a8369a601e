using System;
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Writes the body of a PUT or POST to a path below a prefix to a file on the disk.</summary>
/// <remarks>
/// <para>
/// Whoever can reach the server can write there: ask who they are (<see cref="BasicAuthAttribute"/>, <see cref="BearerAuthAttribute"/>), or listen at an address or a Unix socket that only they reach. Where the server listens at more than loopback
/// addresses and Unix sockets, there is a warning (SYSC087), unless one of these is for all of its paths, or <see cref="Public"/> says that it is meant.
/// </para>
/// <para>
/// A page of another site that a user of this machine opens cannot upload: a request with a foreign <c>Origin</c>, or with <c>Sec-Fetch-Site: cross-site</c> or <c>same-site</c>, gets 403, unless <see cref="AllowedOrigins"/> names
/// the origin. The own origin is what the request says in <c>Host</c>. A name that its owner points to this machine (DNS rebinding) would be the own one, too: with <see cref="Host"/>, as in <c>Host = "localhost"</c>, there are
/// uploads for that name only.
/// </para>
/// <para>
/// The file is written without a name, brought to the disk (fsync(2)) and only then gets its name: who reads it sees the old file or the new one, also after a power failure, and an upload that
/// breaks off leaves nothing. (Where files cannot be without a name, it has one that begins with <c>.upload.</c>; if the server is killed, that stays, and is removed when a server with that root is started again.) If
/// nothing can be written to the folder when the server starts, it says so and ends with 1. The response is 201 where it is new, 204 where it replaces another; 409 where its folder is not there (none is made), or something has the name that is no
/// file; 403 where the server may not write there, and for names that begin with a dot; 411 without a length; 413 for more than <see cref="MaxBodyBytes"/>; 507 where the disk is full. With
/// <c>If-None-Match: *</c> nothing is replaced, and with <c>If-Match: *</c> nothing is new (412). With <c>If-Match</c> and the strong entity tag of
/// <see cref="FilesAttribute"/>, or with <c>If-Unmodified-Since</c>, only the file is replaced that was there when the upload began, as it was; of several servers with that folder, and their processes, one succeeds. (They lock the folder for that
/// moment, flock(2); a file system without locks has no such promise.) Its mode is 0644, less the umask.
/// </para>
/// <para>With <see cref="Concurrency.EventLoop"/> a worker serves nobody else while the kernel waits for the disk.</para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080)]
/// [Files("/notes/", "/srv/notes")]
/// [Upload("/notes/", "/srv/notes", MaxBodyBytes = 1 &lt;&lt; 20)]
/// static partial class Notes;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UploadAttribute : Attribute
{
    /// <summary>Uploads to a folder.</summary>
    /// <param name="prefix">What stands for the folder at the beginning of a path: begins and ends with a slash.</param>
    /// <param name="root">The folder; see <see cref="FilesAttribute.Root"/>.</param>
    public UploadAttribute(string prefix, string root)
    {
        Prefix = prefix;
        Root = root;
    }

    /// <summary>What stands for the folder at the beginning of a path.</summary>
    public string Prefix { get; }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The longest file, in bytes: 1 to 2^40. Default: 2^24 (16 MiB). A longer one gets 413.</summary>
    public long MaxBodyBytes { get; set; } = Limits.DefaultUploadBytes;

    /// <summary>
    /// The origins whose pages may upload besides the server's own, as browsers write them: <c>https://app.example</c>, with a port where it is not the usual one. Default: none. The server sends no fields of CORS, so such a page
    /// can POST what needs no preflight, and cannot read the response.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>Whether it is meant that everybody who reaches the server may upload, also from other machines: then there is no warning of it. Default false.</summary>
    public bool Public { get; set; }

    /// <summary>The virtual host that the uploads are for; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
