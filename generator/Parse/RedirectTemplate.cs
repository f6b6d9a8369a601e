using System;
using System.Collections.Generic;
using System.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>Templates of paths, and locations with pieces, as the engine takes them (RouteTemplate, CarryingRedirect), for those who follow redirects before there is a request. Texts are Latin1.</summary>
internal static class RedirectTemplate
{
    /// <summary>What the pieces of a template stand for in a path; null where the path has another form. A slash at its end makes no difference.</summary>
    internal static Dictionary<string, string>? Values(string template, string path)
    {
        string withoutSlash = path.EndsWith("/", StringComparison.Ordinal) ? path.Substring(0, path.Length - 1) : path;
        const string star = "/\0*";
        return !template.EndsWith(star, StringComparison.Ordinal) ? Exact(template, withoutSlash)
            : Exact(template, path) ?? Exact(template.Substring(0, template.Length - star.Length), withoutSlash);
    }

    private static Dictionary<string, string>? Exact(string template, string path)
    {
        var values = new Dictionary<string, string>();
        int at = 0;
        for (int i = 0; i < template.Length;)
        {
            if (template[i] != 0)
            {
                if (at == path.Length || path[at] != template[i])
                {
                    return null;
                }

                at++;
                i++;
                continue;
            }

            int nameEnd = End(template, i);
            string name = template.Substring(i + 1, nameEnd - i - 1);
            int end = name == "*" ? path.Length : End(path, at);
            if (end == at && name != "*")
            {
                return null;
            }

            values[name] = path.Substring(at, end - at);
            at = end;
            i = nameEnd;
        }

        return at == path.Length ? values : null;
    }

    /// <summary>The slash behind a segment, or the end.</summary>
    private static int End(string path, int at) => path.IndexOf('/', at) is >= 0 and int slash ? slash : path.Length;

    /// <summary>A location, whose pieces have these values, without its query.</summary>
    internal static string Location(string target, Dictionary<string, string> values)
    {
        var location = new StringBuilder();
        string[] parts = target.Split('\0');
        for (int i = 0; i < parts.Length; i++)
        {
            bool isPiece = i % 2 == 1;
            string text = !isPiece ? parts[i]
                : parts[i] is "?" or "&" ? ""
                : values.TryGetValue(parts[i], out string? value) ? Encoded(value) : "";

            // Two slashes at the beginning would begin the name of a host.
            if (location.Length == 1 && location[0] == '/' && text.StartsWith("/", StringComparison.Ordinal))
            {
                text = isPiece ? "%2F" + text.Substring(1) : text.TrimStart('/');
            }

            location.Append(text);
        }

        string all = location.ToString();
        return all.IndexOfAny(['?', '#']) is >= 0 and int end ? all.Substring(0, end) : all;
    }

    /// <summary>A percent sign of a path is one that was encoded already.</summary>
    private static string Encoded(string value) => CanonicalPath.Encode(Latin1.Bytes(value)).Replace("%25", "%");
}
