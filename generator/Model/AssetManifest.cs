using System;
using System.Collections.Generic;
using System.Globalization;

namespace SyscallServer.Generator.Model;

/// <summary>
/// The files that a project may embed, as the build wrote them down before it called the compiler (SyscallServer.Assets.targets): a line for each, with tabs between path (percent-encoded), time of the last change, length,
/// SHA-256, and in Base64 the content, the same with gzip, and with brotli. Where there is no smaller one, or the file is too long, nothing stands in its place.
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
        foreach (string line in lines)
        {
            string[] fields = line.Split('\t');
            if (fields.Length == Fields)
            {
                files.Add(new EmbeddedFile(
                    Uri.UnescapeDataString(fields[0]),
                    long.Parse(fields[1], CultureInfo.InvariantCulture),
                    long.Parse(fields[2], CultureInfo.InvariantCulture),
                    fields[3],
                    fields[4],
                    fields[5],
                    fields[6]));
            }
        }

        return new AssetManifest(new EquatableArray<EmbeddedFile>(files));
    }
}
