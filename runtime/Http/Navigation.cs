using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Tells requests for a page from those for what pages consist of.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Navigation
{
    /// <summary>
    /// Whether a request is for a page: GET or HEAD, no extension in the last segment of its path, and HTML is what Accept prefers (RFC 9110, section 12.5.1), or as good as anything. A browser that goes to an address asks so; one that
    /// misses <c>app.js</c>, or a script that wants JSON, does not.
    /// </summary>
    /// <param name="request">A request whose head is good.</param>
    public static bool IsAsked(RequestHead* request)
    {
        if (request->Method is not (HttpMethod.Get or HttpMethod.Head) || HasExtension(LastSegment(request), request->Path + request->PathLength))
        {
            return false;
        }

        byte* accept = CString.Of("accept"u8);
        return new FieldLines(request).Next(accept) == null || Accept.Choose(request, accept) == MediaForm.Html;
    }

    /// <summary>What is behind the last slash of the path.</summary>
    internal static byte* LastSegment(RequestHead* request)
    {
        byte* segment = request->Path + request->PathLength;
        while (segment > request->Path && segment[-1] != '/')
        {
            segment--;
        }

        return segment;
    }

    /// <summary>Whether a segment has a point in it.</summary>
    internal static bool HasExtension(byte* segment, byte* end)
    {
        while (segment < end && *segment != '.')
        {
            segment++;
        }

        return segment < end;
    }
}
