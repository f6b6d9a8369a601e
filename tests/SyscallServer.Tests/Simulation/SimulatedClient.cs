using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A client of a simulated HTTP server, deterministic from its random numbers: it sends requests one behind the other, in any pieces at
/// any time, may go away in the middle, and in the end closes its side or resets the connection. It knows the answer that each request is owed.
/// </summary>
internal sealed class SimulatedClient
{
    /// <summary>What the client will do, in order.</summary>
    private readonly Queue<Event> _events = new();

    private readonly List<ExpectedAnswer> _expected = [];
    private readonly Queue<byte> _unread = new();
    private readonly List<byte> _written = [];
    private readonly Action<bool, string> _require;
    private long _sent;
    private long _sentAtStop = long.MaxValue;

    /// <param name="random">Where its decisions come from.</param>
    /// <param name="from">When it begins, in milliseconds.</param>
    /// <param name="mayReset">Whether it may reset the connection, or be silent for longer than any timeout.</param>
    /// <param name="exchanges">What it may ask.</param>
    /// <param name="require">Throws the complaint where the condition is false.</param>
    internal SimulatedClient(Random random, long from, bool mayReset, IReadOnlyList<Exchange> exchanges, Action<bool, string> require)
    {
        _require = require;
        var bytes = new List<byte>();
        bool closed = false;
        for (int requests = random.Next(1, 8); requests > 0; requests--)
        {
            Exchange exchange = exchanges[random.Next(exchanges.Count)];
            bytes.AddRange(Encoding.Latin1.GetBytes(exchange.Request));
            if (!closed)
            {
                _expected.Add(new ExpectedAnswer(exchange, bytes.Count));
                closed = exchange.Closes;
            }
        }

        if (random.Next(6) == 0)
        {
            int length = random.Next(bytes.Count);
            bytes.RemoveRange(length, bytes.Count - length);
        }

        long at = from;
        for (int start = 0; start < bytes.Count;)
        {
            int length = Math.Min(bytes.Count - start, random.Next(3) switch { 0 => int.MaxValue, 1 => random.Next(1, 20), _ => random.Next(1, 400) });
            at += random.Next(8) switch { 0 => random.Next(3000), 1 when mayReset => random.Next(70_000), _ => random.Next(5) };
            _events.Enqueue(new Event(at, [.. bytes.Skip(start).Take(length)], End.None));
            start += length;
        }

        at += random.Next(3) == 0 ? random.Next(70_000) : random.Next(10);
        _events.Enqueue(new Event(at, [], mayReset && random.Next(5) == 0 ? End.Reset : End.Side));
    }

    internal sealed record Exchange(string Request, int Status, string Body, bool Closes = false, bool Head = false, bool HasInterim = false);

    private sealed record ExpectedAnswer(Exchange Exchange, int CompleteAt);

    private sealed record Event(long At, byte[] Bytes, End End);

    private enum End
    {
        None,
        Side,
        Reset,
    }

    /// <summary>When it does something next; never after its end.</summary>
    internal long NextAt => _events.TryPeek(out Event? next) ? next.At : long.MaxValue;

    internal bool HasEnded { get; private set; }

    internal bool HasReset { get; private set; }

    /// <summary>Whether a read finds something, be it the end.</summary>
    internal bool IsReadable => _unread.Count > 0 || HasEnded || HasReset;

    internal int Unread => _unread.Count;

    /// <summary>Whether the server has failed to write to it.</summary>
    internal bool WriteFailed { get; set; }

    /// <summary>Whether the server has ended its side.</summary>
    internal bool WasShutDown { get; set; }

    /// <summary>Whether the server may have run out of patience.</summary>
    internal bool MayHaveTimedOut { get; set; }

    /// <summary>Does what it does next.</summary>
    /// <returns>What that was.</returns>
    internal string Act()
    {
        Event next = _events.Dequeue();
        foreach (byte sent in next.Bytes)
        {
            _unread.Enqueue(sent);
        }

        _sent += next.Bytes.Length;
        HasEnded |= next.End == End.Side;
        HasReset |= next.End == End.Reset;
        return $"the client sends {next.Bytes.Length} bytes, {next.End}";
    }

    /// <summary>SIGTERM has come: only what was sent before is owed an answer.</summary>
    internal void Stop() => _sentAtStop = _sent;

    internal void Read(Span<byte> buffer)
    {
        foreach (ref byte received in buffer)
        {
            received = _unread.Dequeue();
        }
    }

    internal void Write(IEnumerable<byte> bytes) => _written.AddRange(bytes);

    /// <summary>The connection is closed: whether all requests have got their answers, whole, in order and once.</summary>
    /// <param name="now">The time, for the date.</param>
    /// <returns>How many answers there were.</returns>
    internal int CheckAnswers(long now)
    {
        List<Answer> answers = Parse(now);
        bool broken = HasReset || WriteFailed;
        for (int i = 0; i < answers.Count; i++)
        {
            Answer answer = answers[i];
            bool last = i == answers.Count - 1;
            Require(!answer.Closes || last, $"something follows answer {i}, which closes");
            bool complete = i < _expected.Count && _expected[i].CompleteAt <= _sent;
            if (complete && answer.Status == _expected[i].Exchange.Status)
            {
                Exchange exchange = _expected[i].Exchange;
                Require(answer.IsWhole || (broken && last), $"answer {i} is not whole");
                Require(!answer.IsWhole || answer.Body == (exchange.Head ? "" : exchange.Body), $"answer {i} has another body");
                Require(!exchange.Closes || answer.Closes || !answer.IsWhole, $"answer {i} does not close");
            }
            else if (answer.IsWhole)
            {
                // A request that did not come to its end gets 400 where the client ended its side, 408 where it took too long. One that is refused before
                // its end gets its status.
                bool refused = i < _expected.Count && answer.Status == _expected[i].Exchange.Status && _expected[i].Exchange.Closes;
                Require(last && answer.Closes, $"answer {i} has status {answer.Status}");
                Require(refused || (answer.Status == 408 && MayHaveTimedOut) || (answer.Status == 400 && HasEnded), $"answer {i} has status {answer.Status}");
            }
            else
            {
                Require(last && broken, $"answer {i} is not whole");
            }
        }

        int owed = _expected.Count(expected => expected.CompleteAt <= Math.Min(_sent, _sentAtStop));
        bool closed = answers.Count > 0 && answers[^1].Closes;
        Require(broken || MayHaveTimedOut || closed || answers.Count >= owed, $"{answers.Count} answers, but {owed} requests had come");
        Require(!closed || WasShutDown || broken || HasEnded, "it said that it closes, and did not");
        return answers.Count;
    }

    private sealed record Answer(int Status, string Body, bool Closes, bool IsWhole);

    /// <summary>Reads what was written as responses to the expected requests.</summary>
    private List<Answer> Parse(long now)
    {
        string text = Encoding.Latin1.GetString([.. _written]);
        var answers = new List<Answer>();
        for (int at = 0; at < text.Length;)
        {
            Exchange? exchange = answers.Count < _expected.Count ? _expected[answers.Count].Exchange : null;
            int head = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal);
            if (head < 0)
            {
                answers.Add(new Answer(0, "", false, false));
                break;
            }

            string[] lines = text[at..head].Split("\r\n");
            Require(lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal), $"no status line: {lines[0]}");
            int status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status == 100)
            {
                Require(exchange is { HasInterim: true }, "100 that nobody waits for");
                at = head + 4;
                continue;
            }

            string date = Assert1(lines.Where(line => line.StartsWith("Date: ", StringComparison.Ordinal)), "not one Date")[6..];
            long second = DateTimeOffset.ParseExact(date, "r", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
            Require(second <= now / 1000 && second >= 0, $"the date is {date}");
            string length = Assert1(lines.Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)), "not one Content-Length")[16..];
            bool closes = lines.Contains("Connection: close");

            // An error in the middle of a HEAD has a body only where the method was not complete either.
            bool isHead = exchange is { Head: true } && (exchange.Status == status || !text.AsSpan(head + 4).StartsWith(status.ToString(CultureInfo.InvariantCulture)));
            int bodyLength = isHead ? 0 : int.Parse(length, CultureInfo.InvariantCulture);
            bool whole = head + 4 + bodyLength <= text.Length;
            answers.Add(new Answer(status, whole ? text.Substring(head + 4, bodyLength) : "", closes, whole));
            at = head + 4 + bodyLength;
        }

        return answers;
    }

    private string Assert1(IEnumerable<string> lines, string complaint)
    {
        string[] all = [.. lines];
        Require(all.Length == 1, complaint);
        return all[0];
    }

    private void Require(bool condition, string complaint)
        => _require(condition, condition ? "" : $"{complaint}\n{Encoding.Latin1.GetString([.. _written.Take(3000)])}");
}
