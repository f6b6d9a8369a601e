using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// Reads the head of a request, strictly (RFC 9112), from a buffer. It begins with the request line: empty lines before it are the caller's to pass over.
/// </summary>
/// <remarks>
/// <para>
/// The contract: more than zero, the head is complete and has that many bytes; zero, it is good so far but not complete; less than zero,
/// it is bad and gets that status (<c>-400</c>). A judgement depends only on the bytes up to the place it is about, from left to right, and so never
/// on how they were split on their way.
/// </para>
/// <para>
/// The places of judgement are: the byte, for what may not stand there and for what is too long; the end of the target, for its form, host and
/// percent-encodings; the end of a line, for what it says; the end of the head, for what only all lines together say.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RequestParser
{
    /// <summary>
    /// The most field lines; more are bad (431). Every line may be gone through again for a field that is looked for, so not only their bytes
    /// are bounded. Browsers send 15 to 25, the longest chains of proxies add a dozen; servers elsewhere allow 100 too.
    /// </summary>
    public const int MaxFieldLines = 100;

    /// <summary>That the path is not in its normal form: known at the end of the target, of use at the end of the head.</summary>
    private const RequestFlags NeedsNormalizing = (RequestFlags)0x8000;

    /// <summary>The methods in the order of <see cref="HttpMethod"/>, each with the blank behind it, ended by a NUL.</summary>
    private static ReadOnlySpan<byte> Methods => "GET \0HEAD \0POST \0PUT \0DELETE \0PATCH \0OPTIONS \0TRACE \0CONNECT \0"u8;

    /// <summary>HTTP/1.1, little-endian.</summary>
    private const ulong Http11 = 0x312E312F50545448;

    /// <summary>Reads the head at the beginning of a buffer.</summary>
    /// <param name="buffer">The bytes. Of a complete head the path may be rewritten in place, where it has percent-encodings or dot segments.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="maxTargetBytes">The longest target; a longer one is bad (414).</param>
    /// <param name="maxHeaderBytes">The most bytes of all field lines; more are bad (431).</param>
    /// <param name="request">What is found. Of a head that is bad only the method is of use.</param>
    /// <returns>The bytes of the head, 0, or a negative status.</returns>
    public static int Parse(byte* buffer, int length, int maxTargetBytes, int maxHeaderBytes, RequestHead* request)
    {
        int head = Read(buffer, length, maxTargetBytes, maxHeaderBytes, request);
        if (head > 0)
        {
            Normalize(request); // only now: until the head is complete, it will be read again from its beginning
        }

        return head;
    }

    /// <summary>The same, and nothing is rewritten: what was complete can be read again. Of the path, <see cref="Normalize"/> has to be called first.</summary>
    internal static int Read(byte* buffer, int length, int maxTargetBytes, int maxHeaderBytes, RequestHead* request)
    {
        byte* end = buffer + length;
        *request = default;

        byte* position = ReadMethod(buffer, end, request);
        if (!IsVerdict(position))
        {
            position = ReadTarget(position, end, maxTargetBytes, request);
        }

        if (!IsVerdict(position))
        {
            position = ReadVersion(position, end, request);
        }

        if (!IsVerdict(position))
        {
            position = ReadFields(position, end, maxHeaderBytes, request);
        }

        if (IsVerdict(position))
        {
            return -(int)position;
        }

        return (int)(position - buffer);
    }

    /// <summary>Brings the path of a complete head to its normal form, in place: the head cannot be read again.</summary>
    /// <param name="request">What <see cref="Read"/> has found.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Normalize(RequestHead* request)
    {
        RequestFlags flags = request->Flags;
        request->Flags = flags & ~(NeedsNormalizing | FieldReader.Scratch);
        if ((flags & NeedsNormalizing) != 0)
        {
            request->PathLength = RequestTarget.Normalize(request->Path, request->PathLength);
        }
    }

    // The readers below return where the next one goes on. Instead of a position they may return a verdict: a status, or null where
    // bytes are missing. No memory lies at such addresses.

    private static byte* Missing => null;

    private static byte* Bad => (byte*)400;

    private static bool IsVerdict(byte* position) => (nuint)position < 600;

    /// <summary>method SP (RFC 9112, section 3.1)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadMethod(byte* position, byte* end, RequestHead* request)
    {
        if (end - position >= 4 && *(uint*)position == 0x20544547) // "GET "
        {
            request->Method = HttpMethod.Get;
            return position + 4;
        }

        byte* name = position;
        position = Scan.Token(name, end - name > Layout.LongestMethod ? name + Layout.LongestMethod + 1 : end);
        if (position - name > Layout.LongestMethod)
        {
            return Bad;
        }

        if (position == end)
        {
            return Missing;
        }

        if (*position != ' ' || position == name)
        {
            return Bad;
        }

        HttpMethod method = HttpMethod.Get;
        for (byte* known = CString.Of(Methods); *known != 0; known = CString.End(known) + 1)
        {
            if (CString.After(name, known) != null)
            {
                request->Method = method;
            }

            method++;
        }

        return position + 1;
    }

    /// <summary>request-target SP (RFC 9112, section 3.2)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadTarget(byte* target, byte* end, int maxTargetBytes, RequestHead* request)
    {
        byte* limit = end - target > maxTargetBytes ? target + maxTargetBytes : end;
        byte* position = Scan.Target(target, limit, out byte* mark);
        if (position == end)
        {
            return Missing;
        }

        if (*position != ' ')
        {
            return Characters.IsTarget(*position) ? (byte*)414 : Bad; // one that is good there is one too many
        }

        byte* path = target;
        if (request->Method == HttpMethod.Connect)
        {
            // authority-form: the port may not be left out, nor be empty (RFC 9110, section 9.3.6)
            request->Host = target;
            request->HostLength = Authority.HostLength(target, target, position);
            return request->HostLength > 0 && request->HostLength + 1 < position - target ? position + 1 : Bad;
        }

        if (*path != '/')
        {
            if (request->Method == HttpMethod.Options && *path == '*' && position - path == 1)
            {
                request->Path = path;
                request->PathLength = 1;
                return position + 1;
            }

            // absolute-form: http://host/path
            path = AfterScheme(target, position);
            if (path == null)
            {
                return Bad;
            }

            request->Host = path;
            while (path < position && *path != '/' && *path != '?')
            {
                path++;
            }

            request->HostLength = Authority.HostLength(request->Host, request->Host, path);
            if (request->HostLength == 0)
            {
                return Bad;
            }

            if (path == position || *path == '?')
            {
                // An empty path is the root; for OPTIONS without a query it is the server (RFC 9112, section 3.2.4).
                request->Path = path == position && request->Method == HttpMethod.Options ? CString.Of("*"u8) : request->Host - 1; // the slash before the host
                request->PathLength = 1;
                if (path < position)
                {
                    request->Query = path + 1;
                    request->QueryLength = (int)(position - path) - 1;
                }

                return position + 1;
            }
        }

        return SetPath(path, position, mark, request) ? position + 1 : Bad;
    }

    /// <summary>Divides what is left of the target into path and query.</summary>
    /// <param name="path">Where the path begins.</param>
    /// <param name="position">Where the target ends.</param>
    /// <param name="mark">The first character that is no plain one of a path; or null.</param>
    /// <param name="request">The request.</param>
    /// <returns>Whether the path is good.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SetPath(byte* path, byte* position, byte* mark, RequestHead* request)
    {
        byte* query = mark;
        if (mark == null || mark >= position)
        {
            query = position;
        }
        else if (mark < path || *mark != '?')
        {
            query = path;
            while (query < position && *query != '?')
            {
                query++;
            }

            if (!RequestTarget.IsGood(path, (int)(query - path)))
            {
                return false;
            }

            request->Flags = NeedsNormalizing;
        }

        request->Path = path;
        request->PathLength = (int)(query - path);
        if (query < position)
        {
            request->Query = query + 1;
            request->QueryLength = (int)(position - query) - 1;
        }

        return true;
    }

    /// <summary>Behind <c>http://</c> or <c>https://</c>; null where the target begins otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* AfterScheme(byte* target, byte* end)
    {
        byte* position = Characters.After(target, end, CString.Of("http"u8));
        if (position == null)
        {
            return null;
        }

        if ((*position | 0x20) == 's')
        {
            position++;
        }

        return Characters.After(position, end, CString.Of("://"u8));
    }

    /// <summary>HTTP-version CRLF (RFC 9112, section 2.3)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadVersion(byte* position, byte* end, RequestHead* request)
    {
        byte* form = CString.Of("HTTP/0.0\r\n"u8);
        if (end - position >= 10 && *(ulong*)position == Http11 && *(ushort*)(position + 8) == 0x0A0D)
        {
            return position + 10;
        }

        for (int i = 0; i < 10; i++)
        {
            if (position + i == end)
            {
                return Missing;
            }

            if (form[i] == '0' ? (uint)(position[i] - '0') > 9 : position[i] != form[i])
            {
                return Bad;
            }
        }

        if (position[5] != '1')
        {
            return (byte*)505;
        }

        if (position[7] == '0')
        {
            request->Flags |= RequestFlags.Http10;
        }

        return position + 10;
    }

    /// <summary>*( field-line CRLF ) CRLF (RFC 9112, sections 2.1 and 5)</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that what its loop needs is in registers
    private static byte* ReadFields(byte* position, byte* end, int maxHeaderBytes, RequestHead* request)
    {
        request->Fields = position;
        byte* limit = end - position > maxHeaderBytes ? position + maxHeaderBytes : end;
        int linesLeft = MaxFieldLines;
        while (position < limit && *position != '\r')
        {
            if (--linesLeft < 0)
            {
                return (byte*)431;
            }

            byte* name = position;
            byte* colon = Scan.Name(name, limit, out byte* value);
            if (*colon != ':')
            {
                colon = Scan.Token(colon, limit);
                if (colon == limit)
                {
                    return MissingOrTooLong(limit, end);
                }

                if (*colon != ':')
                {
                    return Bad;
                }
            }

            if (colon == name)
            {
                return Bad;
            }

            byte* valueEnd = Scan.Value(value, limit);
            position = valueEnd + 2;
            if (position > limit || *(ushort*)valueEnd != 0x0A0D) // CRLF, little-endian
            {
                return valueEnd == limit || *valueEnd == '\r' && valueEnd + 1 == limit ? MissingOrTooLong(limit, end) : Bad;
            }

            if (FieldReader.Knows(name, colon))
            {
                int status = FieldReader.Read(name, (int)(colon - name), colon + 1, valueEnd, request);
                if (status != 0)
                {
                    return (byte*)status;
                }
            }
        }

        if (position == end)
        {
            return Missing;
        }

        if (*position != '\r')
        {
            return (byte*)431; // at the limit
        }

        request->FieldsLength = (int)(position - request->Fields);
        if (++position == end)
        {
            return Missing;
        }

        return *position == '\n' && FieldReader.Complete(request) ? position + 1 : Bad;
    }

    /// <summary>A field line is not complete: it is too long where it ends at the limit, and not with what there is.</summary>
    private static byte* MissingOrTooLong(byte* limit, byte* end) => limit == end ? Missing : (byte*)431;
}
