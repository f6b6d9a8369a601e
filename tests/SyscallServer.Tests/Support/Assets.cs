using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SyscallServer.Tasks;

namespace SyscallServer.Tests.Support;

/// <summary>The assets of a project, and the manifest that the build makes of them.</summary>
internal sealed class Assets : IDisposable
{
    /// <summary>When all files were last changed.</summary>
    internal const string LastModified = "Sun, 06 Nov 1994 08:49:37 GMT";

    internal const long Time = 784111777;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-assets-");
    private readonly List<Asset> _assets = [];

    internal string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    internal Assets Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    internal Assets Add(string path, byte[] content)
    {
        string file = Path.Combine(Folder, "files", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(Time).UtcDateTime);
        _assets.RemoveAll(asset => asset.Path == path);
        _assets.Add(new Asset(path, file));
        return this;
    }

    /// <summary>Adds what is in a folder of a project.</summary>
    internal void AddFolder(string project, string folder)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(project, folder), "*", SearchOption.AllDirectories))
        {
            Add(Path.GetRelativePath(project, file), File.ReadAllBytes(file));
        }
    }

    /// <summary>The lines of the manifest.</summary>
    internal string[] Write(string? sourceDateEpoch = null)
    {
        string manifest = Path.Combine(Folder, "SyscallServer.Assets.txt");
        AssetManifestWriter.Write(manifest, _assets, sourceDateEpoch);
        return File.ReadAllLines(manifest);
    }

    /// <summary>The manifest as the compiler gets it.</summary>
    internal AdditionalText Manifest() => new Text(string.Join('\n', Write()));

    private sealed class Text(string text) : AdditionalText
    {
        public override string Path => "/project/obj/SyscallServer.Assets.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
