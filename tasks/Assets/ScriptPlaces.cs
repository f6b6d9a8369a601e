using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Assets;

/// <summary>
/// Finds the placeholders in JavaScript (ECMA-262, section 12). Whether a slash divides, or begins a regular expression, follows from what is before it, but for a brace: where both readings lead to different strings, all that
/// comes is unclear.
/// </summary>
internal sealed class ScriptPlaces(byte[] content, Placeholders.Found found)
{
    /// <summary>What is before.</summary>
    private enum Before
    {
        /// <summary>Nothing, or an operator: a slash begins a regular expression.</summary>
        Operator,

        /// <summary>A value: a slash divides.</summary>
        Value,

        /// <summary>It may be either.</summary>
        Either,
    }

    /// <summary>Words behind which there is a value to come.</summary>
    private static readonly HashSet<string> Operators = ["return", "typeof", "case", "in", "instanceof", "delete", "void", "throw", "new", "do", "else", "extends", "default"];

    /// <summary>Words that are operators in some places, and names in others.</summary>
    private static readonly HashSet<string> Ambiguous = ["of", "yield", "await", "async", "let", "static"];

    /// <summary>Words whose parenthesis is no value.</summary>
    private static readonly HashSet<string> Conditions = ["if", "while", "for", "with"];

    /// <summary>What a regular expression may have as text, and what means something in all other places.</summary>
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("\"'`{}()[]$"u8);

    /// <summary>For each open parenthesis whether a value is behind it.</summary>
    private readonly Stack<bool> _parentheses = new();

    /// <summary>For each open <c>${</c> how many braces were open before it.</summary>
    private readonly Stack<int> _templates = new();
    private int _braces;
    private int _to;
    private Before _before;
    private string _word = "";
    private bool _isUnclear;
    private bool _isLineStart = true;

    /// <summary>Reads a script.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    internal void Scan(int from, int to)
    {
        _to = to;
        int at = from;
        if (Is(at, "#!"u8))
        {
            at = LineComment(at);
        }

        while (at < to)
        {
            at = Next(at);
        }
    }

    private PlaceholderPlace Place(PlaceholderPlace place) => _isUnclear ? PlaceholderPlace.Unclear : place;

    private bool Is(int at, ReadOnlySpan<byte> text) => content.AsSpan(at, _to - at).StartsWith(text);

    /// <summary>Reads what comes next.</summary>
    /// <returns>Behind it.</returns>
    private int Next(int at)
    {
        byte character = content[at];
        bool isLineStart = _isLineStart;
        if (character is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v')
        {
            _isLineStart |= character is (byte)'\n' or (byte)'\r';
            return at + 1;
        }

        _isLineStart = false;
        if (Is(at, "//"u8))
        {
            return LineComment(at);
        }

        if (Is(at, "/*"u8))
        {
            _isLineStart = isLineStart;
            return Comment(at);
        }

        // Comments of scripts, and no comments of modules (section B.1.1).
        _isUnclear |= Is(at, "<!--"u8) || isLineStart && Is(at, "-->"u8);
        switch (character)
        {
            case (byte)'/':
                return Slash(at);
            case (byte)'"' or (byte)'\'':
                return Text(at);
            case (byte)'`':
                return Template(at + 1, _before != Before.Operator);
            case (byte)'$' when Placeholder.At(content, at) is not null:
                Become(Before.Value);
                return at + Placeholders.Note(content, at, _to, Place(PlaceholderPlace.Code), found);
            default:
                return IsOfWord(character) ? Word(at) : Punctuator(at);
        }
    }

    private void Become(Before before, string word = "") => (_before, _word) = (before, word);

    private static bool IsOfWord(byte character) => char.IsAsciiLetterOrDigit((char)character) || character is (byte)'_' or (byte)'$' or (byte)'\\' or (byte)'#' or (byte)'@' or >= 0x80;

    private int Word(int at)
    {
        int end = at;
        bool isNumber = char.IsAsciiDigit((char)content[at]);
        while (end < _to && (IsOfWord(content[end]) || isNumber && content[end] == '.') && (content[end] != '$' || Placeholder.At(content, end) is null))
        {
            end++;
        }

        string word = Encoding.Latin1.GetString(content, at, end - at);
        bool isProperty = at > 0 && content[at - 1] == '.';
        Become(isProperty ? Before.Value : Operators.Contains(word) ? Before.Operator : Ambiguous.Contains(word) ? Before.Either : Before.Value, isProperty ? "" : word);
        return end;
    }

    private int Punctuator(int at)
    {
        switch (content[at])
        {
            case (byte)'(':
                _parentheses.Push(!Conditions.Contains(_word));
                Become(Before.Operator);
                break;
            case (byte)')':
                Become(_parentheses.TryPop(out bool isValue) && !isValue ? Before.Operator : Before.Value);
                break;
            case (byte)']':
                Become(Before.Value);
                break;
            case (byte)'{':
                _braces++;
                Become(Before.Operator);
                break;
            case (byte)'}' when _templates.TryPeek(out int outside) && outside == _braces:
                _templates.Pop();
                return Template(at + 1, isTagged: false);
            case (byte)'}':
                _braces--;
                Become(Before.Either);
                break;
            default:
                if ((Is(at, "++"u8) || Is(at, "--"u8)) && _before == Before.Value)
                {
                    return at + 2; // behind a value it belongs to that
                }

                Become(Before.Operator);
                break;
        }

        return at + 1;
    }

    /// <summary>A string in quotes. Where its line ends before it does, it is none.</summary>
    private int Text(int at)
    {
        byte quote = content[at++];
        while (at < _to && content[at] != quote)
        {
            _isUnclear |= content[at] is (byte)'\n' or (byte)'\r';
            at += content[at] == '\\' ? Is(at, "\\\r\n"u8) ? 3 : 2 : Placeholders.Note(content, at, _to, Place(PlaceholderPlace.Script), found);
        }

        Become(Before.Value);
        return at + 1;
    }

    /// <summary>The text of a template literal, to its end or to the next expression in it. A function before it may look at it as it is written.</summary>
    private int Template(int at, bool isTagged)
    {
        while (at < _to && content[at] != '`')
        {
            if (Is(at, "${"u8) && (Placeholder.At(content, at) is not { } placeholder || placeholder.IsMalformed))
            {
                if (Placeholder.At(content, at) is not null)
                {
                    found(at, Place(PlaceholderPlace.Malformed));
                }

                _templates.Push(_braces);
                Become(Before.Operator);
                return at + 2;
            }

            at += content[at] == '\\' ? 2 : Placeholders.Note(content, at, _to, Place(isTagged ? PlaceholderPlace.Raw : PlaceholderPlace.Script), found);
        }

        Become(Before.Value);
        return at + 1;
    }

    private int LineComment(int at)
    {
        int end = content.AsSpan(at, _to - at).IndexOfAny((byte)'\n', (byte)'\r');
        end = end < 0 ? _to : at + end;

        // Two more characters end a line (section 12.3).
        ReadOnlySpan<byte> line = content.AsSpan(at, end - at);
        int separator = line.IndexOf("\u2028"u8) is >= 0 and int first ? first : line.IndexOf("\u2029"u8);
        end = separator < 0 ? end : at + separator;
        Placeholders.All(content, at, end, Place(PlaceholderPlace.Comment), found);
        return end;
    }

    private int Comment(int at)
    {
        int end = content.AsSpan(at + 2, _to - at - 2).IndexOf("*/"u8);
        end = end < 0 ? _to : at + 2 + end + 2;
        Placeholders.All(content, at, end, Place(PlaceholderPlace.Comment), found);
        return end;
    }

    private int Slash(int at)
    {
        int end = _before == Before.Value ? -1 : EndOfExpression(at);
        if (end >= 0 && _before == Before.Either)
        {
            // Both readings come to the second slash. If there is nothing between that one of them takes for something else, both go on in the same way.
            ReadOnlySpan<byte> between = content.AsSpan(at + 1, end - at - 1);
            _isUnclear |= between.IndexOfAny(Delimiters) >= 0 || between.IndexOf("//"u8) >= 0 || between.IndexOf("/*"u8) >= 0 || end + 1 < _to && content[end + 1] is (byte)'/' or (byte)'*';
            end = -1;
        }

        if (end < 0)
        {
            Become(Before.Operator);
            return at + 1;
        }

        Placeholders.All(content, at, end, Place(PlaceholderPlace.Code), found);
        Become(Before.Value);
        return end + 1;
    }

    /// <summary>The slash that ends a regular expression (section 12.9.5); negative where the line ends before.</summary>
    private int EndOfExpression(int at)
    {
        bool isInClass = false;
        for (at++; at < _to && content[at] is not ((byte)'\n' or (byte)'\r'); at++)
        {
            switch (content[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'[':
                    isInClass = true;
                    break;
                case (byte)']':
                    isInClass = false;
                    break;
                case (byte)'/' when !isInClass:
                    return at;
            }
        }

        return -1;
    }
}
