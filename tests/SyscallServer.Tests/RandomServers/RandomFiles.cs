using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// The disk of a random server. What has the name file123 has 123 bytes, and so has page123.html; what begins with dir is a folder, names that begin with up are those of uploads; nothing else is there.
/// </summary>
internal sealed unsafe class RandomFiles
{
    /// <summary>When all of them were last changed, and the second before that.</summary>
    internal const string Time = "Sun, 06 Nov 1994 08:49:37 GMT";
    internal const string Before = "Sun, 06 Nov 1994 08:49:36 GMT";

    private const int FirstDescriptor = 5000;
    private readonly Dictionary<int, Item> _open = [];
    private readonly Dictionary<string, Item> _names = [];
    private int _next = FirstDescriptor;

    private sealed record Item(List<byte> Content, bool IsFolder, ulong Number);

    internal int Count => _open.Count;

    internal static bool IsFile(int fd) => fd >= FirstDescriptor;

    internal static string Content(string name)
        => RandomServer.Text(name + ".", Size(name) ?? throw new ArgumentException(name));

    /// <summary>How many bytes a file has; null where there is none of the name.</summary>
    private static int? Size(string name)
        => (name.StartsWith("file", StringComparison.Ordinal) || name.StartsWith("page", StringComparison.Ordinal) && name.EndsWith(".html", StringComparison.Ordinal))
            && int.TryParse(name.AsSpan("file".Length, name.Length - "file".Length - (name[0] == 'p' ? ".html".Length : 0)), NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : null;

    internal nint Open(int folder, byte* path, in open_how how)
    {
        string name = Marshal.PtrToStringUTF8((nint)path)!;
        string last = name[(name.LastIndexOf('/') + 1)..];
        if (folder == Linux.AT_FDCWD || name == "." && (how.flags & Linux.O_TMPFILE) != Linux.O_TMPFILE || last.StartsWith("dir", StringComparison.Ordinal))
        {
            return Add(new Item([], IsFolder: true, 0));
        }

        if ((how.flags & Linux.O_TMPFILE) == Linux.O_TMPFILE)
        {
            return Add(new Item([], IsFolder: false, (ulong)_next));
        }

        if (Size(last) is { } size)
        {
            return Add(new Item([.. Encoding.Latin1.GetBytes(Content(last))], IsFolder: false, (ulong)size));
        }

        return _names.TryGetValue(name, out Item? item) ? Add(item) : -Errno.ENOENT;
    }

    private int Add(Item item)
    {
        _open.Add(_next, item);
        return _next++;
    }

    internal nint Status(int fd, stat* status)
    {
        Item item = _open[fd];
        *status = default;
        status->st_mode = item.IsFolder ? Linux.S_IFDIR : Linux.S_IFREG | 0x1A4;
        status->st_size = item.Content.Count;
        status->st_ino = item.Number;
        status->st_mtim.tv_sec = 784_111_777; // Time
        return 0;
    }

    internal ReadOnlySpan<byte> Read(int fd, long offset, nuint count)
    {
        List<byte> content = _open[fd].Content;
        return CollectionsMarshal.AsSpan(content)[(int)Math.Min(offset, content.Count)..(int)Math.Min(offset + (long)count, content.Count)];
    }

    internal nint Write(int fd, ReadOnlySpan<byte> bytes)
    {
        _open[fd].Content.AddRange(bytes);
        return bytes.Length;
    }

    /// <summary>Gives a name to what has another, or none: a descriptor by itself (AT_EMPTY_PATH), or by its place in /proc.</summary>
    internal nint Link(int old, byte* oldPath, byte* newPath)
    {
        string from = Marshal.PtrToStringUTF8((nint)oldPath)!;
        Item item = from.Length == 0 ? _open[old] : _names.TryGetValue(from, out Item? named) ? named : _open[int.Parse(from.AsSpan("/proc/self/fd/".Length), CultureInfo.InvariantCulture)];
        return _names.TryAdd(Marshal.PtrToStringUTF8((nint)newPath)!, item) ? 0 : -Errno.EEXIST;
    }

    internal nint Rename(byte* oldPath, byte* newPath)
    {
        _names.Remove(Marshal.PtrToStringUTF8((nint)oldPath)!, out Item? item);
        _names[Marshal.PtrToStringUTF8((nint)newPath)!] = item!;
        return 0;
    }

    internal nint Unlink(byte* path) => _names.Remove(Marshal.PtrToStringUTF8((nint)path)!) ? 0 : -Errno.ENOENT;

    internal nint Duplicate(int fd, int least)
    {
        _open[least] = _open[fd];
        return least;
    }

    /// <summary>Closes a descriptor, if it is one of these.</summary>
    internal bool TryClose(int fd) => _open.Remove(fd);

    /// <summary>How many are open besides the roots.</summary>
    internal int Under => _open.Keys.Count(fd => fd is < FileRoot.FirstDescriptor or >= FirstDescriptor);
}
