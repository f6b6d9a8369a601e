using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A machine on which several servers start at one moment on one path of a Unix socket, deterministic from a seed: a stale file lies there, a live server's, something else, or nothing. Whenever a server calls, another
/// may get the CPU and start, until it listens or has to wait. It throws where two servers listen, where the file is not that of the one that does, or where what was there is not left alone.
/// </summary>
internal sealed unsafe class ListenWorld : SimulatedMachine
{
    private const string Path = "/run/site.sock";
    private const int MaxCallsWithoutProgress = 10_000;

    /// <summary>The longest time, in milliseconds, that somebody else's lock may delay a start.</summary>
    private const int LongestWait = 10_000;

    private enum Before
    {
        Nothing,
        StaleSocket,
        LiveServer,
        RegularFile,
    }

    private readonly Coverage _coverage;
    private readonly Before _before;
    private readonly bool _hasFolder;
    private readonly bool _isLockedForEver;
    private readonly Dictionary<int, object> _descriptors = [];
    private readonly Dictionary<int, int> _owners = [];
    private readonly Stack<int> _starting = new();
    private readonly List<int> _waiting = [];
    private readonly List<int> _listening = [];
    private File? _file;
    private int _lockedBy;
    private int _nextDescriptor = 3;
    private string _message = "";
    private string? _failed;

    [ThreadStatic]
    internal static ListenWorld? Current;

    internal ListenWorld(int seed, double faultRate, bool isTraced, Coverage coverage)
        : base(seed, faultRate, MaxCallsWithoutProgress, isTraced)
    {
        _coverage = coverage;
        _before = (Before)Random.Next(4);
        _hasFolder = Random.Next(6) > 0;
        _isLockedForEver = Random.Next(8) == 0;
        _waiting.AddRange(Enumerable.Range(1, Random.Next(1, 4)));
        _file = _before switch
        {
            Before.Nothing => null,
            Before.RegularFile => new File(1, Linux.S_IFREG),
            Before.StaleSocket => new File(1, Linux.S_IFSOCK),
            _ => new File(1, Linux.S_IFSOCK) { Listens = true },
        };
    }

    /// <summary>Its number is free again when it is removed.</summary>
    private sealed class File(ulong inode, uint type)
    {
        internal ulong Inode => inode;

        internal uint Type => type;

        internal bool Listens { get; set; }
    }

    private sealed class Socket
    {
        internal File? File { get; set; }
    }

    private sealed class Folder;

    /// <summary>The server has to wait, and others are to get on first: it is as if it had not begun.</summary>
    private sealed class WaitingException : Exception;

    private readonly struct Settings : IServer
    {
        public static bool HasEndpoints => true;

        public static int SocketMode => 0x1B0; // 660 in octal

        public static int Backlog => 5;

        public static int MaxConnections => 5;

        public static int ReadTimeout => 10;

        public static int WriteTimeout => 10;

        public static int GracePeriod => 1;
    }

    private bool IsExclusive => _hasFolder && !_isLockedForEver;

    internal void Run()
    {
        Current = this;
        try
        {
            while (_waiting.Count > 0)
            {
                StartAny();
            }
        }
        finally
        {
            Current = null;
        }

        if (!IsExclusive)
        {
            _coverage.Add("without a lock");
            return; // who comes first is not known
        }

        bool isFree = _before is Before.Nothing or Before.StaleSocket;
        Require(_listening.Count <= (isFree ? 1 : 0), "two servers listen at one path");
        Require(_listening.Count == 1 || !isFree || _failed is not null, "none listens, and nothing failed");
        Require(_listening.Count == 0 || _file is { Listens: true }, "nobody can connect to the one that listens");
        Require(isFree || _file is { Inode: 1 }, "what was there before is gone");
        _coverage.Add("alone", _listening.Count);
        _coverage.Add(_before.ToString());
    }

    private void StartAny()
    {
        int server = _waiting[Random.Next(_waiting.Count)];
        _waiting.Remove(server);
        _starting.Push(server);
        string messageOfAnother = _message;
        Note($"-- server {server} starts");
        try
        {
            Endpoints endpoints = default;
            endpoints.Set("unix:/run/site.sock\0"u8);
            _message = "";
            if (Endpoints.Open<ListenWorldKernel, Settings>(&endpoints))
            {
                Require(_descriptors.Keys.Count(descriptor => IsOf(descriptor, server)) == 1, "it leaves something open");
                _listening.Add(server);
                _coverage.Add("listens");
            }
            else
            {
                Require(_message.Contains(Path, StringComparison.Ordinal), "nobody is told why it ends");
                End(server);
            }
        }
        catch (WaitingException)
        {
            End(server);
            _waiting.Add(server);
            _coverage.Add("waited");
        }

        Note($"-- server {server} has started or ended");
        _message = messageOfAnother;
        _ = _starting.Pop();
    }

    private bool IsOf(int descriptor, int server) => _owners[descriptor] == server;

    /// <summary>The kernel closes what the server had open.</summary>
    private void End(int server)
    {
        foreach (int descriptor in _descriptors.Keys.Where(descriptor => IsOf(descriptor, server)).ToArray())
        {
            Remove(descriptor);
        }
    }

    private void Remove(int descriptor)
    {
        if (_descriptors[descriptor] is Socket { File: { } file })
        {
            file.Listens = false;
        }
        else if (_descriptors[descriptor] is Folder && _lockedBy == descriptor)
        {
            _lockedBy = 0;
        }

        _descriptors.Remove(descriptor);
    }

    private int Add(object descriptor)
    {
        _descriptors.Add(_nextDescriptor, descriptor);
        _owners[_nextDescriptor] = _starting.Peek();
        return _nextDescriptor++;
    }

    private protected override void HappenIn()
    {
        if (_waiting.Count > 0 && Chance(0.1))
        {
            StartAny();
        }
    }

    private Socket Find(int fd)
    {
        Require(_descriptors.TryGetValue(fd, out object? socket) && socket is Socket && IsOf(fd, _starting.Peek()), $"{fd} is no socket of its own");
        return (Socket)_descriptors[fd];
    }

    private nint Failed(string call, nint error)
    {
        _failed = call;
        return Answer(error);
    }

    // ---- the calls ----

    internal nint CreateSocket()
    {
        Enter($"socket()");
        return Fails(out nint error, [Errno.EMFILE]) ? Failed("socket", error) : Answer(Add(new Socket()));
    }

    internal nint SetOption(int fd)
    {
        Enter($"setsockopt({fd})");
        _ = Find(fd);
        return Answer(0);
    }

    internal nint Open(string path, open_how how)
    {
        Enter($"openat2({path})");
        Require(path == "/run/" && how.flags == (ulong)(Linux.O_RDONLY | Linux.O_DIRECTORY | Linux.O_CLOEXEC) && how is { mode: 0, resolve: 0 }, "the folder of the file");
        return Answer(_hasFolder ? Add(new Folder()) : -Errno.EACCES);
    }

    internal nint Lock(int fd, int operation)
    {
        Enter($"flock({fd}, {operation})");
        Require(_descriptors[fd] is Folder && IsOf(fd, _starting.Peek()) && operation == (Linux.LOCK_EX | Linux.LOCK_NB), "locks the folder");
        if (_lockedBy != 0 || _isLockedForEver)
        {
            return Answer(-Errno.EAGAIN);
        }

        _lockedBy = fd;
        return Answer(0);
    }

    internal nint Pause(int milliseconds)
    {
        Enter($"poll({milliseconds})");
        if (!_isLockedForEver)
        {
            Require(_lockedBy != 0, "it waits for nothing");
            throw new WaitingException();
        }

        Now += milliseconds;
        Require(milliseconds > 0 && Now <= 1_000_000 + LongestWait * 3, "somebody else's lock keeps it from starting");
        return Answer(0);
    }

    internal nint Bind(int fd, string path)
    {
        Enter($"bind({fd}, {path})");
        Socket socket = Find(fd);
        Require(path == Path && socket.File is null, "binds once");
        if (_file is not null)
        {
            return Answer(-Errno.EADDRINUSE);
        }

        if (Fails(out nint error, [Errno.EACCES]))
        {
            return Failed("bind", error);
        }

        // The number of a file that was removed is the next one's, as in some file systems.
        _file = socket.File = new File(_before == Before.Nothing ? 1u : 2u, Linux.S_IFSOCK);
        return Answer(0);
    }

    internal nint Status(string path, out stat status)
    {
        Enter($"lstat({path})");
        status = default;
        if (_file is null)
        {
            return Answer(-Errno.ENOENT);
        }

        status.st_mode = _file.Type;
        status.st_ino = _file.Inode;
        return Answer(0);
    }

    internal nint Connect(int fd, string path)
    {
        Enter($"connect({fd}, {path})");
        _ = Find(fd);
        return Answer(_file is null ? -Errno.ENOENT : _file.Listens ? 0 : -Errno.ECONNREFUSED);
    }

    internal nint Unlink(string path)
    {
        Enter($"unlink({path})");
        Require(!IsExclusive || _file is null or { Listens: false }, "it removes the file of a server that listens");
        _file = null;
        return Answer(0);
    }

    internal nint SetMode(string path)
    {
        Enter($"chmod({path})");
        return Fails(out nint error, [Errno.EPERM]) ? Failed("chmod", error) : Answer(0);
    }

    internal nint Listen(int fd)
    {
        Enter($"listen({fd})");
        Socket socket = Find(fd);
        Require(socket.File is not null && (!IsExclusive || socket.File == _file), "somebody else's file is in the place");
        if (Fails(out nint error, [Errno.EADDRINUSE]))
        {
            return Failed("listen", error);
        }

        socket.File!.Listens = true;
        return Answer(0);
    }

    internal nint Close(int fd)
    {
        Enter($"close({fd})");
        Require(_descriptors.ContainsKey(fd) && IsOf(fd, _starting.Peek()), "it closes what is its own");
        Remove(fd);
        Progress();
        return Answer(0);
    }

    internal nint Write(string text)
    {
        Note($"write '{text.TrimEnd()}'");
        _message += text;
        return text.Length;
    }
}

/// <summary>The system calls of servers that begin to listen, answered by the <see cref="ListenWorld"/> of the calling thread.</summary>
internal unsafe struct ListenWorldKernel : IKernel
{
    private static ListenWorld World => ListenWorld.Current!;

    private static string Text(void* path) => Marshal.PtrToStringUTF8((nint)path)!;

    public static nint socket(int domain, int type, int protocol) => World.CreateSocket();

    public static nint setsockopt(int sockfd, int level, int optname, void* optval, uint optlen) => World.SetOption(sockfd);

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size) => World.Open(Text(pathname), *how);

    public static nint flock(int fd, int operation) => World.Lock(fd, operation);

    public static nint poll(pollfd* fds, nuint nfds, int timeout) => World.Pause(timeout);

    public static nint bind(int sockfd, void* addr, uint addrlen) => World.Bind(sockfd, Text((byte*)addr + sizeof(ushort)));

    public static nint lstat(byte* pathname, stat* statbuf) => World.Status(Text(pathname), out *statbuf);

    public static nint connect(int sockfd, void* addr, uint addrlen) => World.Connect(sockfd, Text((byte*)addr + sizeof(ushort)));

    public static nint unlink(byte* pathname) => World.Unlink(Text(pathname));

    public static nint chmod(byte* pathname, uint mode) => World.SetMode(Text(pathname));

    public static nint listen(int sockfd, int backlog) => World.Listen(sockfd);

    public static nint close(int fd) => World.Close(fd);

    public static nint write(int fd, void* buf, nuint count) => World.Write(Encoding.UTF8.GetString((byte*)buf, (int)count));
}
