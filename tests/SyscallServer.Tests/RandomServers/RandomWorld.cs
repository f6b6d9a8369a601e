using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// A machine on which a random server runs as it was emitted, from its command line on, until a signal ends it. Whatever it forks it becomes itself. Its clients do something only when it has nothing
/// left to do, so it is deterministic.
/// </summary>
internal sealed unsafe partial class RandomWorld(Random random, Queue<RandomClient> clients, Action<string>? trace) : IDisposable
{
    /// <summary>The second at which it begins.</summary>
    internal const long FirstSecond = 1_000_000_000;

    private const int PageSize = 4096;
    private const int MaxCalls = 2_000_000;
    private const int CallsPerMillisecond = 64;

    private enum Kind
    {
        Standard,
        Listener,
        Signals,
        Epoll,
        Timer,
    }

    private sealed record Watch(uint Events, ulong Data);

    private readonly Dictionary<int, object> _descriptors = new() { [0] = Kind.Standard, [1] = Kind.Standard, [2] = Kind.Standard };
    private readonly SortedDictionary<int, Watch> _watched = [];
    private readonly List<(nint Address, nuint Length)> _mappings = [];
    private long _now;
    private long _tickAt = long.MaxValue;
    private bool _isStopping;
    private int _calls;

    [ThreadStatic]
    internal static RandomWorld? Current;

    internal RandomFiles Files { get; init; } = new();

    /// <summary>The form of the lines that are logged; null where none are.</summary>
    internal string? LogFormat { get; init; }

    /// <summary>How many connections there may be at a time before the next client comes.</summary>
    internal int Open { get; init; } = 1;

    private IEnumerable<RandomClient> Connections => _descriptors.Values.OfType<RandomClient>();

    public void Dispose()
    {
        foreach ((nint address, nuint length) in _mappings)
        {
            _ = MemoryUnmap(address, length);
        }
    }

    /// <summary>Memory that nobody has cleared, before a page that is not to be touched.</summary>
    internal byte* Allocate(int size)
    {
        size = (size + 15) & -16;
        nuint pages = (nuint)(size + 2 * PageSize - 1) / PageSize * PageSize;
        byte* start = (byte*)Map(null, pages, 3);
        Require(MemoryProtect((nint)start + (nint)pages - PageSize, PageSize, 0) == 0, "mprotect");
        byte* memory = start + pages - PageSize - size;
        new Span<byte>(memory, size).Fill(0xCC);
        return memory;
    }

    internal nint Map(void* address, nuint length, int protection, bool isShared = false)
    {
        const int privateAnonymousNoReserve = 0x4022;
        const int @fixed = 0x10;
        Enter("mmap", (long)length);
        if (address != null)
        {
            return MemoryMap((nint)address, length, protection, privateAnonymousNoReserve | @fixed, -1, 0);
        }

        // And a page behind it that is not to be touched.
        nuint pages = (length + PageSize - 1) / PageSize * PageSize;
        nint memory = MemoryMap(0, pages + PageSize, protection, privateAnonymousNoReserve, -1, 0);
        Require(memory != -1 && MemoryProtect(memory + (nint)pages, PageSize, 0) == 0, "no memory");
        _mappings.Add((memory, pages + PageSize));
        if (isShared)
        {
            _counters = (long*)memory;
        }

        return memory;
    }

    /// <summary>Memory that is given back is zeros.</summary>
    internal nint Advise(void* address, nuint length)
    {
        Enter("madvise", (long)length);
        return MemoryMap((nint)address, length, 3, 0x4032, -1, 0) == (nint)address ? 0 : -Errno.ENOMEM; // PROT_READ and PROT_WRITE; MAP_PRIVATE, MAP_FIXED, MAP_ANONYMOUS and MAP_NORESERVE
    }

    internal void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            throw new InvalidDataException(complaint);
        }
    }

    internal void Require(bool condition, [InterpolatedStringHandlerArgument("condition")] ref Simulation.Complaint complaint)
    {
        if (!condition)
        {
            throw new InvalidDataException(complaint.ToString());
        }
    }

    internal void Enter(string call, long first = 0, long second = 0)
    {
        trace?.Invoke($"{call}({first}, {second})");
        _now += ++_calls % CallsPerMillisecond == 0 ? 1 : 0;
        Require(_calls < MaxCalls, "it spins");
    }

    internal int Add(object descriptor)
    {
        int fd = 3;
        while (_descriptors.ContainsKey(fd))
        {
            fd++;
        }

        _descriptors.Add(fd, descriptor);
        return fd;
    }

    internal nint Socket()
    {
        nint listener = Add(Kind.Listener);
        _listeners.Add((int)listener);
        return listener;
    }

    internal nint SignalDescriptor() => Add(Kind.Signals);

    internal nint CreateEpoll() => Add(Kind.Epoll);

    internal nint CreateTimer() => Add(Kind.Timer);

    /// <summary>The listeners, in the order of the endpoints.</summary>
    private readonly List<int> _listeners = [];

    /// <summary>Whether a client waits at this listener.</summary>
    private bool HasClientOf(int listener) => HasClient && clients.Peek().Endpoint == _listeners.IndexOf(listener);

    private bool HasClient => clients.Count > 0 && (clients.Peek().IsTurnedAway ? Connections.Count() >= Open : Connections.Count() < Open);

    private bool IsReady(int fd, bool writing) => _descriptors.TryGetValue(fd, out object? descriptor) && descriptor switch
    {
        RandomClient client => writing ? client.Room > 0 : client.Unread.Count > 0 || client.HasEnded,
        Kind.Listener => !_isStopping && HasClientOf(fd),
        Kind.Signals => (_isStopping && !_stopWasRead) || _now >= _alarmAt,
        Kind.Timer => _now >= _tickAt,
        _ => true,
    };

    private bool _stopWasRead;

    /// <summary>When the delay before the end is over, or the grace period.</summary>
    private long _alarmAt = long.MaxValue;

    internal nint Alarm(uint seconds)
    {
        Enter("alarm", (int)seconds);
        _alarmAt = seconds == 0 ? long.MaxValue : _now + seconds * 1000;
        return 0;
    }

    /// <summary>Nothing is to be done: a client does something, time passes, or the server is to end.</summary>
    private bool Advance(long until)
    {
        RandomClient[] all = [.. Connections];
        int first = all.Length > 0 ? random.Next(all.Length) : 0;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[(first + i) % all.Length].Act())
            {
                trace?.Invoke("-- a client acts");
                return true;
            }
        }

        if (clients.Count == 0 && all.Length == 0 && !_isStopping)
        {
            trace?.Invoke("-- SIGTERM");
            return _isStopping = true;
        }

        bool alarmComes = _alarmAt > _now && _alarmAt != long.MaxValue && _alarmAt <= until;
        until = alarmComes ? _alarmAt : until;
        Require(until != long.MaxValue, "it waits for ever");
        _now = Math.Max(_now, until);
        return alarmComes;
    }

    internal nint Poll(pollfd* descriptors, int count, int timeout)
    {
        Enter("poll", count > 0 ? descriptors[0].fd : -1, timeout);
        long until = timeout < 0 ? long.MaxValue : _now + timeout;
        while (true)
        {
            int ready = 0;
            for (int i = 0; i < count; i++)
            {
                bool isReady = IsReady(descriptors[i].fd, (descriptors[i].events & Linux.POLLOUT) != 0);
                descriptors[i].revents = isReady ? descriptors[i].events : (short)0;
                ready += isReady ? 1 : 0;
            }

            if (ready > 0 || timeout == 0 || !Advance(until))
            {
                return ready;
            }
        }
    }

    internal nint Control(int operation, int fd, epoll_event* change)
    {
        Enter("epoll_ctl", operation, fd);
        if (operation == Linux.EPOLL_CTL_DEL)
        {
            _watched.Remove(fd);
        }
        else
        {
            _watched[fd] = new Watch(change->events, change->data);
        }

        return 0;
    }

    internal nint Wait(epoll_event* events, int capacity)
    {
        Enter("epoll_wait", capacity);
        while (true)
        {
            int count = 0;
            foreach ((int fd, Watch watch) in _watched)
            {
                if (count < capacity && IsReady(fd, (watch.Events & Linux.EPOLLOUT) != 0))
                {
                    events[count].events = watch.Events;
                    events[count++].data = watch.Data;
                }
            }

            if (count > 0)
            {
                return count;
            }

            _ = Advance(_tickAt);
        }
    }

    internal nint SetTimer(int flags, itimerspec* time)
    {
        Require(flags == (Linux.TFD_TIMER_ABSTIME | Linux.TFD_TIMER_CANCEL_ON_SET), "a time of the wall clock");
        _tickAt = time->it_value.tv_sec == 0 && time->it_value.tv_nsec == 0 ? long.MaxValue : (time->it_value.tv_sec - FirstSecond) * 1000 + time->it_value.tv_nsec / 1_000_000;
        return 0;
    }

    internal nint Time(int clock, timespec* time)
    {
        time->tv_sec = _now / 1000 + (clock == Linux.CLOCK_REALTIME ? FirstSecond : 1000);
        time->tv_nsec = _now % 1000 * 1_000_000;
        return 0;
    }

    /// <summary>Every client is 10.1.2.3, port 1000.</summary>
    internal nint Accept(int listener, void* address, uint* length)
    {
        Enter("accept", clients.Count);
        if (address != null)
        {
            new ReadOnlySpan<byte>([2, 0, 3, 0xE8, 10, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0]).CopyTo(new Span<byte>(address, (int)*length)); // struct sockaddr_in, ip(7)
            *length = 16;
        }

        if (!HasClientOf(listener) || _isStopping)
        {
            return -Errno.EAGAIN;
        }

        _accepted.Add(clients.Peek());
        return Add(clients.Dequeue());
    }

    internal nint Read(int fd, byte* buffer, int length)
    {
        Enter("read", fd, length);
        if (RandomFiles.IsFile(fd))
        {
            ReadOnlySpan<byte> bytes = Files.Read(fd, offset: 0, (nuint)length); // each is read once
            bytes.CopyTo(new Span<byte>(buffer, length));
            return bytes.Length;
        }

        switch (_descriptors.GetValueOrDefault(fd))
        {
            case Kind.Signals:
                if (!IsReady(fd, writing: false))
                {
                    return -Errno.EAGAIN;
                }

                new Span<byte>(buffer, length).Clear();
                *buffer = (byte)(_stopWasRead ? Linux.SIGALRM : Linux.SIGTERM);
                _alarmAt = _stopWasRead ? long.MaxValue : _alarmAt;
                _stopWasRead = true;
                return length;
            case Kind.Timer:
                if (_now < _tickAt)
                {
                    return -Errno.EAGAIN;
                }

                *(long*)buffer = 1 + (_now - _tickAt) / 1000;
                _tickAt += *(long*)buffer * 1000;
                return sizeof(long);
            case RandomClient client:
                if (client.Unread.Count == 0)
                {
                    return client.HasEnded ? 0 : -Errno.EAGAIN;
                }

                ArraySegment<byte> piece = client.Unread.Peek();
                int count = Math.Min(piece.Count, length);
                piece.AsSpan(0, count).CopyTo(new Span<byte>(buffer, count));
                client.Unread.Dequeue();
                _received += count;
                if (count < piece.Count)
                {
                    ArraySegment<byte>[] others = [.. client.Unread];
                    client.Unread.Clear();
                    client.Unread.Enqueue(piece[count..]);
                    Array.ForEach(others, client.Unread.Enqueue);
                }

                return count;
            default:
                return -Errno.EBADF;
        }
    }

    /// <summary>A write: to a client as much as it takes, of a process that waits for it at least one byte.</summary>
    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        Enter("write", fd, bytes.Length);
        if (RandomFiles.IsFile(fd))
        {
            return Files.Write(fd, bytes);
        }

        if (_descriptors.GetValueOrDefault(fd) is not RandomClient client)
        {
            if (fd == 1 && LogFormat is not null)
            {
                CheckLog(bytes);
            }

            return fd is 1 or 2 ? bytes.Length : -Errno.EBADF;
        }

        if (client.IsGone)
        {
            return -Errno.EPIPE;
        }

        while (client.Room == 0)
        {
            if (_tickAt != long.MaxValue)
            {
                return -Errno.EAGAIN; // of an event loop
            }

            Require(client.Act(), "a client that takes nothing");
        }

        int count = Math.Min(Math.Min(client.Room, client.LeftToTake), bytes.Length);
        client.Take(bytes[..count]);
        _sent += count;
        return count;
    }

    internal nint SendFile(int fd, int file, long* offset, nuint count)
    {
        nint result = Write(fd, Files.Read(file, *offset, count));
        *offset += Math.Max(result, 0);
        return result;
    }

    internal nint PeerName(void* address, uint* length)
    {
        *length = (uint)sizeof(sockaddr_in);
        ((sockaddr_in*)address)->Set(0x7F000001, 1234);
        return 0;
    }

    internal nint Close(int fd)
    {
        Enter("close", fd);
        if (Files.TryClose(fd))
        {
            return 0;
        }

        _watched.Remove(fd);
        Require(_descriptors.Remove(fd, out object? descriptor), $"descriptor {fd} is not open");
        (descriptor as RandomClient)?.Close();
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int MemoryProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nuint length);
}

/// <summary>A simulated child has called _exit(2), which does not return.</summary>
internal sealed class RandomExitException : Exception;

/// <summary>The system calls, answered by the <see cref="RandomWorld"/> of the calling thread.</summary>
internal unsafe struct RandomKernel : IKernel
{
    private static RandomWorld World => RandomWorld.Current!;

    public static nint read(int fd, void* buf, nuint count) => World.Read(fd, (byte*)buf, (int)count);

    public static nint write(int fd, void* buf, nuint count) => World.Write(fd, new ReadOnlySpan<byte>(buf, (int)count));

    public static nint writev(int fd, iovec* iov, int iovcnt) => World.Write(fd, Simulation.SimulatedMachine.Gather(iov, iovcnt));

    public static nint sendto(int sockfd, void* buf, nuint len, int flags, void* dest_addr, uint addrlen) => World.Write(sockfd, new ReadOnlySpan<byte>(buf, (int)len));

    public static nint recvfrom(int sockfd, void* buf, nuint len, int flags, void* src_addr, uint* addrlen) => World.Read(sockfd, (byte*)buf, (int)len);

    public static nint sendfile(int out_fd, int in_fd, long* offset, nuint count) => World.SendFile(out_fd, in_fd, offset, count);

    public static nint close(int fd) => World.Close(fd);

    public static nint fstat(int fd, stat* statbuf) => World.Files.Status(fd, statbuf);

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Poll(fds, (int)nfds, timeout);

    public static nint rt_sigaction(int signum, kernel_sigaction* act, kernel_sigaction* oldact, nuint sigsetsize) => 0;

    public static nint rt_sigprocmask(int how, ulong* set, ulong* oldset, nuint sigsetsize) => 0;

    public static nint alarm(uint seconds) => World.Alarm(seconds);

    public static nint getpid() => 100;

    public static nint gettid() => 100;

    public static nint getppid() => 100;

    public static nint socket(int domain, int type, int protocol) => World.Socket();

    public static nint accept(int sockfd, void* addr, uint* addrlen) => World.Accept(sockfd, addr, addrlen);

    public static nint accept4(int sockfd, void* addr, uint* addrlen, int flags) => World.Accept(sockfd, addr, addrlen);

    public static nint shutdown(int sockfd, int how) => 0;

    public static nint bind(int sockfd, void* addr, uint addrlen) => 0;

    public static nint listen(int sockfd, int backlog) => 0;

    public static nint getsockname(int sockfd, void* addr, uint* addrlen) => 0;

    public static nint getpeername(int sockfd, void* addr, uint* addrlen) => World.PeerName(addr, addrlen);

    public static nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => 0;

    public static nint fcntl(int fd, int op, nint arg) => op == Linux.F_DUPFD_CLOEXEC ? World.Files.Duplicate(fd, (int)arg) : 0;

    public static nint fork() => 0;

    public static nint exit(int status) => throw new RandomExitException();

    public static nint wait4(int pid, int* wstatus, int options, void* rusage) => -Errno.ECHILD;

    public static nint kill(int pid, int sig) => 0;

    public static nint clock_gettime(int clockid, timespec* tp) => World.Time(clockid, tp);

    public static nint signalfd4(int fd, ulong* mask, nuint sizemask, int flags) => World.SignalDescriptor();

    public static nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset) => World.Map(addr, length, prot, (flags & Linux.MAP_SHARED) != 0);

    public static nint madvise(void* addr, nuint length, int advice) => World.Advise(addr, length);

    public static nint epoll_create1(int flags) => World.CreateEpoll();

    public static nint epoll_ctl(int epfd, int op, int fd, epoll_event* @event) => World.Control(op, fd, @event);

    public static nint epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout) => World.Wait(events, maxevents);

    public static nint timerfd_create(int clockid, int flags) => World.CreateTimer();

    public static nint timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value) => World.SetTimer(flags, new_value);

    public static nint prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5) => 0;

    public static nint prlimit64(int pid, int resource, rlimit* new_limit, rlimit* old_limit) => 0;

    public static nint fsync(int fd) => 0;

    public static nint linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags) => World.Files.Link(olddirfd, oldpath, newpath);

    public static nint renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath) => World.Files.Rename(oldpath, newpath);

    public static nint unlinkat(int dirfd, byte* pathname, int flags) => World.Files.Unlink(pathname);

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size) => World.Files.Open(dirfd, pathname, *how);
}
