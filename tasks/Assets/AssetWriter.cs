using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace SyscallServer.Tasks;

/// <summary>A file that may be embedded.</summary>
/// <param name="Path">Under which attributes name it: from the project's folder on, with slashes.</param>
/// <param name="File">Where it is.</param>
internal sealed record Asset(string Path, string File);

/// <summary>
/// Writes the manifest: text, for the compiler takes no other files, with a line for each file, in the order of their paths; between tabs path (percent-encoded), time of the last change (seconds since 1970), length,
/// SHA-256, and in Base64 the content, the same with gzip, and with brotli. The generator's AssetManifest reads it.
/// </summary>
internal static class AssetManifestWriter
{
    /// <summary>Of longer files only that they are there is written down: the generator refuses them.</summary>
    internal const int LongestFile = 16 << 20;

    /// <summary>The first line. Another one is another version's, whose lines are not taken over.</summary>
    private const string Title = "# SyscallServer assets 1: path, time, length, SHA-256, content, gzip, brotli";

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

    /// <summary>Two different files under one path, of which attributes could name only one.</summary>
    /// <returns>What is to be said of them; null where there are none.</returns>
    internal static string? Conflict(IEnumerable<Asset> assets)
        => assets.Distinct().GroupBy(asset => asset.Path).FirstOrDefault(same => same.Skip(1).Any()) is { } same
            ? $"The assets '{same.First().File}' and '{same.ElementAt(1).File}' have the same path '{same.Key}': give one of them another one, with Link in its SyscallServerAsset."
            : null;

    /// <summary>Writes the manifest.</summary>
    /// <param name="manifest">The file, which may be there from before.</param>
    /// <param name="assets">The files, without a <see cref="Conflict"/>.</param>
    /// <param name="sourceDateEpoch">SOURCE_DATE_EPOCH: no time is later, so that the same sources make the same program wherever they are checked out.</param>
    internal static void Write(string manifest, IEnumerable<Asset> assets, string? sourceDateEpoch)
    {
        Dictionary<string, string[]> known = Known(manifest);
        long latest = long.TryParse(sourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) ? epoch : long.MaxValue;
        Asset[] all = [.. assets.Distinct().OrderBy(asset => asset.Path, StringComparer.Ordinal)];
        string[] lines = new string[all.Length];
        Parallel.For(0, all.Length, i => lines[i] = Line(all[i], latest, known));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(manifest))!);
        File.WriteAllLines(manifest, [Title, .. lines], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static string Line(Asset asset, long latest, Dictionary<string, string[]> known)
    {
        // What a symbolic link leads to is what was changed.
        FileSystemInfo file = new FileInfo(asset.File).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(asset.File);
        long modified = Math.Min(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds(), latest);
        long length = new FileInfo(file.FullName).Length;
        string path = string.Join('/', asset.Path.Split('/').Select(Uri.EscapeDataString));
        if (length > LongestFile)
        {
            return string.Join('\t', path, Text(modified), Text(length), "", "", "", "");
        }

        byte[] content = File.ReadAllBytes(file.FullName);
        string hash = Convert.ToHexString(SHA256.HashData(content));
        bool isCompressed = Compressed.Contains(Path.GetExtension(asset.Path));
        string key = Key(hash, isCompressed);
        string gzip = "";
        string brotli = "";
        if (known.TryGetValue(key, out string[]? fields))
        {
            (gzip, brotli) = (fields[5], fields[6]);
        }
        else if (!isCompressed)
        {
            gzip = IfSmaller(Gzip(content), content);
            brotli = IfSmaller(Brotli(content), content);
        }

        return string.Join('\t', path, Text(modified), Text(content.Length), hash, Convert.ToBase64String(content), gzip, brotli);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string IfSmaller(byte[] coded, byte[] content) => coded.Length < content.Length ? Convert.ToBase64String(coded) : "";

    /// <summary>The lines of the manifest as it was, by the content of the files, and whether they were to be compressed.</summary>
    private static Dictionary<string, string[]> Known(string manifest)
    {
        var known = new Dictionary<string, string[]>();
        if (File.Exists(manifest))
        {
            string[] lines = File.ReadAllLines(manifest);
            foreach (string[] fields in lines.Skip(1).Where(_ => lines[0] == Title).Select(line => line.Split('\t')).Where(fields => fields.Length == FieldCount && fields[3].Length > 0))
            {
                known[Key(fields[3], Compressed.Contains(Path.GetExtension(fields[0])))] = fields;
            }
        }

        return known;
    }

    private static string Key(string hash, bool isCompressed) => isCompressed ? hash + "=" : hash;

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
