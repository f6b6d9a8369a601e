using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks;

/// <summary>The step of a build that writes the manifest of the files which may be embedded: see <see cref="AssetManifestWriter"/>.</summary>
public sealed class WriteAssetManifest : ITask
{
    /// <summary>The files. Metadata Link says under which path attributes name a file; otherwise that is its path from the project's folder on.</summary>
    [Required]
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>The folder of the project file.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The file to write. What is in it already is not compressed again.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            ILookup<bool, Asset> assets = Assets
                .Select(item => new Asset(LogicalPath(item), item.GetMetadata("FullPath")))
                .ToLookup(asset => File.Exists(asset.File));
            foreach (Asset missing in assets[false])
            {
                // Also where its name is not UTF-8, which .NET cannot say.
                string message = $"The asset '{missing.Path}' is left out, for there is no such file.";
                BuildEngine!.LogWarningEvent(new BuildWarningEventArgs("SyscallServer", "SYSC104", "", 0, 0, 0, 0, message, "", nameof(WriteAssetManifest)));
            }

            if (AssetManifestWriter.Conflict(assets[true]) is { } conflict)
            {
                return Fail("SYSC105", conflict);
            }

            AssetManifestWriter.Write(Manifest, assets[true], Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail("SYSC103", $"An asset cannot be read: {exception.Message}");
        }
    }

    private string LogicalPath(ITaskItem item)
    {
        string link = item.GetMetadata("Link");
        return (link.Length > 0 ? link : Path.GetRelativePath(ProjectDirectory, item.GetMetadata("FullPath"))).Replace('\\', '/');
    }

    private bool Fail(string code, string message)
    {
        BuildEngine!.LogErrorEvent(new BuildErrorEventArgs("SyscallServer", code, "", 0, 0, 0, 0, message, "", nameof(WriteAssetManifest)));
        return false;
    }
}
