using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>What the preconditions of a request come to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Preconditions
{
    /// <summary>For a request whose response without them would be a success, of what has no time of its last change: dates are no conditions then.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="entityTag">The entity tag of what there is, with its quotes.</param>
    /// <param name="entityTagLength">Its bytes; 0 where there is none.</param>
    /// <returns>What they come to.</returns>
    public static Precondition Evaluate(RequestHead* request, byte* entityTag, int entityTagLength)
    {
        // A weak one is the same as no other where weakness counts.
        bool isWeak = entityTagLength > 2 && *entityTag == 'W';
        byte* tag = entityTagLength == 0 ? null : isWeak ? entityTag + 2 : entityTag;
        return Evaluate(request, isWeak ? null : tag, tag);
    }

    /// <summary>The same.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="strongTag">The entity tag of what there is, from quote to quote; null where there is none, or a weak one.</param>
    /// <param name="tag">The same; without its <c>W/</c> where it is weak.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Precondition Evaluate(RequestHead* request, byte* strongTag, byte* tag)
    {
        if ((request->Flags & RequestFlags.HasIfMatch) != 0 && !IsAnyTag(request, CString.Of("if-match"u8), strongTag, isWeak: false))
        {
            return Precondition.Failed;
        }

        return (request->Flags & RequestFlags.HasIfNoneMatch) == 0 || !IsAnyTag(request, CString.Of("if-none-match"u8), tag, isWeak: true)
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
    public static Precondition Evaluate(RequestHead* request, byte* entityTag, int entityTagLength, long lastModified, long now)
    {
        bool isWeak = entityTagLength > 2 && *entityTag == 'W';
        byte* tag = entityTagLength == 0 ? null : isWeak ? entityTag + 2 : entityTag;
        return Evaluate(request, isWeak ? null : tag, tag, lastModified, now);
    }

    /// <summary>The same.</summary>
    /// <param name="request">A request whose head is good.</param>
    /// <param name="strongTag">The entity tag of what there is, from quote to quote; null where there is none, or a weak one.</param>
    /// <param name="tag">The same; without its <c>W/</c> where it is weak.</param>
    /// <param name="lastModified">When it was last changed, in seconds since 1970; <see cref="HttpDate.None"/> where nobody knows.</param>
    /// <param name="now">Seconds since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Precondition Evaluate(RequestHead* request, byte* strongTag, byte* tag, long lastModified, long now)
    {
        // If-Match and If-None-Match each make the date of the same purpose one that does not count.
        RequestFlags flags = request->Flags;
        if ((flags & (RequestFlags.HasIfMatch | RequestFlags.HasIfUnmodifiedSince)) == RequestFlags.HasIfUnmodifiedSince)
        {
            long date = Date(request, CString.Of("if-unmodified-since"u8), now);
            if (date != HttpDate.None && lastModified > date)
            {
                return Precondition.Failed;
            }
        }

        Precondition tags = Evaluate(request, strongTag, tag);
        if (tags == Precondition.Proceed && request->Method is (HttpMethod.Get or HttpMethod.Head)
            && (flags & (RequestFlags.HasIfNoneMatch | RequestFlags.HasIfModifiedSince)) == RequestFlags.HasIfModifiedSince)
        {
            long date = Date(request, CString.Of("if-modified-since"u8), now);
            if (date != HttpDate.None && lastModified <= date && lastModified != HttpDate.None)
            {
                return Precondition.NotModified;
            }
        }

        return tags;
    }

    /// <summary>The date of a field; none where it is not there once, or is not good.</summary>
    private static long Date(RequestHead* request, byte* name, long now)
    {
        var lines = new FieldLines(request);
        return lines.Next(name, out byte* value, out int length) && !lines.Next(name, out _, out _) ? HttpDate.Read(value, length, now) : HttpDate.None;
    }

    /// <summary>
    /// Whether the entity tag is in the lists of a field (RFC 9110, sections 8.8.3 and 13.1), or the field is <c>*</c>, which means whatever there is. Members that
    /// are no entity tags are passed over.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The field.</param>
    /// <param name="own">The entity tag, from quote to quote; null where there is none.</param>
    /// <param name="isWeak">Whether a weak one is the same.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAnyTag(RequestHead* request, byte* name, byte* own, bool isWeak)
    {
        var lines = new FieldLines(request);
        byte* list;
        while ((list = lines.Next(name)) != null)
        {
            byte* end = lines.ValueEnd; // where a CR is, which is in no entity tag
            if (*list == '*' && Characters.AfterBlanks(list + 1, end) == end)
            {
                return true;
            }

            while ((list = Characters.AfterSeparators(list, end)) != end)
            {
                // [ "W/" ] DQUOTE *etagc DQUOTE, in which a comma may be
                bool isSame = own != null;
                if (*(ushort*)list == 0x2F57) // W/
                {
                    list += 2;
                    isSame &= isWeak;
                }

                if (*list == '"')
                {
                    byte* other = own;
                    do
                    {
                        list++;
                        isSame = isSame && *list == *++other;
                    }
                    while (*list is > (byte)' ' and not (byte)'"');

                    // Both have ended. Nothing but a comma may follow.
                    if (isSame)
                    {
                        list = Characters.AfterBlanks(list + 1, end);
                        if (list == end || *list == ',')
                        {
                            return true;
                        }
                    }
                }

                while (list != end && *list != ',')
                {
                    list++;
                }
            }
        }

        return false;
    }
}
