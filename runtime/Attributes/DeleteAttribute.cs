namespace SyscallServer;

/// <summary>Has the method it stands on answer DELETE (RFC 9110, section 9.3.5). See <see cref="HandlerAttribute"/>.</summary>
public sealed class DeleteAttribute : HandlerAttribute
{
    /// <summary>Answers a path.</summary>
    /// <param name="path">See <see cref="HandlerAttribute.Path"/>.</param>
    public DeleteAttribute(string path)
        : base(path, maxBodyBytes: 0)
    {
    }
}
