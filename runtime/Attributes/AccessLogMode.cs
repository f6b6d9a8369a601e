namespace SyscallServer;

/// <summary>When a server writes an access log.</summary>
public enum AccessLogMode
{
    /// <summary>Never. The program has none of its code.</summary>
    Never,

    /// <summary>Only when it is started with <c>--access-log</c>.</summary>
    Optional,

    /// <summary>Always.</summary>
    Always,
}
