using System;
using System.Linq;
using Microsoft.Build.Framework;

namespace SyscallServer.Tasks.Image;

/// <summary>What an image is called, and the like, which the project says.</summary>
public abstract class ImageTask : ITask
{
    /// <summary>The name of the program.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>The name of the image; that of the program where it is empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its tag.</summary>
    public string Tag { get; set; } = "";

    /// <summary>The user that it runs as.</summary>
    public string User { get; set; } = "";

    /// <summary>Seconds since 1970, of when it was made (SOURCE_DATE_EPOCH); 1970 where it is empty.</summary>
    public string SourceDateEpoch { get; set; } = "";

    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public abstract bool Execute();

    /// <summary>Looks at what the project says.</summary>
    /// <returns>The beginning of a description; null where something is wrong with it, which is reported.</returns>
    private protected ImageDescription? Describe()
    {
        if (!Tasks.SourceDateEpoch.TryRead(SourceDateEpoch, out uint? seconds, out string wrong))
        {
            Report(wrong);
            return null;
        }

        var image = new ImageDescription
        {
            Name = Name.Length > 0 ? Name : DefaultName(Program),
            Tag = Tag,
            User = User,
            Program = Program,
            Created = DateTimeOffset.FromUnixTimeSeconds(seconds ?? 0),
        };
        if (image.Problem is { } problem)
        {
            Report(problem);
            return null;
        }

        return image;
    }

    private protected void Report(string problem) => BuildEngine?.Report(GetType().Name, "SYSC110", problem);

    /// <summary>The program's name as far as that can be the name of an image.</summary>
    private static string DefaultName(string program)
    {
        string name = string.Concat(program.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } good ? good : "server";
    }
}
