using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>One system call: what it is called, its number, and its C# shape, that of its man page.</summary>
/// <param name="Name">The man page's name.</param>
/// <param name="Number">The number on x86-64 (asm/unistd_64.h).</param>
/// <param name="Blocks">
/// Whether it may take long. One that cannot is called without telling the garbage collector (SuppressGCTransition).
/// </param>
/// <param name="Parameters">The parameters, in the kernel's order.</param>
internal sealed record SystemCall(string Name, int Number, bool Blocks, EquatableArray<Parameter> Parameters)
{
    private const string Namespace = "global::SyscallServer.Internal.Kernel.";

    /// <summary>Every call that the engine knows, by number. IKernel declares the same; a test compares them.</summary>
    internal static readonly IReadOnlyList<SystemCall> All =
    [
        Blocking("read", 0, "int fd", "void* buf", "nuint count"),
        Blocking("write", 1, "int fd", "void* buf", "nuint count"),
        Blocking("close", 3, "int fd"),
        Blocking("fstat", 5, "int fd", $"{Namespace}stat* statbuf"),
        Blocking("lstat", 6, "byte* pathname", $"{Namespace}stat* statbuf"),
        Blocking("poll", 7, $"{Namespace}pollfd* fds", "nuint nfds", "int timeout"),
        Quick("mmap", 9, "void* addr", "nuint length", "int prot", "int flags", "int fd", "nint offset"),
        Quick("rt_sigaction", 13, "int signum", $"{Namespace}kernel_sigaction* act", $"{Namespace}kernel_sigaction* oldact", "nuint sigsetsize"),
        Quick("rt_sigprocmask", 14, "int how", "ulong* set", "ulong* oldset", "nuint sigsetsize"),
        Blocking("writev", 20, "int fd", $"{Namespace}iovec* iov", "int iovcnt"),
        Quick("madvise", 28, "void* addr", "nuint length", "int advice"),
        Quick("alarm", 37, "uint seconds"),
        Quick("getpid", 39),
        Blocking("sendfile", 40, "int out_fd", "int in_fd", "long* offset", "nuint count"),
        Quick("socket", 41, "int domain", "int type", "int protocol"),
        Quick("connect", 42, "int sockfd", "void* addr", "uint addrlen"),
        Blocking("accept", 43, "int sockfd", "void* addr", "uint* addrlen"),
        Blocking("sendto", 44, "int sockfd", "void* buf", "nuint len", "int flags", "void* dest_addr", "uint addrlen"),
        Blocking("recvfrom", 45, "int sockfd", "void* buf", "nuint len", "int flags", "void* src_addr", "uint* addrlen"),
        Quick("shutdown", 48, "int sockfd", "int how"),
        Quick("bind", 49, "int sockfd", "void* addr", "uint addrlen"),
        Quick("listen", 50, "int sockfd", "int backlog"),
        Quick("getsockname", 51, "int sockfd", "void* addr", "uint* addrlen"),
        Quick("setsockopt", 54, "int sockfd", "int level", "int optname", "void* optval", "uint optlen"),
        Quick("getsockopt", 55, "int sockfd", "int level", "int optname", "void* optval", "uint* optlen"),
        Blocking("fork", 57),
        Blocking("exit", 60, "int status"),
        Blocking("wait4", 61, "int pid", "int* wstatus", "int options", "void* rusage"),
        Quick("kill", 62, "int pid", "int sig"),
        Quick("fcntl", 72, "int fd", "int op", "nint arg"),
        Blocking("flock", 73, "int fd", "int operation"),
        Blocking("fsync", 74, "int fd"),
        Blocking("unlink", 87, "byte* pathname"),
        Blocking("chmod", 90, "byte* pathname", "uint mode"),
        Quick("getppid", 110),
        Quick("prctl", 157, "int option", "nuint arg2", "nuint arg3", "nuint arg4", "nuint arg5"),
        Quick("gettid", 186),
        Quick("sched_getaffinity", 204, "int pid", "nuint cpusetsize", "ulong* mask"),
        Blocking("getdents64", 217, "int fd", "void* dirp", "nuint count"),
        Quick("clock_gettime", 228, "int clockid", $"{Namespace}timespec* tp"),
        Blocking("epoll_wait", 232, "int epfd", $"{Namespace}epoll_event* events", "int maxevents", "int timeout"),
        Quick("epoll_ctl", 233, "int epfd", "int op", "int fd", $"{Namespace}epoll_event* @event"),
        Blocking("unlinkat", 263, "int dirfd", "byte* pathname", "int flags"),
        Blocking("renameat", 264, "int olddirfd", "byte* oldpath", "int newdirfd", "byte* newpath"),
        Blocking("linkat", 265, "int olddirfd", "byte* oldpath", "int newdirfd", "byte* newpath", "int flags"),
        Quick("timerfd_create", 283, "int clockid", "int flags"),
        Quick("timerfd_settime", 286, "int fd", "int flags", $"{Namespace}itimerspec* new_value", $"{Namespace}itimerspec* old_value"),
        Blocking("accept4", 288, "int sockfd", "void* addr", "uint* addrlen", "int flags"),
        Quick("signalfd4", 289, "int fd", "ulong* mask", "nuint sizemask", "int flags"),
        Quick("epoll_create1", 291, "int flags"),
        Quick("prlimit64", 302, "int pid", "int resource", $"{Namespace}rlimit* new_limit", $"{Namespace}rlimit* old_limit"),
        Blocking("openat2", 437, "int dirfd", "byte* pathname", $"{Namespace}open_how* how", "nuint size"),
    ];

    internal static SystemCall Named(string name) => All.First(call => call.Name == name);

    private static SystemCall Blocking(string name, int number, params string[] parameters) => Create(name, number, true, parameters);

    private static SystemCall Quick(string name, int number, params string[] parameters) => Create(name, number, false, parameters);

    private static SystemCall Create(string name, int number, bool blocks, string[] parameters)
        => new(name, number, blocks, new EquatableArray<Parameter>(parameters.Select(Parameter.Parse)));
}

/// <summary>A parameter of a system call.</summary>
internal sealed record Parameter(string Type, string Name)
{
    internal static Parameter Parse(string text)
    {
        int space = text.LastIndexOf(' ');
        return new Parameter(text.Substring(0, space), text.Substring(space + 1));
    }
}
