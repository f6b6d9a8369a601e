using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks.Image;

/// <summary>The step of a publish that writes an OCI image of the executable, without a container engine.</summary>
public sealed class WriteImage : ITask
{
    /// <summary>The executables, each with its <c>Architecture</c> (amd64 or arm64).</summary>
    [Required]
    public ITaskItem[] Executables { get; set; } = [];

    /// <summary>The assembly of the program, in which the generator has left what an image needs.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The name of the program.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; set; } = "";

    /// <summary>Its licence, an SPDX expression.</summary>
    public string License { get; set; } = "";

    /// <summary>The name of the image; that of the program where it is empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its tag.</summary>
    public string Tag { get; set; } = "";

    /// <summary>The user that it runs as.</summary>
    public string User { get; set; } = "";

    /// <summary>Labels, each with its <c>Value</c>; those without one are left out.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>The packages whose code may be in the executable, each with its <c>Version</c>.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The version of the AOT compiler.</summary>
    public string CompilerVersion { get; set; } = "";

    /// <summary>Seconds since 1970, of when it was made (SOURCE_DATE_EPOCH); 1970 where it is empty.</summary>
    public string SourceDateEpoch { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string Archive { get; set; } = "";

    /// <summary>The file for what the first executable is made of.</summary>
    [Required]
    public string Bill { get; set; } = "";

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        DateTimeOffset created = DateTimeOffset.UnixEpoch;
        if (SourceDateEpoch.Length > 0)
        {
            if (!long.TryParse(SourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > uint.MaxValue)
            {
                return Fail($"SOURCE_DATE_EPOCH is '{SourceDateEpoch}', which is no number of seconds since 1970: set it to one, or do not set it");
            }

            created = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        ImageDescription image = new ImageDescription
        {
            Name = Name.Length > 0 ? Name : DefaultName(Program),
            Tag = Tag,
            User = User,
            Program = Program,
            Created = created,
            // The project's own come last.
            Labels = Labels.Where(label => label.GetMetadata("Value").Length > 0).GroupBy(label => label.ItemSpec, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Last().GetMetadata("Value"), StringComparer.Ordinal),
        }.With(ProgramValues.Of(Assembly));
        if (image.Problem is { } problem)
        {
            return Fail(problem);
        }

        try
        {
            ImagePart[] parts = [.. Executables.Select(executable => Part(executable, created))];
            File.WriteAllBytes(Archive, ImageArchive.Write(image, parts));
            File.WriteAllBytes(Bill, parts[0].Bill);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"The image cannot be written: {exception.Message}");
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

    /// <summary>The program's name as far as that can be the name of an image.</summary>
    private static string DefaultName(string program)
    {
        string name = string.Concat(program.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } good ? good : "server";
    }

    private bool Fail(string problem)
    {
        BuildEngine?.Report(nameof(WriteImage), "SYSC110", problem);
        return false;
    }
}
