using System;

namespace SyscallServer.Generator.Model;

/// <summary>
/// A file that becomes part of the program: an entry of the manifest. It is equal to another by its hash, for the bytes may be many; they stay as the manifest has them until they are asked for.
/// </summary>
internal sealed class EmbeddedFile : IEquatable<EmbeddedFile>
{
    private readonly string _identity;
    private readonly string _gzip;
    private readonly string _brotli;

    /// <param name="path">From the folder of the project file on, with slashes.</param>
    /// <param name="lastModified">Seconds since 1970.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="hash">Of the content: SHA-256 in hexadecimal digits.</param>
    /// <param name="identity">The content in Base64.</param>
    /// <param name="gzip">The same compressed with gzip; empty where there is no such.</param>
    /// <param name="brotli">The same for brotli.</param>
    internal EmbeddedFile(string path, long lastModified, long length, string hash, string identity, string gzip, string brotli)
    {
        Path = path;
        LastModified = lastModified;
        Length = length;
        Hash = hash;
        _identity = identity;
        _gzip = gzip;
        _brotli = brotli;
    }

    internal string Path { get; }

    internal long LastModified { get; }

    /// <summary>Bytes of the content.</summary>
    internal long Length { get; }

    internal string Hash { get; }

    /// <summary>Whether the manifest has its bytes: those of a very long file it has not.</summary>
    internal bool HasContent => _identity.Length > 0 || Length == 0;

    internal byte[] Identity => Convert.FromBase64String(_identity);

    /// <summary>The bytes with the content coding gzip; null where there are none.</summary>
    internal byte[]? Gzip => _gzip.Length == 0 ? null : Convert.FromBase64String(_gzip);

    /// <summary>The bytes with the content coding br; null where there are none.</summary>
    internal byte[]? Brotli => _brotli.Length == 0 ? null : Convert.FromBase64String(_brotli);

    /// <summary>About how many bytes it adds to the program, in all its codings.</summary>
    internal long Weight(bool compress) => Length + (compress ? (_gzip.Length + _brotli.Length) / 4L * 3 : 0);

    public bool Equals(EmbeddedFile? other)
        => other is not null && Path == other.Path && Hash == other.Hash && LastModified == other.LastModified && Length == other.Length
            && _identity.Length == other._identity.Length && _gzip.Length == other._gzip.Length && _brotli.Length == other._brotli.Length;

    public override bool Equals(object? obj) => Equals(obj as EmbeddedFile);

    public override int GetHashCode() => Hash.GetHashCode();
}
