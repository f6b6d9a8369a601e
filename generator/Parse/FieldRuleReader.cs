using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Reads files of the form of Netlify's and Cloudflare's <c>_headers</c>. A line that begins with a slash or a scheme is the pattern of a rule, one that begins with <c>#</c> a comment, and every other one says something of a field.
/// </summary>
internal sealed class FieldRuleReader
{
    private const string Scheme = "https://";

    /// <summary>What stands for the two kinds of patterns while a path is brought to the form that requests have.</summary>
    private const string EncodedAnything = "%01";
    private const string EncodedSegment = "%02";

    private static readonly Regex s_placeholder = new(":[A-Za-z][A-Za-z0-9_]*", RegexOptions.CultureInvariant);

    private readonly FileReference _reference;
    private readonly ProjectText _text;
    private readonly EmbeddedFiles.Report _report;
    private readonly List<FieldRuleSpec> _rules = new();
    private readonly List<FieldStep> _steps = new();

    /// <summary>The pattern of the rule that is being read, with its line; null before the first.</summary>
    private (string Text, ProjectLine Line, byte[] Host, byte[] Path)? _pattern;

    /// <summary>Whether it has lines, be they right or wrong.</summary>
    private bool _hasLines;

    private bool _hasErrors;

    private FieldRuleReader(FileReference reference, ProjectText text, EmbeddedFiles.Report report)
    {
        _reference = reference;
        _text = text;
        _report = report;
    }

    /// <summary>Puts the rules of the files into a server.</summary>
    /// <returns>Null where there is an error.</returns>
    internal static HttpSpec? Resolve(HttpSpec http, ProjectFiles files, EmbeddedFiles.Report report)
    {
        if (http.FieldFiles.Count == 0)
        {
            return http;
        }

        var rules = new List<FieldRuleSpec>();
        bool hasErrors = false;
        foreach (FileReference reference in http.FieldFiles)
        {
            var reader = new FieldRuleReader(reference, files.Text(reference.Path)!, report);
            reader.Read();
            rules.AddRange(reader._rules);
            hasErrors |= reader._hasErrors;
        }

        HttpSpec resolved = http with { FieldRules = new EquatableArray<FieldRuleSpec>(rules), FieldFiles = default };
        return !hasErrors && FieldGroupChecks.CheckRules(resolved, http.FieldFiles[0].Attribute, report) ? resolved : null;
    }

    private void Read()
    {
        foreach (ProjectLine line in _text.Lines())
        {
            string text = line.Text.Trim(' ', '\t');
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            if (text[0] == '/' || text.Contains("://") && !text.Contains(": "))
            {
                EndRule();
                ReadPattern(text, line);
            }
            else
            {
                ReadStep(text, line);
            }
        }

        EndRule();
    }

    private void EndRule()
    {
        if (_pattern is { } pattern)
        {
            if (!_hasLines)
            {
                Report(pattern.Line, $"'{pattern.Text}' has no headers: write them below it, or remove it");
            }
            else if (pattern.Path.Length > 0)
            {
                _rules.Add(new FieldRuleSpec(new EquatableArray<byte>(pattern.Host), new EquatableArray<byte>(pattern.Path), new EquatableArray<FieldStep>(_steps)));
            }
        }

        _steps.Clear();
        _hasLines = false;
        _pattern = null;
    }

    private void ReadPattern(string text, ProjectLine line)
    {
        string path = text;
        string host = "";
        if (text[0] != '/')
        {
            string rest = text.Substring(text.IndexOf("://", StringComparison.Ordinal) + 3);
            int slash = rest.IndexOf('/');
            host = slash < 0 ? rest : rest.Substring(0, slash);
            path = slash < 0 ? "/" : rest.Substring(slash);
        }

        byte[]? bytes = null;
        string? mistake = MistakeOf(text, host, path);
        if (mistake is null)
        {
            string target = s_placeholder.Replace(path.Replace("*", EncodedAnything), EncodedSegment);
            bytes = CanonicalPath.OfText(target);
            mistake = bytes is null ? "a request with such a path is bad (400), so no client can ask for it" : null;
        }

        if (mistake is not null)
        {
            Report(line, $"'{text}' is no pattern of paths: {mistake}");
        }

        // What is wrong with its lines is said, too.
        string hostPattern = s_placeholder.Replace(host.Replace("*", "\u0001"), "\0").ToLowerInvariant();
        _pattern = (text, line, mistake is null ? Encoding.ASCII.GetBytes(hostPattern) : [], mistake is null ? [.. bytes!.Select(letter => letter == 2 ? FieldRuleSpec.Segment : letter)] : []);
    }

    private static string? MistakeOf(string text, string host, string path)
    {
        string plainHost = s_placeholder.Replace(host.Replace("*", "x"), "x");
        return text.Any(letter => letter is ' ' or '\t') ? "it has a blank: write %20"
            : path.Contains("?") || path.Contains("#") ? "it has a query or a fragment, of which a server does not see the latter, and rules are for paths"
            : path.Contains(EncodedAnything) || path.Contains(EncodedSegment) ? "it has a control character"
            : text.Count(letter => letter == '*') > 1 ? "it has more than one star"
            : text[0] == '/' ? null
            : !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? "write https://, which is for requests of every scheme"
            : plainHost.Contains(":") ? "it has a port: a rule is for all ports"
            : HostName.Mistake(plainHost) is { } mistake ? mistake
            : null;
    }

    private void ReadStep(string text, ProjectLine line)
    {
        if (_pattern is not { } pattern)
        {
            Report(line, $"'{text}' belongs to no path: write a path above it, such as /*");
            return;
        }

        _hasLines = true;
        if (text.StartsWith("Basic-Auth", StringComparison.OrdinalIgnoreCase) && text.Substring("Basic-Auth".Length).TrimStart().StartsWith(":", StringComparison.Ordinal))
        {
            Report(line, "passwords are no headers, and do not stand in files of the project: write [BasicAuth]"); // without saying them again
            return;
        }

        if (Fields.MistakeOfStep(text, out FieldStep step) is { } mistake)
        {
            Report(line, $"'{text}' cannot be sent as a header: {mistake}");
            return;
        }

        string? carried = pattern.Text.Contains("*") && step.Value?.Contains(":splat") == true ? ":splat"
            : step.Value is null ? null
            : s_placeholder.Matches(pattern.Text).Cast<Match>().Select(match => match.Value).FirstOrDefault(name => Regex.IsMatch(step.Value, Regex.Escape(name) + "(?![A-Za-z0-9_])"));
        if (carried is not null)
        {
            Report(line, $"'{carried}' in a value stands for a part of the path, which the server does not put into headers: write a value that is the same for all paths, or a handler");
            return;
        }

        _steps.Add(step);
    }

    private void Report(ProjectLine line, string mistake)
    {
        _hasErrors = true;
        int start = line.Text.Length - line.Text.TrimStart(' ', '\t').Length;
        _report(FilePlace.In(_reference, _text, line, start, line.Text.TrimEnd(' ', '\t').Length - start), Descriptors.InvalidHeaderRule, mistake);
    }
}
