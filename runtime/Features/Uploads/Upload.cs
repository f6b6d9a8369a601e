using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;
/// <summary>
/// Writes the body of a request to a file below a root (<see cref="FileRoot"/>). It is written without a name beside its place, and gets its name when all of it is on the disk:
/// who reads it sees the old file or the new one. Of an upload that breaks off nothing is left.
/// </summary>
/// <remarks>
/// Where there are no nameless files (O_TMPFILE, open(2)), or they cannot be given a name, it is one with a name that begins with a dot, so that it is not served. Where the process is killed it is left there, and
/// removed when a server is started the next time (<see cref="LeftOvers"/>).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Upload
{
    private const int Mode = 0x1A4; // 0644

    private struct State
    {
        /// <summary>The file that is written, and the folder that it will be in.</summary>
        internal int File;
        internal int Folder;

        /// <summary>Whether there was a file of the name when the upload began.</summary>
        internal bool Replaces;

        /// <summary>Whether there may be none when it ends (If-None-Match: *).</summary>
        internal bool MustBeNew;

        /// <summary>Whether the file has its temporary name.</summary>
        internal bool HasTemporaryName;

        /// <summary>Whether only the file is replaced that had the name when the upload began, as it was: the request has a condition that it has met.</summary>
        internal bool MustBeUnchanged;

        /// <summary>Which file that was, and when anything of it changed last.</summary>
        internal ulong OldNumber;
        internal timespec OldChange;

        /// <summary>The name that it will have, ended by a NUL.</summary>
        internal NameBuffer Name;

        internal TemporaryNameBuffer TemporaryName;
    }

    [InlineArray(Layout.LongestFileName + 1)]
    private struct NameBuffer
    {
        internal byte First;
    }

    [InlineArray(Layout.TemporaryName)]
    private struct TemporaryNameBuffer
    {
        internal byte First;
    }

    private static State* StateOf(Output* output) => (State*)output->Exchange->Memory;

    /// <summary>
    /// Looks, when the server starts, how files can be written below a root: without a name, which they get later by linkat(2), where the kernel allows that (AT_EMPTY_PATH: since Linux 6.10, or with
    /// CAP_DAC_READ_SEARCH) or there is a /proc; otherwise under a temporary name. If neither works, it says why.
    /// </summary>
    /// <param name="path">The folder. A literal.</param>
    /// <param name="root">Its descriptor.</param>
    /// <returns>Whether one of them works, or nothing but room or memory is missing at the moment.</returns>
    public static bool Prepare<TKernel, TServer>(ReadOnlySpan<byte> path, int root)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        State state;
        state.Folder = root;
        int file = OpenNameless<TKernel>(root);
        if (file >= 0)
        {
            int result = Link<TKernel>(&state, file);
            _ = TKernel.close(file);
            if (result >= 0)
            {
                _ = TKernel.unlinkat(root, &state.TemporaryName.First, 0);
            }

            if (result >= 0 || IsShortage(result))
            {
                int marker = (int)TKernel.fcntl(root, Linux.F_DUPFD_CLOEXEC, root + FileRoot.Nameless);
                if (marker == root + FileRoot.Nameless)
                {
                    return true;
                }

                if (marker >= 0)
                {
                    _ = TKernel.close(marker);
                }
            }
        }

        file = Create<TKernel>(&state);
        if (file >= 0)
        {
            _ = TKernel.unlinkat(root, &state.TemporaryName.First, 0);
            _ = TKernel.close(file);
            LeftOvers.Remove<TKernel>(root);
        }
        else if (!IsShortage(file))
        {
            ReadOnlySpan<byte> message = file == -Errno.EROFS
                ? "root $: uploads cannot be written there, for it is read-only"u8
                : "root $: uploads cannot be written there: !"u8;
            Message.WriteLine<TKernel, TServer>(message, CString.Of(path), file);
            return false;
        }

        return true;
    }

    /// <summary>Whether something is missing that may be there later.</summary>
    private static bool IsShortage(int result)
        => -result is Errno.ENOSPC or Errno.EDQUOT or Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR or Errno.EIO;

    /// <summary>Begins an upload.</summary>
    /// <param name="request">A request for PUT or POST.</param>
    /// <param name="output">Its exchange has <see cref="Layout.Upload"/> bytes of memory.</param>
    /// <param name="root">The descriptor of the root.</param>
    /// <param name="prefixLength">Bytes at the beginning of the path that stand for the root, with the slash at their end.</param>
    /// <param name="origins">The origins whose pages may upload besides the server's own, each ended by a NUL.</param>
    /// <returns>See <see cref="IApp.Begin"/>.</returns>
    public static int Begin<TKernel, TApp>(RequestHead* request, Output* output, int root, int prefixLength, ReadOnlySpan<byte> origins)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        return RequestOrigin.IsAllowed(request, origins) ? BeginOfAnyPage<TKernel, TApp>(request, output, root, prefixLength) : TApp.EntryOf(403);
    }

    /// <summary>The same, whichever page sends it.</summary>
    /// <inheritdoc cref="Begin"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BeginOfAnyPage<TKernel, TApp>(RequestHead* request, Output* output, int root, int prefixLength)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        // Nothing that was left out by mistake makes an empty file. A part of a file is none (RFC 9110, section 14.5).
        if ((request->Flags & (RequestFlags.HasContentLength | RequestFlags.Chunked)) == 0)
        {
            return TApp.EntryOf(411);
        }

        var lines = new FieldLines(request);
        if (lines.Next(CString.Of("content-range"u8)) != null)
        {
            return FixedResponse.BadRequest;
        }

        if (output->Exchange->Memory == null)
        {
            return FixedResponse.ServiceUnavailable;
        }

        output->Exchange->HasUsedMemory = true;
        output->Exchange->Offset = 0;
        byte* path = output->Buffer + output->Length;
        byte* end = FilePath.Write(path, request, prefixLength, index: null);
        if (end == null)
        {
            return TApp.EntryOf(403); // a name that would not be served
        }

        State* state = StateOf(output);
        path = TakeName(state, path, end);
        if (path == null)
        {
            return TApp.EntryOf(403);
        }

        int folder = FileRoot.OpenBelow<TKernel>(root + FileRoot.Nameless, path, Linux.O_RDONLY | Linux.O_DIRECTORY);
        bool isNameless = folder != -Errno.EBADF;
        if (!isNameless)
        {
            folder = FileRoot.OpenBelow<TKernel>(root, path, Linux.O_RDONLY | Linux.O_DIRECTORY);
        }

        if (folder < 0)
        {
            return Refuse<TApp>(folder);
        }

        int result = CheckTarget<TKernel, TApp>(request, output, state, folder);
        if (result == Exchange.WantsBody)
        {
            state->Folder = folder;
            int file = isNameless ? OpenNameless<TKernel>(folder) : -Errno.EOPNOTSUPP;
            state->HasTemporaryName = false;
            if (file is -Errno.EOPNOTSUPP or -Errno.EISDIR or -Errno.EINVAL)
            {
                file = Create<TKernel>(state); // also where it is another file system than the root
            }

            state->File = file;
            result = file < 0 ? Refuse<TApp>(file) : result;
        }

        if (result != Exchange.WantsBody)
        {
            _ = TKernel.close(folder);
        }

        return result;
    }

    /// <summary>Takes the name of the file from a path.</summary>
    /// <param name="state">What keeps it.</param>
    /// <param name="path">The path.</param>
    /// <param name="end">Behind its last byte.</param>
    /// <returns>The path of the folder, ended by a NUL; null where the name is longer than that of any file.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* TakeName(State* state, byte* path, byte* end)
    {
        *end = 0;
        byte* name = end;
        while (name > path && name[-1] != '/')
        {
            name--;
        }

        if (end - name > Layout.LongestFileName)
        {
            return null;
        }

        byte* to = &state->Name.First;
        for (byte* from = name; from <= end; from++)
        {
            *to++ = *from;
        }

        if (name == path)
        {
            return CString.Of("."u8);
        }

        name[-1] = 0;
        return path;
    }

    /// <summary>Looks at what has the name now, and whether it may be replaced.</summary>
    private static int CheckTarget<TKernel, TApp>(RequestHead* request, Output* output, State* state, int folder)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        state->Replaces = false;
        state->MustBeUnchanged = false;
        state->MustBeNew = (request->Flags & RequestFlags.HasIfNoneMatch) != 0;
        int old = FileRoot.OpenBelow<TKernel>(folder, &state->Name.First, Linux.O_PATH | Linux.O_NOFOLLOW);
        if (old == -Errno.ENOENT)
        {
            return (request->Flags & RequestFlags.HasIfMatch) != 0 ? FixedResponse.PreconditionFailed : Exchange.WantsBody;
        }

        if (old < 0)
        {
            return Refuse<TApp>(old);
        }

        stat status;
        int result = (int)TKernel.fstat(old, &status);
        _ = TKernel.close(old);
        if (result < 0)
        {
            return Refuse<TApp>(result);
        }

        if ((status.st_mode & Linux.S_IFMT) != Linux.S_IFREG)
        {
            return TApp.EntryOf(409);
        }

        byte* tag = stackalloc byte[FileTag.Longest];
        long now = Output.Now<TKernel, TApp>(output);
        int tagLength = (int)(FileTag.Write(tag, &status, ContentCodings.Identity, now) - tag);
        state->Replaces = true;
        state->MustBeNew = false;
        state->MustBeUnchanged = (request->Flags & (RequestFlags.HasIfMatch | RequestFlags.HasIfNoneMatch | RequestFlags.HasIfUnmodifiedSince)) != 0;
        state->OldNumber = status.st_ino;
        state->OldChange = status.st_ctim;
        return Preconditions.Evaluate(request, tag, tagLength, status.st_mtim.tv_sec, now) == Precondition.Proceed
            ? Exchange.WantsBody
            : FixedResponse.PreconditionFailed;
    }

    /// <summary>Writes a piece of the body.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="length">How many.</param>
    /// <param name="output">As with <see cref="Begin"/>.</param>
    /// <returns>See <see cref="IApp.Receive"/>.</returns>
    public static int Receive<TKernel, TApp>(byte* data, int length, Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        output->Exchange->Offset += length;
        while (length > 0)
        {
            int count = (int)TKernel.write(StateOf(output)->File, data, (nuint)length);
            if (count < 0 && count != -Errno.EINTR)
            {
                Abort<TKernel>(output);
                return Refuse<TApp>(count);
            }

            if (count > 0)
            {
                data += count;
                length -= count;
            }
        }

        return Exchange.WantsBody;
    }

    /// <summary>Gives the file its name, when all of it is on the disk.</summary>
    /// <param name="output">As with <see cref="Begin"/>.</param>
    /// <returns>See <see cref="IApp.Complete"/>: 201 where it is new, 204 where it replaces another.</returns>
    public static int Complete<TKernel, TApp>(Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        State* state = StateOf(output);
        int result;
        do
        {
            result = (int)TKernel.fsync(state->File);
        }
        while (result == -Errno.EINTR);

        if (result >= 0 && !state->HasTemporaryName)
        {
            result = Link<TKernel>(state, state->File);
        }

        if (result >= 0)
        {
            result = Replace<TKernel>(state);
            if (result >= 0)
            {
                state->HasTemporaryName = state->MustBeNew;

                // The name, too, is to be there after a power failure. Where it cannot be said, the file is there all the same.
                _ = TKernel.fsync(state->Folder);
            }
        }

        Abort<TKernel>(output);
        return result >= 0 ? TApp.EntryOf(state->Replaces ? 204 : 201)
            : result == -Errno.EEXIST ? FixedResponse.PreconditionFailed // another was faster
            : Refuse<TApp>(result);
    }

    /// <summary>
    /// Gives the file the name that it is for, unless what has that now is not what the request was for. The folder is locked (flock(2)), so that of several servers, or their processes, none comes in between; where the file system has no
    /// locks, it is not. The lock is held for some system calls only, whoever waits for it.
    /// </summary>
    /// <returns>0, or a negative errno: EEXIST where another was faster.</returns>
    private static int Replace<TKernel>(State* state)
        where TKernel : struct, IKernel
    {
        while ((int)TKernel.flock(state->Folder, Linux.LOCK_EX) == -Errno.EINTR)
        {
        }

        byte* name = &state->Name.First;
        byte* temporary = &state->TemporaryName.First;
        int result = state->MustBeNew ? (int)TKernel.linkat(state->Folder, temporary, state->Folder, name, 0)
            : state->MustBeUnchanged && !IsUnchanged<TKernel>(state) ? -Errno.EEXIST
            : (int)TKernel.renameat(state->Folder, temporary, state->Folder, name);
        _ = TKernel.flock(state->Folder, Linux.LOCK_UN);
        return result;
    }

    /// <summary>Whether the name is still that of the file which had it when the upload began, and nobody has changed that.</summary>
    private static bool IsUnchanged<TKernel>(State* state)
        where TKernel : struct, IKernel
    {
        int old = FileRoot.OpenBelow<TKernel>(state->Folder, &state->Name.First, Linux.O_PATH | Linux.O_NOFOLLOW);
        if (old < 0)
        {
            return false;
        }

        stat status;
        int result = (int)TKernel.fstat(old, &status);
        _ = TKernel.close(old);
        return result >= 0 && status.st_ino == state->OldNumber && status.st_ctim.tv_sec == state->OldChange.tv_sec && status.st_ctim.tv_nsec == state->OldChange.tv_nsec;
    }

    /// <summary>Closes what was opened, and removes the temporary name.</summary>
    /// <param name="output">As with <see cref="Begin"/>.</param>
    public static void Abort<TKernel>(Output* output)
        where TKernel : struct, IKernel
    {
        State* state = StateOf(output);
        if (state->HasTemporaryName)
        {
            _ = TKernel.unlinkat(state->Folder, &state->TemporaryName.First, 0);
        }

        _ = TKernel.close(state->File);
        _ = TKernel.close(state->Folder);
    }

    private static int OpenNameless<TKernel>(int folder)
        where TKernel : struct, IKernel
        => FileRoot.OpenBelow<TKernel>(folder, CString.Of("."u8), Linux.O_TMPFILE | Linux.O_WRONLY, Mode);

    /// <summary>How often another temporary name is tried.</summary>
    private const int Attempts = 16;

    /// <summary>Gives a nameless file a name for the meantime.</summary>
    /// <returns>0, or a negative errno: ENOENT where there is no way to it.</returns>
    private static int Link<TKernel>(State* state, int file)
        where TKernel : struct, IKernel
    {
        byte* name = &state->TemporaryName.First;
        byte* link = stackalloc byte[Layout.TemporaryName];
        *DecimalNumber.Write(Append(link, CString.Of("/proc/self/fd/"u8)), (uint)file) = 0;
        int result = 0;
        for (int i = 0; i < Attempts; i++)
        {
            WriteName<TKernel>(name, i);
            result = (int)TKernel.linkat(file, CString.Of(""u8), state->Folder, name, Linux.AT_EMPTY_PATH);
            if (result == -Errno.ENOENT)
            {
                result = (int)TKernel.linkat(Linux.AT_FDCWD, link, state->Folder, name, Linux.AT_SYMLINK_FOLLOW);
            }

            if (result != -Errno.EEXIST)
            {
                break;
            }
        }

        state->HasTemporaryName = result >= 0;
        return result;
    }

    /// <summary>Makes a file with a name for the meantime. It is locked, which says that its server lives: see <see cref="LeftOvers"/>.</summary>
    /// <returns>Its descriptor, or a negative errno.</returns>
    private static int Create<TKernel>(State* state)
        where TKernel : struct, IKernel
    {
        byte* name = &state->TemporaryName.First;
        int file = 0;
        for (int i = 0; i < Attempts; i++)
        {
            WriteName<TKernel>(name, i);
            file = FileRoot.OpenBelow<TKernel>(state->Folder, name, Linux.O_CREAT | Linux.O_EXCL | Linux.O_WRONLY, Mode);
            if (file == -Errno.EEXIST)
            {
                continue;
            }

            // A server that starts may have taken it for one that was left. (Without locks in the file system nobody does.)
            stat status;
            if (file < 0 || ((int)TKernel.flock(file, Linux.LOCK_EX | Linux.LOCK_NB) != -Errno.EAGAIN && ((int)TKernel.fstat(file, &status) < 0 || status.st_nlink != 0)))
            {
                break;
            }

            _ = TKernel.close(file);
            file = -Errno.EEXIST;
        }

        state->HasTemporaryName = file >= 0;
        return file;
    }

    /// <summary>Writes a name that nothing else has: the time, and what tells apart the uploads of a moment. No two processes have both in common for long.</summary>
    private static void WriteName<TKernel>(byte* name, int attempt)
        where TKernel : struct, IKernel
    {
        timespec now;
        _ = TKernel.clock_gettime(Linux.CLOCK_REALTIME, &now);
        *HexadecimalNumber.Write(Append(name, CString.Of(Prefix)), ((ulong)now.tv_sec << 30 | (uint)now.tv_nsec) + (uint)attempt) = 0;
    }

    /// <summary>What temporary names begin with; digits follow.</summary>
    internal static ReadOnlySpan<byte> Prefix => ".upload."u8;

    private static byte* Append(byte* to, byte* text)
    {
        while (*text != 0)
        {
            *to++ = *text++;
        }

        return to;
    }

    /// <summary>What is said where a file cannot be written.</summary>
    private static int Refuse<TApp>(int result)
        where TApp : struct, IApp
        => -result switch
        {
            Errno.ENOENT or Errno.ENOTDIR or Errno.EISDIR => TApp.EntryOf(409), // no such folder
            Errno.EACCES or Errno.EPERM or Errno.EROFS or Errno.EXDEV or Errno.ELOOP or Errno.ENAMETOOLONG or Errno.EINVAL => TApp.EntryOf(403),
            Errno.ENOSPC or Errno.EDQUOT => TApp.EntryOf(507),
            Errno.EFBIG => FixedResponse.ContentTooLarge,
            Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR => FixedResponse.ServiceUnavailable,
            _ => TApp.EntryOf(500),
        };
}
