using System;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>The path of a file, below its root, as the kernel takes it.</summary>
internal static unsafe class FilePath
{
    /// <summary>The longest path that the kernel takes, with its NUL: PATH_MAX.</summary>
    internal const int Longest = ResponseRoom.LongestPath;

    /// <summary>What may be added to it: a suffix, and a NUL.</summary>
    private const int Suffix = 5;

    /// <summary>
    /// Writes the path that a request means. None has an empty segment, or one that begins with a dot, for such files are not meant to be seen (but for <c>.well-known</c>, RFC 8615).
    /// </summary>
    /// <param name="path">Where to write: <see cref="Longest"/> bytes. It is not ended by a NUL yet.</param>
    /// <param name="request">The request.</param>
    /// <param name="prefixLength">Bytes at the beginning of its path that stand for the root.</param>
    /// <param name="index">The file that a folder is, whose path ends with a slash; null where it is none.</param>
    /// <returns>Behind it; null where no file can have it.</returns>
    internal static byte* Write(byte* path, RequestHead* request, int prefixLength, byte* index)
    {
        byte* from = request->Path + prefixLength;
        byte* end = request->Path + request->PathLength;
        byte* limit = path + (Longest - Suffix);
        bool isBeginning = true; // of a segment
        while (from < end)
        {
            byte character = *from;
            if (path == limit || isBeginning && (character == '/' || character == '.' && !IsWellKnown(from)))
            {
                return null;
            }

            if (character == '%')
            {
                // A percent sign, or a slash, which is in no name.
                if (from[2] != '5')
                {
                    return null;
                }

                from += 2;
            }

            *path++ = character;
            from++;
            isBeginning = character == '/';
        }

        if (isBeginning)
        {
            if (index == null)
            {
                return null;
            }

            for (; *index != 0; index++)
            {
                if (path == limit)
                {
                    return null;
                }

                *path++ = *index;
            }
        }

        return path;
    }

    /// <summary>Adds the extension of HTML.</summary>
    /// <param name="path">Where the path begins.</param>
    /// <param name="end">Behind it, from <see cref="Write"/>.</param>
    /// <returns>Behind it; null where the kernel would not take it.</returns>
    internal static byte* AddExtension(byte* path, byte* end)
    {
        ReadOnlySpan<byte> extension = ".html"u8;
        if (end - path > Longest - Suffix - extension.Length)
        {
            return null;
        }

        foreach (byte letter in extension)
        {
            *end++ = letter;
        }

        return end;
    }

    /// <summary>Whether a segment is <c>.well-known</c>. What follows a path in a request (a slash, a question mark, a blank) is in no segment.</summary>
    private static bool IsWellKnown(byte* segment)
    {
        byte* end = CString.After(segment, CString.Of(".well-known"u8));
        return end != null && *end == '/';
    }
}
