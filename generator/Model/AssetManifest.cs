using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>
/// The files that a project may embed, as the build wrote them down before it called the compiler (SyscallServer.Assets.targets): a line for each, with tabs between path (percent-encoded), time of the last change, length,
/// SHA-256, and the lengths of the same with gzip, and with brotli. Where there is none that is smaller, nothing stands in its place. The bytes are in a file beside it (<see cref="AssetBlock"/>), and are no business of the compiler's.
/// </summary>
/// <param name="Files">In the order of their paths.</param>
internal sealed record AssetManifest(EquatableArray<EmbeddedFile> Files)
{
    /// <summary>How the manifest is called among the additional files of a compilation.</summary>
    internal const string FileName = "SyscallServer.Assets.txt";

    private const int Fields = 6;

    internal static readonly AssetManifest Empty = new(default(EquatableArray<EmbeddedFile>));

    /// <summary>Reads a manifest. Lines of another form are passed over: they are comments.</summary>
    internal static AssetManifest Read(IEnumerable<string> lines)
    {
        var files = new List<EmbeddedFile>();
        var firsts = new Dictionary<string, int>();
        foreach (string line in lines)
        {
            string[] fields = line.Split('\t');
            if (fields.Length == Fields)
            {
                // Equal contents are one.
                string content = string.Join("\t", fields.Skip(2));
                if (!firsts.TryGetValue(content, out int first))
                {
                    first = files.Count;
                    firsts.Add(content, first);
                }

                int entry = first * AssetBlock.EntriesOfFile;
                files.Add(new EmbeddedFile(Uri.UnescapeDataString(fields[0]), long.Parse(fields[1], CultureInfo.InvariantCulture), fields[3], Of(entry, fields[2])!, Of(entry + 1, fields[4]), Of(entry + 2, fields[5])));
            }
        }

        return new AssetManifest(new EquatableArray<EmbeddedFile>(files));
    }

    private static AssetContent? Of(int entry, string length) => length.Length == 0 ? null : new AssetContent(entry, int.Parse(length, CultureInfo.InvariantCulture));
}
