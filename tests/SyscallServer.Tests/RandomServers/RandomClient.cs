using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using SyscallServer.Internal.Features;

namespace SyscallServer.Tests.RandomServers;

/// <summary>A client of a random server: what it sends in which pieces, how it takes what comes, and whether that is what it was promised.</summary>
internal sealed class RandomClient
{
    /// <summary>What a response may have besides the lines that the attributes say.</summary>
    private static readonly string[] OwnFields =
    [
        "Accept-Ranges", "Allow", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Date", "ETag", "Last-Modified", "Location", "Server", "Vary",
    ];

    /// <summary>About the most pieces in which it sends what it has to send: in more, a head would take longer than the shortest timeout.</summary>
    private const int MostPieces = 1000;

    private readonly RandomServer _server;
    private readonly List<Exchange> _exchanges;
    private readonly Queue<byte[]> _pieces = new();

    /// <summary>What it has got; of that, what was looked at, and how far no head has its end.</summary>
    private byte[] _received = new byte[4096];
    private int _length;
    private int _parsed;
    private int _searched;
    private readonly int _step;

    internal RandomClient(RandomServer server, Random random, List<Exchange> exchanges, int? endpoint = null)
    {
        _server = server;
        Endpoint = endpoint ?? server.AnyEndpoint();
        _exchanges = exchanges;
        byte[] bytes = Encoding.Latin1.GetBytes((exchanges.Any(exchange => exchange.Request.Length > 0) ? server.Preamble(Endpoint) : "") + string.Concat(exchanges.Select(exchange => exchange.Request)));
        int longest = random.Next(4) switch { 0 => random.Next(1, 400), 1 => random.Next(400, 20_000), _ => int.MaxValue };
        longest = Math.Max(longest, bytes.Length / MostPieces);
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(bytes.Length - at, longest == int.MaxValue ? int.MaxValue : random.Next(1, longest + 1));
            _pieces.Enqueue(bytes[at..(at + length)]);
            at += length;
        }

        bool isSlow = random.Next(3) == 0 && (exchanges.Count == 0 || exchanges[0].Request.Length > 0); // who is turned away has a socket that takes all
        _step = isSlow ? random.Next(100, 9000) : int.MaxValue;
        Room = isSlow ? random.Next(9000) : int.MaxValue;
    }

    private RandomClient(RandomServer server, Exchange exchange)
    {
        _server = server;
        _exchanges = [exchange];
        byte[] bytes = Encoding.Latin1.GetBytes(server.Preamble(Endpoint) + exchange.Request);
        _pieces.Enqueue(bytes[..10]);
        _pieces.Enqueue(bytes[10..]);
        Room = _step = int.MaxValue;
    }

    /// <summary>One that stays in the middle of a request for as long as something is not over.</summary>
    internal static RandomClient Holding(RandomServer server, Exchange exchange, Func<bool> goesOn) => new(server, exchange) { GoesOn = goesOn };

    /// <summary>The place of the endpoint that it comes to.</summary>
    internal int Endpoint { get; }

    /// <summary>Bytes that were sent, and not read yet.</summary>
    internal Queue<ArraySegment<byte>> Unread { get; } = new();

    /// <summary>Bytes that it takes now.</summary>
    internal int Room { get; private set; }

    /// <summary>Whether it has ended its side.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>How many responses it has.</summary>
    internal int Answers { get; private set; }

    /// <summary>Bytes that it still takes, before it is gone.</summary>
    internal int LeftToTake { get; set; } = int.MaxValue;

    /// <summary>Whether it is gone.</summary>
    internal bool IsGone => LeftToTake == 0;

    /// <summary>What a log is to say of its responses, as far as they have come.</summary>
    internal List<LoggedResponse> Logged { get; } = [];

    /// <summary>How many of them were for each method, and of each class of a status.</summary>
    internal int[,] Counts { get; } = new int[Metrics.MethodCount, 6];

    /// <summary>Whether the last response said that the connection ends.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Whether there is no place for it, so that it gets 503 before it has sent anything.</summary>
    internal bool IsTurnedAway { get; init; }

    /// <summary>Whether it leaves the end to the server, which has waited for it long enough.</summary>
    internal bool NeverEnds { get; init; }

    /// <summary>What has to be over before it sends the last of its pieces.</summary>
    internal Func<bool> GoesOn { get; init; } = () => true;

    internal bool IsDone => (Answers == _exchanges.Count || IsClosed) && _pieces.Count == 0;

    /// <summary>It does what it does next.</summary>
    /// <returns>False where there is nothing.</returns>
    internal bool Act()
    {
        if (_pieces.Count > 0 && !IsClosed && (_pieces.Count > 1 || GoesOn()))
        {
            Unread.Enqueue(_pieces.Dequeue());
            return true;
        }

        if (IsClosed)
        {
            _pieces.Clear();
        }

        if (Room == 0)
        {
            Room = _step;
            return true;
        }

        bool ends = !HasEnded && (IsDone || IsGone) && (!NeverEnds || IsClosed);
        HasEnded |= ends;
        return ends;
    }

    /// <summary>It is sent bytes, as many as it has room for.</summary>
    internal void Take(ReadOnlySpan<byte> bytes)
    {
        Room -= Room == int.MaxValue ? 0 : bytes.Length;
        LeftToTake -= LeftToTake == int.MaxValue ? 0 : bytes.Length;
        if (_length + bytes.Length > _received.Length)
        {
            // What was looked at is not needed again.
            byte[] larger = _length - _parsed + bytes.Length > _received.Length / 2 ? new byte[2 * (_received.Length + bytes.Length)] : _received;
            Buffer.BlockCopy(_received, _parsed, larger, 0, _length - _parsed);
            _received = larger;
            _length -= _parsed;
            _searched -= _parsed;
            _parsed = 0;
        }

        bytes.CopyTo(_received.AsSpan(_length));
        _length += bytes.Length;
        while (TryParse())
        {
        }
    }

    /// <summary>The connection is closed.</summary>
    internal void Close()
    {
        if (LeftToTake != int.MaxValue && _parsed < _length)
        {
            ReadOnlySpan<byte> cut = _received.AsSpan(_parsed, _length - _parsed);
            int end = cut.IndexOf("\r\n\r\n"u8);
            Logged.Add(new LoggedResponse(0, end < 0 ? 0 : cut.Length - end - 4, null, IsAborted: true));
            return;
        }

        if (IsGone)
        {
            return;
        }

        Require(_parsed == _length, "the last response is cut");
        Require(IsClosed || Answers == _exchanges.Count, $"the connection ends after {Answers} of {_exchanges.Count} responses");
    }

    /// <summary>Reads the next response, if it is there as a whole.</summary>
    private bool TryParse()
    {
        ReadOnlySpan<byte> text = _received.AsSpan(_parsed, _length - _parsed);
        if (text.Length == 0)
        {
            return false;
        }

        Require(Answers < _exchanges.Count && !IsClosed, "more than was asked for");
        Require("HTTP/1.1 "u8.StartsWith(text[..Math.Min(9, text.Length)]), "no status line");
        int from = Math.Max(0, _searched - _parsed - 3);
        int end = text[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            Require(text.Length < 100_000, "a head without an end");
            _searched = _length;
            return false;
        }

        end += from;
        _searched = _parsed + end;
        Exchange exchange = _exchanges[Answers];
        int status = 0;
        Require(Utf8Parser.TryParse(text[9..], out status, out int digits) && digits == 3, "no status");
        bool hasBody = !exchange.IsHead && status is not (204 or 304);
        ReadOnlySpan<byte> head = text[..end];
        int at = head.IndexOf("\r\nContent-Length: "u8);
        int length = 0;
        Require(at < 0 ? status is 204 or 304 : Utf8Parser.TryParse(head[(at + 18)..], out length, out _), "no length");
        int bodyLength = hasBody ? length : 0;
        if (text.Length < end + 4 + bodyLength)
        {
            return false;
        }

        Require(at < 0 || head[(at + 18)..].IndexOf("\r\nContent-Length: "u8) < 0, "two lengths");
        string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
        foreach (string line in lines.Skip(1))
        {
            Require(!line.AsSpan().ContainsAnyExceptInRange(' ', '~') && line.IndexOf(": ", StringComparison.Ordinal) > 0, "no field line");
        }

        Check(exchange, status, lines, text.Slice(end + 4, bodyLength), length);
        _parsed += end + 4 + bodyLength;
        _searched = _parsed;
        Answers++;
        Logged.Add(new LoggedResponse(status, bodyLength, LengthOf(exchange.Request, status), IsAborted: false));
        Counts[(int)MethodOf(exchange.Request), status / 100]++;
        return true;
    }

    /// <summary>The bytes of a request, where all of it was received before it was answered, and nothing else with it.</summary>
    private static long? LengthOf(string request, int status)
    {
        string head = request.TrimStart('\r', '\n');
        return status < 400 && head.IndexOf("\r\n\r\n", StringComparison.Ordinal) == head.Length - 4 ? head.Length : null;
    }

    /// <summary>The method of a request, as far as it is whole.</summary>
    private static HttpMethod MethodOf(string request)
    {
        int blank = request.IndexOf(' ', StringComparison.Ordinal);
        return Enum.GetValues<HttpMethod>().FirstOrDefault(method => blank > 0 && method != HttpMethod.Unknown && request.StartsWith(method.ToString().ToUpperInvariant() + " ", StringComparison.Ordinal));
    }

    private void Check(Exchange exchange, int status, string[] lines, ReadOnlySpan<byte> bytes, int length)
    {
        Require(status == exchange.Status || status == exchange.Other || status == exchange.Third, $"status {status} for {Shown(exchange.Request)}, not {exchange.Status}");
        lines = WithoutGroups(exchange.Request, lines);
        Page? page = exchange.Page is { } promised && promised.Status == status ? promised : _server.ErrorPage(status);
        string[] expected = page?.Lines ?? [];
        string? coding = lines.FirstOrDefault(line => line.StartsWith("Content-Encoding: ", StringComparison.Ordinal));
        Require(coding is null || exchange.Request.Contains("Accept-Encoding: ", StringComparison.Ordinal), "a coding that nobody has asked for");
        string body = coding is null || exchange.IsHead || status is 304 or 206 ? Encoding.Latin1.GetString(bytes) : Decoded(bytes, coding[18..]);
        if (page?.Body is { } content)
        {
            content = WithBoundary(content, body, lines);
            Require(length == content.Length || coding is not null || status is 204 or 304, $"length {length}, not {content.Length}");
            Require(exchange.IsHead || body == content || (status is 204 or 304 && body.Length == 0), "another body");
        }
        else
        {
            Require(status == 206 || !body.AsSpan().ContainsAnyExcept(Printable), "a body of other bytes");
        }

        foreach (string line in expected)
        {
            Require(lines.Count(other => other == line) == 1, $"no line {Shown(line)}");
        }

        foreach (string line in lines.Skip(1).Except(expected).Except(status is 304 or 206 or 416 or 429 ? exchange.MayHave ?? exchange.Page?.Lines ?? [] : []))
        {
            Require(OwnFields.Contains(line[..line.IndexOf(':')]), $"a line that nobody asked for: {Shown(line)}");
        }

        Require(lines.Count(line => line.StartsWith("Server: ", StringComparison.Ordinal)) == (_server.Server is null ? 0 : 1), "Server");
        Require(_server.Server is null || lines.Contains("Server: " + _server.Server), "another Server");
        string[] dates = [.. lines.Where(line => line.StartsWith("Date: ", StringComparison.Ordinal))];
        Require(dates.Length == (_server.SendsDate ? 1 : 0), "Date");
        foreach (string date in dates)
        {
            Require(DateTimeOffset.TryParseExact(date[6..], "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
                && time.ToUnixTimeSeconds() is >= RandomWorld.FirstSecond and < RandomWorld.FirstSecond + 1_000_000, $"another {Shown(date)}");
        }

        IsClosed = lines.Contains("Connection: close");
        Require(!IsClosed || exchange.MayClose, "it closes for no reason");
    }

    /// <summary>Looks at the lines that a response has for its path, and returns the others. Where it is not clear from the text what the path is, each of the groups is right.</summary>
    private string[] WithoutGroups(string request, string[] lines)
    {
        string[][] groups = _server.GroupsOf(request);
        if (groups.Length == 0)
        {
            return lines;
        }

        string[] own = [.. lines.Where(line => RandomServer.GroupFields.Contains(line[..Math.Max(0, line.IndexOf(':'))], StringComparer.OrdinalIgnoreCase))];
        Require(groups.Any(group => group.Order(StringComparer.Ordinal).SequenceEqual(own.Order(StringComparer.Ordinal))), $"the lines of another group: {string.Join(" + ", own)}");
        string[] vary = [.. lines.Where(line => line.StartsWith("Vary: ", StringComparison.OrdinalIgnoreCase)).Select(line => line[6..])];
        string[] members = [.. vary.SelectMany(line => line.Split(", "))];
        Require(vary.Length == 1 && members.Distinct(StringComparer.OrdinalIgnoreCase).Count() == members.Length && members.Contains("X-Group"), "another Vary");
        return [.. lines.Except(own)];
    }

    /// <summary>What a multipart body is, whose boundary and media type the body itself says.</summary>
    private string WithBoundary(string content, string body, string[] lines)
    {
        if (!content.Contains(RandomServer.Boundary, StringComparison.Ordinal))
        {
            return content;
        }

        const string type = "\r\nContent-Type: ";
        string boundary = lines.First(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal)).Split("; boundary=")[^1];
        Require(lines.Contains("Content-Type: multipart/byteranges; boundary=" + boundary) && body.Contains(type, StringComparison.Ordinal), "no multipart body");
        Require(lines.Any(line => line.StartsWith("ETag: ", StringComparison.Ordinal) && line.EndsWith($"\"{boundary}\"", StringComparison.Ordinal)), "another boundary than the entity tag");
        int from = body.IndexOf(type, StringComparison.Ordinal) + type.Length;
        return content.Replace(RandomServer.Boundary, boundary, StringComparison.Ordinal).Replace(RandomServer.PartType, body[from..body.IndexOf('\r', from)], StringComparison.Ordinal);
    }

    private static readonly SearchValues<char> Printable = SearchValues.Create("\n" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (char)character)));

    private string Decoded(ReadOnlySpan<byte> bytes, string coding)
    {
        using var source = new MemoryStream(bytes.ToArray());
        Require(coding is "gzip" or "br", "a coding that is not known");
        using Stream decoder = coding == "gzip" ? new GZipStream(source, CompressionMode.Decompress) : new BrotliStream(source, CompressionMode.Decompress);
        using var reader = new StreamReader(decoder, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            Complain(complaint);
        }
    }

    private void Require(bool condition, [InterpolatedStringHandlerArgument("condition")] ref Simulation.Complaint complaint)
    {
        if (!condition)
        {
            Complain(complaint.ToString());
        }
    }

    private void Complain(string complaint)
    {
        string text = Encoding.Latin1.GetString(_received, _parsed, Math.Min(_length - _parsed, 2000));
        throw new InvalidDataException($"{complaint}, in response {Answers + 1} to {Shown(Answers < _exchanges.Count ? _exchanges[Answers].Request : "")}: {Shown(text)}");
    }

    private static string Shown(string text)
        => (text.Length > 600 ? text[..300] + " ... " + text[^300..] : text).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
