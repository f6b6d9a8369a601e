using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Runtime;

/// <summary>The calls with which a server begins to listen, on a machine of a few sockets and files. What is done is written down.</summary>
internal unsafe struct ListenKernel : IKernel
{
    internal const int Pid = 4711;

    [ThreadStatic]
    private static Machine? s_machine;

    /// <summary>Begins anew.</summary>
    internal static Machine Begin() => s_machine = new Machine();

    internal sealed class Machine
    {
        /// <summary>What was done: calls in a short form, and lines on standard error.</summary>
        internal List<string> Trace { get; } = [];

        /// <summary>The modes of files that are there; and those of them at which somebody listens.</summary>
        internal Dictionary<string, uint> Files { get; } = [];

        internal HashSet<string> Live { get; } = [];

        /// <summary>Sockets that were passed: their option SO_DOMAIN, where they are stream sockets that listen.</summary>
        internal Dictionary<int, int> Passed { get; } = [];

        /// <summary>The same of sockets that were made.</summary>
        internal Dictionary<int, int> Domains { get; } = [];

        /// <summary>A call that fails, and how.</summary>
        internal (string Call, int Error) Failure { get; set; }

        internal int NextDescriptor { get; set; } = 5;

        internal string Text { get; set; } = "";

        internal nint Done(string what)
        {
            Trace.Add(what);
            return what.StartsWith(Failure.Call ?? "-", StringComparison.Ordinal) ? -Failure.Error : 0;
        }
    }

    private static Machine World => s_machine!;

    private static string Name(void* address, uint length)
    {
        var bytes = new ReadOnlySpan<byte>(address, (int)length);
        return bytes[0] switch
        {
            1 => "unix:" + Encoding.UTF8.GetString(bytes[2..]).Replace('\0', '@').TrimEnd('@'),
            2 => $"{new System.Net.IPAddress(bytes[4..8])}:{bytes[2] << 8 | bytes[3]}",
            _ => $"[{new System.Net.IPAddress(bytes[8..24])}]:{bytes[2] << 8 | bytes[3]}",
        };
    }

    private static string Path(byte* path) => Marshal.PtrToStringUTF8((nint)path)!;

    public static nint socket(int domain, int type, int protocol)
    {
        nint result = World.Done($"socket {domain} {type & 15}");
        if (result >= 0)
        {
            result = World.NextDescriptor++;
            World.Domains[(int)result] = domain;
        }

        return result;
    }

    public static nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => World.Done($"setsockopt {sockfd} {level}.{optname} {*(int*)optval}");

    public static nint bind(int sockfd, void* addr, uint addrlen)
    {
        string name = Name(addr, addrlen);
        if (name.StartsWith("unix:/", StringComparison.Ordinal) && !World.Files.TryAdd(name[5..], Linux.S_IFSOCK | 0x1FF))
        {
            World.Trace.Add($"bind {sockfd} {name}: in use");
            return -Errno.EADDRINUSE;
        }

        return World.Done($"bind {sockfd} {name}");
    }

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size)
    {
        nint result = World.Done($"openat2 {Path(pathname)}");
        return result < 0 ? result : World.NextDescriptor++;
    }

    public static nint flock(int fd, int operation) => World.Done($"flock {fd} {operation}");

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Done($"poll {timeout}");

    public static nint listen(int sockfd, int backlog) => World.Done($"listen {sockfd}");

    public static nint connect(int sockfd, void* addr, uint addrlen)
    {
        string name = Name(addr, addrlen);
        World.Trace.Add($"connect {name}");
        return World.Live.Contains(name[5..]) ? 0 : -Errno.ECONNREFUSED;
    }

    public static nint getsockname(int sockfd, void* addr, uint* addrlen)
    {
        ((sockaddr_in*)addr)->sin_port = 0x3930; // 12345
        return 0;
    }

    public static nint getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen)
    {
        if (!World.Passed.TryGetValue(sockfd, out int domain) && !World.Domains.TryGetValue(sockfd, out domain))
        {
            return -Errno.ENOTSOCK;
        }

        *(int*)optval = optname switch { Linux.SO_DOMAIN => domain, Linux.SO_TYPE => Linux.SOCK_STREAM, _ => 1 };
        return 0;
    }

    public static nint fcntl(int fd, int op, nint arg) => op == Linux.F_GETFL ? 2 : World.Done($"fcntl {fd} {arg:X}");

    public static nint lstat(byte* pathname, stat* statbuf)
    {
        *statbuf = default;
        if (!World.Files.TryGetValue(Path(pathname), out uint mode))
        {
            return -2; // ENOENT
        }

        statbuf->st_mode = mode;
        statbuf->st_ino = 77;
        return 0;
    }

    public static nint chmod(byte* pathname, uint mode) => World.Done($"chmod {Path(pathname)} {Convert.ToString(mode, 8)}");

    public static nint unlink(byte* pathname)
    {
        World.Files.Remove(Path(pathname));
        return World.Done($"unlink {Path(pathname)}");
    }

    public static nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen)
        => World.Done($"sendto {Name(dest_addr, addrlen)} {Encoding.UTF8.GetString((byte*)buf, (int)len)}");

    public static nint close(int fd) => World.Done($"close {fd}");

    public static nint getpid() => Pid;

    public static nint write(int fd, void* buf, nuint count)
    {
        World.Text += Encoding.UTF8.GetString((byte*)buf, (int)count);
        return (nint)count;
    }
}
