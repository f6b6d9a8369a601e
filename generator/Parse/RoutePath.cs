using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>The path of a route, as the user wrote it and as requests have it.</summary>
internal sealed class RoutePath
{
    internal RoutePath(byte[] bytes, bool isPrefix, string[] parameters, string writtenPrefix)
    {
        Bytes = bytes;
        IsPrefix = isPrefix;
        Parameters = parameters;
        WrittenPrefix = writtenPrefix;
    }

    /// <summary>The canonical form; of a prefix without the star, and with a NUL for each parameter.</summary>
    internal byte[] Bytes { get; }

    internal bool IsPrefix { get; }

    /// <summary>The route to it.</summary>
    /// <param name="host">The host whose requests are answered; empty for those of all.</param>
    /// <param name="method">The method.</param>
    /// <param name="response">The response; null where one is decided at run time.</param>
    internal RouteSpec Route(string host, string method, ResponseSpec? response) => new(host, new EquatableArray<byte>(Bytes), IsPrefix, method, response);

    /// <summary>The path as it was written, of a prefix without the star.</summary>
    internal string WrittenPrefix { get; }

    /// <summary>The names of the parameters, in their order.</summary>
    internal string[] Parameters { get; }

    /// <summary>The path for messages.</summary>
    internal string Text
    {
        get
        {
            string[] parts = Encoding.UTF8.GetString(Bytes).Split('\0');
            return string.Concat(parts.Select((part, i) => i == 0 ? part : "{" + Parameters[i - 1] + "}" + part)) + (IsPrefix ? "*" : "");
        }
    }

    /// <summary>Reads the path of a route.</summary>
    /// <returns>Null where there is an error, which is reported.</returns>
    internal static RoutePath? Read(string? text, Location location, int maxTargetBytes, Problems problems, bool allowsParameters = false)
    {
        if (text is null || !text.StartsWith("/", StringComparison.Ordinal))
        {
            problems.Report(new Problem(Descriptors.RelativePath, location, text ?? "")
            {
                // A star in front is meant as that of "/*"; a whole URI has a host besides.
                Replacement = text is null || text.Contains("://") ? null : "/" + text,
            });
            return null;
        }

        if (Mistake(text, allowsParameters) is { } mistake)
        {
            problems.Report(Descriptors.InvalidPath, location, text, mistake);
            return null;
        }

        bool isPrefix = text.EndsWith("/*", StringComparison.Ordinal);
        string path = isPrefix ? text.Substring(0, text.Length - 1) : text;
        if (ParametersOf(WithoutDotSegments(path), isPrefix, out string[] parameters) is { } malformed)
        {
            problems.Report(Descriptors.InvalidParameter, location, text, malformed);
            return null;
        }

        string target = Grammar.ToUri(path);
        if (target.Length > maxTargetBytes)
        {
            problems.Report(Descriptors.PathTooLong, location, target.Length, maxTargetBytes);
            return null;
        }

        if (CanonicalPath.Of(Encoding.ASCII.GetBytes(Grammar.ToUri(WithPlaceholders(path, parameters)))) is not { } bytes)
        {
            problems.Report(Descriptors.InvalidPath, location, text, "a request with such a path is bad (400), so no client can ask for it");
            return null;
        }

        string withoutDots = WithoutDotSegments(path) + (isPrefix ? "*" : "");
        if (withoutDots != text)
        {
            problems.Report(new Problem(Descriptors.DotSegments, location, text, withoutDots) { Replacement = withoutDots });
        }

        return new RoutePath(WithoutPlaceholders(bytes, parameters.Length), isPrefix, parameters, WithoutDotSegments(path));
    }

    /// <summary>Reads the parameters of a path: segments in braces.</summary>
    /// <returns>What is wrong with one; null where nothing is.</returns>
    private static string? ParametersOf(string path, bool isPrefix, out string[] parameters)
    {
        string[] segments = path.Split('/').Where(segment => segment.Contains("{") || segment.Contains("}")).ToArray();
        parameters = segments.Where(segment => IsParameter(segment)).Select(segment => segment.Substring(1, segment.Length - 2)).ToArray();
        return segments.FirstOrDefault(segment => !IsParameter(segment)) is { } segment ? $"'{segment}' is no parameter: one is a whole segment, with a name of letters, digits and '_' between the braces, as in /users/{{id}}; a brace itself is written %7B or %7D"
            : parameters.Distinct().Count() < parameters.Length ? "two of the parameters have the same name"
            : isPrefix && parameters.Length > 0 ? "a path with parameters ends where it ends, and has no star for what follows: leave it out, or have the star stand for the parameters, too"
            : null;

        static bool IsParameter(string segment)
            => segment.Length > 2 && segment[0] == '{' && segment[segment.Length - 1] == '}'
                && segment.Skip(1).Take(segment.Length - 2).All(character => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_');
    }

    // A parameter goes through the engine's code as a segment that begins with a brace, which of others only one that is written %7B could. Then it begins with another one.

    /// <summary>The path with {0 for the parameters, and {1 for a segment that begins with an encoded brace.</summary>
    private static string WithPlaceholders(string path, string[] parameters)
        => parameters.Length == 0 ? path : string.Join("/", path.Split('/').Select(segment
            => segment.StartsWith("{", StringComparison.Ordinal) ? "{0"
            : segment.StartsWith("%7B", StringComparison.OrdinalIgnoreCase) ? "{1" + segment.Substring(3)
            : segment));

    private static byte[] WithoutPlaceholders(byte[] path, int parameters)
    {
        if (parameters == 0)
        {
            return path;
        }

        var bytes = new System.Collections.Generic.List<byte>();
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '{' && path[i - 1] == '/')
            {
                i++;
                bytes.Add(path[i] == '0' ? (byte)0 : (byte)'{');
            }
            else
            {
                bytes.Add(path[i]);
            }
        }

        return [.. bytes];
    }

    private static string? Mistake(string text, bool allowsParameters)
    {
        if (Grammar.IndexOfControl(text) is >= 0 and int control)
        {
            return $"it holds {Grammar.NameOf(text[control])}, which no path can hold";
        }

        if (Grammar.IndexOfLoneSurrogate(text) is >= 0 and int surrogate)
        {
            return $"there is a lone surrogate at index {surrogate}";
        }

        if (Grammar.IndexOfBadPercent(text) is >= 0 and int percent)
        {
            return $"'%' at index {percent} is not followed by two hexadecimal digits; a percent sign itself is written %25";
        }

        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '?':
                    return "a query belongs to no path, and routes do not depend on it: leave out '?' and what follows; a question mark itself is written %3F";
                case '#':
                    return "a fragment is never sent to a server: leave out '#' and what follows; the sign itself is written %23";
                case '\\':
                    return "write '/' instead of '\\'; a backslash itself is written %5C";
                case '{' or '}' when !allowsParameters:
                    return "braces are kept for parameters, which a constant response has none of; a brace itself is written %7B or %7D";
                case '*' when i != text.Length - 1 || text[i - 1] != '/':
                    return "'*' stands for the rest of a path, at its end and behind a slash, as in '/docs/*'; a star itself is written %2A";
            }
        }

        return null;
    }

    /// <summary>The text without its dot segments (RFC 3986, section 5.2.4), whose dots may be percent-encoded, and otherwise as it is.</summary>
    internal static string WithoutDotSegments(string path)
    {
        string[] segments = path.Split('/').Skip(1).ToArray();
        if (!segments.Any(segment => IsDots(segment, ".") || IsDots(segment, "..")))
        {
            return path;
        }

        var kept = new System.Collections.Generic.List<string>();
        foreach (string segment in segments)
        {
            if (IsDots(segment, ".."))
            {
                kept.RemoveRange(Math.Max(kept.Count - 1, 0), Math.Min(kept.Count, 1));
            }
            else if (!IsDots(segment, "."))
            {
                kept.Add(segment);
            }
        }

        string last = segments[segments.Length - 1];
        return "/" + string.Join("/", kept) + (kept.Count > 0 && (IsDots(last, ".") || IsDots(last, "..")) ? "/" : "");

        static bool IsDots(string segment, string dots) => segment.Replace("%2E", ".").Replace("%2e", ".") == dots;
    }
}
