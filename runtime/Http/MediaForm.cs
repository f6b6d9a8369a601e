namespace SyscallServer.Internal.Http;

/// <summary>The forms in which an error can be told. Of equal weights the first is chosen.</summary>
internal enum MediaForm
{
    /// <summary>None is asked for.</summary>
    None,

    /// <summary><c>text/html</c>, <c>application/xhtml+xml</c>.</summary>
    Html,

    /// <summary><c>application/json</c>, <c>application/problem+json</c>.</summary>
    Json,

    /// <summary><c>text/plain</c>.</summary>
    Plain,
}
