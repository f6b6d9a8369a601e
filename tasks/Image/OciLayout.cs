using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Security.Cryptography;

namespace SyscallServer.Tasks.Image;

/// <summary>A blob by what is in it (OCI image specification, descriptor.md).</summary>
/// <param name="MediaType">Its type.</param>
/// <param name="Hash">SHA-256, in hexadecimal.</param>
/// <param name="Size">Bytes.</param>
internal sealed record OciDescriptor(string MediaType, string Hash, int Size)
{
    /// <summary>The hash with its algorithm.</summary>
    internal string Digest => "sha256:" + Hash;

    /// <summary>Where the blob lies in the layout.</summary>
    internal string Path => "blobs/sha256/" + Hash;
}

/// <summary>An OCI image layout (image-layout.md) as a tar archive: blobs by their hashes, and the files that lead to them.</summary>
internal sealed class OciLayout(DateTimeOffset created)
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Adds a blob.</summary>
    internal OciDescriptor AddBlob(string mediaType, byte[] content)
    {
        var descriptor = new OciDescriptor(mediaType, Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(), content.Length);
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

/// <summary>A tar archive (ustar) that says of its files no more than it must: so the same files give the same bytes.</summary>
internal sealed class TarArchive(DateTimeOffset modified)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Searchable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly List<UstarTarEntry> _entries = [];

    /// <summary>Adds a file of root's, which nobody can write.</summary>
    internal void AddFile(string path, byte[] content, bool isExecutable)
        => Add(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content), Mode = isExecutable ? Readable | Searchable : Readable }, (0, 0));

    /// <summary>Adds a folder that its owner can write to.</summary>
    internal void AddFolder(string path, (int User, int Group) owner)
        => Add(new UstarTarEntry(TarEntryType.Directory, path) { Mode = Readable | Searchable | UnixFileMode.UserWrite }, owner);

    private void Add(UstarTarEntry entry, (int User, int Group) owner)
    {
        entry.ModificationTime = modified;
        (entry.Uid, entry.Gid) = owner;
        _entries.Add(entry);
    }

    /// <summary>The bytes of the archive.</summary>
    internal byte[] ToArray()
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (UstarTarEntry entry in _entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }
}
