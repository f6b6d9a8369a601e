using System;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>The system calls, answered by the <see cref="World"/> of the calling thread.</summary>
internal unsafe struct SimulatedKernel : IKernel
{
    private static World World => World.Current!;

    public static nint read(int fd, void* buf, nuint count) => World.Read(fd, new Span<byte>(buf, (int)count));

    public static nint write(int fd, void* buf, nuint count) => World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count));

    public static nint close(int fd) => World.Close(fd);

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Poll(new Span<pollfd>(fds, (int)nfds), timeout);

    public static nint rt_sigaction(int signum, kernel_sigaction* act, kernel_sigaction* oldact, nuint sigsetsize) => World.SignalAction(signum, *act, sigsetsize);

    public static nint rt_sigprocmask(int how, ulong* set, ulong* oldset, nuint sigsetsize) => World.BlockSignals(how, *set, sigsetsize);

    public static nint alarm(uint seconds) => World.Alarm(seconds);

    public static nint getpid() => World.ServerPid;

    public static nint gettid() => World.ServerPid;

    public static nint socket(int domain, int type, int protocol) => World.Socket(domain, type, protocol);

    public static nint accept(int sockfd, void* addr, uint* addrlen) => World.Accept(sockfd);

    public static nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen) => World.Discard(sockfd, buf == null, len, flags);

    public static nint shutdown(int sockfd, int how) => World.Shutdown(sockfd, how);

    public static nint bind(int sockfd, void* addr, uint addrlen) => World.Bind(sockfd, *(sockaddr_in*)addr, addrlen);

    public static nint listen(int sockfd, int backlog) => World.Listen(sockfd, backlog);

    public static nint getsockname(int sockfd, void* addr, uint* addrlen) => World.SocketName(sockfd, ref *(sockaddr_in*)addr);

    public static nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => World.SocketOption(sockfd, level, optname, new ReadOnlySpan<byte>(optval, (int)optlen));

    public static nint fork() => World.Fork();

    public static nint exit(int status) => throw new ChildExitException(status);

    public static nint wait4(int pid, int* wstatus, int options, void* rusage) => World.Wait(pid, options);

    public static nint kill(int pid, int sig) => World.Kill(pid, sig);

    public static nint signalfd4(int fd, ulong* mask, nuint sizemask, int flags) => World.SignalDescriptor(fd, *mask, sizemask, flags);
}

/// <summary>Unwinds a simulated child that has called _exit(2), which does not return.</summary>
internal sealed class ChildExitException(int status) : Exception($"exit({status})")
{
    internal int Status => status;
}
