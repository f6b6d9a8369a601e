using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// What the lines of a log say of a request, as it was sent: its head may turn out not to be good, or never be complete. Behind this structure lie the texts as they are written: with
/// <see cref="ITrustedProxies.HasTrustedProxies"/> the name of the client, then the request line, and then what the format has of the fields.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LoggedRequest
{
    /// <summary>Bytes of the request line; 0 where nothing is known of the request.</summary>
    internal int LineLength;

    /// <summary>Bytes of the fields.</summary>
    internal int FieldsLength;

    /// <summary>The texts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Texts(LoggedRequest* request) => (byte*)(request + 1);

    /// <summary>The request line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Line<TApp>(LoggedRequest* request)
        where TApp : struct, IApp, IAccessLog
        => Texts(request) + (TApp.HasTrustedProxies ? Layout.ClientName : 0);

    /// <summary>What the format has of the fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Fields<TApp>(LoggedRequest* request)
        where TApp : struct, IApp, IAccessLog
        => Line<TApp>(request) + request->LineLength;

    /// <summary>Who has sent it: the client, or the one that a trusted proxy has named.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LoggedClient* Client<TApp>(LoggedRequest* request, LoggedClient* client)
        where TApp : struct, IApp, IAccessLog
        => TApp.HasTrustedProxies && request->LineLength != 0 && *Texts(request) != 0 ? (LoggedClient*)Texts(request) : client;

    /// <summary>Takes a request.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="client">The client.</param>
    /// <param name="input">What was received.</param>
    /// <param name="end">Behind it.</param>
    internal static void Read<TApp>(LoggedRequest* request, LoggedClient* client, byte* input, byte* end)
        where TApp : struct, IApp, IAccessLog
    {
        byte* lineEnd = input;
        while (lineEnd < end && *lineEnd is not ((byte)'\r' or (byte)'\n'))
        {
            lineEnd++;
        }

        byte* line = Line<TApp>(request);
        byte* limit = line + Layout.LoggedLine(TApp.LogFormat, TApp.MaxTargetBytes, TApp.MaxHeaderBytes);
        byte* to = LogText.AppendEscaped(line, limit, input, lineEnd, TApp.LogFormat == AccessLogFormat.Json);
        request->LineLength = (int)(to - line);
        request->FieldsLength = 0;
        if (TApp.HasTrustedProxies)
        {
            *Texts(request) = 0; // nobody is named yet
        }

        if (TApp.LogFormat != AccessLogFormat.Common || (TApp.HasTrustedProxies && client->IsTrusted != 0))
        {
            ReadFields<TApp>(request, client, lineEnd, end);
        }
    }

    /// <summary>Goes through the field lines, up to the empty line, or what can be none.</summary>
    private static void ReadFields<TApp>(LoggedRequest* request, LoggedClient* client, byte* lineEnd, byte* end)
        where TApp : struct, IApp, IAccessLog
    {
        LoggedFields fields = default;
        ForwardedClient forwarded = default;
        while (true)
        {
            byte* line = AfterLineEnd(lineEnd, end);
            lineEnd = Scan.Value(line, end);
            if (lineEnd == line)
            {
                break;
            }

            if (TApp.LogFormat != AccessLogFormat.Common)
            {
                fields.Read<TApp>(line, lineEnd);
            }

            if (TApp.HasTrustedProxies && client->IsTrusted != 0)
            {
                byte* value = Characters.After(line, lineEnd, CString.Of(TApp.ClientAddressField));
                if (value != null)
                {
                    forwarded.Read<TApp>(value, lineEnd);
                }
            }
        }

        if (TApp.HasTrustedProxies)
        {
            LoggedClient* named = (LoggedClient*)Texts(request);
            named->NameLength = (byte)(forwarded.Write(&named->Name) - &named->Name);
        }

        if (TApp.LogFormat != AccessLogFormat.Common)
        {
            byte* to = Fields<TApp>(request);
            request->FieldsLength = (int)(fields.Write<TApp>(to) - to);
        }
    }

    private static byte* AfterLineEnd(byte* position, byte* end)
    {
        if (position < end && *position == '\r')
        {
            position++;
        }

        return position < end && *position == '\n' ? position + 1 : position;
    }
}
