using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Whether what a client has a part of is still what there is (RFC 9110, section 13.1.5).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class IfRange
{
    /// <summary>How long after a change the time of that change tells it from others, in seconds (RFC 9110, section 8.8.2.2).</summary>
    private const long StrongAfter = 60;

    /// <summary>
    /// Whether the If-Range field holds; where it does not, all is sent. A tag is compared strongly, so a weak one never holds; a date only holds where it is exactly the time of the last
    /// change, and that is at least 60 seconds ago.
    /// </summary>
    /// <param name="request">A request whose head is good. One without the field holds.</param>
    /// <param name="strongTag">The strong entity tag of what there is, with its quotes.</param>
    /// <param name="tagLength">Its bytes; 0 where there is none.</param>
    /// <param name="lastModified">When it was last changed, in seconds since 1970; <see cref="HttpDate.None"/> where that is not known.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <returns>Whether it holds.</returns>
    public static bool Holds(RequestHead* request, byte* strongTag, int tagLength, long lastModified, long now)
    {
        if ((request->Flags & RequestFlags.HasIfRange) == 0)
        {
            return true;
        }

        if (tagLength != 0 && HasTag(request, strongTag))
        {
            return true;
        }

        var lines = new FieldLines(request);
        byte* name = CString.Of("if-range"u8);
        return lastModified != HttpDate.None && lastModified <= now - StrongAfter
            && lines.Next(name, out byte* value, out int length) && lines.Next(name) == null
            && HttpDate.Read(value, length, now) == lastModified;
    }

    /// <summary>Whether the field is there once, and is this tag.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="strongTag">A strong entity tag, from quote to quote.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool HasTag(RequestHead* request, byte* strongTag)
    {
        var lines = new FieldLines(request);
        byte* name = CString.Of("if-range"u8);
        byte* value = lines.Next(name);
        byte* end = lines.ValueEnd;
        if (value == null || lines.Next(name) != null)
        {
            return false;
        }

        // Between its quotes a tag has none.
        byte* start = value;
        while (*value == *strongTag)
        {
            value++;
            if (*strongTag++ == '"' && value - start > 1)
            {
                return Characters.AfterBlanks(value, end) == end;
            }
        }

        return false;
    }
}
