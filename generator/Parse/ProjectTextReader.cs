using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Finds the text files that attributes name among the additional files of a compilation. Of those that nobody names, none is read. (SyscallServer.props has <c>_redirects</c> and <c>_headers</c> among them; others are named in the
/// project file with AdditionalFiles.)
/// </summary>
internal static class ProjectTextReader
{
    /// <summary>The names of files that say what a server does, wherever they are: they are no content.</summary>
    private static readonly string[] Configuration = ["_redirects", "_headers"];

    /// <summary>Whether a file says what a server does, by its name.</summary>
    /// <param name="name">The name, without the folders that it is in.</param>
    internal static bool IsConfiguration(string name) => Configuration.Contains(name);

    /// <summary>The folder of the project file, where the package makes it visible; otherwise nothing, and names are whole paths.</summary>
    internal static string FolderOf(AnalyzerConfigOptions options)
        => options.TryGetValue("build_property.ProjectDir", out string? folder) ? folder.Trim() : "";

    /// <summary>The file as those know it that name it so: one for each name, for <c>"a"</c> and <c>"b/../a"</c> are the same file.</summary>
    internal static IEnumerable<ProjectText> Read(AdditionalText text, string folder, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        string path = Whole("", text.Path);
        return names.Where(name => Whole(folder, name) == path).Select(name => new ProjectText(name, text.Path, text.GetText(cancellationToken)?.ToString() ?? ""));
    }

    /// <summary>The file of a name; null where the compiler is not given such a file.</summary>
    internal static ProjectText? Find(IEnumerable<AdditionalText> texts, string folder, string name, CancellationToken cancellationToken)
        => texts.SelectMany(text => Read(text, folder, [name], cancellationToken)).FirstOrDefault();

    /// <summary>A path with slashes only, and without segments that go up again.</summary>
    private static string Whole(string folder, string path)
    {
        var segments = new List<string>();
        foreach (string segment in (folder + "/" + path).Split('/', '\\'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                segments.Add(segment);
            }
        }

        return string.Join("/", segments);
    }
}
