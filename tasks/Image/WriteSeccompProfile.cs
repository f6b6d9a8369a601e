using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks.Image;

/// <summary>The step of a publish that writes which system calls the program may make: see <see cref="SeccompProfile"/>.</summary>
public sealed class WriteSeccompProfile : ITask
{
    /// <summary>The assemblies of the program.</summary>
    [Required]
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>The platforms that it is for: linux-x64 and the like.</summary>
    [Required]
    public string[] Platforms { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Required]
    public string Profile { get; set; } = "";

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            string[] processors = [.. Platforms.Select(SeccompProfile.ProcessorOf).Distinct()];
            File.WriteAllBytes(Profile, SeccompProfile.Write(ProgramValues.Of(Assemblies), processors));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            BuildEngine!.Report(nameof(WriteSeccompProfile), "SYSC112", $"The seccomp profile cannot be written: {exception.Message}");
            return false;
        }
    }
}
