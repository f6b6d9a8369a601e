using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// A pattern of paths, as gitignore(5) has them: <c>*</c> stands for any characters of a name, <c>?</c> for one, <c>**</c> for any folders. One without a slash, but at its end, means names in every folder; others are paths from the folder
/// on. What means a folder means all that is in it; with a slash at its end, a pattern means folders only.
/// </summary>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    internal PathPattern(string pattern)
    {
        Text = pattern;
        string path = pattern.TrimEnd('/');
        var regex = new StringBuilder(@"\A");
        if (path.IndexOf('/') < 0)
        {
            regex.Append("(?:.*/)?");
        }

        for (int i = 0; i < path.Length; i++)
        {
            if (string.CompareOrdinal(path, i, "**/", 0, 3) == 0)
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else if (string.CompareOrdinal(path, i, "**", 0, 2) == 0)
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(path[i] switch { '*' => "[^/]*", '?' => "[^/]", char other => Regex.Escape(other.ToString()) });
            }
        }

        _regex = new Regex(regex.Append(path.Length < pattern.Length ? "/" : "(?:/|\\z)").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The pattern as it was written.</summary>
    internal string Text { get; }

    /// <summary>Whether it has matched a path.</summary>
    internal bool HasMatched { get; private set; }

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    internal static string? Mistake(string pattern)
        => pattern.IndexOf('\\') >= 0 ? "write slashes"
            : pattern.StartsWith("/", StringComparison.Ordinal) ? "write it from the folder of the attribute on, without a slash at its beginning"
            : pattern.Trim('/').Length == 0 ? "write what is to be left out, such as *.map or drafts/**"
            : null;

    /// <summary>What is wrong with a pattern that is looked for at run time, too; null where nothing is.</summary>
    internal static string? MistakeAtRunTime(string pattern)
        => Mistake(pattern)
            ?? (pattern.Split('/').Any(segment => segment.Contains("**") && segment != "**") ? "** stands for folders: write it between slashes, such as docs/**/*.txt"
                : pattern.Split('/').Any(segment => segment is "." or ".." || segment.StartsWith(".", StringComparison.Ordinal) && segment != ".well-known") ? "no client sees what begins with a dot"
                : pattern.Contains("//") ? "write one slash"
                : Grammar.IndexOfControl(pattern) >= 0 || Grammar.IndexOfLoneSurrogate(pattern) >= 0 ? "choose one without control characters"
                : null);

    /// <summary>Whether it means a file.</summary>
    /// <param name="path">The path from the folder on.</param>
    internal bool IsMatch(string path) => _regex.IsMatch(path);

    /// <summary>Whether one of several means a file. All of them are asked, so that it is known which match nothing.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="path">The path from the folder on.</param>
    internal static bool Match(IEnumerable<PathPattern> patterns, string path)
    {
        bool isMatch = false;
        foreach (PathPattern pattern in patterns.Where(pattern => pattern._regex.IsMatch(path)))
        {
            pattern.HasMatched = isMatch = true;
        }

        return isMatch;
    }
}
