using System;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>The files of a project that the attributes of a server can name.</summary>
internal sealed class ProjectFiles(AssetManifest assets, Func<string, ProjectText?> text)
{
    internal static readonly ProjectFiles None = new(AssetManifest.Empty, static _ => null);

    /// <summary>Those that may become part of the program.</summary>
    internal AssetManifest Assets => assets;

    /// <summary>The text file of that name, which is from the folder of the project file on; null where the compiler is not given such a file.</summary>
    internal ProjectText? Text(string name) => text(name);
}
