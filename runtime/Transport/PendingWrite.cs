using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Transport;

/// <summary>
/// What is still to be sent of responses: bytes that were put together, behind them a body that was not copied (<see cref="Output"/>), and behind that a file
/// (<see cref="Exchange.File"/>). It is the array that writev(2) takes. Of a multipart body it is what comes before a part, and that part; the others lie behind the bytes (<see cref="LaterPart"/>).
/// </summary>
internal unsafe struct PendingWrite
{
    private iovec _bytes;
    private iovec _body;

    /// <summary>What is left of the bytes, and how many they are.</summary>
    internal readonly byte* Bytes => (byte*)_bytes.iov_base;

    /// <inheritdoc cref="Bytes"/>
    internal readonly int Length => (int)_bytes.iov_len;

    /// <summary>What is left of the body, and how many bytes that is.</summary>
    internal readonly byte* Body => (byte*)_body.iov_base;

    /// <inheritdoc cref="Body"/>
    internal readonly int BodyLength => (int)_body.iov_len;

    /// <summary>Whether bytes and body are sent; of a file <see cref="Exchange.Remaining"/> tells.</summary>
    internal readonly bool IsEmpty => (_bytes.iov_len | _body.iov_len) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Set(PendingWrite* pending, byte* bytes, int length, byte* body, int bodyLength)
    {
        pending->_bytes.iov_base = bytes;
        pending->_bytes.iov_len = (nuint)length;
        pending->_body.iov_base = body;
        pending->_body.iov_len = (nuint)bodyLength;
    }

    /// <summary>Takes what an output has, and empties that: its buffer must stay as it is until all is sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Take(PendingWrite* pending, Output* output)
    {
        Set(pending, output->Buffer, output->Length, output->Body, output->BodyLength);
        output->Clear();
    }

    /// <summary>Sends all that an output has on a blocking socket, however little the kernel takes at a time, and empties it.</summary>
    /// <param name="output">The output.</param>
    /// <param name="connection">The descriptor.</param>
    /// <returns>False where the client is gone, or took nothing for as long as the listener's write timeout.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool SendAll<TKernel, TApp>(Output* output, int connection)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        PendingWrite pending;
        Take(&pending, output);
        long total = TApp.IsObserved ? Left<TApp>(&pending, output) : 0;
        bool isSent;
        do
        {
            isSent = SendPart<TKernel, TApp>(&pending, connection, output);
        }
        while (Output.HasRanges<TApp>() && isSent && TakePart<TKernel, TApp>(&pending, output->Exchange, &output->Ranges->HasLaterParts));
        if (TApp.IsObserved)
        {
            TApp.OutputSent(output, total - Left<TApp>(&pending, output), isOver: true);
        }

        return isSent;
    }

    /// <summary>Sends all but later parts, as <see cref="SendAll"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SendPart<TKernel, TApp>(PendingWrite* pending, int connection, Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        bool waits = true;
        while (!pending->IsEmpty)
        {
            nint count = TApp.SendsFiles && output->Exchange->Remaining != 0
                ? SendWithFile<TKernel>(pending, connection, output->Exchange)
                : Advance(pending, pending->_body.iov_len == 0 ? TKernel.write(connection, pending->_bytes.iov_base, pending->_bytes.iov_len) : SendAtOnce<TKernel>(pending, connection));
            if (!GoesOn<TKernel, TApp>(connection, count, ref waits))
            {
                return false;
            }
        }

        if (TApp.SendsFiles)
        {
            while (output->Exchange->Remaining != 0)
            {
                if (!GoesOn<TKernel, TApp>(connection, SendWithFile<TKernel>(pending, connection, output->Exchange), ref waits))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Goes on to the next part of a multipart body, if there is one. Behind the last of a file there is only the end of the body, and the file is closed.</summary>
    /// <param name="pending">The instance, of which all is sent.</param>
    /// <param name="exchange">The connection's; only with <see cref="IApp.SendsFiles"/>.</param>
    /// <param name="hasLaterParts">Whether another part lies behind the bytes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TakePart<TKernel, TApp>(PendingWrite* pending, Exchange* exchange, bool* hasLaterParts)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        if (!*hasLaterParts)
        {
            return false;
        }

        LaterPart* part = (LaterPart*)pending->_bytes.iov_base;
        pending->_bytes.iov_base = part + 1;
        pending->_bytes.iov_len = part->HeadLength;
        *hasLaterParts = part->Length != 0;
        if (!TApp.SendsFiles || (exchange->Use & FileUse.IsInParts) == 0)
        {
            pending->_body.iov_base = (byte*)part->First;
            pending->_body.iov_len = (nuint)part->Length;
        }
        else if (part->Length != 0)
        {
            exchange->Offset = (long)part->First;
            exchange->Remaining = (long)part->Length;
        }
        else
        {
            ExchangeFile.Close<TKernel>(exchange);
        }

        return true;
    }

    /// <summary>Bytes that are still to be sent.</summary>
    /// <param name="pending">The instance.</param>
    /// <param name="output">The output that it was taken from: it has the connection's exchange.</param>
    internal static long Left<TApp>(PendingWrite* pending, Output* output)
        where TApp : struct, IApp
    {
        long left = (long)pending->_bytes.iov_len + (long)pending->_body.iov_len;
        if (Output.HasRanges<TApp>() && output->Ranges->HasLaterParts)
        {
            byte* position = pending->Bytes + pending->Length;
            left += Multipart.Left(ref position);
        }

        return TApp.SendsFiles ? left + output->Exchange->Remaining : left;
    }

    /// <summary>Counts what a call has sent, and says whether there is a next one: see <see cref="Connection.GoesOn"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool GoesOn<TKernel, TApp>(int connection, nint count, ref bool waits)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        bool goesOn = Connection.GoesOn<TKernel>(connection, count, ref waits);
        if (TApp.IsCounted)
        {
            CountSent<TApp>(count);
            if (!goesOn && count == -Errno.EAGAIN)
            {
                TApp.Count(Counted.WriteTimeouts, 1);
            }
        }

        return goesOn;
    }

    /// <summary>Counts what a call has sent, if anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CountSent<TApp>(nint count)
        where TApp : struct, IApp
    {
        if (TApp.IsCounted && count > 0)
        {
            TApp.Count(Counted.BytesSent, count);
        }
    }

    /// <summary>How many bytes of the buffer are still needed: with what lies behind for later parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Extent<TApp>(PendingWrite* pending, Output* output)
        where TApp : struct, IApp
        => Output.HasRanges<TApp>() ? ExtentWithParts(pending, output) : pending->Length;

    private static int ExtentWithParts(PendingWrite* pending, Output* output)
    {
        byte* end = pending->Bytes + pending->Length;
        if (output->Ranges->HasLaterParts)
        {
            _ = Multipart.Left(ref end);
        }

        return (int)(end - pending->Bytes);
    }

    /// <summary>Sends what the client takes now. On a blocking socket that is as much as one call does, or one for each part.</summary>
    /// <param name="pending">The instance.</param>
    /// <param name="connection">The descriptor.</param>
    /// <param name="exchange">The connection's; only with <see cref="IApp.SendsFiles"/>.</param>
    /// <param name="hasLaterParts">Whether another part lies behind the bytes; only with <see cref="Output.HasRanges"/>.</param>
    /// <returns>False where the client is gone, or what is to be sent of a file.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool SendSome<TKernel, TApp>(PendingWrite* pending, int connection, Exchange* exchange, bool* hasLaterParts)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        if (!Output.HasRanges<TApp>())
        {
            return SendSomeOfPart<TKernel, TApp>(pending, connection, exchange);
        }

        bool isGood;
        do
        {
            isGood = SendSomeOfPart<TKernel, TApp>(pending, connection, exchange);
        }
        while (isGood && pending->IsEmpty && (!TApp.SendsFiles || exchange->Remaining == 0) && TakePart<TKernel, TApp>(pending, exchange, hasLaterParts));
        return isGood;
    }

    /// <summary>The same for all but later parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SendSomeOfPart<TKernel, TApp>(PendingWrite* pending, int connection, Exchange* exchange)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        if (TApp.SendsFiles && exchange->Remaining != 0)
        {
            bool wasAhead = pending->_bytes.iov_len != 0;
            nint result = SendWithFile<TKernel>(pending, connection, exchange);
            CountSent<TApp>(result);
            if (wasAhead && pending->_bytes.iov_len == 0)
            {
                result = SendWithFile<TKernel>(pending, connection, exchange);
                CountSent<TApp>(result);
            }

            return result is > 0 or -Errno.EAGAIN or -Errno.EINTR;
        }

        // sendto(2) goes to the socket straight away, where write(2) first takes it for any file.
        nint count = Advance(
            pending,
            pending->_body.iov_len == 0 ? TKernel.sendto(connection, pending->_bytes.iov_base, pending->_bytes.iov_len, 0, null, 0) : SendAtOnce<TKernel>(pending, connection));
        CountSent<TApp>(count);
        return count is >= 0 or -Errno.EAGAIN or -Errno.EINTR;
    }

    /// <summary>Sends bytes and body with one call, and keeps no account of what was sent.</summary>
    /// <returns>How many bytes the kernel took, or a negative errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint SendAtOnce<TKernel>(PendingWrite* pending, int connection)
        where TKernel : struct, IKernel
        => TKernel.writev(connection, &pending->_bytes, 2);

    /// <summary>Sends of the bytes what one call takes, or where all of them are sent, of the file. There is no body then.</summary>
    /// <returns>What the call has returned; 0 where the file has become shorter.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint SendWithFile<TKernel>(PendingWrite* pending, int connection, Exchange* exchange)
        where TKernel : struct, IKernel
        => pending->_bytes.iov_len != 0
            ? Advance(pending, TKernel.sendto(connection, pending->_bytes.iov_base, pending->_bytes.iov_len, Linux.MSG_MORE, null, 0)) // the file goes along
            : FileTransfer.Send<TKernel>(connection, exchange);

    /// <summary>Leaves out what was sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Advance(PendingWrite* pending, nint count)
    {
        if (count > 0)
        {
            nint taken = count < (nint)pending->_bytes.iov_len ? count : (nint)pending->_bytes.iov_len;
            pending->_bytes.iov_base = (byte*)pending->_bytes.iov_base + taken;
            pending->_bytes.iov_len -= (nuint)taken;
            pending->_body.iov_base = (byte*)pending->_body.iov_base + (count - taken);
            pending->_body.iov_len -= (nuint)(count - taken);
        }

        return count;
    }
}
