using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;

namespace SyscallServer.Tasks.Image;

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
