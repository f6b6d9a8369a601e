using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Writes a line of <see cref="AccessLogFormat.Common"/> or <see cref="AccessLogFormat.Combined"/>.</summary>
internal static unsafe class CommonLogLine
{
    /// <summary>Begins a line: writes all of it that is known when its response is put together.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="response">What is noted of the response.</param>
    /// <param name="client">The client that is connected.</param>
    /// <param name="request">The request.</param>
    /// <param name="date">The Date field's value: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</param>
    /// <param name="head">The head of the response.</param>
    /// <returns>Behind the room that the line takes at most.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Begin<TApp>(byte* to, LoggedResponse* response, LoggedClient* client, LoggedRequest* request, byte* date, byte* head)
        where TApp : struct, IApp, IAccessLog
    {
        byte* line = to;
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
        response->Number = (ushort)(to - line);
        if (TApp.LogFormat == AccessLogFormat.Combined)
        {
            // As if all of it were sent: then the rest is where it comes. Otherwise the number has not more digits.
            to = WriteNumber(to, response->BodyLength);
            response->Rest = (ushort)(to - line);
            *to++ = (byte)' ';
            to = request->LineLength == 0 ? LogText.Append(to, "\"-\" \"-\""u8) : LogText.Append(to, LoggedRequest.Fields<TApp>(request), request->FieldsLength);
            response->RestLength = (ushort)(to - line - response->Rest);
        }
        else
        {
            to += DecimalNumber.MaxLength;
        }

        to++;
        response->Length = (int)(to - line);
        return to;
    }

    /// <summary>Completes a line.</summary>
    /// <param name="to">Where the number of bytes comes.</param>
    /// <param name="bytes">That number.</param>
    /// <param name="rest">What comes behind it.</param>
    /// <param name="restLength">Its bytes.</param>
    /// <returns>Behind the line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* End<TApp>(byte* to, long bytes, byte* rest, int restLength)
        where TApp : struct, IApp, IAccessLog
    {
        to = WriteNumber(to, bytes);
        if (TApp.LogFormat == AccessLogFormat.Combined)
        {
            to = LogText.Move(to, rest, restLength);
        }

        *to++ = (byte)'\n';
        return to;
    }

    private static byte* WriteNumber(byte* to, long bytes) => bytes == 0 ? LogText.Append(to, "-"u8) : DecimalNumber.Write(to, (ulong)bytes);
}
