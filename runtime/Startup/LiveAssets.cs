using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Startup;

/// <summary>
/// Embedded files as they are on the disk now, for development: under the JIT, in a build that asks for it (<c>SyscallServerLiveAssets</c>), as long as the program is where the build has put it. A response that was planned for
/// a file is served as it was planned while the file has the content that it had then. Otherwise what the file decides of it is replaced: body, length, entity tag and time; and it is sent without a content coding. What was planned
/// besides stays, so conditions, parts, pages of errors and virtual hosts are those of the program that will be published.
/// </summary>
/// <remarks>
/// For that, the planned bytes, the table of responses and the assets are copied to memory that can be written to, before the first fork, and each process looks for itself whether a file has changed: by stat(2), when a response of the
/// file was chosen. A child may allocate nothing of the runtime's, so from then on there are system calls alone. Each content that is read gets memory of its own, which it keeps: responses that are on their way may have it still.
/// </remarks>
internal sealed unsafe partial class LiveAssets
{
    /// <summary>Behind the name of the assembly, in the folder of the program: where the files are. The build writes it.</summary>
    private const string PlacesFile = ".SyscallServer.Assets.txt";

    /// <summary>What the assets may take with all that is read: where one of them begins is said with 32 bits (<see cref="AssetBlock"/>). Addresses only; pages come when they are written to.</summary>
    private const ulong RegionLength = 1UL << 32;

    private const ulong PageSize = 4096;

    /// <summary>A content of which somebody has written more while it was read is read again; as often as that.</summary>
    private const int Attempts = 3;

    /// <summary>How long after a change, in seconds, a file is read again whatever stat(2) says: within a tick of the file system it could have changed twice.</summary>
    private const long SettledAfter = 2;

    /// <summary>The letters of an entity tag that the generator has made, with its quotes: 72 bits of a digest.</summary>
    private const int TagLength = 14;

    /// <summary>A date, as Last-Modified has it.</summary>
    private const int DateLength = 29;

    /// <summary>Where the date begins in a Date field.</summary>
    private const int DateStart = 6;

    private const string DateName = "Last-Modified: ";

    // Heads are written anew, so that all but the ends of lines, and tabs, stands for itself.
    private const byte EndOfLine = PlannedResponse.FirstPhrase;
    private const byte Tab = PlannedResponse.FirstPhrase + 1;

    private readonly LiveFile?[] _fileOf;
    private byte* _planned;
    private PlannedResponse* _plannedResponses;
    private byte[] _message = [];
    private int _plannedAssets;
    private ulong _used;

    private LiveAssets(int responses) => _fileOf = new LiveFile?[responses];

    /// <summary>In the place of <c>IApp.Responses</c>.</summary>
    internal PlannedResponse* Responses { get; private set; }

    /// <summary>In the place of <c>IApp.Bytes</c>.</summary>
    internal byte* Bytes { get; private set; }

    /// <summary>In the place of <c>IApp.Phrases</c>.</summary>
    internal ushort* Phrases { get; private set; }

    /// <summary>In the place of <c>IApp.Assets</c>.</summary>
    internal byte* Block { get; private set; }

    /// <summary>Whether nothing is said of it.</summary>
    internal bool IsQuiet { get; set; }

    /// <summary>A file.</summary>
    private sealed class LiveFile
    {
        /// <summary>Where it is, ended by a NUL.</summary>
        internal byte* Path;

        /// <summary>The SHA-256 of what it had when the program was built, and of what it had last.</summary>
        internal byte* PlannedHash;
        internal byte* Hash;

        /// <summary>What stat(2) has said of it last, and whether that would tell of any change since.</summary>
        internal stat Seen;
        internal bool IsSettled;

        internal LiveResponse[] Responses = [];
    }

    /// <summary>A response that has a file for its body. Places are offsets from <see cref="Bytes"/>; 0 where there is none.</summary>
    private sealed class LiveResponse
    {
        internal int Index;

        /// <summary>Its entry of the assets' table, which it has for itself.</summary>
        internal int Asset;

        /// <summary>The same as planned.</summary>
        internal int PlannedAsset;

        internal int Tag;
        internal int TagOfNotModified;
        internal int Date;

        /// <summary>What the entity tag is made of besides the content, with room for its digest.</summary>
        internal byte* About;
        internal int AboutLength;
    }

    /// <summary>A response as the generator has described it.</summary>
    private sealed record Description(int Index, string Path, string Hash, string ContentType);

    /// <summary>Looks for the files of a server.</summary>
    /// <param name="assembly">The name of the assembly.</param>
    /// <param name="files">How many responses there are; then of each that has a file its number, the path of the file, its SHA-256, and its type. Each is ended by a LF, and fields by a tab.</param>
    /// <param name="responses">The responses as they were planned.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="phrases">Their phrases.</param>
    /// <param name="block">The assets, which end with the resource.</param>
    /// <param name="blockLength">Their bytes.</param>
    /// <returns>Null where the program is not where it was built, or there is no memory: then all is as it was planned.</returns>
    internal static LiveAssets? Open(string assembly, ReadOnlySpan<byte> files, PlannedResponse* responses, byte* bytes, ushort* phrases, byte* block, long blockLength)
    {
        string list = Path.Combine(AppContext.BaseDirectory, assembly + PlacesFile);
        if (!File.Exists(list))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(list);
        if (lines.Length < 2 || !IsSame(list, Uri.UnescapeDataString(lines[0])) || !Directory.Exists(Uri.UnescapeDataString(lines[1])))
        {
            return null; // it was copied from there
        }

        var places = lines.Skip(2).Select(line => line.Split('\t')).ToDictionary(fields => Uri.UnescapeDataString(fields[0]), fields => Uri.UnescapeDataString(fields[1]));
        string[] described = Encoding.UTF8.GetString(files).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var live = new LiveAssets(int.Parse(described[0], CultureInfo.InvariantCulture));
        Description[] descriptions =
        [
            .. described.Skip(1).Select(line => line.Split('\t'))
                .Select(fields => new Description(int.Parse(fields[0], CultureInfo.InvariantCulture), Uri.UnescapeDataString(fields[1]), fields[2], fields[3]))
                .Where(description => places.ContainsKey(description.Path)),
        ];
        if (!live.CopyBlock(block, blockLength, descriptions.Length) || !live.CopyResponses(responses, bytes, phrases, descriptions, places))
        {
            return null;
        }

        LiveFile[] all = [.. live._fileOf.OfType<LiveFile>().Distinct()];
        foreach (LiveFile file in all)
        {
            _ = live.Load(file); // by which each call is bound, too
        }

        string message = Encoding.UTF8.GetString("Embedded files are served as they are on the disk: # below $"u8).Replace("#", $"{all.Length}", StringComparison.Ordinal).Replace("$", Uri.UnescapeDataString(lines[1]), StringComparison.Ordinal);
        live._message = Encoding.UTF8.GetBytes(message + "\n");
        return live;
    }

    /// <summary>Says it, behind the start-up line. (The runtime's Console would take signals for itself.)</summary>
    internal void Tell()
    {
        const int standardError = 2;
        fixed (byte* message = _message)
        {
            _ = IsQuiet ? 0 : SystemCall(X64.write, standardError, (nint)message, _message.Length);
        }
    }

    /// <summary>The response as it is now.</summary>
    /// <param name="response">What was chosen: a response, or an action.</param>
    /// <returns>The same; 404 where the file is gone.</returns>
    internal int Current(int response)
        => response < _fileOf.Length && _fileOf[response] is { } file && !Refresh(file) ? FixedResponse.NotFound : response;

    /// <summary>Whether two paths are those of one file.</summary>
    private static bool IsSame(string path, string other)
    {
        stat one, two;
        byte* first = CStringOf(path);
        byte* second = CStringOf(other);
        bool isSame = SystemCall(X64.stat, (nint)first, (nint)(&one)) == 0 && SystemCall(X64.stat, (nint)second, (nint)(&two)) == 0 && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
        NativeMemory.Free(first);
        NativeMemory.Free(second);
        return isSame;
    }

    /// <summary>Copies the assets, with further entries in their table.</summary>
    private bool CopyBlock(byte* block, long length, int entries)
    {
        const int protNone = 0, mapPrivate = 2, mapAnonymous = 0x20, mapNoReserve = 0x4000; // mmap(2)
        nint region = SystemCall(X64.mmap, 0, unchecked((nint)RegionLength), protNone, mapPrivate | mapAnonymous | mapNoReserve, -1, 0);
        if (region == -1)
        {
            return false;
        }

        Block = (byte*)region;
        int known = _plannedAssets = (int)(*(uint*)block / AssetBlock.EntryLength);
        int added = entries * AssetBlock.EntryLength;
        if (Allocate((ulong)(length + added)) == 0)
        {
            return false;
        }

        var table = (uint*)Block;
        for (int entry = 0; entry < known; entry++)
        {
            table[entry] = ((uint*)block)[entry] + (uint)added;
        }

        int contents = known * AssetBlock.EntryLength;
        Buffer.MemoryCopy(block + contents, Block + contents + added, length, length - contents);
        return true;
    }

    /// <summary>Copies the responses and their bytes, without phrases.</summary>
    private bool CopyResponses(PlannedResponse* responses, byte* bytes, ushort* phrases, Description[] descriptions, Dictionary<string, string> places)
    {
        var copy = new List<byte>("\r\n\t"u8.ToArray());
        var statuses = new Dictionary<ushort, ushort>();
        for (int i = 0; i < _fileOf.Length; i++)
        {
            if (!statuses.ContainsKey(responses[i].Status))
            {
                statuses.Add(responses[i].Status, (ushort)copy.Count);
                byte* status = bytes + responses[i].Status;
                do
                {
                    copy.Add(*status);
                }
                while (*status++ != '\n');
            }
        }

        var table = (PlannedResponse*)NativeMemory.Alloc((nuint)_fileOf.Length, (nuint)sizeof(PlannedResponse));
        var live = new LiveResponse?[_fileOf.Length];
        for (int i = 0; i < descriptions.Length; i++)
        {
            live[descriptions[i].Index] = new LiveResponse { Index = descriptions[i].Index, Asset = _plannedAssets + i };
        }

        for (int i = 0; i < _fileOf.Length; i++)
        {
            PlannedResponse planned = responses[i];
            table[i] = planned;
            table[i].Status = statuses[planned.Status];
            if (planned.EntityTag != 0)
            {
                copy.AddRange(new ReadOnlySpan<byte>(bytes + planned.Head - PlannedResponse.LastModifiedLength, PlannedResponse.LastModifiedLength));
            }

            table[i].Head = copy.Count;
            int tag = CopyHead(copy, bytes, phrases, planned, out byte* end);
            if (tag >= PlannedResponse.HasBrotli)
            {
                return false; // so far behind others' field lines that there are no bits for it
            }

            table[i].Variants = (ushort)(planned.Variants & (PlannedResponse.HasGzip | PlannedResponse.HasBrotli) | tag);
            CopyBody(copy, bytes, planned, end, live[i]);
        }

        copy.AddRange(new byte[ResponseRoom.Block - 1]); // so many may be read at once
        Responses = table;
        Bytes = CopyOf(CollectionsMarshal.AsSpan(copy));
        _planned = CopyOf(CollectionsMarshal.AsSpan(copy));
        _plannedResponses = (PlannedResponse*)CopyOf(new ReadOnlySpan<byte>(table, _fileOf.Length * sizeof(PlannedResponse)));
        Phrases = (ushort*)CopyOf(MemoryMarshal.AsBytes<ushort>([0, 2, 3]));
        foreach (IGrouping<string, Description> group in descriptions.GroupBy(description => description.Path))
        {
            var file = new LiveFile { Path = CStringOf(places[group.Key]), PlannedHash = CopyOf(Convert.FromHexString(group.First().Hash)), Hash = CopyOf(Convert.FromHexString(group.First().Hash)) };
            file.Responses = [.. group.Select(description => Describe(live[description.Index]!, description))];
            foreach (LiveResponse response in file.Responses)
            {
                _fileOf[response.Index] = file;
            }
        }

        return true;
    }

    /// <summary>Copies the field lines of a response.</summary>
    /// <param name="copy">Where they go.</param>
    /// <param name="bytes">The planned bytes.</param>
    /// <param name="phrases">Their phrases.</param>
    /// <param name="planned">The response.</param>
    /// <param name="end">Where they end: the code that says where the body is.</param>
    /// <returns>Where the entity tag begins, from the first byte on; 0 where there is none.</returns>
    private static int CopyHead(List<byte> copy, byte* bytes, ushort* phrases, PlannedResponse planned, out byte* end)
    {
        int start = copy.Count;
        int tag = 0;
        byte* from = bytes + planned.Head;
        byte* tagFrom = planned.EntityTag == 0 ? null : from + planned.EntityTag;
        for (; *from >= PlannedResponse.FirstPhrase; from++)
        {
            if (from == tagFrom)
            {
                tag = copy.Count - start;
            }

            if (*from >= PlannedResponse.FirstLiteral)
            {
                copy.Add(*from);
                continue;
            }

            ushort* phrase = phrases + (*from - PlannedResponse.FirstPhrase);
            for (int i = phrase[0]; i < phrase[1]; i++)
            {
                switch (bytes[i])
                {
                    case (byte)'\r':
                        break;
                    case (byte)'\n':
                        copy.Add(EndOfLine);
                        break;
                    case (byte)'\t':
                        copy.Add(Tab);
                        break;
                    default:
                        copy.Add(bytes[i]);
                        break;
                }
            }
        }

        end = from;
        return tag;
    }

    /// <summary>Copies what ends the field lines, and the body; of a file the entry that it has for itself.</summary>
    private void CopyBody(List<byte> copy, byte* bytes, PlannedResponse planned, byte* end, LiveResponse? live)
    {
        byte code = *end;
        if (live is not null)
        {
            // An empty file has no entry. Any will do.
            live.PlannedAsset = code == PlannedResponse.BodyIsAsset ? *(int*)(end + 1) : 0;
            ((uint*)Block)[live.Asset] = ((uint*)Block)[live.PlannedAsset];
            copy.Add(PlannedResponse.BodyIsAsset);
            copy.AddRange(BitConverter.GetBytes(live.Asset));
            return;
        }

        copy.Add(code);
        copy.AddRange(new ReadOnlySpan<byte>(end + 1, code switch
        {
            PlannedResponse.BodyIsAsset => sizeof(int),
            PlannedResponse.BodyFollows => planned.BodyLength,
            _ => 0,
        }));
    }

    /// <summary>Finds what is to be replaced in the head of a response.</summary>
    private LiveResponse Describe(LiveResponse response, Description description)
    {
        PlannedResponse* table = Responses + response.Index;
        byte* start = Bytes + table->Head;
        byte* end = start;
        while (*end >= PlannedResponse.FirstPhrase)
        {
            end++;
        }

        var head = new ReadOnlySpan<byte>(start, (int)(end - start));
        int date = head.IndexOf(Encoding.ASCII.GetBytes(DateName));
        response.Date = date < 0 ? 0 : table->Head + date + DateName.Length;
        if (table->EntityTag == 0)
        {
            return response;
        }

        byte[] about = Encoding.UTF8.GetBytes($"{description.ContentType}\nIdentity\n");
        response.AboutLength = about.Length;
        response.About = CopyOf([.. about, .. new byte[2 * Sha256.Size]]);
        response.Tag = table->Head + table->EntityTag;
        int notModified = Responses[response.Index + 1].Head;
        response.TagOfNotModified = notModified + new ReadOnlySpan<byte>(Bytes + notModified, head.Length).IndexOf(new ReadOnlySpan<byte>(Bytes + response.Tag, TagLength));
        return response;
    }

    /// <summary>Writes the entity tag of a content, which is the one that a build would give it.</summary>
    private static void WriteTag(byte* tag, LiveResponse response, byte* hash)
    {
        byte* about = response.About + response.AboutLength;
        for (int i = 0; i < Sha256.Size; i++)
        {
            *about++ = HexadecimalNumber.Digit(hash[i] >> 4);
            *about++ = HexadecimalNumber.Digit(hash[i] & 0xF);
        }

        byte* digest = stackalloc byte[Sha256.Size];
        Sha256.Hash(response.About, response.AboutLength + 2 * Sha256.Size, digest);
        *tag++ = (byte)'"';
        for (int i = 0; i < 9; i += 3)
        {
            int bits = digest[i] << 16 | digest[i + 1] << 8 | digest[i + 2];
            for (int shift = 18; shift >= 0; shift -= 6)
            {
                *tag++ = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8[bits >> shift & 0x3F];
            }
        }

        *tag = (byte)'"';
    }

    /// <summary>Looks whether a file has changed.</summary>
    /// <returns>Whether it is there.</returns>
    private bool Refresh(LiveFile file)
    {
        stat status;
        if (SystemCall(X64.stat, (nint)file.Path, (nint)(&status)) != 0 || (status.st_mode & Linux.S_IFMT) != Linux.S_IFREG)
        {
            return false;
        }

        return file.IsSettled && IsSame(&status, file) || Load(file);
    }

    private static bool IsSame(stat* status, LiveFile file)
        => status->st_dev == file.Seen.st_dev && status->st_ino == file.Seen.st_ino && status->st_size == file.Seen.st_size
            && status->st_mtim.tv_sec == file.Seen.st_mtim.tv_sec && status->st_mtim.tv_nsec == file.Seen.st_mtim.tv_nsec
            && status->st_ctim.tv_sec == file.Seen.st_ctim.tv_sec && status->st_ctim.tv_nsec == file.Seen.st_ctim.tv_nsec;

    /// <summary>Reads a file, and has its responses as it is.</summary>
    /// <returns>Whether it is there.</returns>
    private bool Load(LiveFile file)
    {
        int descriptor = (int)SystemCall(X64.open, (nint)file.Path, Linux.O_RDONLY | Linux.O_CLOEXEC | Linux.O_NOCTTY | (int)Linux.O_NONBLOCK);
        if (descriptor < 0)
        {
            return false;
        }

        bool isThere = false;
        stat status;
        if (SystemCall(X64.fstat, descriptor, (nint)(&status)) == 0 && (status.st_mode & Linux.S_IFMT) == Linux.S_IFREG)
        {
            isThere = true;
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                ulong before = _used;
                ulong offset = status.st_size <= int.MaxValue ? Allocate((ulong)status.st_size + ResponseRoom.Block) : 0;
                if (offset == 0)
                {
                    break; // what there was is there still
                }

                int length = Read(descriptor, Block + offset, (int)status.st_size);
                file.Seen = status;
                _ = SystemCall(X64.fstat, descriptor, (nint)(&status));
                bool isWhole = length == status.st_size && IsSame(&status, file);
                if (isWhole || attempt == Attempts - 1)
                {
                    file.IsSettled = isWhole && SystemCall(X64.time) - status.st_ctim.tv_sec > SettledAfter;
                    if (!Take(file, (uint)offset, length, status.st_mtim.tv_sec))
                    {
                        Release(before);
                    }

                    break;
                }

                Release(before);
            }
        }

        _ = SystemCall(X64.close, descriptor);
        return isThere;
    }

    /// <summary>Reads a file from its beginning, and as far as it goes.</summary>
    private static int Read(int descriptor, byte* to, int length)
    {
        int read = 0;
        while (read < length)
        {
            nint count = SystemCall(X64.pread64, descriptor, (nint)(to + read), length - read, read);
            if (count <= 0)
            {
                break;
            }

            read += (int)count;
        }

        return read;
    }

    /// <summary>Has the responses of a file as it is now.</summary>
    /// <returns>Whether it is the content that was read which they have now.</returns>
    private bool Take(LiveFile file, uint offset, int length, long modified)
    {
        byte* hash = stackalloc byte[Sha256.Size];
        Sha256.Hash(Block + offset, length, hash);
        if (IsSame(hash, file.Hash, Sha256.Size))
        {
            return false;
        }

        Copy(file.Hash, hash, Sha256.Size);
        bool isPlanned = IsSame(hash, file.PlannedHash, Sha256.Size);
        foreach (LiveResponse response in file.Responses)
        {
            if (isPlanned)
            {
                Restore(response);
            }
            else
            {
                Replace(response, hash, offset, length, modified);
            }
        }

        return !isPlanned;
    }

    private void Restore(LiveResponse response)
    {
        int head = Responses[response.Index].Head;
        Responses[response.Index] = _plannedResponses[response.Index];
        ((uint*)Block)[response.Asset] = ((uint*)Block)[response.PlannedAsset];
        RestoreBytes(head - PlannedResponse.LastModifiedLength, PlannedResponse.LastModifiedLength);
        RestoreBytes(response.Tag, response.Tag == 0 ? 0 : TagLength);
        RestoreBytes(response.TagOfNotModified, response.Tag == 0 ? 0 : TagLength);
        RestoreBytes(response.Date, response.Date == 0 ? 0 : DateLength);
    }

    private void RestoreBytes(int offset, int length) => Copy(Bytes + offset, _planned + offset, length);

    private void Replace(LiveResponse response, byte* hash, uint offset, int length, long modified)
    {
        PlannedResponse* table = Responses + response.Index;
        table->BodyLength = length;
        table->Variants = (ushort)table->EntityTag;
        ((uint*)Block)[response.Asset] = offset;
        if (response.Tag != 0)
        {
            WriteTag(Bytes + response.Tag, response, hash);
            Copy(Bytes + response.TagOfNotModified, Bytes + response.Tag, TagLength);
        }

        // As a build has it: within 32 bits, of which 0 stands for none; and nothing may have changed later than the response is sent.
        long now = SystemCall(X64.time);
        modified = modified < 1 ? 1 : modified > now ? now : modified;
        if (table->EntityTag != 0)
        {
            *(uint*)(Bytes + table->Head - PlannedResponse.LastModifiedLength) = (uint)modified;
        }

        if (response.Date != 0)
        {
            byte* field = stackalloc byte[HttpDate.Length];
            HttpDate.Write(field, modified);
            Copy(Bytes + response.Date, field + DateStart, DateLength);
        }
    }

    /// <summary>Pages of the region that can be written to.</summary>
    /// <returns>Where they begin; 0 where there is no room for so many, but for the first.</returns>
    private ulong Allocate(ulong length)
    {
        const int protRead = 1, protWrite = 2; // mprotect(2)
        ulong offset = _used;
        length = length + PageSize - 1 & ~(PageSize - 1);
        if (length > RegionLength - offset || SystemCall(X64.mprotect, (nint)(Block + offset), (nint)length, protRead | protWrite) != 0)
        {
            return 0;
        }

        _used = offset + length;
        return offset == 0 ? _used : offset;
    }

    /// <summary>Gives back what was allocated last.</summary>
    private void Release(ulong offset)
    {
        const int dontNeed = 4; // madvise(2)
        _ = SystemCall(X64.madvise, (nint)(Block + offset), (nint)(_used - offset), dontNeed);
        _used = offset;
    }

    private static bool IsSame(byte* one, byte* other, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (one[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    private static void Copy(byte* to, byte* from, int length)
    {
        for (int i = 0; i < length; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>Memory that is never freed.</summary>
    private static byte* CopyOf(ReadOnlySpan<byte> bytes)
    {
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    private static byte* CStringOf(string text) => CopyOf(Encoding.UTF8.GetBytes(text));

    /// <summary>Numbers of system calls of x86-64, which is where the JIT can be.</summary>
    private static class X64
    {
        internal const int write = 1, open = 2, close = 3, stat = 4, fstat = 5, mmap = 9, mprotect = 10, pread64 = 17, madvise = 28, time = 201;
    }

    /// <summary>syscall(2) of the C library, which is there wherever the runtime is: -1 for an error. (What the emitted kernel has is what the server needs that is published.)</summary>
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first = 0, nint second = 0, nint third = 0, nint fourth = 0, nint fifth = 0, nint sixth = 0);
}
