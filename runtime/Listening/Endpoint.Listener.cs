using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Listening;

/// <summary>The socket that listens at an endpoint.</summary>
internal unsafe partial struct Endpoint
{
    /// <summary>Room for the text of an endpoint: the longest path behind <c>unix:</c>, with a NUL.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 120)]
    internal struct Name
    {
        internal byte First;
    }

    /// <summary>The path of a Unix socket, behind the address family; empty for a name in the abstract namespace.</summary>
    private byte* Path => (byte*)Unsafe.AsPointer(ref Address) + sizeof(ushort);

    /// <summary>Whether the address is a name in the file system.</summary>
    private bool HasFile => !IsTcp && *Path != 0;

    /// <summary>Makes a non-blocking socket that listens here, or says on standard error which call failed and why.</summary>
    /// <param name="endpoint">Where; on return with the port that the kernel chose where it was 0, and with the file that was made.</param>
    /// <param name="isIPv6Only">Whether an address of IPv6 leaves IPv4 to another endpoint. Otherwise <c>[::]</c> takes both.</param>
    /// <param name="sharesPort">Whether other sockets of this server listen there, too (SO_REUSEPORT).</param>
    /// <param name="listener">The descriptor.</param>
    /// <returns>Whether it listens; otherwise the message is written.</returns>
    internal static bool Open<TKernel, TServer>(Endpoint* endpoint, bool isIPv6Only, bool sharesPort, out int listener)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        // A descriptor below 3 is a standard stream that was closed when the server was started: see Listener.Open.
        int family = endpoint->Address.Family;
        byte* call = CString.Of("socket $: !"u8);
        do
        {
            listener = (int)TKernel.socket(family, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0);
        }
        while (TServer.HasMessages && (uint)listener <= Message.StandardError);

        int result = listener;
        if (result >= 0)
        {
            call = CString.Of("setsockopt $: !"u8);
            result = SetOptions<TKernel, TServer>(listener, family, isIPv6Only, sharesPort);
        }

        // Between bind and listen a connect is refused, so until then the file looks as if its server had gone.
        int folder = result >= 0 && endpoint->HasFile ? SocketFolder.Lock<TKernel>(endpoint->Path) : -1;
        if (result >= 0)
        {
            call = CString.Of("bind $: !"u8);
            result = (int)TKernel.bind(listener, &endpoint->Address, (uint)endpoint->AddressLength);
            if (result == -Errno.EADDRINUSE && endpoint->HasFile)
            {
                byte* refusal = RemoveStaleFile<TKernel>(endpoint);
                call = refusal == null ? call : refusal;
                result = refusal == null ? (int)TKernel.bind(listener, &endpoint->Address, (uint)endpoint->AddressLength) : result;
            }
        }

        // Nobody can connect before listen(2), so the mode is there in time.
        if (result >= 0 && endpoint->HasFile)
        {
            RememberFile<TKernel>(endpoint);
            if (TServer.SocketMode >= 0)
            {
                call = CString.Of("chmod $: !"u8);
                result = (int)TKernel.chmod(endpoint->Path, (uint)TServer.SocketMode);
            }
        }

        if (result >= 0)
        {
            call = CString.Of("listen $: !"u8);
            result = (int)TKernel.listen(listener, TServer.Backlog);
        }

        if (result < 0)
        {
            RemoveFile<TKernel>(endpoint);
        }

        if (folder >= 0)
        {
            _ = TKernel.close(folder);
        }

        if (result < 0)
        {
            WriteLine<TKernel, TServer>(call, endpoint, result);
            return false;
        }

        if (endpoint->IsTcp && endpoint->Port == 0)
        {
            uint length = (uint)endpoint->AddressLength;
            _ = TKernel.getsockname(listener, &endpoint->Address, &length);
        }

        return true;
    }

    private static int SetOptions<TKernel, TServer>(int listener, int family, bool isIPv6Only, bool sharesPort)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int result = 0;
        if (family == AddressFamilyIPv6)
        {
            // Always said: what it is otherwise is a setting of the machine, net.ipv6.bindv6only.
            int value = isIPv6Only ? 1 : 0;
            result = (int)TKernel.setsockopt(listener, Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, &value, sizeof(int));
        }

        if (family != AddressFamilyUnix)
        {
            // Start again while connections of the last run are in TIME_WAIT.
            result = result < 0 ? result : Listener.SetOption<TKernel>(listener, Linux.SO_REUSEADDR, 1);
            result = result < 0 || !sharesPort ? result : Listener.SetOption<TKernel>(listener, Linux.SO_REUSEPORT, 1);
            Listener.DisableDelay<TKernel>(listener);
            if (TServer.DefersAccept)
            {
                Listener.DeferAccept<TKernel>(listener);
            }
        }

        return result < 0 ? result : SetTimeouts<TKernel, TServer>(listener);
    }

    /// <summary>Sets the timeouts of a listener, which accepted sockets of TCP inherit; those of a Unix socket do not, and get their own.</summary>
    internal static int SetTimeouts<TKernel, TServer>(int socket)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int result = Listener.SetOption<TKernel>(socket, Linux.SO_RCVTIMEO, TServer.ReadTimeout);
        return result < 0 ? result : Listener.SetOption<TKernel>(socket, Linux.SO_SNDTIMEO, TServer.WriteTimeout);
    }

    /// <summary>Removes the file of a Unix socket that nobody listens at any more: its server was killed, or the machine lost power.</summary>
    /// <returns>Null where the name is free now; otherwise what to say.</returns>
    private static byte* RemoveStaleFile<TKernel>(Endpoint* endpoint)
        where TKernel : struct, IKernel
    {
        stat file;
        if (TKernel.lstat(endpoint->Path, &file) < 0)
        {
            return null; // it is gone, or bind says once more why not
        }

        if ((file.st_mode & Linux.S_IFMT) != Linux.S_IFSOCK)
        {
            return CString.Of("$: the file is no socket, and is left alone; remove it, or listen elsewhere"u8);
        }

        int socket = (int)TKernel.socket(AddressFamilyUnix, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0);
        int result = socket;
        if (socket >= 0)
        {
            result = (int)TKernel.connect(socket, &endpoint->Address, (uint)endpoint->AddressLength);
            _ = TKernel.close(socket);
        }

        if (result != -Errno.ECONNREFUSED)
        {
            return CString.Of("$: another server listens there; end it, or listen elsewhere"u8);
        }

        _ = TKernel.unlink(endpoint->Path); // where it may not, bind says once more that the address is in use
        return null;
    }

    private static void RememberFile<TKernel>(Endpoint* endpoint)
        where TKernel : struct, IKernel
    {
        stat file;
        if (TKernel.lstat(endpoint->Path, &file) >= 0)
        {
            endpoint->Device = file.st_dev;
            endpoint->Inode = file.st_ino;
        }
    }

    /// <summary>Removes the file that <see cref="Open"/> has made, unless another server has put its own in the place.</summary>
    internal static void RemoveFile<TKernel>(Endpoint* endpoint)
        where TKernel : struct, IKernel
    {
        stat file;
        if (endpoint->Inode != 0 && TKernel.lstat(endpoint->Path, &file) >= 0 && file.st_ino == endpoint->Inode && file.st_dev == endpoint->Device)
        {
            _ = TKernel.unlink(endpoint->Path);
        }

        endpoint->Inode = 0;
    }

    /// <summary>Writes a line in which <c>$</c> stands for the endpoint.</summary>
    internal static void WriteLine<TKernel, TServer>(byte* format, Endpoint* endpoint, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasMessages)
        {
            Name name;
            Write(endpoint, &name.First);
            Message.WriteLine<TKernel>(format, &name, result);
        }
    }

    /// <summary>The endpoint's text, with the port that it has now.</summary>
    private static void Write(Endpoint* endpoint, byte* to)
    {
        bool hasBrackets = endpoint->Address.Family == AddressFamilyIPv6;
        if (hasBrackets)
        {
            *to++ = (byte)'[';
        }

        for (int i = 0; i < endpoint->HostLength; i++)
        {
            *to++ = endpoint->Host[i];
        }

        if (hasBrackets)
        {
            *to++ = (byte)']';
        }

        if (endpoint->IsTcp)
        {
            *to++ = (byte)':';
            to = Message.Number(to, (uint)endpoint->Port, 0) - 1;
        }

        *to = 0;
    }
}
