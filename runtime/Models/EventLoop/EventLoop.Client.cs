using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Transport;

namespace SyscallServer.Internal.Models;

/// <content>What the loop does for one connection.</content>
internal unsafe partial struct EventLoop<TKernel, TApp, TServer>
{
    /// <summary>Something has happened to a connection: it can be read from, or written to where it waits for that.</summary>
    private void Serve(int index)
    {
        ClientConnection* connection = _connections + index;
        if (connection->Waiting == Waiting.Writing)
        {
            Flush(index);
            return;
        }

        int length = connection->InputLength;
        byte* input = length > 0 ? _buffers.Address(connection->InputBuffer) : _input;
        int count = ReceiveFrom(connection->Descriptor, input + length, HttpConnection.ReceiveSize<TApp>(ExchangeOf(index), length));
        if (count > 0)
        {
            if (connection->Waiting != Waiting.Lingering)
            {
                Process(index, input, length + count, count);
            }
        }
        else if (count == 0 && connection->IsInRequest)
        {
            connection->ClientEnded = true;
            Finish(index, FixedResponse.BadRequest);
        }
        else if (count != -Errno.EAGAIN && count != -Errno.EINTR)
        {
            Close(index);
        }
    }

    /// <summary>Answers what can be answered of the input, and keeps the rest.</summary>
    /// <param name="index">The connection.</param>
    /// <param name="input">The loop's buffer or the connection's own.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="received">How many of them are new.</param>
    private void Process(int index, byte* input, int length, int received)
    {
        ClientConnection* connection = _connections + index;
        Output* output = OutputPointer;
        uint progress = connection->Http.Progress;
        int consumed = 0;
        bool again;
        if (TApp.HasActions)
        {
            output->Exchange = ExchangeOf(index);
            output->Descriptor = connection->Descriptor;
        }

        if (TServer.HasEndpointRoles)
        {
            TApp.Role = connection->Role;
        }

        TApp.CountedTurnBegan(index);
        do
        {
            if (TApp.IsObserved)
            {
                BeginTurn(index);
            }

            if (TApp.HasActions)
            {
                TakeRequestMemory(index);
            }

            consumed += connection->Http.Receive<TApp>(input + consumed, length - consumed, output);
            again = !Output.HasRoomFor<TApp>(output);
            if (TApp.HasActions && !connection->Http.KeepsExchange)
            {
                ReturnRequestMemory(index);
            }

            if (TApp.IsObserved)
            {
                KeepRequest(connection);
            }

            if (!Send(index))
            {
                return;
            }
        }
        while (again && connection->Waiting != Waiting.Writing && !connection->Http.IsClosed);

        if (!KeepInput(index, input + consumed, length - consumed) || connection->Waiting == Waiting.Writing)
        {
            return;
        }

        if (connection->Http.IsClosed)
        {
            Linger(index);
            return;
        }

        Wait(index, connection->Http.PatienceAfter(progress, received, connection->InputLength));
    }

    /// <summary>What an observer knows of a client.</summary>
    private readonly byte* ClientAt(int index) => _clients + (nint)index * TApp.ObservedClientSize;

    /// <summary>Tells what observes, where something does, whom the next responses are for.</summary>
    private void BeginTurn(int index)
    {
        if (_clients == null)
        {
            return;
        }

        if (!TApp.HasRoom(OutputPointer))
        {
            EndBatch();
        }

        bool hasKept = index < _maxConnections && _connections[index].RequestBuffer != BufferPool.None;
        TApp.TurnBegan(OutputPointer, ClientAt(index), hasKept ? _buffers.Address(_connections[index].RequestBuffer) : null);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndBatch()
    {
        TApp.BatchEnded<TKernel>(OutputPointer, _signals, _isStopping);
        TApp.CountedBatchEnded();
    }

    /// <summary>Keeps what is observed of a request as long as the response to it is still to come, since other connections have their turn meanwhile. Where there is no buffer left, it is lost.</summary>
    private void KeepRequest(ClientConnection* connection)
    {
        if (_clients != null && TApp.IsRequestNew(OutputPointer))
        {
            ReturnRequest(connection);
            if (connection->Http.IsInBody)
            {
                connection->RequestBuffer = (short)_buffers.Take();
                if (connection->RequestBuffer != BufferPool.None)
                {
                    TApp.KeepRequest(OutputPointer, _buffers.Address(connection->RequestBuffer));
                }
            }
        }
    }

    private void ReturnRequest(ClientConnection* connection)
    {
        if (connection->RequestBuffer != BufferPool.None)
        {
            _buffers.Return<TKernel>(connection->RequestBuffer);
            connection->RequestBuffer = BufferPool.None;
        }
    }

    /// <summary>Keeps what is left of the input, in a buffer of the connection's own; without anything left it needs none.</summary>
    /// <returns>False where there is no buffer left: the connection was ended with 503.</returns>
    private bool KeepInput(int index, byte* rest, int length)
    {
        ClientConnection* connection = _connections + index;
        if (length == 0 || connection->Http.IsClosed)
        {
            ReturnInput(connection);
            return true;
        }

        if (connection->InputBuffer == BufferPool.None)
        {
            connection->InputBuffer = _buffers.Take();
            if (connection->InputBuffer == BufferPool.None)
            {
                if (connection->Waiting == Waiting.Writing)
                {
                    Close(index); // a response is on its way, behind which no other can go
                }
                else
                {
                    Finish(index, FixedResponse.ServiceUnavailable);
                }

                return false;
            }
        }

        byte* buffer = _buffers.Address(connection->InputBuffer);
        if (buffer != rest)
        {
            Buffer.MemoryCopy(rest, buffer, length, length);
        }

        connection->InputLength = length;
        return true;
    }

    private void ReturnInput(ClientConnection* connection)
    {
        connection->InputLength = 0;
        if (connection->InputBuffer != BufferPool.None)
        {
            _buffers.Return<TKernel>(connection->InputBuffer);
            connection->InputBuffer = BufferPool.None;
        }
    }

    /// <summary>Writes the output. What the client does not take now is kept, and the connection waits for it to take more.</summary>
    /// <returns>False where the connection is closed, because the client is gone or there is no buffer left.</returns>
    private bool Send(int index)
    {
        Output* output = OutputPointer;
        if (output->IsEmpty)
        {
            return true;
        }

        ClientConnection* connection = _connections + index;
        PendingWrite pending;
        PendingWrite.Take(&pending, output);
        long total = TApp.IsObserved ? PendingWrite.Left<TApp>(&pending, output) : 0;
        bool isGood = PendingWrite.SendSome<TKernel, TApp>(&pending, connection->Descriptor, TApp.SendsFiles ? ExchangeOf(index) : null, Output.HasRanges<TApp>() ? &output->Ranges->HasLaterParts : null);
        if (TApp.IsObserved && (!isGood || PendingWrite.Left<TApp>(&pending, output) == 0))
        {
            TellSent(&pending, total);
        }

        if (!isGood)
        {
            Close(index);
            return false;
        }

        if (pending.IsEmpty && (!TApp.SendsFiles || ExchangeOf(index)->Remaining == 0))
        {
            return true;
        }

        if (PendingWrite.Extent<TApp>(&pending, output) > 0)
        {
            connection->OutputBuffer = _buffers.Take();
            if (connection->OutputBuffer == BufferPool.None)
            {
                if (TApp.IsObserved)
                {
                    TellSent(&pending, total);
                }

                Close(index);
                return false;
            }

            Buffer.MemoryCopy(pending.Bytes, _buffers.Address(connection->OutputBuffer), PendingWrite.Extent<TApp>(&pending, output), PendingWrite.Extent<TApp>(&pending, output));
        }

        connection->OutputStart = 0;
        connection->OutputLength = pending.Length;
        connection->Body = pending.Body;
        connection->BodyLength = pending.BodyLength;
        if (TApp.IsObserved)
        {
            KeepResponses(connection, &pending, total);
        }

        if (Output.HasRanges<TApp>())
        {
            connection->HasLaterParts = output->Ranges->HasLaterParts;
            output->Ranges->HasLaterParts = false;
        }

        Wait(index, Waiting.Writing);
        return Rewatch(index, Linux.EPOLLOUT);
    }

    /// <summary>Tells what observes that no more will be sent of an output.</summary>
    private void TellSent(PendingWrite* pending, long total) => TApp.OutputSent(OutputPointer, total - PendingWrite.Left<TApp>(pending, OutputPointer), isOver: true);

    /// <summary>Keeps what is observed of responses that the client takes slowly. Where there is no buffer left, nobody will hear of what is sent later.</summary>
    private void KeepResponses(ClientConnection* connection, PendingWrite* pending, long total)
    {
        if (_clients == null)
        {
            return;
        }

        long left = PendingWrite.Left<TApp>(pending, OutputPointer);
        connection->ResponsesBuffer = (short)_buffers.Take();
        if (connection->ResponsesBuffer == BufferPool.None)
        {
            TApp.OutputSent(OutputPointer, total - left, isOver: false);
        }
        else
        {
            TApp.KeepResponses(OutputPointer, _buffers.Address(connection->ResponsesBuffer), total - left, left);
        }
    }

    /// <summary>Tells what observes how much the client has taken by now of responses that were kept for.</summary>
    private void TellKeptSent(int index, bool isOver)
    {
        ClientConnection* connection = _connections + index;
        if (_clients == null || connection->ResponsesBuffer == BufferPool.None)
        {
            return;
        }

        long left = Unsent(index);
        while (!TApp.KeptResponsesSent(OutputPointer, _buffers.Address(connection->ResponsesBuffer), left, isOver))
        {
            EndBatch();
        }

        if (left == 0 || isOver)
        {
            _buffers.Return<TKernel>(connection->ResponsesBuffer);
            connection->ResponsesBuffer = BufferPool.None;
        }
    }

    /// <summary>The client takes more of what was kept for it; after all of it, its further requests are answered.</summary>
    private void Flush(int index)
    {
        ClientConnection* connection = _connections + index;
        byte* buffer = connection->OutputLength > 0 || HasLaterParts(connection) ? _buffers.Address(connection->OutputBuffer) + connection->OutputStart : null;
        long before = Unsent(index);
        PendingWrite pending;
        PendingWrite.Set(&pending, buffer, connection->OutputLength, connection->Body, connection->BodyLength);
        bool isGood = PendingWrite.SendSome<TKernel, TApp>(&pending, connection->Descriptor, TApp.SendsFiles ? ExchangeOf(index) : null, Output.HasRanges<TApp>() ? &connection->HasLaterParts : null);
        connection->OutputStart += Output.HasRanges<TApp>() ? (int)(pending.Bytes - buffer) : connection->OutputLength - pending.Length;
        connection->OutputLength = pending.Length;
        connection->Body = pending.Body;
        connection->BodyLength = pending.BodyLength;
        if (!isGood)
        {
            Close(index);
            return;
        }

        if (connection->OutputLength == 0 && !HasLaterParts(connection) && connection->OutputBuffer != BufferPool.None)
        {
            _buffers.Return<TKernel>(connection->OutputBuffer);
            connection->OutputBuffer = BufferPool.None;
        }

        if (TApp.IsObserved)
        {
            TellKeptSent(index, isOver: false);
        }

        long left = Unsent(index);
        if (left > 0)
        {
            if (left < before)
            {
                Wait(index, Waiting.Writing);
            }

            return;
        }

        if (connection->Http.IsClosed)
        {
            ReturnInput(connection);
            Linger(index);
            return;
        }

        Wait(index, connection->Http.BeginPatience(connection->IsInRequest));
        if (Rewatch(index, Linux.EPOLLIN) && connection->InputLength > 0)
        {
            Process(index, _buffers.Address(connection->InputBuffer), connection->InputLength, received: 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLaterParts(ClientConnection* connection) => Output.HasRanges<TApp>() && connection->HasLaterParts;

    /// <summary>Bytes that a connection waits for its client to take.</summary>
    private readonly long Unsent(int index)
    {
        ClientConnection* connection = _connections + index;
        int left = connection->OutputLength + connection->BodyLength;
        return Output.HasRanges<TApp>() ? left + UnsentOfParts(index) : left;
    }

    /// <summary>Those of a file, and of later parts.</summary>
    private readonly long UnsentOfParts(int index)
    {
        ClientConnection* connection = _connections + index;
        long left = TApp.SendsFiles ? ExchangeOf(index)->Remaining : 0;
        if (connection->HasLaterParts)
        {
            byte* position = _buffers.Address(connection->OutputBuffer) + connection->OutputStart + connection->OutputLength;
            left += Multipart.Left(ref position);
        }

        return left;
    }

    /// <summary>Reads what has come. recvfrom(2) goes to the socket straight away, where read(2) first takes it for any file.</summary>
    private static int ReceiveFrom(int descriptor, byte* buffer, int length)
    {
        int count = (int)TKernel.recvfrom(descriptor, buffer, (nuint)length, 0, null, null);
        if (TApp.IsCounted && count > 0)
        {
            TApp.Count(Counted.BytesReceived, count);
        }

        return count;
    }

    /// <summary>Ends a request that did not come to its end, and with it the connection.</summary>
    private void Finish(int index, int response)
    {
        ClientConnection* connection = _connections + index;
        TApp.CountedTurnBegan(index);
        if (TApp.IsObserved)
        {
            BeginTurn(index);
            if (connection->InputLength > 0 && !connection->Http.IsInBody)
            {
                byte* input = _buffers.Address(connection->InputBuffer);
                TApp.RequestBegan(OutputPointer, input, input + connection->InputLength);
            }
        }

        ReturnInput(connection);
        if (TApp.HasActions)
        {
            OutputPointer->Exchange = ExchangeOf(index);
        }

        connection->Http.Fail<TApp>(response, OutputPointer);
        if (TApp.HasActions)
        {
            ReturnRequestMemory(index);
        }

        if (Send(index) && connection->Waiting != Waiting.Writing)
        {
            Linger(index);
        }
    }

    /// <summary>
    /// After the last response: ends the server's side, and takes in what the client still sends until it ends its own. To close a
    /// socket that holds unread bytes resets the connection, and the client may lose the response that is on its way to it (RFC 9112,
    /// section 9.6). Where the client has said that it sends no more, there are none, and the kernel delivers the rest by itself.
    /// </summary>
    private void Linger(int index)
    {
        ClientConnection* connection = _connections + index;
        bool waitedForWriting = connection->Waiting == Waiting.Writing;
        if (connection->ClientEnded || connection->Http.IsOver || TKernel.shutdown(connection->Descriptor, Linux.SHUT_WR) < 0)
        {
            Close(index);
            return;
        }

        Wait(index, Waiting.Lingering);
        if (waitedForWriting)
        {
            _ = Rewatch(index, Linux.EPOLLIN);
        }
    }

    /// <summary>Has the connection's next event be another one.</summary>
    /// <returns>False where that is not possible: the connection is closed.</returns>
    private bool Rewatch(int index, uint events)
    {
        if (TryWatch(index, events))
        {
            return true;
        }

        Close(index);
        return false;
    }

    /// <summary>Has a connection wake the loop for these events, whether or not it is in the epoll set already.</summary>
    private readonly bool TryWatch(int index, uint events)
    {
        ClientConnection* connection = _connections + index;
        if (Watch(connection->IsWatched ? Linux.EPOLL_CTL_MOD : Linux.EPOLL_CTL_ADD, connection->Descriptor, events, (ulong)index) < 0)
        {
            return false;
        }

        connection->IsWatched = true;
        return true;
    }

    /// <summary>Begins to wait, now, for what the client is to send.</summary>
    private void Wait(int index, Patience patience)
    {
        if (patience != Patience.Unchanged)
        {
            Wait(index, patience == Patience.NextRequest ? Waiting.Idle : Waiting.Reading);
        }
    }

    /// <summary>Begins to wait, now, for something.</summary>
    private void Wait(int index, Waiting waiting)
    {
        ClientConnection* connection = _connections + index;
        if (connection->Waiting == waiting && connection->Since == _now)
        {
            return; // it is where it would be put
        }

        List(connection->Waiting).Remove(_connections, index);
        connection->Waiting = waiting;
        connection->Since = _now;
        List(waiting).Append(_connections, index);
    }

    private void Close(int index)
    {
        ClientConnection* connection = _connections + index;
        List(connection->Waiting).Remove(_connections, index);
        ReturnInput(connection);
        if (connection->OutputBuffer != BufferPool.None)
        {
            _buffers.Return<TKernel>(connection->OutputBuffer);
        }

        if (TApp.IsObserved)
        {
            TellKeptSent(index, isOver: true);
            ReturnRequest(connection);
        }

        if (TApp.HasActions)
        {
            OutputPointer->Exchange = ExchangeOf(index);
            connection->Http.Abort<TApp>(OutputPointer);
            ReturnRequestMemory(index);
        }

        if (TApp.SendsFiles)
        {
            ExchangeFile.Close<TKernel>(ExchangeOf(index));
        }

        if (Output.HasRanges<TApp>())
        {
            OutputPointer->Ranges->HasLaterParts = false; // they are not sent
        }

        _ = TKernel.close(connection->Descriptor); // which takes it out of the epoll set
        TApp.Count(Counted.Closed, 1);
        ReturnPlace(index);
        ResumeAccepting();
    }
}
