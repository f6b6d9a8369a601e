using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks.Assets;

/// <summary>The step of a build that writes down the files which may be embedded, before the compiler is called: see <see cref="AssetWriter"/>.</summary>
public sealed class WriteAssets : ITask
{
    /// <summary>The files. Metadata Link says under which path attributes name a file; otherwise that is its path from the project's folder on.</summary>
    [Required]
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>The folder of the project file.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The file to write for the generator: what files there are.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>The file to write with their bytes. What is in it already is not compressed again.</summary>
    [Required]
    public string Block { get; set; } = "";

    /// <summary>The file to write with where they are, for a program that serves them from there (<c>LiveAssets</c>); empty where it is not to.</summary>
    public string Places { get; set; } = "";

    /// <summary>Where that file will lie when the program is run.</summary>
    public string PlacesBesideProgram { get; set; } = "";

    /// <summary>Seconds since 1970, later than which no file was changed (SOURCE_DATE_EPOCH); empty where all times are as they are.</summary>
    public string SourceDateEpoch { get; set; } = "";

    /// <summary>Whether the time of a file is that of its last commit, where git knows one.</summary>
    public bool AsksGit { get; set; }

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
                BuildEngine!.LogWarningEvent(new BuildWarningEventArgs("SyscallServer", "SYSC104", "", 0, 0, 0, 0, message, "", nameof(WriteAssets)));
            }

            if (AssetWriter.Conflict(assets[true]) is { } conflict)
            {
                return Fail("SYSC105", conflict);
            }

            if (!Tasks.SourceDateEpoch.TryRead(SourceDateEpoch, out uint? latest, out string wrong))
            {
                return Fail("SYSC103", $"The assets cannot be embedded: {wrong}");
            }

            using (var progress = new Progress("Compressing the assets", TimeProvider.System, Tell))
            {
                AssetWriter.Write(Manifest, Block, assets[true], latest, AsksGit, progress);
            }

            if (Places.Length > 0)
            {
                AssetWriter.WritePlaces(Places, Path.GetFullPath(PlacesBesideProgram, ProjectDirectory), ProjectDirectory, assets[true]);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail("SYSC103", $"The assets cannot be embedded: {exception.Message}");
        }
    }

    private string LogicalPath(ITaskItem item)
    {
        string link = item.GetMetadata("Link");
        return (link.Length > 0 ? link : Path.GetRelativePath(ProjectDirectory, item.GetMetadata("FullPath"))).Replace('\\', '/');
    }

    private void Tell(string message)
        => BuildEngine!.LogMessageEvent(new BuildMessageEventArgs(message, "", nameof(WriteAssets), MessageImportance.High, DateTime.UtcNow));

    private bool Fail(string code, string message)
    {
        BuildEngine!.Report(nameof(WriteAssets), code, message);
        return false;
    }
}
