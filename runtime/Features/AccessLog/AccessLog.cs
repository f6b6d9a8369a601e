using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// The access log: for each response a line in the Common Log Format, as Apache's httpd defined it:
/// <c>127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /a HTTP/1.1" 200 2326</c>. The lines of a batch of requests go to standard output with one write(2).
/// </summary>
/// <remarks>
/// A line is there as soon as its response is put together, whether the client takes it or not; its number is that of the bytes in the body. The request line is the one
/// that was sent, cut where it would make a line longer than <see cref="Layout.LogBatch"/>; it has to be kept where the response comes later: paths are rewritten in place. Behind this structure lies the room for a request line, and behind that the lines.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct AccessLog
{
    /// <summary>Bytes of the lines that are still to be written.</summary>
    private int _length;

    /// <summary>Where the last of them begins.</summary>
    private int _lastLine;

    /// <summary>Bytes of the request line behind this structure; 0 where nothing is known of it.</summary>
    private int _requestLength;

    /// <summary>Lines that nobody took before the end.</summary>
    private int _dropped;

    /// <summary>Whether it was waited in vain, once the server was to end.</summary>
    private bool _isGivenUp;

    /// <summary>Whether standard output is known to be something that can be written to.</summary>
    private bool _isOpen;

    private Client* _client;

    /// <summary>A request line that was kept, with its length before it; null where it is the one behind this structure that counts.</summary>
    private byte* _kept;

    /// <summary>A client's address as it is written.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Layout.ClientName)]
    private struct Client
    {
        /// <summary>Bytes of the text: up to 45, of an IPv6 address that ends with an IPv4 address.</summary>
        internal byte Length;

        /// <summary>The first of them.</summary>
        internal byte First;
    }

    /// <summary>
    /// Bytes of the longest request line that is good, as far as a line with it is written at once; more is not written. So what a client sends never begins a line, and the write
    /// does not wait where the pipe has room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RequestSize<TApp>()
        where TApp : struct, IApp
        => Layout.LoggedRequest(TApp.MaxTargetBytes);

    /// <summary>Bytes of memory that it needs; a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size<TApp>()
        where TApp : struct, IApp
        => Layout.AccessLog(TApp.MaxTargetBytes);

    private static AccessLog* Of(Output* output) => (AccessLog*)output->Observer;

    /// <summary>Whether another line can be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasRoom(Output* output) => Of(output) == null || Of(output)->_length <= Layout.LogBatch;

    /// <summary>Begins without a line; the rest of its memory may have whatever it has.</summary>
    public static void ObserverBegan(byte* observer) => *(AccessLog*)observer = default;

    /// <summary>Bytes of what a client is called.</summary>
    public static int ClientSize => Layout.ClientName;

    /// <summary>Notes how a client is called.</summary>
    public static void ClientCame(byte* client, ClientAddress* address)
    {
        Client* name = (Client*)client;
        name->Length = (byte)(address->Write(&name->First) - &name->First);
    }

    /// <summary>Says whose turn it is.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="client">What the client is called, which stays where it is until it is another one's turn.</param>
    /// <param name="kept">The request line that was kept; or null.</param>
    public static void TurnBegan(Output* output, byte* client, byte* kept)
    {
        AccessLog* log = Of(output);
        log->_client = (Client*)client;
        log->_requestLength = 0;
        log->_kept = kept;
    }

    /// <summary>Takes the request line of what was received, before the path in it is rewritten; what is no printable ASCII character, a quote or a backslash as <c>\x00</c>.</summary>
    /// <param name="output">The output.</param>
    /// <param name="input">What was received.</param>
    /// <param name="end">Behind it.</param>
    public static void RequestBegan<TApp>(Output* output, byte* input, byte* end)
        where TApp : struct, IApp
    {
        AccessLog* log = Of(output);
        if (log == null)
        {
            return;
        }

        byte* request = (byte*)(log + 1);
        byte* to = request;
        byte* limit = request + RequestSize<TApp>();
        for (; input < end && *input is not ((byte)'\r' or (byte)'\n'); input++)
        {
            uint character = *input;
            if (character is >= ' ' and <= '~' and not '"' and not '\\')
            {
                if (to == limit)
                {
                    break;
                }

                *to++ = (byte)character;
            }
            else
            {
                if (limit - to < 4)
                {
                    break;
                }

                *(ushort*)to = '\\' | 'x' << 8;
                to[2] = CString.Of(Digits)[character >> 4];
                to[3] = CString.Of(Digits)[character & 15];
                to += 4;
            }
        }

        log->_requestLength = (int)(to - request);
        log->_kept = null;
    }

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    /// <summary>Whether the request line is the one behind this structure, where that of the next client comes.</summary>
    public static bool IsRequestNew(Output* output) => Of(output)->_kept == null;

    /// <summary>Keeps the request line elsewhere: its body is still to come, and until then it is the turn of others.</summary>
    /// <param name="output">An output with a log.</param>
    /// <param name="to">Room for the longest one and its length.</param>
    public static void KeepRequest(Output* output, byte* to)
    {
        AccessLog* log = Of(output);
        *(int*)to = log->_requestLength;
        _ = Append(to + sizeof(int), (byte*)(log + 1), log->_requestLength);
    }

    /// <summary>Adds the line of a response, where there is a log.</summary>
    /// <param name="output">What the response was added to. The log has room.</param>
    /// <param name="start">Where in its buffer the response begins.</param>
    /// <param name="ofAction">Whether an action has made it, so that a file may belong to it.</param>
    public static void ResponseAdded<TApp>(Output* output, int start, bool ofAction)
        where TApp : struct, IApp
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
        ulong length = (ulong)(output->Buffer + output->Length - body) + (uint)output->BodyLength;
        if (TApp.SendsFiles && ofAction)
        {
            length += (ulong)output->Exchange->Remaining;
        }

        byte* request = (byte*)(log + 1);
        int requestLength = log->_requestLength;
        byte* line = request + RequestSize<TApp>() + log->_length;
        if (log->_kept != null)
        {
            requestLength = *(int*)log->_kept;
            request = log->_kept + sizeof(int);
            log->_kept = null;
        }

        // Date: Sun, 06 Nov 1994 08:49:37 GMT
        byte* date = output->Date;
        byte* to = Append(line, &log->_client->First, log->_client->Length);
        to = Append(to, " - - ["u8);
        to = Append(to, date + 11, 2);
        *to++ = (byte)'/';
        to = Append(to, date + 14, 3);
        *to++ = (byte)'/';
        to = Append(to, date + 18, 4);
        *to++ = (byte)':';
        to = Append(to, date + 23, 8);
        to = Append(to, " +0000] \""u8);
        to = requestLength == 0 ? Append(to, "-"u8) : Append(to, request, requestLength);
        to = Append(to, "\" "u8);
        to = Append(to, head + 9, 4); // HTTP/1.1 200 OK
        to = length == 0 ? Append(to, "-"u8) : DecimalNumber.Write(to, length);
        *to++ = (byte)'\n';
        log->_requestLength = 0; // of the next one nothing is known yet
        log->_lastLine = log->_length;
        log->_length += (int)(to - line);
    }

    /// <summary>Notes that there is to be no line for the request.</summary>
    public static void ResponsePassedOver(Output* output)
    {
        AccessLog* log = Of(output);
        if (log != null)
        {
            log->_requestLength = 0;
            log->_kept = null;
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
        where TApp : struct, IApp
    {
        AccessLog* log = Of(output);
        if (log == null || log->_length == 0)
        {
            return;
        }

        byte* lines = (byte*)(log + 1) + RequestSize<TApp>();
        int length = log->_length;
        int first = length > Layout.LogBatch ? log->_lastLine : length;
        log->_length = 0;
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

    private static byte* Append(byte* to, ReadOnlySpan<byte> text) => Append(to, CString.Of(text), text.Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* Append(byte* to, byte* from, int length)
    {
        for (nint i = 0; i < length; i++)
        {
            to[i] = from[i];
        }

        return to + length;
    }
}
