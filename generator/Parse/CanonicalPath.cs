using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>The form to which the engine brings the path of a request before it looks for a route, by the engine's own code.</summary>
internal static class CanonicalPath
{
    /// <summary>Decodes a path and removes its dot segments.</summary>
    /// <param name="target">The path as it stands in a request line: begins with a slash, no query.</param>
    /// <returns>Null where a request with it is bad.</returns>
    internal static unsafe byte[]? Of(byte[] target)
    {
        byte[] path = [.. target, 0];
        fixed (byte* start = path)
        {
            return RequestTarget.IsGood(start, target.Length) ? path.AsSpan(0, RequestTarget.Normalize(start, target.Length)).ToArray() : null;
        }
    }
}
