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

        assets.Add(Template, TemplateText);
        return assets.Manifest();
    });

    /// <summary>What is filled in when a server starts. Nobody sets the variable, so the default is.</summary>
    internal const string Template = "templates/filled.js";

    private const string TemplateText = "const a = \"${RANDOM_SERVER:-a, b}\", b = `${RANDOM_SERVER:-a&b}${c}`, c = '${RANDOM_SERVER:-}';";

    /// <summary>The same, filled in.</summary>
    internal const string Filled = "const a = \"a, b\", b = `a\\u0026b${c}`, c = '';";

    internal static Assets.Text Manifest => Written.Value;

    /// <summary>The redirects of those that have a file of them. The path is from the root on: no project file says where it would be.</summary>
    internal static readonly TextFile Redirects = new("_redirects", """
        # More lines than are asked for, so that slots are taken.
        /zn/:a/b/:c/d      https://example.org/never
        /z/*               https://example.org/to/:splat
        /zf/*              https://example.org/to/:splat  308!
        /zs/:a/:b          https://example.org/:b/:a      307
        /zs/:a/:b/*        https://example.org/:splat     302
        /zx                https://example.org/x          302
        http://b/zx/*      https://example.org/other
        /short             https://example.org/never
        /%FF               https://example.org/never
        """);

    /// <summary>All that they can name.</summary>
    internal static ProjectFiles Files => new(ManifestReader.Read(Manifest, default), name => ProjectTextReader.Find([Redirects], "", name, default));

    internal static string Name(int size) => FormattableString.Invariant($"asset{size}.txt");

    internal static string Content(int size) => RandomServer.Text(Name(size) + ".", size);
}
