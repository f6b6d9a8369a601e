using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// The files of a simulated world: they cannot be opened for many reasons, become shorter while they are sent, and the disk is full. Whoever opens one has to close it; what gets a name
/// must be on the disk, and what has none in the end is gone.
/// </summary>
/// <param name="random">Where its decisions come from.</param>
/// <param name="fails">Whether something goes wrong now.</param>
/// <param name="require">Throws the complaint where the condition is false.</param>
internal sealed unsafe class SimulatedFiles(Random random, Func<bool> fails, Action<bool, string> require)
{
    private const int FirstDescriptor = 600;
    private const int ENODEV = 19;
    private const int ENOLCK = 37;
    private const ulong Folder = Linux.O_RDONLY | Linux.O_DIRECTORY | (ulong)Linux.O_CLOEXEC;
    private const ulong Look = Linux.O_PATH | Linux.O_NOFOLLOW | (ulong)Linux.O_CLOEXEC;
    private const ulong Nameless = Linux.O_TMPFILE | Linux.O_WRONLY | (ulong)Linux.O_CLOEXEC;
    private const ulong New = Linux.O_CREAT | Linux.O_EXCL | Linux.O_WRONLY | (ulong)Linux.O_CLOEXEC;

    internal const string Small = "the content of a file";

    /// <summary>What is uploaded.</summary>
    internal static readonly string Upload = new('u', 900);

    private readonly Dictionary<string, File> _names = new()
    {
        ["small"] = new File(Small),
        ["huge"] = new File(SimulatedSite.Huge),
        ["empty"] = new File(""),
    };

    private readonly Dictionary<int, File> _open = [];
    private readonly bool _hasNameless = random.Next(4) != 0;

    /// <summary>The ways to give a nameless file a name: AT_EMPTY_PATH, and /proc. Where the server has found neither, it uses none.</summary>
    private readonly bool _takesEmptyPath = random.Next(2) == 0;
    private readonly bool _hasProc = random.Next(2) == 0;
    private int _next = FirstDescriptor;

    private sealed class File(string content)
    {
        internal List<byte> Content { get; } = [.. Encoding.Latin1.GetBytes(content)];

        internal bool IsFolder { get; init; }

        internal bool IsOnDisk { get; set; } = true;
    }

    internal int Count => _open.Count;

    internal nint Open(int folder, byte* path, in open_how how)
    {
        string name = Marshal.PtrToStringUTF8((nint)path)!;
        require(how.resolve == (Linux.RESOLVE_BENEATH | Linux.RESOLVE_NO_MAGICLINKS), "the way out of the root is not closed");
        bool isMarker = folder == FileRoot.FirstDescriptor + FileRoot.Nameless;
        if (isMarker && !_takesEmptyPath && !_hasProc)
        {
            return -Errno.EBADF;
        }

        require(isMarker || folder == FileRoot.FirstDescriptor || (_open.TryGetValue(folder, out File? opened) && opened.IsFolder), "another folder than the root");
        require(how.mode == (how.flags is Nameless or New ? 0x1A4u : 0), "the mode of a file");
        if (fails())
        {
            int[] errors = [Errno.EACCES, Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.EAGAIN, Errno.EINTR, Errno.ENOENT, Errno.ELOOP, Errno.EXDEV, Errno.EIO, Errno.ENOSPC, ENODEV];
            return -errors[random.Next(errors.Length)];
        }

        switch (how.flags)
        {
            case Folder:
                require(name == ".", "another folder than the root");
                return Add(new File("") { IsFolder = true });
            case Nameless:
                require(_takesEmptyPath || _hasProc, "a file that never gets a name");
                return _hasNameless ? Add(new File("") { IsOnDisk = false }) : -Errno.EOPNOTSUPP;
            case New:
                return _names.TryAdd(name, new File("") { IsOnDisk = false }) ? Add(_names[name]) : -Errno.EEXIST;
            default:
                require(how.flags == Look || (how.flags & (ulong)Linux.O_NONBLOCK) != 0, "it waits for whoever opens the other end");
                return _names.TryGetValue(name, out File? file) ? Add(file) : -Errno.ENOENT;
        }
    }

    private int Add(File file)
    {
        _open.Add(_next, file);
        return _next++;
    }

    private File Find(int fd)
    {
        require(_open.ContainsKey(fd), $"{fd} is no open file");
        return _open[fd];
    }

    internal nint Status(int fd, stat* status)
    {
        File file = Find(fd);
        if (fails())
        {
            return -Errno.EIO;
        }

        *status = default;
        status->st_mode = Linux.S_IFREG | 0x1A4;
        status->st_size = file.Content.Count;
        status->st_nlink = 1;
        status->st_mtim.tv_sec = random.Next(4) == 0 ? 1L << 40 : 500; // some are of a time to come
        status->st_ctim.tv_sec = 500;
        return 0;
    }

    /// <summary>What sendfile(2) finds in the file; nothing behind its end, where it has become shorter.</summary>
    internal ReadOnlySpan<byte> Read(int fd, long offset, nuint count)
    {
        require(count > 0, "nothing is sent");
        List<byte> content = Find(fd).Content;
        return offset >= content.Count || (offset > 0 && fails()) ? [] : CollectionsMarshal.AsSpan(content).Slice((int)offset, (int)Math.Min((long)count, content.Count - offset));
    }

    /// <summary>read(2) of a file that has just been opened, which may have become shorter, and may not be readable. Behind what it reads is nothing of an earlier response.</summary>
    internal nint ReadFirst(int fd, Span<byte> buffer)
    {
        buffer.Fill((byte)'?');
        if (fails())
        {
            return -Errno.EIO;
        }

        ReadOnlySpan<byte> bytes = Read(fd, 0, (nuint)buffer.Length);
        bytes = fails() ? bytes[..random.Next(bytes.Length)] : bytes;
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    /// <summary>Whether a descriptor is one of a file.</summary>
    internal bool IsFile(int fd) => fd >= FirstDescriptor;

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        File file = Find(fd);
        require(!file.IsOnDisk && !file.IsFolder, "a write to what has its name");
        if (fails())
        {
            int[] errors = [Errno.EINTR, Errno.ENOSPC, Errno.EDQUOT, Errno.EIO, Errno.EFBIG];
            return -errors[random.Next(errors.Length)];
        }

        int count = fails() ? random.Next(1, bytes.Length + 1) : bytes.Length;
        file.Content.AddRange(bytes[..count]);
        return count;
    }

    /// <summary>A lock on what has a temporary name, which no other server has found yet; or on the folder in which something is to get its name.</summary>
    internal nint Lock(int fd, int operation)
    {
        File file = Find(fd);
        require(file.IsFolder ? operation is Linux.LOCK_EX or Linux.LOCK_UN : operation == (Linux.LOCK_EX | Linux.LOCK_NB), "another lock");
        return operation == Linux.LOCK_UN || !fails() ? 0 : operation == Linux.LOCK_EX && random.Next(2) == 0 ? -Errno.EINTR : -ENOLCK;
    }

    internal nint Synchronize(int fd)
    {
        File file = Find(fd);
        if (fails())
        {
            return random.Next(2) == 0 ? -Errno.EINTR : -Errno.EIO;
        }

        file.IsOnDisk = true;
        return 0;
    }

    internal nint Link(int oldFolder, byte* oldPath, int newFolder, byte* newPath, int flags)
    {
        string from = Marshal.PtrToStringUTF8((nint)oldPath)!;
        const string descriptor = "/proc/self/fd/";
        require(Find(newFolder).IsFolder, "it is linked into no folder");
        File file;
        switch (flags)
        {
            case Linux.AT_EMPTY_PATH:
                require(from.Length == 0, "another file is linked");
                file = Find(oldFolder);
                if (!_takesEmptyPath)
                {
                    return -Errno.ENOENT;
                }

                break;
            case Linux.AT_SYMLINK_FOLLOW:
                require(oldFolder == Linux.AT_FDCWD && from.StartsWith(descriptor, StringComparison.Ordinal), "another file is linked");
                file = Find(int.Parse(from[descriptor.Length..], CultureInfo.InvariantCulture));
                if (!_hasProc)
                {
                    return -Errno.ENOENT;
                }

                break;
            default:
                require(Find(oldFolder).IsFolder && flags == 0, "another file is linked");
                file = _names[from];
                break;
        }

        return Name(file, Marshal.PtrToStringUTF8((nint)newPath)!, replaces: false);
    }

    internal nint Rename(int oldFolder, byte* oldPath, int newFolder, byte* newPath)
    {
        require(Find(oldFolder).IsFolder && oldFolder == newFolder, "it leaves its folder");
        string from = Marshal.PtrToStringUTF8((nint)oldPath)!;
        nint result = Name(_names[from], Marshal.PtrToStringUTF8((nint)newPath)!, replaces: true);
        if (result == 0)
        {
            _names.Remove(from);
        }

        return result;
    }

    private nint Name(File file, string name, bool replaces)
    {
        require(file.IsOnDisk, "what is not on the disk gets a name");
        if (fails())
        {
            int[] errors = [Errno.ENOSPC, Errno.EACCES, Errno.EIO, Errno.EDQUOT];
            return -errors[random.Next(errors.Length)];
        }

        if (!replaces && _names.ContainsKey(name))
        {
            return -Errno.EEXIST;
        }

        _names[name] = file;
        return 0;
    }

    internal nint Unlink(int folder, byte* path)
    {
        require(Find(folder).IsFolder, "it is in no folder");
        string name = Marshal.PtrToStringUTF8((nint)path)!;
        require(name.StartsWith(".upload.", StringComparison.Ordinal) && _names.Remove(name), "something else is removed");
        return 0;
    }

    /// <summary>Closes a descriptor, if it is one of a file.</summary>
    internal bool TryClose(int fd)
    {
        require(!IsFile(fd) || _open.ContainsKey(fd), "a file is closed twice");
        return _open.Remove(fd);
    }

    /// <summary>Nothing is under way.</summary>
    internal void CheckEnd()
    {
        require(_open.Count == 0, "a file is left open");
        foreach ((string name, File file) in _names)
        {
            require(!name.StartsWith(".upload.", StringComparison.Ordinal), "a temporary name is left");
            require(!name.StartsWith("up", StringComparison.Ordinal) || file.Content.SequenceEqual(Encoding.Latin1.GetBytes(Upload)), "what was uploaded is not whole");
        }
    }
}
