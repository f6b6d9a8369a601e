using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Removes the temporary files of uploads that a server has left which was killed. A server that lives holds a lock on each of its own (flock(2)), and the kernel takes it back with the process: so
/// several servers can have one root, and no clock decides. Where a file system has no locks, nothing is removed.
/// </summary>
internal static unsafe class LeftOvers
{
    /// <summary>How deep below the root it looks: each level takes a descriptor and a kilobyte of the stack.</summary>
    private const int Deepest = 16;

    /// <summary>Room for some entries: the longest takes 280 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 1024)]
    private struct Entries
    {
        internal Entry First;
    }

    /// <summary>struct linux_dirent64, getdents64(2).</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Entry
    {
        internal ulong Inode;
        internal long Offset;
        internal ushort Length;
        internal byte Type;
        internal byte Name;
    }

    /// <summary>Looks through a folder and all below it. What cannot be read is passed over.</summary>
    /// <param name="root">Its descriptor.</param>
    internal static void Remove<TKernel>(int root)
        where TKernel : struct, IKernel
        => RemoveBelow<TKernel>(root, CString.Of("."u8), Deepest);

    private static void RemoveBelow<TKernel>(int parent, byte* name, int depth)
        where TKernel : struct, IKernel
    {
        int folder = FileRoot.OpenBelow<TKernel>(parent, name, Linux.O_RDONLY | Linux.O_DIRECTORY | Linux.O_NOFOLLOW);
        if (folder < 0)
        {
            return;
        }

        Entries entries;
        int length;
        while ((length = (int)TKernel.getdents64(folder, &entries, (nuint)sizeof(Entries))) > 0)
        {
            byte* end = (byte*)&entries + length;
            for (byte* position = (byte*)&entries; position < end; position += ((Entry*)position)->Length)
            {
                Entry* entry = (Entry*)position;
                byte* entryName = &entry->Name;
                if (IsTemporary(entryName))
                {
                    RemoveLeft<TKernel>(folder, entryName);
                }
                else if (depth > 0 && entry->Type is Linux.DT_DIR or Linux.DT_UNKNOWN && !IsDots(entryName))
                {
                    RemoveBelow<TKernel>(folder, entryName, depth - 1);
                }
            }
        }

        _ = TKernel.close(folder);
    }

    /// <summary>Whether an entry is the folder itself, or the one that it is in.</summary>
    private static bool IsDots(byte* name) => name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));

    /// <summary>Whether a name is one of <see cref="Upload"/>: the prefix, and hexadecimal digits.</summary>
    private static bool IsTemporary(byte* name)
    {
        byte* digit = CString.After(name, CString.Of(Upload.Prefix));
        if (digit == null || *digit == 0)
        {
            return false;
        }

        while ((uint)(*digit - '0') < 10 || (uint)(*digit - 'A') < 6)
        {
            digit++;
        }

        return *digit == 0;
    }

    private static void RemoveLeft<TKernel>(int folder, byte* name)
        where TKernel : struct, IKernel
    {
        int file = FileRoot.OpenBelow<TKernel>(folder, name, Linux.O_RDONLY | Linux.O_NOFOLLOW | (int)Linux.O_NONBLOCK);
        if (file < 0)
        {
            return;
        }

        if (TKernel.flock(file, Linux.LOCK_EX | Linux.LOCK_NB) >= 0)
        {
            _ = TKernel.unlinkat(folder, name, 0);
        }

        _ = TKernel.close(file);
    }
}
