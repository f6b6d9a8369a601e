using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace SyscallServer.Tasks.Image;

/// <summary>A blob by what is in it (OCI image specification, descriptor.md).</summary>
/// <param name="MediaType">Its type.</param>
/// <param name="Hash">SHA-256, in hexadecimal.</param>
/// <param name="Size">Bytes.</param>
internal sealed record OciDescriptor(string MediaType, string Hash, int Size)
{
    /// <summary>The hash with its algorithm.</summary>
    internal string Digest => OciLayout.Digest(Hash);

    /// <summary>Where the blob lies in the layout.</summary>
    internal string Path => "blobs/sha256/" + Hash;
}

/// <summary>An OCI image layout (image-layout.md) as a tar archive: blobs by their hashes, and the files that lead to them.</summary>
internal sealed class OciLayout(DateTimeOffset created)
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>SHA-256, in hexadecimal.</summary>
    internal static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>A hash with its algorithm.</summary>
    internal static string Digest(string hash) => "sha256:" + hash;

    /// <summary>Adds a blob.</summary>
    internal OciDescriptor AddBlob(string mediaType, byte[] content)
    {
        var descriptor = new OciDescriptor(mediaType, Hash(content), content.Length);
        AddFile(descriptor.Path, content);
        return descriptor;
    }

    /// <summary>Adds another file.</summary>
    internal void AddFile(string path, byte[] content) => _files[path] = content;

    /// <summary>Writes the archive. Folders have entries too: not every reader makes them up.</summary>
    internal byte[] ToArchive()
    {
        var archive = new TarArchive(created);
        foreach (string folder in new[] { "blobs/", "blobs/sha256/" })
        {
            archive.AddFolder(folder, (0, 0));
        }

        foreach ((string path, byte[] content) in _files)
        {
            archive.AddFile(path, content, isExecutable: false);
        }

        return archive.ToArray();
    }
}
