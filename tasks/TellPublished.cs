using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using SyscallServer.Tasks.Image;

namespace SyscallServer.Tasks;

/// <summary>The last step of a publish, which says what has come of it: <c>Site -> /srv/publish/Site (19.7 kB, linux-x64, freestanding, 31 system calls)</c>.</summary>
public sealed class TellPublished : ITask
{
    /// <summary>The name of the project.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The executable.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>What it is for: linux-x64 and the like.</summary>
    [Required]
    public string Platform { get; set; } = "";

    /// <summary>The assemblies of the program.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        int calls = SeccompProfile.CallsOf(ProgramValues.Of(Assemblies), Platform).Count();
        string size = (new FileInfo(Executable).Length / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        BuildEngine!.LogMessageEvent(new BuildMessageEventArgs($"{Project} -> {Path.GetFullPath(Executable)} ({size} kB, {Platform}, freestanding, {calls} system calls)", "", nameof(TellPublished), MessageImportance.High, DateTime.UtcNow));
        return true;
    }
}
