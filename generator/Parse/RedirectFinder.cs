using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Parse;

/// <summary>Finds the first line that has a path, as the engine does (RedirectTable). A test compares them.</summary>
internal sealed class RedirectFinder
{
    private readonly Dictionary<(string Host, string Key), List<(int Index, string Template, ParsedRedirect Line)>> _lines = new();

    internal RedirectFinder(IReadOnlyList<ParsedRedirect> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string template = Latin1.Of([.. lines[i].Spec!.Template]);
            (string, string) key = (lines[i].Host, template.Substring(0, lines[i].KeyLength));
            if (!_lines.TryGetValue(key, out List<(int, string, ParsedRedirect)>? alike))
            {
                _lines.Add(key, alike = []);
            }

            alike.Add((i, template, lines[i]));
        }
    }

    /// <summary>The line for a path; null where there is none.</summary>
    /// <param name="host">The virtual host; empty for one that no line and no route is for.</param>
    /// <param name="path">The path of a request, as Latin1.</param>
    internal ParsedRedirect? Find(string host, string path)
    {
        int length = path.Length - (path.EndsWith("/", System.StringComparison.Ordinal) ? 1 : 0);
        (int Index, ParsedRedirect? Line) found = (int.MaxValue, null);
        for (int end = 0; end <= length; end++)
        {
            if (end < length && path[end] != '/')
            {
                continue;
            }

            string key = path.Substring(0, end);
            foreach (string each in host.Length == 0 ? [""] : new[] { "", host })
            {
                if (_lines.TryGetValue((each, key), out List<(int Index, string Template, ParsedRedirect Line)>? alike))
                {
                    foreach ((int index, string template, ParsedRedirect line) in alike.TakeWhile(line => line.Index < found.Index))
                    {
                        if ((line.Spec!.HasSlash ?? length < path.Length) == length < path.Length && RedirectTemplate.Values(template, path) is not null)
                        {
                            found = (index, line);
                        }
                    }
                }
            }
        }

        return found.Line;
    }
}
