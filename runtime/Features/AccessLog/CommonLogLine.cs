using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Writes a line of <see cref="AccessLogFormat.Common"/> or <see cref="AccessLogFormat.Combined"/>.</summary>
internal static unsafe class CommonLogLine
{
    /// <param name="to">Where to.</param>
    /// <param name="client">The client that is connected.</param>
    /// <param name="request">The request.</param>
    /// <param name="date">The Date field's value: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</param>
    /// <param name="head">The head of the response.</param>
    /// <param name="length">Bytes of its body.</param>
    /// <returns>Behind the line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Write<TApp>(byte* to, LoggedClient* client, LoggedRequest* request, byte* date, byte* head, ulong length)
        where TApp : struct, IApp, IAccessLog
    {
        client = LoggedRequest.Client<TApp>(request, client);
        to = LogText.Append(to, &client->Name, client->NameLength);
        to = LogText.Append(to, " - - ["u8);
        to = LogText.Append(to, date + 5, 2);
        *to++ = (byte)'/';
        to = LogText.Append(to, date + 8, 3);
        *to++ = (byte)'/';
        to = LogText.Append(to, date + 12, 4);
        *to++ = (byte)':';
        to = LogText.Append(to, date + 17, 8);
        to = LogText.Append(to, " +0000] \""u8);
        to = request->LineLength == 0 ? LogText.Append(to, "-"u8) : LogText.Append(to, LoggedRequest.Line<TApp>(request), request->LineLength);
        to = LogText.Append(to, "\" "u8);
        to = LogText.Append(to, head + 9, 4); // HTTP/1.1 200 OK
        to = length == 0 ? LogText.Append(to, "-"u8) : DecimalNumber.Write(to, length);
        if (TApp.LogFormat == AccessLogFormat.Combined)
        {
            *to++ = (byte)' ';
            to = request->LineLength == 0 ? LogText.Append(to, "\"-\" \"-\""u8) : LogText.Append(to, LoggedRequest.Fields<TApp>(request), request->FieldsLength);
        }

        *to++ = (byte)'\n';
        return to;
    }
}
