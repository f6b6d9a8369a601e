namespace SyscallServer;

/// <summary>What can be said of files that are part of the program.</summary>
/// <remarks>
/// <para>
/// The files are read when the program is compiled, and compressed as small as gzip and brotli can. They must be assets of the project: everything below <c>wwwroot</c> and <c>assets</c> is; others are
/// named in the project file: <c>&lt;SyscallServerAsset Include="public/**" /></c>.
/// </para>
/// <para>
/// GET and HEAD are answered, with a strong entity tag, with the time of the file's last change, and with the parts that a client asks for (RFC 9110, section 14), at most 16 in one response. A request costs the server what that of a
/// constant costs. The bytes lie in the executable, which the kernel reads from the disk as they are asked for: 2 GiB at most, with what was compressed. No compiler looks at them.
/// <see cref="FilesAttribute"/> serves files that change while the server runs.
/// </para>
/// </remarks>
public abstract class EmbeddedFileAttribute : ResponseAttribute
{
    private protected EmbeddedFileAttribute()
    {
    }

    /// <summary>
    /// Whether clients that accept gzip or br get it where that is smaller (RFC 9110, section 12.5.3), with <c>Vary: Accept-Encoding</c>. Default true. What is compressed
    /// already (images, fonts, archives) is left alone.
    /// </summary>
    public bool Compress { get; set; } = true;

    /// <summary>
    /// Whether browsers store the file instead of showing it: <c>Content-Disposition: attachment</c> (RFC 6266), of <see cref="StaticFileAttribute"/> with the name of the file. Default false. (Headers with a line of that name is an
    /// error then: SYSC047.)
    /// </summary>
    public bool Download { get; set; }

    /// <summary>The virtual host that is meant; see <see cref="RoutedContentAttribute.Host"/>. Default: every host.</summary>
    public string? Host { get; set; }
}
