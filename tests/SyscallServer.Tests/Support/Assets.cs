using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SyscallServer.Tasks;
using SyscallServer.Tasks.Assets;

namespace SyscallServer.Tests.Support;

/// <summary>The assets of a project, and what the build makes of them.</summary>
internal sealed class Assets : IDisposable
{
    /// <summary>When all files were last changed.</summary>
    internal const string LastModified = "Sun, 06 Nov 1994 08:49:37 GMT";

    internal const long Time = 784111777;

    // The form of the block: bytes of an entry of the table, and bytes behind all.
    internal const int EntryLength = 4;
    internal const int Rest = 15;

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

    internal string ManifestPath => Path.Combine(Folder, "SyscallServer.Assets.txt");

    internal string BlockPath => Path.Combine(Folder, "SyscallServer.Assets.bin");

    /// <summary>The lines of the manifest.</summary>
    internal string[] Write(uint? latest = null, bool asksGit = false, Progress? progress = null)
    {
        using var silent = new Progress("", TimeProvider.System, _ => { });
        AssetWriter.Write(ManifestPath, BlockPath, _assets, latest, asksGit, progress ?? silent);
        return File.ReadAllLines(ManifestPath);
    }

    /// <summary>Removes a file from the disk, and from what is built next.</summary>
    internal void Remove(string path)
    {
        File.Delete(_assets.Single(asset => asset.Path == path).File);
        _assets.RemoveAll(asset => asset.Path == path);
    }

    /// <summary>Writes where the files are, as the build does for a program that serves them from there.</summary>
    internal void WritePlaces(string file) => AssetWriter.WritePlaces(file, file, Folder, _assets);

    /// <summary>The manifest as the compiler gets it.</summary>
    internal Text Manifest(uint? latest = null) => new(string.Join('\n', Write(latest)), File.ReadAllBytes(BlockPath));

    /// <summary>The manifest, and the block beside it.</summary>
    internal sealed class Text(string text, byte[] block) : AdditionalText
    {
        /// <summary>The block as the compiler gets it: a resource.</summary>
        internal ResourceDescription Resource => new("SyscallServer.Assets", () => new MemoryStream(block), isPublic: false);

        internal byte[] Block => block;

        public override string Path => "/project/obj/SyscallServer.Assets.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
