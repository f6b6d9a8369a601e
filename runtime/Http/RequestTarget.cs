namespace SyscallServer.Http;

/// <summary>
/// The form of a path in which paths are compared. The generator compiles this file too, and brings the paths of routes to it.
/// </summary>
/// <remarks>
/// Percent-encodings are decoded, except <c>%2F</c> and <c>%25</c>, which stay, with capital digits: decoded they would
/// be a separator and the beginning of an encoding, and two paths that are not the same would be. So this form is its own normal form. Then dot segments are removed, also
/// those that were encoded (RFC 3986, section 5.2.4), never above the root. Slashes are not merged: an empty segment is a segment.
/// </remarks>
internal static unsafe class RequestTarget
{
    /// <summary>Whether every percent sign begins an encoding, and none of NUL, CR or LF, which no path needs and much software trips over.</summary>
    internal static bool IsGood(byte* path, int length)
    {
        byte* end = path + length;
        for (; path < end; path++)
        {
            if (*path == '%')
            {
                if (!IsEncoding(path, end) || Decoded(path) is 0 or (byte)'\r' or (byte)'\n')
                {
                    return false;
                }

                path += 2;
            }
        }

        return true;
    }

    /// <summary>Brings a path to its normal form, in place; it never grows.</summary>
    /// <param name="path">The path, which begins with a slash.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>Its bytes now; -1 where it has a bad percent-encoding (see <see cref="IsGood"/>), and then nothing was changed.</returns>
    internal static int Normalize(byte* path, int length)
    {
        if (!IsGood(path, length))
        {
            return -1;
        }

        byte* read = path;
        byte* end = path + length;
        byte* write = path;
        byte* segment = path; // where the segment begins that is being written
        while (true)
        {
            if (read == end || *read == '/')
            {
                long bytes = write - segment;
                if (bytes == 1 && *segment == '.')
                {
                    write = segment;
                }
                else if (bytes == 2 && segment[0] == '.' && segment[1] == '.')
                {
                    // Back behind the slash before the last one, or the last one where there is none before it.
                    write = segment > path + 1 ? segment - 1 : segment;
                    while (write > path && write[-1] != '/')
                    {
                        write--;
                    }
                }
                else if (read < end)
                {
                    *write++ = (byte)'/';
                }

                if (read == end)
                {
                    return (int)(write - path);
                }

                read++;
                segment = write;
            }
            else if (*read != '%')
            {
                *write++ = *read++;
            }
            else
            {
                byte decoded = Decoded(read);
                if (decoded is (byte)'/' or (byte)'%')
                {
                    write[0] = (byte)'%';
                    write[1] = (byte)'2';
                    write[2] = decoded == '/' ? (byte)'F' : (byte)'5';
                    write += 3;
                }
                else
                {
                    *write++ = decoded;
                }

                read += 3;
            }
        }
    }

    /// <summary>Whether <c>"%" HEXDIG HEXDIG</c> is there.</summary>
    internal static bool IsEncoding(byte* text, byte* end)
        => end - text >= 3 && Hexadecimal(text[1]) >= 0 && Hexadecimal(text[2]) >= 0;

    private static byte Decoded(byte* encoding) => (byte)(Hexadecimal(encoding[1]) << 4 | Hexadecimal(encoding[2]));

    /// <summary>The value of a hexadecimal digit; -1 where it is none.</summary>
    internal static int Hexadecimal(byte character)
    {
        int digit = character - '0';
        if ((uint)digit <= 9)
        {
            return digit;
        }

        int letter = (character | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : -1;
    }
}
