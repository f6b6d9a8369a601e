using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Transport;

namespace SyscallServer.Internal.Models;

/// <summary>Begins an event loop.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventLoop
{
    /// <summary>Serves until a signal ends it.</summary>
    /// <param name="endpoints">From <see cref="Supervisor{TServer}.Run"/>: the sockets that this process accepts from. They are closed here.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="workers">How many loops share the server's connections: each may have its part of <see cref="IServer.MaxConnections"/>.</param>
    /// <param name="isAlone">
    /// Whether there is no supervisor: then the second signal ends it at once. A worker may get the same wish twice, from a terminal
    /// and from its supervisor, which ends what takes too long by itself.
    /// </param>
    /// <returns>The exit code: 0, or 1 where it could not go on.</returns>
    public static unsafe int Run<TKernel, TApp, TServer>(Endpoints* endpoints, int signals, int workers, bool isAlone)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        EventLoop<TKernel, TApp, TServer> loop = default;
        int exitCode = loop.Open(endpoints, signals, workers, isAlone) ? loop.Run() : 1;
        if (isAlone)
        {
            Endpoints.RemoveFiles<TKernel>(endpoints); // where it could not go on; else they are gone by now
        }

        return exitCode;
    }
}

/// <summary>
/// A worker of <see cref="Concurrency.EventLoop"/>: one process that serves thousands of connections, none of which it waits for
/// alone. A request costs one wake-up (which others share), one read and one write. This file has the loop, the time, the
/// signals and the accepting; EventLoop.Client.cs has what is done for one connection.
/// </summary>
/// <remarks>
/// <para>
/// The loop is level-triggered: it reads once for each event, and what is left is the next event's. A timer of the kernel wakes it
/// once a second while there are connections; the date of responses and all timeouts go by it, so a request asks no clock.
/// </para>
/// <para>
/// All memory is asked for at the start; the kernel gives each page when it is first written to.
/// </para>
/// </remarks>
/// <typeparam name="TKernel">The system calls.</typeparam>
/// <typeparam name="TApp">The responses.</typeparam>
/// <typeparam name="TServer">The limits.</typeparam>
internal unsafe partial struct EventLoop<TKernel, TApp, TServer>
    where TKernel : struct, IKernel
    where TApp : struct, IApp
    where TServer : struct, IServer
{
    /// <summary>How many events are taken at a time, and connections accepted.</summary>
    private const int Batch = 64;

    /// <summary>How long, in seconds, a client is listened to after the last response: up to one more, by the timer's ticks.</summary>
    private const int LongestLinger = 1;

    /// <summary>
    /// How many buffers at most the connections have together: only those in the middle of a request, or slow to take a response, have
    /// one. Where they are used up, the next one gets 503.
    /// </summary>
    private const int MaxBuffers = 4096;

    // What an event belongs to, where it is not a connection, whose events have its place. Those of the listeners come in their order.
    private const ulong ListenerEvent = ulong.MaxValue - (Endpoints.Max - 1);
    private const ulong SignalEvent = ListenerEvent - 1;
    private const ulong TimerEvent = ListenerEvent - 2;

    private Endpoints* _endpoints;
    private int _signals;
    private bool _isAlone;
    private int _epoll;
    private int _timer;

    private ClientConnection* _connections;
    private int _maxConnections;
    private int _count;

    /// <summary>How many places were ever used; those behind have never been written to.</summary>
    private int _used;

    /// <summary>The first of the places that are free again.</summary>
    private int _free;
    private BufferPool _buffers;

    // One list for each kind of Waiting.
    private TimeoutList _idle;
    private TimeoutList _reading;
    private TimeoutList _writing;
    private TimeoutList _lingering;

    /// <summary>Where everything is received; what is left of it moves to a buffer of the connection's own.</summary>
    private byte* _input;
    private Output _output;

    /// <summary>For each connection what is known of its request while an action answers it.</summary>
    private byte* _exchanges;

    /// <summary>What actions keep of requests until their bodies are complete: see <see cref="Exchange.Memory"/>.</summary>
    private BufferPool _requests;

    /// <summary>For each connection what an observer knows of its client; null where nothing observes.</summary>
    private byte* _clients;

    /// <summary>How often the timer has ticked: the seconds of all timeouts.</summary>
    private uint _now;

    private bool _timerIsSet;
    private bool _isAccepting;
    private Shortage _shortage;
    private bool _isStopping;
    private bool _hasEnded;

    /// <summary>Whether the delay before the end has begun; only with <see cref="IServer.HasDrainDelay"/>.</summary>
    private bool _isDraining;

    /// <summary>Ticks until the grace period is over.</summary>
    private int _graceLeft;
    private int _exitCode;

    /// <summary>Serves until a signal ends it.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        EventBatch batch;
        epoll_event* events = &batch.First;
        while (!_hasEnded && (!_isStopping || _count > 0))
        {
            int count = (int)TKernel.epoll_wait(_epoll, events, Batch, -1);
            if (count < 0 && count != -Errno.EINTR)
            {
                Abandon("epoll_wait: !"u8, count);
                break;
            }

            if (_isStopping)
            {
                WriteDate(); // the ticks count from the signal on
            }

            ServeBatch(events, count);
            EndBatch();
        }

        if (TApp.IsObserved)
        {
            TellEnd();
        }

        TApp.ObserverEnded<TKernel>(OutputPointer);
        return _exitCode;
    }

    /// <summary>Tells what observes of the responses that are under way: with this process, what the kernel did not take is gone.</summary>
    private void TellEnd()
    {
        bool isTold = false;
        for (int index = 0; index < _used; index++)
        {
            if (_connections[index].Descriptor >= 0 && _connections[index].ResponsesBuffer != BufferPool.None)
            {
                TellKeptSent(index, isOver: true);
                isTold = true;
            }
        }

        if (isTold)
        {
            TApp.BatchEnded<TKernel>(OutputPointer, _signals, _isStopping);
        }
    }

    /// <summary>Does what the events of one wait ask for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ServeBatch(epoll_event* events, int count)
    {
        // Before those are served that are in the same batch: to them it is now, however long this process has had to wait for a CPU.
        int ticks = -1;
        for (int i = 0; i < count; i++)
        {
            if (events[i].data == TimerEvent)
            {
                ticks = ReadTimer();
            }
        }

        bool signal = false;
        uint accept = 0; // a bit for each listener
        for (int i = 0; i < count; i++)
        {
            ulong data = events[i].data;
            if (data < TimerEvent)
            {
                // Where an earlier event of this batch has closed it, there is nothing to be served.
                if (_connections[data].Descriptor >= 0)
                {
                    Serve((int)data);
                }
            }
            else
            {
                signal |= data == SignalEvent;
                accept |= data >= ListenerEvent ? 1u << (int)(data - ListenerEvent) : 0;
            }
        }

        // Behind those that are there already: what has come from a client came in time, also where this process had to wait for a CPU.
        if (ticks >= 0)
        {
            Tick(ticks);
        }

        if (signal)
        {
            ReadSignal(); // behind the ticks: it sets the timer anew
        }

        for (int i = 0; i < _endpoints->Count && !_isStopping && !_hasEnded; i++)
        {
            if ((accept & 1u << i) != 0)
            {
                BeginAccepting(i);
                Accept(_endpoints->First[i].Descriptor, Batch);
            }
        }
    }

    /// <summary>The array that epoll_wait fills.</summary>
    [InlineArray(Batch)]
    private struct EventBatch
    {
        internal epoll_event First;
    }

    // ---- start and end ----

    /// <summary>Asks for all that the loop will need; see <see cref="EventLoop.Run"/>. It lies on the stack, where nothing moves it.</summary>
    /// <returns>Whether it is there; otherwise the message is written.</returns>
    internal bool Open(Endpoints* endpoints, int signals, int workers, bool isAlone)
    {
        _endpoints = endpoints;
        _signals = signals;
        _isAlone = isAlone;
        _maxConnections = (TServer.MaxConnections + workers - 1) / workers;
        _free = TimeoutList.None;
        _idle = _reading = _writing = _lingering = new TimeoutList(TimeoutList.None);
        DescriptorLimit.Raise<TKernel>(); // each connection is one

        if (!MapMemory(TApp.IsObserved && endpoints->Options.IsObserved))
        {
            return false;
        }

        _epoll = (int)TKernel.epoll_create1(0);
        if (_epoll < 0)
        {
            return Refuse("epoll_create1: !"u8, _epoll);
        }

        _timer = (int)TKernel.timerfd_create(Linux.CLOCK_REALTIME, Linux.TFD_NONBLOCK);
        if (_timer < 0)
        {
            return Refuse("timerfd_create: !"u8, _timer);
        }

        int result = Watch(Linux.EPOLL_CTL_ADD, _signals, Linux.EPOLLIN, SignalEvent);
        result = result < 0 ? result : Watch(Linux.EPOLL_CTL_ADD, _timer, Linux.EPOLLIN, TimerEvent);
        result = result < 0 ? result : WatchListeners();
        if (result < 0)
        {
            return Refuse("epoll_ctl: !"u8, result);
        }

        _isAccepting = true;
        return true;
    }

    /// <summary>
    /// Asks for all memory at once. First comes what only the loop writes to, then what clients fill: the buffers, what actions keep of requests, what is received, what is sent, and what an observer has. Each of these
    /// has an end that is looked at, and behind it a page that is not there.
    /// </summary>
    private bool MapMemory(bool isObserved)
    {
        // A buffer takes in a whole head, or what a client does not take of an output. A connection may need one for each: further requests that were read, behind a response that waits.
        int inputSize = HttpConnection.InputCapacity<TApp>();
        int outputSize = Output.CapacityOf<TApp>();
        int largest = inputSize > outputSize ? inputSize : outputSize;
        int bufferSize = (int)Pages.Round(TApp.KeptResponsesSize > largest ? TApp.KeptResponsesSize : largest);
        int each = isObserved ? 4 : 2; // and one each for what an observer keeps of a request, and of responses
        int most = TApp.ExchangeSize > 0 && TApp.MaxRequestMemory / bufferSize < MaxBuffers ? TApp.MaxRequestMemory / bufferSize : MaxBuffers;
        most = most < each ? each : most; // one connection can always have what it needs
        int buffers = _maxConnections < most / each ? _maxConnections * each : most;
        int requestSize = (int)Pages.Round(TApp.ExchangeSize);
        int requests = 0;
        if (TApp.ExchangeSize > 0)
        {
            requests = TApp.MaxRequestMemory / requestSize;
            requests = requests < _maxConnections ? requests : _maxConnections;
        }

        int dateSize = Output.HasRanges<TApp>() ? 384 : 128; // see Output
        nint connections = (nint)_maxConnections * sizeof(ClientConnection);
        nint exchanges = TApp.HasActions ? (nint)_maxConnections * Exchange.Size<TApp>() : 0;
        nint clients = isObserved ? (nint)(_maxConnections + 1) * TApp.ObservedClientSize : 0; // one more for those that are turned away
        nint pool = Pages.Round(dateSize + connections + exchanges + clients);
        nint requestPool = pool + BufferPool.SizeOf(bufferSize, buffers) + Pages.Size;
        nint input = requestPool + (TApp.ExchangeSize > 0 ? BufferPool.SizeOf(requestSize, requests) + Pages.Size : 0);
        nint output = input + Pages.Round(inputSize) + Pages.Size;
        nint observer = output + Pages.Round(outputSize) + Pages.Size;
        nint size = isObserved ? observer + Pages.Round(TApp.ObserverSize) + Pages.Size : observer;

        nint result = TKernel.mmap(null, (nuint)size, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE, -1, 0);
        byte* memory = (byte*)result;
        if (!Pages.IsError(result))
        {
            // All bits of an error are set but the last ones, where an address has none: with however many others, it is what it was.
            result = GuardBefore(memory + input) | GuardBefore(memory + output) | GuardBefore(memory + observer);
            result |= TApp.ExchangeSize > 0 ? GuardBefore(memory + requestPool) : 0;
            result |= isObserved ? GuardBefore(memory + size) : 0;
        }

        if (Pages.IsError(result))
        {
            return Refuse("mmap: !"u8, (int)result);
        }

        _connections = (ClientConnection*)(memory + dateSize);
        _exchanges = memory + dateSize + connections;
        _buffers = new BufferPool(memory + pool, bufferSize, buffers);
        _requests = new BufferPool(memory + requestPool, requestSize, requests);

        // The last byte of the output is that before its page, and that of the input nearly.
        _input = memory + input + ((Pages.Round(inputSize) - inputSize) & -Output.BlockSize);
        _output = new Output(memory + observer - Pages.Size - outputSize, memory);
        if (isObserved)
        {
            TApp.ObserverBegan(memory + observer);
            OutputPointer->Observer = memory + observer;
            _clients = memory + dateSize + connections + exchanges;
        }

        return true;
    }

    /// <summary>
    /// Takes a page away, behind what clients fill: should anything ever be written there, the process ends, and nothing that lies behind it is what a client has made of it.
    /// </summary>
    /// <param name="next">What comes behind that page.</param>
    /// <returns>What mmap(2) does.</returns>
    private static nint GuardBefore(byte* next)
        => TKernel.mmap(next - Pages.Size, Pages.Size, Linux.PROT_NONE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE | Linux.MAP_FIXED, -1, 0);

    /// <summary>
    /// Waits for connections. A listener that other workers have, too, wakes one of them (EPOLLEXCLUSIVE). Where one cannot be watched, none is.
    /// </summary>
    private readonly int WatchListeners()
    {
        for (int i = 0; i < _endpoints->Count; i++)
        {
            Endpoint* endpoint = _endpoints->First + i;
            int result = Watch(Linux.EPOLL_CTL_ADD, endpoint->Descriptor, endpoint->IsShared ? Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE : Linux.EPOLLIN, ListenerEvent + (ulong)i);
            if (result < 0)
            {
                UnwatchListeners(i);
                return result;
            }
        }

        return 0;
    }

    /// <summary>Waits for connections no more, at the first so many listeners.</summary>
    private readonly void UnwatchListeners(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = Watch(Linux.EPOLL_CTL_DEL, _endpoints->First[i].Descriptor, 0, 0);
        }
    }

    private static bool Refuse(ReadOnlySpan<byte> message, int result)
    {
        Message.WriteLine<TKernel, TServer>(message, result);
        return false;
    }

    private void Abandon(ReadOnlySpan<byte> message, int result)
    {
        _ = Refuse(message, result);
        _exitCode = 1;
        _hasEnded = true;
    }

    private readonly int Watch(int operation, int descriptor, uint events, ulong data) => Epoll.Control<TKernel>(_epoll, operation, descriptor, events, data);

    // ---- time ----

    /// <summary>Learns how late it is: once a second, while there are connections.</summary>
    /// <returns>How many seconds have passed: 0 where somebody has set the clock, and it is not known; -1 where it was nothing.</returns>
    private int ReadTimer()
    {
        ulong ticks = 0;
        int result = (int)TKernel.read(_timer, &ticks, sizeof(ulong));
        if (result == -Errno.ECANCELED)
        {
            StartTimer(); // which the kernel has not forgotten, but it is late or early now
            return 0;
        }

        if (result <= 0)
        {
            return -1;
        }

        _now += (uint)ticks;
        WriteDate();
        return (int)ticks;
    }

    /// <summary>Looks whose time is over.</summary>
    private void Tick(int ticks)
    {
        if (_isStopping && ticks > 0)
        {
            CloseSilent();
            _graceLeft -= ticks;
            if (_graceLeft <= 0)
            {
                _hasEnded = true;
                return;
            }
        }

        if (TApp.IsObserved && EndsEarly)
        {
            StartTimer();
        }

        Expire(ref _idle, TServer.IdleTimeout);
        Expire(ref _reading, TServer.ReadTimeout);
        Expire(ref _writing, TServer.WriteTimeout);
        Expire(ref _lingering, LongestLinger);
        ResumeAccepting();
        if (_count == 0 && _isAccepting && !_isStopping)
        {
            StopTimer();
        }
    }

    /// <summary>
    /// Ends the connections of a list that have waited for longer than the timeout: none too early, and none more than a second too late. Before that it looks whether
    /// they wait in vain: where this process had no CPU for long, what has come meanwhile may be in a later batch than the tick.
    /// </summary>
    private void Expire(ref TimeoutList list, int timeout)
    {
        int index;
        while ((index = list.First) != TimeoutList.None && _now - _connections[index].Since > (uint)timeout)
        {
            Serve(index);
            if (list.First != index || _connections[index].Since == _now)
            {
                continue; // it has got on, or is closed
            }

            ClientConnection* connection = _connections + index;
            if (TApp.IsCounted && connection->Waiting != Waiting.Lingering)
            {
                TApp.Count(
                    connection->Waiting switch { Waiting.Idle => Counted.IdleTimeouts, Waiting.Reading => Counted.ReadTimeouts, _ => Counted.WriteTimeouts },
                    1);
            }

            if (connection->Waiting == Waiting.Reading && connection->IsInRequest)
            {
                Finish(index, FixedResponse.RequestTimeout);
            }
            else
            {
                Close(index);
            }
        }
    }

    /// <summary>Brings the date up to date.</summary>
    private timespec WriteDate()
    {
        timespec now = Clock.Now<TKernel>();
        if (Output.KeepsDate<TApp>())
        {
            Output.WriteDate<TApp>(OutputPointer, now.tv_sec);
            _output.DateChanged();
        }

        return now;
    }

    /// <summary>
    /// Has the timer tick every second: when a second begins, so that no date is of a second that is over, and those of several workers are the same. Where the server is ending, the
    /// first time a second from now, for that is what clients are given. The kernel says so where somebody sets the clock (TFD_TIMER_CANCEL_ON_SET).
    /// </summary>
    private void StartTimer()
    {
        itimerspec time;
        time.it_interval.tv_sec = 1;
        time.it_interval.tv_nsec = 0;
        time.it_value = WriteDate(); // which stood still
        time.it_value.tv_sec++;
        if (!_isStopping)
        {
            time.it_value.tv_nsec = 0;
        }
        else if (TApp.IsObserved && EndsEarly)
        {
            EndEarly(&time);
        }

        SetTimer(&time);
    }

    /// <summary>
    /// Whether the last second of the grace period is to be shorter. Where a supervisor kills what outlasts that, a worker ends a moment before: else what observes could not say what has become of the responses that
    /// are under way.
    /// </summary>
    private readonly bool EndsEarly => _graceLeft == 1 && !_isAlone && _clients != null;

    /// <summary>Has the timer tick a moment earlier.</summary>
    private static void EndEarly(itimerspec* time)
    {
        const int moment = 200_000_000; // nanoseconds
        time->it_value.tv_nsec -= moment;
        if (time->it_value.tv_nsec < 0)
        {
            time->it_value.tv_nsec += 1_000_000_000;
            time->it_value.tv_sec--;
        }
    }

    private void StopTimer()
    {
        itimerspec time = default;
        SetTimer(&time);
    }

    private void SetTimer(itimerspec* time)
    {
        _ = TKernel.timerfd_settime(_timer, Linux.TFD_TIMER_ABSTIME | Linux.TFD_TIMER_CANCEL_ON_SET, time, null); // whose arguments are right, and so it cannot fail
        _timerIsSet = time->it_value.tv_sec != 0;
    }

    private void WakeTimer()
    {
        if (!_timerIsSet)
        {
            StartTimer();
        }
    }

    // ---- signals ----

    private void ReadSignal()
    {
        uint signal = Signals.Read<TKernel>(_signals);
        if (TServer.HasDrainDelay && !_isStopping && IsOfDelay(signal))
        {
            return;
        }

        if (signal is not (Linux.SIGTERM or Linux.SIGINT))
        {
            return;
        }

        if (!_isStopping)
        {
            Stop();
        }
        else if (_isAlone)
        {
            _hasEnded = true;
        }
    }

    /// <summary>
    /// Obeys a signal where there is a delay before the end: the first one begins it, and SIGALRM ends it. So does the second one, but not in a worker, which may get the same wish twice: its supervisor sends SIGALRM, and
    /// should that be gone, this process's own alarm comes (<see cref="Supervisor.AlarmAfterDelay"/>).
    /// </summary>
    /// <returns>Whether that is all; otherwise the server stops now, if the signal asks for it.</returns>
    private bool IsOfDelay(uint signal)
    {
        if (signal == Linux.SIGALRM)
        {
            Stop();
            return true;
        }

        uint delay = _endpoints->Options.DrainDelay;
        if (signal is not (Linux.SIGTERM or Linux.SIGINT) || delay == 0)
        {
            return false;
        }

        if (_isDraining)
        {
            return !_isAlone;
        }

        _isDraining = true;
        for (int index = 0; index < _used; index++)
        {
            _connections[index].Http.Drain();
        }

        _ = TKernel.alarm(_isAlone ? delay : delay + Supervisor.AlarmAfterDelay);
        return true;
    }

    /// <summary>
    /// Ends the accepting, but not before all that the backlogs hold is accepted: to close a listener resets the connections in it. (Not of one that was
    /// passed: who holds it gives it to the next server.) Every connection gets the response to its current request, and to one that may be on its way: those that are still
    /// silent a second later are closed (<see cref="CloseSilent"/>).
    /// </summary>
    private void Stop()
    {
        _isStopping = true;
        if (_isAlone)
        {
            Endpoints.Stop<TKernel, TServer>(_endpoints);
        }

        _graceLeft = TServer.GracePeriod;
        if (_graceLeft == 0)
        {
            _hasEnded = true;
            return;
        }

        for (int index = 0; index < _used; index++)
        {
            _connections[index].Http.Stop();
        }

        // A socket that another process has, too, would stay in the set beyond its closing here.
        if (_isAccepting)
        {
            _isAccepting = false;
            UnwatchListeners(_endpoints->Count);
        }

        for (int i = 0; i < _endpoints->Count; i++)
        {
            int listener = _endpoints->First[i].Descriptor;
            if (!_endpoints->ArePassed && !_hasEnded)
            {
                BeginAccepting(i);
                Accept(listener, int.MaxValue);
            }

            _ = TKernel.close(listener);
        }

        StartTimer();
    }

    /// <summary>Closes the connections in which nothing of a request has come, also not since the last look.</summary>
    private void CloseSilent()
    {
        for (int index = 0; index < _used; index++)
        {
            if (IsSilent(index))
            {
                Serve(index);
                if (IsSilent(index))
                {
                    Close(index);
                }
            }
        }
    }

    /// <summary>Whether a connection waits for a request of which nothing has come.</summary>
    private readonly bool IsSilent(int index)
    {
        ClientConnection* connection = _connections + index;
        return connection->Descriptor >= 0 && connection->Waiting is Waiting.Idle or Waiting.Reading && !connection->IsInRequest;
    }

    // ---- accepting ----

    /// <summary>What is accepted now has come to this endpoint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void BeginAccepting(int endpoint)
    {
        if (TServer.HasEndpointRoles)
        {
            _endpoints->Current = endpoint;
        }
    }

    /// <summary>
    /// Accepts what waits. While the loop goes on, that ends with a connection of which nothing has come yet: it was mostly the last one, and an
    /// accept4(2) that finds nothing costs as much as one that does (the kernel makes the socket before it looks). If there are more, the listener says so.
    /// </summary>
    private void Accept(int listener, int most)
    {
        ClientAddress client;
        for (; most > 0; most--)
        {
            int descriptor = TApp.IsObserved ? ClientAddress.AcceptNonBlocking<TKernel>(&client, listener) : (int)TKernel.accept4(listener, null, null, Linux.SOCK_NONBLOCK);
            if (descriptor >= 0)
            {
                if (!Add(descriptor, &client) && !_isStopping)
                {
                    return;
                }
            }
            else if (descriptor == -Errno.EAGAIN)
            {
                return;
            }
            else if (AcceptErrors.IsFatal(descriptor))
            {
                Abandon("accept4: !"u8, descriptor);
                return;
            }
            else if (!AcceptErrors.IsTransient(descriptor) && !MakeRoom(descriptor))
            {
                return;
            }
        }
    }

    /// <summary>Takes in an accepted connection.</summary>
    /// <param name="descriptor">The connection.</param>
    /// <param name="client">Where it is from; only with <see cref="IApp.IsObserved"/>.</param>
    /// <returns>Whether something of a request has come already.</returns>
    private bool Add(int descriptor, ClientAddress* client)
    {
        WakeTimer();
        if (TServer.HasEndpointRoles)
        {
            TApp.Role = _endpoints->CurrentRole;
        }

        int index = TakePlace();
        if (index == TimeoutList.None)
        {
            TurnAway(descriptor, client);
            return true;
        }

        BeginCounting(index);
        ClientConnection* connection = _connections + index;
        *connection = default;
        connection->Descriptor = descriptor;
        connection->InputBuffer = BufferPool.None;
        connection->OutputBuffer = BufferPool.None;
        if (TApp.IsObserved)
        {
            connection->RequestBuffer = BufferPool.None;
            connection->ResponsesBuffer = BufferPool.None;
            if (_clients != null)
            {
                TApp.ClientCame(ClientAt(index), client);
            }
        }

        if (TServer.HasEndpointRoles)
        {
            connection->Role = TApp.Role;
            connection->Http.Begin<TApp>();
        }

        connection->Waiting = Waiting.Reading;
        connection->Since = _now;
        if (TApp.HasActions)
        {
            Exchange.Begin<TApp>(ExchangeOf(index));
        }

        if (_isStopping)
        {
            connection->Http.Stop();
        }
        else if (TServer.HasDrainDelay && _isDraining)
        {
            connection->Http.Drain();
        }

        _reading.Append(_connections, index);
        TApp.Count(Counted.Accepted, 1);

        // The request has mostly come by now, and often it is the only one: then there is nothing that this connection would be watched for.
        Serve(index);
        if (connection->Descriptor >= 0 && !connection->IsWatched)
        {
            bool hasCome = connection->Waiting != Waiting.Reading || connection->IsInRequest;
            WatchNew(index);
            return hasCome;
        }

        return true;
    }

    /// <summary>Has a connection that has come and stays wake the loop. Where that is not possible, it gets 503, or ends behind what it got.</summary>
    private void WatchNew(int index)
    {
        ClientConnection* connection = _connections + index;
        if (TryWatch(index, Linux.EPOLLIN))
        {
            return;
        }

        if (connection->Http.Responses == 0)
        {
            Finish(index, FixedResponse.ServiceUnavailable);
        }
        else if (connection->Waiting != Waiting.Lingering) // its time will end that
        {
            Close(index);
        }
    }

    /// <summary>What is counted now is of a connection of which nothing has come yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BeginCounting(int index)
    {
        TApp.CountedTurnBegan(index);
        TApp.CountedConnectionBegan();
    }

    /// <summary>
    /// A place for a connection. Where there are as many as there may be, one that was answered and only waits for a further request,
    /// or for its client to close, gives way: the one that has waited for longest.
    /// </summary>
    /// <returns><see cref="TimeoutList.None"/> where all are in the middle of something.</returns>
    private int TakePlace()
    {
        if (_count == _maxConnections && !CloseOldest())
        {
            return TimeoutList.None;
        }

        _count++;
        int index = _free;
        if (index == TimeoutList.None)
        {
            return _used++;
        }

        _free = _connections[index].Next;
        return index;
    }

    private void ReturnPlace(int index)
    {
        _connections[index].Descriptor = -1;
        _connections[index].Next = _free;
        _free = index;
        _count--;
    }

    /// <summary>Closes a connection that was answered, if there is one.</summary>
    private bool CloseOldest()
    {
        int oldest = _lingering.First != TimeoutList.None ? _lingering.First : _idle.First;
        if (oldest == TimeoutList.None)
        {
            return false;
        }

        Close(oldest);
        return true;
    }

    /// <summary>503 for a connection that there is no place for. What it has sent by now is read, so that closing does not reset it.</summary>
    private void TurnAway(int descriptor, ClientAddress* client)
    {
        BeginCounting(_maxConnections);
        TApp.Count(Counted.TurnedAway, 1);
        int count = ReceiveFrom(descriptor, _input, HttpConnection.InputCapacity<TApp>());
        HttpConnection http = default;
        Output* output = OutputPointer;
        if (TApp.IsObserved)
        {
            if (_clients != null)
            {
                TApp.ClientCame(ClientAt(_maxConnections), client);
                BeginTurn(_maxConnections);
                byte* end = _input + (count > 0 ? count : 0);
                int preamble = TApp.HasPreamble && count > 0 && (!TServer.HasEndpointRoles || (TApp.Role & EndpointRole.Preamble) != 0) ? TApp.ReadPreamble(output, _input, end) : 0;
                TApp.RequestBegan(output, _input + (preamble > 0 ? preamble : 0), end);
            }
        }

        http.Fail<TApp>(FixedResponse.ServiceUnavailable, output);
        PendingWrite pending;
        PendingWrite.Take(&pending, output);
        nint sent = PendingWrite.SendAtOnce<TKernel>(&pending, descriptor); // a socket that nothing was sent through yet takes that much: see Limits.TurnedAwayPageBytes
        PendingWrite.CountSent<TApp>(sent);
        if (TApp.IsObserved)
        {
            TApp.OutputSent(OutputPointer, sent < 0 ? 0 : sent, isOver: true);
        }

        _ = TKernel.close(descriptor);
    }

    /// <summary>
    /// Descriptors or memory are short. A connection that was answered gives way; where there is none, accepting rests until a connection
    /// ends or the timer ticks: the listener would go on to say that it is ready, and the loop would spin.
    /// </summary>
    /// <returns>Whether to try again at once.</returns>
    private bool MakeRoom(int result)
    {
        Shortage.Report<TKernel, TServer>((Shortage*)Unsafe.AsPointer(ref _shortage), "retrying accept4: !"u8, result);
        if (CloseOldest())
        {
            return true;
        }

        if (_isAccepting)
        {
            _isAccepting = false;
            UnwatchListeners(_endpoints->Count);
            WakeTimer();
        }

        return false;
    }

    private void ResumeAccepting()
    {
        if (!_isAccepting && !_isStopping)
        {
            _isAccepting = WatchListeners() >= 0;
        }
    }

    [UnscopedRef]
    private ref TimeoutList List(Waiting waiting)
    {
        switch (waiting)
        {
            case Waiting.Idle:
                return ref _idle;
            case Waiting.Reading:
                return ref _reading;
            case Waiting.Writing:
                return ref _writing;
            default:
                return ref _lingering;
        }
    }

    private readonly Exchange* ExchangeOf(int index) => (Exchange*)(_exchanges + (nint)index * Exchange.Size<TApp>());

    /// <summary>Has memory ready for a request whose body is to come, where there is any. It costs nothing until it is written to.</summary>
    private void TakeRequestMemory(int index)
    {
        Exchange* exchange = ExchangeOf(index);
        if (TApp.ExchangeSize > 0 && exchange->Memory == null)
        {
            int memory = _requests.Take();
            exchange->Memory = memory == BufferPool.None ? null : _requests.Address(memory);
        }
    }

    /// <summary>Gives it back, where no action waits for a body.</summary>
    private void ReturnRequestMemory(int index)
    {
        Exchange* exchange = ExchangeOf(index);
        if (TApp.ExchangeSize > 0 && exchange->Memory != null)
        {
            _requests.Return<TKernel>(_requests.At(exchange->Memory), exchange->HasUsedMemory);
            exchange->Memory = null;
            exchange->HasUsedMemory = false;
        }
    }

    /// <summary>The loop lies on the stack of its process, where nothing moves it.</summary>
    private Output* OutputPointer => (Output*)Unsafe.AsPointer(ref _output);
}
