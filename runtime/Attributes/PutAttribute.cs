
using SyscallServer.Internal.Contract;

namespace SyscallServer;

/// <summary>Has the method it stands on answer PUT (RFC 9110, section 9.3.4). See <see cref="HandlerAttribute"/>.</summary>
public sealed class PutAttribute : HandlerAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="HandlerAttribute.Path"/>.</param>
    public PutAttribute(string path)
        : base(path, maxBodyBytes: Limits.HandlerBodyBytes.Default)
    {
    }
}
