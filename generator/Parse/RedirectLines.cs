using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Puts the lines of files with redirects into the content of a server, and says what is wrong with them together.</summary>
internal sealed class RedirectLines
{
    private readonly HttpSpec _http;
    private readonly EmbeddedFiles.Report _report;
    private readonly List<NotFoundSpec> _notFound;
    private bool _hasErrors;

    private RedirectLines(HttpSpec http, EmbeddedFiles.Report report)
    {
        _http = http;
        _report = report;
        _notFound = [.. http.NotFound];
    }

    /// <summary>Puts the lines into the content.</summary>
    /// <param name="http">What the parser has read, with its embedded files.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="report">Is told what is wrong.</param>
    /// <returns>Null where there is an error.</returns>
    internal static HttpSpec? Resolve(HttpSpec http, ProjectFiles files, EmbeddedFiles.Report report)
    {
        if (http.RedirectFiles.Count == 0)
        {
            return http;
        }

        bool isGood = Read(http, files, report, out List<ParsedRedirect> lines);
        return new RedirectLines(http, report).Resolve(lines) is { } resolved && isGood ? resolved : null;
    }

    /// <summary>Says what is wrong with single lines, where for another reason nothing is made of them.</summary>
    internal static void ReportMistakes(HttpSpec http, ProjectFiles files, EmbeddedFiles.Report report) => Read(http, files, report, out _);

    /// <returns>Whether all lines are right.</returns>
    private static bool Read(HttpSpec http, ProjectFiles files, EmbeddedFiles.Report report, out List<ParsedRedirect> lines)
    {
        lines = [];
        bool isGood = true;
        foreach (RedirectFileSpec file in http.RedirectFiles)
        {
            isGood &= files.Text(file.File.Path) is { } text && RedirectFile.Read(file, text, http.MaxTargetBytes, report, lines);
        }

        return isGood;
    }

    private HttpSpec? Resolve(List<ParsedRedirect> lines)
    {
        var routes = new RouteFinder(_http.Routes);
        TellSlashes(lines);
        lines = [.. Reachable(lines, routes)];
        foreach (ParsedRedirect page in lines.Where(line => line.IsPage))
        {
            AddPage(page, routes);
        }

        lines.RemoveAll(line => line.IsPage);
        CheckHealthCheck(lines);
        CheckKeys(lines);
        _hasErrors |= new RedirectWalk(lines, routes, _report).HasLoops();
        return _hasErrors ? null : _http with
        {
            RedirectLines = new EquatableArray<RedirectLineSpec>(lines.Select(line => line.Spec!)),
            NotFound = new EquatableArray<NotFoundSpec>(_notFound),
        };
    }

    /// <summary>Where both a path and the same with a slash at its end have lines, the slash makes a difference.</summary>
    private static void TellSlashes(List<ParsedRedirect> lines)
    {
        foreach (IGrouping<(string, EquatableArray<byte>), ParsedRedirect> same in lines.Where(line => line.IsExact && line.Path.Bytes.Length > 1).GroupBy(line => (line.Host, line.Spec!.Template)))
        {
            if (same.Any(line => line.IsWrittenWithSlash) && same.Any(line => !line.IsWrittenWithSlash))
            {
                foreach (ParsedRedirect line in same)
                {
                    line.Spec = line.Spec! with { HasSlash = line.IsWrittenWithSlash };
                }
            }
        }
    }

    /// <summary>The lines that some request finds. Of the others it is said what has all of their requests.</summary>
    private IEnumerable<ParsedRedirect> Reachable(List<ParsedRedirect> lines, RouteFinder routes)
    {
        var same = new Dictionary<(string Host, string Shape), ParsedRedirect>();
        var below = new Dictionary<(string Host, string Key), ParsedRedirect>();
        foreach (ParsedRedirect line in lines)
        {
            string path = Latin1.Of(line.Path.Bytes) + (line.Path.IsPrefix ? "*" : "");
            string[] shapes = !line.IsExact ? [path] : line.Spec!.HasSlash switch { true => [path + "/"], false => [path], null => [path, path + "/"] };
            string key = path.Substring(0, line.KeyLength);
            ParsedRedirect? first = Earlier(same, below, line, shapes, key);
            string? route = line.IsForced || !line.IsExact ? null : routes.Covering(line.Host, path, line.Spec!.HasSlash);
            if (first is not null || route is not null)
            {
                _report(line.FromPlace, Descriptors.UnreachableRedirect, line.Text, first is null
                    ? $"the server has '{route}', and a line goes before that only where its status ends with '!'"
                    : $"line {first.Number}{(first.File == line.File ? "" : $" of '{first.File.File.Path}'")}, '{first.Text}', has all such requests");
                continue;
            }

            foreach (string shape in shapes.Where(shape => !same.ContainsKey((line.Host, shape))))
            {
                same.Add((line.Host, shape), line);
            }

            if (line.Path.IsPrefix && line.Path.Parameters.Length == 0)
            {
                below.Add((line.Host, key), line);
            }

            yield return line;
        }
    }

    /// <summary>An earlier line that has all requests which a line has.</summary>
    private static ParsedRedirect? Earlier(
        Dictionary<(string Host, string Shape), ParsedRedirect> same, Dictionary<(string Host, string Key), ParsedRedirect> below, ParsedRedirect line, string[] shapes, string key)
    {
        foreach (string host in line.Host.Length == 0 ? [""] : new[] { "", line.Host })
        {
            ParsedRedirect? first = null;
            if (shapes.All(shape => same.TryGetValue((host, shape), out first)))
            {
                return first;
            }

            for (int end = 0; end <= key.Length; end++)
            {
                if ((end == key.Length || key[end] == '/') && below.TryGetValue((host, key.Substring(0, end)), out first))
                {
                    return first;
                }
            }
        }

        return null;
    }

    /// <summary>Adds what a line says of what is not there.</summary>
    private void AddPage(ParsedRedirect line, RouteFinder routes)
    {
        if (routes.Page(line.Host, line.To) is not { } response)
        {
            Error(line.ToPlace, Descriptors.InvalidRedirectLine, line.To, "no embedded file has this path: [StaticFiles] and [StaticFile] embed files; for a folder on the disk write "
                + (line.Status == 200 ? "Fallback" : "NotFound") + " at [Files] in the place of this line");
            return;
        }

        response = line.Status == 200 ? response
            : response with { Status = 404, Fields = new EquatableArray<FieldLine>(response.Fields.Where(field => !field.IsCacheControl)) };
        var pages = new NotFoundSpec(line.Host, new EquatableArray<byte>(line.Path.Bytes), line.Status == 200 ? response : null, line.Status == 404 ? response : null);
        int other = _notFound.FindIndex(other => other.Host == pages.Host && other.Path.Equals(pages.Path));
        if (other < 0)
        {
            _notFound.Add(pages);
            return;
        }

        if (pages.Fallback is not null && _notFound[other].Fallback is not null || pages.NotFound is not null && _notFound[other].NotFound is not null)
        {
            Error(line.FromPlace, Descriptors.InvalidRedirectLine, line.Text, $"{(line.Status == 200 ? "Fallback" : "NotFound")} of the folder there has a page for the same requests: remove one of them");
        }

        _notFound[other] = _notFound[other] with { Fallback = _notFound[other].Fallback ?? pages.Fallback, NotFound = _notFound[other].NotFound ?? pages.NotFound };
    }

    /// <summary>A health check that is sent elsewhere would fail.</summary>
    private void CheckHealthCheck(List<ParsedRedirect> lines)
    {
        if (_http.Routes.FirstOrDefault(route => route.Response?.WhileEnding is not null) is not { } check)
        {
            return;
        }

        var finder = new RedirectFinder(lines);
        if (finder.Find(check.Host, Latin1.Of([.. check.Path])) is { IsForced: true } line)
        {
            Error(line.FromPlace, Descriptors.InvalidRedirectLine, line.Text, $"it would answer the health check '{Latin1.Of([.. check.Path])}', too: write the status without '!', or bind the line to a host, as in http://www.example.com/*");
        }
    }

    /// <summary>Lines that begin alike are compared one by one, and the table has an end.</summary>
    private void CheckKeys(List<ParsedRedirect> lines)
    {
        foreach (IGrouping<(string Host, string Key), ParsedRedirect> alike in lines.Where(line => line.Spec!.HasPieces).GroupBy(line => (line.Host, Latin1.Of([.. line.Spec!.Template.Take(line.KeyLength)]))))
        {
            if (alike.Skip(RedirectLine.MostOfKey).FirstOrDefault() is { } line)
            {
                Error(line.FromPlace, Descriptors.InvalidRedirectLine, line.Text, $"{RedirectLine.MostOfKey} lines before it have placeholders behind the same beginning '{alike.Key.Key}/', and each of those is compared: write paths without placeholders, or with one later");
            }
        }

        long length = lines.Sum(line => 64L + line.Host.Length + line.Spec!.Template.Count + line.Spec.Target.Count);
        if (length > RedirectLine.LongestTable)
        {
            Error(lines[lines.Count - 1].FromPlace, Descriptors.InvalidRedirectLine, lines[lines.Count - 1].Text, $"the redirects of a server have room in {RedirectLine.LongestTable} bytes, and these need {length}: write fewer lines, with '/*' and placeholders");
        }
    }

    private void Error(FilePlace place, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params object[] arguments)
    {
        _hasErrors = true;
        _report(place, descriptor, arguments);
    }
}
