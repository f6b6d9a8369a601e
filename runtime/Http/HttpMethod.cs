namespace SyscallServer;

/// <summary>The request methods that the server tells apart (RFC 9110, section 9.3; PATCH: RFC 5789). Names are case-sensitive.</summary>
public enum HttpMethod : byte
{
#pragma warning disable CS1591 // The names are the methods' own.
    /// <summary>A token that is none of the others, or not yet known.</summary>
    Unknown,
    Get,
    Head,
    Post,
    Put,
    Delete,
    Patch,
    Options,
    Trace,
    Connect,
#pragma warning restore CS1591
}
