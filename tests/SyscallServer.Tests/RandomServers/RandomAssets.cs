using System;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.RandomServers;

/// <summary>The files that random servers embed, and their manifest. They were last changed at the time that <see cref="RandomFiles"/> have.</summary>
internal static class RandomAssets
{
    internal static readonly int[] Sizes = [0, 1, 2048, 2049, 9000];

    private static readonly Lazy<Assets.Text> Written = new(() =>
    {
        using var assets = new Assets();
        foreach (int size in Sizes)
        {
            assets.Add("wwwroot/" + Name(size), Content(size));
        }

        return assets.Manifest();
    });

    internal static Assets.Text Manifest => Written.Value;

    /// <summary>All that they can name.</summary>
    internal static ProjectFiles Files => new(ManifestReader.Read(Manifest, default), _ => null);

    internal static string Name(int size) => FormattableString.Invariant($"asset{size}.txt");

    internal static string Content(int size) => RandomServer.Text(Name(size) + ".", size);
}
