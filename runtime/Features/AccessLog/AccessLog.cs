using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// The access log: for each response a line in the form of an <see cref="AccessLogFormat"/>. The lines of a batch of requests go to standard output with one write(2).
/// </summary>
/// <remarks>
/// A line is begun when its response is put together, and complete when that is sent, or never will be: only then it is known how much of the body the kernel took. The request line is the one
/// that was sent, cut where it would make a line longer than <see cref="Layout.LogBatch"/>; it has to be kept where the response comes later: paths are rewritten in place. Behind this structure lies the room for
/// what is noted of a request (<see cref="LoggedRequest"/>), and behind that the lines: first those that are complete, then those that are begun, each with the room that it takes at most. What is noted of
/// their responses (<see cref="LoggedResponse"/>) lies at the end, the first one last.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct AccessLog
{
    /// <summary>Bytes of the lines that are complete, and still to be written.</summary>
    private int _length;

    /// <summary>Where the last of them begins.</summary>
    private int _lastLine;

    /// <summary>Bytes of all lines, also of those that are only begun.</summary>
    private int _end;

    /// <summary>How many lines are only begun.</summary>
    private int _begun;

    /// <summary>Lines that nobody took before the end.</summary>
    private int _dropped;

    /// <summary>Whether it was waited in vain, once the server was to end.</summary>
    private bool _isGivenUp;

    /// <summary>Whether standard output is known to be something that can be written to.</summary>
    private bool _isOpen;

    private LoggedClient* _client;

    /// <summary>A request that was kept, as <see cref="KeepRequest"/> has done it; null where it is the one behind this structure that counts.</summary>
    private LoggedRequest* _kept;

    /// <summary>What is noted of the request. Its texts lie behind it, and so behind this structure.</summary>
    private LoggedRequest _request;

    /// <summary>Bytes of memory that it needs; a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size<TApp>()
        where TApp : struct, IApp, IAccessLog
        => Layout.AccessLog(TApp.LogFormat, TApp.HasTrustedProxies, TApp.MaxTargetBytes, TApp.MaxHeaderBytes);

    /// <summary>Where the lines are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Lines<TApp>(AccessLog* log)
        where TApp : struct, IApp, IAccessLog
        => (byte*)(log + 1) + Layout.LoggedTexts(TApp.LogFormat, TApp.HasTrustedProxies, TApp.MaxTargetBytes, TApp.MaxHeaderBytes);

    private static AccessLog* Of(Output* output) => (AccessLog*)output->Observer;

    /// <summary>Whether another line can be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasRoom(Output* output) => Of(output) == null || Of(output)->_end + Of(output)->_begun * Layout.LoggedResponse <= Layout.LogBatch;

    /// <summary>Begins without a line; the rest of its memory may have whatever it has.</summary>
    public static void ObserverBegan(byte* observer) => *(AccessLog*)observer = default;

    /// <summary>Bytes of what is known of a client.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ClientSize<TApp>()
        where TApp : struct, IApp, IAccessLog
        => Layout.LoggedClient(TApp.LogFormat);

    /// <summary>Notes how a client is called.</summary>
    public static void ClientCame<TApp>(byte* client, ClientAddress* address)
        where TApp : struct, IApp, IAccessLog
        => LoggedClient.Begin<TApp>((LoggedClient*)client, address);

    /// <summary>Notes how the client is called that is connected by a proxy.</summary>
    public static void ClientNamed<TApp>(Output* output, ClientAddress* address)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log != null)
        {
            LoggedClient.Begin<TApp>(log->_client, address);
        }
    }

    /// <summary>The time, for an app that has <see cref="IAccessLog.Microseconds"/>.</summary>
    public static long Microseconds<TKernel>()
        where TKernel : struct, IKernel
        => Clock.Microseconds<TKernel>();

    /// <summary>Says whose turn it is.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="client">What is known of the client, which stays where it is until it is another one's turn.</param>
    /// <param name="kept">The request that was kept; or null.</param>
    public static void TurnBegan(Output* output, byte* client, byte* kept)
    {
        AccessLog* log = Of(output);
        log->_client = (LoggedClient*)client;
        log->_request = default;
        log->_kept = (LoggedRequest*)kept;
    }

    /// <summary>Notes what lines say of a request, before the path in it is rewritten.</summary>
    /// <param name="output">The output.</param>
    /// <param name="input">What was received.</param>
    /// <param name="end">Behind it.</param>
    public static void RequestBegan<TApp>(Output* output, byte* input, byte* end)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log == null)
        {
            return;
        }

        if (TApp.LogFormat == AccessLogFormat.Json)
        {
            if (log->_client->Since == 0)
            {
                log->_client->Since = TApp.Microseconds;
            }

            log->_client->Received = end - input;
        }

        LoggedRequest.Read<TApp>(&log->_request, log->_client, input, end);
        log->_kept = null;
    }

    /// <summary>Notes how long the head is, for a log with times.</summary>
    public static void RequestHeadReceived(Output* output, int length)
    {
        if (Of(output) != null)
        {
            Of(output)->_client->Received = length;
        }
    }

    /// <summary>Notes that more of the body was received, for a log with times.</summary>
    public static void RequestBodyReceived(Output* output, int length)
    {
        if (Of(output) != null)
        {
            Of(output)->_client->Received += length;
        }
    }

    /// <summary>Whether the request is the one behind this structure, where that of the next client comes.</summary>
    public static bool IsRequestNew(Output* output) => Of(output)->_kept == null;

    /// <summary>Keeps the request elsewhere: its body is still to come, and until then it is the turn of others.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="to">A buffer that takes in a whole head.</param>
    public static void KeepRequest<TApp>(Output* output, byte* to)
        where TApp : struct, IApp, IAccessLog
    {
        LoggedRequest* request = &Of(output)->_request;
        *(LoggedRequest*)to = *request;
        byte* texts = LoggedRequest.Texts(request);
        _ = LogText.Append(LoggedRequest.Texts((LoggedRequest*)to), texts, (int)(LoggedRequest.Fields<TApp>(request) - texts) + request->FieldsLength);
    }

    /// <summary>Begins the line of a response, where there is a log.</summary>
    /// <param name="output">What the response was added to. The log has room.</param>
    /// <param name="start">Where in its buffer the response begins.</param>
    /// <param name="ofAction">Whether an action has made it, so that a file may belong to it.</param>
    public static void ResponseAdded<TApp>(Output* output, int start, bool ofAction)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log == null)
        {
            return;
        }

        byte* head = output->Buffer + start;
        byte* body = head;
        while (*(uint*)body != 0x0A0D0A0D) // the end of the head, CRLF CRLF, which each has
        {
            body++;
        }

        body += 4;
        ulong length = (ulong)(output->Buffer + output->Length - body) + (uint)output->BodyLength + (ulong)Output.LaterParts<TApp>(output);
        if (TApp.SendsFiles && ofAction)
        {
            length += (ulong)output->Exchange->Remaining;
        }

        byte* date = output->Date + 6; // Date: Sun, 06 Nov 1994 08:49:37 GMT
        LoggedRequest* request = log->_kept != null ? log->_kept : &log->_request;
        log->_begun++;
        LoggedResponse* response = Responses<TApp>(log) - log->_begun;
        response->BodyStart = (int)(body - output->Buffer);
        response->BodyLength = (long)length;
        byte* line = Lines<TApp>(log) + log->_end;
        byte* to = TApp.LogFormat == AccessLogFormat.Json
            ? JsonLogLine.Begin<TApp>(line, response, log->_client, request, date, head)
            : CommonLogLine.Begin<TApp>(line, response, log->_client, request, date, head);
        log->_end += (int)(to - line);
        ForgetRequest<TApp>(log); // of the next one nothing is known yet
    }

    /// <summary>Behind what is noted of the first response whose line is begun only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LoggedResponse* Responses<TApp>(AccessLog* log)
        where TApp : struct, IApp, IAccessLog
        => (LoggedResponse*)((byte*)log + Size<TApp>());

    /// <summary>Completes the lines of all responses that were added since the last time: of the output so many bytes were sent.</summary>
    /// <param name="output">The output.</param>
    /// <param name="sent">How many.</param>
    /// <param name="isOver">Whether no more will be sent.</param>
    public static void OutputSent<TApp>(Output* output, long sent, bool isOver)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log != null)
        {
            LoggedLines lines = TakeBegun<TApp>(log);
            Complete<TApp>(log, &lines, sent, isOver ? Sending.IsOver : Sending.IsUnknown);
        }
    }

    /// <summary>What <see cref="KeepResponses"/> begins a buffer with.</summary>
    internal struct KeptLines
    {
        /// <summary>Bytes of the output.</summary>
        internal long Total;

        internal LoggedLines Lines;
    }

    /// <summary>Bytes of a buffer that takes in all lines that are begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeptSize<TApp>()
        where TApp : struct, IApp, IAccessLog
        => Layout.KeptLinesWithTexts(TApp.LogFormat, TApp.MaxTargetBytes, TApp.MaxHeaderBytes);

    /// <summary>Completes the lines of those responses that are sent, and moves the others to where they wait while it is the turn of other clients.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="buffer"><see cref="KeptSize"/> bytes.</param>
    /// <param name="sent">How many bytes of the output were sent.</param>
    /// <param name="left">How many are left.</param>
    public static void KeepResponses<TApp>(Output* output, byte* buffer, long sent, long left)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        byte* end = Lines<TApp>(log) + log->_end;
        LoggedLines lines = TakeBegun<TApp>(log);
        Complete<TApp>(log, &lines, sent, Sending.GoesOn);

        KeptLines* kept = (KeptLines*)buffer;
        byte* to = LogText.Append((byte*)(kept + 1), (byte*)(lines.Responses - lines.Count), lines.Count * sizeof(LoggedResponse));
        kept->Total = sent + left;
        kept->Lines.Responses = (LoggedResponse*)to;
        kept->Lines.First = to;
        kept->Lines.Count = lines.Count;
        _ = LogText.Append(to, lines.First, (int)(end - lines.First));
    }

    /// <summary>Completes the lines of those responses that are sent by now, or all of them.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="buffer">That of <see cref="KeepResponses"/>.</param>
    /// <param name="left">How many bytes are left of that output.</param>
    /// <param name="isOver">Whether no more will be sent.</param>
    /// <returns>False where there is no room for all of them.</returns>
    public static bool KeptResponsesSent<TApp>(Output* output, byte* buffer, long left, bool isOver)
        where TApp : struct, IApp, IAccessLog
    {
        KeptLines* kept = (KeptLines*)buffer;
        Complete<TApp>(Of(output), &kept->Lines, kept->Total - left, isOver ? Sending.IsOver : Sending.GoesOn);
        return kept->Lines.Count == 0 || HasRoom(output);
    }

    /// <summary>The lines that are begun, of which the log then knows no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LoggedLines TakeBegun<TApp>(AccessLog* log)
        where TApp : struct, IApp, IAccessLog
    {
        LoggedLines lines;
        lines.First = Lines<TApp>(log) + log->_length;
        lines.Responses = Responses<TApp>(log);
        lines.Count = log->_begun;
        log->_begun = 0;
        return lines;
    }

    /// <summary>Completes lines that are begun, from the first on, and leaves out those that are complete. They may lie where they come: none becomes longer than the room that it was given.</summary>
    /// <param name="log">The log; where there is no room left in it, the others stay.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="sent">How many bytes were sent of the output that the responses were added to.</param>
    /// <param name="sending">What becomes of the others: where that goes on, only lines of whole responses are completed.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Complete<TApp>(AccessLog* log, LoggedLines* lines, long sent, Sending sending)
        where TApp : struct, IApp, IAccessLog
    {
        long now = TApp.LogFormat == AccessLogFormat.Json && lines->Count != 0 ? TApp.Microseconds : 0;
        while (lines->Count != 0 && log->_length <= Layout.LogBatch)
        {
            LoggedResponse* response = lines->Responses - 1;
            long bytes = sent - response->BodyStart;
            bool isWhole = bytes >= response->BodyLength;
            if (!isWhole && sending == Sending.GoesOn)
            {
                break;
            }

            bytes = isWhole ? response->BodyLength : bytes < 0 ? 0 : bytes;
            byte* line = Lines<TApp>(log) + log->_length;
            byte* from = lines->First;
            byte* to = LogText.Move(line, from, response->Number);
            to = TApp.LogFormat == AccessLogFormat.Json
                ? JsonLogLine.End(to, bytes, response->Since == 0 ? 0 : now - response->Since, isAborted: !isWhole && sending == Sending.IsOver)
                : CommonLogLine.End<TApp>(to, bytes, from + response->Rest, response->RestLength);
            log->_lastLine = log->_length;
            log->_length += (int)(to - line);
            lines->First += response->Length;
            lines->Responses--;
            lines->Count--;
        }

        log->_end = log->_length;
    }

    private static void ForgetRequest<TApp>(AccessLog* log)
        where TApp : struct, IApp, IAccessLog
    {
        log->_request = default;
        log->_kept = null;
        if (TApp.LogFormat == AccessLogFormat.Json)
        {
            LoggedClient.ForgetRequest(log->_client);
        }
    }

    /// <summary>Notes that there is to be no line for the request.</summary>
    public static void ResponsePassedOver<TApp>(Output* output)
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log != null)
        {
            ForgetRequest<TApp>(log);
        }
    }

    /// <summary>
    /// Writes the lines. Where standard output is closed, they are lost: that is no reason for the server to stop. Where nobody reads from it, the server waits, but hears its signals; once it is
    /// to end, it waits for a second at most, and then drops what is not taken at once.
    /// </summary>
    /// <param name="output">The output.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="isEnding">Whether the signal to end was read.</param>
    public static void BatchEnded<TKernel, TApp>(Output* output, int signals, bool isEnding)
        where TKernel : struct, IKernel
        where TApp : struct, IApp, IAccessLog
    {
        AccessLog* log = Of(output);
        if (log == null || log->_length == 0)
        {
            return;
        }

        byte* lines = Lines<TApp>(log);
        int length = log->_length;
        int first = length > Layout.LogBatch ? log->_lastLine : length;
        log->_length = log->_end = 0; // none is begun only
        if (!log->_isOpen)
        {
            // Where it was closed when the server started, something else has its place, such as the descriptor of the signals, which would never take anything: the lines are lost.
            if ((int)TKernel.write(Message.StandardOutput, lines, 0) < 0)
            {
                return;
            }

            log->_isOpen = true;
        }

        Write<TKernel>(log, lines, lines + first, signals, isEnding);
        Write<TKernel>(log, lines + first, lines + length, signals, isEnding);
    }

    /// <summary>Says on standard error how many lines were dropped, if any, and if it takes that.</summary>
    /// <param name="output">The output.</param>
    public static void ObserverEnded<TKernel>(Output* output)
        where TKernel : struct, IKernel
    {
        AccessLog* log = Of(output);
        if (log == null || log->_dropped == 0)
        {
            return;
        }

        pollfd entry;
        entry.fd = Message.StandardError;
        entry.events = Linux.POLLOUT;
        entry.revents = 0;
        if (TKernel.poll(&entry, 1, 0) > 0)
        {
            Message.WriteLine<TKernel>(CString.Of("access log: # lines were dropped at the end, for nobody reads standard output"u8), null, -log->_dropped);
        }

        log->_dropped = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write<TKernel>(AccessLog* log, byte* bytes, byte* end, int signals, bool isEnding)
        where TKernel : struct, IKernel
    {
        while (bytes < end)
        {
            if (!WaitForReader<TKernel>(log, signals, isEnding))
            {
                for (; bytes < end; bytes++)
                {
                    log->_dropped += *bytes == '\n' ? 1 : 0;
                }

                return;
            }

            int count = (int)TKernel.write(Message.StandardOutput, bytes, (nuint)(end - bytes));
            if (count > 0)
            {
                bytes += count;
            }
            else if (count is not (-Errno.EAGAIN or -Errno.EINTR))
            {
                return;
            }
        }
    }

    /// <summary>Standard output and the signals, for poll(2).</summary>
    private struct PollSet
    {
        internal pollfd Output;
        internal pollfd Signals;
    }

    /// <summary>
    /// Waits until standard output takes as much as is written to it at once: a pipe that is ready takes <see cref="Layout.LogBatch"/> bytes. Where somebody else fills it in between, the write waits, as it would
    /// have without this; then only the end of the grace period ends the process.
    /// </summary>
    /// <returns>False where it is to be given up.</returns>
    private static bool WaitForReader<TKernel>(AccessLog* log, int signals, bool isEnding)
        where TKernel : struct, IKernel
    {
        const int lastWait = 1000; // milliseconds
        PollSet set;
        while (true)
        {
            set.Output.fd = Message.StandardOutput;
            set.Output.events = Linux.POLLOUT;
            set.Output.revents = 0;
            set.Signals.fd = signals;
            set.Signals.events = Linux.POLLIN;
            set.Signals.revents = 0;
            int result = (int)TKernel.poll(&set.Output, isEnding ? 1u : 2u, !isEnding ? -1 : log->_isGivenUp ? 0 : lastWait);
            if (set.Output.revents != 0)
            {
                log->_isGivenUp = false;
                return true;
            }

            if (result > 0)
            {
                isEnding = true; // the signal stays where the engine will read it
            }
            else if (result != -Errno.EINTR)
            {
                log->_isGivenUp = true;
                return false;
            }
        }
    }
}
