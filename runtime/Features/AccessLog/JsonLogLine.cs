using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Writes a line of <see cref="AccessLogFormat.Json"/>: one object (RFC 8259), all of it ASCII.</summary>
internal static unsafe class JsonLogLine
{
    /// <summary>Bytes of what <see cref="End"/> writes: two numbers, names, a newline, and what is between them.</summary>
    private const int MaxEnd = 2 * DecimalNumber.MaxLength + 32;

    /// <inheritdoc cref="CommonLogLine.Begin"/>
    internal static byte* Begin<TApp>(byte* to, LoggedResponse* response, LoggedClient* client, LoggedRequest* request, byte* date, byte* head)
        where TApp : struct, IApp, IAccessLog
    {
        byte* line = to;
        response->Since = client->Since;
        to = LogText.Append(to, "{\"time\":\""u8);
        to = WriteTime(to, date);
        to = LogText.Append(to, "\",\"client\":\""u8);
        LoggedClient* from = LoggedRequest.Client<TApp>(request, client);
        to = LogText.Append(to, &from->Name, from->NameLength);
        to = WriteRequestLine(to, LoggedRequest.Line<TApp>(request), request->LineLength);
        to = LogText.Append(to, "\",\"status\":"u8);
        to = LogText.Append(to, head + 9, 3); // HTTP/1.1 200 OK
        to = LogText.Append(to, LoggedRequest.Fields<TApp>(request), request->FieldsLength);
        to = LogText.Append(to, ",\"bytes_received\":"u8);
        to = DecimalNumber.Write(to, (ulong)client->Received);
        to = LogText.Append(to, ",\"bytes\":"u8);
        response->Number = (ushort)(to - line);
        to += MaxEnd;
        response->Length = (int)(to - line);
        return to;
    }

    /// <summary>Completes a line.</summary>
    /// <param name="to">Where the number of bytes comes.</param>
    /// <param name="bytes">That number.</param>
    /// <param name="duration">Microseconds since the first byte of the request.</param>
    /// <param name="isAborted">Whether the response will never be sent whole.</param>
    /// <returns>Behind the line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* End(byte* to, long bytes, long duration, bool isAborted)
    {
        to = DecimalNumber.Write(to, (ulong)bytes);
        to = LogText.Append(to, ",\"duration_us\":"u8);
        to = DecimalNumber.Write(to, (ulong)duration);
        if (isAborted)
        {
            to = LogText.Append(to, ",\"aborted\":true"u8);
        }

        return LogText.Append(to, "}\n"u8);
    }

    /// <summary>Writes <c>1994-11-06T08:49:37Z</c> (RFC 3339).</summary>
    /// <param name="to">Where to.</param>
    /// <param name="date"><c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</param>
    private static byte* WriteTime(byte* to, byte* date)
    {
        to = LogText.Append(to, date + 12, 4);
        *to++ = (byte)'-';
        byte* months = CString.Of("JanFebMarAprMayJunJulAugSepOctNovDec"u8);
        int month = 1;
        while (months[0] != date[8] || months[1] != date[9] || months[2] != date[10])
        {
            months += 3;
            month++;
        }

        *to++ = (byte)(month < 10 ? '0' : '1');
        *to++ = (byte)('0' + month % 10);
        *to++ = (byte)'-';
        to = LogText.Append(to, date + 5, 2);
        *to++ = (byte)'T';
        to = LogText.Append(to, date + 17, 8);
        *to++ = (byte)'Z';
        return to;
    }

    /// <summary>Writes the members that are of the request line, as far as it has what they say: method, target, protocol.</summary>
    /// <returns>Before the quote behind the last member.</returns>
    private static byte* WriteRequestLine(byte* to, byte* line, int length)
    {
        if (length == 0)
        {
            return to;
        }

        byte* end = line + length;
        byte* first = line;
        while (first < end && *first != ' ')
        {
            first++;
        }

        byte* last = end - 1;
        while (last > first && *last != ' ')
        {
            last--;
        }

        to = LogText.Append(to, "\",\"method\":\""u8);
        to = LogText.Append(to, line, (int)(first - line));
        if (first < end)
        {
            byte* targetEnd = last == first ? end : last;
            to = LogText.Append(to, "\",\"target\":\""u8);
            to = LogText.Append(to, first + 1, (int)(targetEnd - first - 1));
            if (last != first)
            {
                to = LogText.Append(to, "\",\"protocol\":\""u8);
                to = LogText.Append(to, last + 1, (int)(end - last - 1));
            }
        }

        return to;
    }
}
