using System;
using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// A worker of <see cref="Concurrency.Prefork"/>: serves one connection after the other, each as <see cref="HttpChild"/> does, and so
/// without a fork for each.
/// </summary>
/// <remarks>
/// All workers wait for the same listener, each in an epoll set of its own that is woken exclusively (EPOLLEXCLUSIVE): a connection
/// wakes one of them, and a signal is not missed.
/// </remarks>
public static unsafe class PreforkWorker
{
    /// <summary>How long to wait, in milliseconds, before accept(2) is tried again that failed for a shortage.</summary>
    private const int ShortagePause = 100;

    private const ulong ListenerEvent = 0;
    private const ulong SignalEvent = 1;

    /// <summary>Serves until a signal ends it; then what is in the backlog.</summary>
    /// <param name="listener">From <see cref="Listener.Open"/>: non-blocking.</param>
    /// <param name="signals">From <see cref="Signals.Open"/>.</param>
    /// <param name="memory"><see cref="HttpChild.MemorySize"/> bytes.</param>
    /// <returns>The exit code: 0, or 1 where it could not go on.</returns>
    public static int Run<TKernel, TApp, TServer>(int listener, int signals, byte* memory)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        int epoll = (int)TKernel.epoll_create1(0);
        if (epoll < 0)
        {
            return Abandon<TKernel, TServer>("epoll_create1: !"u8, epoll);
        }

        int result = Epoll.Control<TKernel>(epoll, Linux.EPOLL_CTL_ADD, listener, Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE, ListenerEvent);
        result = result < 0 ? result : Epoll.Control<TKernel>(epoll, Linux.EPOLL_CTL_ADD, signals, Linux.EPOLLIN, SignalEvent);
        if (result < 0)
        {
            return Abandon<TKernel, TServer>("epoll_ctl: !"u8, result);
        }

        bool stopping = false;
        bool shortageReported = false;
        while (true)
        {
            if (!stopping)
            {
                epoll_event ready;
                result = (int)TKernel.epoll_wait(epoll, &ready, 1, -1);
                if (result < 0 && result != -Errno.EINTR)
                {
                    return Abandon<TKernel, TServer>("epoll_wait: !"u8, result);
                }

                if (result > 0 && ready.data == SignalEvent)
                {
                    stopping = Signals.Read<TKernel>(signals) is Linux.SIGTERM or Linux.SIGINT;
                }
            }

            int connection = (int)TKernel.accept(listener, null, null);
            if (connection >= 0)
            {
                shortageReported = false;
                stopping |= HttpChild.Serve<TKernel, TApp>(connection, signals, memory, TServer.ReadTimeout, TServer.IdleTimeout, stopping);
                _ = TKernel.close(connection);
            }
            else if (connection == -Errno.EAGAIN)
            {
                if (stopping)
                {
                    return 0;
                }
            }
            else if (AcceptErrors.IsFatal(connection))
            {
                return Abandon<TKernel, TServer>("accept: !"u8, connection);
            }
            else if (!AcceptErrors.IsTransient(connection))
            {
                if (!shortageReported)
                {
                    shortageReported = true;
                    Message.WriteLine<TKernel, TServer>(MessageNumber.AcceptAgain, null, connection);
                }

                _ = TKernel.poll(null, 0, ShortagePause);
            }
        }
    }

    private static int Abandon<TKernel, TServer>(ReadOnlySpan<byte> message, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Message.WriteLine<TKernel, TServer>(message, result);
        return 1;
    }
}
