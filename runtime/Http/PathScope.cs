using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Http;

/// <summary>Which requests something is said of by their path. It is the path that the router looks for, in the same form: <see cref="RequestHead.Path"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PathScope
{
    /// <summary>Whether a request is for this path.</summary>
    public static bool Is(ReadOnlySpan<byte> path, RequestHead* request) => request->PathLength == path.Length && IsBelow(path, request);

    /// <summary>Whether a request is for a path below a prefix, or for the prefix without the slash at its end.</summary>
    /// <param name="prefix">The prefix, which ends with a slash.</param>
    /// <param name="request">The request.</param>
    public static bool IsBelow(ReadOnlySpan<byte> prefix, RequestHead* request)
    {
        byte* path = request->Path;
        int length = request->PathLength;
        for (int i = 0; i < prefix.Length; i++)
        {
            if (i == length)
            {
                return i == prefix.Length - 1;
            }

            if (path[i] != prefix[i])
            {
                return false;
            }
        }

        return true;
    }
}
