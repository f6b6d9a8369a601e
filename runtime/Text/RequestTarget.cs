namespace SyscallServer.Internal.Text;

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
    /// <param name="path">The path.</param>
    /// <param name="length">Its bytes. Behind them is another one, which is no hexadecimal digit.</param>
    internal static bool IsGood(byte* path, int length)
    {
        byte* end = path + length;
        bool isGood = true;
        for (; path < end; path++)
        {
            if (*path == '%')
            {
                int character = Decoded(path);
                isGood &= character > 0 && character != '\r' && character != '\n';
            }
        }

        return isGood;
    }

    /// <summary>Brings a path to its normal form, in place; it never grows.</summary>
    /// <param name="path">The path, which begins with a slash, and <see cref="IsGood"/>.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>Its bytes now.</returns>
    internal static int Normalize(byte* path, int length)
    {
        byte* read = path;
        byte* end = path + length;
        byte* write = path;
        byte* segment = path; // where the segment begins that is being written
        while (true)
        {
            if (read == end || *read == '/')
            {
                int bytes = (int)(write - segment);
                if (bytes == 1 && *segment == '.')
                {
                    write = segment;
                }
                else if (bytes == 2 && *(ushort*)segment == ('.' | '.' << 8))
                {
                    // Back behind the slash before the last one, or the last one where there is none before it.
                    write = segment;
                    if (write > path + 1)
                    {
                        do
                        {
                            write--;
                        }
                        while (write[-1] != '/');
                    }
                }
                else if (read != end)
                {
                    *write++ = (byte)'/';
                }

                if (read == end)
                {
                    return (int)(write - path);
                }

                read++;
                segment = write;
                continue;
            }

            byte character = *read;
            if (character == '%')
            {
                character = (byte)Decoded(read);
                read += 2;
                if (character is (byte)'/' or (byte)'%')
                {
                    *(ushort*)write = '%' | '2' << 8;
                    write += 2;
                    character = character == '/' ? (byte)'F' : (byte)'5';
                }
            }

            *write++ = character;
            read++;
        }
    }

    /// <summary>What <c>"%" HEXDIG HEXDIG</c> stands for; negative where there are no two digits.</summary>
    /// <param name="encoding">The percent sign. What may be read of its text ends with a byte that is no digit.</param>
    internal static int Decoded(byte* encoding)
    {
        int high = Hexadecimal(encoding[1]);
        return high < 0 ? high : high << 4 | Hexadecimal(encoding[2]);
    }

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
