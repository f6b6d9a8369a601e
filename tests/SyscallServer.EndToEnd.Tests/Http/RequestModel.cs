using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.RegularExpressions;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>
/// Says what a stream of bytes asks for, by the grammars of RFC 9112 written down as regular expressions: slow, and nothing like the server's
/// parser. What only a longer look would tell is left open (<see cref="Outcome.Either"/>).
/// </summary>
internal static partial class RequestModel
{
    internal enum Outcome
    {
        /// <summary>There is nothing more.</summary>
        End,

        /// <summary>There is the beginning of a request, which may be good or bad so far.</summary>
        Unfinished,

        /// <summary>A request that gets its response.</summary>
        Good,

        /// <summary>A request that gets an error, after which the connection is closed.</summary>
        Bad,

        /// <summary>One of both.</summary>
        Either,
    }

    /// <summary>The next request.</summary>
    /// <param name="Outcome">What becomes of it.</param>
    /// <param name="End">Where it ends.</param>
    internal sealed record Item(Outcome Outcome, int End)
    {
        internal string Method { get; init; } = "";

        internal string Target { get; init; } = "";

        internal bool Closes { get; init; }

        internal bool MayContinue { get; init; }
    }

    private static readonly SearchValues<char> NeverInHost = SearchValues.Create("@/,?#\\ \t");

    private const int MaxTarget = 8000;
    private const int MaxFields = 8192;
    private const int MaxFieldLines = 100;

    /// <summary>Beyond so many bytes, chunk extensions and trailers may be too many.</summary>
    private const int MaxUndisputed = 1000;

    /// <summary>Reads the request at a position; one character is one byte.</summary>
    internal static Item Next(string stream, int position)
    {
        while (string.CompareOrdinal(stream, position, "\r\n", 0, 2) == 0)
        {
            position += 2;
        }

        if (position == stream.Length)
        {
            return new Item(Outcome.End, position);
        }

        int end = stream.IndexOf("\r\n\r\n", position, StringComparison.Ordinal) + 4;
        if (end < 4)
        {
            return new Item(Outcome.Unfinished, stream.Length) { Method = FirstWord(stream, position) };
        }

        Match head = Head().Match(stream[position..end]);
        if (!head.Success)
        {
            return new Item(Outcome.Bad, end) { Method = FirstWord(stream, position) };
        }

        string method = head.Groups["method"].Value;
        string target = head.Groups["target"].Value;
        ILookup<string, string> fields = head.Groups["name"].Captures.Zip(head.Groups["value"].Captures).ToLookup(pair => pair.First.Value.ToLowerInvariant(), pair => pair.Second.Value.Trim(' ', '\t'));
        bool http10 = head.Groups["minor"].Value == "0";
        string[] options = [.. fields["connection"].SelectMany(value => value.Split(',')).Select(option => option.Trim(' ', '\t').ToLowerInvariant()).Where(option => option.Length > 0)];
        var item = new Item(Outcome.Good, end)
        {
            Method = method,
            Target = target,
            Closes = options.Contains("close") || (http10 && !options.Contains("keep-alive")),
            MayContinue = !http10 && fields["expect"].Any(value => value.Contains("100-continue", StringComparison.OrdinalIgnoreCase)),
        };
        Outcome outcome = Worst(
            head.Groups["major"].Value == "1" ? Outcome.Good : Outcome.Bad,
            target.Length <= MaxTarget && head.Groups["fields"].Length <= MaxFields && head.Groups["name"].Captures.Count <= MaxFieldLines ? Outcome.Good : Outcome.Bad,
            method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" or "TRACE" ? Outcome.Good : Outcome.Either,
            options.All(option => Token().IsMatch(option)) ? Outcome.Good : Outcome.Either,
            OfTarget(method, target),
            OfHost([.. fields["host"]], http10),
            OfExpect([.. fields["expect"]], http10));
        string[] lengths = [.. fields["content-length"]];
        string[] codings = [.. fields["transfer-encoding"]];
        if (outcome == Outcome.Bad)
        {
            return item with { Outcome = outcome };
        }

        if (codings.Length > 0)
        {
            bool chunked = codings is [var coding] && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) && lengths.Length == 0 && !http10;
            return chunked ? Chunked(stream, item with { Outcome = outcome }) : item with { Outcome = Outcome.Bad };
        }

        if (lengths.Length == 0)
        {
            return item with { Outcome = outcome };
        }

        lengths = [.. lengths.SelectMany(value => value.Split(',')).Select(value => value.Trim(' ', '\t'))];
        if (lengths.Any(value => !Digits().IsMatch(value)) || lengths.Select(Number).Distinct().Count() > 1 || Number(lengths[0]) > HttpServer.MaxBodyBytes)
        {
            return item with { Outcome = Outcome.Bad };
        }

        return end + (int)Number(lengths[0]) <= stream.Length
            ? item with { Outcome = outcome, End = end + (int)Number(lengths[0]) }
            : item with { Outcome = Outcome.Unfinished, End = stream.Length };
    }

    private static string FirstWord(string stream, int position) => stream[position..].Split(' ')[0];

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private static Outcome Worst(params Outcome[] outcomes)
        => outcomes.Contains(Outcome.Bad) ? Outcome.Bad : outcomes.Contains(Outcome.Either) ? Outcome.Either : Outcome.Good;

    private static Outcome OfTarget(string method, string target)
    {
        if (target.AsSpan().IndexOfAny('#', '\\') >= 0)
        {
            return Outcome.Bad;
        }

        if (method == "CONNECT")
        {
            return Outcome.Either;
        }

        if (target == "*")
        {
            return method == "OPTIONS" ? Outcome.Good : Outcome.Bad;
        }

        if (target[0] != '/')
        {
            return PlainAbsoluteTarget().IsMatch(target) ? Outcome.Good : target.Contains("://", StringComparison.Ordinal) ? Outcome.Either : Outcome.Bad;
        }

        return BadPath().IsMatch(target.Split('?')[0]) ? Outcome.Bad : PlainTarget().IsMatch(target) ? Outcome.Good : Outcome.Either;
    }

    private static Outcome OfHost(string[] hosts, bool http10) => hosts switch
    {
        [] => http10 ? Outcome.Good : Outcome.Bad,
        [var host] => PlainHost().IsMatch(host) ? Outcome.Good : host.Length == 0 || host.AsSpan().IndexOfAny(NeverInHost) >= 0 ? http10 && host.Length == 0 ? Outcome.Either : Outcome.Bad : Outcome.Either,
        _ => Outcome.Bad,
    };

    private static Outcome OfExpect(string[] expectations, bool http10) => expectations switch
    {
        [] => Outcome.Good,
        _ when http10 => Outcome.Either,
        [var one] => one.Equals("100-continue", StringComparison.OrdinalIgnoreCase) ? Outcome.Good : one.Contains("100-continue", StringComparison.OrdinalIgnoreCase) || one.Length == 0 ? Outcome.Either : Outcome.Bad,
        _ => Outcome.Either,
    };

    private static Item Chunked(string stream, Item item)
    {
        Item unfinished = item with { Outcome = Outcome.Unfinished, End = stream.Length };
        Item bad = item with { Outcome = Outcome.Bad };
        int position = item.End;
        BigInteger total = 0;
        int overhead = 0;
        while (true)
        {
            int lineEnd = stream.IndexOf("\r\n", position, StringComparison.Ordinal) + 2;
            if (lineEnd < 2)
            {
                return unfinished;
            }

            Match line = ChunkLine().Match(stream[position..lineEnd]);
            if (!line.Success)
            {
                return bad;
            }

            overhead += lineEnd - position;
            item = overhead > MaxUndisputed ? item with { Outcome = Worst(item.Outcome, Outcome.Either) } : item;
            BigInteger size = BigInteger.Parse("0" + line.Groups["size"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            position = lineEnd;
            if (size == 0)
            {
                break;
            }

            total += size;
            if (total > HttpServer.MaxBodyBytes)
            {
                return bad;
            }

            position += (int)size;
            if (position + 2 > stream.Length)
            {
                return unfinished;
            }

            if (string.CompareOrdinal(stream, position, "\r\n", 0, 2) != 0)
            {
                return bad;
            }

            position += 2;
        }

        if (string.CompareOrdinal(stream, position, "\r\n", 0, 2) == 0)
        {
            return item with { End = position + 2 };
        }

        int end = stream.IndexOf("\r\n\r\n", position, StringComparison.Ordinal) + 4;
        return end < 4 ? unfinished
            : !Trailers().IsMatch(stream[position..end]) ? bad
            : item with { End = end, Outcome = overhead + end - position > MaxUndisputed ? Worst(item.Outcome, Outcome.Either) : item.Outcome };
    }

    private const string TokenText = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";
    private const string ValueText = @"[\t\x20-\x7E\x80-\xFF]*";
    private const string QuotedText = @"""(?:[\t\x20\x21\x23-\x5B\x5D-\x7E\x80-\xFF]|\\[\t\x20-\x7E\x80-\xFF])*""";

    [GeneratedRegex($@"\A(?<method>{TokenText}) (?<target>[\x21-\x7E]+) HTTP/(?<major>[0-9])\.(?<minor>[0-9])\r\n(?<fields>(?:(?<name>{TokenText}):(?<value>{ValueText})\r\n)*)\r\n\z")]
    private static partial Regex Head();

    [GeneratedRegex($@"\A(?:{TokenText}:{ValueText}\r\n)*\r\n\z")]
    private static partial Regex Trailers();

    [GeneratedRegex($@"\A(?<size>[0-9A-Fa-f]+)(?:[ \t]*;[ \t]*{TokenText}(?:[ \t]*=[ \t]*(?:{TokenText}|{QuotedText}))?)*\r\n\z")]
    private static partial Regex ChunkLine();

    [GeneratedRegex($@"\A{TokenText}\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"\A[0-9]+\z")]
    private static partial Regex Digits();

    // RFC 3986, section 3.3 and 3.4, with percent-encodings of printable characters.
    [GeneratedRegex(@"\A(?:[!$&'()*+,\-./0-9:;=@A-Z_a-z~]|%[2-7][0-9A-Ea-e])*(?:\?[!$&'()*+,\-./0-9:;=?@A-Z_a-z~]*)?\z")]
    private static partial Regex PlainTarget();

    [GeneratedRegex(@"\Ahttp://[A-Za-z0-9.]+(?::[1-9][0-9]{0,3})?(?:/[A-Za-z0-9./]*)?\z")]
    private static partial Regex PlainAbsoluteTarget();

    [GeneratedRegex(@"%(?:00|0[aAdD])|%(?![0-9A-Fa-f]{2})")]
    private static partial Regex BadPath();

    [GeneratedRegex(@"\A[A-Za-z0-9.\-]+(?::[1-9][0-9]{0,3})?\z")]
    private static partial Regex PlainHost();
}
