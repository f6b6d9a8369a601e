using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>Whether a range may be sent to a client that has another part already (RFC 9110, section 13.1.5).</summary>
public static unsafe class IfRange
{
    /// <summary>
    /// How old, in seconds, a time of the last change must be to say that nothing has changed since: within the second that it names there could be a further change, and clocks differ
    /// (RFC 9110, section 8.8.2.2).
    /// </summary>
    private const int StrongAge = 60;

    /// <summary>Whether what the client has a part of is what is there now.</summary>
    /// <param name="request">A request whose head is good, with an If-Range.</param>
    /// <param name="strongTag">The entity tag of what there is, from quote to quote; null where there is none, or a weak one, which never holds.</param>
    /// <param name="tagLength">Its bytes.</param>
    /// <param name="lastModified">When it was last changed, in seconds since 1970; <see cref="HttpDate.None"/> where that is not known.</param>
    /// <param name="now">Seconds since 1970.</param>
    public static bool Holds(Request* request, byte* strongTag, int tagLength, long lastModified, long now)
    {
        var lines = new FieldLines(request);
        if (!lines.Next(Text.Of("if-range"u8), out byte* value, out int length) || lines.Next(Text.Of("if-range"u8)) != null)
        {
            return false;
        }

        if (*value == '"')
        {
            bool isSame = strongTag != null && length == tagLength;
            for (int i = 0; isSame && i < length; i++)
            {
                isSame = value[i] == strongTag[i];
            }

            return isSame;
        }

        return lastModified != HttpDate.None && now - lastModified >= StrongAge && HttpDate.Read(value, length, now) == lastModified;
    }
}
