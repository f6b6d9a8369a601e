using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// Whether a browser sends a request for a page of another site: nobody who is asked to open a page has agreed to what it sends elsewhere. Browsers say where a request comes from in Sec-Fetch-Site (Fetch Metadata Request
/// Headers, section 2.2), older ones, and all where the server is reached by plain HTTP and not at localhost, in Origin (RFC 6454, section 7). Other clients send neither, and are not meant.
/// </summary>
internal static unsafe class RequestOrigin
{
    /// <summary>Whether the request comes from a page of this server, of an origin that is allowed by name, or from no page.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="allowed">Origins as browsers write them, each ended by a NUL.</param>
    internal static bool IsAllowed(RequestHead* request, ReadOnlySpan<byte> allowed)
    {
        bool isForeign = false;
        bool isOwn = false;
        byte* value;
        int length;
        var lines = new FieldLines(request);
        while (lines.Next(CString.Of("sec-fetch-site"u8), out value, out length))
        {
            // "same-site" is another host of the domain, or another port of this one. With "none" it was not a page, but its user.
            bool isSame = Is(value, length, CString.Of("same-origin"u8)) || Is(value, length, CString.Of("none"u8));
            isOwn |= isSame;
            isForeign |= !isSame;
        }

        lines = new FieldLines(request);
        while (lines.Next(CString.Of("origin"u8), out value, out length))
        {
            if (IsListed(value, length, allowed))
            {
                return true;
            }

            isForeign |= !isOwn && !IsOfHost(request, value, length); // which a proxy may have changed, where the browser says that it is the same
        }

        return !isForeign;
    }

    private static bool IsListed(byte* origin, int length, ReadOnlySpan<byte> allowed)
    {
        if (allowed.Length == 0)
        {
            return false;
        }

        byte* next = CString.Of(allowed);
        for (byte* end = next + allowed.Length; next < end; next = CString.End(next) + 1)
        {
            if (Is(origin, length, next))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the host and port of an origin are those that the request is for. The scheme is not compared: TLS may end at a proxy.</summary>
    private static bool IsOfHost(RequestHead* request, byte* origin, int length)
    {
        byte* end = origin + length;
        byte* own = request->Host;
        while (origin < end && *origin != ':')
        {
            origin++;
        }

        if (own == null || end - origin < 4 || origin[1] != '/' || origin[2] != '/')
        {
            return false; // "null", of a page without an origin
        }

        // The port lies behind the host, where there is one.
        byte* ownEnd = own + request->HostLength;
        if (*ownEnd == ':')
        {
            do
            {
                ownEnd++;
            }
            while ((uint)(*ownEnd - '0') < 10);
        }

        origin += 3;
        if (end - origin != ownEnd - own)
        {
            return false;
        }

        for (; origin < end; origin++, own++)
        {
            if ((*origin | 0x20) != (*own | 0x20)) // letters without their case; of what else is in a host, no two become the same
            {
                return false;
            }
        }

        return true;
    }

    internal static bool Is(byte* value, int length, byte* text)
    {
        int i = 0;
        while (i < length && value[i] == text[i])
        {
            i++; // no value has a NUL
        }

        return i == length && text[i] == 0;
    }
}
