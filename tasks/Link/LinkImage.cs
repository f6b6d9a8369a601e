using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using SyscallServer.Tasks.Assets;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// The step of a publish that makes the executable of a freestanding program, and beside it a file for debuggers: see <see cref="Linker"/>. It runs on every operating system, and needs no other program.
/// </summary>
public sealed class LinkImage : ITask
{
    /// <summary>The objects: those of the start code, and after them what the AOT compiler has written.</summary>
    [Required]
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>What the program is for, as the AOT compiler calls it: x64 or arm64.</summary>
    [Required]
    public string Processor { get; set; } = "";

    /// <summary>The name of what the kernel starts.</summary>
    [Required]
    public string EntryPoint { get; set; } = "";

    /// <summary>Names that mean what another one does: <c>NAME=OTHER</c>.</summary>
    public string[] Aliases { get; set; } = [];

    /// <summary>What the addresses of compiled functions are multiples of.</summary>
    public int FunctionAlignment { get; set; } = 1;

    /// <summary>Whether the program lies elsewhere each time, and no byte of it has more rights than it needs: see <see cref="HardenedLayout"/>.</summary>
    public bool IsHardened { get; set; }

    /// <summary>The executable to write.</summary>
    [Required]
    public string Image { get; set; } = "";

    /// <summary>The file for debuggers to write.</summary>
    [Required]
    public string Symbols { get; set; } = "";

    /// <summary>The assemblies of the program, in which its assets are, and by which methods are called in messages as in C#.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            ElfObject[] objects = [.. Objects.Select(item => ElfObject.Read(item.ItemSpec, File.ReadAllBytes(item.GetMetadata("FullPath"))))];
            LinkResult result = Linker.Link(new LinkRequest(objects, EntryPoint, Aliases.Select(alias => alias.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal), FunctionAlignment, Processor, [.. LinkedAssets.Of(Assemblies.Select(item => item.GetMetadata("FullPath")))], IsHardened));
            if (result.Undefined.Count > 0)
            {
                Report(UndefinedReferences.Of(objects, result.Undefined));
                return false;
            }

            Write(Symbols, result.Symbols);
            Write(Image, result.Image);
            return true;
        }
        catch (Exception exception) when (exception is LinkException or IOException or UnauthorizedAccessException)
        {
            BuildEngine!.Report(nameof(LinkImage), "SYSC109", $"The executable cannot be linked: {exception.Message}");
            return false;
        }
    }

    private void Report(IEnumerable<UndefinedReference> references)
    {
        IReadOnlyDictionary<string, string> names = MissingMembers.MangledNames(Assemblies.Select(item => item.GetMetadata("FullPath")));
        foreach (MissingMember member in MissingMembers.OfLinker(references, names).Take(ReportMissing.Most))
        {
            BuildEngine!.Report(nameof(LinkImage), "SYSC102", ReportMissing.Message(member), member.File, member.Line);
        }
    }

    /// <summary>Writes a file that may be executed. Where the system knows no such thing, whoever copies it to one that does has to say so.</summary>
    private static void Write(string path, byte[] content)
    {
        // A program that runs cannot be written to; and what is half written is not to be taken for done.
        File.Delete(path);
        File.WriteAllBytes(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
