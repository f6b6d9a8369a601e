using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>What is wrong with the files that a server names, and where: at the attribute that names a file, or in a line of the file itself.</summary>
internal readonly struct FilePlace
{
    private FilePlace(int attribute, Location? location)
    {
        Attribute = attribute;
        Location = location;
    }

    /// <summary>Which of the attributes that name files.</summary>
    internal int Attribute { get; }

    /// <summary>Where in the file; null where it is the attribute.</summary>
    internal Location? Location { get; }

    public static implicit operator FilePlace(int attribute) => new(attribute, location: null);

    /// <summary>A part of a line.</summary>
    /// <param name="reference">What names the file.</param>
    /// <param name="text">The file.</param>
    /// <param name="line">The line.</param>
    /// <param name="start">How many of its characters are before the part.</param>
    /// <param name="length">How many characters the part has.</param>
    internal static FilePlace In(FileReference reference, ProjectText text, ProjectLine line, int start, int length)
        => new(reference.Attribute, Location.Create(
            text.Path,
            new TextSpan(line.Start + start, length),
            new LinePositionSpan(new LinePosition(line.Number, start), new LinePosition(line.Number, start + length))));
}
