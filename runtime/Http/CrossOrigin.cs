using System;
using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>What a request says of the page that sends it (Fetch, section 3.3, "CORS protocol"): by that, and by its path, <see cref="IApp.ChooseFieldSet"/> chooses field lines.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CrossOrigin
{
    /// <summary>Which of several origins a request comes from.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="origins">Origins, each ended by a NUL.</param>
    /// <returns>0 where it is none of them; of the others the first has 1 for requests and 2 for preflights, the second 3 and 4.</returns>
    public static int Choose(RequestHead* request, ReadOnlySpan<byte> origins)
    {
        byte* origin = Origin(request, out int length);
        int index = origin != null ? OriginList.IndexOf(origin, length, origins) : -1;
        return index < 0 ? 0 : 1 + 2 * index + (AsksBefore(request) ? 1 : 0);
    }

    /// <summary>Whether a request is a preflight, where it does not matter which origin it comes from: 1, otherwise 0.</summary>
    public static int IsPreflight(RequestHead* request) => request->Method == HttpMethod.Options && AsksBefore(request) && Origin(request, out _) != null ? 1 : 0;

    /// <summary>The origin; null where there is none, or more than one, as no browser sends it.</summary>
    private static byte* Origin(RequestHead* request, out int length)
    {
        var lines = new FieldLines(request);
        return lines.Next(CString.Of("origin"u8), out byte* origin, out length) && lines.Next(CString.Of("origin"u8)) == null ? origin : null;
    }

    /// <summary>A preflight is an OPTIONS that says which method is to follow. It has no credentials, and the browser has it answered before it sends the request that it is for.</summary>
    private static bool AsksBefore(RequestHead* request)
        => request->Method == HttpMethod.Options && new FieldLines(request).Next(CString.Of("access-control-request-method"u8)) != null;
}
