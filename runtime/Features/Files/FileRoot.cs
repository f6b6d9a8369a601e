using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>A folder on the disk, below which files are served: opened when the server starts, and the only way to them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class FileRoot
{
    /// <summary>The descriptor of the first root; of the others each has the next but one.</summary>
    public const int FirstDescriptor = Layout.FirstRoot;

    /// <summary>
    /// How far behind that of a root the same folder is open again where uploads can use files without a name (<see cref="Upload.Prepare"/>): so that, too, has not to be remembered.
    /// </summary>
    internal const int Nameless = 1;

    /// <summary>Opens a root, or says on standard error why that cannot be.</summary>
    /// <param name="path">The folder; one that is relative begins where the server is started. A literal.</param>
    /// <param name="descriptor">From <see cref="FirstDescriptor"/> on.</param>
    /// <returns>Whether it is open; otherwise the message is written.</returns>
    public static bool Open<TKernel, TServer>(ReadOnlySpan<byte> path, int descriptor)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        int result = OpenAt<TKernel>(Linux.AT_FDCWD, CString.Of(path), Linux.O_PATH | Linux.O_DIRECTORY, mode: 0, resolve: 0);
        int opened = result;
        if (opened >= 0)
        {
            result = (int)TKernel.fcntl(opened, Linux.F_DUPFD_CLOEXEC, descriptor);
            if (result == -Errno.EINVAL)
            {
                DescriptorLimit.Raise<TKernel>(); // it was lower than the number
                result = (int)TKernel.fcntl(opened, Linux.F_DUPFD_CLOEXEC, descriptor);
            }

            _ = TKernel.close(opened);
            if (result == descriptor)
            {
                return true;
            }
        }

        if (TServer.HasMessages)
        {
            // A descriptor that is another one than it should be: someone has left that one open.
            ReadOnlySpan<byte> message = result switch
            {
                -Errno.ENOENT => "root $: no such folder; create it, or start the server where it is"u8,
                -Errno.ENOTDIR => "root $: it is no folder"u8,
                -Errno.ENOSYS => "root $: openat2 is not there; Linux has it since 5.6, and a sandbox must allow it"u8,
                -Errno.EPERM => "root $: openat2 is refused; the sandbox (seccomp) must allow it"u8,
                -Errno.EINVAL => "root $: the limit of open files is too low; allow 1024 (ulimit -n, LimitNOFILE=)"u8,
                _ => "root $: !"u8,
            };
            Message.WriteLine<TKernel>(CString.Of(message), CString.Of(path), result < 0 ? result : -Errno.EMFILE);
        }

        return false;
    }

    /// <summary>openat2(2) of what lies below a folder, and is not reached by a way out of it.</summary>
    internal static int OpenBelow<TKernel>(int folder, byte* path, int flags, int mode = 0)
        where TKernel : struct, IKernel
        => OpenAt<TKernel>(folder, path, flags, mode, Linux.RESOLVE_BENEATH | Linux.RESOLVE_NO_MAGICLINKS);

    /// <summary>openat2(2), again where a signal or a renaming has come in between.</summary>
    private static int OpenAt<TKernel>(int folder, byte* path, int flags, int mode, int resolve)
        where TKernel : struct, IKernel
    {
        // Whoever renames folders all the time can have it fail for ever.
        const int attempts = 16;
        open_how how;
        how.flags = (ulong)(flags | Linux.O_CLOEXEC);
        how.mode = (ulong)mode;
        how.resolve = (ulong)resolve;
        int result = 0;
        for (int i = 0; i < attempts; i++)
        {
            result = (int)TKernel.openat2(folder, path, &how, (nuint)sizeof(open_how));
            if (result is not (-Errno.EAGAIN or -Errno.EINTR))
            {
                break;
            }
        }

        return result;
    }
}
