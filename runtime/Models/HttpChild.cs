using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Transport;

namespace SyscallServer.Internal.Models;

/// <summary>
/// A process that serves one HTTP connection on a blocking socket, from the first request to the lingering close: waits, reads, has
/// <see cref="HttpConnection"/> answer, writes. A request costs poll, read and write, and a look at the clock for its date.
/// </summary>
/// <remarks>
/// Under the JIT this code runs in a forked child, where nothing may be compiled any more: it uses pointers, and calls
/// nothing of the class library.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class HttpChild
{
    /// <summary>
    /// How long, in milliseconds, a client is listened to after the last response. It has had all of it when it ends its side; one that does not is left.
    /// </summary>
    private const int LongestLinger = 2000;

    /// <summary>
    /// How long, in milliseconds, a client has for the first byte of a request where the server is ending: long enough for one that is on its way, and others that wait
    /// in the backlog are to have their turn within the grace period.
    /// </summary>
    private const int LastChance = 1000;

    /// <summary>
    /// How long, in milliseconds, an idle client keeps its process for itself where others wait for it (<see cref="IServer.ServesInTurn"/>): who goes through a page has asked again by
    /// then. So long no clock is asked either.
    /// </summary>
    private const int Grace = 1000;

    /// <summary>How deep the stack of a freestanding server grows that serves with this: see <see cref="ForkParent.StackSize"/>.</summary>
    public const int StackSize = 2048;

    /// <summary>Where the connection stands. It begins the memory of the process, so that one register and one byte reach all of it.</summary>
    private struct State
    {
        internal Output Output;

        /// <summary>The array that poll takes.</summary>
        internal PollEntry Connection;
        internal PollEntry Signals;

        /// <summary>What is ready while others wait to be served; only with <see cref="IServer.ServesInTurn"/>.</summary>
        internal PollEntry Others;

        /// <summary>When the wait for the client is over, in milliseconds; 0 where no clock was asked when it began, and the timeout counts.</summary>
        internal long Deadline;

        /// <summary>The second that the date is of.</summary>
        internal long Second;

        /// <summary>Milliseconds that may be waited where there is no deadline.</summary>
        internal int Timeout;

        /// <summary>Bytes of input that are not consumed.</summary>
        internal int Length;

        internal HttpConnection Http;

        /// <summary>Whether nothing of a request has come.</summary>
        internal readonly bool IsIdle => Length == 0 && !Http.IsInBody;

        /// <summary>Milliseconds that may still be waited.</summary>
        internal readonly int TimeLeft<TKernel>()
            where TKernel : struct, IKernel
        {
            if (Deadline == 0)
            {
                return Timeout;
            }

            int left = (int)(Deadline - Clock.Milliseconds<TKernel>());
            return left < 0 ? 0 : left;
        }
    }

    /// <summary>A struct pollfd. What has come is in the upper half of its events, so the two are set with one instruction.</summary>
    private struct PollEntry
    {
        internal int Descriptor;
        internal int Events;
    }

    /// <summary>How many bytes of memory <see cref="Serve"/> needs: its state, an output, an input with the rest of a block, the date, and what some apps have besides.</summary>
    public static int MemorySize<TApp>()
        where TApp : struct, IApp
        => Layout.Process(TApp.LongestResponse, TApp.MaxTargetBytes, TApp.MaxHeaderBytes, TApp.HasFieldSets, Output.HasRanges<TApp>(), TApp.HasActions, TApp.KeepsClient, TApp.ExchangeSize, TApp.ObserverSize + TApp.ObservedClientSize);

    /// <summary>Where the memory of what observes lies, and behind it that of the client: behind the exchange; at a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ObserverOffset<TApp>()
        where TApp : struct, IApp
        => Layout.Round(Layout.EndOfExchange(ExchangeOffset<TApp>(), TApp.HasActions, TApp.KeepsClient, TApp.ExchangeSize));

    /// <summary>Where the exchange lies, behind all else; at a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ExchangeOffset<TApp>()
        where TApp : struct, IApp
        => Layout.ExchangeOffset(TApp.LongestResponse, HttpConnection.InputCapacity<TApp>(), Output.DateSize<TApp>(), TApp.HasActions);

    /// <summary>Says who the next client is; only with <see cref="IApp.IsObserved"/>. It is no parameter of <see cref="Serve"/>, which would be code where nothing observes.</summary>
    /// <param name="memory">That of <see cref="Serve"/>.</param>
    /// <param name="client">The client of the connection; null where it is not to be observed.</param>
    public static void SetClient<TApp>(byte* memory, ClientAddress* client)
        where TApp : struct, IApp
        => *(ClientAddress**)(memory + ObserverOffset<TApp>()) = client;

    /// <summary>Serves the connection until it is to be closed, which the caller does.</summary>
    /// <param name="connection">The descriptor.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>, whose signals are this process's own after fork(2).</param>
    /// <param name="memory"><see cref="MemorySize"/> bytes.</param>
    /// <param name="ending">Whether the server is ending: the first response is the last.</param>
    /// <param name="others">With <see cref="IServer.ServesInTurn"/>: a descriptor that can be read from while others wait to be served.</param>
    /// <returns>Whether the server is ending now: a signal may have come that asks it to.</returns>
    public static Ending Serve<TKernel, TApp, TServer>(int connection, int signals, byte* memory, Ending ending, int others = -1)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        State* child = Begin<TApp, TServer>(connection, signals, memory, ending, others);
        byte* input = memory + Layout.ChildState + Output.CapacityOf<TApp>();
        int capacity = HttpConnection.InputCapacity<TApp>();
        int flags = Linux.MSG_DONTWAIT; // the first request has mostly come by now, and is read without a look whether it has
        while (true)
        {
            Event next = flags != 0 ? Event.Readable
                : TServer.ServesInTurn && child->IsIdle && !child->Http.IsStopping ? WaitInTurn<TKernel, TServer>(child) : Wait<TKernel, TServer>(child, 2);
            if (next == Event.Signal)
            {
                Stop(child);
                continue;
            }

            if (TServer.HasDrainDelay && next == Event.Drain)
            {
                child->Http.Drain(); // its time goes on to run
                continue;
            }

            int count = 0;
            if (next == Event.Readable)
            {
                count = Receive<TKernel, TApp>(child, input, flags);
                flags = 0;
                if (count == -Errno.EINTR)
                {
                    continue;
                }

                if (count < 0)
                {
                    break; // the client is gone
                }
            }

            if (TApp.IsCounted && next == Event.Timeout)
            {
                TApp.Count(child->IsIdle && child->Http.Responses != 0 ? Counted.IdleTimeouts : Counted.ReadTimeouts, 1);
            }

            if (count == 0 && child->IsIdle)
            {
                break; // between two requests the client has ended its side, or was silent for too long
            }

            UpdateDate<TKernel, TApp>(child);
            if (count == 0)
            {
                child->Http.Fail<TApp>(next == Event.Readable ? FixedResponse.BadRequest : FixedResponse.RequestTimeout, &child->Output);
            }

            uint progress = child->Http.Progress;
            if (!Answer<TKernel, TApp>(child, connection, input, child->Length + count, signals))
            {
                break;
            }

            if (child->Http.IsClosed)
            {
                Linger<TKernel, TApp, TServer>(child, input, capacity);
                break;
            }

            SetDeadline<TKernel, TServer>(child, child->Http.PatienceAfter(progress, count, child->Length));
        }

        End<TKernel, TApp>(child);
        return child->Http.Ending;
    }

    /// <summary>Divides the memory, and waits for the first byte of the first request.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static State* Begin<TApp, TServer>(int connection, int signals, byte* memory, Ending ending, int others)
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        State* child = (State*)memory;
        byte* buffer = memory + Layout.ChildState;
        *child = default;
        child->Connection.Descriptor = connection;
        child->Signals.Descriptor = signals;
        if (TServer.ServesInTurn)
        {
            child->Others.Descriptor = others;
        }

        child->Timeout = TServer.ReadTimeout * 1000;
        child->Output.Buffer = buffer;
        child->Output.Date = buffer + Output.CapacityOf<TApp>() + HttpConnection.InputCapacity<TApp>() + Output.BlockSize;
        if (TApp.HasActions)
        {
            Exchange* exchange = (Exchange*)(memory + ExchangeOffset<TApp>());
            Exchange.Begin<TApp>(exchange);
            exchange->Memory = (byte*)exchange + Exchange.Size<TApp>();
            child->Output.Exchange = exchange;
            child->Output.Descriptor = connection;
        }

        if (Output.HasRanges<TApp>())
        {
            child->Output.Ranges->HasLaterParts = false;
        }

        if (TApp.IsObserved)
        {
            BeginObserver<TApp>(&child->Output, memory + ObserverOffset<TApp>());
        }

        TApp.CountedConnectionBegan();
        if (TServer.HasEndpointRoles)
        {
            child->Http.Begin<TApp>();
        }

        if (TServer.HasDrainDelay && ending == Ending.Draining)
        {
            child->Http.Drain();
        }
        else if (ending != Ending.None)
        {
            child->Timeout = LastChance;
            child->Http.Stop();
        }

        return child;
    }

    /// <summary>The server is to end: the request that is under way is answered, and so is one that is on its way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stop(State* child)
    {
        child->Http.Stop();
        if (child->IsIdle)
        {
            child->Deadline = 0;
            child->Timeout = LastChance;
        }
    }

    /// <summary>Reads what has come, behind what is there of the input.</summary>
    /// <returns>The number of bytes; 0 where the client has ended its side; a negative errno, which is EINTR where it is to be waited for more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Receive<TKernel, TApp>(State* child, byte* input, int flags)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        int count = (int)TKernel.recvfrom(child->Connection.Descriptor, input + child->Length, (nuint)HttpConnection.ReceiveSize<TApp>(TApp.ExchangeSize > 0 ? child->Output.Exchange : null, child->Length), flags, null, null);
        if (count == -Errno.EAGAIN && flags != 0)
        {
            return -Errno.EINTR;
        }

        if (TApp.IsCounted && count > 0)
        {
            TApp.Count(Counted.BytesReceived, count);
        }

        return count;
    }

    /// <summary>Brings the date up to date. It costs a call, and is good for the responses to all that was read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UpdateDate<TKernel, TApp>(State* child)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        if (Output.KeepsDate<TApp>())
        {
            long now = Clock.UnixSeconds<TKernel>();
            if (now != child->Second)
            {
                child->Second = now;
                Output.WriteDate<TApp>(&child->Output, now);
            }
        }
    }

    /// <summary>Answers what was received, as often as the output is full, and keeps what is left: the beginning of a request.</summary>
    /// <returns>Whether the client took all of it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Answer<TKernel, TApp>(State* child, int connection, byte* input, int length, int signals)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        byte* position = input;
        bool written;
        int consumed;
        do
        {
            consumed = child->Http.Receive<TApp>(position, length, &child->Output);
            position += consumed;
            length -= consumed;
            written = PendingWrite.SendAll<TKernel, TApp>(&child->Output, connection);
            if (TApp.IsObserved)
            {
                TApp.BatchEnded<TKernel>(&child->Output, signals, child->Http.IsStopping);
            }

            TApp.CountedBatchEnded();
        }
        while (written && consumed != 0 && length != 0); // what had no room may have it now

        child->Length = length;
        if (written && !child->Http.IsClosed)
        {
            Output.Copy(input, position, length);
        }

        return written;
    }

    /// <summary>When the wait for what comes next is over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetDeadline<TKernel, TServer>(State* child, Patience patience)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (patience == Patience.NextRequest)
        {
            child->Deadline = 0;
            child->Timeout = child->Http.IsStopping ? LastChance : TServer.IdleTimeout * 1000;
        }
        else if (patience == Patience.RestOfRequest)
        {
            child->Deadline = Clock.Milliseconds<TKernel>() + TServer.ReadTimeout * 1000;
        }
        else if (child->Deadline == 0)
        {
            child->Deadline = Clock.Milliseconds<TKernel>() + child->Timeout; // empty lines: from the first of them on they move nothing
        }
    }

    /// <summary>Gives back what a request has that does not come to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TKernel, TApp>(State* child)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        if (TApp.HasActions)
        {
            child->Http.Abort<TApp>(&child->Output);
        }

        if (TApp.SendsFiles)
        {
            ExchangeFile.Close<TKernel>(child->Output.Exchange);
        }

        TApp.ObserverEnded<TKernel>(&child->Output);
    }

    /// <summary>Prepares what observes for the client that <see cref="SetClient"/> has named, if any.</summary>
    private static void BeginObserver<TApp>(Output* output, byte* observer)
        where TApp : struct, IApp
    {
        output->Observer = null;
        ClientAddress* address = *(ClientAddress**)observer;
        if (address != null)
        {
            TApp.ObserverBegan(observer);
            byte* client = observer + TApp.ObserverSize;
            TApp.ClientCame(client, address);
            output->Observer = observer;
            TApp.TurnBegan(output, client, kept: null);
        }
    }

    /// <summary>What a wait has ended with.</summary>
    private enum Event
    {
        /// <summary>The time is over, or there is no waiting for this descriptor.</summary>
        Timeout,

        /// <summary>The client has sent something, ended its side, or is gone.</summary>
        Readable,

        /// <summary>SIGTERM or SIGINT; with <see cref="IServer.HasDrainDelay"/> SIGALRM.</summary>
        Signal,

        /// <summary>SIGTERM or SIGINT with <see cref="IServer.HasDrainDelay"/>.</summary>
        Drain,

        /// <summary>Others wait to be served.</summary>
        Others,

        /// <summary>Nothing of that: a signal that is no concern of this process.</summary>
        Interrupted,
    }

    /// <summary>Waits for the client or a signal, until the deadline, or where there is none, for the timeout.</summary>
    /// <param name="child">The instance.</param>
    /// <param name="descriptors">1 for the client only, 2 for signals too.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Event Wait<TKernel, TServer>(State* child, nuint descriptors)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Event next;
        do
        {
            next = Poll<TKernel, TServer>(child, descriptors, child->TimeLeft<TKernel>());
        }
        while (next == Event.Interrupted);
        return next;
    }

    /// <summary>
    /// Waits for a request or a signal in a process that others may wait for: after <see cref="Grace"/> the wait is over as soon as they do. A client must reckon with the end of an idle
    /// connection at any time (RFC 9112, section 9.5), but not with a server that serves nobody because all of its processes wait for clients that ask nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Event WaitInTurn<TKernel, TServer>(State* child)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        while (true)
        {
            int left = child->TimeLeft<TKernel>();
            int grace = left - (child->Timeout - Grace);
            Event next;
            if (grace > 0)
            {
                next = Poll<TKernel, TServer>(child, 2, grace < left ? grace : left);
                if (next == Event.Timeout && child->Deadline == 0)
                {
                    child->Deadline = Clock.Milliseconds<TKernel>() + child->Timeout - Grace;
                }

                next = next == Event.Timeout && grace < left ? Event.Interrupted : next;
            }
            else
            {
                next = Poll<TKernel, TServer>(child, 3, left);
                if (next == Event.Others)
                {
                    // A process that is free takes them meanwhile; and of those that are not, the one whose client has been idle for the longest gives way first, alone if it can be: so
                    // the pause is 10 ms, up to 128 ms more by what is left of the timeout, and up to 120 ms more by chance, which here are the last digits of that.
                    left = child->TimeLeft<TKernel>();
                    int pause = 10 + (int)(128L * left / child->Timeout) + (left & 15) * 8;
                    next = Poll<TKernel, TServer>(child, 2, pause < left ? pause : left);
                    if (next == Event.Timeout)
                    {
                        next = Poll<TKernel, TServer>(child, 3, 0);
                        next = next == Event.Timeout ? Event.Interrupted : next;
                    }
                }
            }

            if (next != Event.Interrupted)
            {
                return next;
            }
        }
    }

    /// <summary>One call of poll(2).</summary>
    /// <param name="child">The instance.</param>
    /// <param name="descriptors">1 for the client only, 2 for signals too, 3 also for others that wait.</param>
    /// <param name="timeout">Milliseconds.</param>
    private static Event Poll<TKernel, TServer>(State* child, nuint descriptors, int timeout)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        child->Connection.Events = Linux.POLLIN; // and no revents
        child->Signals.Events = Linux.POLLIN;
        if (TServer.ServesInTurn)
        {
            child->Others.Events = Linux.POLLIN;
        }

        int result = (int)TKernel.poll((pollfd*)&child->Connection, descriptors, timeout);
        if (child->Signals.Events != Linux.POLLIN)
        {
            // All was written when it is waited, so there is room in the output.
            signalfd_siginfo* signal = (signalfd_siginfo*)child->Output.Buffer;
            _ = TKernel.read(child->Signals.Descriptor, signal, (nuint)sizeof(signalfd_siginfo));
            if (TServer.HasDrainDelay)
            {
                return signal->ssi_signo is Linux.SIGTERM or Linux.SIGINT ? Event.Drain : signal->ssi_signo == Linux.SIGALRM ? Event.Signal : Event.Interrupted;
            }

            return signal->ssi_signo is Linux.SIGTERM or Linux.SIGINT ? Event.Signal : Event.Interrupted;
        }

        return result == -Errno.EINTR ? Event.Interrupted
            : child->Connection.Events != Linux.POLLIN ? Event.Readable
            : TServer.ServesInTurn && child->Others.Events != Linux.POLLIN ? Event.Others
            : Event.Timeout;
    }

    /// <summary>
    /// Ends the server's side and takes in what the client still sends until it ends its own: to close a socket that holds unread bytes
    /// resets the connection, and the client may lose the response that is on its way to it (RFC 9112, section 9.6). Where the client has said that it sends no more, there are none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Linger<TKernel, TApp, TServer>(State* child, byte* buffer, int capacity)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        if (child->Http.IsOver || TKernel.shutdown(child->Connection.Descriptor, Linux.SHUT_WR) < 0)
        {
            return;
        }

        child->Deadline = Clock.Milliseconds<TKernel>() + LongestLinger;
        nint count;
        do
        {
            if (Wait<TKernel, TServer>(child, 1) != Event.Readable)
            {
                return;
            }

            count = TKernel.read(child->Connection.Descriptor, buffer, (nuint)capacity);
            if (TApp.IsCounted && count > 0)
            {
                TApp.Count(Counted.BytesReceived, count);
            }
        }
        while ((count > 0 || count == -Errno.EINTR) && Clock.Milliseconds<TKernel>() < child->Deadline);
    }
}
