using System;
using System.Linq;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The table of system calls. The generator compiles it and writes the stubs of a server from it. What the engine has of it is written
/// from it into files (IKernel.SystemCalls.cs, FreestandingKernel.SystemCalls.cs, and for each architecture SystemCalls.S), by <c>SystemCallTests</c>, which also
/// fails where they differ. So the engine itself does not compile this file.
/// </summary>
internal static class SystemCalls
{
    /// <summary>Every call that the engine makes, by number on x86-64: name, that number, that on arm64 (with the name, where it is another call), parameters as in the man page, and what IKernel says about it.</summary>
    internal static readonly SystemCall[] All =
    [
        Blocking("read", 0, 63, "int fd, void* buf, nuint count", "read(2): up to `count` bytes; 0 at the end of the stream."),
        Blocking("write", 1, 64, "int fd, void* buf, nuint count", "write(2): the number of bytes taken, which may be less than `count`."),
        Blocking("close", 3, 57, "int fd", "close(2)."),
        Blocking("fstat", 5, 80, "int fd, stat* statbuf", "fstat(2)."),
        Blocking("lstat", 6, ("newfstatat", 79), "byte* pathname, stat* statbuf", "stat(2) of a symbolic link itself."),
        Blocking("poll", 7, ("ppoll", 73), "pollfd* fds, nuint nfds, int timeout", "poll(2): the number of ready descriptors; 0 after `timeout` milliseconds (-1: never)."),
        Quick("mmap", 9, 222, "void* addr, nuint length, int prot, int flags, int fd, nint offset", "mmap(2): the address."),
        Quick("rt_sigaction", 13, 134, "int signum, kernel_sigaction* act, kernel_sigaction* oldact, nuint sigsetsize", "rt_sigaction(2). `sigsetsize` is the size of the kernel's signal set: 8."),
        Quick("rt_sigprocmask", 14, 135, "int how, ulong* set, ulong* oldset, nuint sigsetsize", "rt_sigprocmask(2). `sigsetsize` is the size of the kernel's signal set: 8."),
        Blocking("writev", 20, 66, "int fd, iovec* iov, int iovcnt", "writev(2): the number of bytes taken, which may be less than the elements have together."),
        Quick("madvise", 28, 233, "void* addr, nuint length, int advice", "madvise(2)."),
        Quick("alarm", 37, ("setitimer", 103), "uint seconds", "alarm(2): SIGALRM after `seconds` seconds; 0 cancels it."),
        Quick("getpid", 39, 172, "", "getpid(2)."),
        Blocking("sendfile", 40, 71, "int out_fd, int in_fd, long* offset, nuint count", "sendfile(2): the number of bytes sent from a file to a socket, from `offset` on, which moves on; 0 at the end of the file."),
        Quick("socket", 41, 198, "int domain, int type, int protocol", "socket(2): a descriptor."),
        Quick("connect", 42, 203, "int sockfd, void* addr, uint addrlen", "connect(2)."),
        Blocking("accept", 43, 202, "int sockfd, void* addr, uint* addrlen", "accept(2): the descriptor of the connection."),
        Blocking("sendto", 44, 206, "int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen", "sendto(2): the number of bytes taken."),
        Blocking("recvfrom", 45, 207, "int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen", "recvfrom(2): up to `len` bytes; 0 at the end of the stream."),
        Quick("shutdown", 48, 210, "int sockfd, int how", "shutdown(2)."),
        Quick("bind", 49, 200, "int sockfd, void* addr, uint addrlen", "bind(2)."),
        Quick("listen", 50, 201, "int sockfd, int backlog", "listen(2)."),
        Quick("getsockname", 51, 204, "int sockfd, void* addr, uint* addrlen", "getsockname(2)."),
        Quick("getpeername", 52, 205, "int sockfd, void* addr, uint* addrlen", "getpeername(2)."),
        Quick("setsockopt", 54, 208, "int sockfd, int level, int optname, void* optval, uint optlen", "setsockopt(2)."),
        Quick("getsockopt", 55, 209, "int sockfd, int level, int optname, void* optval, uint* optlen", "getsockopt(2)."),
        Blocking("fork", 57, ("clone", 220), "", "fork(2): the child's process id in the parent, 0 in the child."),
        Blocking("exit", 60, 93, "int status", "_exit(2): ends the calling thread, which is the whole of a forked child. Does not return."),
        Blocking("wait4", 61, 260, "int pid, int* wstatus, int options, void* rusage", "wait4(2): the process id of a child that has ended; with WNOHANG 0 where none has."),
        Quick("kill", 62, 129, "int pid, int sig", "kill(2)."),
        Quick("fcntl", 72, 25, "int fd, int op, nint arg", "fcntl(2): with F_GETFL the flags."),
        Blocking("flock", 73, 32, "int fd, int operation", "flock(2)."),
        Blocking("fsync", 74, 82, "int fd", "fsync(2): what was written is on the disk when it returns."),
        Blocking("unlink", 87, ("unlinkat", 35), "byte* pathname", "unlink(2)."),
        Blocking("chmod", 90, ("fchmodat", 53), "byte* pathname, uint mode", "chmod(2)."),
        Quick("getppid", 110, 173, "", "getppid(2): the parent, or the process that has adopted this one."),
        Quick("prctl", 157, 167, "int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5", "prctl(2)."),
        Quick("gettid", 186, 178, "", "gettid(2)."),
        Quick("sched_getaffinity", 204, 123, "int pid, nuint cpusetsize, ulong* mask", "sched_getaffinity(2): the number of bytes written to `mask`."),
        Blocking("getdents64", 217, 61, "int fd, void* dirp, nuint count", "getdents64(2): the number of bytes written to `dirp`, which are entries of a folder; 0 after the last."),
        Quick("clock_gettime", 228, 113, "int clockid, timespec* tp", "clock_gettime(2)."),
        Blocking("epoll_wait", 232, ("epoll_pwait", 22), "int epfd, epoll_event* events, int maxevents, int timeout", "epoll_wait(2): the number of events; 0 after `timeout` milliseconds (-1: never)."),
        Quick("epoll_ctl", 233, 21, "int epfd, int op, int fd, epoll_event* @event", "epoll_ctl(2)."),
        Blocking("unlinkat", 263, 35, "int dirfd, byte* pathname, int flags", "unlinkat(2)."),
        Blocking("renameat", 264, 38, "int olddirfd, byte* oldpath, int newdirfd, byte* newpath", "renameat(2): another name, which may replace one that exists."),
        Blocking("linkat", 265, 37, "int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags", "linkat(2): one more name for a file."),
        Quick("timerfd_create", 283, 85, "int clockid, int flags", "timerfd_create(2): a descriptor."),
        Quick("timerfd_settime", 286, 86, "int fd, int flags, itimerspec* new_value, itimerspec* old_value", "timerfd_settime(2)."),
        Blocking("accept4", 288, 242, "int sockfd, void* addr, uint* addrlen, int flags", "accept4(2): the descriptor of the connection."),
        Quick("signalfd4", 289, 74, "int fd, ulong* mask, nuint sizemask, int flags", "signalfd(2): a descriptor from which the signals of `mask` are read."),
        Quick("epoll_create1", 291, 20, "int flags", "epoll_create1(2): a descriptor."),
        Quick("prlimit64", 302, 261, "int pid, int resource, rlimit* new_limit, rlimit* old_limit", "prlimit(2): reads and changes a limit of process `pid` (0: this one)."),
        Blocking("openat2", 437, 437, "int dirfd, byte* pathname, open_how* how, nuint size", "openat2(2): a descriptor. `size` is that of `open_how`: 24."),
    ];

    // What only machine code calls: the handler of a signal, and what it returns to.

    internal const int RtSigreturn = 15;
    internal const int Tgkill = 234;

    internal static SystemCall Named(string name) => All.First(call => call.Name == name);

    private static SystemCall Blocking(string name, int x64, int arm64, string parameters, string summary) => Blocking(name, x64, (name, arm64), parameters, summary);

    private static SystemCall Blocking(string name, int x64, (string Name, int Number) arm64, string parameters, string summary) => new(name, x64, arm64, true, parameters, summary);

    private static SystemCall Quick(string name, int x64, int arm64, string parameters, string summary) => Quick(name, x64, (name, arm64), parameters, summary);

    private static SystemCall Quick(string name, int x64, (string Name, int Number) arm64, string parameters, string summary) => new(name, x64, arm64, false, parameters, summary);
}

/// <summary>One system call. Its parameters and its result are C#, with the kernel's structures by name (SyscallServer.Internal.Kernel).</summary>
internal sealed class SystemCall(string name, int x64, (string Name, int Number) arm64, bool blocks, string parameters, string summary)
{
    /// <summary>The kernel's name, under which it has its number on x86-64.</summary>
    internal string Name => name;

    /// <summary>The number on x86-64 (asm/unistd_64.h).</summary>
    internal int X64 => x64;

    /// <summary>
    /// The number on arm64 (asm-generic/unistd.h), and the name that the call has there. Where arm64 has no call of the name, it is that of one that does the same with further arguments, which the start code gives it.
    /// </summary>
    internal (string Name, int Number) Arm64 => arm64;

    /// <summary>Whether it may take long. One that cannot is called without telling the garbage collector (SuppressGCTransition).</summary>
    internal bool Blocks => blocks;

    /// <summary>The parameters, in the kernel's order.</summary>
    internal SystemCallParameter[] Parameters { get; } =
        [.. parameters.Split([", "], StringSplitOptions.RemoveEmptyEntries).Select(SystemCallParameter.Parse)];

    /// <summary>The man page, and what the result is; `name` stands for a parameter or a structure.</summary>
    internal string Summary => summary;
}

/// <summary>A parameter of a system call.</summary>
internal sealed class SystemCallParameter(string type, string name)
{
    internal string Type => type;

    internal string Name => name;

    /// <summary>Whether the type is a structure of the kernel, or a pointer to one, rather than a type of C# itself.</summary>
    internal bool IsStructure => type.TrimEnd('*') is not ("void" or "byte" or "int" or "uint" or "long" or "ulong" or "nint" or "nuint");

    internal static SystemCallParameter Parse(string text)
    {
        int space = text.LastIndexOf(' ');
        return new SystemCallParameter(text.Substring(0, space), text.Substring(space + 1));
    }
}
