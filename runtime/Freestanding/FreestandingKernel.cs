#if FREESTANDING
using System.Runtime;
using System.Runtime.CompilerServices;
#endif

namespace SyscallServer.Internal.Kernel;

/// <summary>
/// The system calls of the freestanding host: each is a routine of its own in StartCode.S, called directly, and only those that a
/// server reaches are linked. There is no runtime that would have to know of a call.
/// </summary>
/// <remarks>On the other hosts this struct is only a name, and every call answers ENOSYS.</remarks>
public unsafe struct FreestandingKernel : IKernel
{
#if FREESTANDING
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("read")]
    public static extern nint read(int fd, void* buf, nuint count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("write")]
    public static extern nint write(int fd, void* buf, nuint count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("close")]
    public static extern nint close(int fd);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("poll")]
    public static extern nint poll(pollfd* fds, nuint nfds, int timeout);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("writev")]
    public static extern nint writev(int fd, iovec* iov, int iovcnt);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("rt_sigaction")]
    public static extern nint rt_sigaction(int signum, kernel_sigaction* act, kernel_sigaction* oldact, nuint sigsetsize);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("rt_sigprocmask")]
    public static extern nint rt_sigprocmask(int how, ulong* set, ulong* oldset, nuint sigsetsize);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("alarm")]
    public static extern nint alarm(uint seconds);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("getpid")]
    public static extern nint getpid();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("socket")]
    public static extern nint socket(int domain, int type, int protocol);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("accept")]
    public static extern nint accept(int sockfd, void* addr, uint* addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("sendto")]
    public static extern nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("recvfrom")]
    public static extern nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("shutdown")]
    public static extern nint shutdown(int sockfd, int how);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("bind")]
    public static extern nint bind(int sockfd, void* addr, uint addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("listen")]
    public static extern nint listen(int sockfd, int backlog);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("getsockname")]
    public static extern nint getsockname(int sockfd, void* addr, uint* addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("setsockopt")]
    public static extern nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("connect")]
    public static extern nint connect(int sockfd, void* addr, uint addrlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("getsockopt")]
    public static extern nint getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("fcntl")]
    public static extern nint fcntl(int fd, int op, nint arg);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("fstat")]
    public static extern nint fstat(int fd, stat* statbuf);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("sendfile")]
    public static extern nint sendfile(int out_fd, int in_fd, long* offset, nuint count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("openat2")]
    public static extern nint openat2(int dirfd, byte* pathname, open_how* how, nuint size);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("fsync")]
    public static extern nint fsync(int fd);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("linkat")]
    public static extern nint linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("renameat")]
    public static extern nint renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("unlinkat")]
    public static extern nint unlinkat(int dirfd, byte* pathname, int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("lstat")]
    public static extern nint lstat(byte* pathname, stat* statbuf);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("chmod")]
    public static extern nint chmod(byte* pathname, uint mode);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("unlink")]
    public static extern nint unlink(byte* pathname);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("fork")]
    public static extern nint fork();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("exit")]
    public static extern nint exit(int status);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("wait4")]
    public static extern nint wait4(int pid, int* wstatus, int options, void* rusage);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("kill")]
    public static extern nint kill(int pid, int sig);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("gettid")]
    public static extern nint gettid();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("flock")]
    public static extern nint flock(int fd, int operation);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("getdents64")]
    public static extern nint getdents64(int fd, void* dirp, nuint count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("clock_gettime")]
    public static extern nint clock_gettime(int clockid, timespec* tp);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("signalfd4")]
    public static extern nint signalfd4(int fd, ulong* mask, nuint sizemask, int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("mmap")]
    public static extern nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("madvise")]
    public static extern nint madvise(void* addr, nuint length, int advice);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("accept4")]
    public static extern nint accept4(int sockfd, void* addr, uint* addrlen, int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("epoll_create1")]
    public static extern nint epoll_create1(int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("epoll_ctl")]
    public static extern nint epoll_ctl(int epfd, int op, int fd, epoll_event* @event);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("epoll_wait")]
    public static extern nint epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("timerfd_create")]
    public static extern nint timerfd_create(int clockid, int flags);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("timerfd_settime")]
    public static extern nint timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("getppid")]
    public static extern nint getppid();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("prctl")]
    public static extern nint prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("sched_getaffinity")]
    public static extern nint sched_getaffinity(int pid, nuint cpusetsize, ulong* mask);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("prlimit64")]
    public static extern nint prlimit64(int pid, int resource, rlimit* new_limit, rlimit* old_limit);
#endif
}
