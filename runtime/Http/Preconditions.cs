using System.Runtime.CompilerServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>What the preconditions of a request come to.</summary>
public enum Precondition
{
    /// <summary>There are none, or all hold: the response is what it is without them.</summary>
    Proceed,

    /// <summary>The client has what it asks for: 304.</summary>
    NotModified,

    /// <summary>412.</summary>
    Failed,
}

/// <summary>Evaluates the preconditions of a request, in their order (RFC 9110, section 13.2.2).</summary>
public static unsafe class Preconditions
{
    /// <summary>For a request whose response without them would be a success, of what has no time of its last change: dates are no conditions then.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="entityTag">The entity tag of what there is, with its quotes.</param>
    /// <param name="entityTagLength">Its bytes; 0 where there is none.</param>
    /// <returns>What they come to.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Precondition Evaluate(Request* request, byte* entityTag, int entityTagLength)
    {
        if ((request->Flags & RequestFlags.HasIfMatch) != 0 && !IsAnyTag(request, Text.Of("if-match"u8), entityTag, entityTagLength, isWeak: false))
        {
            return Precondition.Failed;
        }

        return (request->Flags & RequestFlags.HasIfNoneMatch) == 0 || !IsAnyTag(request, Text.Of("if-none-match"u8), entityTag, entityTagLength, isWeak: true)
            ? Precondition.Proceed
            : request->Method is HttpMethod.Get or HttpMethod.Head ? Precondition.NotModified : Precondition.Failed;
    }

    /// <summary>For a request whose response without them would be a success, of what was changed at a time that is known.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="entityTag">The entity tag of what there is, with its quotes.</param>
    /// <param name="entityTagLength">Its bytes; 0 where there is none.</param>
    /// <param name="lastModified">When it was last changed, in seconds since 1970.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <returns>What they come to.</returns>
    public static Precondition Evaluate(Request* request, byte* entityTag, int entityTagLength, long lastModified, long now)
    {
        // If-Match and If-None-Match each make the date of the same purpose one that does not count.
        RequestFlags flags = request->Flags;
        if ((flags & (RequestFlags.HasIfMatch | RequestFlags.HasIfUnmodifiedSince)) == RequestFlags.HasIfUnmodifiedSince)
        {
            long date = Date(request, Text.Of("if-unmodified-since"u8), now);
            if (date != HttpDate.None && lastModified > date)
            {
                return Precondition.Failed;
            }
        }

        Precondition tags = Evaluate(request, entityTag, entityTagLength);
        if (tags == Precondition.Proceed && request->Method is (HttpMethod.Get or HttpMethod.Head)
            && (flags & (RequestFlags.HasIfNoneMatch | RequestFlags.HasIfModifiedSince)) == RequestFlags.HasIfModifiedSince)
        {
            long date = Date(request, Text.Of("if-modified-since"u8), now);
            if (date != HttpDate.None && lastModified <= date)
            {
                return Precondition.NotModified;
            }
        }

        return tags;
    }

    /// <summary>The date of a field; none where it is not there once, or is not good.</summary>
    private static long Date(Request* request, byte* name, long now)
    {
        var lines = new FieldLines(request);
        return lines.Next(name, out byte* value, out int length) && !lines.Next(name, out _, out _) ? HttpDate.Read(value, length, now) : HttpDate.None;
    }

    /// <summary>
    /// Whether the entity tag is in the lists of a field (RFC 9110, sections 8.8.3 and 13.1), or the field is <c>*</c>, which means whatever there is. Members that
    /// are no entity tags are passed over.
    /// </summary>
    private static bool IsAnyTag(Request* request, byte* name, byte* entityTag, int entityTagLength, bool isWeak)
    {
        // Where there is nothing to compare with, no end is ever come to.
        byte* own = AfterWeak(entityTag, entityTag + entityTagLength);
        byte* ownEnd = entityTagLength > 0 && (isWeak || own == entityTag) ? entityTag + entityTagLength : null;
        var lines = new FieldLines(request);
        while (lines.Next(name, out byte* value, out int length))
        {
            byte* list = value;
            byte* end = list + length;
            if (length == 1 && *list == '*')
            {
                return true;
            }

            while (list < end)
            {
                // [ "W/" ] DQUOTE *etagc DQUOTE, in which a comma may be. The own one is such, and so is whatever begins like it.
                byte* tag = AfterWeak(list, end);
                bool isStrong = tag == list;
                byte* other = own;
                list = tag;
                while (other < ownEnd && list < end && *list == *other)
                {
                    list++;
                    other++;
                }

                if (other == ownEnd && (isWeak || isStrong))
                {
                    // Nothing but a comma may follow.
                    list = Characters.AfterBlanks(list, end);
                    if (list == end || *list == ',')
                    {
                        return true;
                    }
                }
                else if (*tag == '"')
                {
                    list = tag;
                    do
                    {
                        list++;
                    }
                    while (list < end && *list is > (byte)' ' and not (byte)'"');
                }

                while (list < end && *list != ',')
                {
                    list++;
                }

                list = Characters.AfterSeparators(list, end);
            }
        }

        return false;
    }

    /// <summary>Behind the <c>W/</c> of a weak entity tag; the beginning of a strong one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* AfterWeak(byte* tag, byte* end) => end - tag >= 2 && *(ushort*)tag == 0x2F57 ? tag + 2 : tag;
}
