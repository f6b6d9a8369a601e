using System.IO;

namespace SyscallServer.Tests.Support;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(System.AppContext.BaseDirectory);

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot(string folder)
        => File.Exists(System.IO.Path.Combine(folder, "Generator.sln")) ? folder : FindRoot(System.IO.Path.GetDirectoryName(folder)!);
}
