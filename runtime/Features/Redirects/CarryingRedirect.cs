using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>A redirect whose Location has parts of what was asked for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CarryingRedirect
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the response goes, with room for it.</param>
    /// <param name="head">The status with its reason phrase, and field lines, each with a CRLF in front of it; then the name of the field whose value follows.</param>
    /// <param name="template">The path of the route: see <see cref="RouteTemplate"/>.</param>
    /// <param name="target">
    /// The location, which begins with a slash or a scheme. Between two NULs is the name of what stands there: of a parameter; a star, for the rest of the path; a question mark or an ampersand, for the query with that in front of it, if
    /// there is one.
    /// </param>
    /// <returns><see cref="Exchange.Answered"/>, or an entry of the table of responses.</returns>
    public static int Begin<TApp>(RequestHead* request, Output* output, ReadOnlySpan<byte> head, ReadOnlySpan<byte> template, ReadOnlySpan<byte> target)
        where TApp : struct, IApp
    {
        int start = output->Length;
        ResponseHead.Begin(output, head);
        byte* location = output->Buffer + output->Length;
        byte* to = location;
        int room = TApp.MaxTargetBytes; // for all that is carried over
        byte* path = request->Path;
        byte* from = CString.Of(target);
        byte* end = from + target.Length;
        while (from < end)
        {
            if (*from != 0)
            {
                *to = *from++;
                to += IsSecondSlash(location, to) ? 0 : 1;
                continue;
            }

            byte* name = from + 1;
            from = CString.End(name);
            if (*name is (byte)'?' or (byte)'&')
            {
                if (request->Query != null)
                {
                    room -= 1 + request->QueryLength;
                    if (room < 0)
                    {
                        break;
                    }

                    *to++ = *name;
                    for (int i = 0; i < request->QueryLength; i++)
                    {
                        *to++ = request->Query[i];
                    }
                }
            }
            else
            {
                byte* value = RouteTemplate.Value(CString.Of(template), CString.Of(template) + template.Length, path, path + request->PathLength, new ReadOnlySpan<byte>(name, (int)(from - name)), out int length);
                byte* valueEnd = value + length;
                room -= LocationPath.EncodedLengthOf(value, valueEnd) + 2;
                if (room < 0)
                {
                    break;
                }

                // Behind the slash that begins the location, another one would begin the name of a host (RFC 3986, section 4.2).
                if (length > 0 && *value == '/' && to == location + 1)
                {
                    to = LocationPath.WriteEncoded(to, *value++);
                }

                to = LocationPath.Write(to, value, valueEnd);
            }

            from++;
        }

        if (room < 0)
        {
            output->Length = start;
            return FixedResponse.UriTooLong;
        }

        output->Length = (int)(to - output->Buffer);
        ResponseHead.End<TApp>(output);
        return Exchange.Answered;
    }

    /// <summary>Where nothing stands between the slash that begins the location and the next one, that is left out, too: two begin the name of a host.</summary>
    private static bool IsSecondSlash(byte* location, byte* at) => at == location + 1 && *at == '/' && *location == '/';
}
