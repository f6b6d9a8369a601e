using System.ComponentModel;

namespace SyscallServer.Internal.Kernel;

/// <summary>
/// The Linux system calls, each under its man-page name and in its man-page shape, with what the kernel itself returns:
/// a result of zero or more, or an error as a negative errno (<see cref="Errno"/>).
/// </summary>
/// <remarks>
/// <para>
/// The generator emits, for each server, a struct that implements the calls which that server can reach; a call
/// that is missing there answers ENOSYS, as a kernel without it would. The tests implement all of them by a simulated
/// kernel. Both are structs, so that the compiler specialises the engine for them and no call is indirect.
/// </para>
/// <para>
/// Every call takes every argument that the kernel reads: a missing one would be whatever the register last held.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface IKernel
{
    /// <summary>read(2): up to <paramref name="count"/> bytes; 0 at the end of the stream.</summary>
    static virtual nint read(int fd, void* buf, nuint count) => -Errno.ENOSYS;

    /// <summary>write(2): the number of bytes taken, which may be less than <paramref name="count"/>.</summary>
    static virtual nint write(int fd, void* buf, nuint count) => -Errno.ENOSYS;

    /// <summary>close(2).</summary>
    static virtual nint close(int fd) => -Errno.ENOSYS;

    /// <summary>fstat(2).</summary>
    static virtual nint fstat(int fd, stat* statbuf) => -Errno.ENOSYS;

    /// <summary>poll(2): the number of ready descriptors; 0 after <paramref name="timeout"/> milliseconds (-1: never).</summary>
    static virtual nint poll(pollfd* fds, nuint nfds, int timeout) => -Errno.ENOSYS;

    /// <summary>rt_sigaction(2). <paramref name="sigsetsize"/> is the size of the kernel's signal set: 8.</summary>
    static virtual nint rt_sigaction(int signum, kernel_sigaction* act, kernel_sigaction* oldact, nuint sigsetsize) => -Errno.ENOSYS;

    /// <summary>rt_sigprocmask(2). <paramref name="sigsetsize"/> is the size of the kernel's signal set: 8.</summary>
    static virtual nint rt_sigprocmask(int how, ulong* set, ulong* oldset, nuint sigsetsize) => -Errno.ENOSYS;

    /// <summary>writev(2): the number of bytes taken, which may be less than the elements have together.</summary>
    static virtual nint writev(int fd, iovec* iov, int iovcnt) => -Errno.ENOSYS;

    /// <summary>alarm(2): SIGALRM after so many seconds; 0 takes it back.</summary>
    static virtual nint alarm(uint seconds) => -Errno.ENOSYS;

    /// <summary>getpid(2).</summary>
    static virtual nint getpid() => -Errno.ENOSYS;

    /// <summary>socket(2): a descriptor.</summary>
    static virtual nint socket(int domain, int type, int protocol) => -Errno.ENOSYS;

    /// <summary>accept(2): the descriptor of the connection.</summary>
    static virtual nint accept(int sockfd, void* addr, uint* addrlen) => -Errno.ENOSYS;

    /// <summary>sendfile(2): how many bytes went from a file to a socket, from <paramref name="offset"/> on, which moves on; 0 at the end of the file.</summary>
    static virtual nint sendfile(int out_fd, int in_fd, long* offset, nuint count) => -Errno.ENOSYS;

    /// <summary>sendto(2): how many bytes were taken.</summary>
    static virtual nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen) => -Errno.ENOSYS;

    /// <summary>recvfrom(2): up to <paramref name="len"/> bytes; 0 at the end of the stream.</summary>
    static virtual nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen) => -Errno.ENOSYS;

    /// <summary>shutdown(2).</summary>
    static virtual nint shutdown(int sockfd, int how) => -Errno.ENOSYS;

    /// <summary>connect(2).</summary>
    static virtual nint connect(int sockfd, void* addr, uint addrlen) => -Errno.ENOSYS;

    /// <summary>bind(2).</summary>
    static virtual nint bind(int sockfd, void* addr, uint addrlen) => -Errno.ENOSYS;

    /// <summary>listen(2).</summary>
    static virtual nint listen(int sockfd, int backlog) => -Errno.ENOSYS;

    /// <summary>getsockname(2).</summary>
    static virtual nint getsockname(int sockfd, void* addr, uint* addrlen) => -Errno.ENOSYS;

    /// <summary>setsockopt(2).</summary>
    static virtual nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => -Errno.ENOSYS;

    /// <summary>getsockopt(2).</summary>
    static virtual nint getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen) => -Errno.ENOSYS;

    /// <summary>fcntl(2): with F_GETFL the flags.</summary>
    static virtual nint fcntl(int fd, int op, nint arg) => -Errno.ENOSYS;

    /// <summary>stat(2) of a symbolic link itself.</summary>
    static virtual nint lstat(byte* pathname, stat* statbuf) => -Errno.ENOSYS;

    /// <summary>chmod(2).</summary>
    static virtual nint chmod(byte* pathname, uint mode) => -Errno.ENOSYS;

    /// <summary>unlink(2).</summary>
    static virtual nint unlink(byte* pathname) => -Errno.ENOSYS;

    /// <summary>fork(2): the child's process id in the parent, 0 in the child.</summary>
    static virtual nint fork() => -Errno.ENOSYS;

    /// <summary>_exit(2): ends the calling thread, which is the whole of a forked child. Does not return.</summary>
    static virtual nint exit(int status) => -Errno.ENOSYS;

    /// <summary>wait4(2): the process id of a child that has ended; 0 with WNOHANG where none has.</summary>
    static virtual nint wait4(int pid, int* wstatus, int options, void* rusage) => -Errno.ENOSYS;

    /// <summary>kill(2).</summary>
    static virtual nint kill(int pid, int sig) => -Errno.ENOSYS;

    /// <summary>gettid(2).</summary>
    static virtual nint gettid() => -Errno.ENOSYS;

    /// <summary>clock_gettime(2).</summary>
    static virtual nint clock_gettime(int clockid, timespec* tp) => -Errno.ENOSYS;

    /// <summary>signalfd(2): a descriptor from which the signals of <paramref name="mask"/> are read.</summary>
    static virtual nint signalfd4(int fd, ulong* mask, nuint sizemask, int flags) => -Errno.ENOSYS;

    /// <summary>mmap(2): the address.</summary>
    static virtual nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset) => -Errno.ENOSYS;

    /// <summary>madvise(2).</summary>
    static virtual nint madvise(void* addr, nuint length, int advice) => -Errno.ENOSYS;

    /// <summary>accept4(2): the descriptor of the connection.</summary>
    static virtual nint accept4(int sockfd, void* addr, uint* addrlen, int flags) => -Errno.ENOSYS;

    /// <summary>epoll_create1(2): a descriptor.</summary>
    static virtual nint epoll_create1(int flags) => -Errno.ENOSYS;

    /// <summary>epoll_ctl(2).</summary>
    static virtual nint epoll_ctl(int epfd, int op, int fd, epoll_event* @event) => -Errno.ENOSYS;

    /// <summary>epoll_wait(2): the number of events; 0 after <paramref name="timeout"/> milliseconds (-1: never).</summary>
    static virtual nint epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout) => -Errno.ENOSYS;

    /// <summary>timerfd_create(2): a descriptor.</summary>
    static virtual nint timerfd_create(int clockid, int flags) => -Errno.ENOSYS;

    /// <summary>timerfd_settime(2).</summary>
    static virtual nint timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value) => -Errno.ENOSYS;

    /// <summary>getppid(2): the parent, or who has adopted this process when it ended.</summary>
    static virtual nint getppid() => -Errno.ENOSYS;

    /// <summary>prctl(2).</summary>
    static virtual nint prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5) => -Errno.ENOSYS;

    /// <summary>sched_getaffinity(2): how many bytes of <paramref name="mask"/> were written.</summary>
    static virtual nint sched_getaffinity(int pid, nuint cpusetsize, ulong* mask) => -Errno.ENOSYS;

    /// <summary>prlimit(2): reads and changes a limit of a process (0: this one).</summary>
    static virtual nint prlimit64(int pid, int resource, rlimit* new_limit, rlimit* old_limit) => -Errno.ENOSYS;

    /// <summary>flock(2).</summary>
    static virtual nint flock(int fd, int operation) => -Errno.ENOSYS;

    /// <summary>getdents64(2): how many bytes of <paramref name="dirp"/> were written with entries of a folder; 0 behind the last.</summary>
    static virtual nint getdents64(int fd, void* dirp, nuint count) => -Errno.ENOSYS;

    /// <summary>fsync(2): what was written is on the disk.</summary>
    static virtual nint fsync(int fd) => -Errno.ENOSYS;

    /// <summary>linkat(2): a further name.</summary>
    static virtual nint linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags) => -Errno.ENOSYS;

    /// <summary>renameat(2): another name, in the place of what had it.</summary>
    static virtual nint renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath) => -Errno.ENOSYS;

    /// <summary>unlinkat(2).</summary>
    static virtual nint unlinkat(int dirfd, byte* pathname, int flags) => -Errno.ENOSYS;

    /// <summary>openat2(2): a descriptor. <paramref name="size"/> is that of <see cref="open_how"/>: 24.</summary>
    static virtual nint openat2(int dirfd, byte* pathname, open_how* how, nuint size) => -Errno.ENOSYS;

    /// <summary>
    /// The address of a signal handler that hands a signal to the process's main thread, or 0 where no other thread can
    /// take one. See <see cref="SyscallServer.Internal.Process.Signals"/>.
    /// </summary>
    static virtual nint SignalForwarder => 0;

    /// <summary>
    /// The address of what a handler returns to: rt_sigreturn(2). x86-64 demands one with every handler (SA_RESTORER).
    /// </summary>
    static virtual nint SignalRestorer => 0;
}
