using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Models;

/// <summary>
/// A worker of <see cref="Concurrency.Prefork"/>: serves one connection after the other, each as <see cref="HttpChild"/> does, and so
/// without a fork for each.
/// </summary>
/// <remarks>
/// All workers wait for the same listeners, each in an epoll set of its own that is woken exclusively (EPOLLEXCLUSIVE): a connection
/// wakes one of them, and a signal is not missed. That set can be read from (epoll(7)) while somebody waits for this worker: it goes along to <see cref="HttpChild"/>, in which an idle
/// client then gives way.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PreforkWorker
{
    /// <summary>How long to wait, in milliseconds, before accept(2) is tried again that failed for a shortage.</summary>
    private const int ShortagePause = 100;

    /// <summary>What an event belongs to, where it is not one of the listeners, which have their places.</summary>
    private const ulong SignalEvent = Endpoints.Max;

    /// <summary>Serves until a signal ends it; then what is in the backlogs, except of sockets that were passed: who holds them gives them to the next server.</summary>
    /// <param name="endpoints">From <see cref="Supervisor{TServer}.Run"/>.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="memory"><see cref="HttpChild.MemorySize"/> bytes.</param>
    /// <returns>The exit code: 0, or 1 where it could not go on.</returns>
    public static int Run<TKernel, TApp, TServer>(Endpoints* endpoints, int signals, byte* memory)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        int epoll = Watch<TKernel, TServer>(endpoints, signals);
        if (epoll < 0)
        {
            return 1;
        }

        Ending ending = Ending.None;
        Shortage shortage = default;
        int drained = 0;
        while (true)
        {
            if (ending != Ending.Stopping)
            {
                epoll_event ready;
                int result = (int)TKernel.epoll_wait(epoll, &ready, 1, -1);
                if (result < 0 && result != -Errno.EINTR)
                {
                    return Abandon<TKernel, TServer>("epoll_wait: !"u8, result);
                }

                if (result <= 0)
                {
                    continue;
                }

                if (ready.data == SignalEvent)
                {
                    ending = Obey<TKernel, TServer>(endpoints, ending, Signals.Read<TKernel>(signals));
                    continue;
                }

                endpoints->Current = (int)ready.data;
            }
            else if (drained == endpoints->Count || endpoints->ArePassed)
            {
                return 0;
            }
            else
            {
                endpoints->Current = drained;
            }

            ClientAddress client;
            int connection = Accept<TKernel, TApp, TServer>(endpoints, memory, &client);
            if (connection >= 0)
            {
                ending = Serve<TKernel, TApp, TServer>(endpoints, connection, signals, memory, epoll, ending);
            }
            else if (connection == -Errno.EAGAIN)
            {
                if (ending == Ending.Stopping)
                {
                    // At once: who comes from now on is to reach another worker, or nobody.
                    _ = TKernel.close(endpoints->First[drained].Descriptor);
                    drained++;
                }
            }
            else if (AcceptErrors.IsFatal(connection))
            {
                return Abandon<TKernel, TServer>("accept: !"u8, connection);
            }
            else if (!AcceptErrors.IsTransient(connection))
            {
                Shortage.Report<TKernel, TServer>(&shortage, MessageNumber.AcceptAgain, connection);
                _ = TKernel.poll(null, 0, ShortagePause);
            }
        }
    }

    /// <summary>Serves a connection to its end.</summary>
    /// <returns>Whether the server is ending now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Ending Serve<TKernel, TApp, TServer>(Endpoints* endpoints, int connection, int signals, byte* memory, int epoll, Ending ending)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        TApp.Count(Counted.Accepted, 1);
        Ending after = HttpChild.Serve<TKernel, TApp, TServer>(connection, signals, memory, ending, epoll);
        _ = TKernel.close(connection);
        TApp.Count(Counted.Closed, 1);
        if (TServer.HasDrainDelay && after == Ending.Draining && ending == Ending.None)
        {
            after = BeginDelay<TKernel>(endpoints);
        }

        return after;
    }

    /// <summary>Obeys a signal that was read between two connections.</summary>
    /// <returns>Whether the server is ending now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Ending Obey<TKernel, TServer>(Endpoints* endpoints, Ending ending, uint signal)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasDrainDelay)
        {
            return signal == Linux.SIGALRM ? Ending.Stopping
                : signal is Linux.SIGTERM or Linux.SIGINT && ending == Ending.None ? BeginDelay<TKernel>(endpoints)
                : ending;
        }

        return signal is Linux.SIGTERM or Linux.SIGINT ? Ending.Stopping : Ending.None;
    }

    /// <summary>Begins the delay before the end, if there is any. The supervisor ends it; should that be gone, this process's own alarm does (<see cref="Supervisor.AlarmAfterDelay"/>).</summary>
    private static Ending BeginDelay<TKernel>(Endpoints* endpoints)
        where TKernel : struct, IKernel
    {
        uint delay = endpoints->Options.DrainDelay;
        if (delay == 0)
        {
            return Ending.Stopping;
        }

        _ = TKernel.alarm(delay + Supervisor.AlarmAfterDelay);
        return Ending.Draining;
    }

    /// <summary>Accepts from the current listener.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="memory">That of <see cref="HttpChild.Serve"/>.</param>
    /// <param name="client">Where the connection is from, for as long as it is served.</param>
    /// <returns>The connection, or a negative errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Accept<TKernel, TApp, TServer>(Endpoints* endpoints, byte* memory, ClientAddress* client)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        int listener = endpoints->First[endpoints->Current].Descriptor;
        int connection = TApp.IsObserved ? ClientAddress.Accept<TKernel>(client, listener) : (int)TKernel.accept(listener, null, null);
        if (connection >= 0)
        {
            Endpoints.BeginConnection<TKernel, TServer>(endpoints, connection);
            if (TServer.HasEndpointRoles)
            {
                TApp.Role = endpoints->CurrentRole;
            }

            if (TApp.IsObserved)
            {
                HttpChild.SetClient<TApp>(memory, endpoints->Options.IsObserved ? client : null);
            }
        }

        return connection;
    }

    /// <summary>Makes the set of what a worker waits for.</summary>
    /// <returns>Its descriptor; negative where it cannot be, and the message is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Watch<TKernel, TServer>(Endpoints* endpoints, int signals)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int epoll = (int)TKernel.epoll_create1(0);
        if (epoll < 0)
        {
            _ = Abandon<TKernel, TServer>("epoll_create1: !"u8, epoll);
            return epoll;
        }

        int result = Epoll.Control<TKernel>(epoll, Linux.EPOLL_CTL_ADD, signals, Linux.EPOLLIN, SignalEvent);
        for (int i = 0; i < endpoints->Count && result >= 0; i++)
        {
            result = Epoll.Control<TKernel>(epoll, Linux.EPOLL_CTL_ADD, endpoints->First[i].Descriptor, Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE, (ulong)i);
        }

        if (result < 0)
        {
            _ = Abandon<TKernel, TServer>("epoll_ctl: !"u8, result);
            return result;
        }

        return epoll;
    }

    private static int Abandon<TKernel, TServer>(ReadOnlySpan<byte> message, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Message.WriteLine<TKernel, TServer>(message, result);
        return 1;
    }
}
