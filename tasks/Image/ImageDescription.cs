using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Image;

/// <summary>What an image is to be, besides the executables: the same for every architecture.</summary>
internal sealed partial record ImageDescription
{
    /// <summary>The name without a tag: <c>site</c>, <c>registry.example/team/site</c>.</summary>
    internal required string Name { get; init; }

    /// <summary>The tag.</summary>
    internal required string Tag { get; init; }

    /// <summary>The user that the server runs as, and owns what it may write: a number, or one for the user and one for the group.</summary>
    internal required string User { get; init; }

    /// <summary>The file name of the executable, which lies in the root.</summary>
    internal required string Program { get; init; }

    /// <summary>When all of it was made, as far as anybody is told: the same sources are to give the same bytes.</summary>
    internal required DateTimeOffset Created { get; init; }

    /// <summary>TCP ports.</summary>
    internal IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Folders that are read, as absolute paths.</summary>
    internal IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Folders that are written to.</summary>
    internal IReadOnlyList<string> WritableFolders { get; init; } = [];

    /// <summary>Whether the executable has <c>--healthcheck</c>.</summary>
    internal bool HasHealthCheck { get; init; }

    /// <summary>Labels.</summary>
    internal IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's number, and that of the group, which is the same where only one is given.</summary>
    internal (int User, int Group) Owner
    {
        get
        {
            int[] numbers = [.. User.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            return (numbers[0], numbers[^1]);
        }
    }

    /// <summary>The same with what the generator has left in the assembly.</summary>
    internal ImageDescription With(IReadOnlyList<string> values)
        => this with
        {
            Ports = [.. ProgramValues.Behind(values, ProgramMetadata.Port)],
            Folders = [.. ProgramValues.Behind(values, ProgramMetadata.Folder).Select(Absolute)],
            WritableFolders = [.. ProgramValues.Behind(values, ProgramMetadata.WritableFolder).Select(Absolute)],
            HasHealthCheck = values.Contains(ProgramMetadata.HealthCheck),
        };

    /// <summary>What is wrong with it, and what to do; null where nothing is.</summary>
    internal string? Problem
        => !NamePattern().IsMatch(Name) ? $"'{Name}' is no name of an image: set <SyscallServerImageName> to lower-case letters, digits, and single '.', '_', '-' and '/' between them"
            : !TagPattern().IsMatch(Tag) ? $"'{Tag}' is no tag of an image: set <SyscallServerImageTag> to at most 128 letters, digits, '.', '_' and '-'"
            : !UserPattern().IsMatch(User) ? $"'{User}' is no user of an image without /etc/passwd: set <SyscallServerImageUser> to a number, or to two for user and group, as 65532:65532"
            : null;

    /// <summary>A path that the server is started with: its working directory is the root.</summary>
    private static string Absolute(string path) => "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    // The grammars of the reference implementation of registries (distribution/reference), which OCI's distribution specification has too.

    [GeneratedRegex("^(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*\\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\\z")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^[0-9]{1,9}(?::[0-9]{1,9})?\\z")]
    private static partial Regex UserPattern();
}
