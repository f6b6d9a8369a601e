using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The form of the table of <c>[Redirects]</c>, which the generator writes and the engine reads; both compile this file. All of it is text, so that the compiler takes it as one literal: numbers are digits of six bits, each a printable
/// character.
/// </summary>
/// <remarks>
/// A beginning, then slots, then heads, then lines in the order of the files. A slot is 0, or where the first line with some key lies; the slot of a key is that of its hash, or the next that was free. The key of a line is its host and its
/// path; where the path has pieces that a request decides, what is before the first of these, without the slash. Lines of one key are chained.
/// </remarks>
internal static unsafe class RedirectLine
{
    private const int DigitBits = 6;
    private const int Zero = '0';

    /// <summary>The most lines of one key that have pieces, each of which is compared: as many as Cloudflare allows in a file.</summary>
    internal const int MostOfKey = 100;

    /// <summary>The longest table: a place in it has four digits.</summary>
    internal const int LongestTable = 1 << 4 * DigitBits;

    // The beginning.

    /// <summary>How many slots there are, as a power of two: one digit.</summary>
    internal const int SlotBits = 0;

    /// <summary>One more than the longest key of a line with pieces has bytes of a path; 0 where there is none. Three digits.</summary>
    internal const int LongestPrefix = 1;

    /// <summary>The same of lines without pieces.</summary>
    internal const int LongestPath = 4;

    /// <summary>Whether any line is for one host: one digit.</summary>
    internal const int HasHosts = 7;

    /// <summary>Where the slots begin, and how long each is.</summary>
    internal const int Slots = 8;
    internal const int SlotLength = 4;

    // A head: what it says of methods, its length, its text.

    /// <summary>Whether every method gets it: one digit.</summary>
    internal const int KeepsMethod = 0;

    /// <summary>Bytes of the head: three digits.</summary>
    internal const int HeadLength = 1;

    /// <summary>Where it begins: status and field lines, and the name of the field that the target follows.</summary>
    internal const int Head = 4;

    // A line.

    /// <summary>Where the next line with the same key lies; 0 where there is none. Four digits.</summary>
    internal const int Next = 0;

    /// <summary>Where its head lies: four digits.</summary>
    internal const int HeadOfLine = 4;

    /// <summary>One digit.</summary>
    internal const int Flags = 8;

    /// <summary>In <see cref="Flags"/>: the line goes before the routes.</summary>
    internal const int IsForced = 1;

    /// <summary>In <see cref="Flags"/>: a request decides a part of its path, and the template says which.</summary>
    internal const int HasPieces = 2;

    /// <summary>In <see cref="Flags"/>: its template ends with a star, which stands for all that is left.</summary>
    internal const int HasStar = 4;

    /// <summary>In <see cref="Flags"/>: only a path with a slash at its end is meant. Of lines without pieces.</summary>
    internal const int WithSlash = 8;

    /// <summary>In <see cref="Flags"/>: only a path without.</summary>
    internal const int WithoutSlash = 16;

    /// <summary>Bytes of the host: two digits.</summary>
    internal const int HostLength = 9;

    /// <summary>How much of the template is key: three digits.</summary>
    internal const int KeyLength = 11;

    /// <summary>Bytes of the template: three digits.</summary>
    internal const int TemplateLength = 14;

    /// <summary>Bytes of the target: three digits.</summary>
    internal const int TargetLength = 17;

    /// <summary>Where host, template and target lie, one behind the other.</summary>
    internal const int Texts = 20;

    /// <summary>The end of a template with a star: a slash, a NUL, the star.</summary>
    internal const int StarLength = 3;

    /// <summary>The hash of nothing (FNV-1a).</summary>
    internal const uint NoHash = 2166136261;

    /// <summary>The hash of what was hashed and another byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Hash(uint hash, byte value) => unchecked((hash ^ value) * 16777619);

    /// <summary>Reads a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Number(byte* digits, int count)
    {
        int number = 0;
        for (int i = 0; i < count; i++)
        {
            number = number << DigitBits | (digits[i] - Zero);
        }

        return number;
    }

    /// <summary>Writes a number.</summary>
    internal static void Write(byte[] table, int place, int count, int number)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            table[place + i] = (byte)(Zero + (number & (1 << DigitBits) - 1));
            number >>= DigitBits;
        }
    }
}
