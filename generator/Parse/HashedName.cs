using System.Linq;

namespace SyscallServer.Generator.Parse;

/// <summary>Names of files that have a hash of the content in them, as bundlers write them: <c>app.3f9a1c2b.js</c>. What has such a name never changes.</summary>
internal static class HashedName
{
    private const int ShortestHash = 8;

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    private const int LongestHexadecimal = 64;

    /// <summary>128 bits in base 64 or 32 at most: longer ones are words.</summary>
    private const int LongestOther = 24;

    /// <summary>Whether a part of the name, behind a point or a hyphen and before the last point, is a hash. HTML files have the addresses that people know, and so none.</summary>
    internal static bool Is(string name)
    {
        int extension = name.LastIndexOf('.');
        if (extension < 0 || name.Substring(extension + 1).ToUpperInvariant() is "HTML" or "HTM" or "XHTML")
        {
            return false;
        }

        return name.Substring(0, extension).Split('.', '-').Skip(1).Any(part => IsHexadecimal(part) || IsOther(part));
    }

    /// <summary>Hexadecimal digits, with a letter, for otherwise it may be a date.</summary>
    private static bool IsHexadecimal(string part)
        => part.Length is >= ShortestHash and <= LongestHexadecimal
            && part.Any(IsDigit)
            && part.Any(character => !IsDigit(character))
            && (part.All(character => IsDigit(character) || character is >= 'a' and <= 'f') || part.All(character => IsDigit(character) || character is >= 'A' and <= 'F'));

    /// <summary>Letters, digits and underscores, with a letter somewhere behind a digit: "chapter1" is a word with a number.</summary>
    private static bool IsOther(string part)
    {
        if (part.Length is < ShortestHash or > LongestOther || !part.All(character => IsDigit(character) || IsLetter(character) || character == '_'))
        {
            return false;
        }

        int digit = part.TakeWhile(character => !IsDigit(character)).Count();
        return part.Skip(digit).Any(IsLetter);
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsLetter(char character) => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}
