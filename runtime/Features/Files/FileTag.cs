
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>The entity tag of a file.</summary>
internal static unsafe class FileTag
{
    /// <summary>The most bytes that it has.</summary>
    internal const int Longest = ResponseRoom.FileTag;

    /// <summary>
    /// How long after a change, in whole seconds, the tag is strong. File systems count in ticks: of milliseconds as a rule, of two seconds at most (FAT).
    /// </summary>
    private const long StrongAfter = 2;

    /// <summary>
    /// Writes an entity tag (RFC 9110, section 8.8.3): which file it is (its inode), its length, and when its content and anything of it changed last. The times alone do not tell one content from the
    /// next, for file systems count in ticks, within which a file can be replaced: that is another inode. As long as the file could be written in place again within the tick of its last change, the tag is weak. Of the
    /// times it is that of any change (ctime) which says so, for nobody can set it.
    /// </summary>
    /// <param name="tag">Room for <see cref="Longest"/> bytes.</param>
    /// <param name="status">What fstat(2) says of the file.</param>
    /// <param name="coding">Its coding.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* tag, stat* status, ContentCodings coding, long now)
    {
        if (now - status->st_ctim.tv_sec <= StrongAfter)
        {
            *(ushort*)tag = 'W' | '/' << 8;
            tag += 2;
        }

        *tag = (byte)'"';
        tag = HexadecimalNumber.Write(tag + 1, status->st_ino);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, (ulong)status->st_size);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, Nanoseconds(&status->st_mtim));
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, Nanoseconds(&status->st_ctim));
        if (coding != ContentCodings.Identity)
        {
            *tag++ = coding switch { ContentCodings.Brotli => (byte)'b', ContentCodings.Gzip => (byte)'g', _ => (byte)'z' };
        }

        *tag = (byte)'"';
        return tag + 1;
    }

    /// <summary>A time as one number, which goes round after 584 years.</summary>
    private static ulong Nanoseconds(timespec* time) => (ulong)time->tv_sec * 1_000_000_000 + (ulong)time->tv_nsec;
}
