using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Parse;

/// <summary>Which file of the folder of <c>[ErrorBackend]</c> is the page of which error.</summary>
internal sealed class ErrorBackendPages
{
    /// <summary>The forms that a page can have, by the extensions of their files.</summary>
    private static readonly string[] Extensions = ["html", "json", "txt"];

    private readonly Dictionary<string, EmbeddedFile> _files;

    /// <summary>Looks at the files of a folder.</summary>
    /// <param name="files">The files, with their names from the folder on.</param>
    internal ErrorBackendPages(IEnumerable<(EmbeddedFile File, string[] Names)> files)
        => _files = files.ToDictionary(file => string.Join("/", file.Names), file => file.File);

    /// <summary>A file that is no page; null where all are.</summary>
    internal string? Other => _files.Keys.FirstOrDefault(name => !Extensions.Any(extension => ReasonPhrase.Errors.Any(status => NamesOf(status, extension).Contains(name))));

    /// <summary>The pages of all errors that have a name.</summary>
    internal EquatableArray<ErrorBackendPage> All => new(ReasonPhrase.Errors.Select(status => new ErrorBackendPage(status, Find(status, Extensions[0]), Find(status, Extensions[1]), Find(status, Extensions[2]))));

    private EmbeddedFile? Find(int status, string extension)
        => NamesOf(status, extension).Select(name => _files.TryGetValue(name, out EmbeddedFile? file) ? file : null).FirstOrDefault(file => file is not null);

    /// <summary>What a page of an error can be called: <c>503.html</c>, and where that is not there, <c>5xx.html</c>.</summary>
    private static string[] NamesOf(int status, string extension)
        => [$"{status.ToString(CultureInfo.InvariantCulture)}.{extension}", $"{(status / 100).ToString(CultureInfo.InvariantCulture)}xx.{extension}"];
}
