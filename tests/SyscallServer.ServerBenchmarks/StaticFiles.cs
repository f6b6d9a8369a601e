using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>Twenty files, as a page has them: from 1 to 64 KiB. Those of HttpArena are alike, and come with it.</summary>
internal static class StaticFiles
{
    /// <summary>How each of them ends.</summary>
    internal const string End = "\n<!-- the end -->\n";

    private const int Kibibyte = 1024;

    private static readonly int[] Kibibytes = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 24, 28, 32, 36, 40, 48, 56, 64];

    internal static IReadOnlyList<string> Names { get; } = [.. Kibibytes.Select(size => $"{size}k.txt")];

    /// <summary>Writes them to a folder of the name static.</summary>
    internal static async Task WriteAsync(string folder, CancellationToken cancellation)
    {
        string files = Directory.CreateDirectory(Path.Combine(folder, "static")).FullName;
        foreach ((int size, string name) in Kibibytes.Zip(Names))
        {
            await File.WriteAllTextAsync(Path.Combine(files, name), new string('x', (size * Kibibyte) - End.Length) + End, cancellation);
        }
    }
}
