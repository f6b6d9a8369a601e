using SyscallServer.Engine;
using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Files;

/// <summary>The entity tag of a file.</summary>
internal static unsafe class FileTag
{
    /// <summary>W/, two quotation marks, three numbers with a hyphen between, and the coding.</summary>
    internal const int Longest = 2 + 2 + 3 * 16 + 2 + 1;

    /// <summary>
    /// Writes a weak entity tag (RFC 9110, section 8.8.3): when the content changed last, and its length. It is weak, for what is written twice within a tick of the file system's clock
    /// may be the same.
    /// </summary>
    /// <returns>Behind it.</returns>
    internal static byte* Write(byte* tag, stat* status, ContentCodings coding)
    {
        *(ushort*)tag = 'W' | '/' << 8;
        tag[2] = (byte)'"';
        tag = HexadecimalNumber.Write(tag + 3, (ulong)status->st_mtim.tv_sec);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, (ulong)status->st_mtim.tv_nsec);
        *tag++ = (byte)'-';
        tag = HexadecimalNumber.Write(tag, (ulong)status->st_size);
        if (coding != ContentCodings.Identity)
        {
            *tag++ = coding == ContentCodings.Brotli ? (byte)'b' : (byte)'g';
        }

        *tag = (byte)'"';
        return tag + 1;
    }
}
