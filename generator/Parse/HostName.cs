using System;

namespace SyscallServer.Generator.Parse;

/// <summary>The name of a virtual host.</summary>
internal static class HostName
{
    /// <summary>What is wrong with a name, or null.</summary>
    internal static string? Mistake(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty; leave Host out for every host";
        }

        if (name.Contains("://") || name.Contains("/"))
        {
            return "write the host alone, without scheme and path";
        }

        if (name.Contains(":"))
        {
            return "write it without a port; routes do not depend on it";
        }

        if (name.Contains("*"))
        {
            return "'*' stands for nothing in a host; leave Host out for every host";
        }

        foreach (char character in name)
        {
            if (character > '~')
            {
                return "a host is ASCII: write its Punycode form (xn--...)";
            }

            if (character is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '.' or '_'))
            {
                return $"it holds {Grammar.NameOf(character)}; letters, digits, '-' and '.' are allowed";
            }
        }

        // RFC 1035, section 2.3.4.
        return name.Length > 253 || Array.Exists(name.Split('.'), label => label.Length is 0 or > 63)
            ? "between dots there must be 1 to 63 characters, and at most 253 in all"
            : null;
    }
}
