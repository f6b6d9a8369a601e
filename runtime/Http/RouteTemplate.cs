using System;
using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// A path with parameters, as text: <c>/users/{id}</c> is <c>/users/\0id</c>. A NUL, which no path has, and the name behind it, up to the slash or the end, stand for one segment that is not
/// empty; a star in the place of the name stands for all that is left, which may be nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RouteTemplate
{
    /// <summary>Whether a path has the form of a template.</summary>
    /// <param name="template">The template, a constant. The names do not matter, and may be left out.</param>
    /// <param name="path">The path.</param>
    /// <param name="length">Its bytes.</param>
    public static bool Matches(ReadOnlySpan<byte> template, byte* path, int length)
    {
        byte* position = CString.Of(template);
        byte* templateEnd = position + template.Length;
        byte* end = path + length;
        while (position < templateEnd)
        {
            if (*position != 0)
            {
                if (path == end || *path != *position)
                {
                    return false;
                }

                path++;
                position++;
                continue;
            }

            position++;
            if (position < templateEnd && *position == '*')
            {
                return true;
            }

            position = SegmentEnd(position, templateEnd);
            byte* segment = path;
            path = SegmentEnd(path, end);
            if (path == segment)
            {
                return false;
            }
        }

        return path == end;
    }

    /// <summary>What a parameter stands for in a path that has the form of the template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="templateEnd">Its end.</param>
    /// <param name="path">The path.</param>
    /// <param name="end">Its end.</param>
    /// <param name="name">The parameter's name; a star for all that is left.</param>
    /// <param name="valueLength">How many bytes it stands for.</param>
    /// <returns>Where they begin. The end of the path where there is no such parameter.</returns>
    internal static byte* Value(byte* template, byte* templateEnd, byte* path, byte* end, ReadOnlySpan<byte> name, out int valueLength)
    {
        while (template < templateEnd)
        {
            if (*template != 0)
            {
                template++;
                path++;
                continue;
            }

            byte* known = template + 1;
            template = SegmentEnd(known, templateEnd);
            byte* segment = path;
            path = *known == '*' ? end : SegmentEnd(path, end);
            if (AreSame(known, template, name))
            {
                valueLength = (int)(path - segment);
                return segment;
            }
        }

        valueLength = 0;
        return end;
    }

    private static bool AreSame(byte* text, byte* end, ReadOnlySpan<byte> other)
    {
        if (end - text != other.Length)
        {
            return false;
        }

        for (int i = 0; i < other.Length; i++)
        {
            if (text[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The slash behind a segment, or the end of the path.</summary>
    internal static byte* SegmentEnd(byte* segment, byte* end)
    {
        while (segment < end && *segment != '/')
        {
            segment++;
        }

        return segment;
    }
}
