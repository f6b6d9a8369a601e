using System;
using System.ComponentModel;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>
/// What a server and the service manager that started it (systemd, or whoever keeps to the same) say to each other in the environment: sockets that
/// are passed, sd_listen_fds(3), and where the manager hears that the server is ready or about to end, sd_notify(3).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ServiceManager
{
    /// <summary>The first descriptor that is passed, SD_LISTEN_FDS_START.</summary>
    private const int FirstDescriptor = 3;

    /// <summary>Reads LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES and NOTIFY_SOCKET. Passed sockets take the place of all other endpoints, but for that of management, unless one has its name.</summary>
    /// <param name="environment">The variables, ended by a null pointer.</param>
    /// <param name="endpoints">Where the server listens.</param>
    /// <returns>Whether they make sense; otherwise the message is written.</returns>
    internal static bool Read<TKernel, TServer>(byte** environment, Endpoints* endpoints)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        endpoints->NotifySocket = Value(environment, "NOTIFY_SOCKET="u8);

        // Variables that are for another process, a parent say, mean nothing to this one.
        byte* pid = Value(environment, "LISTEN_PID="u8);
        byte* count = Value(environment, "LISTEN_FDS="u8);
        if (pid == null || count == null || (pid = DecimalNumber.Parse(pid, int.MaxValue, out uint process)) == null || *pid != 0 || process != (uint)TKernel.getpid())
        {
            return true;
        }

        byte* end = DecimalNumber.Parse(count, Endpoints.Max, out uint sockets);
        if (TServer.HasEndpointRoles && !EndpointRoles.HasRoomFor<TServer>(sockets))
        {
            Message.WriteLine<TKernel, TServer>("LISTEN_FDS=$: not a number of sockets, 0 to 7"u8, count, 0);
            return false;
        }

        if (end == null || *end != 0)
        {
            Message.WriteLine<TKernel, TServer>("LISTEN_FDS=$: not a number of sockets, 0 to 8"u8, count, 0);
            return false;
        }

        endpoints->AreReplaced |= sockets != 0;
        endpoints->ArePassed = sockets != 0;
        endpoints->Count = sockets != 0 ? (int)sockets : endpoints->Count;
        for (int i = 0; i < sockets; i++)
        {
            endpoints->First[i] = default;
            endpoints->First[i].Descriptor = FirstDescriptor + i;
        }

        if (TServer.HasEndpointRoles && sockets != 0)
        {
            EndpointRoles.SetByName<TServer>(endpoints, Value(environment, "LISTEN_FDNAMES="u8));
        }

        return true;
    }

    /// <summary>Takes over a socket that was passed, if it is one that connections can be accepted from; otherwise it says so.</summary>
    internal static bool Take<TKernel, TServer>(Endpoint* endpoint)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int listener = endpoint->Descriptor;
        if (Option<TKernel>(listener, Linux.SO_ACCEPTCONN) != 1 || Option<TKernel>(listener, Linux.SO_TYPE) != Linux.SOCK_STREAM)
        {
            Message.WriteLine<TKernel, TServer>("LISTEN_FDS: descriptor # is no stream socket that listens (in systemd: ListenStream= and Accept=no)"u8, null, -listener);
            return false;
        }

        // Nothing of this can fail on a socket.
        endpoint->Address.Family = (ushort)Option<TKernel>(listener, Linux.SO_DOMAIN);
        nint flags = TKernel.fcntl(listener, Linux.F_GETFL, 0);
        _ = TKernel.fcntl(listener, Linux.F_SETFL, flags | Linux.O_NONBLOCK);
        _ = Endpoint.SetTimeouts<TKernel, TServer>(listener);
        if (endpoint->IsTcp)
        {
            Listener.DisableDelay<TKernel>(listener);
        }

        return true;
    }

    /// <summary>Tells the service manager how the server is, where there is one that wants to know.</summary>
    /// <param name="endpoints">Where the server listens.</param>
    /// <param name="state"><c>READY=1</c> or <c>STOPPING=1</c>.</param>
    public static void Notify<TKernel, TServer>(Endpoints* endpoints, ReadOnlySpan<byte> state)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        // Other kinds of addresses are for virtual machines, vsock(7).
        Endpoint.SocketAddress address;
        byte* path = endpoints->NotifySocket;
        if (path == null || Endpoint.ParsePath(path, &address, out int length) != EndpointError.None)
        {
            return;
        }

        byte* text = CString.Of(state);
        int result = (int)TKernel.socket(Linux.AF_UNIX, Linux.SOCK_DGRAM, 0);
        if (result >= 0)
        {
            int socket = result;
            result = (int)TKernel.sendto(socket, text, (nuint)(CString.End(text) - text), 0, &address, (uint)length);
            _ = TKernel.close(socket);
        }

        if (result < 0)
        {
            Message.WriteLine<TKernel, TServer>("NOTIFY_SOCKET $: !"u8, path, result); // the manager waits in vain, and says so too
        }
    }

    /// <summary>The value of a variable; null where it is not set, or empty.</summary>
    /// <param name="environment">The variables, ended by a null pointer.</param>
    /// <param name="name">The name and the equals sign.</param>
    private static byte* Value(byte** environment, ReadOnlySpan<byte> name)
    {
        for (; *environment != null; environment++)
        {
            byte* value = CString.After(*environment, CString.Of(name));
            if (value != null && *value != 0)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>An option of a socket; 0 where there is none, or no socket.</summary>
    private static int Option<TKernel>(int socket, int option)
        where TKernel : struct, IKernel
    {
        int value = 0;
        uint length = sizeof(int);
        _ = TKernel.getsockopt(socket, Linux.SOL_SOCKET, option, &value, &length);
        return value;
    }
}
