using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What the server knows of a connection between two reads: where it stands in the requests that come one behind the other. It is handed
/// bytes and adds responses to an <see cref="Output"/>; it reads, writes and waits for nothing itself, so every engine
/// serves its connections with it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct HttpConnection
{
    /// <summary>
    /// How much of a body must come within the read timeout, in bytes: whoever sends less than 1.6 kB a second is slower than any
    /// line in use, and keeps a process, or a place, from others.
    /// </summary>
    private const int BodyPiece = 16 * 1024;

    /// <summary>
    /// Where the connection stands.
    /// </summary>
    private enum State : byte
    {
        /// <summary>In or before a request's head; where a connection has a preamble, in or before that.</summary>
        Head,

        /// <summary>No further request will be answered.</summary>
        Closed,

        /// <summary>Behind a request that is not answered yet: in <see cref="Receive"/> only.</summary>
        Complete,

        /// <summary>In or before a request's head, behind the preamble.</summary>
        HeadBehindPreamble,

        /// <summary>In a body whose length was said. From here on, there is one.</summary>
        Body = 4,

        /// <summary>In a chunked body.</summary>
        ChunkedBody,

        /// <summary>In a chunked body that an action has refused.</summary>
        RefusedChunks,
    }

    private State _state;

    /// <summary>What is known of the request that is being received, besides what it asks for.</summary>
    [Flags]
    private enum RequestKind : byte
    {
        None = 0,

        /// <summary>It is HEAD.</summary>
        Head = 1,

        /// <summary>The client ends the connection with it, it has no body, and nothing has come behind it.</summary>
        Last = 2,
    }

    private RequestKind _request;

    /// <summary>What its response says of the connection.</summary>
    private ConnectionField _connection;

    /// <summary>Whether the next response is to be the last, and how long the server still waits for it.</summary>
    private Ending _ending;

    /// <summary>Its response, which is decided when the head is complete and sent when the body is.</summary>
    private int _response;

    /// <summary>Bytes of the body that are still to come.</summary>
    private ulong _remaining;

    private ChunkedBody _chunks;

    /// <summary>0 where no time runs for a request yet; else one more than the bytes that have come since it began to run: see <see cref="PatienceAfter"/>.</summary>
    private int _piece;

    /// <summary>How many responses were made, modulo 2^32: a change says that a request is complete.</summary>
    public uint Responses { get; private set; }

    /// <summary>Whether the last response was made: it is to be written, and then the connection is to be closed.</summary>
    public readonly bool IsClosed => _state == State.Closed;

    /// <summary>
    /// Whether the last response was made to a request with which the client itself ends the connection: it says <c>close</c>, or is one of HTTP/1.0, has no body, and nothing has come behind it. Such a client must not send anything more
    /// (RFC 9112, section 9.6). So there is nothing that could come between the response and its client, and nobody has to listen until the client has it.
    /// </summary>
    internal readonly bool IsOver => (_request & RequestKind.Last) != 0 && IsClosed;

    /// <summary>Whether the request is being received whose head was complete.</summary>
    public readonly bool IsInBody => _state >= State.Body;

    /// <summary>Whether an action waits for that body, and so keeps what it has at <see cref="Exchange.Memory"/>.</summary>
    internal readonly bool KeepsExchange => IsInBody && _response >= FixedResponse.FirstAction;

    /// <summary>Changes where the head of a request is complete that has a body, and where a request is.</summary>
    internal readonly uint Progress => Responses << 1 | (uint)_state / (uint)State.Body;

    /// <summary>
    /// What the client is waited for after some bytes of it were processed. This alone moves a deadline, in every engine: the first byte of a request, the
    /// end of its head where a body follows, each <see cref="BodyPiece"/> of the body, and the end of the request. All else is no progress: empty lines between requests, however many and
    /// in whatever pieces, a head that comes byte by byte, and pieces of a body that are smaller.
    /// </summary>
    /// <param name="progress"><see cref="Progress"/> before they were processed.</param>
    /// <param name="received">How many they were.</param>
    /// <param name="left">How many bytes of the input were not consumed, and are the beginning of a request.</param>
    internal Patience PatienceAfter(uint progress, int received, int left)
    {
        bool hasProgress = Progress != progress;
        _piece = hasProgress ? 0 : _piece == 0 ? 0 : _piece + received;
        if (left == 0 && !IsInBody)
        {
            return hasProgress ? Patience.NextRequest : Patience.Unchanged;
        }

        return _piece == 0 || (IsInBody && _piece > BodyPiece) ? BeginPatience(isInRequest: true) : Patience.Unchanged;
    }

    /// <summary>The same where the client could not be heard for a while, because it did not take what was written: its time begins anew.</summary>
    internal Patience BeginPatience(bool isInRequest)
    {
        _piece = isInRequest ? 1 : 0;
        return isInRequest ? Patience.RestOfRequest : Patience.NextRequest;
    }

    private readonly bool IsHead => (_request & RequestKind.Head) != 0;

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    internal readonly bool IsStopping => _ending == Ending.Stopping;

    /// <summary>Whether that was called, or <see cref="Drain"/>.</summary>
    internal readonly Ending Ending => _ending;

    /// <summary>Whether the next response is the last.</summary>
    private readonly bool IsLast => _ending != Ending.None;

    /// <summary>Makes the next response the last one. A response that was made already says nothing of it.</summary>
    public void Stop() => _ending = Ending.Stopping;

    /// <summary>The same where the server goes on for a while; it changes nothing where it does not.</summary>
    internal void Drain()
    {
        if (_ending == Ending.None)
        {
            _ending = Ending.Draining;
        }
    }

    /// <summary>Begins a connection where not all have a preamble: by <see cref="IApp.Role"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Begin<TApp>()
        where TApp : struct, IApp
    {
        if (TApp.HasPreamble && (TApp.Role & EndpointRole.Preamble) == 0)
        {
            _state = State.HeadBehindPreamble;
        }
    }

    /// <summary>How many bytes the buffer of received bytes must have, so that every request's head that is not too long fits, and one byte more, to see that something is too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int InputCapacity<TApp>()
        where TApp : struct, IApp
        => Layout.InputCapacity(TApp.MaxTargetBytes, TApp.MaxHeaderBytes);

    /// <summary>
    /// How many bytes to receive: as many as there is room for. A body that goes into a file is cut where a page of the file ends: of a page that is written in two pieces
    /// the kernel first clears what is missing, which took a seventh of the time.
    /// </summary>
    /// <param name="exchange">That of the connection; only with <see cref="IApp.ExchangeSize"/>, where actions wait for bodies.</param>
    /// <param name="held">How many bytes are kept in front of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ReceiveSize<TApp>(Exchange* exchange, int held)
        where TApp : struct, IApp
    {
        int room = InputCapacity<TApp>() - held;
        if (TApp.ExchangeSize > 0 && exchange->Offset != 0)
        {
            int beyond = (int)(exchange->Offset + room) & (PageSize - 1);
            return beyond < room ? room - beyond : room;
        }

        return room;
    }

    /// <summary>Bytes of a page: 4096, and where pages are larger, that is one of their parts.</summary>
    private const int PageSize = 4096;

    /// <summary>Goes on with what has been received.</summary>
    /// <param name="input">The bytes that were received and not consumed yet. Paths are rewritten in place.</param>
    /// <param name="length">How many.</param>
    /// <param name="output">Where responses go; it has room.</param>
    /// <returns>
    /// How many bytes were consumed. Where some are left, either more must be received, or the output is to be written first
    /// (it has no room), or the connection is closed.
    /// </returns>
    public int Receive<TApp>(byte* input, int length, Output* output)
        where TApp : struct, IApp
    {
        byte* position = input;
        byte* end = input + length;
        while (position < end && Output.HasRoomFor<TApp>(output) && !IsClosed)
        {
            int count = TApp.HasPreamble && _state == State.Head ? ReceivePreamble<TApp>(position, end, output)
                : !IsInBody ? ReceiveHead<TApp>(position, end, output)
                : _state == State.Body ? ReceiveBody<TApp>(position, (int)(end - position), output)
                : ReceiveChunks<TApp>(position, (int)(end - position), output);
            if (count <= 0)
            {
                if (count < 0)
                {
                    // Too long to be passed over is no reason that the client has to know where there is another one.
                    Fail<TApp>(TApp.HasActions && _state == State.RefusedChunks && count == -413 ? _response : RequestError.EntryOf(-count), output);
                }

                break;
            }

            position += count;
            if (_state == State.Complete)
            {
                Respond<TApp>(output);
            }
        }

        if (position != end)
        {
            _request &= ~RequestKind.Last;
        }

        return (int)(position - input);
    }

    /// <summary>Ends the connection where the client ended its side, or took too long, in the middle of a request.</summary>
    /// <param name="response">One of <see cref="FixedResponse"/>.</param>
    /// <param name="output">Where the response goes; it has room.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fail<TApp>(int response, Output* output)
        where TApp : struct, IApp
    {
        if (TApp.HasActions && IsInBody)
        {
            Abort<TApp>(output);
            if (_response == Exchange.Answered)
            {
                _state = State.Closed; // it has its response
                return;
            }
        }

        if (TApp.HasPreamble && _state == State.Head && response != FixedResponse.ServiceUnavailable)
        {
            _state = State.Closed; // it has said nothing that could be answered
            return;
        }

        _connection = ConnectionField.Close;
        _response = response;
        Respond<TApp>(output);
    }

    /// <summary>Has an action whose request is not complete undo what it has begun: the connection is closed.</summary>
    internal readonly void Abort<TApp>(Output* output)
        where TApp : struct, IApp
    {
        if (KeepsExchange)
        {
            TApp.Abort(_response - FixedResponse.FirstAction, output);
        }
    }

    // What receives returns how many bytes it has consumed, 0 where it must have more, or a negative status.

    private int ReceivePreamble<TApp>(byte* input, byte* end, Output* output)
        where TApp : struct, IApp
    {
        int length = TApp.ReadPreamble(output, input, end);
        if (length != 0)
        {
            _state = length > 0 ? State.HeadBehindPreamble : State.Closed;
        }

        return length > 0 ? length : 0;
    }

    /// <summary>Where a connection stands before a further request.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private State NextHead<TApp>()
        where TApp : struct, IApp
    {
        if (TApp.HasFieldSets)
        {
            _chunks.FieldSet = 0;
        }

        return TApp.HasPreamble ? State.HeadBehindPreamble : State.Head;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReceiveHead<TApp>(byte* input, byte* end, Output* output)
        where TApp : struct, IApp
    {
        _request = RequestKind.None;
        if (*input == '\r' && (input + 1 == end || input[1] == '\n')) // empty lines before a request (RFC 9112, section 2.2)
        {
            return input + 1 == end ? 0 : 2;
        }

        TApp.RequestBegan(output, input, end);
        RequestHead request;
        int head = TApp.HasActionsWithoutBody
            ? RequestParser.Read(input, (int)(end - input), TApp.MaxTargetBytes, TApp.MaxHeaderBytes, &request)
            : RequestParser.Parse(input, (int)(end - input), TApp.MaxTargetBytes, TApp.MaxHeaderBytes, &request);
        _request = request.Method == HttpMethod.Head ? RequestKind.Head : RequestKind.None; // also of a head that never becomes complete
        TApp.CountedRequestBegan(request.Method);
        if (head <= 0)
        {
            return head;
        }

        int noBody = 0;
        if (TApp.HasActionsWithoutBody)
        {
            if ((request.Flags & RequestFlags.Chunked) != 0)
            {
                noBody = ReadNoBody<TApp>(input, end, head, &request);
                if (noBody == 0)
                {
                    return 0;
                }
            }

            RequestParser.Normalize(&request);
        }

        if (TApp.HasGuards && IsRefused<TApp>(&request, head, output))
        {
            return head;
        }

        if (!TApp.HasActions && request.ContentLength > (ulong)TApp.MaxBodyBytes)
        {
            return -413;
        }

        _connection = ConnectionOf(request.Flags);
        _response = Decide<TApp>(&request, output);
        if (TApp.HasActions && request.ContentLength > MaxBody<TApp>())
        {
            return -413;
        }

        if (TApp.HasActionsWithoutBody && noBody != 0 && MaxBody<TApp>() == 0 && _response >= FixedResponse.FirstAction)
        {
            if (noBody < 0)
            {
                return noBody;
            }

            request.Flags &= ~RequestFlags.Chunked; // it has none, and all of that is read
            head += noBody;
        }

        TApp.RequestHeadReceived(output, head);
        BeginBody<TApp>(&request, output);
        // Not where the client did not wait for it (RFC 9110, section 10.1.1).
        if (IsInBody && (!TApp.HasActions || _response != Exchange.Answered) && (request.Flags & RequestFlags.ExpectsContinue) != 0 && input + head == end)
        {
            Output.AppendContinue<TApp>(output);
        }

        return head;
    }

    /// <summary>
    /// Whether the app refuses the request for who sends it, or answers it before it is asked about that. Then it is complete: where a body would follow, that is not read, not even to be passed over, for whoever may not
    /// have an answer may not send much either. The response is the last of the connection, so nobody has to find where the next request begins. Which field lines a response has for its path is known from here on.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsRefused<TApp>(RequestHead* request, int head, Output* output)
        where TApp : struct, IApp
    {
        if (TApp.HasFieldSets)
        {
            _chunks.FieldSet = (ushort)(request->Path != null ? TApp.ChooseFieldSet(request) : 0);
            FieldSet.Use<TApp>(output, _chunks.FieldSet);
        }

        int response = request->Path != null ? TApp.Refuse(request, output) : 0; // CONNECT has none, and no route
        if (response == 0)
        {
            return false;
        }

        TApp.RequestHeadReceived(output, head);
        bool hasBody = (request->Flags & RequestFlags.Chunked) != 0 || request->ContentLength != 0;
        _connection = hasBody ? ConnectionField.Close : ConnectionOf(request->Flags);
        _response = response;
        _state = State.Complete;
        return true;
    }

    /// <summary>Behind the head comes the body, if there is one; and an action begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BeginBody<TApp>(RequestHead* request, Output* output)
        where TApp : struct, IApp
    {
        _state = State.Complete;
        if ((request->Flags & RequestFlags.Chunked) != 0)
        {
            _state = State.ChunkedBody;
            ushort fieldSet = TApp.HasFieldSets ? _chunks.FieldSet : (ushort)0;
            _chunks = default;
            if (TApp.HasFieldSets)
            {
                _chunks.FieldSet = fieldSet;
            }
        }
        else if (request->ContentLength != 0)
        {
            _state = State.Body;
            _remaining = request->ContentLength;
        }
        else if (_connection == ConnectionField.Close)
        {
            _request |= RequestKind.Last;
        }

        if (TApp.HasActions && _response >= FixedResponse.FirstAction)
        {
            BeginAction<TApp>(request, output);
        }
    }

    /// <summary>What a response says of the connection (RFC 9112, section 9.3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ConnectionField ConnectionOf(RequestFlags flags)
        => (flags & RequestFlags.KeepAlive) == 0 ? ConnectionField.Close
            : (flags & RequestFlags.Http10) != 0 ? ConnectionField.KeepAlive : ConnectionField.None;

    /// <summary>
    /// Reads a chunked body as one without data. An action that takes no body answers when it has the head, which nobody keeps for it; so it gets the head when that is known, and until then it stays where it
    /// is, and is read again.
    /// </summary>
    /// <param name="input">The head.</param>
    /// <param name="end">Behind what was received.</param>
    /// <param name="head">Bytes of the head.</param>
    /// <param name="request">What it says.</param>
    /// <returns>Bytes of the body; 0 where it must have more; or a negative status, which is of use only where the request is for such an action: 413 where there is data.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadNoBody<TApp>(byte* input, byte* end, int head, RequestHead* request)
        where TApp : struct, IApp
    {
        if ((request->Flags & RequestFlags.ExpectsContinue) != 0)
        {
            return -413; // who waits to be asked for a body has one (RFC 9110, section 10.1.1)
        }

        _chunks = default;
        int count = _chunks.Read(input + head, (int)(end - input) - head, 0, TApp.MaxHeaderBytes);
        return count < 0 || _chunks.IsComplete ? count
            : end - input < InputCapacity<TApp>() ? 0 : -431; // the methods of actions are so short that there is room for a body without data behind every head, but not for any trailers
    }

    /// <summary>The longest body of the request whose response is decided.</summary>
    private readonly ulong MaxBody<TApp>()
        where TApp : struct, IApp
        => TApp.HasActions && _response >= FixedResponse.FirstAction ? TApp.MaxBodyOf(_response - FixedResponse.FirstAction) : (ulong)TApp.MaxBodyBytes;

    private void BeginAction<TApp>(RequestHead* request, Output* output)
        where TApp : struct, IApp
    {
        SayTo<TApp>(output);
        int start = TApp.IsObserved || TApp.IsCounted ? output->Length : 0;
        int result = TApp.Begin(_response - FixedResponse.FirstAction, request, output);
        if (TApp.ChoosesNotFound)
        {
            result = OrNotFound<TApp>(request, result); // of a file that is not there
            if (TApp.NotFoundMayBeAction && result >= FixedResponse.FirstAction)
            {
                result = TApp.Begin(result - FixedResponse.FirstAction, request, output);
            }
        }

        if (result == Exchange.WantsBody)
        {
            return;
        }

        _response = result;
        if (result == Exchange.Answered)
        {
            ResponseAdded<TApp>(output, start, ofAction: true);
            if (_connection == ConnectionField.Close)
            {
                _state = State.Complete; // with the connection, also what is left of the request has an end
            }
        }
        else if (request->ContentLength > (ulong)TApp.MaxBodyBytes)
        {
            Fail<TApp>(result, output); // too long a body to be passed over
        }
        else if (_state == State.ChunkedBody)
        {
            _state = State.RefusedChunks;
        }
    }

    /// <summary>Tells an action what its response depends on besides the request. It may use what is free of the output for something else, too.</summary>
    private void SayTo<TApp>(Output* output)
        where TApp : struct, IApp
    {
        if (IsLast)
        {
            _connection = ConnectionField.Close;
        }

        if (TApp.HasFieldSets)
        {
            FieldSet.Use<TApp>(output, _chunks.FieldSet);
            FieldSet.Begin<TApp>(output);
        }

        Output.Interrupt<TApp>(output);
        output->Exchange->IsHead = IsHead;
        output->Exchange->Connection = _connection;
    }

    /// <summary>The response to a request whose head is good, as if its body were not there: no response depends on one.</summary>
    private static int Decide<TApp>(RequestHead* request, Output* output)
        where TApp : struct, IApp
    {
        int index = FixedResponse.NotImplemented;
        if (request->Method is not (HttpMethod.Unknown or HttpMethod.Connect))
        {
            // Asked here and not in OrNotFound: there it would cost all other servers six bytes (SizeTests).
            index = Negotiate<TApp>(request, TApp.ChoosesNotFound ? OrNotFound<TApp>(request, TApp.Route(request)) : TApp.Route(request), output);
        }

        return index;
    }

    /// <summary>A response, or the one that the app chooses in the place of 404.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OrNotFound<TApp>(RequestHead* request, int response)
        where TApp : struct, IApp
        => response == FixedResponse.NotFound ? TApp.NotFound(request) : response;

    /// <summary>The response of those that a resource has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Negotiate<TApp>(RequestHead* request, int index, Output* output)
        where TApp : struct, IApp
    {
        if (TApp.HasParts)
        {
            output->Ranges->Count = 0;
        }

        if (TApp.HasActions && index >= FixedResponse.FirstAction)
        {
            return index;
        }

        PlannedResponse* response = TApp.Responses + index;
        if (TApp.Bytes[response->Status] != '2' || request->Method == HttpMethod.Options)
        {
            return index; // neither negotiated nor conditional (RFC 9110, section 13.2.1)
        }

        if ((request->Flags & RequestFlags.HasAcceptEncoding) != 0)
        {
            ContentCodings coding = AcceptEncoding.Choose<TApp>(request, TApp.HasBrotli ? PlannedCodings.Of(response) | PlannedCodings.BrotliOf(response) : PlannedCodings.Of(response));
            if (coding == ContentCodings.None)
            {
                return FixedResponse.NotAcceptable;
            }

            if (TApp.HasBrotli ? coding != ContentCodings.Identity : coding == ContentCodings.Gzip)
            {
                int step = response->EntityTag != 0 ? 2 : 1;
                if (TApp.HasBrotli && coding == ContentCodings.Brotli && (response->Variants & PlannedResponse.HasGzip) != 0)
                {
                    step += step;
                }

                index += step;
                response += step;
            }
        }

        if ((request->Flags & RequestFlags.IsConditional) != 0)
        {
            byte* tag = response->EntityTag != 0 ? TApp.Bytes + (uint)(response->Head + response->EntityTag) : null;
            Precondition precondition;
            if (TApp.HasParts)
            {
                uint lastModified = tag != null ? *(uint*)(TApp.Bytes + response->Head - PlannedResponse.LastModifiedLength) : 0;
                precondition = Preconditions.Evaluate(request, tag, tag, lastModified != 0 ? lastModified : HttpDate.None, now: lastModified); // years of two digits are near that one
            }
            else
            {
                precondition = Preconditions.Evaluate(request, tag, tag);
            }

            if (precondition == Precondition.Failed)
            {
                return FixedResponse.PreconditionFailed;
            }

            if (precondition == Precondition.NotModified && tag != null)
            {
                return index + 1;
            }
        }

        return TApp.HasParts && (request->Flags & RequestFlags.HasRange) != 0 ? ChoosePart<TApp>(request, index, output) : index;
    }

    /// <summary>The parts of a response that are asked for (RFC 9110, section 14.2), where it has a strong entity tag, and the request no body.</summary>
    /// <returns>The entry, or that of 416.</returns>
    private static int ChoosePart<TApp>(RequestHead* request, int index, Output* output)
        where TApp : struct, IApp
    {
        PlannedResponse* response = TApp.Responses + index;
        if (response->EntityTag == 0 || (request->Flags & RequestFlags.Chunked) != 0 || request->ContentLength != 0)
        {
            return index;
        }

        // A date does not hold: times of files on the machine that built the program do not tell one version from the next for certain.
        if ((request->Flags & RequestFlags.HasIfRange) != 0 && !IfRange.HasTag(request, TApp.Bytes + (uint)(response->Head + response->EntityTag)))
        {
            return index;
        }

        RangeResult result = ByteRanges.Read(request, (uint)response->BodyLength, output->Ranges);
        if (result != RangeResult.Whole)
        {
            Output.Interrupt<TApp>(output);
            if (result == RangeResult.NotSatisfiable)
            {
                output->Ranges->First.First = (uint)response->BodyLength;
                index = TApp.EntryOf(416);
            }
        }

        return index;
    }

    /// <summary>A body that no action wants is passed over, so that the next request begins where it begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReceiveBody<TApp>(byte* input, int length, Output* output)
        where TApp : struct, IApp
    {
        bool isComplete = (ulong)length >= _remaining;
        if (isComplete)
        {
            length = (int)_remaining;
        }

        TApp.RequestBodyReceived(output, length);
        if (TApp.HasActions && !HandOver<TApp>(input, length, output))
        {
            return length;
        }

        if (isComplete)
        {
            _state = State.Complete;
        }

        _remaining -= (uint)length;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReceiveChunks<TApp>(byte* input, int length, Output* output)
        where TApp : struct, IApp
    {
        int count;
        if (TApp.HasActions)
        {
            count = ReadChunks<TApp>(input, length, out byte* data, out int dataLength);
            TApp.RequestBodyReceived(output, count < 0 ? length : count);
            if (count >= 0 && dataLength > 0 && !HandOver<TApp>(data, dataLength, output))
            {
                return count;
            }
        }
        else
        {
            count = _chunks.Read(input, length, (uint)TApp.MaxBodyBytes, TApp.MaxHeaderBytes);
            TApp.RequestBodyReceived(output, count < 0 ? length : count);
        }

        if (_chunks.IsComplete)
        {
            _state = State.Complete;
        }

        return count;
    }

    /// <summary>Brings together all data of the input, where the first of it lies: however small the chunks are, what was read at once is handed over at once.</summary>
    /// <returns>How many bytes were consumed, or a negative status.</returns>
    private int ReadChunks<TApp>(byte* input, int length, out byte* data, out int dataLength)
        where TApp : struct, IApp
    {
        data = null;
        dataLength = 0;
        int consumed = 0;
        while (consumed < length && !_chunks.IsComplete)
        {
            int count = _chunks.Read(input + consumed, length - consumed, MaxBody<TApp>(), TApp.MaxHeaderBytes, out byte* piece, out int pieceLength);
            if (count < 0)
            {
                return count;
            }

            if (dataLength == 0)
            {
                data = piece;
            }
            else
            {
                // To before where it is, over a size line.
                byte* to = data + dataLength;
                for (nint i = 0; i < pieceLength; i++)
                {
                    to[i] = piece[i];
                }
            }

            dataLength += pieceLength;
            consumed += count;
        }

        return consumed;
    }

    /// <summary>Gives a piece of the body to the action that wants it.</summary>
    /// <returns>False where that has ended the connection.</returns>
    private bool HandOver<TApp>(byte* data, int length, Output* output)
        where TApp : struct, IApp
    {
        int result = _response;
        if (result >= FixedResponse.FirstAction)
        {
            result = TApp.Receive(result - FixedResponse.FirstAction, data, length, output);
            if (result != Exchange.WantsBody)
            {
                _response = result; // it has undone what it had begun
                Fail<TApp>(result, output);
                return false;
            }
        }

        return true;
    }

    private void Respond<TApp>(Output* output)
        where TApp : struct, IApp
    {
        if (TApp.HasActions && CompleteAction<TApp>(output))
        {
            return;
        }

        // One that was to be the last only since the head was read.
        if (IsLast)
        {
            _connection = ConnectionField.Close;
            if (TApp.ChangesWhileEnding)
            {
                _response = TApp.WhileEnding(_response);
            }
        }

        if (TApp.HasFieldSets)
        {
            FieldSet.Use<TApp>(output, _chunks.FieldSet);
        }

        int start = TApp.IsObserved || TApp.IsCounted ? output->Length : 0;
        Output.Append<TApp>(output, _response, IsHead, _connection);
        if (!TApp.IsObserved || TApp.IsResponseObserved(_response))
        {
            ResponseAdded<TApp>(output, start, ofAction: false);
        }
        else
        {
            TApp.ResponsePassedOver(output);
            TApp.CountedResponseAdded(output, start);
        }

        _state = _connection == ConnectionField.Close ? State.Closed : NextHead<TApp>();
        Responses++;
    }

    /// <summary>Tells what observes and what counts of a response.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ResponseAdded<TApp>(Output* output, int start, bool ofAction)
        where TApp : struct, IApp
    {
        TApp.ResponseAdded(output, start, ofAction);
        TApp.CountedResponseAdded(output, start);
    }

    /// <summary>Has an action whose request is complete answer it.</summary>
    /// <returns>Whether it has, or had before.</returns>
    private bool CompleteAction<TApp>(Output* output)
        where TApp : struct, IApp
    {
        if (_response >= FixedResponse.FirstAction)
        {
            SayTo<TApp>(output);
            int start = TApp.IsObserved || TApp.IsCounted ? output->Length : 0;
            _response = TApp.Complete(_response - FixedResponse.FirstAction, output);
            if (_response == Exchange.Answered)
            {
                ResponseAdded<TApp>(output, start, ofAction: true);
            }
        }

        bool isAnswered = _response == Exchange.Answered;
        if (isAnswered)
        {
            _state = _connection == ConnectionField.Close || IsLast ? State.Closed : NextHead<TApp>();
            Responses++;
        }

        return isAnswered;
    }
}

/// <summary>What a client is waited for, from now on: see <see cref="HttpConnection.PatienceAfter"/>.</summary>
internal enum Patience
{
    /// <summary>What it was waited for already; its time goes on to run.</summary>
    Unchanged,

    /// <summary>The next request, for the idle timeout.</summary>
    NextRequest,

    /// <summary>The rest of a request or the next piece of its body, for the read timeout.</summary>
    RestOfRequest,
}
