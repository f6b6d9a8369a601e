using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// A client of a simulated HTTP server, deterministic from its random numbers: it sends requests one behind the other, in any pieces at
/// any time, takes the answers as fast or slowly as it likes, may go away in the middle, and in the end closes its side or resets the
/// connection. It knows the answer that each request is owed.
/// </summary>
internal sealed class SimulatedClient
{
    private readonly Random _random;
    private readonly Action<bool, string> _require;
    private readonly bool _mayMisbehave;

    /// <summary>All that it will send.</summary>
    private readonly byte[] _script;

    /// <summary>What it will do, in order.</summary>
    private readonly Queue<Event> _events = new();
    private readonly List<ExpectedAnswer> _expected = [];

    private readonly List<byte> _written = [];
    private readonly List<Answer> _answers = [];
    private int _parsed;

    /// <summary>Whether it need not have got all that was sent to it.</summary>
    private bool _isCut;
    private bool _isWhole;

    /// <summary>For each read: how far it went, and the earliest second that may be the date of a response to that.</summary>
    private readonly List<(int Read, long Second)> _reads = [];

    /// <summary>How many bytes of answers are kept for it that it has not taken; when it takes some.</summary>
    private int _kept;
    private long _takesAt = long.MaxValue;

    /// <param name="random">Where its decisions come from.</param>
    /// <param name="from">When it begins, in milliseconds.</param>
    /// <param name="mayMisbehave">Whether it may reset the connection, or be silent, or take nothing, for longer than any timeout.</param>
    /// <param name="exchanges">What it may ask.</param>
    /// <param name="require">Throws the complaint where the condition is false.</param>
    /// <param name="breaksOff">Whether it resets the connection soon, mostly in the middle of something.</param>
    internal SimulatedClient(Random random, long from, bool mayMisbehave, IReadOnlyList<Exchange> exchanges, Action<bool, string> require, bool breaksOff = false)
    {
        _random = random;
        _mayMisbehave = mayMisbehave;
        _require = require;
        var bytes = new List<byte>();
        bool closed = false;
        for (int requests = random.Next(1, 8); requests > 0; requests--)
        {
            Exchange exchange = exchanges[random.Next(exchanges.Count)];
            if (!closed)
            {
                _expected.Add(new ExpectedAnswer(exchange, bytes.Count, bytes.Count + exchange.BlankLines, bytes.Count + exchange.HeadLength, bytes.Count + exchange.RequestBytes.Length));
                closed = exchange.Closes;
            }

            bytes.AddRange(exchange.RequestBytes);
        }

        if (breaksOff || random.Next(6) == 0)
        {
            int length = random.Next(bytes.Count);
            bytes.RemoveRange(length, bytes.Count - length);
        }

        _script = [.. bytes];
        long at = from;
        if (breaksOff)
        {
            _events.Enqueue(new Event(at, _script.Length, End.None));
            _events.Enqueue(new Event(at + random.Next(30), _script.Length, End.Reset));
            return;
        }

        for (int start = 0; start < _script.Length;)
        {
            int length = Math.Min(_script.Length - start, random.Next(3) switch { 0 => int.MaxValue, 1 => random.Next(1, 20), _ => random.Next(1, 400) });
            at += random.Next(8) switch { 0 => random.Next(3000), 1 when mayMisbehave => random.Next(70_000), _ => random.Next(5) };
            start += length;
            _events.Enqueue(new Event(at, start, End.None));
        }

        at += random.Next(3) == 0 ? random.Next(70_000) : random.Next(10);
        _events.Enqueue(new Event(at, _script.Length, mayMisbehave && random.Next(5) == 0 ? End.Reset : End.Side));
    }

    internal sealed record Exchange(string Request, int Status, string Body, bool Closes = false, bool Head = false, bool HasInterim = false, bool OfFile = false)
    {
        internal byte[] RequestBytes { get; } = Encoding.Latin1.GetBytes(Request);

        internal byte[] BodyBytes { get; } = Encoding.Latin1.GetBytes(Body);

        /// <summary>What stands for the boundary of a multipart body, which the time of the file decides.</summary>
        internal const string Boundary = "BOUNDARY";

        /// <summary>Whether this is the body.</summary>
        internal bool HasBody(ReadOnlySpan<byte> body)
        {
            if (!Body.StartsWith("\r\n--" + Boundary, StringComparison.Ordinal) || !body.StartsWith("\r\n--"u8))
            {
                return body.SequenceEqual(BodyBytes);
            }

            string text = Encoding.Latin1.GetString(body);
            return text == Body.Replace(Boundary, text[4..text.IndexOf('\r', 4)], StringComparison.Ordinal);
        }

        /// <summary>Whether the client says with it that it sends nothing more, and there is no body.</summary>
        internal bool ClientCloses { get; } = Request.Contains("\r\nConnection: close\r\n", StringComparison.Ordinal) || Request.Contains(" HTTP/1.0\r\n", StringComparison.Ordinal);

        /// <summary>Its first line, as a log has it.</summary>
        internal string RequestLine { get; } = string.Concat(Request.TrimStart('\r', '\n').Split('\r', '\n')[0]
            .Select(character => character is >= ' ' and <= '~' and not '"' and not '\\' ? character.ToString() : $"\\x{(int)character:X2}"));

        /// <summary>The bytes of empty lines before the request, and of these and its head.</summary>
        internal int BlankLines { get; } = Request.Length - Request.TrimStart('\r', '\n').Length;

        internal int HeadLength { get; init; } = EndOfHead(Request, Request.Length - Request.TrimStart('\r', '\n').Length);

        /// <summary>
        /// To a server that has handlers without a body: the head of a request with a chunked body is taken when it is known whether there is data. So much of it counts as the head.
        /// </summary>
        internal Exchange AskedOfHandlers()
            => Request.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.Ordinal)
                ? this with { HeadLength = Request[HeadLength] == '0' && Request[HeadLength + 1] == '\r' ? Request.Length : Request.IndexOf('\n', HeadLength) + 1 }
                : this;

        private static int EndOfHead(string request, int start) => request.IndexOf("\r\n\r\n", start, StringComparison.Ordinal) + 4;
    }

    /// <summary>Offsets in all that is sent: where the answer before is complete, the request's first byte, the end of its head, and its end.</summary>
    private readonly record struct ExpectedAnswer(Exchange Exchange, int After, int Start, int HeadEnd, int CompleteAt);

    private readonly record struct Event(long At, int Sent, End End);

    private readonly record struct Answer(int Status, bool Closes, long Second, int Body, int BodyLength);

    private enum End
    {
        None,
        Side,
        Reset,
    }

    /// <summary>When it does something next; never after its end.</summary>
    internal long NextAt => Math.Min(_events.TryPeek(out Event next) ? next.At : long.MaxValue, _takesAt);

    internal bool HasEnded { get; private set; }

    internal bool HasReset { get; private set; }

    /// <summary>Whether a read finds something, be it the end.</summary>
    internal bool IsReadable => ReadBytes < SentBytes || HasEnded || HasReset;

    internal int Unread => SentBytes - ReadBytes;

    internal int SentBytes { get; private set; }

    internal int ReadBytes { get; private set; }

    /// <summary>How many bytes are kept on their way until it takes them.</summary>
    internal int Capacity { get; init; } = int.MaxValue;

    /// <summary>Whether it never takes any of them.</summary>
    internal bool TakesNothing { get; init; }

    /// <summary>Whether it takes a few of them every few seconds, of those that are kept less than a third in half a minute.</summary>
    internal bool TakesSlowly { get; init; }

    /// <summary>How many more are taken at once.</summary>
    internal int Room => Capacity - _kept;

    /// <summary>Whether the server has failed to write to it, or to read from it.</summary>
    internal bool IsBroken { get; set; }

    /// <summary>Whether the server has ended its side.</summary>
    internal bool WasShutDown { get; private set; }

    /// <summary>Whether the server may have run out of patience.</summary>
    internal bool MayHaveTimedOut { get; set; }

    /// <summary>Whether the server may have ended the idle connection, because others waited.</summary>
    internal bool MayGiveWay { get; set; }

    /// <summary>Whether the server may have had no room for it.</summary>
    internal bool MayBeTurnedAway { get; set; }

    /// <summary>The first request that the server has not read all of.</summary>
    private ExpectedAnswer Current
    {
        get
        {
            int index = CompleteBy(ReadBytes);
            return index < _expected.Count ? _expected[index] : new ExpectedAnswer(_expected[^1].Exchange, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);
        }
    }

    /// <summary>Whether the server has read a part of a request, and not all of it. It may take empty lines for one.</summary>
    internal bool IsInRequest => ReadBytes > Current.Start;

    /// <summary>Whether what the server has read last is empty lines.</summary>
    internal bool IsInBlankLines => ReadBytes > Current.After && ReadBytes <= Current.Start;

    /// <summary>Whether the last read, which began so far, has brought the first byte of a request, or the end of its head.</summary>
    internal bool HasBegun(int before)
        => (before <= Current.Start && ReadBytes > Current.Start) || (before < Current.HeadEnd && ReadBytes >= Current.HeadEnd);

    /// <summary>How many answers it has got.</summary>
    internal int Answers
    {
        get
        {
            Parse();
            return _answers.Count;
        }
    }

    /// <summary>Whether the last of them is the last.</summary>
    internal bool IsClosed
    {
        get
        {
            Parse();
            return _answers.Count > 0 && _answers[^1].Closes;
        }
    }

    /// <summary>Whether the last answer is to a request with which it has ended the connection itself, and the server has read nothing behind that.</summary>
    internal bool IsOver => IsClosed && _answers.Count <= _expected.Count && _expected[_answers.Count - 1] is var last && last.Exchange.ClientCloses && last.CompleteAt == ReadBytes;

    internal int LastStatus => _answers.Count > 0 ? _answers[^1].Status : 0;

    /// <summary>Whether all requests that the server has read were answered, or the last answer was.</summary>
    internal bool IsAnswered => IsClosed || Answers >= CompleteBy(ReadBytes);

    /// <summary>How many requests with an answer of their own were complete by so many bytes.</summary>
    internal int CompleteBy(int bytes)
    {
        int count = 0;
        while (count < _expected.Count && _expected[count].CompleteAt <= bytes)
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether something of a request was among so many bytes, and not all of it.</summary>
    internal bool HasSentPartBy(int bytes)
    {
        int index = CompleteBy(bytes);
        return index < _expected.Count && bytes > _expected[index].Start;
    }

    /// <summary>Does what it does next.</summary>
    /// <returns>What that was.</returns>
    internal string Act()
    {
        if (_takesAt <= (_events.TryPeek(out Event next) ? next.At : long.MaxValue))
        {
            long now = _takesAt;
            int count = TakesSlowly ? _random.Next(1, Math.Max(Math.Min(_kept, Capacity / 15), 1) + 1) : _random.Next(3) == 0 ? _random.Next(1, _kept + 1) : _kept;
            _kept -= count;
            _takesAt = long.MaxValue;
            TakeLater(now);
            return "takes some bytes";
        }

        _events.Dequeue();
        SentBytes = next.Sent;
        HasEnded |= next.End == End.Side;
        HasReset |= next.End == End.Reset;
        if (HasReset)
        {
            _takesAt = long.MaxValue;
        }

        return next.End == End.None ? "sends some bytes" : next.End == End.Side ? "ends its side" : "resets the connection";
    }

    /// <summary>The server reads.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="earliestSecond">The earliest date of a response to what is read.</param>
    internal void Read(Span<byte> buffer, long earliestSecond)
    {
        _script.AsSpan(ReadBytes, buffer.Length).CopyTo(buffer);
        ReadBytes += buffer.Length;
        _reads.Add((ReadBytes, earliestSecond));
    }

    /// <summary>The server writes.</summary>
    internal void Write(ReadOnlySpan<byte> bytes, long now)
    {
        _written.AddRange(bytes);
        if (Capacity != int.MaxValue)
        {
            _kept += bytes.Length;
            TakeLater(now);
        }
    }

    private void TakeLater(long now)
    {
        if (_kept > 0 && _takesAt == long.MaxValue && !TakesNothing)
        {
            _takesAt = TakesSlowly ? now + 8000 : now + _random.Next(16) switch { 0 => _random.Next(3000), 1 when _mayMisbehave && _random.Next(3) == 0 => _random.Next(45_000), _ => _random.Next(30) };
        }
    }

    /// <summary>The server ends its side.</summary>
    internal void ShutDown(long now)
    {
        WasShutDown = true;
        Close();
        if (_random.Next(2) == 0 && !HasEnded && !HasReset)
        {
            // It has seen the end, and has nothing more to ask.
            _events.Clear();
            _events.Enqueue(new Event(now + _random.Next(100), SentBytes, End.Side));
        }
    }

    /// <summary>The server writes nothing more.</summary>
    internal void Close()
    {
        _isWhole = true;
        Parse();
    }

    /// <summary>The connection is closed: whether all requests have got their answers, whole, in order and once.</summary>
    /// <param name="latestSecond">The latest date.</param>
    /// <param name="owed">How many requests are owed an answer.</param>
    /// <param name="mayBeCut">Whether the last answer need not be whole.</param>
    /// <returns>How many answers there were.</returns>
    internal int CheckAnswers(long latestSecond, int owed, bool mayBeCut)
    {
        Close();
        mayBeCut |= HasReset || IsBroken;
        _isCut = mayBeCut;
        if (_parsed < _written.Count)
        {
            Require(mayBeCut, $"answer {_answers.Count} is not whole");
            ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(_written)[_parsed..];
            Require(rest.Length < 9 || rest.StartsWith("HTTP/1.1 "u8), "no status line");
            Require(_answers.Count == 0 || !_answers[^1].Closes, $"something follows answer {_answers.Count - 1}, which closes");
        }

        for (int i = 0; i < _answers.Count; i++)
        {
            Answer answer = _answers[i];
            bool last = i == _answers.Count - 1;
            Require(!answer.Closes || last, $"something follows answer {i}, which closes");
            Require(answer.Second <= latestSecond, $"the date of answer {i} is too late");
            if (i < _expected.Count && _expected[i].CompleteAt <= SentBytes && answer.Status == _expected[i].Exchange.Status)
            {
                Exchange exchange = _expected[i].Exchange;
                Require(
                    exchange.Head ? answer.BodyLength == 0 : exchange.HasBody(CollectionsMarshal.AsSpan(_written).Slice(answer.Body, answer.BodyLength)),
                    $"answer {i} has another body");
                Require(!exchange.Closes || answer.Closes, $"answer {i} does not close");
                Require(exchange.Closes || answer.Second >= EarliestSecond(_expected[i].CompleteAt), $"the date of answer {i} is too early");
            }
            else if (i < _expected.Count && _expected[i].Exchange.OfFile && IsUpload(_expected[i].Exchange, answer.Status))
            {
                Require(_expected[i].CompleteAt <= SentBytes, $"answer {i} comes before the request");
            }
            else if (_mayMisbehave && i < _expected.Count && _expected[i].Exchange.OfFile && IsRefusal(answer.Status) && (answer.Closes || _expected[i].CompleteAt <= SentBytes))
            {
                Require(!_expected[i].Exchange.Closes || answer.Closes, $"answer {i} does not close");
            }
            else
            {
                // A request that did not come to its end gets 400 where the client ended its side, 408 where it took too long. One that is refused before
                // its end gets its status.
                bool refused = i < _expected.Count && answer.Status == _expected[i].Exchange.Status && _expected[i].Exchange.Closes;
                Require(last && answer.Closes, $"answer {i} has status {answer.Status}");
                Require(
                    refused || (answer.Status == 408 && MayHaveTimedOut) || (answer.Status == 400 && HasEnded) || (answer.Status == 503 && MayBeTurnedAway),
                    $"answer {i} has status {answer.Status}");
            }
        }

        Require(mayBeCut || IsClosed || _answers.Count >= owed, $"{_answers.Count} answers, but {owed} requests had come");
        Require(!IsClosed || WasShutDown || IsOver || mayBeCut || HasEnded || MayBeTurnedAway, "it said that it closes, and did not");
        return _answers.Count;
    }

    /// <summary>Whether the access log has a line for each answer with the bytes that were sent of its body, and otherwise only for those that the client did not wait for.</summary>
    /// <param name="lines">What it has of this client, without the address.</param>
    /// <param name="isOn">Whether there is one.</param>
    internal void CheckLog(IReadOnlyList<string> lines, bool isOn)
    {
        Require(isOn ? lines.Count >= _answers.Count : lines.Count == 0, $"{lines.Count} lines of {_answers.Count} answers");
        Require(lines.Count <= _answers.Count || HasReset || IsBroken || _isCut, $"{lines.Count} lines of {_answers.Count} answers");
        for (int i = 0; i < _answers.Count && isOn; i++)
        {
            Answer answer = _answers[i];
            Exchange? exchange = i < _expected.Count ? _expected[i].Exchange : null;
            string time = DateTimeOffset.FromUnixTimeSeconds(answer.Second).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
            string length = answer.BodyLength == 0 ? "-" : answer.BodyLength.ToString(CultureInfo.InvariantCulture);
            if (exchange is { Head: true } && exchange.Status != answer.Status)
            {
                length = lines[i].Split(' ')[^1]; // of a body that was cut off nobody can tell that it was none
            }

            string end = $"\" {answer.Status} {length}";
            Require(lines[i].StartsWith($"[{time} +0000] \"", StringComparison.Ordinal) && lines[i].EndsWith(end, StringComparison.Ordinal), $"a line of answer {i}, of {time}{end}: {lines[i]}");

            // Of one that is refused in the middle, a part of the line is known, or nothing.
            string request = exchange?.RequestLine ?? "";
            string logged = lines[i][(time.Length + 10)..^end.Length];
            bool isWhole = answer.Status < 400 || answer.Status is 403 or 404 or 405 or 409 or 412 or 507;
            Require(isWhole ? logged == request : logged == "-" || request.StartsWith(logged, StringComparison.Ordinal), $"a line of answer {i}, to {request}: {lines[i]}");
        }

        if (isOn)
        {
            CheckCut(lines);
        }
    }

    /// <summary>Whether the line of the answer that was broken off has what was sent of its body, and those of the answers behind it nothing.</summary>
    private void CheckCut(IReadOnlyList<string> lines)
    {
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(_written)[_parsed..];
        bool mayBeInterim = rest.StartsWith("HTTP/1.1 100"u8) || "HTTP/1.1 100"u8.StartsWith(rest);
        Require(mayBeInterim || lines.Count > _answers.Count, "the answer that was broken off has no line");
        int head = rest.IndexOf("\r\n\r\n"u8) + 4;
        int sent = head < 4 || mayBeInterim ? 0 : rest.Length - head;
        for (int i = _answers.Count; i < lines.Count; i++)
        {
            Require(lines[i].EndsWith(sent == 0 ? " -" : $" {sent}", StringComparison.Ordinal), $"{sent} bytes of answer {i} were sent: {lines[i]}");
            sent = 0;
        }
    }

    private long EarliestSecond(int read)
    {
        foreach ((int upTo, long second) in _reads)
        {
            if (upTo >= read)
            {
                return second;
            }
        }

        return 0;
    }

    /// <summary>Reads what was written since the last time as responses to the expected requests, as far as they are whole.</summary>
    private void Parse()
    {
        while (_parsed < _written.Count)
        {
            ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(_written)[_parsed..];
            Exchange? exchange = _answers.Count < _expected.Count ? _expected[_answers.Count].Exchange : null;
            int headLength = rest.IndexOf("\r\n\r\n"u8) + 4;
            if (headLength < 4)
            {
                return;
            }

            ReadOnlySpan<byte> head = rest[..headLength];
            int status = 0;
            Require(head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(head[9..], out status, out _), "no status line");
            if (status == 100)
            {
                Require(exchange is { HasInterim: true }, "100 that nobody waits for");
                _parsed += headLength;
                continue;
            }

            string date = Encoding.Latin1.GetString(Field(head, "\r\nDate: "u8));
            Require(
                DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time),
                $"the date is {date}");
            Require(
                head.IndexOf("\r\nLast-Modified: "u8) < 0 || DateTimeOffset.ParseExact(Encoding.Latin1.GetString(Field(head, "\r\nLast-Modified: "u8)), "r", CultureInfo.InvariantCulture) <= time,
                "it was modified later than the response was made");
            int bodyLength = 0;
            Require(status == 204 || Utf8Parser.TryParse(Field(head, "\r\nContent-Length: "u8), out bodyLength, out _), "no Content-Length");
            bool closes = head.IndexOf("\r\nConnection: close\r\n"u8) >= 0;

            // Of a file that cannot be read it is said when the request is complete; to whom there is no place for before, and for the last time.
            bool isRefusedFile = exchange is { OfFile: true } && IsRefusal(status) && !closes;

            // An error in the middle of a HEAD has a body only where the method was not complete either.
            if (!_isWhole && !isRefusedFile && exchange is { Head: true } && exchange.Status != status && rest.Length < headLength + 3)
            {
                return; // which is not clear yet
            }

            bool hasBody = exchange is not { Head: true } || (!isRefusedFile && exchange.Status != status && rest.Length > headLength && head[9..12].StartsWith(rest.Slice(headLength, Math.Min(3, rest.Length - headLength))));
            bodyLength = hasBody ? bodyLength : 0;
            if (headLength + bodyLength > rest.Length)
            {
                return;
            }

            _answers.Add(new Answer(status, closes, time.ToUnixTimeSeconds(), _parsed + headLength, bodyLength));
            _parsed += headLength + bodyLength;
        }
    }

    /// <summary>What is said of a file that cannot be read.</summary>
    private static bool IsRefusal(int status) => status is 403 or 404 or 409 or 413 or 500 or 503 or 507;

    /// <summary>What else an upload gets: 204 where it replaces a file, and 412 where it must not, or where there is none that it must replace.</summary>
    private static bool IsUpload(Exchange exchange, int status)
        => exchange.Request.Contains("If-Match", StringComparison.Ordinal) ? status == 412 : exchange.Status == 201 && (exchange.Request.Contains("If-None-Match", StringComparison.Ordinal) ? status == 412 : status == 204);

    /// <summary>The value of a field that must be there once.</summary>
    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        int at = head.IndexOf(name);
        Require(at >= 0 && head[(at + 1)..].IndexOf(name) < 0, "a field is not there once");
        ReadOnlySpan<byte> value = head[(at + name.Length)..];
        return value[..value.IndexOf((byte)'\r')];
    }

    private void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            Complain(complaint);
        }
    }

    private void Require(bool condition, [InterpolatedStringHandlerArgument("condition")] ref Complaint complaint)
    {
        if (!condition)
        {
            Complain(complaint.ToString());
        }
    }

    private void Complain(string complaint)
        => _require(false, $"{complaint}\n{Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(_written)[..Math.Min(_written.Count, 3000)])}");
}
