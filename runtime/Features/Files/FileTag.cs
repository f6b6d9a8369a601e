
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
    /// Writes a weak entity tag (RFC 9110, section 8.8.3): which file it is (its inode), its length, and when its content and anything of it changed last. The times alone do not tell one content from the
    /// next, for file systems count in ticks of some milliseconds, within which a file can be replaced: that is another inode. It is weak, for what is written in place twice within a tick may have
    /// the same one.
    /// </summary>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* tag, stat* status, ContentCodings coding)
    {
        *(ushort*)tag = 'W' | '/' << 8;
        tag[2] = (byte)'"';
        tag = HexadecimalNumber.Write(tag + 3, status->st_ino);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, (ulong)status->st_size);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, Nanoseconds(&status->st_mtim));
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, Nanoseconds(&status->st_ctim));
        if (coding != ContentCodings.Identity)
        {
            *tag++ = coding == ContentCodings.Brotli ? (byte)'b' : (byte)'g';
        }

        *tag = (byte)'"';
        return tag + 1;
    }

    /// <summary>A time as one number, which goes round after 584 years.</summary>
    private static ulong Nanoseconds(timespec* time) => (ulong)time->tv_sec * 1_000_000_000 + (ulong)time->tv_nsec;
}
