using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>A text file of the project that an attribute names, and whose lines say what a server does.</summary>
/// <param name="Name">As the attribute names it: from the folder of the project file on, with slashes.</param>
/// <param name="Path">Where it is on the disk, for messages.</param>
/// <param name="Content">What it has.</param>
internal sealed record ProjectText(string Name, string Path, string Content)
{
    /// <summary>Its lines. Each ends with LF, or with CR and LF; the last one may end with the file.</summary>
    internal IEnumerable<ProjectLine> Lines()
    {
        int number = 0;
        for (int start = 0; start < Content.Length; number++)
        {
            int feed = Content.IndexOf('\n', start);
            int next = feed < 0 ? Content.Length : feed + 1;
            int end = feed < 0 ? next : feed > start && Content[feed - 1] == '\r' ? feed - 1 : feed;
            yield return new ProjectLine(number, start, Content.Substring(start, end - start));
            start = next;
        }
    }
}

/// <summary>A line of such a file.</summary>
/// <param name="Number">Which, from 0 on.</param>
/// <param name="Start">How many characters of the file are before it.</param>
/// <param name="Text">The line without its end.</param>
internal sealed record ProjectLine(int Number, int Start, string Text);

/// <summary>The text files that the attributes of a project name, as far as they are there.</summary>
/// <param name="Texts">The files.</param>
internal sealed record ProjectTexts(EquatableArray<ProjectText> Texts)
{
    internal ProjectText? Find(string name) => Texts.FirstOrDefault(text => text.Name == name);
}
