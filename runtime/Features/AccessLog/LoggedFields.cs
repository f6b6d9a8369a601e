using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>The fields of a request that a log has: of each the first line with that name.</summary>
internal unsafe struct LoggedFields
{
    private Value _host;
    private Value _referer;
    private Value _userAgent;
    private Value _requestId;

    /// <summary>What a field says.</summary>
    private struct Value
    {
        /// <summary>Its first byte, before which there may be blanks; null where there is no such field.</summary>
        internal byte* Start;

        /// <summary>Behind it.</summary>
        internal byte* End;
    }

    /// <summary>Takes a field line, if it is one of these.</summary>
    internal void Read<TApp>(byte* line, byte* end)
        where TApp : struct, IApp, IAccessLog
    {
        Take(ref _referer, "referer:"u8, line, end);
        Take(ref _userAgent, "user-agent:"u8, line, end);
        if (TApp.LogFormat == AccessLogFormat.Json)
        {
            Take(ref _host, "host:"u8, line, end);
            Take(ref _requestId, "x-request-id:"u8, line, end);
        }
    }

    private static void Take(ref Value value, ReadOnlySpan<byte> name, byte* line, byte* end)
    {
        byte* start = Characters.After(line, end, CString.Of(name));
        if (start != null && value.Start == null)
        {
            value.Start = Characters.AfterBlanks(start, end);
            value.End = Characters.BeforeBlanks(value.Start, end);
        }
    }

    /// <summary>Writes them as they are in a line: <c>"http://h/" "curl/8.0"</c>, or <c>,"host":"h","user_agent":"curl/8.0"</c>.</summary>
    /// <param name="to">Where to: <see cref="Layout.LoggedFields"/> bytes. Each field has an equal share of them, and is cut where that ends.</param>
    /// <returns>Behind them.</returns>
    internal readonly byte* Write<TApp>(byte* to)
        where TApp : struct, IApp, IAccessLog
    {
        int room = Layout.LoggedFields(TApp.LogFormat, TApp.MaxHeaderBytes);
        if (TApp.LogFormat == AccessLogFormat.Json)
        {
            const int names = 10 + 13 + 16 + 16; // of the four below, with commas, colons and quotes
            int share = (room - names) / 4;
            to = WriteMember(to, ",\"host\":\""u8, _host, share);
            to = WriteMember(to, ",\"referer\":\""u8, _referer, share);
            to = WriteMember(to, ",\"user_agent\":\""u8, _userAgent, share);
            return WriteMember(to, ",\"request_id\":\""u8, _requestId, share);
        }

        const int around = 5; // four quotes and a blank
        to = WriteQuoted(to, _referer, (room - around) / 2);
        *to++ = (byte)' ';
        return WriteQuoted(to, _userAgent, (room - around) / 2);
    }

    private static byte* WriteMember(byte* to, ReadOnlySpan<byte> name, Value value, int share)
    {
        if (value.Start != null)
        {
            to = LogText.Append(to, name);
            to = LogText.AppendEscaped(to, to + share, value.Start, value.End, isJson: true);
            *to++ = (byte)'"';
        }

        return to;
    }

    private static byte* WriteQuoted(byte* to, Value value, int share)
    {
        *to++ = (byte)'"';
        to = value.Start == value.End ? LogText.Append(to, "-"u8) : LogText.AppendEscaped(to, to + share, value.Start, value.End, isJson: false);
        *to++ = (byte)'"';
        return to;
    }
}
