using System.ComponentModel;

namespace SyscallServer.Internal.Kernel;

/// <summary>Constants of the kernel's interface, under the names and with the values of its headers for x86-64 and arm64. Those that differ are in X64.cs and in Arm64.cs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Linux
{
#pragma warning disable CS1591 // The names are the kernel's own.
    // socket(2), ip(7), unix(7)
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_NONBLOCK = 0x800;

    // tcp(7)
    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;
    public const int TCP_DEFER_ACCEPT = 9;
    public const int TCP_CORK = 3;

    // ipv6(7)
    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_V6ONLY = 26;

    // socket(7)
    public const int SOL_SOCKET = 1;
    public const int SO_TYPE = 3;
    public const int SO_ACCEPTCONN = 30;
    public const int SO_DOMAIN = 39;
    public const int SO_REUSEPORT = 15;
    public const int SO_REUSEADDR = 2;
    public const int SO_RCVTIMEO = 20;
    public const int SO_SNDTIMEO = 21;

    // send(2)
    public const int MSG_MORE = 0x8000;

    // recv(2)
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_WAITALL = 0x100;

    // shutdown(2)
    public const int SHUT_WR = 1;

    // fcntl(2)
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const nint O_NONBLOCK = 0x800;

    // inode(7)
    public const uint S_IFMT = 0xF000;
    public const uint S_IFSOCK = 0xC000;
    public const uint S_IFREG = 0x8000;
    public const uint S_IFDIR = 0x4000;

    // open(2), openat2(2)
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_FOLLOW = 0x400;
    public const int AT_EMPTY_PATH = 0x1000;
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_NOCTTY = 0x100;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;
    public const int RESOLVE_NO_MAGICLINKS = 2;
    public const int RESOLVE_BENEATH = 8;

    // flock(2)
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int LOCK_UN = 8;

    // readdir(3)
    public const byte DT_UNKNOWN = 0;
    public const byte DT_DIR = 4;
    public const byte DT_REG = 8;

    // poll(2)
    public const short POLLIN = 1;
    public const short POLLOUT = 4;

    // signal(7), rt_sigaction(2), rt_sigprocmask(2), signalfd(2)
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGPIPE = 13;
    public const int SIGALRM = 14;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;
    public const int SIGXFSZ = 25;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;
    public const ulong SA_RESTART = 0x10000000;
    public const ulong SA_RESTORER = 0x04000000;
    public const int SIG_BLOCK = 0;
    public const int SFD_NONBLOCK = 0x800;

    // epoll_ctl(2)
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 1;
    public const uint EPOLLOUT = 4;
    public const uint EPOLLEXCLUSIVE = 1u << 28;

    // timerfd_create(2)
    public const int TFD_NONBLOCK = 0x800;
    public const int TFD_TIMER_ABSTIME = 1;
    public const int TFD_TIMER_CANCEL_ON_SET = 2;

    // mmap(2)
    public const int PROT_NONE = 0;
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_SHARED = 0x01;
    public const int MAP_PRIVATE = 0x02;
    public const int MAP_FIXED = 0x10;
    public const int MADV_DONTNEED = 4;
    public const int MAP_ANONYMOUS = 0x20;
    public const int MAP_NORESERVE = 0x4000;

    // getrlimit(2)
    public const int RLIMIT_NOFILE = 7;

    // prctl(2)
    public const int PR_SET_PDEATHSIG = 1;

    // wait4(2)
    public const int WNOHANG = 1;

    // clock_gettime(2)
    public const int CLOCK_REALTIME = 0;
    public const int CLOCK_MONOTONIC = 1;
#pragma warning restore CS1591
}
