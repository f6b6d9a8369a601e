
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Has the method it stands on answer POST (RFC 9110, section 9.3.3). See <see cref="HandlerAttribute"/>.</summary>
public sealed class PostAttribute : HandlerAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="HandlerAttribute.Path"/>.</param>
    public PostAttribute(string path)
        : base(path, maxBodyBytes: Limits.HandlerBodyBytes.Default)
    {
    }
}
