using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Finds what the attributes of a server name: files that it embeds (<see cref="EmbeddedFiles"/>), and texts whose lines say what it does. The generator knows files only after the class has been read, so this is a step of its own; and
/// since the analyzer has to say what is wrong, and where, each attribute has a number.
/// </summary>
internal static class NamedFiles
{
    /// <summary>Puts into the content of a server what its files say.</summary>
    /// <param name="http">What the parser has read.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="report">Is told what is wrong.</param>
    /// <returns>Null where there is an error.</returns>
    internal static HttpSpec? Resolve(HttpSpec http, ProjectFiles files, EmbeddedFiles.Report report)
    {
        bool hasTexts = ReportMissing(http.Texts, files, report);
        HttpSpec? withRules = hasTexts ? FieldRuleReader.Resolve(http, files, report) : null;
        HttpSpec? resolved = EmbeddedFiles.Resolve(withRules ?? http, files.Assets, report);
        if (resolved is null)
        {
            RedirectLines.ReportMistakes(http, files, report);
            return null;
        }

        resolved = RedirectLines.Resolve(resolved, files, report);
        return withRules is null ? null : resolved;
    }

    /// <summary>Says which files and folders are not there, where for another reason nothing is made of those that are.</summary>
    /// <param name="http">What the parser has read.</param>
    /// <param name="references">What the attributes name to be embedded.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="report">Is told what is wrong.</param>
    internal static void ReportMissing(HttpSpec http, IEnumerable<(FileReference Reference, bool IsFolder)> references, ProjectFiles files, EmbeddedFiles.Report report)
    {
        EmbeddedFiles.ReportMissing(http, references, files.Assets, report);
        ReportMissing(http.Texts, files, report);
        RedirectLines.ReportMistakes(http, files, report);
    }

    /// <returns>Whether all are there.</returns>
    private static bool ReportMissing(IReadOnlyList<FileReference> texts, ProjectFiles files, EmbeddedFiles.Report report)
    {
        FileReference[] missing = [.. texts.Where(text => files.Text(text.Path) is null)];
        foreach (FileReference text in missing)
        {
            report(text.Attribute, Descriptors.TextNotAdditional, text.Path, files.Assets.Files.Any(file => file.Path == text.Path) ? "it is an asset, whose bytes the compiler does not see" : "if the file is there");
        }

        return missing.Length == 0;
    }
}
