using System;
using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// A process that serves one HTTP connection on a blocking socket, from the first request to the lingering close: waits, reads, has
/// <see cref="HttpConnection"/> answer, writes. A request costs poll, read and write, and a look at the clock for its date.
/// </summary>
/// <remarks>
/// Under the JIT this code runs in a forked child, where nothing may be compiled any more: it uses pointers, and calls
/// nothing of the class library.
/// </remarks>
public static unsafe class HttpChild
{
    /// <summary>
    /// How much of a body must come within the read timeout, in bytes: whoever sends less than 1.6 kB a second is slower than any
    /// line in use, and keeps a process from others.
    /// </summary>
    private const int BodyPiece = 16 * 1024;

    /// <summary>
    /// How long, in milliseconds, a client is listened to after the last response. It has had all of it when it ends its side; one that does not is left.
    /// </summary>
    private const int LongestLinger = 2000;

    /// <summary>How deep the stack of a freestanding server grows that serves with this: see <see cref="ForkParent.StackSize"/>.</summary>
    public const int StackSize = 2048;

    /// <summary>How many bytes of memory <see cref="Serve"/> needs: an output, an input, and the date.</summary>
    public static int MemorySize<TApp>()
        where TApp : struct, IApp
        => Output.Capacity + HttpConnection.InputCapacity<TApp>() + HttpDate.Length;

    /// <summary>Serves the connection until it is to be closed, which the caller does.</summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>, whose signals are this process's own after fork(2).</param>
    /// <param name="memory"><see cref="MemorySize"/> bytes.</param>
    /// <param name="readTimeout">Seconds for a head, and for each further 16 KiB of a body; then 408.</param>
    /// <param name="idleTimeout">Seconds between two requests; then the connection is closed without a word.</param>
    /// <param name="stopping">Whether the server is ending: the first response is the last.</param>
    /// <returns>Whether a signal came that asks the server to end.</returns>
    public static bool Serve<TKernel, TApp>(int connection, int signals, byte* memory, int readTimeout, int idleTimeout, bool stopping)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        byte* input = memory + Output.Capacity;
        int capacity = HttpConnection.InputCapacity<TApp>();
        var output = new Output(memory, input + capacity);
        HttpConnection http = default;
        if (stopping)
        {
            http.Stop();
        }

        int length = 0; // bytes of input that are not consumed
        long deadline = 0; // for what is under way of a request; 0 between two of them
        int timeout = readTimeout * 1000; // for the first byte of the first one
        int piece = 0; // bytes of the body since the deadline was set
        long dateIsOf = 0;
        while (true)
        {
            if (deadline != 0)
            {
                long remaining = deadline - Clock.Milliseconds<TKernel>();
                timeout = remaining > 0 ? (int)remaining : 0;
            }

            Event next = Wait<TKernel>(connection, signals, timeout);
            if (next == Event.Signal)
            {
                http.Stop();
                stopping = true;
                if (deadline != 0)
                {
                    continue; // the request that is under way is answered
                }

                // So is one that was sent before the signal came.
                next = Wait<TKernel>(connection, -1, 0);
            }

            nint count = 0;
            if (next == Event.Readable)
            {
                count = Connection.Read<TKernel>(connection, input + length, capacity - length);
                if (count < 0)
                {
                    return stopping; // the client is gone
                }
            }

            if (count == 0 && deadline == 0)
            {
                return stopping; // between two requests the client has ended its side, or was silent for too long
            }

            // It costs a call, and is good for the responses to all that was read.
            if (TApp.SendsDate)
            {
                long now = Clock.UnixSeconds<TKernel>();
                if (now != dateIsOf)
                {
                    dateIsOf = now;
                    HttpDate.Write(output.Date, now);
                }
            }

            if (count == 0)
            {
                http.Fail<TApp>(next == Event.Readable ? FixedResponse.BadRequest : FixedResponse.RequestTimeout, &output);
            }

            uint responses = http.Responses;
            bool inBody = http.IsInBody;
            int consumed = 0;
            bool again;
            length += (int)count;
            do
            {
                consumed += http.Receive<TApp>(input + consumed, length - consumed, &output);
                again = !output.HasRoom;
                if (!Write<TKernel>(connection, &output))
                {
                    return stopping;
                }
            }
            while (again && !http.IsClosed);

            if (http.IsClosed)
            {
                Linger<TKernel>(connection, input, capacity);
                return stopping;
            }

            // What is left is the beginning of a request.
            length -= consumed;
            Buffer.MemoryCopy(input + consumed, input, length, length);
            bool answered = http.Responses != responses;
            piece += (int)count;
            if (length == 0 && !http.IsInBody) // also behind nothing but empty lines
            {
                deadline = 0;
                timeout = idleTimeout * 1000;
            }
            else if (deadline == 0 || answered || http.IsInBody != inBody || (inBody && piece >= BodyPiece))
            {
                deadline = Clock.Milliseconds<TKernel>() + readTimeout * 1000L;
                piece = 0;
            }
        }
    }

    /// <summary>What a wait has ended with.</summary>
    private enum Event
    {
        /// <summary>The time is over, or there is no waiting for this descriptor.</summary>
        Timeout,

        /// <summary>The client has sent something, ended its side, or is gone.</summary>
        Readable,

        /// <summary>SIGTERM or SIGINT.</summary>
        Signal,
    }

    /// <summary>Waits for the client or a signal.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="signals">The descriptor of the signals; -1 for the client only.</param>
    /// <param name="timeout">Milliseconds.</param>
    private static Event Wait<TKernel>(int connection, int signals, int timeout)
        where TKernel : struct, IKernel
    {
        PollSet ready;
        ready.Connection.fd = connection;
        ready.Connection.events = Linux.POLLIN;
        ready.Signals.fd = signals;
        ready.Signals.events = Linux.POLLIN;
        while (true)
        {
            ready.Connection.revents = 0;
            ready.Signals.revents = 0;
            nint result = TKernel.poll(&ready.Connection, 2, timeout);
            if (ready.Signals.revents != 0)
            {
                signalfd_siginfo signal;
                _ = TKernel.read(signals, &signal, (nuint)sizeof(signalfd_siginfo));
                if (signal.ssi_signo is Linux.SIGTERM or Linux.SIGINT)
                {
                    return Event.Signal;
                }

                result = -Errno.EINTR; // what is no concern of a child's
            }

            if (result != -Errno.EINTR)
            {
                break;
            }
        }

        return ready.Connection.revents != 0 ? Event.Readable : Event.Timeout;
    }

    /// <summary>The array that poll takes.</summary>
    private struct PollSet
    {
        internal pollfd Connection;
        internal pollfd Signals;
    }

    /// <summary>Writes all of the output, however little the kernel takes at a time, and empties it.</summary>
    /// <returns>False where the client is gone, or took nothing for as long as the listener's write timeout.</returns>
    private static bool Write<TKernel>(int connection, Output* output)
        where TKernel : struct, IKernel
    {
        byte* bytes = output->Buffer;
        int length = output->Length;
        byte* body = output->Body;
        int bodyLength = output->BodyLength;
        output->Clear();
        while (length > 0 && bodyLength > 0)
        {
            WriteSet set;
            set.Bytes.iov_base = bytes;
            set.Bytes.iov_len = (nuint)length;
            set.Body.iov_base = body;
            set.Body.iov_len = (nuint)bodyLength;
            nint count = TKernel.writev(connection, &set.Bytes, 2);
            if (count > length)
            {
                body += count - length;
                bodyLength -= (int)count - length;
                length = 0;
            }
            else if (count > 0)
            {
                bytes += count;
                length -= (int)count;
            }
            else if (count != -Errno.EINTR)
            {
                return false;
            }
        }

        return Connection.Write<TKernel>(connection, bytes, length) && Connection.Write<TKernel>(connection, body, bodyLength);
    }

    /// <summary>The array that writev takes.</summary>
    private struct WriteSet
    {
        internal iovec Bytes;
        internal iovec Body;
    }

    /// <summary>
    /// Ends the server's side and takes in what the client still sends until it ends its own: to close a socket that holds unread bytes
    /// resets the connection, and the client may lose the response that is on its way to it (RFC 9112, section 9.6).
    /// </summary>
    private static void Linger<TKernel>(int connection, byte* buffer, int capacity)
        where TKernel : struct, IKernel
    {
        if (TKernel.shutdown(connection, Linux.SHUT_WR) < 0)
        {
            return;
        }

        long deadline = Clock.Milliseconds<TKernel>() + LongestLinger;
        long remaining = LongestLinger;
        while (remaining > 0
            && Wait<TKernel>(connection, -1, (int)remaining) == Event.Readable
            && Connection.Read<TKernel>(connection, buffer, capacity) > 0)
        {
            remaining = deadline - Clock.Milliseconds<TKernel>();
        }
    }
}
