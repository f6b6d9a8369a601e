using System;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>
/// Which files of a folder on the disk are left out, and how long which may be kept. It is asked of the path that is opened, so whatever a request has written, the answer is that of the file.
/// </summary>
/// <remarks>
/// With <see cref="IFiles.HasFileRules"/>, they lie behind the field lines of the folder: in two times 7 bits the length of the last field line, which is Cache-Control, or 0 where there is none; the patterns of what is left out, and an empty one; by turns a
/// pattern and the field line of Cache-Control, each with a CRLF in front of it, and an empty pattern. Each has a NUL behind it.
/// </remarks>
internal static unsafe class FileRules
{
    /// <summary>Whether a file is left out. A coded neighbour is as its file is, under its own name, too.</summary>
    /// <param name="fields">The field lines of the folder.</param>
    /// <param name="path">The path of the file from the root on.</param>
    /// <param name="end">Behind it.</param>
    /// <param name="encoded">Whether neighbours are sent in the place of files.</param>
    internal static bool Exclude(ReadOnlySpan<byte> fields, byte* path, byte* end, bool encoded)
    {
        byte* pattern = Patterns(fields);
        byte* file = encoded ? WithoutCoding(path, end) : end;
        for (; *pattern != 0; pattern = CString.End(pattern) + 1)
        {
            if (Matches(pattern, path, end) || (file != end && Matches(pattern, path, file)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a folder is left out, so that nobody is sent to its path.</summary>
    /// <param name="fields">The field lines.</param>
    /// <param name="path">Its path, without a slash at its end.</param>
    /// <param name="end">Behind it, where a slash is written.</param>
    internal static bool ExcludeFolder(ReadOnlySpan<byte> fields, byte* path, byte* end)
    {
        *end = (byte)'/';
        return Exclude(fields, path, end + 1, encoded: false);
    }

    /// <summary>The field line of the first rule for a file; null where there is none.</summary>
    internal static byte* CacheControl(ReadOnlySpan<byte> fields, byte* path, byte* end)
    {
        byte* pattern = Patterns(fields);
        while (*pattern != 0)
        {
            pattern = CString.End(pattern) + 1;
        }

        for (pattern++; *pattern != 0; pattern = CString.End(pattern) + 1)
        {
            byte* line = CString.End(pattern) + 1;
            if (Matches(pattern, path, end))
            {
                return line;
            }

            pattern = line;
        }

        return null;
    }

    /// <summary>Appends the field lines of a file.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="fields">Those of the folder.</param>
    /// <param name="cacheControl">The line that takes the place of Cache-Control; null where none does.</param>
    internal static void Append(Output* output, ReadOnlySpan<byte> fields, byte* cacheControl)
    {
        byte* first = CString.Of(fields);
        int length = fields.Length;
        if (cacheControl != null)
        {
            length -= first[length] | first[length + 1] << 7;
        }

        ResponseHead.Append(output, first, length);
        if (cacheControl != null)
        {
            ResponseHead.Append(output, cacheControl, (int)(CString.End(cacheControl) - cacheControl));
        }
    }

    private static byte* Patterns(ReadOnlySpan<byte> fields) => CString.Of(fields) + fields.Length + 2;

    /// <summary>Where a path ends without <c>.br</c>, <c>.gz</c> or <c>.zst</c>; where it ends if it has none of them.</summary>
    private static byte* WithoutCoding(byte* path, byte* end)
    {
        byte* point = end;
        while (point > path && end - point < 4 && *point != '.')
        {
            point--;
        }

        if (point == end || *point != '.')
        {
            return end;
        }

        int length = (int)(end - point);
        return (length == 3 && ((point[1] == 'b' && point[2] == 'r') || (point[1] == 'g' && point[2] == 'z'))) || (length == 4 && point[1] == 'z' && point[2] == 's' && point[3] == 't') ? point : end;
    }

    /// <summary>
    /// Whether a path has the form of a pattern (<see cref="PatternToken"/>). What a star stands for is made longer until the rest fits, but not beyond the name; and what stands for folders by one folder at a time. So each byte of the path is looked
    /// at no more often than twice the pattern is long.
    /// </summary>
    internal static bool Matches(byte* pattern, byte* path, byte* end)
    {
        byte* star = null; // behind the last one, and where it ends in the path
        byte* starEnd = null;
        byte* folders = null;
        byte* foldersEnd = null;
        while (true)
        {
            byte token = *pattern;
            bool isInName = path < end && *path != '/';
            switch (token)
            {
                case PatternToken.AnyFolders:
                    folders = ++pattern;
                    foldersEnd = path;
                    star = null;
                    continue;
                case PatternToken.Star:
                    star = ++pattern;
                    starEnd = path;
                    continue;
                case PatternToken.Everything:
                case PatternToken.EndOfName when !isInName:
                case PatternToken.Folder when path < end && !isInName:
                    return true;
                case PatternToken.Character when isInName:
                    pattern++;
                    path = AfterCharacter(path, end);
                    continue;
                case >= PatternToken.FirstLiteral when path < end && *path == token:
                    pattern++;
                    path++;
                    continue;
            }

            if (star != null && starEnd < end && *starEnd != '/')
            {
                pattern = star;
                path = ++starEnd;
                continue;
            }

            if (folders == null)
            {
                return false;
            }

            while (foldersEnd < end && *foldersEnd != '/')
            {
                foldersEnd++;
            }

            if (foldersEnd == end)
            {
                return false;
            }

            pattern = folders;
            path = ++foldersEnd;
            star = null;
        }
    }

    /// <summary>Behind a character of UTF-8.</summary>
    private static byte* AfterCharacter(byte* path, byte* end)
    {
        path++;
        while (path < end && (*path & 0xC0) == 0x80)
        {
            path++;
        }

        return path;
    }
}
