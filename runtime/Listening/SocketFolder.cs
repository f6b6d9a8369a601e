
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Listening;

/// <summary>
/// A lock (flock(2)) of the folder that the file of a Unix socket is in. Only who has it looks whether a file there is stale, removes it and puts its own in the place: of two servers that
/// start at one moment, the second would otherwise remove what the first has just made.
/// </summary>
internal static unsafe class SocketFolder
{
    /// <summary>
    /// How often and how long, in milliseconds, to wait for the lock, 5 s together. Servers have it for some system calls only; but anybody who can read a folder can lock it,
    /// and is not to keep a server from starting.
    /// </summary>
    private const int Tries = 500;
    private const int Pause = 10;

    /// <summary>Locks the folder of a file. It does without where the folder cannot be opened or locked: a server that may not read it, or a file system that has no locks.</summary>
    /// <param name="path">The path of the file, which begins with a slash, ended by a NUL.</param>
    /// <returns>What is to be closed to give the lock back; negative where there is nothing to be closed.</returns>
    internal static int Lock<TKernel>(byte* path)
        where TKernel : struct, IKernel
    {
        byte* name = path; // behind the last slash
        for (byte* next = path; *next != 0; next++)
        {
            name = *next == '/' ? next + 1 : name;
        }

        byte first = *name;
        *name = 0;
        open_how how = default;
        how.flags = Linux.O_RDONLY | Linux.O_DIRECTORY | Linux.O_CLOEXEC;
        int folder = (int)TKernel.openat2(Linux.AT_FDCWD, path, &how, (nuint)sizeof(open_how));
        *name = first;
        for (int i = 0; folder >= 0 && i < Tries && (int)TKernel.flock(folder, Linux.LOCK_EX | Linux.LOCK_NB) == -Errno.EAGAIN; i++)
        {
            _ = TKernel.poll(null, 0, Pause);
        }

        return folder;
    }
}
