using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SyscallServer.Tests.Support;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(System.AppContext.BaseDirectory);

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The C# files of a folder, from there on; none that a build has made.</summary>
    internal static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(Path(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path(folder), file))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"));

    private static string FindRoot(string folder)
        => File.Exists(System.IO.Path.Combine(folder, "Generator.sln")) ? folder : FindRoot(System.IO.Path.GetDirectoryName(folder)!);
}
