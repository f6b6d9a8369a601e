using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Has a method of the user's answer. A request without a body is handed over where it lies; of one with a body the head is copied, and the body put together behind it, in
/// the memory of the connection's <see cref="Exchange"/>. The response is put together in the output: the body is written where it begins behind the longest head, and then moved.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class HandlerResponse
{
    /// <summary>Room for the longest status line among <see cref="StatusLines.Usual"/>, or one without a reason phrase.</summary>
    private const int StatusLineRoom = 64;

    /// <summary>What the server's own lines of a head take besides: Content-Length, Date, Connection, the empty line; and what copying in blocks writes behind.</summary>
    private const int OwnFieldsRoom = 256;

    private static ReadOnlySpan<byte> DefaultContentType => "text/plain; charset=utf-8"u8;

    /// <summary>A request that waits for its body, at the beginning of the exchange's memory.</summary>
    private struct RetainedRequest
    {
        /// <summary>The head, which points to its copy.</summary>
        internal RequestHead Head;

        /// <summary>Where the body begins.</summary>
        internal byte* Body;

        /// <summary>How much of it is there.</summary>
        internal int BodyLength;
    }

    /// <summary>How many bytes of <see cref="IApp.ExchangeSize"/> a request with a body needs.</summary>
    /// <param name="longestHead">Bytes of the longest head: <see cref="HttpConnection.InputCapacity"/>.</param>
    /// <param name="longestBody">Bytes of the longest body.</param>
    public static int ExchangeSize(int longestHead, int longestBody) => sizeof(RetainedRequest) + longestHead + longestBody;

    /// <summary>See <see cref="IApp.Begin"/>.</summary>
    public static int Begin<TKernel, TApp>(int action, RequestHead* request, Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
        if (TApp.ExchangeSize == 0 || TApp.MaxBodyOf(action) == 0 || request->ContentLength == 0 && (request->Flags & RequestFlags.Chunked) == 0)
        {
            return Answer<TKernel, TApp>(action, request, null, 0, output);
        }

        if (output->Exchange->Memory == null)
        {
            return FixedResponse.ServiceUnavailable;
        }

        output->Exchange->HasUsedMemory = true;
        Retain((RetainedRequest*)output->Exchange->Memory, request);
        return Exchange.WantsBody;
    }

    /// <summary>See <see cref="IApp.Receive"/>. The caller has seen to it that the body is not too long.</summary>
    public static int Receive(byte* data, int length, Output* output)
    {
        RetainedRequest* retained = (RetainedRequest*)output->Exchange->Memory;
        Copy(retained->Body + retained->BodyLength, data, length);
        retained->BodyLength += length;
        return Exchange.WantsBody;
    }

    /// <summary>See <see cref="IApp.Complete"/>.</summary>
    public static int Complete<TKernel, TApp>(int action, Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
        RetainedRequest* retained = (RetainedRequest*)output->Exchange->Memory;
        return Answer<TKernel, TApp>(action, &retained->Head, retained->Body, retained->BodyLength, output);
    }

    /// <summary>Copies a head, from its target to its last field line, which lie one behind the other, and what points there.</summary>
    private static void Retain(RetainedRequest* retained, RequestHead* request)
    {
        byte* start = request->Host != null && request->Host < request->Path ? request->Host : request->Path;
        byte* copy = (byte*)(retained + 1);
        int length = (int)(request->Fields + request->FieldsLength - start);
        nint distance = (nint)(copy - start);
        Copy(copy, start, length);
        retained->Head = *request;
        retained->Head.Path += distance;
        retained->Head.Fields += distance;
        if (request->Query != null)
        {
            retained->Head.Query += distance;
        }

        if (request->Host != null)
        {
            retained->Head.Host += distance;
        }

        retained->Body = copy + length;
        retained->BodyLength = 0;
    }

    /// <summary>Copies so many bytes and touches no others.</summary>
    private static void Copy(byte* to, byte* from, int length)
    {
        nint blocks = length & -Output.BlockSize;
        _ = Output.Copy(to, from, blocks);
        for (nint i = blocks; i < length; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>Calls the handler, and adds its response.</summary>
    /// <returns>See <see cref="IApp.Complete"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Answer<TKernel, TApp>(int action, RequestHead* request, byte* body, int bodyLength, Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
        // What is kept of the last response may lie where this one is put together.
        Output.Interrupt<TApp>(output);
        byte* start = output->Buffer + output->Length;
        byte* fields = start + StatusLineRoom;
        byte* content = start + ResponseRoom.LongestHead;
        int fieldsRoom = ResponseRoom.LongestHead - StatusLineRoom - OwnFieldsRoom - TApp.HandlerFields.Length - TApp.FieldSetRoom;
        var writer = new ResponseWriter(fields, fieldsRoom, content, TApp.MaxResponseOf(action));
#if FREESTANDING
        var handled = new Request(request, body, bodyLength, TApp.TemplateOf(action), output, TApp.HasTrustedProxies || TApp.KeepsClient ? &HandlerClient.Write<TKernel, TApp> : null);
#else
        byte* clientName = stackalloc byte[Layout.ClientName];
        var handled = new Request(request, body, bodyLength, TApp.TemplateOf(action), output, &HandlerClient.Write<TKernel, TApp>)
        {
            ClientName = clientName,
            Clock = &Clock.UnixMilliseconds<TKernel>,
            Logger = &HandlerLog.Write<TKernel>,
        };
#endif
        if (!HandlerCall.Invoke<TKernel, TApp>(action, in handled, ref writer))
        {
            return TApp.EntryOf(500);
        }

        int status = writer.Status;
        ReadOnlySpan<byte> contentType = writer.ContentType.Length == 0 ? DefaultContentType : writer.ContentType;
        ResponseMistake mistake = writer.Mistake != ResponseMistake.None ? writer.Mistake
            : (uint)(status - 200) > 399 ? ResponseMistake.BadStatus
            : !ResponseWriter.IsValue(contentType) ? ResponseMistake.BadField
            : contentType.Length + 16 > fieldsRoom - writer.FieldsLength ? ResponseMistake.FieldsTooLong : ResponseMistake.None;
        if (mistake != ResponseMistake.None)
        {
            Report<TKernel, TApp>(action, mistake);
            return TApp.EntryOf(500);
        }

        AppendStatusLine(output, status);
        ResponseHead.Append(output, fields, writer.FieldsLength); // to before where they are
        ResponseHead.Append(output, TApp.HandlerFields);
        int length = writer.Length;
        bool hasContent = status is not (204 or 304); // RFC 9110, sections 15.3.5 and 15.4.5
        if (hasContent)
        {
            if (length > 0)
            {
                ResponseHead.Append(output, "\r\nContent-Type: "u8);
                fixed (byte* type = contentType)
                {
                    ResponseHead.Append(output, type, contentType.Length);
                }
            }

            ResponseHead.Append(output, "\r\nContent-Length: "u8);
            ResponseHead.Append(output, (ulong)length);
        }

        ResponseHead.End<TApp>(output);
        if (hasContent && !output->Exchange->IsHead)
        {
            _ = Output.Copy(output->Buffer + output->Length, content, length);
            output->Length += length;
        }

        return Exchange.Answered;
    }

    private static void AppendStatusLine(Output* output, int status)
    {
        byte* known = CString.Of(StatusLines.Usual);
        byte* end = known + StatusLines.Usual.Length;
        ResponseHead.Begin(output, default);
        do
        {
            byte* knownEnd = CString.End(known);
            if (known[0] * 100 + known[1] * 10 + known[2] - '0' * 111 == status)
            {
                ResponseHead.Append(output, known, (int)(knownEnd - known));
                return;
            }

            known = knownEnd + 1;
        }
        while (known < end);

        ResponseHead.Append(output, (ulong)status);
        ResponseHead.Append(output, " "u8); // which is there also where nothing follows (RFC 9112, section 4)
    }

    /// <summary>Says on standard error what is wrong with a response.</summary>
    private static void Report<TKernel, TApp>(int action, ResponseMistake mistake)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
        if (TApp.HasMessages)
        {
            ReadOnlySpan<byte> texts =
                "$: the body of the response does not fit; see MaxResponseBytes\0"u8 +
                "$: the response has a header that cannot be sent\0"u8 +
                "$: the headers of the response do not fit\0"u8 +
                "$: the response has no status from 200 to 599\0"u8;
            byte* text = CString.Of(texts);
            for (; mistake > ResponseMistake.TooLong; mistake--)
            {
                text = CString.End(text) + 1;
            }

            Message.WriteLine<TKernel>(text, CString.Of(TApp.NameOf(action)), 0);
        }
    }
}
