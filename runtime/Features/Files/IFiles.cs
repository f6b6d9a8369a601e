using System.ComponentModel;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Features;

/// <summary>What the generator emits besides for a server with files of a folder.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface IFiles : IApp
{
    /// <summary>The media types of files: see <see cref="FileResponse"/>.</summary>
    static abstract byte* ContentTypes { get; }

    /// <summary>Whether other files are looked for than those that are asked for: see <see cref="FilePages"/>.</summary>
    static virtual bool HasPages => false;

    /// <summary>Whether some files are left out, or are kept for another time than others: see <see cref="FileRules"/>.</summary>
    static virtual bool HasFileRules => false;
}
