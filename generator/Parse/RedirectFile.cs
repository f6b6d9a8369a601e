using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads a file with redirects: the <c>_redirects</c> of Netlify and of Cloudflare Pages. What cannot be done is said at its line.</summary>
internal sealed class RedirectFile
{
    private const string DoNot = "; remove the line, or the part of it";

    private static readonly Regex Word = new(@"[^ \t]+", RegexOptions.CultureInvariant);
    private static readonly Regex Status = new(@"\A([0-9]+)(!?)\z", RegexOptions.CultureInvariant);
    private static readonly Regex Origin = new(@"\A[Hh][Tt][Tt][Pp][Ss]?://([^/]*)", RegexOptions.CultureInvariant);
    private static readonly Regex Name = new(@"\A[A-Za-z][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant);

    private readonly RedirectFileSpec _file;
    private readonly ProjectText _text;
    private readonly int _maxTargetBytes;
    private readonly EmbeddedFiles.Report _report;

    private RedirectFile(RedirectFileSpec file, ProjectText text, int maxTargetBytes, EmbeddedFiles.Report report)
    {
        _file = file;
        _text = text;
        _maxTargetBytes = maxTargetBytes;
        _report = report;
    }

    /// <summary>Reads the lines of a file that are right, and says what is wrong with the others.</summary>
    /// <param name="file">What its attribute says.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="maxTargetBytes">The longest request target.</param>
    /// <param name="report">Is told what is wrong.</param>
    /// <param name="lines">Gets the lines.</param>
    /// <returns>Whether all are right.</returns>
    internal static bool Read(RedirectFileSpec file, ProjectText text, int maxTargetBytes, EmbeddedFiles.Report report, List<ParsedRedirect> lines)
    {
        var reader = new RedirectFile(file, text, maxTargetBytes, report);
        bool isGood = true;
        foreach (ProjectLine line in text.Lines())
        {
            List<Match> words = [.. Word.Matches(line.Text).Cast<Match>().TakeWhile(word => word.Value[0] != '#')]; // a comment
            if (words.Count == 0)
            {
                continue;
            }

            if (reader.ReadLine(line, words) is { } read)
            {
                lines.Add(read);
            }
            else
            {
                isGood = false;
            }
        }

        return isGood;
    }

    private ParsedRedirect? ReadLine(ProjectLine line, List<Match> words)
    {
        int control = line.Text.Select((character, index) => (character, index)).Where(each => each.character is '\uFFFD' or (< ' ' and not '\t') or '\x7F').Select(each => each.index).DefaultIfEmpty(-1).First();
        if (control >= 0)
        {
            return Wrong(line, control, 1, line.Text[control] == '\uFFFD' ? "it is not UTF-8 here" : $"it holds {Grammar.NameOf(line.Text[control])}");
        }

        if (words.Count == 1)
        {
            return Wrong(line, words[0], "a line is a path, where it leads, and a status: /old /new 301");
        }

        if (!IsTarget(words[1].Value))
        {
            return Wrong(line, words[1], words[1].Value.Contains("=")
                ? "redirects do not depend on the query: remove it, or write a handler for the path, which can look at the query"
                : "where it leads begins with '/', 'http://' or 'https://'");
        }

        Match? word = words.Skip(2).FirstOrDefault();
        Match status = word is null ? Match.Empty : Status.Match(word.Value);
        if (words.Skip(status.Success ? 3 : 2).FirstOrDefault() is { } more)
        {
            return Wrong(line, more, Instead(more.Value));
        }

        int number = !status.Success ? _file.Status : status.Groups[1].Length > 3 ? 1000 : int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture);
        bool isForced = status.Success && status.Groups[2].Length > 0;
        string host = _file.Host;
        RoutePath? path = ReadPath(line, words[0], ref host);
        return path is null ? null
            : RedirectReader.IsStatus(number) ? ReadRedirect(line, words, path, host, number, isForced)
            : number is 200 or 404 ? ReadPage(line, words, path, host, number, isForced)
            : Wrong(line, word!, $"{RedirectReader.Statuses}; 200 and 404 are for '/*' and a file");
    }

    private static bool IsTarget(string word) => word[0] == '/' || Origin.IsMatch(word);

    /// <summary>What to do in the place of a condition.</summary>
    private static string Instead(string condition)
        => condition.StartsWith("Country=", StringComparison.OrdinalIgnoreCase) ? "the server does not know in which country a client is: have a proxy or a content delivery network redirect by country" + DoNot
            : condition.StartsWith("Language=", StringComparison.OrdinalIgnoreCase) ? "redirects do not depend on languages: write a handler for the path, which can look at Accept-Language" + DoNot
            : condition.StartsWith("Role=", StringComparison.OrdinalIgnoreCase) ? "redirects do not depend on roles: [BasicAuth] and [BearerAuth] say who may have a path" + DoNot
            : condition.StartsWith("Cookie=", StringComparison.OrdinalIgnoreCase) ? "redirects do not depend on cookies: write a handler for the path, which can look at Cookie" + DoNot
            : condition.StartsWith("Signed=", StringComparison.OrdinalIgnoreCase) ? "nothing is fetched from other servers, and so nothing signed: let a proxy in front do it" + DoNot
            : "there is nothing behind the status but a comment, which begins with '#'";

    private ParsedRedirect? ReadRedirect(ProjectLine line, List<Match> words, RoutePath path, string host, int status, bool isForced)
    {
        string to = words[1].Value;
        if (Origin.Match(to) is { Success: true } origin && origin.Groups[1].Value.Equals(host, StringComparison.OrdinalIgnoreCase) && to.Substring(origin.Length) == path.WrittenPrefix.Replace("*", ":splat"))
        {
            return Wrong(line, words[1], "the server does not see whether a client came by TLS, so the line would lead to itself: have the proxy that speaks TLS redirect, or a server of its own at port 80, with [Redirect(\"/*\", \"https://...\")]");
        }

        RedirectTarget? target = RedirectTarget.Read(to, path, host, keepsQuery: null, out string mistake, isOfFile: true);
        if (target is null)
        {
            return Wrong(line, words[1], mistake);
        }

        if (target.Carried!.Length > _maxTargetBytes)
        {
            return Wrong(line, words[1], $"it has {target.Carried.Length} bytes, but a Location has at most as many as the target of a request: {_maxTargetBytes} (MaxTargetBytes)");
        }

        int keyLength = KeyLength(path);
        return new ParsedRedirect
        {
            File = _file,
            Host = host,
            Path = path,
            Status = status,
            IsForced = isForced,
            To = to,
            Number = line.Number + 1,
            FromPlace = Place(line, words[0]),
            ToPlace = Place(line, words[1]),
            KeyLength = keyLength,
            Spec = new RedirectLineSpec(host, new EquatableArray<byte>(Template(path)), keyLength, status, isForced, _file.Fields, new EquatableArray<byte>(target.Carried))
            {
                HasSlash = LeadsToItsOtherSlash(path, target) ? path.WrittenPrefix.EndsWith("/", StringComparison.Ordinal) : null,
            },
        };
    }

    /// <summary>Whether a line is there to add a slash at the end of a path, or to take it away: then it makes a difference, or else the line would lead to itself.</summary>
    private static bool LeadsToItsOtherSlash(RoutePath path, RedirectTarget target)
    {
        if (path.IsPrefix || path.Parameters.Length > 0 || path.Bytes.Length == 1 || target.Path is null)
        {
            return false;
        }

        bool hasSlash = target.Path[target.Path.Length - 1] == '/';
        return hasSlash != path.WrittenPrefix.EndsWith("/", StringComparison.Ordinal) && target.Path.Take(target.Path.Length - (hasSlash ? 1 : 0)).SequenceEqual(path.Bytes);
    }

    /// <summary>A line that says which file stands for what is not there.</summary>
    private ParsedRedirect? ReadPage(ProjectLine line, List<Match> words, RoutePath path, string host, int status, bool isForced)
    {
        string to = words[1].Value;
        string name = status == 200 ? "Fallback" : "NotFound";
        string? mistake = to[0] != '/' ? "nothing is fetched from other servers: write 302, or let a proxy in front do it"
            : !path.IsPrefix || path.Parameters.Length > 0
                ? status == 200 ? "no path is answered with what another has: write [StaticFile] or [Route] for it, or 302; only '/*' and '/folder/*' have a page of an app with 200" : "only '/*' and '/folder/*' have a page with 404; for one path write [StaticResponse] with Status = 404"
            : isForced ? $"a page for what is not there cannot go before what is there: write {status} without '!'"
            : to.Contains(":splat") ? $"files are found by their paths already, and not at others: write the path of one file; [StaticFiles] has a prefix, and {name}"
            : null;
        return mistake is not null ? Wrong(line, words[1], mistake)
            : new ParsedRedirect
            {
                File = _file,
                Host = host,
                Path = path,
                Status = status,
                To = to,
                Number = line.Number + 1,
                FromPlace = Place(line, words[0]),
                ToPlace = Place(line, words[1]),
                KeyLength = KeyLength(path),
            };
    }

    /// <summary>Reads the path of a line, and the host in front of it.</summary>
    private RoutePath? ReadPath(ProjectLine line, Match word, ref string host)
    {
        string path = word.Value;
        if (Origin.Match(path) is { Success: true } origin)
        {
            host = origin.Groups[1].Value.ToLowerInvariant();
            path = path.Length == origin.Length ? "/" : path.Substring(origin.Length);
            if (HostName.Mistake(host) is { } wrong)
            {
                Wrong(line, word, $"the host '{host}' is no name: {wrong}");
                return null;
            }
        }

        if ((path[0] != '/' ? "the path of a line begins with '/', or with 'http://', a host, and '/'" : Mistake(path)) is { } mistake)
        {
            Wrong(line, word, mistake);
            return null;
        }

        var bytes = new List<byte>();
        var names = new List<string>();
        string[] segments = path.Split('/');
        bool isPrefix = segments[segments.Length - 1] == "*";
        foreach (string segment in segments.Skip(1).Take(segments.Length - (isPrefix ? 2 : 1)))
        {
            bytes.Add((byte)'/');
            if (segment.StartsWith(":", StringComparison.Ordinal))
            {
                names.Add(segment.Substring(1));
                bytes.Add(0);
                continue;
            }

            if (CanonicalPath.Of(Encoding.ASCII.GetBytes(Grammar.ToUri("/" + segment))) is not { } canonical)
            {
                Wrong(line, word, "a request with such a path is bad (400), so no client can ask for it");
                return null;
            }

            if (segment.Length > 0 && canonical.Length == 1)
            {
                Wrong(line, word, "paths reach the server without '.' and '..': write what they stand for");
                return null;
            }

            bytes.AddRange(canonical.Skip(1));
        }

        if (bytes.Count + names.Sum(name => name.Length) > _maxTargetBytes)
        {
            Wrong(line, word, $"it is longer than the target of a request may be: {_maxTargetBytes} bytes (MaxTargetBytes)");
            return null;
        }

        // The slash at the end makes no difference.
        if (isPrefix)
        {
            bytes.Add((byte)'/');
        }
        else if (bytes.Count > 1 && bytes[bytes.Count - 1] == '/')
        {
            bytes.RemoveAt(bytes.Count - 1);
        }

        return new RoutePath([.. bytes], isPrefix, [.. names], path);
    }

    private static string? Mistake(string path)
    {
        if (Grammar.IndexOfBadPercent(path) is >= 0 and int percent)
        {
            return $"'%' at index {percent} is not followed by two hexadecimal digits; a percent sign itself is written %25";
        }

        if (Grammar.IndexOfLoneSurrogate(path) >= 0)
        {
            return "it holds half of a character";
        }

        string[] segments = path.Split('/');
        string[] names = [.. segments.Where(segment => segment.StartsWith(":", StringComparison.Ordinal)).Select(segment => segment.Substring(1))];
        return path.StartsWith("//", StringComparison.Ordinal) ? "two slashes begin the name of a host: write the scheme, too, as in http://www.example.com/path, or one slash"
            : path.Contains("?") ? "redirects do not depend on the query: leave out '?' and what follows; a question mark itself is written %3F"
            : path.Contains("#") ? "a fragment is never sent to a server: leave out '#' and what follows; the sign itself is written %23"
            : path.Contains("\\") ? "write '/' instead of '\\'; a backslash itself is written %5C"
            : segments.Take(segments.Length - 1).Any(segment => segment.Contains("*")) || segments[segments.Length - 1] is { Length: > 1 } last && last.Contains("*") ? "'*' stands for all that is left of a path, at its end and behind a slash, as in '/docs/*'; a star itself is written %2A"
            : names.FirstOrDefault(name => !Name.IsMatch(name)) is { } malformed ? $"':{malformed}' is no placeholder: one is a whole segment, a colon and a name that begins with a letter, as in /users/:id; a colon itself is written %3A"
            : names.Contains("splat") ? "':splat' is what '/*' at the end stands for: give the placeholder another name"
            : names.Distinct().Count() < names.Length ? "two of the placeholders have the same name"
            : segments.Any(segment => segment.IndexOf(':') > 0) ? "a placeholder is a whole segment, as in /users/:id; a colon itself is written %3A"
            : null;
    }

    /// <summary>The path in the engine's form of RouteTemplate.</summary>
    private static byte[] Template(RoutePath path)
    {
        var template = new List<byte>();
        int parameter = 0;
        foreach (byte value in path.Bytes)
        {
            template.Add(value);
            if (value == 0)
            {
                template.AddRange(Encoding.ASCII.GetBytes(path.Parameters[parameter++]));
            }
        }

        if (path.IsPrefix)
        {
            template.AddRange([0, (byte)'*']);
        }

        return template.Count == 1 ? [] : [.. template]; // the root is a slash at the end
    }

    private static int KeyLength(RoutePath path)
    {
        int piece = Array.IndexOf(path.Bytes, (byte)0);
        return piece >= 0 ? piece - 1 : path.IsPrefix ? path.Bytes.Length - 1 : path.Bytes.Length == 1 ? 0 : path.Bytes.Length;
    }

    private FilePlace Place(ProjectLine line, Match word) => FilePlace.In(_file.File, _text, line, word.Index, word.Length);

    private ParsedRedirect? Wrong(ProjectLine line, Match word, string mistake) => Wrong(line, word.Index, word.Length, mistake);

    private ParsedRedirect? Wrong(ProjectLine line, int start, int length, string mistake)
    {
        _report(FilePlace.In(_file.File, _text, line, start, length), Descriptors.InvalidRedirectLine, line.Text.Substring(start, length), mistake);
        return null;
    }
}
