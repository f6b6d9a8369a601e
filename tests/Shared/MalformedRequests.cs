using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace SyscallServer.Tests.Http;

/// <summary>A request that is not to be served, and the status that it gets.</summary>
public sealed record MalformedRequest(string Name, int Status, byte[] Bytes)
{
    public override string ToString() => Name;
}

/// <summary>Reads <c>tests/Http/malformed.txt</c>, which says itself how it is written.</summary>
public static class MalformedRequests
{
    /// <summary>All cases, in their order.</summary>
    /// <exception cref="FormatException">The file is not written as it says; the message has the line.</exception>
    public static IReadOnlyList<MalformedRequest> Read(string file)
    {
        var cases = new List<MalformedRequest>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (char.IsAsciiDigit(line[0]))
            {
                cases.Add(new MalformedRequest(line[4..], int.Parse(line[..3], CultureInfo.InvariantCulture), []));
            }
            else if (line[0] == ' ' && cases.Count > 0)
            {
                cases[^1] = cases[^1] with { Bytes = [.. cases[^1].Bytes, .. Unescape(line.Trim(' '), number)] };
            }
            else
            {
                throw new FormatException($"{file}({number}): neither a comment, nor a case, nor indented");
            }
        }

        string[] twice = [.. cases.GroupBy(each => each.Name).Where(group => group.Count() > 1).Select(group => group.Key)];
        return twice.Length == 0 ? cases : throw new FormatException($"{file}: two cases are called '{twice[0]}'");
    }

    private static List<byte> Unescape(string text, int line)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add(text[i] is > ' ' and <= '~' or ' ' ? (byte)text[i] : throw new FormatException($"line {line}: a character that is to be written as \\xHH"));
                continue;
            }

            switch (text[++i])
            {
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 't':
                    bytes.Add((byte)'\t');
                    break;
                case 's':
                    bytes.Add((byte)' ');
                    break;
                case '\\':
                    bytes.Add((byte)'\\');
                    break;
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                case '{':
                    int asterisk = text.IndexOf('*', i);
                    int count = int.Parse(text.AsSpan(i + 1, asterisk - i - 1), NumberStyles.None, CultureInfo.InvariantCulture);
                    var repeated = new StringBuilder();
                    for (i = asterisk + 1; text[i] != '}'; i++)
                    {
                        if (text[i] == '\\' && text[i + 1] == '}')
                        {
                            i++;
                        }
                        else if (text[i] == '\\')
                        {
                            repeated.Append(text[i++]);
                        }

                        repeated.Append(text[i]);
                    }

                    List<byte> once = Unescape(repeated.ToString(), line);
                    for (int n = 0; n < count; n++)
                    {
                        bytes.AddRange(once);
                    }

                    break;
                default:
                    throw new FormatException($"line {line}: an escape that there is not: \\{text[i]}");
            }
        }

        return bytes;
    }
}
