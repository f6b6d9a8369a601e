using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Assets;

/// <summary>A file that may be embedded.</summary>
/// <param name="Path">Under which attributes name it: from the project's folder on, with slashes.</param>
/// <param name="File">Where it is.</param>
internal sealed record Asset(string Path, string File);

/// <summary>
/// Writes the assets of a project in two files. The block (<see cref="AssetBlock"/>) has their bytes. The manifest is text, for the compiler takes no other files: a line for each file, in the order of their paths; between
/// tabs path (percent-encoded), time of the last change (seconds since 1970), length, SHA-256, the lengths of the same with gzip, and with brotli, and the <see cref="Placeholders"/> in it. The generator's AssetManifest reads it.
/// </summary>
internal static class AssetWriter
{
    /// <summary>The first line of a manifest, behind which is the SHA-256 of the block that belongs to it. Another one is another version's, whose block is not looked at.</summary>
    private const string Title = "# SyscallServer assets 3: path, time, length, SHA-256, length with gzip, with brotli, placeholders. The block: ";

    private const int FieldCount = 7;

    /// <summary>The window of brotli: at most what browsers accept, 2^24 bytes, and not more than there is to be seen (RFC 7932, section 9.1).</summary>
    private const int LargestWindow = 24;
    private const int SmallestWindow = 16;

    private const int BestQuality = 11;

    /// <summary>What is compressed already.</summary>
    private static readonly HashSet<string> Compressed = new(StringComparer.OrdinalIgnoreCase)
    {
        ".7z", ".apng", ".avif", ".br", ".bz2", ".docx", ".epub", ".flac", ".gif", ".gz", ".jar", ".jpeg", ".jpg", ".m4a", ".m4v", ".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".ogv", ".opus", ".png",
        ".pptx", ".rar", ".tgz", ".weba", ".webm", ".webp", ".woff", ".woff2", ".xlsx", ".xz", ".zip", ".zst",
    };

    /// <summary>A file that was read, with what was made of it.</summary>
    private sealed record Entry(string Path, long Modified, string Hash, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Gzip, ReadOnlyMemory<byte> Brotli)
    {
        /// <summary>What is the same of files that have one content. (Whether it is compressed depends on the name.)</summary>
        internal (string Hash, int Gzip, int Brotli) Key => (Hash, Gzip.Length, Brotli.Length);

        /// <summary>Those that have an entry in the block's table, in their order.</summary>
        internal IEnumerable<ReadOnlyMemory<byte>> Codings => new[] { Content, Gzip, Brotli }.Where(bytes => !bytes.IsEmpty);
    }

    /// <summary>Two different files under one path, of which attributes could name only one.</summary>
    /// <returns>What is to be said of them; null where there are none.</returns>
    internal static string? Conflict(IEnumerable<Asset> assets)
        => assets.Distinct().GroupBy(asset => asset.Path).FirstOrDefault(same => same.Skip(1).Any()) is { } same
            ? $"The assets '{same.First().File}' and '{same.ElementAt(1).File}' have the same path '{same.Key}': give one of them another one, with Link in its SyscallServerAsset."
            : null;

    /// <summary>Writes manifest and block.</summary>
    /// <param name="manifest">The file of the manifest. What it and the block have from before is not compressed again.</param>
    /// <param name="block">The file of the block.</param>
    /// <param name="assets">The files, without a <see cref="Conflict"/>.</param>
    /// <param name="latest">Seconds since 1970, which no time is later than, so that the same sources make the same program wherever they are checked out; null for all times as they are.</param>
    /// <exception cref="IOException">A file cannot be read or written, or there are more bytes than a program can have.</exception>
    /// <param name="asksGit">Whether the time of a file is that of the commit which changed it last (<see cref="CommitTimes"/>), as far as there is one.</param>
    /// <param name="progress">Hears of each file that is read.</param>
    internal static void Write(string manifest, string block, IEnumerable<Asset> assets, uint? latest, bool asksGit, Progress progress)
    {
        Dictionary<(string Hash, bool IsCompressed), Entry> known = Known(manifest, block);
        Asset[] all = [.. assets.Distinct().OrderBy(asset => asset.Path, StringComparer.Ordinal)];
        var entries = new Entry[all.Length];
        Dictionary<string, long> commits = asksGit ? CommitTimes.Of([.. all.Select(asset => Resolved(asset).FullName)]) : [];

        progress.Expect(all.Length);

        // One after the other as a processor is free, and the largest first: no one waits at the end for another's.
        IEnumerable<int> largestFirst = Enumerable.Range(0, all.Length).OrderByDescending(i => new FileInfo(all[i].File).Length);
        Parallel.ForEach(Partitioner.Create(largestFirst, EnumerablePartitionerOptions.NoBuffering), i =>
        {
            entries[i] = Read(all[i], commits, latest ?? long.MaxValue, known);
            progress.Advance();
        });
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(manifest))!);
        string hash = WriteBlock(block, entries);
        File.WriteAllLines(manifest, [Title + hash, .. entries.Select(Line)], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Writes where files are, for a program that serves them from there: the path under which it will find this, the folder of the project, and a line for each file with its path and where that is, percent-encoded.</summary>
    internal static void WritePlaces(string places, string besideProgram, string folder, IEnumerable<Asset> assets)
        => File.WriteAllLines(
            places,
            [Uri.EscapeDataString(besideProgram), Uri.EscapeDataString(folder), .. assets.Distinct().OrderBy(asset => asset.Path, StringComparer.Ordinal).Select(asset => $"{Uri.EscapeDataString(asset.Path)}\t{Uri.EscapeDataString(Path.GetFullPath(asset.File))}")],
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <returns>The SHA-256 of the block.</returns>
    private static string WriteBlock(string block, Entry[] entries)
    {
        ReadOnlyMemory<byte>[] contents = [.. entries.DistinctBy(entry => entry.Key).SelectMany(entry => entry.Codings)];
        byte[] table = new byte[contents.Length * AssetBlock.EntryLength];
        long end = table.Length;
        for (int entry = 0; entry < contents.Length; entry++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(entry * AssetBlock.EntryLength), (uint)end);
            end += contents[entry].Length;
        }

        if (end > int.MaxValue)
        {
            throw new IOException($"they have {end >> 20} MiB in all their codings, and a program can have {int.MaxValue >> 20}; serve large files from the disk, with [Files]");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = File.Create(block);
        foreach (ReadOnlyMemory<byte> content in contents.Prepend(table).Append(new byte[AssetBlock.Rest]))
        {
            stream.Write(content.Span);
            hash.AppendData(content.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Line(Entry entry)
        => string.Join(
            '\t',
            string.Join('/', entry.Path.Split('/').Select(Uri.EscapeDataString)),
            Text(entry.Modified),
            Text(entry.Content.Length),
            entry.Hash,
            entry.Gzip.IsEmpty ? "" : Text(entry.Gzip.Length),
            entry.Brotli.IsEmpty ? "" : Text(entry.Brotli.Length),
            entry.Content.Length > Placeholders.LongestFile ? "" : Placeholders.Of(entry.Path, entry.Content.ToArray()));

    /// <summary>What a symbolic link leads to is what was changed.</summary>
    private static FileSystemInfo Resolved(Asset asset) => new FileInfo(asset.File).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(asset.File);

    private static Entry Read(Asset asset, Dictionary<string, long> commits, long latest, Dictionary<(string Hash, bool IsCompressed), Entry> known)
    {
        FileSystemInfo file = Resolved(asset);
        long modified = Math.Min(commits.TryGetValue(file.FullName, out long commit) ? commit : new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds(), latest);
        byte[] content = File.ReadAllBytes(file.FullName);
        string hash = Convert.ToHexString(SHA256.HashData(content));
        bool isCompressed = IsCompressed(asset.Path);
        if (known.TryGetValue((hash, isCompressed), out Entry? same))
        {
            return same with { Path = asset.Path, Modified = modified };
        }

        return isCompressed
            ? new Entry(asset.Path, modified, hash, content, default, default)
            : new Entry(asset.Path, modified, hash, content, IfSmaller(Gzip(content), content), IfSmaller(Brotli(content), content));
    }

    private static bool IsCompressed(string path) => Compressed.Contains(Path.GetExtension(path));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> IfSmaller(byte[] coded, byte[] content) => coded.Length < content.Length ? coded : default(ReadOnlyMemory<byte>);

    /// <summary>The files as they were, by their content, and whether they were to be compressed.</summary>
    private static Dictionary<(string Hash, bool IsCompressed), Entry> Known(string manifest, string block)
    {
        var known = new Dictionary<(string Hash, bool IsCompressed), Entry>();
        string[] lines = File.Exists(manifest) && File.Exists(block) ? File.ReadAllLines(manifest) : [];
        byte[] bytes = lines.Length == 0 || !lines[0].StartsWith(Title, StringComparison.Ordinal) ? [] : File.ReadAllBytes(block);
        if (bytes.Length == 0 || lines[0] != Title + Convert.ToHexString(SHA256.HashData(bytes)))
        {
            return known;
        }

        int entries = 0;
        var keys = new HashSet<(string, string, string)>();
        foreach (string[] fields in lines.Skip(1).Select(line => line.Split('\t')).Where(fields => fields.Length == FieldCount && keys.Add((fields[3], fields[4], fields[5]))))
        {
            known[(fields[3], IsCompressed(fields[0]))] = new Entry("", 0, fields[3], Next(fields[2]), Next(fields[4]), Next(fields[5]));
        }

        return known;

        ReadOnlyMemory<byte> Next(string length)
            => length is "" or "0" ? default(ReadOnlyMemory<byte>) : bytes.AsMemory((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(entries++ * AssetBlock.EntryLength)), int.Parse(length, CultureInfo.InvariantCulture));
    }

    /// <summary>The member of RFC 1952, whose header says nothing of the machine or the moment that it was made on.</summary>
    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(content);
        }

        byte[] bytes = compressed.ToArray();
        if (bytes.Length > 9)
        {
            Array.Clear(bytes, 4, 5); // MTIME: none; XFL: nothing to say of how hard it was tried
            bytes[9] = 255; // OS: unknown
        }

        return bytes;
    }

    private static byte[] Brotli(byte[] content)
    {
        byte[] bytes = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        int window = Math.Clamp(BitOperations.Log2((uint)content.Length + 16) + 1, SmallestWindow, LargestWindow);
        return BrotliEncoder.TryCompress(content, bytes, out int length, BestQuality, window) ? bytes[..length] : content;
    }
}
