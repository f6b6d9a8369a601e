using System;
using System.Text;

namespace SyscallServer.Generator.Emit;

/// <summary>Text of C#, line by line, indented by the block it stands in. Lines end with \n on every system.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    /// <summary>Writes lines, each indented; an empty one without trailing blanks.</summary>
    internal void WriteLines(string lines)
    {
        foreach (string line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', _indentation * 4).Append(line);
            }

            _text.Append('\n');
        }
    }

    internal void WriteLine() => _text.Append('\n');

    /// <summary>Opens a brace under the line that was just written; closes it when disposed.</summary>
    internal Block WriteBlock()
    {
        WriteLines("{");
        _indentation++;
        return new Block(this, "}");
    }

    /// <summary>The same with another bracket, as in a collection expression.</summary>
    internal Block WriteBlock(string open, string close)
    {
        WriteLines(open);
        _indentation++;
        return new Block(this, close);
    }

    /// <summary>Indents until it is disposed.</summary>
    internal Block Indent()
    {
        _indentation++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Block : IDisposable
    {
        private readonly SourceWriter _writer;
        private readonly string? _close;

        internal Block(SourceWriter writer, string? close)
        {
            _writer = writer;
            _close = close;
        }

        public void Dispose()
        {
            _writer._indentation--;
            if (_close is not null)
            {
                _writer.WriteLines(_close);
            }
        }
    }
}
