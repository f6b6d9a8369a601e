using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>
/// The files that a project may embed, as the build wrote them down before it called the compiler (SyscallServer.Assets.targets): a line for each, with tabs between path (percent-encoded), time of the last change, length,
/// SHA-256, the lengths of the same with gzip, and with brotli, and the placeholders in it. Where there is none that is smaller, nothing stands in its place. The bytes are in a file beside it (<see cref="AssetBlock"/>), and are no business of the compiler's.
/// </summary>
/// <param name="Files">In the order of their paths.</param>
internal sealed record AssetManifest(EquatableArray<EmbeddedFile> Files)
{
    /// <summary>How the manifest is called among the additional files of a compilation.</summary>
    internal const string FileName = "SyscallServer.Assets.txt";

    private const int Fields = 7;

    internal static readonly AssetManifest Empty = new(default(EquatableArray<EmbeddedFile>));

    /// <summary>Reads a manifest. Lines of another form are passed over: they are comments.</summary>
    internal static AssetManifest Read(IEnumerable<string> lines)
    {
        var files = new List<EmbeddedFile>();
        var known = new Dictionary<string, AssetContent?[]>();
        int entries = 0;
        foreach (string line in lines)
        {
            string[] fields = line.Split('\t');
            if (fields.Length == Fields)
            {
                // Equal contents are one.
                string key = string.Join("\t", fields.Skip(2).Take(4));
                if (!known.TryGetValue(key, out AssetContent?[]? contents))
                {
                    contents = [Add(fields[2]), Add(fields[4]), Add(fields[5])];
                    known.Add(key, contents);
                }

                files.Add(new EmbeddedFile(Uri.UnescapeDataString(fields[0]), long.Parse(fields[1], CultureInfo.InvariantCulture), fields[3], contents[0] ?? new AssetContent(0, 0), contents[1], contents[2])
                {
                    Placeholders = new EquatableArray<PlaceholderSpec>(fields[6].Split(';').Where(placeholder => placeholder.Length > 0).Select(PlaceholderSpec.Read)),
                });
            }
        }

        return new AssetManifest(new EquatableArray<EmbeddedFile>(files));

        AssetContent? Add(string length) => length is "" or "0" ? null : new AssetContent(entries++, int.Parse(length, CultureInfo.InvariantCulture));
    }
}
