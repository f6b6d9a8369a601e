using System;
using System.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>media-type (RFC 9110, section 8.3.1): <c>text/html; charset="utf-8"</c>.</summary>
internal sealed class MediaType
{
    private readonly string _text;
    private int _position;

    private MediaType(string text) => _text = text;

    /// <summary>Whether a text is a media type.</summary>
    /// <param name="text">The text.</param>
    /// <param name="charset">The value of its charset parameter; null where there is none.</param>
    internal static bool IsValid(string text, out string? charset)
    {
        charset = null;
        var type = new MediaType(text);
        if (type.Token() is null || !type.Take('/') || type.Token() is null)
        {
            return false;
        }

        while (type._position < text.Length)
        {
            if (type.Parameter() is not var (name, value))
            {
                return false;
            }

            if (name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                if (charset is not null)
                {
                    return false;
                }

                charset = value;
            }
        }

        return true;
    }

    /// <summary>A semicolon, with blanks around it, and what follows: a name and a value. Null where that is not there.</summary>
    private (string Name, string Value)? Parameter()
    {
        SkipBlanks();
        if (!Take(';'))
        {
            return null;
        }

        SkipBlanks();
        return Token() is { } name && Take('=') && (Token() ?? Quoted()) is { } value ? (name, value) : null;
    }

    private bool Take(char character)
    {
        bool isThere = _position < _text.Length && _text[_position] == character;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (Take(' ') || Take('\t'))
        {
        }
    }

    private string? Token()
    {
        int start = _position;
        while (_position < _text.Length && Grammar.IsTokenCharacter(_text[_position]))
        {
            _position++;
        }

        return _position > start ? _text.Substring(start, _position - start) : null;
    }

    private string? Quoted()
    {
        if (!Take('"'))
        {
            return null;
        }

        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '"')
        {
            _position += _text[_position] == '\\' ? 1 : 0;
            if (_position < _text.Length)
            {
                value.Append(_text[_position++]);
            }
        }

        return Take('"') ? value.ToString() : null;
    }
}
