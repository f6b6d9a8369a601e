using System;
using System.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>Where a redirect leads.</summary>
internal sealed class RedirectTarget
{
    private RedirectTarget(string location, byte[]? path)
    {
        Location = location;
        Path = path;
    }

    /// <summary>The value of the Location field.</summary>
    internal string Location { get; }

    /// <summary>The canonical path, where it is on the same host; null where it is a whole URI.</summary>
    internal byte[]? Path { get; }

    /// <summary>Reads a target.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="mistake">What is wrong with it, where the result is null.</param>
    internal static RedirectTarget? Read(string? text, out string mistake)
    {
        mistake = Mistake(text) ?? "";
        if (mistake.Length > 0)
        {
            return null;
        }

        string location = Grammar.ToUri(text!);
        if (location[0] != '/')
        {
            return new RedirectTarget(location, path: null);
        }

        int end = location.IndexOfAny(['?', '#']);
        byte[]? path = CanonicalPath.Of(Encoding.ASCII.GetBytes(end < 0 ? location : location.Substring(0, end)));
        mistake = path is null ? "a request with such a path is bad (400)" : "";
        return path is null ? null : new RedirectTarget(location, path);
    }

    private static string? Mistake(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "it is empty";
        }

        if (Grammar.IndexOfControl(text!) is >= 0 and int control)
        {
            return $"it holds {Grammar.NameOf(text![control])}, which no URI can hold";
        }

        if (Grammar.IndexOfLoneSurrogate(text!) is >= 0 and int surrogate)
        {
            return $"there is a lone surrogate at index {surrogate}";
        }

        if (Grammar.IndexOfBadPercent(text!) is >= 0 and int percent)
        {
            return $"'%' at index {percent} is not followed by two hexadecimal digits; a percent sign itself is written %25";
        }

        if (text!.Contains("\\"))
        {
            return "write '/' instead of '\\'";
        }

        if (text.EndsWith("/*", StringComparison.Ordinal))
        {
            return "the target is the same for every path, so there is no rest of one for '*' to stand for; a star itself is written %2A";
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return "two slashes begin the name of a host: write the scheme too, as in 'https://example.com/', or one slash";
        }

        return text[0] == '/' ? null : MistakeOfUri(text);
    }

    /// <summary>scheme ":" and, for the web, "//" host (RFC 3986, section 3).</summary>
    private static string? MistakeOfUri(string text)
    {
        const string shape = "it must be a path that begins with '/', or a whole URI such as 'https://example.com/'";
        int colon = text.IndexOf(':');
        string scheme = colon < 0 ? "" : text.Substring(0, colon).ToLowerInvariant();
        if (scheme.Length == 0 || scheme[0] is not (>= 'a' and <= 'z') || !IsScheme(scheme))
        {
            return shape;
        }

        if (scheme is not ("http" or "https"))
        {
            return null;
        }

        string rest = text.Substring(colon + 1);
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return shape;
        }

        int end = rest.IndexOfAny(['/', '?', '#'], 2);
        string authority = rest.Substring(2, (end < 0 ? rest.Length : end) - 2);
        if (authority.Length == 0 || authority[0] == ':')
        {
            return "there is no host behind '//'";
        }

        foreach (char character in authority)
        {
            if (character is ' ' or > '~' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}' or '@')
            {
                return character > '~' ? "a host is ASCII: write its Punycode form (xn--...)" : $"its host holds {Grammar.NameOf(character)}";
            }
        }

        return null;
    }

    private static bool IsScheme(string text)
    {
        foreach (char character in text)
        {
            if (character is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
