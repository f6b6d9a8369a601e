using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Documentation;

/// <summary>A page of the documentation: a file of Markdown, as far as these tests look at it.</summary>
internal sealed partial class Page
{
    private static readonly string[] Folders = ["docs", "deploy", "templates"];

    private readonly string[] _lines;

    private Page(string path)
    {
        Path = path;
        _lines = File.ReadAllLines(Repository.Path(path));
    }

    /// <summary>The path from the root of the repository on.</summary>
    internal string Path { get; }

    /// <summary>All that are kept with the sources; none that a build has made.</summary>
    internal static IEnumerable<string> Paths
        => Folders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Path(), "*.md"))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Path(), file))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin") && !path.EndsWith(".received.md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    internal static Page Read(string path) => new(path);

    /// <summary>The blocks of code in a language, with the numbers of their first lines.</summary>
    internal IEnumerable<(int Line, string Code)> Blocks(string language)
    {
        for (int i = 0; i < _lines.Length; i++)
        {
            if (!_lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.IndexOf(_lines, "```", i + 1);
            if (_lines[i] == "```" + language)
            {
                yield return (i + 2, string.Concat(_lines[(i + 1)..end].Select(line => line + "\n")));
            }

            i = end;
        }
    }

    /// <summary>The lines that are no code, with their numbers.</summary>
    internal IEnumerable<(int Number, string Text)> Lines
    {
        get
        {
            bool isCode = false;
            for (int i = 0; i < _lines.Length; i++)
            {
                bool isFence = _lines[i].StartsWith("```", StringComparison.Ordinal);
                if (!isCode && !isFence)
                {
                    yield return (i + 1, _lines[i]);
                }

                isCode ^= isFence;
            }
        }
    }

    /// <summary>The rows of the tables below a heading (of a title those before the first heading), without the heads of the tables: their cells.</summary>
    internal IEnumerable<string[]> Rows(string heading)
    {
        (int Number, string Text)[] lines = [.. Lines.SkipWhile(line => line.Text != "## " + heading && line.Text != "# " + heading).Skip(1).TakeWhile(line => !line.Text.StartsWith("## ", StringComparison.Ordinal))];
        for (int i = 0; i < lines.Length; i++)
        {
            bool isHead = i + 1 < lines.Length && lines[i + 1].Text.StartsWith("| ---", StringComparison.Ordinal);
            if (lines[i].Text.StartsWith("| ", StringComparison.Ordinal) && !isHead && !lines[i].Text.StartsWith("| ---", StringComparison.Ordinal))
            {
                yield return [.. lines[i].Text.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim())];
            }
        }
    }

    /// <summary>What links lead to: what is between the parentheses behind the brackets, and what references stand for.</summary>
    internal IEnumerable<(int Line, string Target)> Links
        => Lines.SelectMany(line => Link().Matches(CodeSpan().Replace(line.Text, "")).Select(match => (line.Number, match.Groups[1].Value)))
            // A link that is broken over two lines has its target on the second.
            .Concat(Lines.Select(line => (line.Number, EndOfLink().Match(line.Text))).Where(line => line.Item2.Success && !line.Item2.Groups[1].Value.Contains('[', StringComparison.Ordinal)).Select(line => (line.Number, line.Item2.Groups[2].Value)))
            .Concat(Lines.Select(line => (line.Number, Reference().Match(line.Text))).Where(line => line.Item2.Success).Select(line => (line.Number, line.Item2.Groups[1].Value)))
            .Distinct();

    /// <summary>The names of its headings in links, as GitHub makes them.</summary>
    internal IEnumerable<string> Anchors
    {
        get
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string heading in Lines.Select(line => line.Text).Where(text => Heading().IsMatch(text)))
            {
                string text = Heading().Replace(LinkText().Replace(heading, "$1"), "").ToLowerInvariant();
                var anchor = new StringBuilder();
                foreach (char character in text.Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_'))
                {
                    anchor.Append(character == ' ' ? '-' : character);
                }

                string name = anchor.ToString();
                seen[name] = seen.GetValueOrDefault(name, -1) + 1;
                yield return seen[name] == 0 ? name : $"{name}-{seen[name]}";
            }
        }
    }

    /// <summary>The sentences of its prose: no code, no tables, no headings, and of links the text.</summary>
    internal IEnumerable<string> Sentences
    {
        get
        {
            var paragraph = new StringBuilder();
            foreach (string text in Lines.Select(line => line.Text).Append(""))
            {
                bool isProse = text.Length > 0 && !Heading().IsMatch(text) && text[0] is not ('|' or '[' or '!') && !text.StartsWith("    ", StringComparison.Ordinal);
                if (!isProse || ListItem().IsMatch(text))
                {
                    foreach (string sentence in EndOfSentence().Split(paragraph.ToString()).Where(sentence => Word().IsMatch(sentence)))
                    {
                        yield return sentence;
                    }

                    paragraph.Clear();
                }

                if (isProse)
                {
                    paragraph.Append(LinkText().Replace(CodeSpan().Replace(ListItem().Replace(text, ""), "code"), "$1")).Append(' ');
                }
            }
        }
    }

    /// <summary>The school year in which one reads it with ease: Flesch and Kincaid, 1975.</summary>
    internal double Grade
    {
        get
        {
            string[] sentences = [.. Sentences];
            string[] words = [.. sentences.SelectMany(sentence => Word().Matches(sentence).Select(word => word.Value.ToLowerInvariant()))];
            return 0.39 * words.Length / sentences.Length + 11.8 * words.Sum(Syllables) / words.Length - 15.59;
        }
    }

    /// <summary>The groups of vowels, without an e that is not spoken.</summary>
    private static int Syllables(string word)
    {
        string spoken = SilentE().Replace(word, "");
        return Math.Max(1, Vowels().Count(spoken));
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex EndOfLink();

    [GeneratedRegex(@"^\[[^\]]+\]: (\S+)$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.) ")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"(?<=[.!?])\)?\s+")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex("[A-Za-z][A-Za-z'-]*")]
    private static partial Regex Word();

    [GeneratedRegex("(?<![aeiouyl])(?:e|es|ed)$")]
    private static partial Regex SilentE();

    [GeneratedRegex("[aeiouy]+")]
    private static partial Regex Vowels();
}
