
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Has the method it stands on answer PATCH (RFC 5789). See <see cref="HandlerAttribute"/>.</summary>
public sealed class PatchAttribute : HandlerAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="HandlerAttribute.Path"/>.</param>
    public PatchAttribute(string path)
        : base(path, maxBodyBytes: Limits.HandlerBodyBytes.Default)
    {
    }
}
