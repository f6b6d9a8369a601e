using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Files;
using SyscallServer.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// The files of a simulated world: they cannot be opened for many reasons, and become shorter while they are sent. Whoever opens one has to close it.
/// </summary>
/// <param name="random">Where its decisions come from.</param>
/// <param name="fails">Whether something goes wrong now.</param>
/// <param name="require">Throws the complaint where the condition is false.</param>
internal sealed unsafe class SimulatedFiles(Random random, Func<bool> fails, Action<bool, string> require)
{
    private const int FirstDescriptor = 600;
    private const int ENODEV = 19;

    internal const string Small = "the content of a file";

    private static readonly Dictionary<string, byte[]> Contents = new()
    {
        ["small"] = Encoding.Latin1.GetBytes(Small),
        ["huge"] = Encoding.Latin1.GetBytes(SimulatedSite.Huge),
        ["empty"] = [],
    };

    private readonly Dictionary<int, File> _open = [];
    private int _next = FirstDescriptor;

    private sealed record File(byte[] Content)
    {
        internal int Length { get; set; } = Content.Length;
    }

    internal int Count => _open.Count;

    internal nint Open(int folder, byte* path, in open_how how)
    {
        require(folder == FileRoot.FirstDescriptor, "another folder than the root");
        require(how.resolve == (Linux.RESOLVE_BENEATH | Linux.RESOLVE_NO_MAGICLINKS) && (how.flags & (ulong)Linux.O_NONBLOCK) != 0 && how.mode == 0, "the way out of the root is not closed");
        if (fails())
        {
            int[] errors = [Errno.EACCES, Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.EAGAIN, Errno.EINTR, Errno.ENOENT, Errno.ELOOP, Errno.EXDEV, Errno.EIO, ENODEV];
            return -errors[random.Next(errors.Length)];
        }

        if (!Contents.TryGetValue(Marshal.PtrToStringUTF8((nint)path)!, out byte[]? content))
        {
            return -Errno.ENOENT;
        }

        _open.Add(_next, new File(content));
        return _next++;
    }

    internal nint Status(int fd, stat* status)
    {
        require(_open.ContainsKey(fd), "fstat of what is not open");
        if (fails())
        {
            return -Errno.EIO;
        }

        *status = default;
        status->st_mode = Linux.S_IFREG | 0x1A4;
        status->st_size = _open[fd].Length;
        status->st_mtim.tv_sec = 500;
        return 0;
    }

    /// <summary>What sendfile(2) finds in the file; nothing behind its end, where it has become shorter.</summary>
    internal ReadOnlySpan<byte> Read(int fd, long offset, nuint count)
    {
        require(_open.ContainsKey(fd), "what is sent is not open");
        require(count > 0, "nothing is sent");
        File file = _open[fd];
        if (offset > 0 && fails())
        {
            file.Length = (int)offset;
        }

        return offset >= file.Length ? [] : file.Content.AsSpan((int)offset, (int)Math.Min((long)count, file.Length - offset));
    }

    /// <summary>Closes a descriptor, if it is one of a file.</summary>
    internal bool TryClose(int fd)
    {
        require(fd < FirstDescriptor || _open.ContainsKey(fd), "a file is closed twice");
        return _open.Remove(fd);
    }
}
