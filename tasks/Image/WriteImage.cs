using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks.Image;

/// <summary>The step of a publish that writes an OCI image of the executable, without a container engine.</summary>
public sealed class WriteImage : ImageTask
{
    /// <summary>The executables, each with its <c>Architecture</c> (amd64 or arm64).</summary>
    [Required]
    public ITaskItem[] Executables { get; set; } = [];

    /// <summary>The assembly of the program, in which the generator has left what an image needs.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; set; } = "";

    /// <summary>Its licence, an SPDX expression.</summary>
    public string License { get; set; } = "";

    /// <summary>Labels, each with its <c>Value</c>; those without one are left out.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>The packages whose code may be in the executable, each with its <c>Version</c>.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The version of the AOT compiler.</summary>
    public string CompilerVersion { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string Archive { get; set; } = "";

    /// <summary>The file for what the first executable is made of.</summary>
    [Required]
    public string Bill { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (Describe() is not { } described)
        {
            return false;
        }

        ImageDescription image = (described with
        {
            // The project's own come last.
            Labels = Labels.Where(label => label.GetMetadata("Value").Length > 0).GroupBy(label => label.ItemSpec, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Last().GetMetadata("Value"), StringComparer.Ordinal),
        }).With(ProgramValues.Of(Assembly));
        try
        {
            ImagePart[] parts = [.. Executables.Select(executable => Part(executable, image.Created))];
            File.WriteAllBytes(Archive, ImageArchive.Write(image, parts));
            File.WriteAllBytes(Bill, parts[0].Bill);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report($"The image cannot be written: {exception.Message}");
            return false;
        }
    }

    private ImagePart Part(ITaskItem executable, DateTimeOffset created)
    {
        byte[] bytes = File.ReadAllBytes(executable.GetMetadata("FullPath"));
        // Our own is in each, also where it is built from sources beside the program.
        var own = new Package("SyscallServer", typeof(WriteImage).Assembly.GetName().Version!.ToString(3));
        IEnumerable<Package> packages = Packages.Select(package => new Package(package.ItemSpec, package.GetMetadata("Version"))).Where(package => package.Name != own.Name).Append(own);
        return new ImagePart(executable.GetMetadata("Architecture"), bytes, SoftwareBill.Write(Program, Version, License, bytes, created, packages, new Package("Microsoft.DotNet.ILCompiler", CompilerVersion)));
    }
}
