using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace SyscallServer.Tests.RandomServers;

/// <summary>A client of a random server: what it sends in which pieces, how it takes what comes, and whether that is what it was promised.</summary>
internal sealed class RandomClient
{
    /// <summary>What a response may have besides the lines that the attributes say.</summary>
    private static readonly string[] OwnFields =
    [
        "Accept-Ranges", "Allow", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Date", "ETag", "Last-Modified", "Location", "Server", "Vary",
    ];

    private readonly RandomServer _server;
    private readonly List<Exchange> _exchanges;
    private readonly Queue<byte[]> _pieces = new();
    private readonly StringBuilder _received = new();
    private int _parsed;
    private readonly int _step;

    internal RandomClient(RandomServer server, Random random, List<Exchange> exchanges)
    {
        _server = server;
        _exchanges = exchanges;
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(exchanges.Select(exchange => exchange.Request)));
        int longest = random.Next(4) switch { 0 => random.Next(1, 400), 1 => random.Next(400, 20_000), _ => int.MaxValue };
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(bytes.Length - at, longest == int.MaxValue ? int.MaxValue : random.Next(1, longest + 1));
            _pieces.Enqueue(bytes[at..(at + length)]);
            at += length;
        }

        bool isSlow = random.Next(3) == 0 && exchanges[0].Request.Length > 0; // who is turned away has a socket that takes all
        _step = isSlow ? random.Next(100, 9000) : int.MaxValue;
        Room = isSlow ? random.Next(9000) : int.MaxValue;
    }

    private RandomClient(RandomServer server, Exchange exchange)
    {
        _server = server;
        _exchanges = [exchange];
        byte[] bytes = Encoding.Latin1.GetBytes(exchange.Request);
        _pieces.Enqueue(bytes[..10]);
        _pieces.Enqueue(bytes[10..]);
        Room = _step = int.MaxValue;
    }

    /// <summary>One that stays in the middle of a request for as long as something is not over.</summary>
    internal static RandomClient Holding(RandomServer server, Exchange exchange, Func<bool> goesOn) => new(server, exchange) { GoesOn = goesOn };

    /// <summary>Bytes that were sent, and not read yet.</summary>
    internal Queue<ArraySegment<byte>> Unread { get; } = new();

    /// <summary>Bytes that it takes now.</summary>
    internal int Room { get; private set; }

    /// <summary>Whether it has ended its side.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>How many responses it has.</summary>
    internal int Answers { get; private set; }

    /// <summary>Whether the last response said that the connection ends.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Whether there is no place for it, so that it gets 503 before it has sent anything.</summary>
    internal bool IsTurnedAway { get; init; }

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

        bool ends = !HasEnded && IsDone;
        HasEnded |= ends;
        return ends;
    }

    /// <summary>It is sent bytes, as many as it has room for.</summary>
    internal void Take(ReadOnlySpan<byte> bytes)
    {
        Room -= Room == int.MaxValue ? 0 : bytes.Length;
        _received.Append(Encoding.Latin1.GetString(bytes));
        while (TryParse())
        {
        }
    }

    /// <summary>The connection is closed.</summary>
    internal void Close()
    {
        Require(_parsed == _received.Length, "the last response is cut");
        Require(IsClosed || Answers == _exchanges.Count, $"the connection ends after {Answers} of {_exchanges.Count} responses");
    }

    /// <summary>Reads the next response, if it is there as a whole.</summary>
    private bool TryParse()
    {
        string text = _received.ToString(_parsed, _received.Length - _parsed);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (text.Length > 0)
        {
            Require(Answers < _exchanges.Count && !IsClosed, "more than was asked for");
            Require("HTTP/1.1 ".StartsWith(text[..Math.Min(9, text.Length)], StringComparison.Ordinal), "no status line");
        }

        if (end < 0)
        {
            Require(text.Length < 100_000, "a head without an end");
            return false;
        }

        string[] lines = text[..end].Split("\r\n");
        int status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        Exchange exchange = _exchanges[Answers];
        bool hasLength = false;
        int length = 0;
        foreach (string line in lines.Skip(1))
        {
            Require(line.All(character => character is >= ' ' and <= '~') && line.IndexOf(": ", StringComparison.Ordinal) > 0, "no field line");
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
            {
                Require(!hasLength, "two lengths");
                hasLength = true;
                length = int.Parse(line.AsSpan(16), CultureInfo.InvariantCulture);
            }
        }

        Require(hasLength || status is 204 or 304, "no length");
        int bodyLength = exchange.IsHead || status is 204 or 304 ? 0 : length;
        if (text.Length < end + 4 + bodyLength)
        {
            return false;
        }

        Check(exchange, status, lines, text.Substring(end + 4, bodyLength), length);
        _parsed += end + 4 + bodyLength;
        Answers++;
        return true;
    }

    private void Check(Exchange exchange, int status, string[] lines, string body, int length)
    {
        Require(status == exchange.Status || status == exchange.Other || status == exchange.Third, $"status {status} for {Shown(exchange.Request)}, not {exchange.Status}");
        Page? page = exchange.Page is { } promised && promised.Status == status ? promised : _server.ErrorPage(status);
        string[] expected = page?.Lines ?? [];
        if (page?.Body is { } content)
        {
            Require(length == content.Length || status is 204 or 304, $"length {length}, not {content.Length}");
            Require(exchange.IsHead || body == content, "another body");
        }
        else
        {
            Require(body.All(character => character is '\n' or (>= ' ' and <= '~')), "a body of other bytes");
        }

        foreach (string line in expected)
        {
            Require(lines.Count(other => other == line) == 1, $"no line {Shown(line)}");
        }

        foreach (string line in lines.Skip(1).Except(expected))
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

    private void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            string text = _received.ToString(_parsed, Math.Min(_received.Length - _parsed, 2000));
            throw new InvalidDataException($"{complaint}, in response {Answers + 1} to {Shown(Answers < _exchanges.Count ? _exchanges[Answers].Request : "")}: {Shown(text)}");
        }
    }

    private static string Shown(string text)
        => (text.Length > 600 ? text[..300] + " ... " + text[^300..] : text).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
